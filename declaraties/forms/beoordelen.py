"""What the backoffice fills in when it judges and pays."""

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet

from declaraties.models import Declaratie
from wmo.forms.velden import DatumVeld


class LijstForm(forms.Form):
    """Filter of the list. An unknown stand in the address filters nothing."""

    status = forms.ChoiceField(label="Stand", choices=[("", "Alle"), *Declaratie.Status.choices[1:]])

    def __init__(self, vraag: Mapping[str, str]) -> None:
        gekozen = vraag.get("status", "")
        super().__init__(initial={"status": gekozen if gekozen in Declaratie.Status.values else ""})

    def filter(self, declaraties: QuerySet[Declaratie]) -> QuerySet[Declaratie]:
        return declaraties.filter(status=self.initial["status"]) if self.initial["status"] else declaraties


class BesluitForm(forms.Form):
    goed = forms.TypedChoiceField(
        label="Besluit", choices=[("1", "Toch goedkeuren"), ("0", "Afkeuren")], coerce=lambda w: w == "1"
    )
    reden = forms.CharField(label="Reden", required=False, max_length=400)


class BetaaldForm(forms.Form):
    betaald_op = DatumVeld(label="Betaald op")

"""What the backoffice fills in when it judges and pays."""

from django import forms

from declaraties.models import Declaratie
from wmo.forms.velden import DatumVeld


class LijstForm(forms.Form):
    """Filter of the list; `filter` narrows a queryset."""

    status = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "Alle"), *Declaratie.Status.choices[1:]],
    )

    def filter(self, declaraties):  # type: ignore[no-untyped-def]
        gekozen = self.cleaned_data.get("status") if self.is_valid() else ""
        return declaraties.filter(status=gekozen) if gekozen else declaraties


class BesluitForm(forms.Form):
    goed = forms.TypedChoiceField(
        label="Besluit", choices=[("1", "Toch goedkeuren"), ("0", "Afkeuren")], coerce=lambda w: w == "1"
    )
    reden = forms.CharField(label="Reden", required=False, max_length=400)


class BetaaldForm(forms.Form):
    betaald_op = DatumVeld(label="Betaald op")

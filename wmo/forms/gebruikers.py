"""Inviting people, stopping their access, and finding them."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from wmo.forms.velden import DatumVeld
from wmo.models import Aanbieder, Aanstelling, Gemeente
from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, Rol

CONTROLE_DAGEN = 92  # a review each quarter (R-116; the interval is a choice)
ROLKEUZES = [("", "Kies een rol"), *((r.value, r.label) for r in Rol if r != Rol.SYSTEEM)]
STANDEN = {"actief": "Heeft toegang", "controleren": "Te controleren", "gestopt": "Gestopt"}


class UitnodigForm(forms.Form):
    """One person, one role, one organisation."""

    naam = forms.CharField(label="Naam", max_length=120)
    email = forms.EmailField(
        label="E-mailadres van het werk",
        error_messages={"invalid": "Vul een e-mailadres in, bijvoorbeeld naam@example.nl."},
    )
    rol = forms.ChoiceField(label="Rol", choices=ROLKEUZES)
    gemeente = forms.ModelChoiceField(
        Gemeente.objects.order_by("naam"), label="Gemeente", required=False, empty_label="Geen",
        help_text="Bij een rol van de gemeente.",
    )  # fmt: skip
    aanbieder = forms.ModelChoiceField(
        Aanbieder.objects.order_by("naam"), label="Aanbieder", required=False, empty_label="Geen",
        help_text="Bij een rol van een aanbieder.",
    )  # fmt: skip
    ingangsdatum = DatumVeld(label="Toegang vanaf")

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        rol = gegevens.get("rol", "")
        if rol in GEMEENTEROLLEN and not gegevens.get("gemeente"):
            self.add_error("gemeente", "Kies de gemeente waar deze persoon werkt.")
        if rol in AANBIEDERROLLEN and not gegevens.get("aanbieder"):
            self.add_error("aanbieder", "Kies de aanbieder waar deze persoon werkt.")
        return gegevens


class StopForm(forms.Form):
    reden = forms.CharField(
        label="Waarom stopt de toegang?",
        help_text="Bijvoorbeeld: uit dienst. Schrijf hier geen persoonlijke omstandigheden op.",
        max_length=300,
        min_length=5,
    )


class GebruikersFilter(forms.Form):
    """Unknown values are no filter."""

    toon_niet_verplicht = False

    naam = forms.CharField(label="Naam of e-mailadres", required=False, max_length=60)
    rol = forms.ChoiceField(label="Rol", required=False, choices=[("", "Alle rollen"), *ROLKEUZES[1:]])
    organisatie = forms.ChoiceField(label="Organisatie", required=False)
    stand = forms.ChoiceField(label="Toegang", required=False, choices=[("", "Alles"), *STANDEN.items()])

    def __init__(self, data: Any = None, *, op: date, **opties: Any) -> None:
        super().__init__(data, auto_id="f-%s", **opties)
        gemeenten = [(f"g{pk}", f"Gemeente {naam}") for pk, naam in Gemeente.objects.values_list("pk", "naam")]
        aanbieders = [(f"a{pk}", naam) for pk, naam in Aanbieder.objects.values_list("pk", "naam")]
        self.fields["organisatie"].choices = [("", "Alle organisaties"), *gemeenten, *aanbieders]  # type: ignore[attr-defined]
        self.op = op
        self.is_valid()

    def filter(self, rijen: QuerySet[Aanstelling]) -> QuerySet[Aanstelling]:
        gekozen = getattr(self, "cleaned_data", {})
        if naam := gekozen.get("naam"):
            rijen = rijen.filter(Q(gebruiker__naam__icontains=naam) | Q(gebruiker__email__icontains=naam))
        if rol := gekozen.get("rol"):
            rijen = rijen.filter(rol=rol)
        if organisatie := gekozen.get("organisatie"):
            veld = "gemeente" if organisatie[0] == "g" else "aanbieder"
            rijen = rijen.filter(**{veld: organisatie[1:]})
        if stand := gekozen.get("stand"):
            rijen = rijen.filter(self._stand(stand))
        return rijen

    def _stand(self, stand: str) -> Q:
        gestopt = Q(gestopt_op__isnull=False) | Q(einddatum__lt=self.op, einddatum__isnull=False)
        if stand == "gestopt":
            return gestopt
        te_lang = Q(gecontroleerd_op=None) | Q(gecontroleerd_op__lt=self.op - timedelta(days=CONTROLE_DAGEN))
        return ~gestopt & te_lang if stand == "controleren" else ~gestopt

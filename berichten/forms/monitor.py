"""The filter of the monitor, and what one fills in about messages there."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from berichten.models import Bericht, Berichtkoppeling
from berichten.standaard import berichtsoorten
from wmo.forms.velden import DatumVeld
from wmo.models import Aanbieder, Aanstelling
from wmo.permissions import ROLRECHTEN, Recht
from wmo.weergave import datum

SOORTEN = [("", "Alle soorten"), *((nummer, f"{nummer} {soort.naam}") for nummer, soort in berichtsoorten.items())]

VELDEN = {
    "soort": "soort",
    "aanbieder": "aanbieder",
    "van": "ontstaan_op__date__gte",
    "tot": "ontstaan_op__date__lte",
}


MIJ, NIEMAND = "mij", "niemand"
NAMEN = [("", "Iedereen"), (MIJ, "Mijzelf"), (NIEMAND, "Niemand")]
KEUZES = {"soort": dict(SOORTEN), "naam": dict(NAMEN)}


class MonitorForm(forms.Form):
    """All optional; `zoek` is a toewijzingnummer, the identification of a message or a declaratienummer. An aanbieder
    does not filter by aanbieder, and its messages stand on nobody's name."""

    toon_niet_verplicht = False

    zoek = forms.CharField(label="Nummer of kenmerk", max_length=20, required=False)
    soort = forms.ChoiceField(label="Berichtsoort", choices=SOORTEN, required=False)
    aanbieder = forms.ModelChoiceField(Aanbieder.objects.all(), label="Aanbieder", required=False, empty_label="Alle")
    code = forms.CharField(label="Retourcode", max_length=4, required=False)
    naam = forms.ChoiceField(label="Op naam van", choices=NAMEN, required=False)
    van = DatumVeld(label="Vanaf", required=False)
    tot = DatumVeld(label="Tot en met", required=False)

    def __init__(self, *args: Any, door: Aanstelling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        if not door.is_gemeente:
            del self.fields["aanbieder"], self.fields["naam"]

    def filter(self, rijen: QuerySet[Bericht]) -> QuerySet[Bericht]:
        gekozen = self.cleaned_data if self.is_valid() else {}
        if zoek := gekozen.get("zoek"):
            rijen = rijen.filter(self._zoek(zoek.strip()))
        if code := gekozen.get("code"):
            rijen = rijen.filter(bevindingen__contains=[{"code": code.upper()}])
        if naam := gekozen.get("naam"):
            rijen = rijen.filter(behandelaar=self.door if naam == MIJ else None)
        return rijen.filter(**{pad: gekozen[naam] for naam, pad in VELDEN.items() if gekozen.get(naam)})

    @staticmethod
    def _zoek(zoek: str) -> Q:
        treffer = Q(identificatie=zoek) | Q(identificatie=zoek.zfill(12)) | Q(declaratie__declaratienummer=zoek)
        if zoek.isascii() and zoek.isdigit():
            koppeling = Berichtkoppeling.objects.filter(toewijzing__toewijzingnummer=int(zoek))
            treffer |= Q(pk__in=koppeling.values("bericht"))
        return treffer

    def chips(self) -> list[tuple[str, str]]:
        """(field, what it says) of every filter in use."""
        gekozen = self.cleaned_data if self.is_valid() else {}
        return [(naam, f"{self.fields[naam].label}: {self._zegt(naam)}") for naam, waarde in gekozen.items() if waarde]

    def _zegt(self, naam: str) -> str:
        """As it reads in the field: the label of a choice, a date in Dutch."""
        waarde = self.cleaned_data[naam]
        return datum(waarde) if isinstance(waarde, date) else KEUZES.get(naam, {}).get(waarde, str(waarde))


class Collegaveld(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.gebruiker.naam)


class OpNaamForm(forms.Form):
    """Which colleague takes the chosen messages."""

    collega = Collegaveld(
        Aanstelling.objects.none(),
        label="Collega",
        empty_label="Kies een collega",
        widget=forms.Select(attrs={"class": "utrecht-select utrecht-select--html-select", "id": "b-wie"}),
        error_messages={"required": "Kies een collega.", "invalid_choice": "Kies een collega."},
    )

    def __init__(self, *args: Any, door: Aanstelling, op: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collega"].queryset = collegas(door, op)  # type: ignore[attr-defined]


def collegas(door: Aanstelling, op: date) -> QuerySet[Aanstelling]:
    """Who of this gemeente handles messages today, by name."""
    rollen = [rol for rol, rechten in ROLRECHTEN.items() if Recht.BERICHTEN_VERWERKEN in rechten]
    actief = Aanstelling.objects.actief(op=op).filter(gemeente=door.gemeente, rol__in=rollen)
    return actief.select_related("gebruiker").order_by("gebruiker__naam", "id")


class AfhandelForm(forms.Form):
    reden = forms.CharField(
        label="Hoe is dit opgelost?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        error_messages={"required": "Schrijf op hoe dit is opgelost."},
    )

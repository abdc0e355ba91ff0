"""The filter of the monitor."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from berichten.models import Bericht, Berichtkoppeling
from berichten.standaard import berichtsoorten
from wmo.forms.velden import DatumVeld
from wmo.models import Aanbieder

SOORTEN = [("", "Alle soorten"), *((nummer, f"{nummer} {soort.naam}") for nummer, soort in berichtsoorten.items())]

VELDEN = {
    "soort": "soort",
    "aanbieder": "aanbieder",
    "van": "ontstaan_op__date__gte",
    "tot": "ontstaan_op__date__lte",
}


class MonitorForm(forms.Form):
    """All optional; `zoek` is a toewijzingnummer, the identification of a message or a declaratienummer."""

    toon_niet_verplicht = False

    zoek = forms.CharField(label="Nummer of kenmerk", max_length=20, required=False)
    soort = forms.ChoiceField(label="Berichtsoort", choices=SOORTEN, required=False)
    aanbieder = forms.ModelChoiceField(Aanbieder.objects.all(), label="Aanbieder", required=False, empty_label="Alle")
    code = forms.CharField(label="Retourcode", max_length=4, required=False)
    van = DatumVeld(label="Vanaf", required=False)
    tot = DatumVeld(label="Tot en met", required=False)

    def __init__(self, *args: Any, met_aanbieder: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_aanbieder:
            del self.fields["aanbieder"]

    def filter(self, rijen: QuerySet[Bericht]) -> QuerySet[Bericht]:
        gekozen = self.cleaned_data if self.is_valid() else {}
        if zoek := gekozen.get("zoek"):
            rijen = rijen.filter(self._zoek(zoek.strip()))
        if code := gekozen.get("code"):
            rijen = rijen.filter(bevindingen__contains=[{"code": code.upper()}])
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
        return [(naam, f"{self.fields[naam].label}: {self.data[naam]}" if naam != "aanbieder" else str(waarde))
                for naam, waarde in gekozen.items() if waarde]  # fmt: skip

"""The filter of "Mijn cliënten"."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from wmo.models import Gemeente, Levering, Toewijzing
from wmo.models.clienten import sorteersleutel


class ClientenForm(forms.Form):
    """`zoek` is the beginning of a surname or a toewijzingnummer; never a BSN."""

    toon_niet_verplicht = False

    zoek = forms.CharField(label="Achternaam of nummer", max_length=60, required=False)
    gemeente = forms.ModelChoiceField(Gemeente.objects.all(), label="Gemeente", required=False, empty_label="Alle")
    levering = forms.ChoiceField(label="Levering", choices=[("", "Alle"), *Levering.Status.choices], required=False)

    def filter(self, rijen: QuerySet[Toewijzing]) -> QuerySet[Toewijzing]:
        gekozen = self.cleaned_data if self.is_valid() else {}
        if zoek := gekozen.get("zoek"):
            rijen = rijen.filter(self._zoek(zoek.strip()))
        if gekozen.get("gemeente"):
            rijen = rijen.filter(gemeente=gekozen["gemeente"])
        if gekozen.get("levering"):
            rijen = rijen.filter(levering__status=gekozen["levering"])
        return rijen

    @staticmethod
    def _zoek(zoek: str) -> Q:
        treffer = Q(client__sorteernaam__startswith=sorteersleutel(zoek))
        if zoek.isascii() and zoek.isdigit():
            treffer |= Q(toewijzingnummer=int(zoek))
        return treffer

    def chips(self) -> list[tuple[str, Any]]:
        gekozen = self.cleaned_data if self.is_valid() else {}
        teksten = {"levering": dict(Levering.Status.choices).get(gekozen.get("levering", ""), "")}
        return [(naam, teksten.get(naam) or str(waarde)) for naam, waarde in gekozen.items() if waarde]

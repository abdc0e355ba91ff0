"""Choosing a month, typing minutes, sending a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from declaraties.actions.leveringen import IN_MINUTEN
from declaraties.models import eerste_van
from wmo import weergave
from wmo.forms.velden import MinutenVeld
from wmo.models import Aanbieder, Gemeente, Toewijzing

AANTAL_MAANDEN = 14


def maanden(op: date) -> list[date]:
    """First days, the present month first."""
    uit = [eerste_van(op)]
    while len(uit) < AANTAL_MAANDEN:
        uit.append(eerste_van(uit[-1] - timedelta(days=1)))
    return uit


class MaandForm(forms.Form):
    """Which month at which gemeente. Unusable input falls back to the month before and the first gemeente."""

    maand = forms.ChoiceField(label="Maand")
    gemeente = forms.ChoiceField(label="Gemeente")

    def __init__(self, vraag: Mapping[str, str], *, aanbieder: Aanbieder, op: date) -> None:
        self.vraag, self.maanden = vraag, maanden(op)
        rijen = Gemeente.objects.filter(toewijzingen__aanbieder=aanbieder).distinct().order_by("naam")
        self.gemeenten = {gemeente.code: gemeente for gemeente in rijen}
        super().__init__()
        self.fields["maand"].choices = [(f"{m:%Y-%m}", weergave.maand(m)) for m in self.maanden]  # type: ignore[attr-defined]
        self.fields["gemeente"].choices = [(c, g.naam) for c, g in self.gemeenten.items()]  # type: ignore[attr-defined]
        self.initial = {
            "maand": f"{self.gekozen_maand:%Y-%m}",
            "gemeente": self.gekozen_gemeente.code if self.gekozen_gemeente else "",
        }

    @property
    def gekozen_maand(self) -> date:
        gekozen = self.vraag.get("maand", "")
        return next((m for m in self.maanden if f"{m:%Y-%m}" == gekozen), self.maanden[1])

    @property
    def gekozen_gemeente(self) -> Gemeente | None:
        eerste = next(iter(self.gemeenten.values()), None)
        return self.gemeenten.get(self.vraag.get("gemeente", ""), eerste)


class MinutenForm(forms.Form):
    """One field per toewijzing: minutes, u:mm, or units, filled with what is known by id in `geleverd`.

    Only what was changed counts: saving the page again must not turn days into a month total.
    """

    def __init__(self, toewijzingen: Iterable[Toewijzing], geleverd: Mapping[int, int], data: Any = None) -> None:
        super().__init__(data, initial={f"aantal-{pk}": aantal for pk, aantal in geleverd.items()})
        self.toewijzingen = {f"aantal-{t.pk}": t for t in toewijzingen}
        for naam, toewijzing in self.toewijzingen.items():
            soort = MinutenVeld if toewijzing.eenheid in IN_MINUTEN else forms.IntegerField
            invoer = forms.TextInput({"class": "wmo-getalveld", "inputmode": "numeric"})
            label = f"Geleverd aan {toewijzing.client}, {toewijzing.product}"
            self.fields[naam] = soort(required=False, min_value=0, max_value=99_999_999, label=label, widget=invoer)

    def aantallen(self) -> dict[Toewijzing, int]:
        gewijzigd = {naam: self.cleaned_data.get(naam) for naam in self.changed_data}
        return {self.toewijzingen[naam]: aantal for naam, aantal in gewijzigd.items() if aantal is not None}


class BestandForm(forms.Form):
    bestand = forms.FileField(
        label="Bestand",
        help_text="Een csv-bestand met de kolommen gemeente, toewijzingnummer, datum en minuten.",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg. Kies een ander bestand."},
    )


class CorrectieForm(forms.Form):
    aantal = MinutenVeld(
        label="Wat had het moeten zijn?",
        min_value=0,
        help_text="In minuten of als 2:45. Vul 0 in als er niets geleverd is.",
    )

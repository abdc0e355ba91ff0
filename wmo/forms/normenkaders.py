"""The normenkader as a form: its fields follow the rows of the table of the gemeente."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField

from wmo.actions.normenkaders import Invulling, Keuze, post
from wmo.forms.velden import MinutenVeld
from wmo.forms.verschil import Verschil, verschillen
from wmo.models import Normberekening, Normkeuze, Normregel
from wmo.rules.normenkader import per_week

PERIODEN = [("52", "per week"), ("26", "per 2 weken"), ("13", "per 4 weken"), ("1", "per jaar")]
WIE = [("", "Niet nodig"), *Normkeuze.Wie.choices]
VRAGEN = {"aan": "gekozen", "wie": "wie doet het", "aantal": "aantal keer", "periode": "hoe vaak", "minuten": "minuten"}
MODIFIERS = (Normregel.Soort.BASIS, Normregel.Soort.MEER, Normregel.Soort.MINDER)


@dataclass
class Rij:
    """One row on the page. `per_week` is what it counts for now; None when it does not count."""

    regel: Normregel
    aan: BoundField | None = None
    wie: BoundField | None = None
    aantal: BoundField | None = None
    periode: BoundField | None = None
    minuten: BoundField | None = None
    per_week: int | None = None

    @property
    def teken(self) -> str:
        return {Normregel.Soort.MEER: "+", Normregel.Soort.MINDER: "−"}.get(Normregel.Soort(self.regel.soort), "")


@dataclass
class Gebied:
    """A resultaatgebied with its rows in the order of the table."""

    nummer: int
    naam: str
    vinkjes: list[Rij] = field(default_factory=list)
    activiteiten: list[Rij] = field(default_factory=list)
    groepen: list[BoundField] = field(default_factory=list)
    niveaus: list[BoundField] = field(default_factory=list)

    @property
    def in_gebruik(self) -> bool:
        return any(rij.per_week is not None for rij in self.vinkjes + self.activiteiten)


def _vol(regel: Normregel) -> int:
    """Minutes a week of a row that is on."""
    return per_week(abs(post(Keuze(regel)).telt))


def ontleed(keer_per_jaar: int) -> tuple[int, int]:
    """364 times a year is 7 times a week: number and period, the longest period that fits."""
    periode = next(int(p) for p, _ in PERIODEN if keer_per_jaar % int(p) == 0)
    return keer_per_jaar // periode, periode


class NormenkaderForm(forms.Form):
    """Fields are named after the row: `r12-aan`, `r12-wie`; begeleiding asks a level per item: `n-geld`."""

    toelichting = forms.CharField(
        label="Toelichting",
        help_text="Wat doet de cliënt zelf? Wat doet het netwerk? Deze tekst komt in de brief.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    tweewekelijks = forms.BooleanField(label="Eén bezoek per twee weken", required=False)
    vastgesteld = MinutenVeld(label="Vastgestelde tijd per week, in minuten", required=False, max_value=10080)
    afwijking_reden = forms.CharField(
        label="Waarom wijkt u af?",
        help_text="Deze tekst komt in de beschikking. Schrijf voor de cliënt.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    bewerkt = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, berekening: Normberekening, regels: list[Normregel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.regels = regels
        self.gekozen = {keuze.regel_id: keuze for keuze in berekening.keuzes.all()}
        afwijkend = berekening.vastgesteld != berekening.berekend
        self.initial = {
            **self.initial,
            "toelichting": berekening.toelichting,
            "tweewekelijks": berekening.tweewekelijks,
            "vastgesteld": berekening.vastgesteld if afwijkend else None,
            "afwijking_reden": berekening.afwijking_reden,
            "bewerkt": berekening.bewerkt,
        }
        for regel in regels:
            self._voeg_toe(regel)

    def _voeg_toe(self, regel: Normregel) -> None:
        keuze = self.gekozen.get(regel.pk)
        if regel.groep:
            self._een_van(f"g-{regel.groep}", regel, keuze)
        elif regel.soort in MODIFIERS:
            self._veld(regel, "aan", forms.BooleanField(required=False), keuze is not None)
        elif regel.soort == Normregel.Soort.ACTIVITEIT:
            self._activiteit(regel, keuze)
        else:
            self._niveau(regel, keuze)

    def _veld(self, regel: Normregel, naam: str, veld: forms.Field, begin: Any) -> None:
        veld.label = f"{regel.omschrijving}: {VRAGEN[naam]}"
        self.fields[f"r{regel.pk}-{naam}"] = veld
        self.initial[f"r{regel.pk}-{naam}"] = begin

    def _activiteit(self, regel: Normregel, keuze: Normkeuze | None) -> None:
        aantal, periode = ontleed(regel.keer_per_jaar or 52)
        if keuze is not None and keuze.keer_per_jaar:
            keer, periode = ontleed(keuze.keer_per_jaar)
            aantal = keuze.aantal * keer
        minuten = keuze.minuten_per_keer if keuze and keuze.minuten_per_keer is not None else regel.minuten_per_keer
        self._veld(regel, "wie", forms.ChoiceField(choices=WIE, required=False), keuze.wie if keuze else "")
        self._veld(regel, "aantal", forms.IntegerField(min_value=1, max_value=50, required=False), aantal)
        self._veld(regel, "periode", forms.ChoiceField(choices=PERIODEN, required=False), str(periode))
        self._veld(regel, "minuten", forms.IntegerField(min_value=0, max_value=600, required=False), minuten)
        for naam in ("aantal", "minuten"):
            self.fields[f"r{regel.pk}-{naam}"].widget = forms.TextInput(
                attrs={"inputmode": "numeric", "class": "wmo-getalveld", "autocomplete": "off"}
            )

    def _een_van(self, naam: str, regel: Normregel, keuze: Normkeuze | None) -> None:
        """Rows that exclude each other are one question."""
        if naam not in self.fields:
            label = f"{regel.groep.replace('-', ' ').capitalize()}: kies wat past"
            self.fields[naam] = forms.ChoiceField(
                label=label, choices=[("", "Niet van toepassing")], widget=forms.RadioSelect, required=False
            )
            self.initial[naam] = ""
        tekst = f"{regel.omschrijving} ({Rij(regel).teken}{_vol(regel)})"
        self.fields[naam].choices = [*self.fields[naam].choices, (str(regel.pk), tekst)]  # type: ignore[attr-defined]
        if keuze is not None:
            self.initial[naam] = str(regel.pk)

    def _niveau(self, regel: Normregel, keuze: Normkeuze | None) -> None:
        """One select per item; the rows of one item share their description."""
        naam = f"n-{regel.code.removesuffix(f'-{regel.niveau}')}"
        if naam not in self.fields:
            self.fields[naam] = forms.ChoiceField(
                label=regel.omschrijving, choices=[("", "Nog niet bekeken")], required=False
            )
        band = f"{regel.minuten_min} minuten of meer"
        if regel.minuten_max is not None:
            band = f"{regel.minuten_min} tot en met {regel.minuten_max} minuten"
        tekst = f"{regel.get_niveau_display()}: {band}"
        self.fields[naam].choices = [*self.fields[naam].choices, (str(regel.pk), tekst)]  # type: ignore[attr-defined]
        if keuze is not None:
            self.initial[naam] = str(regel.pk)

    def verschillen(self, berekening: Normberekening) -> list[Verschil]:
        """Where this form differs from what was saved."""
        return verschillen(self, NormenkaderForm(berekening=berekening, regels=self.regels))

    def invulling(self) -> Invulling:
        """Cleaned data as the action wants it."""
        velden = ("vastgesteld", "afwijking_reden", "toelichting", "tweewekelijks")
        return Invulling(self.keuzes(), **{naam: self.cleaned_data[naam] for naam in velden})

    def keuzes(self) -> list[Keuze]:
        """The rows that are on, from cleaned data; what cannot be read counts as not chosen."""
        return [keuze for regel in self.regels if (keuze := self._keuze(regel)) is not None]

    def _keuze(self, regel: Normregel) -> Keuze | None:
        schoon = self.cleaned_data
        if regel.groep:
            return Keuze(regel) if schoon.get(f"g-{regel.groep}") == str(regel.pk) else None
        if regel.soort in MODIFIERS:
            return Keuze(regel) if schoon.get(f"r{regel.pk}-aan") else None
        if regel.soort == Normregel.Soort.BAND:
            naam = f"n-{regel.code.removesuffix(f'-{regel.niveau}')}"
            return Keuze(regel) if schoon.get(naam) == str(regel.pk) else None
        if not schoon.get(f"r{regel.pk}-wie"):
            return None
        return Keuze(
            regel,
            wie=schoon[f"r{regel.pk}-wie"],
            aantal=schoon.get(f"r{regel.pk}-aantal") or 1,
            minuten_per_keer=schoon.get(f"r{regel.pk}-minuten"),
            keer_per_jaar=int(schoon.get(f"r{regel.pk}-periode") or 52),
        )

    def gebieden(self, keuzes: list[Keuze]) -> list[Gebied]:
        """The page, top to bottom, with what each row counts for at this moment."""
        telt = {k.regel.pk: per_week(abs(post(k).telt)) if k.wie == Normkeuze.Wie.HULP else None for k in keuzes}
        gevonden: dict[str, Gebied] = {}
        for regel in self.regels:
            gebied = gevonden.setdefault(regel.resultaatgebied, Gebied(len(gevonden) + 1, regel.resultaatgebied))
            if regel.groep:
                if (veld := self[f"g-{regel.groep}"]) not in gebied.groepen:
                    gebied.groepen.append(veld)
            elif regel.soort in MODIFIERS:
                gebied.vinkjes.append(Rij(regel, aan=self[f"r{regel.pk}-aan"], per_week=_vol(regel)))
            elif regel.soort == Normregel.Soort.ACTIVITEIT:
                velden = {naam: self[f"r{regel.pk}-{naam}"] for naam in ("wie", "aantal", "periode", "minuten")}
                gebied.activiteiten.append(Rij(regel, per_week=telt.get(regel.pk), **velden))
        for naam, veld in self._niveauvelden():
            gevonden[naam].niveaus.append(veld)
        return list(gevonden.values())

    def _niveauvelden(self) -> Iterator[tuple[str, BoundField]]:
        gezien: set[str] = set()
        for regel in (r for r in self.regels if r.soort == Normregel.Soort.BAND):
            naam = f"n-{regel.code.removesuffix(f'-{regel.niveau}')}"
            if naam not in gezien:
                gezien.add(naam)
                yield regel.resultaatgebied, self[naam]

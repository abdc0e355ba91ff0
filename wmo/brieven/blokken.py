"""Which blocks a letter cannot go without (R-060, R-061, R-010 to R-013): a table of paths into its data.

A path with `[]` holds for every member of a list. Checked before signing, and again when the letter is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any


class Briefsoort(StrEnum):
    """The letters of the portal; the value is the name of the template."""

    BESCHIKKING = "beschikking"
    ONTVANGSTBEVESTIGING = "ontvangstbevestiging"
    VERSLAG = "verslag"
    NORMENKADER = "normenkader"
    PERSPECTIEFPLAN = "perspectiefplan"
    OPSCHORTING = "opschorting"


class OnvolledigeBrief(Exception):
    """A letter without an obligatory block is not made. `blokken` names what is missing, in Dutch."""

    def __init__(self, blokken: list[str]) -> None:
        super().__init__("In deze brief ontbreekt: " + ", ".join(blokken) + ".")
        self.blokken = blokken


BRIEFHOOFD = {
    "titel": "titel",
    "dag": "datum",
    "datum": "datum",
    "kenmerk": "kenmerk",
    "zaaknummer": "zaaknummer",
    "huisstijl.afzender": "afzender",
    "huisstijl.toegang": "naam van de toegang",
    "huisstijl.postadres": "postadres van de gemeente",
    "ontvanger.naam": "naam van de cliënt",
    "ontvanger.adres": "adres van de cliënt",
    "ontvanger.aanhef": "aanhef",
}
BLOKKEN: dict[Briefsoort, dict[str, str]] = {
    Briefsoort.BESCHIKKING: {
        "besluitnemer.college": "college als besluitnemer",
        "besluitnemer.mandaat": "mandaat",
        "besluitnemer.ondertekenaar": "ondertekening",
        "grondslag": "wettelijke grondslag",
        "aanleiding.zinnen": "aanvraag, onderzoek en verslag",
        "besluit.zinnen": "besluit",
        "motivering.tekst": "motivering",
        "eigen_bijdrage": "eigen bijdrage",
        "rechtsmiddelen.laatste_dag": "laatste dag voor bezwaar",
        "rechtsmiddelen.bij": "bij wie bezwaar kan",
        "rechtsmiddelen.adres": "adres voor bezwaar",
        "huisstijl.telefoon": "telefoonnummer voor vragen",
        "voorzieningen[].product": "product",
        "voorzieningen[].vorm": "vorm van de ondersteuning",
        "voorzieningen[].omvang": "omvang in tijd",
        "voorzieningen[].periode": "begin- en einddatum",
        "voorzieningen[].aanbieder": "aanbieder of wachtlijst",
        "voorzieningen[].resultaat": "resultaat",
    },
    Briefsoort.ONTVANGSTBEVESTIGING: {
        "melding.datum": "datum van de melding",
        "melding.hulpvraag": "hulpvraag",
        "termijn.onderzoek": "einde van het onderzoek",
        "termijn.persoonlijk_plan": "termijn voor het persoonlijk plan",
    },
    Briefsoort.VERSLAG: {
        "onderzoek.gespreksdatum": "datum van het gesprek",
        "onderzoek.aanwezigen": "wie bij het gesprek waren",
        "onderzoek.hulpvraag": "hulpvraag",
        "onderwerpen": "de zeven onderwerpen",
        "onderwerpen[].tekst": "tekst bij een onderwerp",
        "pgb": "uitleg over het pgb",
    },
    Briefsoort.NORMENKADER: {
        "tabel.naam": "normtabel",
        "tabel.bron": "bron van de normtabel",
        "regels": "onderdelen",
        "uitkomst": "uitkomst",
    },
    Briefsoort.PERSPECTIEFPLAN: {
        "plan.stem": "woorden van de cliënt",
        "plan.evaluatiedatum": "evaluatiedatum",
        "leefgebieden": "leefgebieden",
        "doelen": "doelen",
        "doelen[].streefdatum": "datum bij een doel",
    },
    Briefsoort.OPSCHORTING: {
        "aanvraag": "datum van de aanvraag",
        "opschorting.wat": "wat er met de termijn gebeurt",
        "opschorting.reden": "reden",
        "opschorting.gevolg": "gevolg voor de termijn",
    },
}
# purpose, quality, amount and its sum, who manages it, and the motivated wish
PGB = {
    "voorzieningen[].pgb.doel": "doel van het pgb",
    "voorzieningen[].pgb.bedrag": "bedrag van het pgb",
    "voorzieningen[].pgb.berekening": "berekening van het pgb",
    "voorzieningen[].pgb.kwaliteitseisen": "kwaliteitseisen bij het pgb",
    "voorzieningen[].pgb.wens": "waarom de cliënt een pgb wil",
    "voorzieningen[].pgb.bekwaamheid": "wie het pgb beheert",
}


def _waarden(gegevens: Any, stappen: list[str]) -> Iterator[Any]:
    """Every value at the end of a path; None where the path breaks off. Members that say `pgb: None` have no pgb."""
    if not stappen:
        yield gegevens
        return
    stap, rest = stappen[0], stappen[1:]
    deel = gegevens.get(stap.removesuffix("[]")) if isinstance(gegevens, Mapping) else None
    if stap.endswith("[]"):
        for lid in deel or []:
            yield from _waarden(lid, rest)
    else:
        yield from _waarden(deel, rest)


def _leeg(waarde: Any) -> bool:
    return not waarde.strip() if isinstance(waarde, str) else waarde in (None, [], ())


def ontbrekende_blokken(soort: Briefsoort, gegevens: Mapping[str, Any]) -> list[str]:
    """Dutch names of the blocks that are missing or empty, in the order of the letter, each once."""
    eisen = BRIEFHOOFD | BLOKKEN[soort]
    mist = [naam for pad, naam in eisen.items() if any(map(_leeg, _waarden(gegevens, pad.split("."))))]
    if soort is Briefsoort.BESCHIKKING:
        mist += _eigen_aan_beschikking(gegevens)
    return list(dict.fromkeys(mist))


def _eigen_aan_beschikking(gegevens: Mapping[str, Any]) -> Iterator[str]:
    """A grant names what is granted and passed the tests of R-024; a pgb brings its own blocks."""
    voorzieningen = gegevens.get("voorzieningen") or []
    if gegevens.get("besluit", {}).get("kent_toe"):
        if not voorzieningen:
            yield "toegekende ondersteuning"
        if not gegevens.get("motivering", {}).get("toetsen"):
            yield "uitkomst van de toetsen"
    met_pgb = {"voorzieningen": [v for v in voorzieningen if v.get("pgb") is not None]}
    for pad, naam in PGB.items():
        if any(map(_leeg, _waarden(met_pgb, pad.split(".")))):
            yield naam

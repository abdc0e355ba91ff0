"""When an evaluation is complete, and when it opens the way to an extension (R-073, R-136, R-163)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

VERLENGD = "verlengd"
KORTSTE_VERSLAG = 40  # characters: one whole sentence


@dataclass(frozen=True)
class Opdrachtstand:
    """A running opdracht of the case. `plan_verstuurd` is True where no uitvoeringsplan belongs to it."""

    nummer: int
    plan_verstuurd: bool
    formulier_ingediend: bool


@dataclass(frozen=True)
class Evaluatie:
    """What is judged when the consulent finishes it. `doelen` counts the goals of the plan."""

    gesprek_op: date | None
    verslag: str
    doelen: int
    beoordeeld: int
    uitkomst: str
    crisis_gemeld: bool = False
    crisis: str = ""
    opdrachten: tuple[Opdrachtstand, ...] = ()


def weiger_afronden(evaluatie: Evaluatie, *, op: date) -> list[str]:
    """Dutch sentences in the order of the page; empty when it may be finished."""
    return list(_ontbrekend(evaluatie, op))


def _ontbrekend(evaluatie: Evaluatie, op: date) -> Iterator[str]:
    if evaluatie.gesprek_op is None:
        yield "Vul in wanneer u met de cliënt sprak."
    elif evaluatie.gesprek_op > op:
        yield "De datum van het gesprek ligt in de toekomst."
    if evaluatie.beoordeeld < evaluatie.doelen:
        yield f"Zeg bij elk doel hoe het gaat ({evaluatie.beoordeeld} van {evaluatie.doelen} ingevuld)."
    if len(evaluatie.verslag.strip()) < KORTSTE_VERSLAG:
        yield "Schrijf een verslag van minstens één hele zin."
    if evaluatie.crisis_gemeld and not evaluatie.crisis.strip():
        yield "De aanbieder meldde een crisis. Schrijf op wat u daarover besprak."
    if not evaluatie.uitkomst:
        yield "Kies wat er uit de evaluatie komt."
    if evaluatie.uitkomst == VERLENGD:
        yield from _voor_verlenging(evaluatie.opdrachten)


def _voor_verlenging(opdrachten: Iterable[Opdrachtstand]) -> Iterator[str]:
    """The aanbieder speaks first: uitvoeringsplan where one belongs, and the form with the product codes (R-136)."""
    for opdracht in opdrachten:
        if not opdracht.plan_verstuurd:
            yield f"Voor verlengen is eerst het uitvoeringsplan van opdracht {opdracht.nummer} nodig."
        if not opdracht.formulier_ingediend:
            yield f"Voor verlengen is eerst het formulier van de aanbieder bij opdracht {opdracht.nummer} nodig."


def mag_verlengen(afgerond: Iterable[tuple[datetime, str]], *, sinds: datetime) -> bool:
    """`afgerond` holds moment and outcome of evaluations; `sinds` is when the opdracht got its present end (R-136).

    Every extension needs its own evaluation, with extending as its outcome.
    """
    return any(moment >= sinds and uitkomst == VERLENGD for moment, uitkomst in afgerond)

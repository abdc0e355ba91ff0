"""Begeleiding and dagbesteding: the kind and the band (R-211 to R-217, R-220); bruto and netto are in `plannen`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MINUTEN_PER_DAGDEEL = 240


class SoortBegeleiding(StrEnum):
    """The three kinds of R-211."""

    BASIS = "basis"
    PRAKTISCH = "praktisch"
    SPECIALISTISCH = "specialistisch"


class Niveau(StrEnum):
    """How heavy the need is in one leefgebied (R-217)."""

    GEEN = "geen"
    LICHT = "licht"
    MIDDEN = "midden"
    ZWAAR = "zwaar"


@dataclass(frozen=True)
class Band:
    """Minutes a week from and up to and including; `maximum` None is "or more"."""

    minimum: int
    maximum: int | None

    def __contains__(self, minuten: int) -> bool:
        return minuten >= self.minimum and (self.maximum is None or minuten <= self.maximum)


def soort_begeleiding(*, persoonlijk_functioneren: Niveau, naast_huishoudelijke_hulp: bool) -> SoortBegeleiding:
    """What the client needs decides, never the number of hours: those are not even asked here (R-211, R-212)."""
    if persoonlijk_functioneren is Niveau.ZWAAR:
        return SoortBegeleiding.SPECIALISTISCH
    return SoortBegeleiding.PRAKTISCH if naast_huishoudelijke_hulp else SoortBegeleiding.BASIS


def totaalband(banden: Iterable[Band]) -> Band:
    """The bands of all items together; one "or more" makes the total "or more" (R-217)."""
    lijst = list(banden)
    maxima = [band.maximum for band in lijst if band.maximum is not None]
    return Band(sum(band.minimum for band in lijst), sum(maxima) if len(maxima) == len(lijst) else None)


def weiger_bandkeuze(band: Band, minuten: int, reden: str) -> str | None:
    """The consulent picks a value inside the band and says why (R-217)."""
    if minuten not in band:
        tot = "of meer" if band.maximum is None else f"tot en met {band.maximum}"
        return f"Kies een aantal van {band.minimum} {tot} minuten, of leg de afwijking vast bij het normenkader."
    return None if reden.strip() else "Leg uit waarom u dit aantal minuten kiest."


def dagdelen(minuten: int) -> int:
    """Whole dagdelen of four hours, begun ones counted (R-220)."""
    return -(-minuten // MINUTEN_PER_DAGDEEL)


def vraagt_gesprek(dagdelen_per_week: int, *, blijvend: bool) -> bool:
    """One lasting dagdeel a week belongs to voorliggende voorzieningen: a talk with three parties (R-221)."""
    return blijvend and dagdelen_per_week == 1

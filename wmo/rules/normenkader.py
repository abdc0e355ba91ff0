"""The sum of a normenkader for huishoudelijke ondersteuning, and what may be done with it (R-200 to R-207).

Everything is kept exact per year and rounded once, at the end: 108 + 4 hours a year is 129 minutes a week, not 130.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wmo.rules.afronden import geheel

WEKEN_PER_JAAR = 52
TWEEWEKELIJKSE_REFERENTIE = 150
HHT_UREN_PER_JAAR = 36
KORTSTE_REDEN = 40


class Soort(StrEnum):
    """What a row does to the sum."""

    BASIS = "basis"
    MEER = "meer"
    MINDER = "minder"
    ACTIVITEIT = "activiteit"


class Wie(StrEnum):
    """Who does it; only what the hulp does counts (R-201)."""

    HULP = "hulp"
    CLIENT = "client"
    HUISGENOOT = "huisgenoot"
    NETWERK = "netwerk"
    VOORLIGGEND = "voorliggend"


class Frequentie(StrEnum):
    """Per what a number of times is given; the value is the number of those in a year (R-201)."""

    PER_WEEK = "52"
    PER_TWEE_WEKEN = "26"
    PER_VIER_WEKEN = "13"
    PER_JAAR = "1"

    @property
    def per_jaar(self) -> int:
        return int(self.value)


@dataclass(frozen=True)
class Post:
    """One chosen row, exact, in minutes a year."""

    resultaatgebied: str
    omschrijving: str
    minuten_per_jaar: Fraction
    soort: Soort = Soort.ACTIVITEIT
    wie: Wie = Wie.HULP

    @classmethod
    def uren(
        cls, resultaatgebied: str, omschrijving: str, uren_per_jaar: Decimal | int, soort: Soort, aantal: int = 1
    ) -> Post:
        """A basis or modifier in hours a year; `aantal` for instance for extra rooms."""
        return cls(resultaatgebied, omschrijving, Fraction(uren_per_jaar) * 60 * aantal, soort)

    @classmethod
    def activiteit(
        cls, resultaatgebied: str, omschrijving: str, *, minuten: int, keer_per_jaar: int, wie: Wie = Wie.HULP
    ) -> Post:
        """Minutes each time and how often a year: 52 is weekly, 26 every two weeks, 13 every four weeks."""
        return cls(resultaatgebied, omschrijving, Fraction(minuten * keer_per_jaar), Soort.ACTIVITEIT, wie)

    @property
    def telt(self) -> Fraction:
        """Minutes a year that count, with their sign."""
        if self.wie is not Wie.HULP:
            return Fraction(0)
        return -self.minuten_per_jaar if self.soort is Soort.MINDER else self.minuten_per_jaar


@dataclass(frozen=True)
class Normtijd:
    """Minutes a week: the total rounded once, and per resultaatgebied for show (those need not add up)."""

    minuten_per_week: int
    per_resultaatgebied: dict[str, int]

    @property
    def past_in_tweewekelijks(self) -> bool:
        """Two weeks together stay within the reference of one visit per two weeks (R-204)."""
        return 2 * self.minuten_per_week <= TWEEWEKELIJKSE_REFERENTIE


def per_week(minuten_per_jaar: Fraction) -> int:
    """Whole minutes a week, half up (R-202)."""
    return geheel(minuten_per_jaar / WEKEN_PER_JAAR)


def minuten_per_week(uren_per_jaar: Decimal | int) -> int:
    """Hours a year as whole minutes a week."""
    return per_week(Fraction(uren_per_jaar) * 60)


def bereken(posten: Iterable[Post]) -> Normtijd:
    """basis + meer - minder per resultaatgebied, never below 0 there, rounded once at the end (R-200, R-202)."""
    gebieden: defaultdict[str, Fraction] = defaultdict(Fraction)
    for post in posten:
        gebieden[post.resultaatgebied] += post.telt
    minuten = {gebied: max(Fraction(0), som) for gebied, som in gebieden.items()}
    totaal = sum(minuten.values(), Fraction(0))
    return Normtijd(per_week(totaal), {gebied: per_week(som) for gebied, som in minuten.items()})


def uren_en_minuten(minuten: int) -> str:
    """165 -> "2:45" (R-202)."""
    return f"{minuten // 60}:{minuten % 60:02d}"


def weiger_afwijking(berekend: int, vastgesteld: int, reden: str) -> str | None:
    """A deviation is allowed and must be reasoned in at least one whole sentence (R-203, Awb 4:84)."""
    if vastgesteld < 0:
        return "De tijd kan niet onder 0 komen."
    verschil = vastgesteld - berekend
    if verschil == 0 or len(reden.strip()) >= KORTSTE_REDEN:
        return None
    meer_of_minder = f"{verschil} minuten extra" if verschil > 0 else f"{-verschil} minuten minder"
    return f"Leg in minstens één hele zin uit waarom {meer_of_minder} nodig zijn."


def weiger_samen(rijen: Iterable[tuple[str, str]]) -> str | None:
    """Rows of one group exclude each other: (group, description) of what is on. A row without a group never does."""
    per_groep: defaultdict[str, list[str]] = defaultdict(list)
    for groep, omschrijving in rijen:
        per_groep[groep].append(omschrijving)
    per_groep.pop("", None)
    dubbel = next((namen for namen in per_groep.values() if len(namen) > 1), None)
    if dubbel is None:
        return None
    return f"Kies er één: {' of '.join(f'„{naam}”' for naam in dubbel)}. Samen kan niet."


def weiger_hht(*, al_toegekend_uren: Decimal, nieuw_uren: Decimal, maximum: int = HHT_UREN_PER_JAAR) -> str | None:
    """The HHT is outside the normenkader and never above 36 hours a calendar year per beneficiary (R-207)."""
    over = maximum - al_toegekend_uren
    if nieuw_uren <= over:
        return None
    over_tekst = f"{max(over, Decimal(0)):f}".replace(".", ",")
    return f"De HHT is hoogstens {maximum} uur per kalenderjaar. Er is nog {over_tekst} uur over."

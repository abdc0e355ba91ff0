"""Tariffs and amounts (R-260 to R-264, TR346, TR418, IV079, IV081). Euros as Decimal, cents only on request."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from wmo.rules.afronden import geheel, rond_af

__all__ = [
    "Methode",
    "bedrag",
    "bedrag_per_eenheid",
    "centen",
    "controleer_bedrag",
    "deelbaar_door_060",
    "euros",
    "hele_uren",
    "minuuttarief",
    "rond_af",
]


class Methode(StrEnum):
    """How minutes become euros: one method per contract, never mixed (R-262).

    MINUUT_AFGEROND only where the contract's unit is the minute; an hour tariff that is declared in minutes is
    UUR_NAAR_RATO.
    """

    MINUUT_AFGEROND = "MINUUT_AFGEROND"
    UUR_NAAR_RATO = "UUR_NAAR_RATO"


def minuuttarief(uurtarief: Decimal) -> Decimal:
    """Euros per minute, rounded to cents; this is also the ProductTarief in a 323 (R-261, IV081)."""
    return rond_af(Fraction(uurtarief) / 60)


def bedrag(methode: Methode, uurtarief: Decimal, minuten: int) -> Decimal:
    """Euros for delivered minutes under the contract's method (R-262)."""
    if methode is Methode.MINUUT_AFGEROND:
        return minuuttarief(uurtarief) * minuten
    return rond_af(Fraction(uurtarief) * minuten / 60)


def bedrag_per_eenheid(tarief: Decimal, aantal: int | Decimal) -> Decimal:
    """Euros for pieces, hours, etmalen or dagdelen: tariff times volume (R-250)."""
    return rond_af(tarief * aantal)


def deelbaar_door_060(uurtarief: Decimal) -> bool:
    """True when the minute tariff has no hidden fractions, so that both methods always agree (R-264)."""
    return uurtarief % Decimal("0.60") == 0


def controleer_bedrag(
    *, methode: Methode, uurtarief: Decimal, minuten: int, producttarief: Decimal, ingediend: Decimal
) -> list[str]:
    """Return codes for one declared line in minutes: 0611 for the tariff, 9346 for the amount (R-263, TR418, TR346)."""
    codes = []
    if producttarief != minuuttarief(uurtarief):
        codes.append("0611")
    per_minuut = methode is Methode.MINUUT_AFGEROND
    verwacht = producttarief * minuten if per_minuut else bedrag(methode, uurtarief, minuten)
    if ingediend != verwacht:
        codes.append("9346")
    return codes


def hele_uren(minuten_per_levering: Iterable[int]) -> int:
    """Hours to declare when the unit is the hour: all minutes of the product period, half up, at least 1 (IV079).

    Nothing delivered stays nothing.
    """
    totaal = sum(minuten_per_levering)
    return max(1, geheel(Fraction(totaal, 60))) if totaal else 0


def centen(euro: Decimal) -> int:
    """Euros as whole cents (R-243); ValueError when the amount has more than two decimals."""
    waarde = euro * 100
    if waarde != int(waarde):
        raise ValueError(f"{euro} heeft meer dan twee decimalen")
    return int(waarde)


def euros(cent: int) -> Decimal:
    """Whole cents as euros with two decimals."""
    return Decimal(cent).scaleb(-2)

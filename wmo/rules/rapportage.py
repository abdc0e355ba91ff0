"""Periods of a report, and the sums that every block makes (screen S26). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from statistics import median

from wmo.periodes import EEN_DAG, Periode, maanden_later
from wmo.rules.afronden import geheel

GEEN = "geen"
LENGTES = {"maand": 1, "kwartaal": 3, "jaar": 12}  # calendar months


def periode(soort: str, op: date) -> Periode:
    """The calendar month, quarter or year that holds `op`."""
    lengte = LENGTES[soort]
    begin = date(op.year, (op.month - 1) // lengte * lengte + 1, 1)
    return Periode(begin, maanden_later(begin, lengte) - EEN_DAG)


def vorige(gekozen: Periode) -> Periode:
    """The period of the same length that ends on the day before."""
    lengte = len(gekozen.maanden())
    return Periode(maanden_later(gekozen.ingangsdatum, -lengte), gekozen.ingangsdatum - EEN_DAG)


def aandeel(deel: int, totaal: int) -> str:
    """ "12 van 15 (80%)", or that there was nothing to count."""
    return f"{deel} van {totaal} ({geheel(Fraction(100 * deel, totaal))}%)" if totaal else GEEN


def middelste(dagen: Sequence[int]) -> str:
    """The median in whole days, half up."""
    return f"{geheel(Fraction(median(dagen)))} dagen" if dagen else GEEN

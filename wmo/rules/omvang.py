"""How much help a week holds, whatever unit the decision names (R-111, R-120)."""

from __future__ import annotations

from fractions import Fraction

from wmo.rules.afronden import geheel

MINUTEN_PER_EENHEID = {"01": 1, "04": 60, "16": 240}  # WJ756: minuut, uur, dagdeel of four hours
# WMO757: a month is a twelfth of 52 weeks; a volume for the whole term (6) says nothing about a week
WEKEN_PER_FREQUENTIE = {"1": Fraction(1, 7), "2": Fraction(1), "4": Fraction(52, 12)}


def minuten_per_week(*, volume: int, eenheid: str, frequentie: str) -> int | None:
    """Whole minutes, half up; None where the unit has no length or the frequency no week."""
    minuten, weken = MINUTEN_PER_EENHEID.get(eenheid), WEKEN_PER_FREQUENTIE.get(frequentie)
    if minuten is None or weken is None:
        return None
    return geheel(volume * minuten / weken)

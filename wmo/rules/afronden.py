"""The one rounding function of the portal: decimal arithmetic, half up (R-263). Floats are refused."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rond_af(waarde: Decimal | Fraction | int, decimalen: int = 2) -> Decimal:
    """Half up to `decimalen` places; a negative half goes away from zero.

    A Fraction is rounded exactly, so that a third or a sixtieth never passes through a cut-off decimal.
    """
    if isinstance(waarde, float):
        raise TypeError("rond_af rekent niet met floats; geef een Decimal, Fraction of int")
    stap = Decimal(1).scaleb(-decimalen)
    if isinstance(waarde, Fraction):
        schaal = 10**decimalen
        geheel = (abs(waarde) * schaal * 2 + 1) // 2
        return Decimal(geheel if waarde >= 0 else -geheel) * stap
    return Decimal(waarde).quantize(stap, rounding=ROUND_HALF_UP)


def geheel(waarde: Decimal | Fraction | int) -> int:
    """Half up to a whole number."""
    return int(rond_af(waarde, 0))

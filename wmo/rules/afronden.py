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
    if isinstance(waarde, Fraction):
        geheel = (abs(waarde) * 10**decimalen * 2 + 1) // 2
        # written out, because arithmetic on decimals cuts off after 28 digits
        return Decimal(f"{geheel if waarde >= 0 else -geheel}E-{decimalen}")
    return Decimal(waarde).quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)


def geheel(waarde: Decimal | Fraction | int) -> int:
    """Half up to a whole number."""
    return int(rond_af(waarde, 0))

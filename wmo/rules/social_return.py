"""Social return: 3 % of the yearly turnover of a contract (R-170 to R-172). Euros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from wmo.rules.afronden import rond_af

PERCENTAGE = Decimal(3)


@dataclass(frozen=True)
class Contractjaar:
    """Real turnover and the value of what was done for social return in one year of the contract."""

    omzet: Decimal
    inzet: Decimal = Decimal(0)


@dataclass(frozen=True)
class Verplichting:
    """What is owed for a year, the credit that came from the year before, and what is left to do."""

    verschuldigd: Decimal
    tegoed: Decimal
    inzet: Decimal

    @property
    def nog_te_doen(self) -> Decimal:
        return max(Decimal("0.00"), self.verschuldigd - self.tegoed - self.inzet)

    @property
    def nieuw_tegoed(self) -> Decimal:
        """More done than owed becomes credit for the next year."""
        return max(Decimal("0.00"), self.tegoed + self.inzet - self.verschuldigd)


def verplichtingen(
    jaren: Sequence[Contractjaar], *, geschatte_omzet: Decimal, percentage: Decimal = PERCENTAGE
) -> list[Verplichting]:
    """One obligation per contract year: the first over the estimate, each next over the turnover of the year before."""
    uitkomst: list[Verplichting] = []
    grondslag, tegoed = geschatte_omzet, Decimal("0.00")
    for jaar in jaren:
        verplichting = Verplichting(rond_af(grondslag * percentage / 100), tegoed, jaar.inzet)
        uitkomst.append(verplichting)
        grondslag, tegoed = jaar.omzet, verplichting.nieuw_tegoed
    return uitkomst

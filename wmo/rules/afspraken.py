"""Cancelled visits and no-shows (R-140 to R-144)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from wmo.periodes import maanden_later

CONTACT_VANAF = 2
VENSTER_MAANDEN = 12
# only real delivery is paid
NO_SHOW_DECLARABEL = False


class Afzegging(StrEnum):
    """The three situations of R-140."""

    MEER_DAN_24_UUR = "MEER_DAN_24_UUR"
    MINDER_DAN_24_UUR = "MINDER_DAN_24_UUR"
    NO_SHOW = "NO_SHOW"


@dataclass(frozen=True)
class NoShow:
    """One no-show: always reported, and from the second within the window contact with the toegang."""

    datum: date
    teller: int
    melden_aan_gemeente: bool = True

    @property
    def contact_toegang(self) -> bool:
        return self.teller >= CONTACT_VANAF


class FactuurAanClient(StrEnum):
    """May the aanbieder send the client an invoice for a no-show?"""

    EERST_OVERLEG = "GEWEIGERD_EERST_OVERLEG"
    TOEGESTAAN = "TOEGESTAAN"


def soort_afzegging(afspraak: datetime, afgezegd_op: datetime | None) -> Afzegging:
    """By clock hours between two aware moments; exactly 24 hours is not less than 24 (R-140).

    No cancellation before the visit is a no-show.
    """
    if afgezegd_op is None:
        return Afzegging.NO_SHOW
    # moments in one zone subtract by the wall clock; in UTC a change of the clock is counted
    vooraf = afspraak.astimezone(UTC) - afgezegd_op.astimezone(UTC)
    if vooraf <= timedelta(0):
        return Afzegging.NO_SHOW
    kort = vooraf < timedelta(hours=24)
    return Afzegging.MINDER_DAN_24_UUR if kort else Afzegging.MEER_DAN_24_UUR


def no_shows(datums: Sequence[date], *, venster_maanden: int = VENSTER_MAANDEN) -> list[NoShow]:
    """The no-shows of one toewijzing in order of date, each with the count of the months up to and including it."""
    op_datum = sorted(datums)
    return [
        NoShow(datum, sum(eerder >= maanden_later(datum, -venster_maanden) for eerder in op_datum[: index + 1]))
        for index, datum in enumerate(op_datum)
    ]


def factuur_aan_client(*, overleg_geweest: bool) -> FactuurAanClient:
    """Never without a talk with the gemeente first (R-143)."""
    return FactuurAanClient.TOEGESTAAN if overleg_geweest else FactuurAanClient.EERST_OVERLEG

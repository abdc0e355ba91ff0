"""The eigen bijdrage as far as the gemeente decides: months without care, kostprijs (R-080, R-082, R-089). Cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wmo.periodes import EEN_DAG, Periode
from wmo.rules.contracttermijnen import weken_later
from wmo.rules.gemeenteregels import Aanleiding, Gemeenteregels


@dataclass(frozen=True)
class Bijdragestop:
    """Whole calendar months without contribution, and until when the resident may ask the money back."""

    maanden: tuple[Periode, ...] = ()
    terugvragen_tot_en_met: date | None = None


@dataclass(frozen=True)
class Kostprijsverloop:
    """How many months are paid and how much the last of them is, in cents."""

    maanden: int
    laatste_maand: int


def maanden_zonder_zorg(
    regels: Gemeenteregels, *, van: date, tot_en_met: date | None, hervat_op: date | None, oorzaak: str
) -> Bijdragestop:
    """Months in which, through the aanbieder's delivery problem, no care came at all (R-089).

    Care that was absent from 3 March to 30 April counts for April alone. Holidays or a hospital stay at the client's
    side never count. The money can be asked back until so many weeks after care restarted; None while it has not.
    """
    einde = tot_en_met or (hervat_op - EEN_DAG if hervat_op else None)
    te_laat = einde is None or einde < van
    if not regels.eb_stop_alleen_leveringsprobleem or oorzaak != Aanleiding.LEVERINGSPROBLEEM or te_laat:
        return Bijdragestop()
    maanden = tuple(Periode(van, einde).hele_maanden())
    if not maanden or hervat_op is None or regels.eb_terugvraag_weken is None:
        return Bijdragestop(maanden)
    return Bijdragestop(maanden, weken_later(hervat_op, regels.eb_terugvraag_weken))


def tot_kostprijs(kostprijs: int, maandbedrag: int) -> Kostprijsverloop:
    """Contributions for a hulpmiddel or woningaanpassing stop when the cost is reached (R-082)."""
    if kostprijs <= 0 or maandbedrag <= 0:
        return Kostprijsverloop(0, 0)
    maanden = -(-kostprijs // maandbedrag)
    return Kostprijsverloop(maanden, kostprijs - (maanden - 1) * maandbedrag)


def maximum_per_maand(jaar: int, maxima: dict[int, int]) -> int | None:
    """The national maximum of a year; None when it is not known yet (R-080)."""
    return maxima.get(jaar)

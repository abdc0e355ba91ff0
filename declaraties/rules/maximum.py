"""The most that may be declared: per product period and over the toewijzing (R-280 to R-282, IV077, TR321, TR322)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from wmo.periodes import Periode

HUISHOUDELIJKE_HULP = "01"
WEKEN_HUISHOUDELIJKE_HULP = 6
MINUUT, UUR = "01", "04"
OUTPUT_EENHEDEN = frozenset({"82", "83"})


class Frequentie(IntEnum):
    """WMO757."""

    DAG = 1
    WEEK = 2
    MAAND = 4
    TOTAAL = 6


@dataclass(frozen=True, slots=True, eq=False)
class Omvang:
    """What was assigned: `volume` whole units (cents for eenheid 83) per `frequentie` within `periode`.

    Known by its identity: the sums of a month are kept per Omvang.
    """

    volume: int
    eenheid: str
    frequentie: Frequentie
    categorie: str
    periode: Periode

    @property
    def is_output(self) -> bool:
        """Pieces (82) and euros (83) are paid by result, the rest by effort."""
        return self.eenheid in OUTPUT_EENHEDEN


@dataclass(frozen=True)
class Prestatieregel:
    """An earlier approved line; a credit counts back. `volume` is in the unit of the declared line."""

    volume: int
    is_credit: bool = False


class Toets(NamedTuple):
    """The outcome of TR321 and TR322 for one new line, in the unit of that line; None means no overall limit."""

    max_periode: int
    max_totaal: int | None
    al_goedgekeurd: int
    codes: tuple[str, ...]

    @property
    def restant(self) -> int | None:
        return None if self.max_totaal is None else self.max_totaal - self.al_goedgekeurd


def productperioden(toewijzing: Periode, tot_en_met: date | None = None) -> list[Periode]:
    """Each calendar month clipped to the toewijzing (R-280, IV089).

    An open toewijzing needs `tot_en_met`, the last day that is asked for; ValueError without it.
    """
    if tot_en_met is not None:
        begrensd = toewijzing.tot_en_met(tot_en_met)
        return begrensd.maanden() if begrensd else []
    return toewijzing.maanden()


def krijgt_weekvolume_erbij(toewijzing: Periode, productperiode: Periode) -> bool:
    """The broken last week of an output toewijzing belongs where its last Sunday is (R-282, IV076).

    A toewijzing without any Sunday counts one volume, in its last period; an open one has no last week.
    """
    if toewijzing.is_open:
        return False
    laatste_zondag = toewijzing.laatste_zondag
    if laatste_zondag is None:
        return toewijzing.laatste_dag in productperiode
    return laatste_zondag != toewijzing.laatste_dag and laatste_zondag in productperiode


def _weekvolumes(omvang: Omvang, deel: Periode) -> int:
    """How many weekly volumes fit in a part of the toewijzing (R-281, R-282)."""
    if omvang.is_output:
        return deel.aantal_zondagen + krijgt_weekvolume_erbij(omvang.periode, deel)
    return deel.aantal_iso_weken


def max_per_productperiode(omvang: Omvang, productperiode: Periode) -> int:
    """TR321. A productperiode outside the toewijzing has room for nothing.

    Frequency month gives the full volume for a broken month too (IV078); frequency total leaves the limit to TR322.
    """
    deel = productperiode.doorsnede(omvang.periode)
    return 0 if deel is None else max_in(omvang, deel)


def max_in(omvang: Omvang, deel: Periode) -> int:
    """What fits in these days, whether or not the toewijzing runs on all of them."""
    match omvang.frequentie:
        case Frequentie.DAG:
            return omvang.volume * deel.aantal_dagen
        case Frequentie.WEEK if omvang.categorie == HUISHOUDELIJKE_HULP and not omvang.is_output:
            return omvang.volume * WEKEN_HUISHOUDELIJKE_HULP
        case Frequentie.WEEK:
            return omvang.volume * _weekvolumes(omvang, deel)
        case Frequentie.MAAND | Frequentie.TOTAAL:
            return omvang.volume


def max_totaal(omvang: Omvang) -> int | None:
    """TR322: the most over the whole toewijzing, each broken week or month once.

    None when the toewijzing is open: then only the product periods set a limit.
    """
    if omvang.periode.is_open and omvang.frequentie is not Frequentie.TOTAAL:
        return None
    match omvang.frequentie:
        case Frequentie.DAG:
            return omvang.volume * omvang.periode.aantal_dagen
        case Frequentie.WEEK:
            return omvang.volume * _weekvolumes(omvang, omvang.periode)
        case Frequentie.MAAND:
            return omvang.volume * omvang.periode.aantal_maanden
        case Frequentie.TOTAAL:
            return omvang.volume


def omrekenfactor(toegewezen: str, gedeclareerd: str) -> int | None:
    """Declared units per assigned unit; None when the units do not fit each other (TR341)."""
    if toegewezen == gedeclareerd:
        return 1
    return 60 if (toegewezen, gedeclareerd) == (UUR, MINUUT) else None


def toets(
    omvang: Omvang,
    *,
    productperiode: Periode,
    volume: int,
    eenheid: str,
    eerder: Iterable[Prestatieregel] = (),
) -> Toets:
    """Judge one new debet line: 9341 unit, 9321 period maximum, 9322 total maximum."""
    saldo = sum(-regel.volume if regel.is_credit else regel.volume for regel in eerder)
    return toets_na(saldo, omvang, productperiode, volume, eenheid)


def toets_na(al_goedgekeurd: int, omvang: Omvang, productperiode: Periode, volume: int, eenheid: str) -> Toets:
    """The same, where the sum of the earlier lines is known."""
    grenzen = _grenzen(omvang, productperiode, eenheid)
    if grenzen is None:
        return Toets(0, 0, al_goedgekeurd, ("9341",))
    max_periode, totaal = grenzen
    codes = []
    if volume > max_periode:
        codes.append("9321")
    if totaal is not None and al_goedgekeurd + volume > totaal:
        codes.append("9322")
    return Toets(max_periode, totaal, al_goedgekeurd, tuple(codes))


@lru_cache(maxsize=4096)
def _grenzen(omvang: Omvang, productperiode: Periode, eenheid: str) -> tuple[int, int | None] | None:
    """The two limits in the unit of the line; None when the units do not fit. Most lines of a month share them."""
    factor = omrekenfactor(omvang.eenheid, eenheid)
    if factor is None:
        return None
    totaal = max_totaal(omvang)
    return factor * max_per_productperiode(omvang, productperiode), None if totaal is None else factor * totaal

"""More or less than expected: a remark for the evaluation, never a ground to refuse (R-251, R-252)."""

from __future__ import annotations

from decimal import Decimal

from declaraties.rules import maximum
from declaraties.rules.controle import Regel
from declaraties.rules.maximum import Omvang
from wmo.periodes import Periode

AFWIJKING_HOOG, AFWIJKING_LAAG = Decimal("1.20"), Decimal("0.80")


def verwacht_volume(omvang: Omvang, periode: Periode, eenheid: str) -> Decimal | None:
    """The linear expectation for a productperiode, in `eenheid` (R-252); None when there is nothing to compare with."""
    factor = maximum.omrekenfactor(omvang.eenheid, eenheid)
    if factor is None:
        return None
    dagen = Decimal(periode.aantal_dagen)
    per_dag = {
        maximum.Frequentie.DAG: Decimal(1),
        maximum.Frequentie.WEEK: 1 / Decimal(7),
        maximum.Frequentie.MAAND: 1 / Decimal(Periode.maand_van(periode.ingangsdatum).aantal_dagen),
    }.get(omvang.frequentie)
    if per_dag is None:
        if omvang.periode.is_open:
            return None
        per_dag = 1 / Decimal(omvang.periode.aantal_dagen)
    return omvang.volume * factor * dagen * per_dag


def signaal(regel: Regel, omvang: Omvang | None) -> str:
    """A remark, never a ground (R-251, R-252): far more or far less than expected."""
    verwacht = omvang and verwacht_volume(omvang, regel.periode, regel.eenheid)
    if not verwacht:
        return ""
    if regel.volume > verwacht * AFWIJKING_HOOG:
        return "Meer dan 120% van verwacht. Dat mag binnen het totaal van de toewijzing."
    if regel.volume < verwacht * AFWIJKING_LAAG:
        return "Minder dan 80% van verwacht."
    return ""

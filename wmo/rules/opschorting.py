"""Suspension of the two-week decision term (R-021, R-046, R-047, Awb 4:15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wmo.periodes import EEN_DAG, Periode, samengevoegd
from wmo.rules.kalender import Kalender
from wmo.rules.termijnen import BESLUIT_WEKEN, Termijn, afgerond


class Grond(StrEnum):
    """The five grounds of Awb 4:15, named after lid and letter."""

    AANVULLING = "1a"
    BUITENLANDSE_INFORMATIE = "1b"
    INSTEMMING = "2a"
    VERTRAGING_AANVRAGER = "2b"
    OVERMACHT = "2c"


# 4:15 lid 4: on the end of these the client gets a notice with the new last date
MET_BERICHT_BIJ_EINDE = frozenset({Grond.BUITENLANDSE_INFORMATIE, Grond.VERTRAGING_AANVRAGER, Grond.OVERMACHT})


@dataclass(frozen=True)
class Opschorting:
    """Days on which the clock stands still, the first and the last included; None as last day means it still runs."""

    grond: Grond
    eerste_dag: date
    laatste_dag: date | None

    @property
    def bericht_bij_einde(self) -> bool:
        return self.grond in MET_BERICHT_BIJ_EINDE


@dataclass(frozen=True)
class Besluittermijn:
    """The decision term with its suspended days.

    `termijn` is None while a suspension still runs: then there is no last day to name.
    """

    aanvraag: date
    opgeschorte_dagen: int
    termijn: Termijn | None
    telt_niet_mee: tuple[Opschorting, ...] = ()

    @property
    def loopt(self) -> bool:
        return self.termijn is not None


def wegens_aanvulling(
    *, uitnodiging: date, hersteltermijn: date | None, aangevuld: date | None, tot_en_met: bool = False
) -> Opschorting | None:
    """1a: from the day after the invitation until the aanvraag is complete or the set term passed unused.

    Without a set hersteltermijn nothing is suspended (R-046). "Until the day on which" leaves that day out;
    `tot_en_met` is the other reading.
    """
    if hersteltermijn is None:
        return None
    op_tijd = aangevuld is not None and aangevuld <= hersteltermijn
    laatste = _tot(aangevuld, tot_en_met) if op_tijd and aangevuld else hersteltermijn
    return _opschorting(Grond.AANVULLING, uitnodiging + EEN_DAG, laatste)


def wegens_buitenlandse_informatie(
    *, mededeling: date, informatie_ontvangen: date | None, tot_en_met: bool = False
) -> Opschorting | None:
    """1b: from the day after the client was told until the information is there; open while it is not."""
    laatste = None if informatie_ontvangen is None else _tot(informatie_ontvangen, tot_en_met)
    return _opschorting(Grond.BUITENLANDSE_INFORMATIE, mededeling + EEN_DAG, laatste)


def _tot(dag: date, tot_en_met: bool) -> date:
    return dag if tot_en_met else dag - EEN_DAG


def _opschorting(grond: Grond, eerste: date, laatste: date | None) -> Opschorting | None:
    return None if laatste is not None and laatste < eerste else Opschorting(grond, eerste, laatste)


def besluit(aanvraag: date, kalender: Kalender, opschortingen: Iterable[Opschorting] = ()) -> Besluittermijn:
    """Two weeks from the aanvraag plus the suspended days, then the ATW once (R-021, R-047).

    Overlapping suspensions count once. A suspension that starts after the term, as extended so far, has run out
    suspends nothing and is returned in `telt_niet_mee`.
    """
    ruw = aanvraag + timedelta(weeks=BESLUIT_WEKEN)
    geteld: list[Periode] = []
    te_laat: list[Opschorting] = []
    dagen = 0
    for stilstand in sorted(opschortingen, key=lambda o: o.eerste_dag):
        if stilstand.eerste_dag > kalender.schuif_door(ruw + timedelta(days=dagen)):
            te_laat.append(stilstand)
            continue
        if stilstand.laatste_dag is None:
            return Besluittermijn(aanvraag, dagen, None, tuple(te_laat))
        geteld.append(Periode(stilstand.eerste_dag, stilstand.laatste_dag))
        dagen = _dagen_na(aanvraag, geteld)
    termijn = afgerond(aanvraag, ruw + timedelta(days=dagen), kalender)
    return Besluittermijn(aanvraag, dagen, termijn, tuple(te_laat))


def _dagen_na(aanvraag: date, perioden: list[Periode]) -> int:
    """Suspended days that lie in the term: it starts on the day after the aanvraag."""
    term = Periode(aanvraag + EEN_DAG)
    return sum(deel.aantal_dagen for reeks in samengevoegd(perioden) if (deel := reeks.doorsnede(term)))

"""Statutory terms: from an event to the last day, with the reasons (R-011, R-012, R-020, R-022, R-040 to R-044, R-051).

Every function takes the calendar as an argument and returns both the raw last day and the effective one, so that a
screen can answer "Waarom deze datum?". Suspension lives in `opschorting`, the penalty in `dwangsom`, contract terms in
`contracttermijnen`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wmo.periodes import EEN_DAG, Periode, maanden_later
from wmo.rules.kalender import Kalender

ONDERZOEK_WEKEN = 6
PERSOONLIJK_PLAN_DAGEN = 7
BESLUIT_WEKEN = 2
BEZWAAR_WEKEN = 6
ADVIESCOMMISSIE_WEKEN = 12
VERDAGING_WEKEN = 6


class Eenheid(StrEnum):
    """What a statutory term is counted in."""

    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"
    JAREN = "jaren"


class SoortTermijn(StrEnum):
    """Terms that the ATW treats differently (R-044)."""

    ALGEMEEN = "algemeen"
    DWANGSOM = "dwangsom"
    TERUGGEREKEND = "teruggerekend"


# ATW 4: above these the term is long enough to look after itself
ATW_GRENS = {Eenheid.DAGEN: 90, Eenheid.WEKEN: 12, Eenheid.MAANDEN: 3, Eenheid.JAREN: 0}


@dataclass(frozen=True)
class Termijn:
    """A computed term: the day of the event is day 0 (R-040).

    `ruw` is the last day before the ATW, `laatste_dag` the one that counts, `redenen` are Dutch sentences in order.
    """

    gebeurtenis: date
    ruw: date
    laatste_dag: date
    redenen: tuple[str, ...] = ()

    @property
    def verstreken_vanaf(self) -> date:
        """The first day on which the term is over."""
        return self.laatste_dag + EEN_DAG

    def is_verstreken(self, op: date) -> bool:
        return op > self.laatste_dag


def atw_geldt(aantal: int, eenheid: Eenheid, soort: SoortTermijn = SoortTermijn.ALGEMEEN) -> bool:
    """Whether the Algemene termijnenwet shifts this term (R-044, ATW 1 lid 2 and 4, Awb 4:17 lid 1)."""
    return soort is SoortTermijn.ALGEMEEN and aantal <= ATW_GRENS[eenheid]


def _ruwe_laatste_dag(gebeurtenis: date, aantal: int, eenheid: Eenheid) -> date:
    match eenheid:
        case Eenheid.DAGEN:
            return gebeurtenis + timedelta(days=aantal)
        case Eenheid.WEKEN:
            return gebeurtenis + timedelta(weeks=aantal)
        case Eenheid.MAANDEN:
            return maanden_later(gebeurtenis, aantal)
        case Eenheid.JAREN:
            return maanden_later(gebeurtenis, 12 * aantal)


def _met_twee_gewone_dagen(gebeurtenis: date, ruw: date, kalender: Kalender) -> date:
    """ATW 2: the first day at which the term holds two ordinary days; never earlier than `ruw` (R-042)."""
    dag, gewoon = gebeurtenis, 0
    while dag < ruw or gewoon < 2:
        dag += EEN_DAG
        gewoon += kalender.is_gewone_dag(dag)
    return dag


def afgerond(gebeurtenis: date, ruw: date, kalender: Kalender) -> Termijn:
    """ATW 1 applied once, at the end, to an already counted last day (R-041, R-047)."""
    laatste_dag = kalender.schuif_door(ruw)
    zin = kalender.waarom_verschoven(ruw, laatste_dag)
    return Termijn(gebeurtenis, ruw, laatste_dag, (zin,) if zin else ())


def wettelijke_termijn(
    gebeurtenis: date,
    aantal: int,
    eenheid: Eenheid,
    kalender: Kalender,
    soort: SoortTermijn = SoortTermijn.ALGEMEEN,
) -> Termijn:
    """Any statutory term in days, weeks, months or years, with ATW 1, 2 and 4 (R-040 to R-044).

    A term that is counted back from an event ends before it and never shifts.
    """
    ruw = _ruwe_laatste_dag(gebeurtenis, -aantal if soort is SoortTermijn.TERUGGEREKEND else aantal, eenheid)
    if not atw_geldt(aantal, eenheid, soort):
        return Termijn(gebeurtenis, ruw, ruw)
    laatste_dag = ruw
    # ATW 2 speaks of terms of at least three days; weeks and months always hold two ordinary days
    if eenheid is Eenheid.DAGEN and aantal >= 3:
        laatste_dag = _met_twee_gewone_dagen(gebeurtenis, ruw, kalender)
    laatste_dag = kalender.schuif_door(laatste_dag)
    zin = kalender.waarom_verschoven(ruw, laatste_dag)
    return Termijn(gebeurtenis, ruw, laatste_dag, (zin,) if zin else ())


def gewone_dagen_in(gebeurtenis: date, dagen: int, kalender: Kalender) -> int:
    """Ordinary days in the raw term of `dagen` days after the event; fewer than two wakes ATW 2 (R-042)."""
    return kalender.gewone_dagen(Periode(gebeurtenis + EEN_DAG, gebeurtenis + timedelta(days=dagen))) if dagen else 0


def onderzoek(melding: date, kalender: Kalender) -> Termijn:
    """Six weeks from the melding; no suspension, no extension (R-011, R-048)."""
    return wettelijke_termijn(melding, ONDERZOEK_WEKEN, Eenheid.WEKEN, kalender)


def aanvraag_kan(*, melding: date, verslag_verstrekt_op: date | None, op: date, kalender: Kalender) -> bool:
    """An aanvraag is possible after the verslag, or from the day after the six weeks without one (R-020)."""
    if verslag_verstrekt_op is not None and verslag_verstrekt_op <= op:
        return True
    return onderzoek(melding, kalender).is_verstreken(op)


def persoonlijk_plan(melding: date, kalender: Kalender) -> Termijn:
    """Seven days from the melding in which the client may hand in a plan; ATW 1 shifts the last day (R-012)."""
    return wettelijke_termijn(melding, PERSOONLIJK_PLAN_DAGEN, Eenheid.DAGEN, kalender)


def doorlooptijd(melding: date) -> date:
    """Eight weeks for the whole chain: a target, so nothing shifts it (R-022)."""
    return melding + timedelta(weeks=ONDERZOEK_WEKEN + BESLUIT_WEKEN)


def bezwaar(bekendmaking: date, kalender: Kalender) -> Termijn:
    """Six weeks, the first day being the day after the bekendmaking (R-051, Awb 6:7 and 6:8)."""
    return wettelijke_termijn(bekendmaking, BEZWAAR_WEKEN, Eenheid.WEKEN, kalender)


def bezwaar_is_tijdig(*, bekendmaking: date, ontvangen: date | None, ter_post: date | None, kalender: Kalender) -> bool:
    """Received in time, or posted in time and received within a week after the term (R-051, Awb 6:9).

    Pass `ter_post=None` for anything that did not come by post.
    """
    if ontvangen is None:
        return False
    einde = bezwaar(bekendmaking, kalender).laatste_dag
    if ontvangen <= einde:
        return True
    week_erna = wettelijke_termijn(einde, 1, Eenheid.WEKEN, kalender).laatste_dag
    return ter_post is not None and ter_post <= einde and ontvangen <= week_erna


def beslissing_op_bezwaar(
    bekendmaking: date, kalender: Kalender, *, adviescommissie: bool = False, verdaagd: bool = False
) -> Termijn:
    """Six weeks (twelve with an external committee) after the bezwaar term, plus six when adjourned (R-053, Awb 7:10).

    The ATW is applied once, at the end.
    """
    einde_bezwaar = bezwaar(bekendmaking, kalender).laatste_dag
    weken = ADVIESCOMMISSIE_WEKEN if adviescommissie else BEZWAAR_WEKEN
    ruw = einde_bezwaar + timedelta(weeks=weken + (VERDAGING_WEKEN if verdaagd else 0))
    return afgerond(einde_bezwaar, ruw, kalender)

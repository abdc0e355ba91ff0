"""Terms from contracts and message agreements: working days, clock hours, weeks (R-045, R-101, R-103, R-128, R-285).

None of these is a statutory term, so the ATW does not shift them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from wmo.periodes import AMSTERDAM, EEN_DAG
from wmo.rules.kalender import Kalender

OPDRACHT_WERKDAGEN = 2
START_WAARSCHUWING_WERKDAGEN = 15
START_WERKDAGEN = 20
RETOUR_WERKDAGEN = 3
REGIEBERICHT_WERKDAGEN = 5
DECLARATIE_ANTWOORD_WERKDAGEN = 10
SPOED_ANTWOORD_UREN = 24
SPOED_LEVERING_DAGEN = 7

# working days in which a message must be there (OP090, OP271, OP272, OP274, OP346): an answer counts from receipt
WERKDAGEN_PER_BERICHT = {
    "301": REGIEBERICHT_WERKDAGEN,
    "302": RETOUR_WERKDAGEN,
    "305": REGIEBERICHT_WERKDAGEN,
    "306": RETOUR_WERKDAGEN,
    "307": REGIEBERICHT_WERKDAGEN,
    "308": RETOUR_WERKDAGEN,
    "315": REGIEBERICHT_WERKDAGEN,
    "316": RETOUR_WERKDAGEN,
    "318": RETOUR_WERKDAGEN,
    "319": REGIEBERICHT_WERKDAGEN,
    "320": RETOUR_WERKDAGEN,
    "325": DECLARATIE_ANTWOORD_WERKDAGEN,
}
IN_ONDERZOEK_WEKEN = 8


@dataclass(frozen=True)
class Startsignalen:
    """The three dates of R-103, counted from the day after the 301 came in."""

    waarschuwing: date
    uiterste_datum: date
    overschreden_vanaf: date


def opdracht_uiterlijk(claim: date, kalender: Kalender) -> date:
    """The 301 leaves within two working days after the claim (R-101)."""
    return kalender.werkdagen_na(claim, OPDRACHT_WERKDAGEN)


def startsignalen(ontvangst_301: date, kalender: Kalender) -> Startsignalen:
    """Warning on working day 15, breach after working day 20 (R-103)."""
    uiterste = kalender.werkdagen_na(ontvangst_301, START_WERKDAGEN)
    waarschuwing = kalender.werkdagen_na(ontvangst_301, START_WAARSCHUWING_WERKDAGEN)
    return Startsignalen(waarschuwing, uiterste, uiterste + EEN_DAG)


def bericht_uiterlijk(berichtcode: str, vanaf: date, kalender: Kalender) -> date:
    """Last day for a message ("302", "305", ...) after its cause; KeyError for a message without a fixed term."""
    return kalender.werkdagen_na(vanaf, WERKDAGEN_PER_BERICHT[berichtcode])


def klokuren_later(moment: datetime, uren: int) -> datetime:
    """Clock hours run through nights, weekends and the change of the clock (R-045); the answer is in Amsterdam time."""
    if moment.tzinfo is None:
        raise ValueError("moment moet een tijdzone hebben")
    # arithmetic inside one zone moves the wall clock, so the hours are added in UTC
    return (moment.astimezone(UTC) + timedelta(hours=uren)).astimezone(AMSTERDAM)


def spoed_antwoord_uiterlijk(uitvraag: datetime) -> datetime:
    """Every aanbieder answers within 24 clock hours (R-128)."""
    return klokuren_later(uitvraag, SPOED_ANTWOORD_UREN)


def spoed_levering_uiterlijk(uitvraag: date) -> date:
    """Delivery within seven days (R-128)."""
    return uitvraag + timedelta(days=SPOED_LEVERING_DAGEN)


def weken_later(van: date, weken: int) -> date:
    """Plain calendar weeks: nothing shifts (R-045, R-151, R-233)."""
    return van + timedelta(weeks=weken)

"""The three clocks of a case, right to the day and with the reason (R-011, R-020 to R-022, R-046 to R-048).

Pure: dates in, clocks out. `stand` gives the two dates that actions write on the Zaak, so that lists sort and count
without computing; `lijstklok` reads a clock back from those two.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from wmo.periodes import Periode, samengevoegd, vandaag
from wmo.rules import opschorting, termijnen
from wmo.rules.kalender import Kalender

BIJNA_WERKDAGEN = 5
ONDERZOEK = "Onderzoek, 6 weken vanaf melding"
BESLUIT = "Besluit, 2 weken vanaf aanvraag"
TRAJECT = "Hele traject, 8 weken (streefdatum)"
# short names for a list, by the state of the case
FASE = {
    "melding": "Onderzoek",
    "onderzoek": "Onderzoek",
    "onderzoek_afgerond": "Streefdatum",
    "aanvraag": "Besluit",
    "besluit_concept": "Besluit",
}
BESLISFASE = ("aanvraag", "besluit_concept")


@dataclass(frozen=True)
class Klok:
    """What `_components/klok.html` and `klokblok.html` draw. `dag` of `van` counts days, the text working days."""

    naam: str
    tekst: str
    toon: str = "grijs"
    icoon: str = "clock"
    uiterlijk: date | None = None
    toelichting: str = ""
    dag: int | None = None
    van: int | None = None
    waarom: str = ""


class Opschortingrij(Protocol):
    """The fields of wmo.Opschorting that a clock reads."""

    grond: str
    eerste_dag: date
    laatste_dag: date | None
    hersteltermijn_tot: date | None


class Zaakrij(Protocol):
    """The fields of wmo.Zaak that a clock reads."""

    status: str
    melding_op: datetime
    verslag_verstrekt_op: date | None
    aanvraag_op: date | None
    bekendgemaakt_op: date | None
    afgesloten_op: date | None


@dataclass(frozen=True)
class Zaakdatums:
    """Everything a clock needs. `opschortingen` have an end where one is known, an unused hersteltermijn included."""

    status: str
    melding: date
    verslag: date | None = None
    aanvraag: date | None = None
    bekendgemaakt: date | None = None
    afgesloten: date | None = None
    opschortingen: tuple[opschorting.Opschorting, ...] = ()


@dataclass(frozen=True)
class Stand:
    """What runs now: the last day, and the last day of standing still when it does."""

    uiterste_datum: date | None
    stilstand_tot: date | None = None


def van_zaak(zaak: Zaakrij, opschortingen: Iterable[Opschortingrij] = ()) -> Zaakdatums:
    """The dates of a Zaak and its suspensions, as the functions below want them."""
    return Zaakdatums(
        status=zaak.status,
        melding=vandaag(zaak.melding_op),
        verslag=zaak.verslag_verstrekt_op,
        aanvraag=zaak.aanvraag_op,
        bekendgemaakt=zaak.bekendgemaakt_op,
        afgesloten=zaak.afgesloten_op,
        opschortingen=uit_rijen(opschortingen),
    )


def uit_rijen(rijen: Iterable[Opschortingrij]) -> tuple[opschorting.Opschorting, ...]:
    """Rows to rules. An aanvulling that nobody ended stops by itself when the set term has passed (R-046 1a)."""
    return tuple(
        opschorting.Opschorting(
            opschorting.Grond(rij.grond.removeprefix("4:15-")),
            rij.eerste_dag,
            rij.laatste_dag or rij.hersteltermijn_tot,
        )
        for rij in rijen
    )


def stand(zaak: Zaakdatums, kalender: Kalender, op: date) -> Stand:
    """Which date the case must meet now; none once it is decided or closed (R-020, R-021, R-022)."""
    if zaak.status in ("melding", "onderzoek"):
        return Stand(termijnen.onderzoek(zaak.melding, kalender).laatste_dag)
    if zaak.status == "onderzoek_afgerond":
        return Stand(termijnen.doorlooptijd(zaak.melding))
    if zaak.status not in BESLISFASE or zaak.aanvraag is None:
        return Stand(None)
    besluit = opschorting.besluit(zaak.aanvraag, kalender, zaak.opschortingen)
    laatste = besluit.termijn.laatste_dag if besluit.termijn else None
    stil = stilstand_op(zaak, op)
    return Stand(laatste, stil.laatste_dag if stil else None)


def stilstand_op(zaak: Zaakdatums, op: date) -> opschorting.Opschorting | None:
    """The suspension that runs on `op` or starts the day after an invitation of today; the longest when two do."""
    lopend = [s for s in zaak.opschortingen if s.laatste_dag is None or s.laatste_dag >= op]
    return max(lopend, key=lambda s: s.laatste_dag or date.max, default=None)


def klokken(zaak: Zaakdatums, kalender: Kalender, op: date) -> list[Klok]:
    """The clocks of the header of a dossier, in the order of the law."""
    return [_onderzoek(zaak, kalender, op), _besluit(zaak, kalender, op), _traject(zaak, kalender, op)]


def resttijd(uiterlijk: date, kalender: Kalender, op: date) -> tuple[str, str, str]:
    """Text, tone and icon for a last day: red is too late, orange is five working days or less."""
    if op > uiterlijk:
        return f"{_dagen((op - uiterlijk).days)} te laat", "rood", "alert-triangle"
    werkdagen = kalender.werkdagen_tussen(op, uiterlijk)
    if op == uiterlijk:
        return "Verloopt vandaag", "oranje", "alert-triangle"
    tekst = f"Nog {werkdagen} {'werkdag' if werkdagen == 1 else 'werkdagen'}"
    return (tekst, "oranje", "alert-triangle") if werkdagen <= BIJNA_WERKDAGEN else (tekst, "grijs", "clock")


def lijstklok(
    *,
    status: str,
    spoed: bool,
    uiterste_datum: date | None,
    stilstand_tot: date | None,
    kalender: Kalender,
    op: date,
) -> Klok | None:
    """One clock for a row, from the dates on the Zaak alone; None when nothing runs."""
    naam = FASE.get(status, "")
    if not naam:
        return None
    if stilstand_tot is not None and stilstand_tot >= op:
        return Klok(
            naam, "Klok staat stil", "stil", "clock-pause", toelichting=f"Opgeschort t/m {stilstand_tot:%d-%m-%Y}"
        )
    if uiterste_datum is None:
        return Klok(naam, "Klok staat stil", "stil", "clock-pause", toelichting="Nog zonder einddatum")
    tekst, toon, icoon = resttijd(uiterste_datum, kalender, op)
    if spoed:
        tekst, toon, icoon = ("Spoed: direct besluiten" if toon != "rood" else f"Spoed: {tekst}"), "rood", "bolt"
    return Klok(naam, tekst, toon, icoon, uiterlijk=uiterste_datum)


def _onderzoek(zaak: Zaakdatums, kalender: Kalender, op: date) -> Klok:
    termijn = termijnen.onderzoek(zaak.melding, kalender)
    waarom = " ".join(termijn.redenen)
    if zaak.verslag is not None:
        return _klaar(ONDERZOEK, zaak.verslag, termijn.laatste_dag, waarom)
    if zaak.afgesloten is not None:
        return _gestopt(ONDERZOEK, zaak.afgesloten)
    van = (termijn.laatste_dag - zaak.melding).days
    return _lopend(ONDERZOEK, termijn.laatste_dag, (op - zaak.melding).days, van, kalender, op, waarom)


def _besluit(zaak: Zaakdatums, kalender: Kalender, op: date) -> Klok:
    if zaak.aanvraag is None:
        if zaak.afgesloten is not None:
            return _gestopt(BESLUIT, zaak.afgesloten)
        return Klok(BESLUIT, "Nog niet begonnen", toelichting="De klok start als de aanvraag binnen is")
    besluit = opschorting.besluit(zaak.aanvraag, kalender, zaak.opschortingen)
    stil = stilstand_op(zaak, op)
    if zaak.bekendgemaakt is None and zaak.afgesloten is None and stil is not None:
        return _stil(stil, besluit)
    if zaak.bekendgemaakt is None and zaak.afgesloten is not None:
        return _gestopt(BESLUIT, zaak.afgesloten)
    if besluit.termijn is None:  # decided while an open suspension was never ended
        return Klok(BESLUIT, "Besloten", "groen", "circle-check", toelichting=f"{zaak.bekendgemaakt:%d-%m-%Y}")
    laatste, waarom = besluit.termijn.laatste_dag, _waarom_besluit(zaak.aanvraag, besluit)
    if zaak.bekendgemaakt is not None:
        return _klaar(BESLUIT, zaak.bekendgemaakt, laatste, waarom)
    dag = (op - zaak.aanvraag).days - _stilgestaan(zaak, op)
    van = (laatste - zaak.aanvraag).days - besluit.opgeschorte_dagen
    return _lopend(BESLUIT, laatste, dag, van, kalender, op, waarom)


def _traject(zaak: Zaakdatums, kalender: Kalender, op: date) -> Klok:
    """A target, not a law: late is orange at most."""
    streef = termijnen.doorlooptijd(zaak.melding)
    einde = zaak.bekendgemaakt or zaak.afgesloten
    if einde is not None:
        return _klaar(TRAJECT, einde, streef, "", laat="oranje") if zaak.bekendgemaakt else _gestopt(TRAJECT, einde)
    tekst, toon, icoon = resttijd(streef, kalender, op)
    toon, icoon = ("oranje", icoon) if toon == "rood" else ("grijs", "clock")
    dag, van = (op - zaak.melding).days, (streef - zaak.melding).days
    return Klok(TRAJECT, tekst, toon, icoon, uiterlijk=streef, dag=min(dag, van), van=van)


def _lopend(naam: str, laatste: date, dag: int, van: int, kalender: Kalender, op: date, waarom: str) -> Klok:
    tekst, toon, icoon = resttijd(laatste, kalender, op)
    return Klok(naam, tekst, toon, icoon, uiterlijk=laatste, dag=max(0, min(dag, van)), van=van, waarom=waarom)


def _klaar(naam: str, gereed: date, laatste: date, waarom: str, laat: str = "rood") -> Klok:
    verschil = (laatste - gereed).days
    if verschil < 0:
        return Klok(
            naam, "Te laat klaar", laat, "alert-triangle", toelichting=_afstand(gereed, verschil), waarom=waarom
        )
    return Klok(naam, "Op tijd klaar", "groen", "circle-check", toelichting=_afstand(gereed, verschil))


def _afstand(gereed: date, verschil: int) -> str:
    if verschil == 0:
        return f"{gereed:%d-%m-%Y}, op de laatste dag"
    return f"{gereed:%d-%m-%Y}, {_dagen(abs(verschil))} {'voor' if verschil > 0 else 'na'} de laatste dag"


def _gestopt(naam: str, op: date) -> Klok:
    return Klok(naam, "Gestopt", "stil", "circle-check", toelichting=f"De zaak is gesloten op {op:%d-%m-%Y}")


def _stil(stil: opschorting.Opschorting, besluit: opschorting.Besluittermijn) -> Klok:
    sinds = f"staat stil sinds {stil.eerste_dag:%d-%m-%Y}"
    if stil.laatste_dag is None:
        return Klok(BESLUIT, "Klok staat stil", "stil", "clock-pause", toelichting=f"{sinds}, nog zonder einddatum")
    waarom = (
        f"Loopt de klok daarna weer, dan is de laatste dag {besluit.termijn.laatste_dag:%d-%m-%Y}."
        if besluit.termijn
        else ""
    )
    toelichting = f"{sinds}, tot en met {stil.laatste_dag:%d-%m-%Y}"
    return Klok(BESLUIT, "Klok staat stil", "stil", "clock-pause", toelichting=toelichting, waarom=waarom)


def _waarom_besluit(aanvraag: date, besluit: opschorting.Besluittermijn) -> str:
    zinnen = list(besluit.termijn.redenen) if besluit.termijn else []
    if besluit.opgeschorte_dagen:
        zinnen.insert(0, f"De klok stond {_dagen(besluit.opgeschorte_dagen)} stil. Die dagen tellen niet mee.")
    if besluit.telt_niet_mee:
        zinnen.append("De klok is een keer stilgezet na de laatste dag. Dat telt niet mee.")
    return " ".join(zinnen)


def _stilgestaan(zaak: Zaakdatums, op: date) -> int:
    """Suspended days after the aanvraag up to and including `op`; overlapping suspensions count once."""
    if zaak.aanvraag is None or op <= zaak.aanvraag:
        return 0
    venster = Periode(zaak.aanvraag, op)
    geweest = [Periode(s.eerste_dag, s.laatste_dag or op) for s in zaak.opschortingen if s.eerste_dag <= op]
    delen = (reeks.doorsnede(venster) for reeks in samengevoegd(geweest))
    return sum(deel.aantal_dagen - (deel.ingangsdatum == zaak.aanvraag) for deel in delen if deel)


def _dagen(aantal: int) -> str:
    return f"{aantal} {'dag' if aantal == 1 else 'dagen'}"

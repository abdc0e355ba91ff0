"""The steps of a case as a task list: what is done, what is next, and why something cannot be done yet.

Pure: the facts come in as one value, so that the same list serves the dossier, the main button and "Wat nu?".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wmo.rules import termijnen
from wmo.rules.kalender import Kalender

ONDERWERPEN = 7
ZONDER_NORM = "Niet nodig bij dagbesteding of verblijf"
ACTIEF = frozenset({"melding", "onderzoek", "onderzoek_afgerond", "aanvraag", "besluit_concept"})


class Stand(StrEnum):
    KLAAR = "klaar"
    NU = "nu"
    KAN = "kan"
    NIET = "niet"


@dataclass(frozen=True)
class Stap:
    """`sleutel` says which page belongs to it; `reden` why it cannot be done yet, or what is left to do."""

    sleutel: str
    label: str
    stand: Stand
    reden: str = ""
    url: str = ""


@dataclass(frozen=True)
class Feiten:
    """What has happened in a case. `onderwerpen` counts the discussed topics (0-7)."""

    status: str
    melding: date
    bevestigd: bool = False
    clientondersteuning: bool = False
    persoonlijk_plan: bool = False
    afgezien: bool = False
    onderwerpen: int = 0
    verslag_verstrekt_op: date | None = None
    aanvraag_op: date | None = None
    plan_vastgesteld: bool = False
    normenkader_vastgesteld: bool = False
    bekendgemaakt: bool = False


def wachten_op_plan(feiten: Feiten, kalender: Kalender, op: date) -> date | None:
    """The last day of the seven in which the client may still hand in a plan; None when there is no need (R-012)."""
    if feiten.persoonlijk_plan or feiten.afgezien:
        return None
    termijn = termijnen.persoonlijk_plan(feiten.melding, kalender)
    return None if termijn.is_verstreken(op) else termijn.laatste_dag


def stappen(feiten: Feiten, kalender: Kalender, op: date) -> list[Stap]:
    """Melding to bekendmaking. The first step that can be done is the one for now."""
    begonnen, eerst = feiten.status != "melding", "Start eerst het onderzoek."
    lijst = [
        _melding(feiten),
        _onderzoek(feiten, kalender, op),
        _aanvraag(feiten, kalender, op),
        _stap("normenkader", "Normenkader", feiten.normenkader_vastgesteld, begonnen, eerst, _rest_norm(feiten)),
        _stap("plan", "Perspectiefplan", feiten.plan_vastgesteld, begonnen, eerst),
        _beschikking(feiten),
    ]
    return _met_een_nu(lijst) if feiten.status in ACTIEF else lijst


def _met_een_nu(lijst: list[Stap]) -> list[Stap]:
    """Exactly one step carries "Nu": the first that can be done and must be (one filled button)."""
    eerste = next((s for s in lijst if s.stand is Stand.KAN and s.reden != ZONDER_NORM), None)
    return [Stap(s.sleutel, s.label, Stand.NU, s.reden) if s is eerste else s for s in lijst]


def _rest_norm(feiten: Feiten) -> str:
    """The plan takes its minutes from the normenkader; whoever fixed it without one has help without a norm (R-222)."""
    return ZONDER_NORM if feiten.plan_vastgesteld else ""


def _stap(sleutel: str, label: str, klaar: bool, kan: bool, reden: str, rest: str = "") -> Stap:
    if klaar:
        return Stap(sleutel, label, Stand.KLAAR)
    return Stap(sleutel, label, Stand.KAN, rest) if kan else Stap(sleutel, label, Stand.NIET, reden)


def _melding(feiten: Feiten) -> Stap:
    rest = "" if feiten.clientondersteuning else "Wijs ook op gratis cliëntondersteuning"
    klaar = feiten.bevestigd and feiten.clientondersteuning
    return _stap("melding", "Melding bevestigd", klaar, True, "", rest if feiten.bevestigd else "Bevestig de ontvangst")


def _onderzoek(feiten: Feiten, kalender: Kalender, op: date) -> Stap:
    """R-012 and R-013: first the pointer to cliëntondersteuning and the seven days, then the onderzoek."""
    wachten = wachten_op_plan(feiten, kalender, op)
    if wachten:
        reden = f"De cliënt kan nog tot en met {wachten:%d-%m-%Y} een persoonlijk plan inleveren."
    else:
        reden = "Wijs de cliënt eerst op gratis cliëntondersteuning."
    if feiten.onderwerpen < ONDERWERPEN:
        rest = f"{feiten.onderwerpen} van {ONDERWERPEN} onderwerpen besproken"
    else:
        rest = "Het verslag moet nog naar de cliënt"
    kan = feiten.clientondersteuning and wachten is None
    return _stap("onderzoek", "Onderzoek en verslag", feiten.verslag_verstrekt_op is not None, kan, reden, rest)


def _aanvraag(feiten: Feiten, kalender: Kalender, op: date) -> Stap:
    """R-020: the button is off until the verslag was given or the six weeks are over."""
    kan = feiten.status in ("melding", "onderzoek", "onderzoek_afgerond") and termijnen.aanvraag_kan(
        melding=feiten.melding, verslag_verstrekt_op=feiten.verslag_verstrekt_op, op=op, kalender=kalender
    )
    einde = termijnen.onderzoek(feiten.melding, kalender).laatste_dag
    reden = f"Kan nog niet: het verslag is nog niet verstuurd (of 6 weken voorbij op {einde:%d-%m-%Y})."
    return _stap("aanvraag", "Aanvraag", feiten.aanvraag_op is not None, kan, reden)


def _beschikking(feiten: Feiten) -> Stap:
    if feiten.bekendgemaakt:
        return Stap("beschikking", "Beschikking", Stand.KLAAR)
    if feiten.status == "besluit_concept":
        return Stap("beschikking", "Beschikking", Stand.KAN, "Wacht op een handtekening")
    rest = "" if feiten.plan_vastgesteld else "Het perspectiefplan is nog niet vastgesteld"
    return _stap("beschikking", "Beschikking", False, feiten.status == "aanvraag", "Eerst de aanvraag.", rest)

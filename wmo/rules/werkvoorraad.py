"""What to do next with a case, in a few words, and how to divide work fairly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from typing import TypeVar

from wmo.rules import termijnen
from wmo.rules.kalender import Kalender

Z = TypeVar("Z")
W = TypeVar("W", bound=Hashable)


@dataclass(frozen=True)
class Rijfeiten:
    """What a row of the list knows without a further query."""

    status: str
    melding: date
    bevestigd: bool = False
    clientondersteuning: bool = False
    plan_bekend: bool = False
    gespreksdatum: date | None = None
    stilstand_tot: date | None = None
    uiterste_datum: date | None = None


VAST = {
    "onderzoek_afgerond": "Wacht op aanvraag",
    "besluit_concept": "Besluit ondertekenen",
    "bekendgemaakt": "Ondersteuning regelen",
    "uitvoering": "Ondersteuning loopt",
}


def wat_nu(rij: Rijfeiten, kalender: Kalender, op: date) -> str:
    """The next act, in words of a button."""
    if rij.status == "melding":
        return _melding(rij, kalender, op)
    if rij.status == "onderzoek":
        if rij.gespreksdatum is None:
            return "Gesprek plannen"
        return f"Gesprek op {rij.gespreksdatum:%d-%m-%Y}" if rij.gespreksdatum > op else "Verslag maken"
    if rij.status == "aanvraag":
        return _besluit(rij, op)
    return VAST.get(rij.status, "")


def _melding(rij: Rijfeiten, kalender: Kalender, op: date) -> str:
    if not rij.bevestigd:
        return "Ontvangst bevestigen"
    if not rij.clientondersteuning:
        return "Wijzen op cliëntondersteuning"
    if not rij.plan_bekend and not termijnen.persoonlijk_plan(rij.melding, kalender).is_verstreken(op):
        return "Wacht op persoonlijk plan"
    return "Onderzoek starten"


def _besluit(rij: Rijfeiten, op: date) -> str:
    if rij.stilstand_tot is not None:
        return "Wacht op ontbrekend stuk" if rij.stilstand_tot >= op else "Klok weer laten lopen"
    return "Beschikking maken" if rij.uiterste_datum is not None else "Wacht op antwoord"


def verdeel(zaken: Sequence[Z], werkvoorraad: Mapping[W, int]) -> list[tuple[Z, W]]:
    """Each case in turn to whoever has the least open work; a tie goes to whoever comes first in `werkvoorraad`."""
    if not werkvoorraad:
        return []
    namen = list(werkvoorraad)
    rij = [(aantal, plaats) for plaats, aantal in enumerate(werkvoorraad.values())]
    heapify(rij)
    uit = []
    for zaak in zaken:
        aantal, plaats = heappop(rij)
        uit.append((zaak, namen[plaats]))
        heappush(rij, (aantal + 1, plaats))
    return uit

"""Start and stop of delivery as a state machine over the messages that count (R-232, TR063, TR071, TR074, TR326, TR382,
TR413 to TR415).

A `Leveringsverloop` belongs to one client, toewijzing and product. It never changes: `verwerk` gives the next one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wmo.rules.gemeenteregels import TIJDELIJKE_STOP

NIEUW, VERWIJDEREN = 1, 3


class Toestand(StrEnum):
    """Where the delivery stands."""

    NIET_GESTART = "NIET_GESTART"
    GESTART = "GESTART"
    TIJDELIJK_GESTOPT = "TIJDELIJK_GESTOPT"
    DEFINITIEF_GESTOPT = "DEFINITIEF_GESTOPT"


@dataclass(frozen=True)
class Start:
    """A 305: care began on `begindatum`."""

    begindatum: date


@dataclass(frozen=True)
class Stop:
    """A 307: the care that began on `begindatum` ended on `einddatum`; reason 20 is temporary."""

    begindatum: date
    einddatum: date
    reden: str

    @property
    def is_tijdelijk(self) -> bool:
        return self.reden == TIJDELIJKE_STOP


@dataclass(frozen=True)
class Leveringsverloop:
    """The starts and stops that were accepted and not removed, in the order in which they came."""

    starts: tuple[Start, ...] = ()
    stops: tuple[Stop, ...] = ()

    @property
    def lopende_start(self) -> Start | None:
        """The latest start, stopped or not."""
        return max(self.starts, key=lambda start: start.begindatum, default=None)

    def stops_van(self, begindatum: date) -> list[Stop]:
        return [stop for stop in self.stops if stop.begindatum == begindatum]

    @property
    def toestand(self) -> Toestand:
        start = self.lopende_start
        if start is None:
            return Toestand.NIET_GESTART
        stops = self.stops_van(start.begindatum)
        if not stops:
            return Toestand.GESTART
        tijdelijk = all(stop.is_tijdelijk for stop in stops)
        return Toestand.TIJDELIJK_GESTOPT if tijdelijk else Toestand.DEFINITIEF_GESTOPT


@dataclass(frozen=True)
class Verwerking:
    """The next course of events, and the return code when the message was refused (then nothing changed)."""

    verloop: Leveringsverloop
    code: str | None = None


def verwerk_start(verloop: Leveringsverloop, start: Start, status: int = NIEUW) -> Verwerking:
    """A 305 that is new (1) or removes an earlier one (3); any other status is 0001."""
    if status == VERWIJDEREN:
        return _verwijder_start(verloop, start)
    if status != NIEUW:
        return Verwerking(verloop, "0001")
    if start in verloop.starts:
        return Verwerking(verloop, "9074")
    if verloop.toestand is Toestand.GESTART:
        return Verwerking(verloop, "9326")
    return Verwerking(replace(verloop, starts=(*verloop.starts, start)))


def _verwijder_start(verloop: Leveringsverloop, start: Start) -> Verwerking:
    if start not in verloop.starts:
        return Verwerking(verloop, "9063")
    if verloop.stops_van(start.begindatum):
        return Verwerking(verloop, "9071")
    return Verwerking(replace(verloop, starts=tuple(s for s in verloop.starts if s != start)))


def verwerk_stop(verloop: Leveringsverloop, stop: Stop, status: int = NIEUW) -> Verwerking:
    """A 307 that is new (1) or removes an earlier one (3); any other status is 0001."""
    if status == VERWIJDEREN:
        if stop not in verloop.stops:
            return Verwerking(verloop, "9063")
        return Verwerking(replace(verloop, stops=tuple(s for s in verloop.stops if s != stop)))
    if status != NIEUW:
        return Verwerking(verloop, "0001")
    if code := _weiger_stop(verloop, stop):
        return Verwerking(verloop, code)
    return Verwerking(replace(verloop, stops=(*verloop.stops, stop)))


def _weiger_stop(verloop: Leveringsverloop, stop: Stop) -> str | None:
    """After a temporary stop a definitive one may follow at once, not earlier; nothing follows a definitive one."""
    if stop.einddatum < stop.begindatum:
        return "0001"
    if Start(stop.begindatum) not in verloop.starts:
        return "9069"
    eerder = verloop.stops_van(stop.begindatum)
    if stop in eerder:
        return "9074"
    if any(not ander.is_tijdelijk for ander in eerder):
        return "9415"
    if eerder and stop.is_tijdelijk:
        return "9413"
    return "9414" if any(stop.einddatum < ander.einddatum for ander in eerder) else None

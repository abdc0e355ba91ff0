"""The answers of the spoedprotocol and its clock (R-125 to R-129)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

BIJNA = timedelta(hours=4)


def weiger_startdatum(startdatum: date | None, *, op: date, uiterlijk: date) -> str | None:
    """A Dutch sentence when this start does not fit within the seven days (R-128)."""
    if startdatum is None:
        return "Vul in op welke dag u begint."
    if startdatum < op:
        return "De startdatum is al voorbij. Kies vandaag of een latere datum."
    if startdatum > uiterlijk:
        return f"Kies een datum uiterlijk {uiterlijk:%d-%m-%Y}."
    return None


def geen_match(antwoorden: Sequence[str], *, uiterlijk: datetime, nu: datetime) -> bool:
    """Nobody: everybody said no, or the 24 hours are over without a yes (R-128, R-129). Empty is no answer yet."""
    if "ja" in antwoorden:
        return False
    return nu > uiterlijk or all(antwoord == "nee" for antwoord in antwoorden)


@dataclass(frozen=True)
class Spoedklok:
    """What a clock of hours shows: `tekst` in words, `toon` and `icoon` as any clock."""

    tekst: str
    toon: str
    icoon: str


def klok(uiterlijk: datetime, nu: datetime) -> Spoedklok:
    """Time left in clock hours and minutes; the change of the clock is counted (R-045)."""
    rest = uiterlijk.astimezone(UTC) - nu.astimezone(UTC)
    if rest <= timedelta(0):
        return Spoedklok("De tijd is om", "rood", "alert-triangle")
    uren, minuten = divmod(int(rest.total_seconds()) // 60, 60)
    tekst = f"Nog {uren} uur en {_minuten(minuten)}" if uren else f"Nog {_minuten(minuten)}"
    return Spoedklok(tekst, "oranje" if rest <= BIJNA else "groen", "hourglass")


def _minuten(aantal: int) -> str:
    return "1 minuut" if aantal == 1 else f"{aantal} minuten"

"""The report of one gemeente: blocks of numbers that every app brings along; wmo imports none of them (screen S26).

An app registers its blocks in `AppConfig.ready`:

    rapportage.registreer(Blok("wachtlijst", "Wachtlijst", tel))

`tel(gemeente, periode)` gives label and value in order, with the same labels for every period and in a fixed number of
queries. A value names nobody; who may follow it to cases does so in the lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wmo.periodes import Periode

if TYPE_CHECKING:
    from wmo.models import Gemeente

Tel = Callable[["Gemeente", Periode], dict[str, str]]


@dataclass(frozen=True)
class Blok:
    sleutel: str
    titel: str
    tel: Tel


@dataclass(frozen=True)
class Regel:
    """One number, and what it was in the period before."""

    label: str
    nu: str
    eerder: str


_blokken: dict[str, Blok] = {}


def registreer(blok: Blok) -> None:
    """ValueError when the key is taken by another app."""
    if blok.sleutel in _blokken:
        raise ValueError(f"Er is al een blok {blok.sleutel!r}.")
    _blokken[blok.sleutel] = blok


def maak(gemeente: Gemeente, periode: Periode, eerder: Periode) -> list[tuple[Blok, list[Regel]]]:
    """Every block, in the order of registration."""
    uit = []
    for blok in _blokken.values():
        nu, toen = blok.tel(gemeente, periode), blok.tel(gemeente, eerder)
        uit.append((blok, [Regel(label, waarde, toen[label]) for label, waarde in nu.items()]))
    return uit

"""Benchmarks: ratios within one run, never a timed test. `./portaal meet` runs them on servers that sync to disk.

A module here registers a function with `@meting`; it makes its own rows in an empty database and gives an `Uitkomst`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Uitkomst:
    """`verhouding` is what counts; `eis` the least (or, with `hoogstens`, the most) it may be, `doel` where we aim."""

    verhouding: float
    uitleg: str
    eis: float | None = None
    doel: float | None = None
    hoogstens: bool = False
    cijfers: dict[str, Any] = field(default_factory=dict)

    @property
    def voldoet(self) -> bool:
        if self.eis is None:
            return True
        return self.verhouding <= self.eis if self.hoogstens else self.verhouding >= self.eis


METINGEN: dict[str, Callable[[], Uitkomst]] = {}


def meting(naam: str) -> Callable[[Callable[[], Uitkomst]], Callable[[], Uitkomst]]:
    """Register a benchmark under `naam`."""

    def versier(functie: Callable[[], Uitkomst]) -> Callable[[], Uitkomst]:
        METINGEN[naam] = functie
        return functie

    return versier

"""What the parts of the exercise region share: dice, people, and the order in which the apps act on a day."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils.module_loading import import_string

from wmo.models import Aanbieder, Aanstelling, Gemeente
from wmo.periodes import AMSTERDAM
from wmo.permissions import Rol


@dataclass
class Wereld:
    """One run of the seed. The same seed on the same day gives the same region.

    `geheugen` is where a part keeps what it has to remember between days, under its own name.
    """

    rng: random.Random
    eerste_dag: date
    laatste_dag: date
    aantal_clienten: int
    geheugen: dict[str, Any] = field(default_factory=dict)
    _aanstellingen: dict[tuple[str, int | None, int | None], list[Aanstelling]] = field(default_factory=dict)

    def ken(self, aanstelling: Aanstelling) -> None:
        sleutel = (str(aanstelling.rol), aanstelling.gemeente_id, aanstelling.aanbieder_id)
        self._aanstellingen.setdefault(sleutel, []).append(aanstelling)

    def iemand(self, rol: Rol, *, gemeente: Gemeente | None = None, aanbieder: Aanbieder | None = None) -> Aanstelling:
        """Somebody with this role at this organisation."""
        sleutel = (str(rol), gemeente.pk if gemeente else None, aanbieder.pk if aanbieder else None)
        return self.rng.choice(self._aanstellingen[sleutel])

    def moment(self, dag: date, *, uur: int | None = None) -> datetime:
        """An aware moment of that day in office hours; never two the same, so that FIFO does not tie by accident."""
        uur = self.rng.randint(8, 16) if uur is None else uur
        tijd = time(uur, self.rng.randint(0, 59), self.rng.randint(0, 59), self.rng.randint(0, 999_999))
        return datetime.combine(dag, tijd, tzinfo=AMSTERDAM)


@dataclass(frozen=True)
class Kopie:
    """How `seed --clienten` multiplies the rows of one model: `waarden` holds SQL for columns that must differ.

    In that SQL `k` is the number of the copy, from 1. Foreign keys to other copied models move along by themselves.
    """

    model: type[models.Model]
    waarden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fase:
    """The part of one app. `volgorde` decides who acts first on a day; `kopieen` come in the order of their keys."""

    naam: str
    volgorde: int
    dag: Callable[[Wereld, date], None]
    richt_in: Callable[[Wereld], None] | None = None
    kopieen: tuple[Kopie, ...] = ()


_fasen: list[str] = []


def registreer(pad: str) -> None:
    """Name a Fase by its dotted path: it is imported when a region is made, not when Django starts."""
    _fasen.append(pad)


def fasen() -> list[Fase]:
    return sorted((import_string(pad) for pad in _fasen), key=lambda fase: fase.volgorde)

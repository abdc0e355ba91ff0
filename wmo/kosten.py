"""What help costs, told by the app that knows the tariffs: wmo imports none (docs/architectuur.md).

`declaraties` adds its reckoner to REKENAARS in `AppConfig.ready`; without one the normenkader shows no costs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wmo.models import Gemeente


@dataclass(frozen=True)
class Kosten:
    """Euros for so many minutes a week of one product; `tarief` says in words how they were reckoned."""

    product: str
    per_week: Decimal
    per_jaar: Decimal
    tarief: str


# (gemeente, categorie of the product, minutes a week, on which day)
Rekenaar = Callable[["Gemeente", str, int, date], list[Kosten]]
REKENAARS: list[Rekenaar] = []


def per_week(gemeente: Gemeente, categorie: str, minuten: int, op: date) -> list[Kosten]:
    """One line per product that this gemeente buys by the minute or hour."""
    return [regel for rekenaar in REKENAARS for regel in rekenaar(gemeente, categorie, minuten, op)]

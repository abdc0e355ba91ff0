"""Overlap of products in time: the one question behind TR302, TR361, TR386 and TR410."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

STAPELBAAR = frozenset({"11", "12", "13", "14"})


class Regel(NamedTuple):
    """A product over a period, with the node it comes from. No categorie: a generic one; `einde` None: open."""

    knoop: Any
    categorie: str | None
    code: str | None
    begin: date
    einde: date | None


def van_product(knoop: Any, begin: date, einde: date | None) -> Regel:
    product = knoop.product
    return Regel(knoop, product.categorie if product else None, product.code if product else None, begin, einde)


def botsingen(regels: list[Regel]) -> Iterator[tuple[Regel, Regel]]:
    """Each line that has its product and a day in common with an earlier one, after the first such line."""
    for nummer, later in enumerate(regels):
        for eerder in islice(regels, nummer):
            if zelfde_product(eerder, later) and overlapt(eerder, later):
                yield eerder, later
                break


def zelfde_product(een: Regel, twee: Regel) -> bool:
    """The sources say "product", the table of rules "code": a product is its categorie and its code together, and where
    one of the two has no code the categorie decides. Generic collides with everything but categories 11 to 14."""
    if een.categorie in STAPELBAAR or twee.categorie in STAPELBAAR:
        return False
    if een.categorie is None or twee.categorie is None:
        return True
    return een.categorie == twee.categorie and (een.code is None or twee.code is None or een.code == twee.code)


def overlapt(een: Regel, twee: Regel) -> bool:
    return een.begin <= (twee.einde or date.max) and twee.begin <= (een.einde or date.max)

"""Reference data that ships with the portal, as CSV beside this module: read once, never written.

The seed turns these rows into database rows with a date and a source; from then on the database is what counts.
"""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from wmo.rules.dwangsom import Dwangsombedragen


def rijen(naam: str) -> list[dict[str, str]]:
    """The rows of `<naam>.csv` as text."""
    tekst = resources.files(__name__).joinpath(f"{naam}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(tekst.splitlines()))


def waarde(tekst: str) -> Any:
    """ "ja" and "nee" are booleans, digits are a number, the rest stays text."""
    if tekst in ("ja", "nee"):
        return tekst == "ja"
    return int(tekst) if tekst.isdecimal() else tekst


@lru_cache(maxsize=1)
def cbs_gemeenten() -> dict[str, str]:
    """CBS code -> name of every municipality on the list that ships with the portal (R-001, TR378)."""
    return {rij["code"]: rij["naam"] for rij in rijen("cbs_gemeenten")}


@lru_cache(maxsize=1)
def besluitdagen() -> frozenset[date]:
    """The known days equated by royal decree (ATW 3 lid 3)."""
    return frozenset(date.fromisoformat(rij["datum"]) for rij in rijen("besluitdagen"))


@lru_cache(maxsize=1)
def dwangsombedragen() -> tuple[Dwangsombedragen, ...]:
    """The dated amounts of Awb 4:17 (R-050)."""
    return tuple(
        Dwangsombedragen(
            date.fromisoformat(rij["vanaf"]),
            (Decimal(rij["trede_1"]), Decimal(rij["trede_2"]), Decimal(rij["trede_3"])),
        )
        for rij in rijen("dwangsombedragen")
    )


@lru_cache(maxsize=1)
def eigen_bijdrage_maxima() -> dict[int, int]:
    """Year -> highest eigen bijdrage per household per month in cents; a year that is not there is unknown (R-080)."""
    return {int(rij["jaar"]): int(rij["maximum_per_maand_cent"]) for rij in rijen("eigen_bijdrage")}


@lru_cache(maxsize=8)
def gemeenteregels(gemeente: str) -> dict[str, Any]:
    """The policy of one municipality of the region, key -> value (R-230); empty for any other municipality."""
    return {rij["sleutel"]: waarde(rij["waarde"]) for rij in rijen("gemeenteregels") if rij["gemeente"] == gemeente}

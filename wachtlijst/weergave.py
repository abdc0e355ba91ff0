"""How places read on a screen: what an aanbieder may see, and the clocks beside a claim.

`AanbiederPlek` is the privacy line of R-120: it is built from named columns, so a page of an aanbieder never even reads
who waits. Name and address come with the opdracht (R-120).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from wachtlijst.models import Plek
from wmo import weergave
from wmo.models import Levering, Toewijzing
from wmo.periodes import vandaag

KOLOMMEN = (
    "code", "beschikking_datum", "geplaatst_op", "minuten_per_week", "postcode4", "spoed", "huisdieren", "roken",
    "voorkeuraanbieder__naam", "niet_op_dagen", "gemeente__naam",
)  # fmt: skip
DIERICONEN = {"kat": "cat", "hond": "dog", "geen": "paw", "kat_hond": "paw", "anders": "paw"}


@dataclass(frozen=True)
class Kenmerk:
    """Something good to know before one comes, with its icon."""

    icoon: str
    tekst: str


@dataclass(frozen=True)
class AanbiederPlek:
    """Everything an aanbieder sees of a place on the list. `nummer` counts from 1; times are in minutes and days."""

    nummer: int
    code: str
    gemeente: str
    beschikking_datum: date
    wachtdagen: int
    minuten_per_week: int | None
    postcode4: str
    spoed: bool
    kenmerken: tuple[Kenmerk, ...]
    voorkeur: str

    @property
    def samenvatting(self) -> str:
        """One line for the table: "Kat in huis · Kan niet op dinsdag"."""
        teksten = [kenmerk.tekst for kenmerk in self.kenmerken]
        return " · ".join(teksten + ([f"Voorkeur: {self.voorkeur}"] if self.voorkeur else []))


def voor_aanbieder(plekken: QuerySet[Plek], *, nu: datetime) -> list[AanbiederPlek]:
    """Open places in the order of the list, numbered; one query that reads no column of a person."""
    return [_aanbiederplek(nummer, rij, nu) for nummer, rij in enumerate(plekken.op_volgorde().values(*KOLOMMEN), 1)]  # type: ignore[attr-defined]


def _aanbiederplek(nummer: int, rij: dict[str, Any], nu: datetime) -> AanbiederPlek:
    return AanbiederPlek(
        nummer=nummer,
        code=rij["code"],
        gemeente=rij["gemeente__naam"],
        beschikking_datum=rij["beschikking_datum"],
        wachtdagen=wachtdagen(rij["geplaatst_op"], nu),
        minuten_per_week=rij["minuten_per_week"],
        postcode4=rij["postcode4"],
        spoed=rij["spoed"],
        kenmerken=kenmerken(rij["huisdieren"], rij["roken"], rij["niet_op_dagen"]),
        voorkeur=rij["voorkeuraanbieder__naam"] or "",
    )


def wachtdagen(geplaatst_op: datetime, nu: datetime) -> int:
    """Days on the list, as a calendar counts them."""
    return (vandaag(nu) - vandaag(geplaatst_op)).days


def kenmerken(huisdieren: str, roken: str, niet_op_dagen: Iterable[int]) -> tuple[Kenmerk, ...]:
    """What the consulent filled in; what was not asked is not shown."""
    delen = []
    if huisdieren:
        delen.append(Kenmerk(DIERICONEN[huisdieren], str(Plek.Huisdieren(huisdieren).label)))
    if roken:
        delen.append(Kenmerk("smoking" if roken == Plek.Roken.JA else "smoking-no", str(Plek.Roken(roken).label)))
    if dagen := [str(Plek.Dag(dag).label) for dag in niet_op_dagen]:
        delen.append(Kenmerk("calendar", f"Kan niet op {_opsomming(dagen)}"))
    return tuple(delen)


def _opsomming(woorden: list[str]) -> str:
    """dinsdag; dinsdag en vrijdag; maandag, dinsdag en vrijdag"""
    return " en ".join(deel for deel in (", ".join(woorden[:-1]), woorden[-1]) if deel)


def klok_opdracht(plek: Plek, op: date) -> dict[str, Any]:
    """The clock of R-101, for both sides: two working days for the 301."""
    uiterlijk = weergave.datum(plek.opdracht_uiterlijk)
    if plek.opdracht_uiterlijk is not None and plek.opdracht_uiterlijk < op:
        return _klok("rood", "alert-triangle", f"Opdracht te laat: {uiterlijk}")
    return _klok("grijs", "clock", f"Opdracht uiterlijk {uiterlijk}")


def klok_start(plek: Plek, op: date) -> dict[str, Any]:
    """The clock of R-103, or that delivery began."""
    toewijzing = plek.toewijzing
    if plek.status == Plek.Status.GESTART or _loopt(toewijzing):
        sinds = plek.gestart_op or (toewijzing.levering.begindatum if toewijzing else None)
        return _klok("groen", "circle-check", f"Gestart op {weergave.datum(sinds)}" if sinds else "Gestart")
    uiterlijk = weergave.datum(plek.uiterste_start)
    if plek.uiterste_start is not None and plek.uiterste_start < op:
        return _klok("rood", "alert-triangle", f"Start te laat: {uiterlijk}")
    if toewijzing is not None and toewijzing.opmerking and toewijzing.opmerking_gelezen_op is None:
        zin = "Lees eerst de opmerking van de gemeente"
        return _klok("oranje", "alert-triangle", f"Start uiterlijk {uiterlijk}", zin)
    return _klok("grijs", "clock", f"Start uiterlijk {uiterlijk}")


def _loopt(toewijzing: Toewijzing | None) -> bool:
    return toewijzing is not None and toewijzing.levering.status == Levering.Status.GESTART


def _klok(toon: str, icoon: str, tekst: str, toelichting: str = "") -> dict[str, Any]:
    """For `_components/klok.html`; the date stands in the sentence itself."""
    return {"naam": "", "toon": toon, "icoon": icoon, "tekst": tekst, "toelichting": toelichting}


def klok(plek: Plek, op: date) -> dict[str, Any] | None:
    """The clock that runs for this place now; an open place has none."""
    if plek.status == Plek.Status.GECLAIMD:
        return klok_opdracht(plek, op)
    return klok_start(plek, op) if plek.status in (Plek.Status.TOEGEWEZEN, Plek.Status.GESTART) else None

"""Places on the list. `lijstgemeente()` is a gemeente that works with a list; `plek()` goes through the action."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.factories.wmo import (
    VANDAAG,
    BeschikkingFactory,
    ClientFactory,
    GemeenteFactory,
    PerceelFactory,
    VoorzieningFactory,
    aanstelling,
    moment,
)
from wachtlijst.actions import plekken
from wachtlijst.actions import spoed as spoedacties
from wachtlijst.models import Plek, Spoedtraject
from wmo.models import Aanbieder, Aanstelling, Gemeente, Gemeenteregel, Voorziening
from wmo.permissions import Rol


def lijstgemeente(code: str = "0632", **regels: Any) -> Gemeente:
    gemeente = GemeenteFactory(code=code)
    for sleutel, waarde in {"wachtlijst_actief": True, **regels}.items():
        Gemeenteregel.objects.update_or_create(
            gemeente=gemeente,
            sleutel=sleutel,
            ingangsdatum=date(2024, 10, 7),
            defaults={"waarde": waarde, "bron": "Werkinstructie wachtlijst"},
        )
    return gemeente


def toegekend(gemeente: Gemeente | None = None, **velden: Any) -> Voorziening:
    """A granted provision that can go on the list."""
    client = ClientFactory(gemeente=gemeente or lijstgemeente(), **velden.pop("client", {}))
    return VoorzieningFactory(
        beschikking=BeschikkingFactory(zaak__client=client, zaak__status="bekendgemaakt"), **velden
    )


def plek(gemeente: Gemeente | None = None, *, dag: int = 0, nu: datetime | None = None, **velden: Any) -> Plek:
    """An open place, put on the list `dag` days after the first of November."""
    gemeente = gemeente or lijstgemeente()
    return plekken.plaats(
        voorziening=velden.pop("voorziening", None) or toegekend(gemeente),
        door=velden.pop("door", None) or consulent(gemeente),
        nu=nu or moment(date(2026, 11, 3) + timedelta(days=dag), 9),
        **velden,
    )


def spoed(gemeente: Gemeente | None = None, *, nu: datetime | None = None, **velden: Any) -> Spoedtraject:
    """Spoed that was asked from every aanbieder with a perceel in `gemeente`; make those first."""
    gemeente = gemeente or lijstgemeente()
    return spoedacties.vraag_uit(
        voorziening=velden.pop("voorziening", None) or toegekend(gemeente),
        grond=velden.pop("grond", "ziekenhuis"),
        door=velden.pop("door", None) or consulent(gemeente),
        nu=nu or moment(),
    )


def consulent(gemeente: Gemeente) -> Aanstelling:
    return _vaste(Rol.CONSULENT, gemeente=gemeente)


def backoffice(gemeente: Gemeente) -> Aanstelling:
    return _vaste(Rol.BACKOFFICE, gemeente=gemeente)


def planner(*gemeenten: Gemeente, aanbieder: Aanbieder | None = None) -> Aanstelling:
    """Somebody of planning at an aanbieder with a perceel in these gemeenten."""
    door = aanstelling(Rol.PLANNING, **({"aanbieder": aanbieder} if aanbieder else {}))
    for gemeente in gemeenten:
        PerceelFactory(aanbieder=door.aanbieder, gemeente=gemeente)
    return door


def _vaste(rol: Rol, **organisatie: Any) -> Aanstelling:
    return Aanstelling.objects.filter(rol=rol, **organisatie).first() or aanstelling(rol, **organisatie)


START = VANDAAG + timedelta(days=14)

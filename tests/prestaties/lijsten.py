"""Werkvoorraad, wachtlijst and dossier with 300 and with 100,000 clients: as many queries, and about as fast.

The pages are asked of Django itself, without a network; the region is the exercise region, multiplied by the database.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.prestaties import Uitkomst, meting
from wachtlijst.models import Plek
from wmo.demo import schaal
from wmo.models import Aanstelling, Zaak
from wmo.permissions import Rol

KLEIN, GROOT = 300, 100_000
KEER = 25


@meting("lijsten")
def lijsten() -> Uitkomst:
    call_command("seed", clienten=KLEIN, verbosity=0)
    klein = {naam: _meet(*bezoek) for naam, bezoek in _bezoeken().items()}
    begin = time.perf_counter()
    aantal = schaal.vermenigvuldig(GROOT)
    laden = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # what the database does by itself within minutes
    groot = {naam: _meet(*bezoek) for naam, bezoek in _bezoeken().items()}
    for naam, (queries, _) in klein.items():
        assert groot[naam][0] == queries, f"{naam}: {queries} queries, met {aantal} cliënten {groot[naam][0]}"
    verhoudingen = {naam: groot[naam][1] / tijd for naam, (_, tijd) in klein.items()}
    traagste = max(verhoudingen, key=verhoudingen.__getitem__)
    return Uitkomst(
        verhouding=round(verhoudingen[traagste], 2),
        eis=1.5,
        hoogstens=True,
        uitleg=f"{aantal} tegen {KLEIN} cliënten, slechtste pagina: {traagste}; evenveel queries",
        cijfers={
            "queries": {naam: queries for naam, (queries, _) in klein.items()},
            "ms_klein": {naam: round(tijd * 1000, 1) for naam, (_, tijd) in klein.items()},
            "ms_groot": {naam: round(tijd * 1000, 1) for naam, (_, tijd) in groot.items()},
            "laden_s": round(laden, 1),
        },
    )


def _bezoeken() -> dict[str, tuple[Browser, str]]:
    """The three pages of a consulent in Woerden; the dossier is one that lived, not a copy."""
    consulent = Aanstelling.objects.filter(rol=Rol.CONSULENT, gemeente__code="0632").earliest("id")
    plek = Plek.objects.open().filter(gemeente=consulent.gemeente).earliest("id")
    zaak = Zaak.objects.get(pk=plek.zaak_id)
    browser = Browser(SERVER_NAME="127.0.0.1")
    browser.force_login(consulent.gebruiker)
    return {
        "werkvoorraad": (browser, reverse("wmo:werkvoorraad-lijst", args=["alle"])),
        "wachtlijst": (browser, reverse("wachtlijst:gemeente", args=["woerden"])),
        "dossier": (browser, reverse("wmo:zaak", args=[zaak.zaaknummer])),
    }


def _meet(browser: Browser, pad: str) -> tuple[int, float]:
    """(queries, median seconds); the first visits warm caches and are not counted."""
    _bezoek(browser, pad)
    _bezoek(browser, pad)
    with CaptureQueriesContext(connection) as vragen:
        _bezoek(browser, pad)
    return len(vragen), statistics.median(_duur(lambda: _bezoek(browser, pad)) for _ in range(KEER))


def _bezoek(browser: Browser, pad: str) -> None:
    antwoord = browser.get(pad)
    assert antwoord.status_code == 200, f"{pad}: {antwoord.status_code}"


def _duur(wat: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    wat()
    return time.perf_counter() - begin

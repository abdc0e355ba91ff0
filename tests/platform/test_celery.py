"""Background work with a real worker: heartbeat, survival of kill -9, and a schedule that names tasks that exist."""

import time
from collections.abc import Callable

import pytest
from django.core.cache import cache

from config.celery import SCHEMA, app
from config.health import SLEUTEL, hartslag
from tests.platform.taken import eerste_keer_traag
from tests.werker import Werker

pytestmark = pytest.mark.xdist_group("celery")


def test_hartslag_door_een_echte_werker(celery_werker: Werker) -> None:
    assert cache.get(SLEUTEL) is None
    hartslag.delay()
    einde = time.monotonic() + 10
    while cache.get(SLEUTEL) is None:
        assert time.monotonic() < einde
        time.sleep(0.02)
    assert abs(cache.get(SLEUTEL) - time.time()) < 10


@pytest.mark.storing
def test_werk_van_een_gedode_werker_wordt_overgedaan(maak_werker: Callable[..., Werker]) -> None:
    """kill -9 in the middle of a task: the next worker gets it, because it was acknowledged late.

    This worker gives unfinished work back after three seconds; in production that is six hours.
    """
    werker = maak_werker("--include=tests.platform.taken", VISIBILITY_TIMEOUT="3")
    resultaat = eerste_keer_traag.delay("keren")
    einde = time.monotonic() + 10
    while cache.get("keren") is None:
        assert time.monotonic() < einde, werker.log.read_text()
        time.sleep(0.02)
    werker.kill()
    werker.start()
    assert resultaat.get(timeout=30) == 2


def test_schema_noemt_alleen_taken_die_bestaan() -> None:
    """A misspelt name would be an error in a log that nobody reads on 1 January."""
    app.loader.import_default_modules()
    assert len(SCHEMA) >= 9
    assert {taak for taak, _ in SCHEMA.values()} <= set(app.tasks)


def test_schema_staat_in_nederlandse_tijd() -> None:
    assert app.conf.timezone == "Europe/Amsterdam"
    publiceer = next(wanneer for taak, wanneer in SCHEMA.values() if taak == "declaraties.tasks.publiceer_indexatie")
    moment = (publiceer.month_of_year, publiceer.day_of_month, publiceer.hour, publiceer.minute)
    assert moment == ({1}, {1}, {0}, {5})

"""Fixtures for everybody. The servers themselves come from config/proefservers.py, before any of this is read."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from config.beheer.chromium import ZIN, chromium
from config.celery import app
from tests.browser import Kijk, log_in
from tests.werker import Werker
from wmo.models import Aanstelling

CHROMIUM_VLAGGEN = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--beelden", metavar="MAP", help="bewaar schermafdrukken van de keten in deze map")


@pytest.fixture(autouse=True)
def _lege_cache() -> Iterator[None]:
    """Rate limits and sessions of one test may not reach the next. Only keys with our own prefix go."""
    yield
    maak_cache_leeg()


def maak_cache_leeg() -> None:
    """`cache.clear()` would flush the whole Redis, queues of other xdist workers included."""
    client = cache._cache.get_client(None, write=True)  # type: ignore[attr-defined]
    if sleutels := list(client.scan_iter(match=f"{cache.key_prefix}*", count=1000)):
        client.delete(*sleutels)


@pytest.fixture(scope="module")
def _werkerproces(django_db_setup: None) -> Iterator[Werker]:
    """Stopped after the module: a worker that lives on would do the work that later tests only meant to wake."""
    werker = Werker()
    yield werker
    werker.stop()


@pytest.fixture
def celery_werker(transactional_db: None, _werkerproces: Werker) -> Iterator[Werker]:
    """A real Celery worker process on this test's database; started once a module, restarted when a test killed it.

    Use with `transaction=True` tests only (the fixture asks for it): the worker sees committed rows alone.
    """
    _werkerproces.zorg_dat_hij_draait()
    yield _werkerproces
    _werkerproces.wacht_tot_leeg()


@pytest.fixture
def maak_werker(transactional_db: None, _werkerproces: Werker) -> Iterator[Callable[..., Werker]]:
    """Start workers of one's own: `maak_werker("--include=...", VISIBILITY_TIMEOUT="3")`, to kill for instance.

    The shared worker stops first: both would take from the same queue.
    """
    _werkerproces.stop()
    app.control.purge()
    gemaakt: list[Werker] = []

    def maak(*opties: str, **omgeving: str) -> Werker:
        gemaakt.append(Werker(*opties, **omgeving))
        gemaakt[-1].start()
        return gemaakt[-1]

    yield maak
    for werker in gemaakt:
        werker.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium: no wheel carries one."""
    programma = chromium()
    if programma is None:
        pytest.fail(ZIN)
    return {**browser_type_launch_args, "executable_path": programma, "args": CHROMIUM_VLAGGEN}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def kijk(page: Page, live_server: Any) -> Iterator[Kijk]:
    """`kijk(aanstelling, "/werkvoorraad/", 390)` opens a page; whatever the console complained of fails the test."""
    klachten: list[str] = []
    page.on("console", lambda bericht: klachten.append(bericht.text) if bericht.type == "error" else None)

    def open_(wie: Aanstelling, pad: str, breedte: int) -> Page:
        log_in(page.context, wie, live_server.url)
        page.set_viewport_size({"width": breedte, "height": 900})
        page.goto(f"{live_server.url}{pad}")
        return page

    yield open_
    # a refused form answers 422 or 409, which Chromium reports as a failed resource
    assert [klacht for klacht in klachten if "status of 4" not in klacht] == []

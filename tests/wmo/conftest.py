"""Looking at pages: sign in, open at a width, judge with axe."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from config import mappen
from wmo.models import Aanstelling

BREEDTES = (1366, 390)


@pytest.fixture
def kijk(page: Page, live_server: Any) -> Callable[[Aanstelling, str, int], Page]:
    """`kijk(aanstelling, "/werkvoorraad/", 390)` opens a page; a complaint of the console fails the test at once."""

    def klaag(bericht: Any) -> None:
        # a refused form answers 422 or 409, which Chromium reports as a failed resource
        assert bericht.type != "error" or "status of 4" in bericht.text, bericht.text

    page.on("console", klaag)

    def open_(wie: Aanstelling, pad: str, breedte: int) -> Page:
        bezoeker = Client()
        bezoeker.force_login(wie.gebruiker)
        naam = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": naam, "value": bezoeker.cookies[naam].value, "url": live_server.url}])
        page.set_viewport_size({"width": breedte, "height": 900})
        page.goto(f"{live_server.url}{pad}")
        return page

    return open_


def keur(page: Page) -> None:
    """Axe at zero, one h1, and nothing wider than the screen."""
    page.evaluate(mappen.AXE.read_text())
    uitslag = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in uitslag["violations"]] == []
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]

"""Looking at pages: sign in, open at a width, judge with axe. The fixture `kijk` stands in conftest.py."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from config import mappen
from wmo.models import Aanstelling

BREEDTES = (1366, 390)
Kijk = Callable[[Aanstelling, str, int], Page]


def log_in(context: BrowserContext, wie: Aanstelling, adres: str) -> None:
    """A session without the sign-in page, which has tests of its own."""
    bezoeker = Client()
    bezoeker.force_login(wie.gebruiker)
    naam = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": naam, "value": bezoeker.cookies[naam].value, "url": adres}])


def keur(page: Page) -> None:
    """Axe at zero, one h1, and nothing wider than the screen."""
    page.evaluate(mappen.AXE.read_text())
    uitslag = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{page.url} {v['id']}: {v['nodes'][0]['html'][:160]}" for v in uitslag["violations"]] == []
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, page.url

"""The browser itself: does it run here, and does the policy of the pages hold in it?"""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_aanmeldpagina_zonder_fout_in_de_console(live_server, page: Page) -> None:
    """Style and script come from our own address; nothing of the page breaks the Content-Security-Policy."""
    meldingen: list[str] = []
    page.on("console", lambda bericht: meldingen.append(bericht.text))
    page.on("requestfailed", lambda verzoek: meldingen.append(verzoek.url))
    antwoord = page.goto(f"{live_server.url}/inloggen/")
    assert antwoord is not None
    assert antwoord.status == 200
    assert "'unsafe-inline'" not in antwoord.headers["content-security-policy"]
    assert page.get_by_role("button", name="Inloggen").is_visible()
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
    assert meldingen == []

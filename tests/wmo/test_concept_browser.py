"""Drafts and the end of the session in Chromium: nobody loses text, and nobody is surprised."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import BREEDTES, keur, log_in
from tests.conftest import maak_cache_leeg
from tests.factories import dossier as maak
from tests.factories.besluit import zaak_met_aanvraag
from wmo.actions import plannen
from wmo.models import Aanstelling, Concept, Perspectiefplan, Zaak

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEM = "In de woorden van de cliënt"


@pytest.fixture
def consulent() -> Aanstelling:
    return maak.consulent_woerden()


@pytest.fixture
def zaak(consulent: Aanstelling) -> Zaak:
    zaak = zaak_met_aanvraag(client__gemeente=consulent.gemeente)
    plannen.maak_concept(zaak=zaak, door=consulent, nu=zaak.melding_op)
    return zaak


def pad(zaak: Zaak) -> str:
    return f"/zaken/{zaak.zaaknummer}/plan/"


def schrijf(page: Page, tekst: str) -> None:
    """Type and leave the field, as somebody does who goes on to the next."""
    page.get_by_label(STEM).fill(tekst)
    page.get_by_label("Risico en veiligheid").focus()
    expect(page.get_by_text("Bewaard om")).to_be_visible()


def test_wat_u_typt_staat_er_na_het_sluiten_weer(consulent, zaak, kijk):
    page = kijk(consulent, pad(zaak), 1366)
    schrijf(page, "Ik wil hier blijven wonen.")
    for breedte in BREEDTES:
        page = kijk(consulent, pad(zaak), breedte)
        expect(page.get_by_label(STEM)).to_have_value("Ik wil hier blijven wonen.")
        expect(page.get_by_text("U moet dit nog bewaren.")).to_be_visible()
        keur(page)
    page.get_by_role("button", name="Bewaar als concept").click()
    expect(page.get_by_text("Het concept is bewaard.")).to_be_visible()
    assert Perspectiefplan.objects.get().stem_client == "Ik wil hier blijven wonen."
    assert not Concept.objects.exists()


def test_twee_minuten_voor_het_einde_vraagt_een_dialoog_of_u_er_nog_bent(consulent, zaak, kijk, settings):
    settings.SESSION_COOKIE_AGE = 122
    for breedte in BREEDTES:
        page = kijk(consulent, pad(zaak), breedte)
        dialoog = page.get_by_role("alertdialog", name="Bent u er nog?")
        expect(dialoog).to_be_visible()
        expect(page.get_by_role("button", name="Blijf ingelogd")).to_be_focused()
        keur(page)
    settings.SESSION_COOKIE_AGE = 1800
    page.keyboard.press("Enter")
    expect(dialoog).to_be_hidden()


def test_na_het_einde_komt_u_terug_op_dezelfde_pagina_met_uw_tekst(consulent, zaak, kijk, settings):
    page = kijk(consulent, pad(zaak), 1366)
    schrijf(page, "Tot hier en niet verder.")
    maak_cache_leeg()  # the session is gone
    page.get_by_label(STEM).fill("Tot hier en wel verder.")
    page.get_by_label("Risico en veiligheid").focus()
    page.wait_for_url("**/inloggen/?next=*")
    assert page.url.endswith(f"?next=%2Fzaken%2F{zaak.zaaknummer}%2Fplan%2F")
    page = kijk(consulent, pad(zaak), 1366)
    expect(page.get_by_label(STEM)).to_have_value("Tot hier en wel verder.")


def test_een_stille_sessie_verlaat_de_pagina(consulent, zaak, kijk, settings):
    settings.SESSION_COOKIE_AGE = 1
    page = kijk(consulent, pad(zaak), 1366)
    page.wait_for_url("**/inloggen/?next=*")


def test_botsing_in_de_browser_op_twee_breedtes(consulent, zaak, kijk):
    page = kijk(consulent, pad(zaak), 1366)
    page.get_by_label(STEM).fill("Mijn tekst.")
    plan = Perspectiefplan.objects.get()
    plannen.bewaar(
        plan=plan, inhoud=plannen.Planinhoud(stem_client="Tekst van de collega."), door=consulent, nu=zaak.melding_op
    )
    page.get_by_role("button", name="Bewaar als concept").click()
    links, rechts = (page.get_by_text(tekst, exact=True).first for tekst in ("Mijn tekst.", "Tekst van de collega."))
    expect(rechts).to_be_visible()
    keur(page)
    assert links.bounding_box()["y"] == rechts.bounding_box()["y"]
    page.set_viewport_size({"width": 390, "height": 900})
    keur(page)
    assert links.bounding_box()["y"] < rechts.bounding_box()["y"]
    page.get_by_role("button", name="Zet beide onder elkaar").click()
    expect(page.get_by_label(STEM)).to_have_value("Mijn tekst.\n\nTekst van de collega.")
    page.get_by_role("button", name="Bewaar als concept").click()
    expect(page.get_by_text("Het concept is bewaard.")).to_be_visible()


def test_zonder_javascript_staat_er_wat_er_gebeurt(consulent, zaak, browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    log_in(context, consulent, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{pad(zaak)}")
    assert "Doet u 30 minuten niets? Dan logt het portaal u uit." in page.locator("footer").inner_text()
    maak_cache_leeg()
    page.get_by_label(STEM).fill("Zonder script.")
    page.get_by_role("button", name="Bewaar als concept").click()
    page.wait_for_url("**/inloggen/?next=**")
    context.close()
    assert "Zonder+script." in Concept.objects.get().invoer

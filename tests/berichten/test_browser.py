"""The pages of messages and delivery in Chromium: axe on both widths, no sideways scroll, and a start that travels."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from berichten.actions import aanbieder as portaal
from berichten.actions.schrijven import stukken
from berichten.models import Bericht
from berichten.transport import Postbus, Zending
from config import mappen
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, GemeenteFactory, ToewijzingFactory, VoorzieningFactory, aanstelling
from wmo.models import Aanstelling, Gemeenteregel, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEELDEN = os.environ.get("SCHERMBEELDEN", "")  # a folder: keep a picture of every page


class Toneel:
    """A round trip, a request, a late answer, a refused start, a broken message; and who looks at it."""

    def __init__(self, loop: Callable[..., None], map_: Any) -> None:
        self.nu = timezone.now()
        self.gemeente = GemeenteFactory()
        Gemeenteregel.objects.create(
            gemeente=self.gemeente, sleutel="pauze_307", waarde=True, ingangsdatum=vandaag(self.nu), bron="proef"
        )
        self.polder = AanbiederFactory(naam="Thuishulp De Proefpolder", eigen_software=False)
        self.stil = AanbiederFactory(naam="Zorgbureau Test", eigen_software=True)
        self.planner = aanstelling(Rol.PLANNING, aanbieder=self.polder)
        self.kantoor = aanstelling(Rol.BACKOFFICE, gemeente=self.gemeente)
        self.eerste, self.tweede = self.opdracht(self.polder), self.opdracht(self.polder)
        self.opdracht(self.stil)
        maak_opdrachten(self.nu - timedelta(days=9))
        loop(self.nu - timedelta(days=9))
        wie: dict[str, Any] = {"door": self.planner, "nu": self.nu - timedelta(days=3)}
        portaal.meld_start(toewijzing=self.eerste, begindatum=self.eerste.ingangsdatum, **wie)
        loop(self.nu - timedelta(days=3))
        portaal.vraag_wijziging(
            toewijzing=self.eerste,
            volume=150,
            einddatum=self.eerste.einddatum,
            gewenste_ingangsdatum=vandaag(self.nu) + timedelta(days=14),
            reden="1",
            toelichting="",
            **wie,
        )
        loop(self.nu - timedelta(days=3))
        post = Zending(Postbus(self.gemeente.code, self.stil.agb, "gemeente"), "305", "KAPOT")
        map_.verstuur(post, stukken(b"<geen bericht"))
        loop(self.nu)

    def opdracht(self, aanbieder: Any) -> Toewijzing:
        dag = vandaag(self.nu)
        voorziening = VoorzieningFactory(ingangsdatum=dag - timedelta(days=20), einddatum=dag + timedelta(days=700))
        return ToewijzingFactory(
            status="concept",
            aanbieder=aanbieder,
            voorziening=voorziening,
            opmerking="Bel eerst de dochter. De sleutel ligt bij de buren.",
            uiterste_startdatum=dag + timedelta(days=6),
        )


@pytest.fixture
def toneel(transactional_db: None, loop: Callable[..., None], map_: Any) -> Toneel:
    return Toneel(loop, map_)


@pytest.fixture
def kijk(page: Page, live_server: Any) -> Callable[[Aanstelling, str, int], Page]:
    def open_(wie: Aanstelling, pad: str, breedte: int) -> Page:
        bezoeker = Client()
        bezoeker.force_login(wie.gebruiker)
        naam = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": naam, "value": bezoeker.cookies[naam].value, "url": live_server.url}])
        page.set_viewport_size({"width": breedte, "height": 900})
        page.goto(f"{live_server.url}{pad}")
        return page

    return open_


def keur(page: Page, naam: str) -> None:
    """Axe at zero, one h1, and nothing wider than the screen."""
    breedte = page.viewport_size["width"]  # type: ignore[index]
    if BEELDEN:
        page.screenshot(path=Path(BEELDEN) / f"{naam}-{breedte}.png", full_page=True)
    page.evaluate(mappen.AXE.read_text())
    uitslag = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{naam} {v['id']}: {v['nodes'][0]['html'][:160]}" for v in uitslag["violations"]] == []
    assert page.locator("h1").count() == 1, naam
    assert page.evaluate("document.documentElement.scrollWidth") <= breedte, naam


@pytest.mark.parametrize("breedte", [1366, 390])
def test_schermen_van_de_gemeente(toneel, kijk, breedte):
    status = Bericht.Status
    gemeente = Bericht.objects.filter(kant="gemeente")
    paden = {
        "monitor": reverse("berichten:monitor"),
        "alle": reverse("berichten:monitor-lijst", args=["alle"]),
        "te-laat": reverse("berichten:monitor-lijst", args=["te-laat"]),
        "leeg": reverse("berichten:monitor-lijst", args=["afgekeurd"]),
        "draad": reverse("berichten:toewijzing", args=[toneel.eerste.pk]),
        "geparkeerd": reverse("berichten:bericht", args=[gemeente.get(status=status.GEPARKEERD).pk]),
        "technisch": reverse("berichten:technisch", args=[gemeente.filter(soort="301")[0].pk]),
        "verzoek": reverse("berichten:verzoek", args=[gemeente.get(soort="317").verzoek_id]),
        "paneel": reverse("wmo:paneel", args=[toneel.eerste.voorziening.beschikking.zaak.zaaknummer, "berichten"]),
    }
    for naam, pad in paden.items():
        keur(kijk(toneel.kantoor, pad, breedte), naam)


@pytest.mark.parametrize("breedte", [1366, 390])
def test_schermen_van_de_aanbieder(toneel, kijk, breedte):
    pk = toneel.eerste.pk
    paden = {
        "clienten": reverse("wmo:clienten"),
        "levering": reverse("wmo:levering", args=[pk]),
        "nieuwe-opdracht": reverse("wmo:levering", args=[toneel.tweede.pk]),
        "start": reverse("berichten:start-melden", args=[toneel.tweede.pk]),
        "stop": reverse("berichten:stop-melden", args=[pk]),
        "pauze": reverse("berichten:pauze-melden", args=[pk]),
        "hervatten": reverse("berichten:hervatten", args=[pk]),
        "wijziging": reverse("berichten:wijziging-vragen", args=[toneel.tweede.pk]),
        "eigen-berichten": reverse("berichten:aanbieder-lijst", args=["alle"]),
    }
    for naam, pad in paden.items():
        keur(kijk(toneel.planner, pad, breedte), naam)


def test_start_melden_en_het_antwoord_zien(toneel, kijk, loop):
    """The chain as a planner sees it: fill in, send, and read the answer of the gemeente."""
    page = kijk(toneel.planner, reverse("berichten:start-melden", args=[toneel.tweede.pk]), 1366)
    page.get_by_label("Wanneer is de hulp begonnen?").fill(f"{toneel.tweede.ingangsdatum:%d-%m-%Y}")
    page.get_by_role("button", name="Meld de start").click()
    expect(page.get_by_text("Het bericht staat klaar")).to_be_visible()
    loop(timezone.now())
    page.get_by_role("link", name="Bekijk de berichten bij deze opdracht").click()
    expect(page.get_by_text("goedgekeurd op").first).to_be_visible()
    expect(page.get_by_role("heading", name=f"Hulp gestart op {toneel.tweede.ingangsdatum:%d-%m-%Y}")).to_be_visible()

"""The list in Chromium: axe on both widths, no sideways scroll, and a claim that loses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import BREEDTES, keur
from tests.factories import AanbiederFactory, aanstelling
from tests.factories.wachtlijst import backoffice, consulent, lijstgemeente, planner, plek, toegekend
from wachtlijst.actions import claims, ingrepen
from wachtlijst.models import Plek
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REDEN = "De mantelzorger is plotseling uitgevallen."


class Toneel:
    """A list with something of everything, and the people who look at it."""

    def __init__(self) -> None:
        nu = timezone.now()
        self.gemeente = lijstgemeente()
        lijstgemeente("0335")
        self.planner = planner(
            self.gemeente, lijstgemeente("0335"), aanbieder=AanbiederFactory(naam="Thuishulp De Proefpolder")
        )
        self.planner.gebruiker.naam = "E. Planmans"
        self.planner.gebruiker.save()
        self.consulent, self.kantoor = consulent(self.gemeente), backoffice(self.gemeente)
        self.beleid = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=self.gemeente)
        wensen: list[dict[str, Any]] = [
            {"huisdieren": "hond"},
            {"roken": "ja"},
            {"huisdieren": "kat", "roken": "nee", "niet_op_dagen": [2]},
            {"huisdieren": "kat", "niet_op_dagen": [2]},
            {},
            {"voorkeuraanbieder": AanbiederFactory(naam="Zorgbureau Test")},
            {"huisdieren": "hond", "niet_op_dagen": [5]},
        ]
        self.plekken = [
            plek(
                self.gemeente,
                nu=nu - timedelta(days=60 - 4 * i),
                voorziening=toegekend(self.gemeente, volume=90 + 30 * i),
                **w,
            )
            for i, w in enumerate(wensen)
        ]
        start = vandaag(nu) + timedelta(days=14)
        for p in self.plekken[:2]:
            claims.claim(
                plek=p, startdatum=start, contactpersoon="E. Planmans", door=self.planner, nu=nu - timedelta(days=1)
            )
        claims.bevestig(plek=self.plekken[0], opmerking="Sleutel bij de buren.", door=self.kantoor, nu=nu)
        self.ingreep = ingrepen.stel_ingreep_voor(
            plek=self.plekken[5], soort="spoed_aan", reden=REDEN, door=self.beleid, nu=nu
        )
        claims.weiger(
            plek=self.plekken[2],
            grond="niet_mogelijk",
            toelichting="Wij hebben in dit gebied tot januari geen medewerkers.",
            door=planner(self.gemeente),
            nu=nu,
        )
        self.nieuw = toegekend(self.gemeente).beschikking.zaak

    def _plek(self, nummer: int, wensen: dict[str, Any]) -> Plek:
        voorziening = toegekend(self.gemeente, volume=90 + 30 * nummer)
        return plek(
            self.gemeente, nu=timezone.now() - timedelta(days=60 - 4 * nummer), voorziening=voorziening, **wensen
        )


@pytest.fixture
def toneel(transactional_db: None) -> Toneel:
    return Toneel()


def wachtlijst(naam: str, *args: Any) -> str:
    return reverse(f"wachtlijst:{naam}", args=args)


PAGINAS: dict[str, tuple[str, Callable[[Toneel], str]]] = {
    "aanbieder": ("planner", lambda t: wachtlijst("aanbieder-gemeente", t.gemeente.slug)),
    "aanbieder-leeg": ("planner", lambda t: wachtlijst("aanbieder-gemeente", "montfoort")),
    "niet-aannemen": ("planner", lambda t: wachtlijst("niet-aannemen", t.gemeente.slug, t.plekken[2].code)),
    "werkinstructie": ("planner", lambda t: wachtlijst("werkinstructie")),
    "gemeente": ("kantoor", lambda t: wachtlijst("gemeente", t.gemeente.slug)),
    "gemeente-geclaimd": ("kantoor", lambda t: wachtlijst("gemeente", t.gemeente.slug) + "?status=geclaimd"),
    "waarom": ("consulent", lambda t: wachtlijst("waarom", t.gemeente.slug, t.plekken[4].code)),
    "terugkijken": (
        "consulent",
        lambda t: wachtlijst("terugkijken", t.gemeente.slug) + f"?datum={timezone.now():%d-%m-%Y}&tijd=00:01",
    ),
    "opdracht": ("kantoor", lambda t: wachtlijst("opdracht", t.plekken[1].code)),
    "ingrijpen": ("beleid", lambda t: wachtlijst("ingrijpen", t.plekken[3].code)),
    "ingreep": ("beleid", lambda t: wachtlijst("ingreep", t.ingreep.pk)),
    "download-namen": ("consulent", lambda t: wachtlijst("download-namen", t.gemeente.slug)),
    "plaatsen": ("consulent", lambda t: wachtlijst("plaatsen", t.nieuw.zaaknummer)),
    "plaatsen-staat-erop": ("consulent", lambda t: wachtlijst("plaatsen", t.plekken[2].zaak.zaaknummer)),
    "toewijzingen": ("kantoor", lambda t: reverse("wmo:toewijzingen", args=[t.plekken[0].zaak.zaaknummer])),
}


@pytest.mark.parametrize("breedte", BREEDTES)
@pytest.mark.parametrize("naam", PAGINAS)
def test_pagina_is_toegankelijk_op_beide_breedtes(toneel, kijk, naam, breedte):
    wie, pad = PAGINAS[naam]
    keur(kijk(getattr(toneel, wie), pad(toneel), breedte))


@pytest.mark.parametrize("breedte", BREEDTES)
def test_een_claim_die_te_laat_komt_houdt_de_invoer(toneel, kijk, page, breedte):
    kijk(toneel.planner, wachtlijst("aanbieder-gemeente", toneel.gemeente.slug), breedte)
    start = f"{vandaag(timezone.now()) + timedelta(days=7):%d-%m-%Y}"
    page.get_by_label("Wanneer start de hulp?").fill(start)
    eerste, volgende = toneel.plekken[2], toneel.plekken[3]
    claims.claim(plek=eerste, startdatum=vandaag(timezone.now()), door=planner(toneel.gemeente), nu=timezone.now())
    page.get_by_role("button", name=f"Claim plek {eerste.code}").click()
    expect(page.get_by_role("heading", name="Een andere aanbieder was eerder")).to_be_visible()
    expect(page.get_by_label("Wanneer start de hulp?")).to_have_value(start)
    expect(page).to_have_title(
        f"Fout: Een andere aanbieder was eerder – Wachtlijst Woerden – Wmo-portaal {toneel.planner.aanbieder}"
    )
    keur(page)
    page.get_by_role("button", name=f"Claim plek {volgende.code}").click()
    expect(page.get_by_text(f"Plek {volgende.code} is van u.")).to_be_visible()


def test_het_voorbeeld_volgt_het_formulier_en_plaatsen_lukt(toneel, kijk, page):
    kijk(toneel.consulent, wachtlijst("plaatsen", toneel.nieuw.zaaknummer), 1366)
    page.get_by_label("Huisdieren").select_option(label="Hond in huis")
    expect(page.locator("#voorbeeld").get_by_text("Hond in huis")).to_be_visible()
    page.get_by_role("button", name="Zet op de wachtlijst").click()
    nieuw = Plek.objects.latest("id")
    expect(page.get_by_text(f"Plek {nieuw.code} staat op nummer 6 van 6.")).to_be_visible()


def test_de_lijst_ververst_zichzelf_maar_niet_onder_het_typen(toneel, kijk, page):
    kijk(toneel.planner, wachtlijst("aanbieder-gemeente", toneel.gemeente.slug), 1366)
    eerste, volgende = toneel.plekken[2], toneel.plekken[3]
    claims.claim(plek=eerste, startdatum=vandaag(timezone.now()), door=planner(toneel.gemeente), nu=timezone.now())
    veld = page.get_by_label("Wanneer start de hulp?")
    veld.fill("07-12")
    page.evaluate("document.querySelector('#lijst').dataset.ververs = '1'")
    page.wait_for_timeout(2500)
    expect(veld).to_have_value("07-12")
    expect(page.get_by_role("heading", name=f"Plek {eerste.code}")).to_be_visible()
    veld.fill("")
    veld.blur()
    expect(page.get_by_role("heading", name=f"Plek {volgende.code}")).to_be_visible()

"""The pages of messages and delivery in Chromium: axe on both widths, no sideways scroll, and a start that travels."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from berichten.actions import aanbieder as portaal
from berichten.actions import vragen
from berichten.actions.schrijven import stukken
from berichten.models import Bericht
from berichten.transport import Postbus, Zending
from tests.berichten.test_rondgang import maak_opdrachten
from tests.browser import BREEDTES, keur
from tests.factories import (
    AanbiederFactory,
    ContractFactory,
    GemeenteFactory,
    PerceelFactory,
    ProductFactory,
    ToewijzingFactory,
    VoorzieningFactory,
    aanstelling,
)
from wmo.actions.verzoeken import Regel
from wmo.models import Client, Gemeenteregel, Toewijzing, VerzoekProduct
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
        vragen.vraag_wijziging(
            toewijzing=self.eerste,
            volume=150,
            einddatum=self.eerste.einddatum,
            gewenste_ingangsdatum=vandaag(self.nu) + timedelta(days=14),
            reden="1",
            toelichting="",
            **wie,
        )
        loop(self.nu - timedelta(days=3))
        self.vraag_opdracht(wie["door"], self.nu - timedelta(days=2))
        loop(self.nu - timedelta(days=2))
        self.vraag_opdracht(wie["door"], self.nu - timedelta(days=1))  # refused: one at a time (TR374)
        loop(self.nu - timedelta(days=1))
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

    def gevraagd(self) -> list[Bericht]:
        """The two 315s as the aanbieder has them: one that waits, one that was refused."""
        return list(Bericht.objects.filter(kant="aanbieder", soort="315").order_by("id"))

    def vraag_opdracht(self, door: Any, nu: Any) -> None:
        """For the same new client, who has a decision that no aanbieder carries yet."""
        if not hasattr(self, "besluit"):
            begeleiding = ProductFactory(code="02A01", naam="Begeleiding")
            PerceelFactory(
                aanbieder=self.polder, gemeente=self.gemeente, contract=ContractFactory(producten=[begeleiding])
            )
            dag = vandaag(self.nu)
            self.besluit = VoorzieningFactory(
                product=begeleiding, ingangsdatum=dag - timedelta(days=20), einddatum=dag + timedelta(days=700)
            )
        persoon = self.besluit.client
        velden = ("gemeente", "bsn", "geboortedatum", "geslacht", "voorletters", "achternaam")
        vragen.vraag_toewijzing(
            client=Client(**{veld: getattr(persoon, veld) for veld in velden}),
            regel=Regel(
                VerzoekProduct.Soort.GEVRAAGD, product=self.besluit.product, gewenste_ingangsdatum=vandaag(self.nu),
                einddatum=self.besluit.einddatum, volume=120, eenheid="01", frequentie="2",
            ),
            toelichting="De cliënt belde ons zelf.",
            door=door,
            nu=nu,
        )  # fmt: skip


@pytest.fixture
def toneel(transactional_db: None, loop: Callable[..., None], map_: Any) -> Toneel:
    return Toneel(loop, map_)


@pytest.mark.parametrize("breedte", BREEDTES)
def test_schermen_van_de_gemeente(toneel, kijk, breedte):
    status = Bericht.Status
    gemeente = Bericht.objects.filter(kant="gemeente")
    paden = [
        reverse("berichten:monitor"),
        reverse("berichten:monitor-lijst", args=["alle"]),
        reverse("berichten:monitor-lijst", args=["te-laat"]),
        reverse("berichten:monitor-lijst", args=["afgekeurd"]),
        reverse("berichten:toewijzing", args=[toneel.eerste.pk]),
        reverse("berichten:bericht", args=[gemeente.get(status=status.GEPARKEERD).pk]),
        reverse("berichten:technisch", args=[gemeente.filter(soort="301")[0].pk]),
        reverse("berichten:verzoek", args=[gemeente.get(soort="317").verzoek_id]),
        reverse("berichten:verzoek", args=[gemeente.get(soort="315", status=status.GOEDGEKEURD).verzoek_id]),
        reverse("berichten:bericht", args=[gemeente.get(soort="315", status=status.AFGEKEURD).pk]),
        reverse("wmo:paneel", args=[toneel.eerste.voorziening.beschikking.zaak.zaaknummer, "berichten"]),
    ]
    for pad in paden:
        keur(kijk(toneel.kantoor, pad, breedte))


@pytest.mark.parametrize("breedte", BREEDTES)
def test_schermen_van_de_aanbieder(toneel, kijk, breedte):
    pk = toneel.eerste.pk
    paden = [
        reverse("wmo:clienten"),
        reverse("wmo:levering", args=[pk]),
        reverse("wmo:levering", args=[toneel.tweede.pk]),
        reverse("berichten:start-melden", args=[toneel.tweede.pk]),
        reverse("berichten:stop-melden", args=[pk]),
        reverse("berichten:pauze-melden", args=[pk]),
        reverse("berichten:hervatten", args=[pk]),
        reverse("berichten:wijziging-vragen", args=[toneel.tweede.pk]),
        reverse("berichten:toewijzing-vragen", args=[pk]),
        reverse("berichten:toewijzing-vragen", args=[toneel.tweede.pk]),
        reverse("berichten:nieuwe-client"),
        reverse("berichten:aanbieder-lijst", args=["alle"]),
        *(reverse("berichten:aanbieder-bericht", args=[bericht.pk]) for bericht in toneel.gevraagd()),
    ]
    for pad in paden:
        keur(kijk(toneel.planner, pad, breedte))


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

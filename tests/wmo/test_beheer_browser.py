"""The screens of beheer, contracts and profile in Chromium: axe on both widths, also with nothing in them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import BREEDTES, keur
from tests.factories import AanbiederFactory, ContractFactory, GemeenteFactory, PerceelFactory, ZaakFactory, aanstelling
from wmo.actions import zegels
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Contactpersoon, Gemeenteregel, Perceel, Regelvoorstel
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NU = timezone.now()
VANDAAG = vandaag(NU)


@pytest.fixture
def regio_in_bedrijf() -> None:
    """Three gemeenten that differ, two aanbieders, people with and without access, and lines under a seal."""
    gemeenten = [GemeenteFactory(code=code) for code in ("0632", "0335", "0589")]
    for gemeente, weken in zip(gemeenten, (4, 4, 6), strict=True):
        for sleutel, waarde in (("overlijden_weken", weken), ("pauze_307", weken == 6), ("toegang", gemeente.naam)):
            Gemeenteregel.objects.create(
                gemeente=gemeente, sleutel=sleutel, waarde=waarde, ingangsdatum=VANDAAG.replace(month=1, day=1),
                bron="Werkafspraken",
            )  # fmt: skip
    contract = ContractFactory()
    for nummer, naam in enumerate(("Thuishulp De Proefpolder", "Zorgbureau Test")):
        aanbieder = AanbiederFactory(naam=naam, telefoon="030-00 00 000")
        for gemeente in gemeenten[nummer:]:
            PerceelFactory(contract=contract, aanbieder=aanbieder, gemeente=gemeente, bestedingsruimte=150_000)
        Contactpersoon.objects.create(
            aanbieder=aanbieder, doel="contract", naam="E. Planmans", email="e@example.nl", telefoon="030-00 00 001"
        )
    Perceel.objects.update(verbruikt=120_000)
    Perceel.objects.filter(gemeente=gemeenten[2]).update(einddatum=VANDAAG + timedelta(days=30))
    beleid = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeenten[0])
    Regelvoorstel.objects.create(
        gemeente=gemeenten[0], sleutel="overlijden_weken", waarde=6, ingangsdatum=VANDAAG + timedelta(days=40),
        bron="Verordening 2027, artikel 12", toelichting="Raadsbesluit", voorgesteld_door=beleid, voorgesteld_op=NU,
    )  # fmt: skip
    consulent = aanstelling(Rol.CONSULENT, gemeente=gemeenten[0])
    zaak = ZaakFactory(behandelaar=consulent)
    for nummer in range(60):
        noteer(
            door=consulent, nu=NU - timedelta(minutes=nummer), handeling="meldingen.wijzig", over=zaak, zaak=zaak,
            tekst="Hulpvraag gewijzigd", reden="Cliënt belde" if nummer % 9 == 0 else "",
        )  # fmt: skip
    zegels.verzegel_alles(nu=NU)
    Aanstelling.objects.filter(pk=beleid.pk).update(gecontroleerd_op=VANDAAG)


PAGINAS = [
    (Rol.BEHEERDER, "/beheer/log/"),
    (Rol.TOEZICHTHOUDER, "/beheer/log/"),
    (Rol.TOEZICHTHOUDER, "/beheer/log/?tot=01-01-2020"),
    (Rol.BEHEERDER, "/beheer/gebruikers/"),
    (Rol.BEHEERDER, "/beheer/gebruikers/?naam=niemand"),
    (Rol.BEHEERDER, "/beheer/gebruikers/uitnodigen/"),
    (Rol.BEHEERDER, "/beheer/regels/"),
    (Rol.BEHEERDER, "/beheer/regels/overlijden_weken/"),
    (Rol.BELEIDSMEDEWERKER, "/beheer/regels/pauze_307/"),
    (Rol.REGIO, "/regio/"),
    (Rol.REGIO, "/contracten/"),
    (Rol.REGIO, "/contracten/UW-HH-2023/"),
    (Rol.REGIO, "/aanbieders/"),
    (Rol.REGIO, "/aanbieders/thuishulp-de-proefpolder/"),
    (Rol.CONSULENT, "/profiel/"),
    (Rol.CONSULENT, "/hulp/"),
    (Rol.CONSULENT, "/privacy/"),
    (Rol.CONSULENT, "/toegankelijkheid/"),
]


@pytest.mark.parametrize(("rol", "pad"), PAGINAS, ids=[f"{rol}-{pad}" for rol, pad in PAGINAS])
def test_pagina_is_toegankelijk_op_twee_breedtes(regio_in_bedrijf, kijk, rol: Rol, pad: str):
    wie = aanstelling(rol)
    for breedte in BREEDTES:
        page = kijk(wie, pad, breedte)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        keur(page)


@pytest.mark.parametrize("pad", ["/regio/", "/contracten/", "/aanbieders/", "/beheer/regels/"])
def test_lege_regio_is_toegankelijk(kijk, pad: str):
    keur(kijk(aanstelling(Rol.REGIO), pad, 390))


def test_uitnodigen_en_stoppen_in_de_browser(regio_in_bedrijf, kijk):
    page = kijk(aanstelling(Rol.BEHEERDER), "/beheer/gebruikers/uitnodigen/", 390)
    page.get_by_role("button", name="Verstuur uitnodiging").click()
    expect(page.get_by_role("heading", name="U moet nog")).to_be_visible()
    keur(page)
    page.get_by_label("Naam").fill("N. Nieuw")
    page.get_by_label("E-mailadres van het werk").fill("nieuw@example.nl")
    page.get_by_label("Rol").select_option("consulent")
    page.get_by_label("Gemeente").select_option(label="Montfoort")
    page.get_by_role("button", name="Verstuur uitnodiging").click()
    expect(page.get_by_text("N. Nieuw heeft toegang als Consulent")).to_be_visible()
    page.goto(page.url.split("/beheer")[0] + "/beheer/gebruikers/?naam=nieuw@")
    page.get_by_text("Acties voor N. Nieuw").click()
    page.get_by_role("link", name="Stop toegang").click()
    page.get_by_label("Waarom stopt de toegang?").fill("Uit dienst")
    page.get_by_role("button", name="Stop toegang").click()
    expect(page.get_by_text("De toegang van N. Nieuw is gestopt.")).to_be_visible()
    keur(page)

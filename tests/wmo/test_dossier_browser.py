"""Werkvoorraad and dossier in Chromium: axe on both widths, nothing sideways, and the ease that htmx adds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import BREEDTES, keur
from tests.factories import BeschikkingFactory, DocumentFactory, aanstelling
from tests.factories import dossier as maak
from wmo.models import Aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def consulent() -> Aanstelling:
    return maak.consulent_woerden()


def van_zaak(deel: str) -> Callable[[Aanstelling], str]:
    def pad(consulent: Aanstelling) -> str:
        zaak = maak.dossier(consulent)
        DocumentFactory(zaak=zaak)
        return f"/zaken/{zaak.zaaknummer}/{deel}"

    pad.__name__ = f"zaak_{deel or 'overzicht'}".rstrip("/")
    return pad


def werkvoorraad(consulent: Aanstelling) -> str:
    maak.werkvoorraad(consulent)
    return "/werkvoorraad/alle/?stap=besluit"


def lege_werkvoorraad(consulent: Aanstelling) -> str:
    return "/werkvoorraad/mijn/"


def taken(consulent: Aanstelling) -> str:
    maak.werkvoorraad(consulent)
    return "/werkvoorraad/taken/"


def signalen(consulent: Aanstelling) -> str:
    maak.werkvoorraad(consulent)
    return "/signalen/"


def geen_signalen(consulent: Aanstelling) -> str:
    return "/signalen/"


def in_gebreke(consulent: Aanstelling) -> str:
    zaak = maak.werkvoorraad(consulent)["te laat"]
    zaak.ingebrekestelling_op = vandaag(maak.dagen(-2))
    zaak.save()
    return f"/zaken/{zaak.zaaknummer}/"


def download(consulent: Aanstelling) -> str:
    return "/werkvoorraad/alle/download/"


def zoeken(consulent: Aanstelling) -> str:
    return "/zoeken/"


def melding_nieuw(consulent: Aanstelling) -> str:
    return "/meldingen/nieuw/"


def half_onderzoek(consulent: Aanstelling) -> str:
    return f"/zaken/{maak.half_onderzoek(consulent).zaaknummer}/onderzoek/"


def nieuwe_melding(consulent: Aanstelling) -> str:
    return f"/zaken/{maak.werkvoorraad(consulent)['nieuw'].zaaknummer}/melding/"


PAGINAS = [
    werkvoorraad,
    lege_werkvoorraad,
    taken,
    signalen,
    geen_signalen,
    in_gebreke,
    download,
    zoeken,
    melding_nieuw,
    nieuwe_melding,
    half_onderzoek,
    *(
        van_zaak(deel)
        for deel in (
            "",
            "onderzoek/",
            "documenten/",
            "notities/",
            "inzage/",
            "stilzetten/",
            "overdragen/",
            "ingebrekestelling/",
        )
    ),
]


@pytest.mark.parametrize("pagina", PAGINAS, ids=[p.__name__ for p in PAGINAS])
def test_pagina_is_toegankelijk_op_twee_breedtes(consulent, kijk, pagina):
    pad = pagina(consulent)
    for breedte in BREEDTES:
        keur(kijk(consulent, pad, breedte))


def test_te_tekenen_is_toegankelijk(consulent, kijk):
    BeschikkingFactory(
        zaak=maak.werkvoorraad(consulent)["te laat"],
        status="ter_ondertekening",
        besluitdatum=None,
        bekendgemaakt_op=None,
        bezwaar_tot=None,
        ondertekend_door=None,
    )
    mandaathouder = aanstelling(Rol.MANDAATHOUDER, gemeente=consulent.gemeente)
    for breedte in BREEDTES:
        page = kijk(mandaathouder, "/werkvoorraad/", breedte)
        expect(page.get_by_role("link", name="Proefman")).to_be_visible()
        keur(page)


def test_melding_in_de_browser_van_leeg_tot_dossier(consulent, kijk):
    """First the errors, with focus on their summary; then the check; then the dossier with its clocks."""
    page = kijk(consulent, "/meldingen/nieuw/", 390)
    page.get_by_role("button", name="Controleer de melding").click()
    expect(page.get_by_role("heading", name="U moet nog 7 dingen aanpassen")).to_be_visible()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    keur(page)
    for label, waarde in {
        "Achternaam": "Fictief",
        "Geboortedatum": "14-03-1941",
        "Straat": "Proefsteeg",
        "Huisnummer": "12",
        "Postcode": "3441 ZZ",
        "Woonplaats": "Woerden",
        "In de woorden van de cliënt": "Het huishouden lukt niet meer.",
    }.items():
        page.get_by_label(label, exact=False).first.fill(waarde)
    page.get_by_role("button", name="Controleer de melding").click()
    expect(page.get_by_role("heading", name="Controleer de melding")).to_be_visible()
    keur(page)
    page.get_by_role("button", name="Melding vastleggen").click()
    expect(page.get_by_role("heading", name="Fictief", level=1)).to_be_visible()
    expect(page.get_by_text("Onderzoek, 6 weken vanaf melding")).to_be_visible()


def test_bsn_komt_op_zijn_plek_na_de_klik(consulent, kijk):
    zaak = maak.dossier(consulent)
    page = kijk(consulent, f"/zaken/{zaak.zaaknummer}/", 1366)
    page.get_by_role("button", name="Toon BSN").click()
    expect(page.locator(".wmo-bsn--voluit")).to_have_text(zaak.client.bsn)
    assert page.url.endswith(f"/zaken/{zaak.zaaknummer}/")
    keur(page)


def test_filter_ververst_alleen_de_lijst_en_zet_het_adres(consulent, kijk):
    maak.werkvoorraad(consulent)
    page = kijk(consulent, "/werkvoorraad/alle/", 1366)
    page.get_by_label("Stap").select_option("besluit")
    page.get_by_role("button", name="Filter toepassen").click()
    expect(page.get_by_text("3 zaken gevonden")).to_be_visible()
    assert "stap=besluit" in page.url
    keur(page)


def test_kies_alle_en_controleer_het_toewijzen(consulent, kijk):
    maak.werkvoorraad(consulent)
    page = kijk(consulent, "/werkvoorraad/alle/", 1366)
    page.get_by_label("Kies alle zaken op deze pagina").check()
    page.get_by_label("Nieuwe behandelaar").select_option("verdeel")
    page.get_by_role("button", name="Toewijzen").click()
    expect(page.get_by_role("heading", name="Controleer het toewijzen")).to_be_visible()
    keur(page)
    page.get_by_role("button", name="Wijs toe").click()
    expect(page.get_by_text("Kies een reden. Dat moet bij meer dan één zaak.").first).to_be_visible()
    keur(page)

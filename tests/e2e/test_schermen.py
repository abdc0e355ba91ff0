"""Every page that a role can reach by its menu, and one level deeper, in a region that lived: axe at zero.

The pictures of the manual that are not part of the chain are made here too.
"""

import random
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser import BREEDTES, keur
from wmo.demo import Wereld, fasen
from wmo.menu import menu
from wmo.models import Aanbieder, Aanstelling, Gemeente
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAGEN, CLIENTEN = 75, 30
# the manual shows a busier region than the walk needs
DAGEN_BEELD, CLIENTEN_BEELD = 240, 160
# Django's admin is for reference data: checked for rights, not for axe
NIET_VAN_ONS = ("/referentie/", "/documenten/", "/static/")
BEELDEN = {
    r"/werkvoorraad/alle/$": "werkvoorraad",
    r"/wachtlijst/woerden/$": "wachtlijst-gemeente",
    r"/tarieven/$": "tarieven",
    r"/tarieven/indexatie/\d+/$": "indexatie",
    r"/beheer/log/$": "logboek",
}


@pytest.fixture
def regio(request: pytest.FixtureRequest, transactional_db: None, settings: Any, tmp_path: Path) -> Wereld:
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    beelden = request.config.getoption("--beelden")
    dagen, clienten = (DAGEN_BEELD, CLIENTEN_BEELD) if beelden else (DAGEN, CLIENTEN)
    laatste = vandaag(timezone.now())
    wereld = Wereld(
        rng=random.Random(2), eerste_dag=laatste - timedelta(days=dagen), laatste_dag=laatste, aantal_clienten=clienten
    )
    for fase in fasen():
        if fase.richt_in:
            fase.richt_in(wereld)
    for nummer in range(dagen):
        for fase in fasen():
            fase.dag(wereld, wereld.eerste_dag + timedelta(days=nummer))
    return wereld


def test_alle_schermen_zijn_toegankelijk(regio, kijk, beeld):
    bekeken: set[str] = set()
    beelden = dict(BEELDEN)
    for wie in _mensen(regio):
        for pad in _paden(wie):
            page = kijk(wie, pad, BREEDTES[0])
            for adres in (pad, *_een_dieper(page)):
                if adres not in bekeken or adres == pad:
                    bekeken.add(adres)
                    page = kijk(wie, adres, BREEDTES[0])
                    _maak_beeld(page, beelden, beeld)
                    _bekijk(page)
    assert len(bekeken) > 25
    assert not beelden, "een beeld van de handleiding is niet gemaakt"


def _maak_beeld(page: Page, beelden: dict[str, str], beeld: Callable[[Page, str], None]) -> None:
    """The first page of each kind that the manual shows."""
    for patroon in [p for p in beelden if re.search(p, page.url)]:
        beeld(page, beelden.pop(patroon))


def _mensen(regio: Wereld) -> list[Aanstelling]:
    """One of each role: those of Woerden, and an aanbieder that works everywhere."""
    woerden, aanbieder = Gemeente.objects.get(code="0632"), Aanbieder.objects.get(naam="Zorgbureau Test")
    gemeente = (Rol.CONSULENT, Rol.MANDAATHOUDER, Rol.BACKOFFICE, Rol.BELEIDSMEDEWERKER, Rol.TOEZICHTHOUDER)
    return [
        *(regio.iemand(rol, gemeente=woerden) for rol in gemeente),
        *(regio.iemand(rol, aanbieder=aanbieder) for rol in (Rol.PLANNING, Rol.ADMINISTRATIE)),
        *(regio.iemand(rol) for rol in (Rol.REGIO, Rol.BEHEERDER)),
    ]


def _paden(wie: Aanstelling) -> list[str]:
    verzoek: Any = RequestFactory().get("/")
    verzoek.aanstelling, verzoek.user = wie, wie.gebruiker
    return [onderdeel.url for onderdeel in menu(verzoek) if not onderdeel.url.startswith(NIET_VAN_ONS)]


def _een_dieper(page: Page) -> list[str]:
    """The first link of the content to each kind of page: numbers and codes are one kind."""
    links = page.locator("main a[href^='/']", has_not_text=re.compile(r"^\s*Download")).evaluate_all(
        "links => links.map(a => a.getAttribute('href'))"
    )
    soorten: dict[str, str] = {}
    for link in links:
        kaal = link.split("?")[0].split("#")[0]
        if "download" not in kaal and not kaal.startswith(NIET_VAN_ONS):
            soorten.setdefault("".join("9" if teken.isdigit() else teken for teken in kaal), kaal)
    return list(soorten.values())


def _bekijk(page: Page) -> None:
    for breedte in BREEDTES:
        page.set_viewport_size({"width": breedte, "height": 900})
        keur(page)

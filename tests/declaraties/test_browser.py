"""The money screens in Chromium: axe, both widths, nothing wider than the screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from declaraties.actions import bestanden, controle, declaraties, indexaties
from declaraties.models import Declaratie, Indexatie, Leveringsbestand, eerste_van
from tests.browser import BREEDTES, keur
from tests.declaraties.test_indexaties import VNG
from tests.factories import (
    AanbiederFactory,
    ClientFactory,
    ContractFactory,
    GemeenteFactory,
    PerceelFactory,
    ProductFactory,
    ToewijzingFactory,
    aanstelling,
)
from tests.factories.declaraties import PrestatieFactory, TariefFactory
from wmo.actions import achtergrond
from wmo.models import Aanstelling, Achtergrondtaak, Toewijzing
from wmo.periodes import Periode, vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GEMEENTEN = (("0632", 900), ("0335", 400), ("0589", 250))


@dataclass
class Toneel:
    """Last month delivered, the month before answered; one line fails; an indexation on its way."""

    administratie: Aanstelling
    backoffice: Aanstelling
    regio: Aanstelling
    beleid: Aanstelling
    concept: Declaratie
    ingediend: Declaratie
    beantwoord: Declaratie
    proef: Indexatie
    voorstel: Indexatie
    bestand: Leveringsbestand
    taak: Achtergrondtaak

    def paginas(self) -> dict[str, tuple[Aanstelling, str]]:
        regel = self.beantwoord.regels.first()
        assert regel is not None

        def pad(naam: str, *pk: int) -> str:
            return reverse(f"declaraties:{naam}", args=pk)

        return {
            "maand": (self.administratie, f"{pad('aanbieder')}?gemeente=0632"),
            "concept": (self.administratie, pad("eigen", self.concept.pk)),
            "indienen": (self.administratie, pad("indienen", self.concept.pk)),
            "antwoord-aanbieder": (self.administratie, pad("eigen", self.beantwoord.pk)),
            "corrigeer": (self.administratie, pad("corrigeer", regel.pk)),
            "bestand": (self.administratie, pad("bestand", self.bestand.pk)),
            "overzicht": (self.backoffice, pad("overzicht")),
            "declaratie": (self.backoffice, pad("declaratie", self.ingediend.pk)),
            "antwoord": (self.backoffice, pad("antwoord", self.ingediend.pk)),
            "betaling": (self.backoffice, pad("declaratie", self.beantwoord.pk)),
            "declaratie-beleid": (self.beleid, pad("declaratie", self.ingediend.pk)),
            "tarieven": (self.regio, pad("tarieven")),
            "indexatie": (self.regio, pad("indexatie", self.proef.pk)),
            "indexatie-akkoord": (self.beleid, pad("indexatie", self.voorstel.pk)),
            "taak": (self.backoffice, reverse("wmo:taak", args=[self.taak.pk])),
        }


def lever(aanbieder: Any, gemeente: Any, maand: date, minuten: int, **velden: Any) -> Toewijzing:
    client = ClientFactory(gemeente=gemeente)
    toewijzing = ToewijzingFactory(
        aanbieder=aanbieder,
        voorziening__beschikking__zaak__client=client,
        ingangsdatum=date(maand.year - 1, 1, 1),
        einddatum=date(maand.year + 2, 12, 31),
        **velden,
    )
    geleverd(toewijzing, maand, minuten)
    return toewijzing


def geleverd(toewijzing: Toewijzing, maand: date, minuten: int) -> None:
    periode = Periode.maand_van(maand)
    PrestatieFactory(
        toewijzing=toewijzing, ingangsdatum=periode.ingangsdatum, einddatum=periode.laatste_dag, aantal=minuten
    )


@pytest.fixture
def toneel(db: None) -> Toneel:
    nu = timezone.now()
    vorige = eerste_van(eerste_van(vandaag(nu)) - timedelta(days=1))
    daarvoor = eerste_van(vorige - timedelta(days=1))
    aanbieder = AanbiederFactory(naam="Thuishulp De Proefpolder")
    ander = AanbiederFactory(naam="Zorgbureau Test")
    producten = [ProductFactory(code="01A03"), ProductFactory(code="01A04", naam="Hulp bij het huishouden plus")]
    contract = ContractFactory(producten=producten, ingangsdatum=date(vorige.year - 3, 1, 1))
    for product, tarief in zip(producten, ("32.85", "36.00"), strict=True):
        TariefFactory(contract=contract, product=product, tarief=D(tarief), ingangsdatum=date(vorige.year - 2, 1, 1))
    regio, beleid = aanstelling(Rol.REGIO), aanstelling(Rol.BELEIDSMEDEWERKER)
    administratie, backoffice = aanstelling(Rol.ADMINISTRATIE, aanbieder=aanbieder), aanstelling(Rol.BACKOFFICE)
    woerden = GemeenteFactory()
    for code, minuten in GEMEENTEN:
        gemeente = GemeenteFactory(code=code)
        for partij in (aanbieder, ander):
            PerceelFactory(contract=contract, aanbieder=partij, gemeente=gemeente)
        lever(ander, gemeente, vorige, minuten, volume=minuten * 10, voorziening__product=producten[1])
    eigen = [lever(aanbieder, woerden, daarvoor, 600 + 30 * nummer) for nummer in range(6)]
    beantwoord = _ingediend(aanbieder, woerden, daarvoor, administratie)
    declaraties.beantwoord(declaratie=beantwoord, door=backoffice, nu=nu)
    for nummer, toewijzing in enumerate(eigen):
        geleverd(toewijzing, vorige, 540 + 20 * nummer)
    lever(aanbieder, woerden, vorige, 1500)
    Toewijzing.objects.filter(pk=eigen[0].pk).update(budget=D("500.00"))
    concept = declaraties.stel_op(aanbieder=aanbieder, gemeente=woerden, maand=vorige, door=administratie, nu=nu)
    planner = aanstelling(Rol.ADMINISTRATIE, aanbieder=ander)
    ingediend = _ingediend(ander, woerden, vorige, planner)
    Toewijzing.objects.filter(aanbieder=ander, gemeente=woerden).update(budget=D("100.00"))
    controle.controleer_opnieuw(declaratie=ingediend, door=backoffice, nu=nu)
    proef, voorstel = (
        indexaties.stel_voor(
            contract=contract, jaar=vandaag(nu).year + 1, uitgangspunten=VNG, op=vandaag(nu), door=regio, nu=nu
        )
        for _ in range(2)
    )
    indexaties.vraag_goedkeuring(indexatie=voorstel, door=regio, nu=nu)
    inhoud = f"gemeente;toewijzingnummer;datum;minuten\n0632;1;{vorige:%Y-%m};2,5 uur\n0632;9;{vorige:%Y-%m};60\n"
    bestand, _ = bestanden.neem_aan(
        aanbieder=aanbieder, naam="leveringen.csv", inhoud=inhoud.encode(), door=administratie, nu=nu
    )
    taak = achtergrond.zet_klaar(soort="proef", titel="Concepten maken", sleutel="proef", starter=backoffice, nu=nu)
    taak.begin(5000, nu=nu)
    taak.vorder(1240, nu=nu)
    return Toneel(
        administratie, backoffice, regio, beleid, concept, ingediend, beantwoord, proef, voorstel, bestand, taak
    )


def _ingediend(aanbieder: Any, gemeente: Any, maand: date, door: Aanstelling) -> Declaratie:
    nu = timezone.now()
    concept = declaraties.bouw_maand(aanbieder=aanbieder, gemeente=gemeente, maand=maand, door=door, nu=nu)
    return declaraties.dien_in(declaratie=concept, door=door, nu=nu).declaratie


def test_elk_geldscherm_op_beide_breedtes(toneel: Toneel, kijk: Callable[..., Page]) -> None:
    for wie, pad in toneel.paginas().values():
        for breedte in BREEDTES:
            page = kijk(wie, pad, breedte)
            expect(page.locator("h1")).to_be_visible()
            keur(page)


def test_minuten_met_een_fout_in_chromium(toneel: Toneel, kijk: Callable[..., Page]) -> None:
    """The wrong field keeps what was typed, and the summary leads to it."""
    page = kijk(toneel.administratie, f"{reverse('declaraties:aanbieder')}?gemeente=0632", 1366)
    veld = page.locator("input[name^='aantal-']").first
    veld.fill("veel")
    page.get_by_role("button", name="Bewaar leveringen").click()
    expect(page.get_by_role("alert")).to_contain_text("U moet nog 1 ding aanpassen")
    expect(page.locator("input[name^='aantal-'][aria-invalid=true]")).to_have_value("veel")
    keur(page)

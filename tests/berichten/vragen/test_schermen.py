"""The screens of a request: at the aanbieder that asks, and at the backoffice that decides."""

import pytest
from django.urls import reverse

from berichten.models import Bericht
from tests.berichten.vragen.conftest import kantoor, vraag
from tests.factories import (
    AanbiederFactory,
    ProductFactory,
    ToewijzingFactory,
    aanstelling,
    moment,
)
from wmo.actions import verzoeken
from wmo.models import Verzoek
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def formulier(besluit, planner, **anders):
    persoon = besluit.client
    return {
        "bsn": persoon.bsn, "geboortedatum": "14-03-1941", "geslacht": "2", "voorletters": "G.",
        "voorvoegsel": "", "achternaam": "Fictief-de Test", "hulp": f"{persoon.gemeente_id}-{besluit.product_id}",
        "volume": "2:00", "ingangsdatum": "01-12-2026", "einddatum": "31-10-2028", "toelichting": "",
    } | anders  # fmt: skip


def test_aanbieder_vraagt_het_op_zijn_scherm_en_leest_daar_het_antwoord(besluit, planner, scherm, keten):
    client = scherm(planner)
    assert reverse("berichten:nieuwe-client") in client.get(reverse("wmo:clienten")).content.decode()
    antwoord = client.post(reverse("berichten:nieuwe-client"), formulier(besluit, planner))
    assert antwoord.status_code == 302
    pagina = client.get(antwoord.url).content.decode()
    assert "Voor G. Fictief-de Test" in pagina
    assert "120 minuten per week, vanaf 01-12-2026 t/m 31-10-2028" in pagina
    assert besluit.client.bsn not in pagina
    keten()
    verzoeken.wijs_af(verzoek=Verzoek.objects.get(), reden="3", toelichting="", door=kantoor(besluit), nu=moment())
    keten()
    pagina = client.get(antwoord.url).content.decode()
    assert "afgewezen" in pagina
    assert "Antwoord 316" in pagina


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"bsn": "123456789"}, "burgerservicenummer klopt niet"),
        ({"volume": "veel"}, "Vul een tijd in"),
        ({"volume": "0"}, "hoeveel hulp er nodig is: 1 of meer"),
        ({"einddatum": "01-11-2026"}, "ligt voor de eerste dag"),
        ({"hulp": "99-99"}, "Selecteer een geldige keuze"),
        ({"geboortedatum": "24-11-2026"}, "ligt in de toekomst"),
    ],
)
def test_wat_niet_klopt_staat_bij_het_veld_en_er_gaat_niets_uit(besluit, planner, scherm, anders, zin):
    antwoord = scherm(planner).post(reverse("berichten:nieuwe-client"), formulier(besluit, planner, **anders))
    assert antwoord.status_code == 422
    assert zin in antwoord.content.decode()
    assert not Bericht.objects.exists()


def test_andere_hulp_vragen_voor_een_eigen_client(besluit, planner, scherm, keten):
    opdracht = ToewijzingFactory(aanbieder=planner.aanbieder, voorziening__client=besluit.client, status="actief")
    client, pad = scherm(planner), reverse("berichten:toewijzing-vragen", args=[opdracht.pk])
    assert pad in client.get(reverse("wmo:levering", args=[opdracht.pk])).content.decode()
    gegevens = {naam: waarde for naam, waarde in formulier(besluit, planner).items() if naam not in ("bsn", "geslacht")}
    assert client.post(pad, gegevens).status_code == 302
    keten()
    assert Verzoek.objects.get().client == besluit.client
    assert "Er loopt al een verzoek van 23-11-2026" in client.get(pad).content.decode()


def test_wie_zonder_berichten_bekend_is_krijgt_ook_op_naam_geen_bericht(besluit, planner, scherm, keten):
    """R-304: typed over from the letter, and still the danger is known here."""
    persoon = besluit.client
    persoon.geen_berichtenverkeer = True
    persoon.save()
    ToewijzingFactory(aanbieder=planner.aanbieder, voorziening__client=persoon, status="actief")
    antwoord = scherm(planner).post(reverse("berichten:nieuwe-client"), formulier(besluit, planner))
    assert antwoord.url == reverse("wmo:clienten")
    assert Verzoek.objects.get().client == persoon
    keten()
    assert not Bericht.objects.exists()


def test_backoffice_ziet_het_besluit_en_wat_er_al_loopt(besluit, planner, scherm, keten):
    ander = ToewijzingFactory(voorziening=besluit)
    vraag(besluit, planner)
    keten()
    verzoek = Verzoek.objects.get()
    client = scherm(kantoor(besluit))
    pagina = client.get(reverse("berichten:verzoek", args=[verzoek.pk])).content.decode()
    assert "Besluit: 165 minuten per week" in pagina
    assert f"Loopt al: toewijzing {ander.toewijzingnummer}" in pagina
    monitor = client.get(reverse("berichten:monitor")).content.decode()
    assert "Verzoek om toewijzing" in monitor
    antwoord = client.post(reverse("berichten:verzoek", args=[verzoek.pk]), {"wat": "goedkeuren"}, follow=True)
    assert "Het verzoek is goedgekeurd" in antwoord.content.decode()


def test_verzoek_zonder_besluit_kan_niet_worden_goedgekeurd(besluit, planner, scherm, keten):
    vraag(besluit, planner, product=ProductFactory())
    keten()
    verzoek = Verzoek.objects.get()
    client = scherm(kantoor(besluit))
    pad = reverse("berichten:verzoek", args=[verzoek.pk])
    assert "Geen besluit" in client.get(pad).content.decode()
    antwoord = client.post(pad, {"wat": "goedkeuren"})
    assert antwoord.status_code == 422
    assert "Neem eerst een besluit" in antwoord.content.decode()


def test_een_andere_aanbieder_ziet_het_verzoek_niet(besluit, planner, scherm, keten):
    gestuurd = vraag(besluit, planner)
    assert gestuurd is not None
    keten()
    client = scherm(aanstelling(Rol.PLANNING, aanbieder=AanbiederFactory(eigen_software=False)))
    assert client.get(reverse("berichten:aanbieder-bericht", args=[gestuurd.pk])).status_code == 404

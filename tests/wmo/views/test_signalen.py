"""Signals: what ends, stopped or was promised, for who handles the case, until that person has seen it (S04)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    BeschikkingFactory,
    ClientFactory,
    GemeenteFactory,
    ToewijzingFactory,
    VoorzieningFactory,
    ZaakFactory,
    aanstelling,
)
from tests.wmo.views.paden import url
from wmo.actions import notities, taken
from wmo.models import GelijkgesteldeDag, GezienSignaal, Levering, Taak
from wmo.periodes import vandaag
from wmo.permissions import Rol
from wmo.tasks import ruim_bureaus_op

pytestmark = pytest.mark.django_db
SIGNALEN = "/signalen/"


def dag(over):
    return vandaag(timezone.now()) + timedelta(days=over)


def titels(wie, vraag=""):
    return [s.titel for s, _ in wie.get(SIGNALEN + vraag).context["rijen"]]


def taak(zaak, soort, over, sleutel="t"):
    return taken.zet_klaar(
        sleutel=sleutel, soort=soort, titel=f"{soort} {over}", gemeente=zaak.gemeente, zaak=zaak, uiterlijk=dag(over),
        nu=timezone.now(), pad=f"/zaken/{zaak.zaaknummer}/",
    )  # fmt: skip


@pytest.fixture
def consulent(als):
    return als()


@pytest.fixture
def zaak(consulent):
    return ZaakFactory(behandelaar=consulent.aanstelling, status="onderzoek", uiterste_datum=dag(60))


def gestopt(consulent, **velden):
    """Help that stopped for good last week while the decision goes on."""
    zaak = ZaakFactory(behandelaar=consulent.aanstelling, status="uitvoering", uiterste_datum=None)
    voorziening = VoorzieningFactory(
        beschikking=BeschikkingFactory(zaak=zaak), client=zaak.client, **{"einddatum": dag(300)} | velden
    )
    toewijzing = ToewijzingFactory(voorziening=voorziening, gemeente=zaak.gemeente, client=zaak.client)
    Levering.objects.update_or_create(
        toewijzing=toewijzing, defaults={"status": "definitief_gestopt", "einddatum": dag(-7)}
    )
    return toewijzing


@pytest.mark.parametrize(
    ("velden", "verwacht"),
    [
        ({"uiterste_datum": dag(-2)}, ["Onderzoek: de termijn is voorbij"]),
        ({"uiterste_datum": dag(1)}, ["Onderzoek: de termijn is bijna om"]),
        ({"uiterste_datum": dag(30)}, []),
        ({"uiterste_datum": dag(1), "stilstand_tot": dag(9), "status": "aanvraag"}, []),
        ({"uiterste_datum": dag(1), "afgesloten_op": dag(-1), "status": "ingetrokken"}, []),
        ({"uiterste_datum": dag(90), "status": "aanvraag", "ingebrekestelling_op": dag(-3)},
         ["De cliënt stelde de gemeente in gebreke"]),
    ],
    ids=["voorbij", "bijna om", "ruim", "stil", "gesloten", "in gebreke"],
)  # fmt: skip
def test_termijn_van_de_eigen_zaak(consulent, velden, verwacht):
    ZaakFactory(behandelaar=consulent.aanstelling, **{"status": "onderzoek"} | velden)
    ZaakFactory(behandelaar=aanstelling(Rol.CONSULENT), **{"status": "onderzoek"} | velden)
    assert titels(consulent) == verwacht


@pytest.mark.parametrize(
    ("soort", "over", "ziet"),
    [
        (Taak.Soort.TERUGBELLEN, 0, True),
        (Taak.Soort.TERUGBELLEN, 1, False),
        (Taak.Soort.EVALUATIE, 13, True),
        (Taak.Soort.EVALUATIE, 30, False),
        (Taak.Soort.VERZOEK_BEOORDELEN, 30, True),
        (Taak.Soort.OVERIG, 1, True),
        (Taak.Soort.OVERIG, 30, False),
    ],
)
def test_taak_wordt_signaal_als_het_tijd_is(consulent, zaak, soort, over, ziet):
    taak(zaak, soort, over)
    assert titels(consulent) == ([f"{soort} {over}"] if ziet else [])


def test_afgekeurd_bericht_is_voor_wie_berichten_verwerkt(als, consulent, zaak):
    zaak.behandelaar = None
    zaak.save()
    taak(zaak, Taak.Soort.BERICHT_AFGEKEURD, 30)
    assert titels(consulent) == []
    assert len(titels(als(Rol.BACKOFFICE))) == 1
    assert titels(als(Rol.BACKOFFICE, gemeente=GemeenteFactory(code="0335"))) == []


def test_stop_zonder_vervolg(consulent):
    toewijzing = gestopt(consulent)
    assert titels(consulent) == ["Hulp bij het huishouden is gestopt en er is nog geen vervolg"]
    ToewijzingFactory(
        voorziening=toewijzing.voorziening, gemeente=toewijzing.gemeente, client=toewijzing.client, toewijzingnummer=77
    )
    assert titels(consulent) == []


@pytest.mark.parametrize("velden", [{"einddatum": dag(-1)}, {"van_kracht": False}], ids=["afgelopen", "vervallen"])
def test_stop_van_wat_toch_al_eindigde_is_geen_signaal(consulent, velden):
    gestopt(consulent, **velden)
    assert titels(consulent) == []


def test_gezien_is_per_persoon_en_tot_er_een_nieuwe_dag_staat(als, consulent, zaak):
    rij = taak(zaak, Taak.Soort.OVERIG, 1)
    signaal = consulent.get(SIGNALEN).context["rijen"][0][0]
    antwoord = consulent.post("/signalen/gezien/", {"sleutel": signaal.sleutel}, follow=True)
    assert "Geen nieuwe signalen." in antwoord.text
    assert titels(consulent, "?toon=alles") == ["overig 1"]
    zaak.behandelaar = als().aanstelling
    zaak.save()
    assert titels(als(aanstelling_=zaak.behandelaar)) == ["overig 1"]
    zaak.behandelaar = consulent.aanstelling
    zaak.save()
    Taak.objects.filter(pk=rij.pk).update(uiterlijk=dag(2))
    assert titels(consulent) == ["overig 1"]


def test_alles_gezien_en_alleen_wat_er_staat(consulent, zaak):
    taak(zaak, Taak.Soort.OVERIG, 1)
    taak(zaak, Taak.Soort.OVERIG, 2, "u")
    consulent.post("/signalen/gezien/", {"sleutel": "verzonnen"})
    assert not GezienSignaal.objects.exists()
    consulent.post("/signalen/gezien/", {"sleutel": "alles"})
    assert titels(consulent) == []
    GezienSignaal.objects.update(gezien_op=timezone.now() - timedelta(days=181))
    assert ruim_bureaus_op() == 2


def test_terugbellen_van_notitie_tot_gebeld(consulent, zaak):
    consulent.post(
        url("notities", zaak), {"tekst": "Dochter gebeld, in gesprek.", "terugbellen_op": f"{dag(0):%d-%m-%Y}"}
    )
    assert titels(consulent) == ["Terugbellen"]
    rij = Taak.objects.get()
    assert "Ik heb gebeld" in consulent.get(rij.pad).text
    consulent.post(url("gebeld", zaak, rij.pk))
    assert titels(consulent) == []
    nogmaals = consulent.post(url("gebeld", zaak, rij.pk), follow=True)
    assert "Een collega heeft al gebeld." in nogmaals.text


def test_notitie_zonder_datum_vraagt_niets(zaak, consulent):
    notities.voeg_toe(zaak=zaak, tekst="Gebeld.", door=consulent.aanstelling, nu=timezone.now())
    assert not Taak.objects.exists()


@pytest.mark.parametrize("aantal", [1, 3])
def test_vast_aantal_vragen(consulent, django_assert_num_queries, aantal):
    GelijkgesteldeDag.objects.kalender()
    for nummer in range(aantal):
        client = ClientFactory(gemeente=consulent.aanstelling.gemeente)
        basis = {"client": client, "behandelaar": consulent.aanstelling}
        taak(ZaakFactory(**basis, uiterste_datum=dag(1)), Taak.Soort.OVERIG, 1, f"t{nummer}")
        ZaakFactory(**basis, status="aanvraag", uiterste_datum=dag(90), ingebrekestelling_op=dag(-1))
        gestopt(consulent)
    with django_assert_num_queries(8):
        assert len(consulent.get(SIGNALEN).context["rijen"]) == aantal * 4


def test_wie_geen_werkvoorraad_heeft_ziet_geen_bel(als):
    assert als(Rol.BELEIDSMEDEWERKER).get(SIGNALEN).status_code == 403
    assert 'href="/signalen/"' not in als(Rol.BELEIDSMEDEWERKER).get("/hulp/").text
    assert 'href="/signalen/"' in als().get("/hulp/").text

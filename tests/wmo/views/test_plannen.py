"""The perspectiefplan as a page: write, add, collide, check, fix."""

from datetime import date

import pytest

from tests.factories import ProductFactory, aanstelling
from tests.factories.besluit import met_plan, zaak_met_aanvraag
from tests.wmo.views.paden import url
from wmo.actions import plannen
from wmo.models import Leefgebied, Perspectiefplan
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


def test_plan_begint_met_een_knop_en_backoffice_kan_dat_niet(als, zaak):
    assert als(Rol.BACKOFFICE).post(url("plan", zaak), {"wat": "begin"}).status_code == 403
    assert not Perspectiefplan.objects.exists()
    als(Rol.CONSULENT).post(url("plan", zaak), {"wat": "begin"})
    assert Perspectiefplan.objects.get().zaak == zaak


def plan_invoer(**anders):
    leefgebied, _ = Leefgebied.objects.get_or_create(code="huis", defaults={"naam": "Huisvesting", "volgorde": 1})
    invoer = {
        "wat": "verder",
        "verhaal-stem_client": "Ik wil thuis blijven wonen.",
        "verhaal-evaluatiedatum": "01-06-2099",
        "verhaal-bewerkt": "0",
        "leefgebieden-TOTAL_FORMS": "1",
        "leefgebieden-INITIAL_FORMS": "0",
        "leefgebieden-0-leefgebied": str(leefgebied.pk),
        "leefgebieden-0-situatie": "Woont alleen.",
        "doelen-TOTAL_FORMS": "1",
        "doelen-INITIAL_FORMS": "0",
        "doelen-0-resultaat": "Een schoon huis",
        "doelen-0-indicator": "Zelf te zien",
        "doelen-0-streefdatum": "01-06-2099",
        "doelen-0-wie": "Aanbieder",
        "ondersteuning-TOTAL_FORMS": "1",
        "ondersteuning-INITIAL_FORMS": "0",
        "ondersteuning-0-product": str(ProductFactory().pk),
        "ondersteuning-0-bruto": "200",
        "ondersteuning-0-mantelzorg-volume": "35",
        "ondersteuning-0-mantelzorg-reden": "Dochter doet de was.",
    }
    return invoer | anders


@pytest.fixture
def plan(zaak):
    door = aanstelling(Rol.CONSULENT)
    return plannen.maak_concept(zaak=zaak, door=door, nu=zaak.melding_op)


def test_plan_bewaren_gaat_door_naar_de_controle_en_dan_vaststellen(als, zaak, plan):
    consulent = als(Rol.CONSULENT)
    antwoord = consulent.post(url("plan", zaak), plan_invoer())
    assert antwoord.url == url("plan-vaststellen", zaak)
    assert plan.ondersteuning.get().netto == 165
    assert "Plan vaststellen" in consulent.get(antwoord.url).text
    assert consulent.post(antwoord.url).status_code == 302
    plan.refresh_from_db()
    assert plan.vastgesteld_op is not None
    assert "vastgesteld op" in consulent.get(url("plan", zaak)).text


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"doelen-0-streefdatum": ""}, "Vul een datum in, bijvoorbeeld 07-12-2026."),
        ({"ondersteuning-0-mantelzorg-reden": ""}, "Leg uit waarom er door mantelzorg en netwerk 35 af gaat."),
        ({"ondersteuning-0-mantelzorg-volume": "250"}, "Bij Hulp bij het huishouden gaat er meer af (250)"),
    ],
    ids=["doel zonder datum", "aftrek zonder reden", "meer af dan nodig"],
)
def test_plan_met_fout_antwoordt_422_en_houdt_de_invoer(als, zaak, plan, anders, zin):
    antwoord = als(Rol.CONSULENT).post(url("plan", zaak), plan_invoer(**anders))
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert "Ik wil thuis blijven wonen." in antwoord.text
    assert "<title>Fout:" in antwoord.text
    assert not plan.doelen.exists()


def test_oud_formulier_verliest_niets(als, zaak, plan):
    consulent = als(Rol.CONSULENT)
    consulent.post(url("plan", zaak), plan_invoer())
    antwoord = consulent.post(url("plan", zaak), plan_invoer(**{"verhaal-stem_client": "Mijn andere tekst."}))
    assert antwoord.status_code == 409
    assert "heeft dit intussen gewijzigd" in antwoord.text
    assert "Mijn andere tekst." in antwoord.text
    plan.refresh_from_db()
    assert plan.stem_client == "Ik wil thuis blijven wonen."


def test_botsing_toont_beide_teksten_en_daarna_kiest_u_zelf(als, zaak, plan):
    consulent, collega = als(Rol.CONSULENT), als(Rol.CONSULENT)
    collega.post(url("plan", zaak), plan_invoer(**{"doelen-0-wie": "Dochter"}))
    antwoord = consulent.post(url("plan", zaak), plan_invoer(**{"verhaal-stem_client": "Mijn andere tekst."}))
    gezien = antwoord.context["botsing"]
    assert gezien.door == collega.aanstelling.gebruiker.naam
    assert [(v.label, v.eigen, v.ander) for v in gezien.verschillen] == [
        ("In de woorden van de cliënt", "Mijn andere tekst.", "Ik wil thuis blijven wonen."),
        ("Doel 1: Wie werkt hieraan?", "Aanbieder", "Dochter"),
    ]
    opnieuw = plan_invoer(**{
        "verhaal-stem_client": "Mijn andere tekst.",
        "verhaal-bewerkt": antwoord.context["verhaal"]["bewerkt"].value(),
    })  # fmt: skip
    del opnieuw["wat"]
    beide = consulent.post(url("plan", zaak), opnieuw | {"keuze": "beide"})
    assert beide.context["verhaal"]["stem_client"].value() == "Mijn andere tekst.\n\nIk wil thuis blijven wonen."
    plan.refresh_from_db()
    assert plan.stem_client == "Ik wil thuis blijven wonen."
    assert consulent.post(url("plan", zaak), opnieuw | {"keuze": "eigen"}).status_code == 302
    plan.refresh_from_db()
    assert plan.stem_client == "Mijn andere tekst."


def test_rij_erbij_werkt_zonder_javascript_en_bewaart_niets(als, zaak, plan):
    antwoord = als(Rol.CONSULENT).post(url("plan", zaak), plan_invoer(wat="erbij-doelen"))
    assert antwoord.status_code == 200
    assert 'name="doelen-1-resultaat"' in antwoord.text
    assert "U moet nog" not in antwoord.text  # nothing was sent yet
    assert not plan.doelen.exists()


def test_controle_noemt_wat_er_mist(als, zaak, plan):
    antwoord = als(Rol.CONSULENT).get(url("plan-vaststellen", zaak))
    assert "Kies een datum voor de evaluatie." in antwoord.text
    assert als(Rol.CONSULENT).post(url("plan-vaststellen", zaak)).status_code == 422


def test_ontvangst_door_de_aanbieder(als, zaak):
    plan = met_plan(zaak)
    als(Rol.CONSULENT).post(url("plan", zaak), {"wat": "ontvangen", "op": "25-11-2026"})
    plan.refresh_from_db()
    assert plan.ontvangen_door_aanbieder_op == date(2026, 11, 25)

"""The decision in five steps, and the page of the mandaathouder."""

import pytest

from tests.factories import BeschikkingFactory, ProductFactory, VoorzieningFactory
from tests.factories.besluit import (
    concept,
    klaar_om_te_tekenen,
    met_normenkader,
    met_plan,
    toekenning,
    zaak_met_aanvraag,
)
from tests.wmo.views.paden import url
from wmo.models import Beschikking
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


def begin(client, zaak, **anders):
    return client.post(url("beschikking", zaak), {"soort": "toekenning"} | anders)


def voorziening_invoer(**anders):
    invoer = {
        "wat": "bewaar",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-product": str(ProductFactory().pk),
        "form-0-vorm": "zin",
        "form-0-volume": "125",
        "form-0-eenheid": "01",
        "form-0-frequentie": "2",
        "form-0-ingangsdatum": "01-12-2026",
        "form-0-einddatum": "30-11-2028",
        "form-0-resultaat": "Een schoon en leefbaar huis.",
    }
    return invoer | {f"form-0-{veld}": waarde for veld, waarde in anders.items()}


def test_van_begin_tot_handtekening_door_de_schermen(als, zaak):
    met_normenkader(zaak)
    met_plan(zaak)
    consulent = als(Rol.CONSULENT)
    assert begin(consulent, zaak).url == url("beschikking-stap", zaak, "ondersteuning")
    besluit = Beschikking.objects.get()
    bewerkt = str(besluit.bewerkt)
    antwoord = consulent.post(
        url("beschikking-stap", zaak, "ondersteuning"), voorziening_invoer() | {"bewerkt": bewerkt}
    )
    assert antwoord.url == url("beschikking-stap", zaak, "motivering")
    besluit.refresh_from_db()
    motivering = {
        "motivering": "U kunt niet dweilen.",
        "eigen_bijdrage": besluit.eigen_bijdrage,
        "bewerkt": besluit.bewerkt,
    }
    antwoord = consulent.post(url("beschikking-stap", zaak, "motivering"), motivering)
    assert antwoord.url == url("beschikking-stap", zaak, "controle")
    assert "Alles klopt." in consulent.get(antwoord.url).text
    voorbeeld = consulent.get(url("beschikking-stap", zaak, "voorbeeld")).text
    assert "U kunt niet dweilen." in voorbeeld
    assert consulent.get(url("beschikking-pdf", zaak)).content.startswith(b"%PDF")
    assert consulent.post(url("beschikking-stap", zaak, "voorbeeld")).url == url("beschikking", zaak)
    besluit.refresh_from_db()
    assert besluit.status == "ter_ondertekening"


def test_motivering_van_een_collega_staat_naast_de_uwe(als, zaak):
    besluit = concept(zaak)
    oud = {
        "motivering": "U kunt niet dweilen.",
        "eigen_bijdrage": besluit.eigen_bijdrage,
        "bewerkt": besluit.bewerkt - 1,
    }
    antwoord = als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "motivering"), oud)
    assert antwoord.status_code == 409
    assert [v.label for v in antwoord.context["botsing"].verschillen] == ["Waarom besluit u dit?"]
    assert besluit.motivering in antwoord.text
    nieuw = oud | {"bewerkt": antwoord.context["form"]["bewerkt"].value(), "keuze": "eigen"}
    assert als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "motivering"), nieuw).status_code == 302
    besluit.refresh_from_db()
    assert besluit.motivering == "U kunt niet dweilen."


def test_ondersteuning_van_een_collega_staat_naast_de_uwe(als, zaak):
    besluit = concept(zaak, toekenning(100))
    invoer = voorziening_invoer() | {"bewerkt": besluit.bewerkt - 1}
    antwoord = als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "ondersteuning"), invoer)
    assert antwoord.status_code == 409
    assert [(v.label, v.eigen, v.ander) for v in antwoord.context["botsing"].verschillen] == [
        ("Ondersteuning 1: Hoeveel", "125", "100")
    ]
    assert antwoord.context["bewerkt"] == besluit.bewerkt
    assert besluit.voorzieningen.get().volume == 100


@pytest.mark.parametrize("bewerkt", ["", "veel", "9" * 12])
def test_een_pagina_die_niet_zegt_wat_er_stond_overschrijft_niets(als, zaak, bewerkt):
    besluit = concept(zaak, toekenning(100))
    invoer = voorziening_invoer() | {"bewerkt": bewerkt}
    assert als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "ondersteuning"), invoer).status_code == 409
    assert besluit.voorzieningen.get().volume == 100


@pytest.mark.parametrize("aantal", ["", "veel", "-1"])
def test_een_rij_erbij_met_een_onzinnig_aantal_is_geen_foutpagina(als, zaak, aantal):
    concept(zaak, toekenning(100))
    invoer = voorziening_invoer() | {"form-TOTAL_FORMS": aantal, "wat": "erbij"}
    assert als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "ondersteuning"), invoer).status_code == 200


def test_een_tekst_die_ondertussen_is_veranderd_wordt_niet_ongelezen_getekend(als, zaak):
    besluit = klaar_om_te_tekenen(zaak)
    oud = {"wat": "teken", "bewerkt": besluit.bewerkt}
    Beschikking.objects.update(bewerkt=besluit.bewerkt + 1)  # sent back, changed and asked again
    antwoord = als(Rol.MANDAATHOUDER).post(url("beschikking-tekenen", zaak), oud)
    assert antwoord.status_code == 409
    assert "Iemand anders was eerder" in antwoord.text
    assert Beschikking.objects.get().status == "ter_ondertekening"


def test_mandaathouder_leest_tekent_en_het_scherm_noemt_de_datum(als, zaak):
    klaar_om_te_tekenen(zaak)
    mandaathouder = als(Rol.MANDAATHOUDER)
    pagina = mandaathouder.get(url("beschikking-tekenen", zaak)).text
    assert "Onderteken en verstuur" in pagina
    assert "Stuur terug" in pagina
    gelezen = {"wat": "teken", "bewerkt": Beschikking.objects.get().bewerkt}
    antwoord = mandaathouder.post(url("beschikking-tekenen", zaak), gelezen, follow=True)
    besluit = Beschikking.objects.get()
    assert "bezwaar maken" in antwoord.text
    assert f"{besluit.bezwaar_tot:%d-%m-%Y}" in antwoord.text
    assert besluit.status == "vastgesteld"


def test_terugsturen_zonder_reden_antwoordt_422_en_met_reden_ziet_de_opsteller_haar(als, zaak):
    klaar_om_te_tekenen(zaak)
    pad = url("beschikking-tekenen", zaak)
    antwoord = als(Rol.MANDAATHOUDER).post(pad, {"wat": "terug", "reden": ""})
    assert antwoord.status_code == 422
    assert "Schrijf op wat er anders moet." in antwoord.text
    als(Rol.MANDAATHOUDER).post(pad, {"wat": "terug", "reden": "De periode is te lang."})
    assert "De periode is te lang." in als(Rol.CONSULENT).get(url("beschikking-stap", zaak, "soort")).text


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"einddatum": ""}, "Bij een omvang per week hoort een einddatum."),
        ({"einddatum": "01-01-2026"}, "De einddatum ligt voor de begindatum."),
        ({"vorm": "pgb"}, "Vul dit in voor het pgb: waarom wil de cliënt een pgb?"),
    ],
)
def test_ondersteuning_met_fout_antwoordt_422(als, zaak, anders, zin):
    concept(zaak)
    antwoord = als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "ondersteuning"), voorziening_invoer(**anders))
    assert antwoord.status_code == 422
    assert zin in antwoord.text


def test_ondersteuning_begint_met_wat_het_plan_vraagt(als, zaak):
    met_plan(zaak, netto=165)
    concept(zaak)
    pagina = als(Rol.CONSULENT).get(url("beschikking-stap", zaak, "ondersteuning")).text
    assert 'name="form-0-volume" value="165"' in pagina
    assert "Een schoon huis</textarea>" in pagina


def test_controle_toont_rood_met_beide_waarden_en_links(als, zaak):
    met_plan(zaak, netto=110)
    concept(zaak, toekenning(125))
    pagina = als(Rol.CONSULENT).get(url("beschikking-stap", zaak, "controle")).text
    assert "In het plan staat 110 minuten, in de beschikking 125 minuten." in pagina
    assert f'href="{url("plan", zaak)}"' in pagina
    antwoord = als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "voorbeeld"))
    assert antwoord.status_code == 422
    assert "Pas één van de twee aan." in antwoord.text


def test_herzien_vraagt_grond_en_datum(als, zaak):
    oud = VoorzieningFactory(
        beschikking=BeschikkingFactory(beschikkingnummer="B-2024-000900", zaak__client=zaak.client)
    )
    concept(zaak)
    invoer = {"soort": "herziening", "bewerkt": Beschikking.objects.latest("id").bewerkt}
    antwoord = als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "soort"), invoer)
    assert antwoord.status_code == 422
    assert "Kies waarom u wijzigt of stopt." in antwoord.text
    goed = invoer | {"grond": "c", "werkt_vanaf": "01-12-2026", "beeindigt": [str(oud.pk)]}
    assert als(Rol.CONSULENT).post(url("beschikking-stap", zaak, "soort"), goed).status_code == 302

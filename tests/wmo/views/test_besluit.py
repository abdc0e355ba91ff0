"""Plan, normenkader and beschikking as pages: who may, what a refusal reads, what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    BeschikkingFactory,
    GemeenteFactory,
    NormregelFactory,
    NormtabelFactory,
    ProductFactory,
    VoorzieningFactory,
    aanstelling,
)
from tests.factories.besluit import (
    REDEN,
    concept,
    klaar_om_te_tekenen,
    met_normenkader,
    met_plan,
    normtabel,
    toekenning,
    zaak_met_aanvraag,
)
from wmo.actions import normenkaders, plannen
from wmo.keten import ketencontrole
from wmo.models import Beschikking, Leefgebied, Logregel, Normberekening, Perspectiefplan, Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


@pytest.fixture
def als(client):
    """Sign in with a role at the gemeente of the case."""

    def inloggen(rol, **velden):
        client.force_login(aanstelling(rol, **velden).gebruiker)
        return client

    return inloggen


def url(naam, zaak, *rest):
    return reverse(f"wmo:{naam}", args=[zaak.zaaknummer, *rest])


PAGINAS = [
    ("plan", ()),
    ("normenkader", ()),
    ("normenkader-soort", ("begeleiding",)),
    ("normenkader-soort", ("verblijf",)),
    ("beschikking", ()),
]


@pytest.mark.parametrize(("naam", "rest"), PAGINAS)
def test_lezen_kan_wie_het_dossier_leest_en_een_ander_ziet_niets(als, zaak, naam, rest):
    pad = url(naam, zaak, *rest)
    assert als(Rol.CONSULENT).get(pad).status_code == 200
    assert als(Rol.MANDAATHOUDER).get(pad).status_code == 200
    assert als(Rol.CONSULENT, gemeente=GemeenteFactory(code="0335")).get(pad).status_code == 404
    for rol in (Rol.PLANNING, Rol.REGIO, Rol.BEHEERDER, Rol.BELEIDSMEDEWERKER):
        assert als(rol).get(pad).status_code == 403


@pytest.mark.parametrize(
    ("naam", "rest", "rol"),
    [
        ("plan-vaststellen", (), Rol.BACKOFFICE),
        ("beschikking-stap", ("soort",), Rol.MANDAATHOUDER),
        ("beschikking-tekenen", (), Rol.CONSULENT),
        ("normenkader-reken", ("huishouden",), Rol.BACKOFFICE),
    ],
)
def test_schrijven_zonder_recht_is_403(als, zaak, naam, rest, rol):
    assert als(rol).post(url(naam, zaak, *rest)).status_code == 403


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
    assert "Iemand anders was eerder" in antwoord.text
    assert "Mijn andere tekst." in antwoord.text
    plan.refresh_from_db()
    assert plan.stem_client == "Ik wil thuis blijven wonen."


def test_rij_erbij_werkt_zonder_javascript_en_bewaart_niets(als, zaak, plan):
    antwoord = als(Rol.CONSULENT).post(url("plan", zaak), plan_invoer(wat="erbij-doelen"))
    assert antwoord.status_code == 200
    assert 'name="doelen-1-resultaat"' in antwoord.text
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


@pytest.fixture
def berekening(zaak):
    normtabel()
    return normenkaders.maak_concept(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=zaak.melding_op)


def norm_invoer(berekening, **anders):
    regels = {regel.code: regel.pk for regel in berekening.tabel.regels.all()}
    invoer = {"wat": "vaststellen", "bewerkt": "0", f"r{regels['basis']}-aan": "on"}
    invoer |= {
        f"r{regels['wassen']}-{veld}": w
        for veld, w in [("wie", "hulp"), ("aantal", "1"), ("periode", "52"), ("minuten", "21")]
    }
    return invoer | anders


def test_zonder_tabel_zegt_de_pagina_wie_te_vragen(als, zaak):
    assert "nog geen normtabel. Vraag functioneel beheer." in als(Rol.CONSULENT).get(url("normenkader", zaak)).text


def test_kortdurend_verblijf_legt_zichzelf_uit(als, zaak):
    assert "heeft geen normenkader" in als(Rol.CONSULENT).get(url("normenkader-soort", zaak, "verblijf")).text


def test_normenkader_vaststellen(als, zaak, berekening):
    antwoord = als(Rol.CONSULENT).post(url("normenkader", zaak), norm_invoer(berekening))
    assert antwoord.status_code == 302
    berekening.refresh_from_db()
    assert (berekening.berekend, berekening.vastgesteld) == (146, 146)
    assert berekening.vastgesteld_op is not None


def test_rekenen_met_htmx_geeft_alleen_het_totaal_en_bewaart_niets(als, zaak, berekening):
    pad = url("normenkader-reken", zaak, "huishouden")
    consulent = als(Rol.CONSULENT)
    consulent.get(url("normenkader", zaak))  # opening the dossier is logged; reckoning adds nothing to that
    vooraf = Logregel.objects.count()
    antwoord = consulent.post(pad, norm_invoer(berekening, vastgesteld="180"), headers={"HX-Request": "true"})
    assert "Totaal 3:00 uur per week" in antwoord.text.replace('<span class="wmo-num">', "").replace("</span>", "")
    assert "<html" not in antwoord.text
    assert Logregel.objects.count() == vooraf
    berekening.refresh_from_db()
    assert berekening.berekend == 125


def test_reken_opnieuw_zonder_javascript(als, zaak, berekening):
    antwoord = als(Rol.CONSULENT).post(url("normenkader", zaak), norm_invoer(berekening, wat="reken"))
    assert antwoord.status_code == 200
    assert "146" in antwoord.text
    berekening.refresh_from_db()
    assert berekening.berekend == 125


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"vastgesteld": "159", "afwijking_reden": "U hebt COPD."}, "waarom 13 minuten extra nodig zijn"),
        ({"vastgesteld": "veel"}, "Vul een tijd in, bijvoorbeeld 165 of 2:45."),
        ({"tweewekelijks": "on"}, "Eén bezoek per twee weken kan tot en met 150 minuten."),
    ],
)
def test_normenkader_met_fout_antwoordt_422(als, zaak, berekening, anders, zin):
    antwoord = als(Rol.CONSULENT).post(url("normenkader", zaak), norm_invoer(berekening, **anders))
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert Normberekening.objects.get().vastgesteld_op is None


def test_oud_normenkader_antwoordt_409(als, zaak, berekening):
    consulent = als(Rol.CONSULENT)
    consulent.post(url("normenkader", zaak), norm_invoer(berekening, wat="concept"))
    antwoord = consulent.post(url("normenkader", zaak), norm_invoer(berekening))
    assert antwoord.status_code == 409
    assert "Uw keuzes staan nog op dit scherm" in antwoord.text


def test_begeleiding_kiest_niveaus_en_nooit_vanzelf_specialistisch(als, zaak):
    tabel = NormtabelFactory(soort="begeleiding")
    for niveau, laag, hoog in [("licht", 15, 30), ("zwaar", 300, None)]:
        NormregelFactory(
            tabel=tabel, code=f"geld-{niveau}", omschrijving="Met geld rondkomen", soort="band", niveau=niveau,
            uren_per_jaar=None, minuten_min=laag, minuten_max=hoog,
        )  # fmt: skip
    pad = url("normenkader-soort", zaak, "begeleiding")
    consulent = als(Rol.CONSULENT)
    consulent.post(pad, {"wat": "begin"})
    pagina = consulent.get(pad).text
    assert "Licht: 15 tot en met 30 minuten" in pagina
    assert "Zwaar: 300 minuten of meer" in pagina
    assert "vijf uur of meer is niet vanzelf specialistisch" in pagina
    keuze = str(tabel.regels.get(niveau="zwaar").pk)
    consulent.post(
        pad, {"wat": "vaststellen", "bewerkt": "0", "n-geld": keuze, "vastgesteld": "5:30", "afwijking_reden": REDEN}
    )
    assert Normberekening.objects.get().vastgesteld == 330


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


def test_mandaathouder_leest_tekent_en_het_scherm_noemt_de_datum(als, zaak):
    klaar_om_te_tekenen(zaak)
    mandaathouder = als(Rol.MANDAATHOUDER)
    pagina = mandaathouder.get(url("beschikking-tekenen", zaak)).text
    assert "Onderteken en verstuur" in pagina
    assert "Stuur terug" in pagina
    antwoord = mandaathouder.post(url("beschikking-tekenen", zaak), {"wat": "teken"}, follow=True)
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


def test_dossier_toont_of_alles_klopt(als, zaak):
    met_plan(zaak)
    pagina = als(Rol.CONSULENT).get(url("zaak", zaak)).text
    assert "Klopt alles met elkaar?" in pagina
    assert "Het plan heeft 1 doel met een datum." in pagina


def test_geen_bsn_op_deze_paginas(als, zaak):
    klaar_om_te_tekenen(zaak)
    mandaathouder = als(Rol.MANDAATHOUDER)
    assert zaak.client.bsn
    for naam in ("plan", "normenkader", "beschikking", "beschikking-tekenen"):
        assert zaak.client.bsn not in mandaathouder.get(url(naam, zaak)).text


def gevuld(aantal):
    """A case with so many products in plan and decision."""
    zaak = zaak_met_aanvraag()
    producten = [ProductFactory(code=f"01A{n:02d}", naam=f"Hulp {n}") for n in range(aantal)]
    met_plan(zaak, ondersteuning=[plannen.Ondersteuningdeel(product, 60) for product in producten])
    concept(zaak, *(toekenning(60, product=product) for product in producten))
    return zaak


@pytest.mark.parametrize("aantal", [1, 3])
def test_controle_kost_evenveel_vragen_hoeveel_er_ook_te_vergelijken_is(aantal, django_assert_num_queries):
    zaak = Zaak.objects.get(pk=gevuld(aantal).pk)
    with django_assert_num_queries(14):
        ketencontrole(zaak, op=date(2026, 11, 23))


def vragen(client, pad):
    """How many queries a page takes once the look was recorded; the dossier head counts panels of other apps too."""
    client.get(pad)
    with CaptureQueriesContext(connection) as gevangen:
        assert client.get(pad).status_code == 200
    return len(gevangen)


@pytest.mark.parametrize(
    ("naam", "rest"),
    [("plan", ()), ("beschikking-stap", ("controle",)), ("beschikking-stap", ("voorbeeld",)), ("beschikking", ())],
)
def test_aantal_vragen_groeit_niet_met_de_inhoud(als, naam, rest):
    bezoeker = als(Rol.MANDAATHOUDER if naam == "beschikking" else Rol.CONSULENT)
    een, drie = (vragen(bezoeker, url(naam, gevuld(aantal), *rest)) for aantal in (1, 3))
    assert een == drie

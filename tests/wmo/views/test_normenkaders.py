"""The normenkader as a page: reckon, deviate, fix."""

from decimal import Decimal

import pytest

from tests.factories import NormregelFactory, NormtabelFactory, PerceelFactory, ProductFactory, aanstelling
from tests.factories.besluit import REDEN, normtabel, zaak_met_aanvraag
from tests.factories.declaraties import TariefFactory
from tests.wmo.views.paden import url
from wmo.actions import normenkaders
from wmo.models import Logregel, Normberekening
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


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


def test_wat_elkaar_uitsluit_is_een_vraag_met_rondjes(als, zaak):
    tabel = normtabel()
    veel = NormregelFactory(
        tabel=tabel, code="veel", omschrijving="Veel extra inzet", soort="meer", uren_per_jaar=52, groep="inzet"
    )
    tabel.regels.filter(code="meer").update(groep="inzet")
    berekening = normenkaders.maak_concept(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=zaak.melding_op)
    pagina = als(Rol.CONSULENT).get(url("normenkader", zaak)).text
    assert pagina.count('type="radio" name="g-inzet"') == 3
    assert "Veel extra inzet (+60)" in pagina
    als(Rol.CONSULENT).post(
        url("normenkader", zaak), norm_invoer(berekening, wat="concept", **{"g-inzet": str(veel.pk)})
    )
    assert set(berekening.keuzes.values_list("regel__code", flat=True)) == {"basis", "wassen", "veel"}


def test_kosten_per_week_staan_bij_het_totaal(als, zaak, berekening):
    perceel = PerceelFactory(gemeente=zaak.gemeente)
    TariefFactory(contract=perceel.contract, product=ProductFactory())
    wie = als(Rol.CONSULENT)
    assert [k.per_week for k in wie.get(url("normenkader", zaak)).context["kosten"]] == [Decimal("68.75")]
    pad = url("normenkader-reken", zaak, "huishouden")
    nieuw = wie.post(pad, norm_invoer(berekening, vastgesteld="180"), headers={"HX-Request": "true"})
    assert "€\xa099,00" in nieuw.text
    assert "€\xa05.148,00" in nieuw.text
    assert "€\xa00,55 per minuut" in nieuw.text


def test_oud_normenkader_antwoordt_409(als, zaak, berekening):
    consulent = als(Rol.CONSULENT)
    consulent.post(url("normenkader", zaak), norm_invoer(berekening, wat="concept"))
    antwoord = consulent.post(url("normenkader", zaak), norm_invoer(berekening))
    assert antwoord.status_code == 409
    assert "heeft dit intussen gewijzigd" in antwoord.text


def test_botsing_noemt_de_keuzes_die_anders_zijn(als, zaak, berekening):
    als(Rol.CONSULENT).post(url("normenkader", zaak), norm_invoer(berekening, wat="concept"))
    regels = {regel.code: regel.pk for regel in berekening.tabel.regels.all()}
    anders = {f"r{regels['wassen']}-wie": "netwerk", "toelichting": "De buurvrouw doet de was."}
    antwoord = als(Rol.CONSULENT).post(url("normenkader", zaak), norm_invoer(berekening, **anders))
    assert [(v.label, v.eigen, v.ander) for v in antwoord.context["botsing"].verschillen] == [
        ("Toelichting", "De buurvrouw doet de was.", "(niets ingevuld)"),
        ("Wassen: wie doet het", "Mantelzorg of netwerk", "Hulp"),
    ]
    opnieuw = norm_invoer(berekening, **anders, bewerkt=antwoord.context["form"]["bewerkt"].value(), keuze="eigen")
    del opnieuw["wat"]
    assert als(Rol.CONSULENT).post(url("normenkader", zaak), opnieuw).status_code == 302
    assert Normberekening.objects.get().toelichting == "De buurvrouw doet de was."


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

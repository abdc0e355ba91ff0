"""The perspectiefplan is fixed once, by the gemeente, and goes on as a vervolgdeel (R-070 to R-076, R-210, R-221)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import ProductFactory, ZaakFactory, aanstelling, moment
from tests.factories.besluit import (
    EINDE,
    adres,
    concept,
    met_normenkader,
    met_plan,
    planinhoud,
    toekenning,
    zaak_met_aanvraag,
)
from tests.wmo.brieven import pdf
from wmo.actions import plannen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Aftrek, Document, Logregel, Perspectiefplan, Taak
from wmo.permissions import Rol
from wmo.rules import plannen as regels

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    zaak = ZaakFactory(status="onderzoek")
    adres(zaak.gemeente)
    return zaak


@pytest.fixture
def consulent(zaak):
    return aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)


@pytest.fixture
def plan(zaak, consulent):
    return plannen.maak_concept(zaak=zaak, door=consulent, nu=moment())


def test_eerste_versie_begint_met_de_woorden_van_de_melding_en_staat_in_de_tijdlijn(zaak, plan):
    assert (plan.versie, plan.is_vervolg, plan.vastgesteld_op) == (1, False, None)
    assert plan.stem_client == zaak.hulpvraag != ""
    assert not plan.ondersteuning.exists()
    assert Logregel.objects.tijdlijn(zaak).get().handeling == "plannen.maak_concept"


@pytest.mark.parametrize(("producten", "minuten"), [(1, [125]), (2, [])], ids=["een product", "twee producten"])
def test_plan_begint_met_de_minuten_van_het_normenkader(zaak, consulent, producten, minuten):
    """With two products somebody has to choose which one holds them."""
    for nummer in range(producten):
        ProductFactory(code=f"01A{nummer:02d}", naam=f"Hulp {nummer}")
    met_normenkader(zaak)
    plan = plannen.maak_concept(zaak=zaak, door=consulent, nu=moment())
    assert list(plan.ondersteuning.values_list("bruto", flat=True)) == minuten
    assert list(plan.ondersteuning.values_list("netto", flat=True)) == minuten


def test_twee_concepten_tegelijk_kan_niet(zaak, plan, consulent):
    with pytest.raises(Geweigerd) as fout:
        plannen.maak_concept(zaak=zaak, door=consulent, nu=moment())
    assert fout.value.reden == "AL_BEZIG"


def test_gesloten_zaak_krijgt_geen_plan(consulent):
    with pytest.raises(Geweigerd, match="gesloten"):
        plannen.maak_concept(zaak=ZaakFactory(status="ingetrokken"), door=consulent, nu=moment())


@pytest.mark.parametrize("rol", [Rol.PLANNING, Rol.ADMINISTRATIE, Rol.BACKOFFICE, Rol.REGIO, Rol.MANDAATHOUDER])
def test_alleen_de_consulent_schrijft_het_plan(zaak, rol):
    with pytest.raises(PermissionDenied):
        plannen.maak_concept(zaak=zaak, door=aanstelling(rol), nu=moment())
    assert not Perspectiefplan.objects.exists()


def test_bewaren_vervangt_wat_er_stond(plan, consulent):
    plannen.bewaar(plan=plan, inhoud=planinhoud(), door=consulent, nu=moment())
    plannen.bewaar(plan=plan, inhoud=planinhoud(doelen=()), door=consulent, nu=moment())
    plan.refresh_from_db()
    assert (plan.leefgebieden.count(), plan.doelen.count(), plan.bewerkt) == (1, 0, 2)


def test_wie_met_een_oud_formulier_bewaart_overschrijft_niets(plan, consulent):
    plannen.bewaar(plan=plan, inhoud=planinhoud(), bewerkt=0, door=consulent, nu=moment())
    with pytest.raises(IntussenGewijzigd):
        plannen.bewaar(plan=plan, inhoud=planinhoud(stem_client="Iets anders."), bewerkt=0, door=consulent, nu=moment())
    assert Perspectiefplan.objects.get().stem_client == "Ik wil in mijn eigen huis blijven wonen."


def test_netto_is_bruto_min_wat_anderen_doen(plan, consulent):
    deel = plannen.Ondersteuningdeel(
        ProductFactory(),
        200,
        (regels.Aftrek("mantelzorg", 30, "Dochter doet de was."), regels.Aftrek("eigen_kracht", 5, "Stoft zelf af.")),
    )
    plannen.bewaar(plan=plan, inhoud=planinhoud(ondersteuning=[deel]), door=consulent, nu=moment())
    rij = plan.ondersteuning.get()
    assert (rij.bruto, rij.netto) == (200, 165)
    assert set(rij.aftrekken.values_list("bron", flat=True)) == {"mantelzorg", "eigen_kracht"}


@pytest.mark.parametrize(
    ("aftrek", "zin"),
    [
        (regels.Aftrek("mantelzorg", 30, " "), "Leg bij Hulp bij het huishouden uit waarom er 30 af gaat."),
        (regels.Aftrek("mantelzorg", 300, "Dochter doet alles."), "meer af (300) dan er nodig is (200)"),
    ],
    ids=["zonder reden", "meer dan bruto"],
)
def test_aftrek_die_niet_kan_wordt_geweigerd_en_bewaart_niets(plan, consulent, aftrek, zin):
    deel = plannen.Ondersteuningdeel(ProductFactory(), 200, (aftrek,))
    with pytest.raises(Geweigerd) as fout:
        plannen.bewaar(plan=plan, inhoud=planinhoud(ondersteuning=[deel]), door=consulent, nu=moment())
    assert zin in fout.value.zin
    assert not Aftrek.objects.exists()
    assert not Logregel.objects.filter(handeling="plannen.bewaar").exists()


def test_vaststellen_maakt_de_brief_en_zet_de_evaluatie_klaar(zaak):
    plan = met_plan(zaak)
    document = Document.objects.get(soort=Document.Soort.PERSPECTIEFPLAN)
    assert document.bestandsnaam == f"perspectiefplan-{zaak.zaaknummer}-P1.pdf"
    assert "Ik wil in mijn eigen huis blijven wonen." in pdf.tekst(document.inhoud)
    taak = Taak.objects.get(soort=Taak.Soort.EVALUATIE)
    assert (taak.uiterlijk, taak.zaak) == (plan.evaluatiedatum, zaak)
    assert zaak.client.achternaam not in taak.titel + document.bestandsnaam


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"evaluatiedatum": None}, "Kies een datum voor de evaluatie."),
        ({"evaluatiedatum": date(2026, 11, 23)}, "ligt niet in de toekomst"),
        ({"stem_client": ""}, "Begin met de woorden van de cliënt."),
        ({"leefgebieden": ()}, "minstens één leefgebied"),
        ({"doelen": ()}, "minstens één doel"),
    ],
    ids=["geen evaluatie", "evaluatie vandaag", "geen stem", "geen leefgebied", "geen doel"],
)
def test_onvolledig_plan_wordt_niet_vastgesteld(plan, consulent, anders, zin):
    plannen.bewaar(plan=plan, inhoud=planinhoud(**anders), door=consulent, nu=moment())
    with pytest.raises(Geweigerd) as fout:
        plannen.stel_vast(plan=plan, door=consulent, nu=moment())
    assert zin in fout.value.zin
    assert Perspectiefplan.objects.get().vastgesteld_op is None


def test_evaluatie_na_het_einde_van_de_beschikking_wordt_geweigerd():
    zaak = zaak_met_aanvraag()
    concept(zaak, toekenning())
    with pytest.raises(Geweigerd, match=f"ligt na het einde van de beschikking \\({EINDE:%d-%m-%Y}\\)"):
        met_plan(zaak, evaluatiedatum=date(2028, 12, 1))


def test_vastgestelde_versie_verandert_niet_meer(zaak, consulent):
    plan = met_plan(zaak)
    with pytest.raises(Geweigerd, match="vervolgdeel"):
        plannen.bewaar(plan=plan, inhoud=planinhoud(), door=consulent, nu=moment())


def test_vervolgdeel_begint_met_wat_er_was_en_kiest_de_evaluatie_opnieuw(zaak, consulent):
    vorige = met_plan(zaak)
    vervolg = plannen.maak_concept(zaak=zaak, door=consulent, nu=moment())
    assert (vervolg.versie, vervolg.is_vervolg, vervolg.evaluatiedatum) == (2, True, None)
    assert vervolg.leefgebieden.get().situatie == vorige.leefgebieden.get().situatie
    assert vervolg.ondersteuning.get().netto == vorige.ondersteuning.get().netto
    assert vervolg.doelen.get().resultaat == "Een schoon huis"


def test_een_blijvend_dagdeel_vraagt_een_gesprek_en_houdt_niets_tegen():
    dagdeel = regels.Ondersteuning("Dagbesteding", "16", 1)
    assert regels.waarschuwingen([dagdeel]) == [regels.DAGDEEL_GESPREK]
    assert regels.waarschuwingen([regels.Ondersteuning("Dagbesteding", "16", 2)]) == []


def test_ontvangst_door_de_aanbieder_wordt_vastgelegd(zaak, consulent):
    plan = met_plan(zaak)
    plannen.meld_ontvangst(plan=plan, op=date(2026, 11, 25), door=consulent, nu=moment())
    assert Perspectiefplan.objects.get().ontvangen_door_aanbieder_op == date(2026, 11, 25)

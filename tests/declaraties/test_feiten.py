"""What the control knows of earlier months: all of it in the sums, and no more lines than a new one can meet."""

from datetime import date
from decimal import Decimal as D

import pytest

from declaraties.actions import declaraties, feiten
from declaraties.models import Declaratie
from declaraties.rules.controle import Boekhouding, Regel
from tests.declaraties.conftest import NOVEMBER, NU
from tests.declaraties.test_ontvangst import codes, ontvang, regel
from tests.factories.declaraties import PrestatieFactory
from wmo.periodes import Periode

pytestmark = pytest.mark.django_db
DECEMBER, JANUARI = Periode.maand(2026, 12), Periode.maand(2027, 1)


def boek(declaratie: Declaratie, *regels: Regel) -> Boekhouding:
    bekend = feiten.toewijzingen(declaratie, {r.toewijzingnummer for r in regels})
    boeken = feiten.boeken(declaratie, bekend.values(), regels)
    return boeken.get(regels[0].toewijzingnummer, Boekhouding())


@pytest.fixture
def jaar(wereld):
    """November approved, December approved, credited and declared again for less, one line of it refused."""
    november = regel(wereld.toewijzing, "N1")
    december = november._replace(referentienummer="D1", periode=DECEMBER)
    ontvang(wereld, [november], nummer="EXT1")
    ontvang(wereld, [december], nummer="EXT2", maand=date(2026, 12, 1))
    credit = december._replace(referentienummer="D2", is_credit=True, vorig_referentienummer="D1")
    minder = december._replace(referentienummer="D3", volume=480, bedrag=D("264.00"))
    fout = december._replace(referentienummer="D4", bedrag=D("1.00"))
    derde = ontvang(wereld, [credit, minder, fout], nummer="EXT3", maand=date(2026, 12, 1))
    assert codes(derde) == {"D2": [], "D3": [], "D4": ["9389", "9346"]}
    return wereld


def volgende(w) -> Declaratie:
    """A declaration that has no lines yet."""
    return Declaratie.objects.create(
        aanbieder=w.aanbieder, gemeente=w.gemeente, declaratienummer="EXT9", maand=date(2027, 1, 1), opgesteld_op=NU
    )


def test_de_sommen_tellen_alle_maanden_en_de_regels_alleen_de_eigen(jaar):
    nieuw = regel(jaar.toewijzing, "J1")._replace(periode=JANUARI)
    gevonden = boek(volgende(jaar), nieuw)
    assert gevonden.volume == 600 + 480
    assert gevonden.bedrag == D("330.00") + D("264.00")
    assert gevonden.debets == {}


def test_wie_crediteert_vindt_de_debet_en_wat_ervan_over_is(jaar):
    credit = regel(jaar.toewijzing, "J2")._replace(periode=JANUARI, is_credit=True, vorig_referentienummer="D3")
    gevonden = boek(volgende(jaar), credit)
    assert set(gevonden.debets) == {"D1", "D3"}
    assert gevonden.gecrediteerd == {"D1"}
    levend = gevonden.levend(("01", "01A03", DECEMBER))
    assert levend is not None
    assert levend.referentienummer == "D3"


def test_wat_nog_concept_is_telt_niet(geleverd):
    concept = declaraties.stel_op(
        aanbieder=geleverd.aanbieder, gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.administratie, nu=NU
    )
    concept.regels.update(status="goedgekeurd")
    gevonden = boek(volgende(geleverd), regel(geleverd.toewijzing))
    assert (gevonden.bedrag, gevonden.debets) == (0, {})


def test_aantal_vragen_hangt_niet_af_van_wat_er_eerder_was(jaar, django_assert_num_queries):
    PrestatieFactory(toewijzing=jaar.toewijzing)
    declaratie, nieuw = volgende(jaar), regel(jaar.toewijzing, "J1")._replace(periode=JANUARI)
    bekend = feiten.toewijzingen(declaratie, {nieuw.toewijzingnummer})
    with django_assert_num_queries(2):
        feiten.boeken(declaratie, bekend.values(), [nieuw])

"""The statement that builds a month computes what the rules compute (R-262, R-263)."""

from datetime import date
from decimal import Decimal as D

import pytest

from declaraties.actions import declaraties
from declaraties.models import Tarief
from declaraties.rules import tarieven
from declaraties.rules.controle import Prijs, bedrag_van, eenheidsprijs
from declaraties.rules.tarieven import Methode
from tests.declaraties.conftest import NOVEMBER, NU
from tests.factories import ProductFactory
from tests.factories.declaraties import PrestatieFactory, TariefFactory
from wmo.models import Contract

pytestmark = pytest.mark.django_db

# minutes, by the rounded minute, by the hour
TABEL = [(60, "33.00", "32.85"), (120, "66.00", "65.70"), (125, "68.75", "68.44"), (150, "82.50", "82.13")]


def bouw_met(wereld, minuten: int, tarief: str, methode: Methode, eenheid: str = "01"):
    Contract.objects.update(rekenmethode=methode)
    product = ProductFactory(code="02A05", eenheid=eenheid, naam="Begeleiding")
    wereld.perceel.contract.producten.add(product)
    TariefFactory(product=product, tarief=D(tarief))
    toewijzing = wereld.toewijzing_erbij(
        product=product, voorziening__product=product, eenheid=eenheid, frequentie="6", volume=10**6
    )
    PrestatieFactory(toewijzing=toewijzing, aantal=minuten)
    concept = declaraties.bouw_maand(
        aanbieder=wereld.aanbieder, gemeente=wereld.gemeente, maand=NOVEMBER, door=wereld.administratie, nu=NU
    )
    return concept.regels.get(toewijzing=toewijzing)


@pytest.mark.parametrize(("minuten", "per_minuut", "per_uur"), [*TABEL, (6500, "3575.00", "3558.75")])
def test_de_tabel_van_r_262(wereld, minuten, per_minuut, per_uur):
    assert tarieven.bedrag(Methode.MINUUT_AFGEROND, D("32.85"), minuten) == D(per_minuut)
    assert tarieven.bedrag(Methode.UUR_NAAR_RATO, D("32.85"), minuten) == D(per_uur)
    assert bouw_met(wereld, minuten, "32.85", Methode.MINUUT_AFGEROND).bedrag == D(per_minuut)


@pytest.mark.parametrize(("minuten", "per_minuut", "per_uur"), TABEL)
def test_de_tabel_van_r_262_naar_rato(wereld, minuten, per_minuut, per_uur):
    assert bouw_met(wereld, minuten, "32.85", Methode.UUR_NAAR_RATO).bedrag == D(per_uur)


@pytest.mark.parametrize("methode", list(Methode))
@pytest.mark.parametrize(
    ("tarief", "minuten"), [("0.30", 1), ("0.90", 1), ("34.48", 125), ("59.99", 7), ("32.70", 61), ("100.01", 9999)]
)
def test_halve_centen_gaan_omhoog_net_als_in_de_regels(wereld, methode, tarief, minuten):
    regel = bouw_met(wereld, minuten, tarief, methode)
    prijs = Prijs(D(tarief), methode)
    assert regel.tarief == eenheidsprijs(prijs, "01")
    assert regel.bedrag == bedrag_van(prijs, "01", minuten, regel.tarief)


def test_uren_worden_in_minuten_gedeclareerd(wereld):
    """TR341: assigned in hours, declared in minutes."""
    regel = bouw_met(wereld, 90, "36.00", Methode.UUR_NAAR_RATO, eenheid="04")
    assert (regel.eenheid, regel.volume, regel.bedrag) == ("01", 90, D("54.00"))


def test_etmalen_tegen_hun_eigen_prijs(wereld):
    regel = bouw_met(wereld, 3, "145.50", Methode.MINUUT_AFGEROND, eenheid="14")
    assert (regel.eenheid, regel.tarief, regel.bedrag) == ("14", D("145.50"), D("436.50"))


def test_euros_zonder_tarief(wereld):
    regel = bouw_met(wereld, 12345, "1.00", Methode.MINUUT_AFGEROND, eenheid="83")
    assert (regel.tarief, regel.bedrag) == (None, D("123.45"))


def test_zonder_tarief_valt_de_regel_op(geleverd):
    """No price in that period: the line is there with nothing, and the control says why."""
    Tarief.objects.update(einddatum=date(2026, 10, 31))
    concept = declaraties.bouw_maand(
        aanbieder=geleverd.aanbieder, gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.administratie, nu=NU
    )
    assert (concept.regels.get().tarief, concept.regels.get().bedrag) == (None, D("0.00"))

"""Indexation: R-260, R-270, R-271, R-274."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaraties.rules.indexatie import (
    Basis,
    Correctiemethode,
    Indexcijfers,
    bereken_index,
    geindexeerd,
    nieuw_uurtarief,
)
from wmo.rules.afronden import rond_af

OVA = Indexcijfers(Decimal("4.94"), Decimal("6.00"), Decimal("4.18"))
PPC = Indexcijfers(Decimal("2.51"), Decimal("3.10"), Decimal("1.82"))
PROCENTEN = st.decimals(min_value=-5, max_value=12, places=2)


class TestVngAdvies:
    """The published example: 90 % personnel, 10 % material."""

    def test_met_het_verschil(self) -> None:
        index = bereken_index(gewicht_personeel=Decimal("0.90"), personeel=OVA, materieel=PPC)
        assert index.voorlopig_t == Fraction("4.697")
        assert index.definitief_t == Fraction("5.71")
        assert index.voorlopig_t1 == Fraction("3.944")
        assert index.percentage == Fraction("4.957")
        assert geindexeerd(Decimal("32.85"), index.percentage) == Decimal("34.48")

    def test_met_de_verhouding(self) -> None:
        # the method computes 4.95 %; the association itself published 4.91 % by a method that is not known
        index = bereken_index(
            gewicht_personeel=Decimal("0.90"), personeel=OVA, materieel=PPC, methode=Correctiemethode.VERHOUDING
        )
        assert rond_af(index.percentage, 3) == Decimal("4.950")
        assert index.methode == "verhouding"

    def test_het_eerste_jaar_na_inkoop_kent_geen_correctie(self) -> None:
        zonder_definitief = Indexcijfers(Decimal("4.94"), None, Decimal("4.18"))
        index = bereken_index(
            gewicht_personeel=Decimal("0.90"), personeel=zonder_definitief, materieel=PPC, eerste_jaar_na_inkoop=True
        )
        assert index.percentage == Fraction("3.944")
        with pytest.raises(ValueError, match="definitief"):
            bereken_index(gewicht_personeel=Decimal("0.90"), personeel=zonder_definitief, materieel=PPC)


def test_de_twee_methoden_geven_soms_een_ander_tarief() -> None:
    personeel = Indexcijfers(Decimal("5.00"), Decimal("2.00"), Decimal("1.00"))
    materieel = Indexcijfers(Decimal("4.00"), Decimal("1.00"), Decimal("0.50"))
    tarieven = [
        geindexeerd(
            Decimal("78.40"),
            bereken_index(
                gewicht_personeel=Decimal("0.90"), personeel=personeel, materieel=materieel, methode=methode
            ).percentage,
        )
        for methode in Correctiemethode
    ]
    assert tarieven == [Decimal("76.79"), Decimal("76.88")]


@pytest.mark.parametrize(("basis", "uurtarief"), [(Basis.UUR, "34.48"), (Basis.MINUUT, "34.80")])
def test_de_basis_maakt_verschil(basis: Basis, uurtarief: str) -> None:
    # 0.57 a minute through the hour, 0.58 through the rounded minute
    assert nieuw_uurtarief(Decimal("32.85"), Decimal("4.957"), basis) == Decimal(uurtarief)


def test_een_gewicht_ligt_tussen_nul_en_een() -> None:
    with pytest.raises(ValueError, match="gewicht"):
        bereken_index(gewicht_personeel=Decimal("1.10"), personeel=OVA, materieel=PPC)


@given(PROCENTEN, PROCENTEN, st.sampled_from(Correctiemethode))
def test_zonder_voorspelfout_telt_alleen_de_nieuwe_prognose(t: Decimal, t1: Decimal, methode: Correctiemethode) -> None:
    reeks = Indexcijfers(t, t, t1)
    index = bereken_index(gewicht_personeel=Decimal("0.75"), personeel=reeks, materieel=reeks, methode=methode)
    assert index.percentage == Fraction(t1)


@given(st.decimals(min_value="0.01", max_value="500", places=2))
def test_nul_procent_verandert_niets(tarief: Decimal) -> None:
    assert geindexeerd(tarief, Decimal(0)) == tarief
    assert nieuw_uurtarief(tarief, Decimal(0), Basis.UUR) == tarief

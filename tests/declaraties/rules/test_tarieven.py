"""Amounts: the table of R-262, the control of R-263, whole hours (IV079)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaraties.rules import tarieven
from declaraties.rules.tarieven import Methode

UURTARIEF = Decimal("32.85")
BEDRAGEN = st.decimals(min_value="0.01", max_value="250", places=2)


@pytest.mark.parametrize(
    ("minuten", "per_minuut", "naar_rato"),
    [
        (60, "33.00", "32.85"),
        (120, "66.00", "65.70"),
        (125, "68.75", "68.44"),
        (150, "82.50", "82.13"),
        (6500, "3575.00", "3558.75"),
    ],
)
def test_tabel_van_beide_methoden(minuten: int, per_minuut: str, naar_rato: str) -> None:
    assert tarieven.bedrag(Methode.MINUUT_AFGEROND, UURTARIEF, minuten) == Decimal(per_minuut)
    assert tarieven.bedrag(Methode.UUR_NAAR_RATO, UURTARIEF, minuten) == Decimal(naar_rato)


def test_het_minuuttarief_van_het_voorbeeld() -> None:
    assert tarieven.minuuttarief(UURTARIEF) == Decimal("0.55")
    assert tarieven.minuuttarief(Decimal("0.30")) == Decimal("0.01")


@pytest.mark.parametrize(
    ("uurtarief", "deelbaar"), [("55.80", True), ("32.40", True), ("32.85", False), ("41.70", False)]
)
def test_deelbaar_door_zestig_cent(uurtarief: str, deelbaar: bool) -> None:
    assert tarieven.deelbaar_door_060(Decimal(uurtarief)) is deelbaar


@pytest.mark.parametrize(
    ("methode", "tarief", "ingediend", "codes"),
    [
        pytest.param(Methode.UUR_NAAR_RATO, "0.55", "68.44", [], id="naar rato goed"),
        pytest.param(Methode.UUR_NAAR_RATO, "0.55", "68.75", ["9346"], id="naar rato met minuuttarief gerekend"),
        pytest.param(Methode.UUR_NAAR_RATO, "0.54", "68.44", ["0611"], id="naar rato, ander tarief vermeld"),
        pytest.param(Methode.MINUUT_AFGEROND, "0.55", "68.75", [], id="per minuut goed"),
        pytest.param(Methode.MINUUT_AFGEROND, "0.55", "68.44", ["9346"], id="per minuut naar rato gerekend"),
        pytest.param(Methode.MINUUT_AFGEROND, "0.54", "67.50", ["0611"], id="ander tarief, zelf kloppend"),
        pytest.param(Methode.MINUUT_AFGEROND, "0.54", "68.75", ["0611", "9346"], id="tarief en bedrag fout"),
    ],
)
def test_controle_van_een_regel(methode: Methode, tarief: str, ingediend: str, codes: list[str]) -> None:
    assert (
        tarieven.controleer_bedrag(
            methode=methode,
            uurtarief=UURTARIEF,
            minuten=125,
            producttarief=Decimal(tarief),
            ingediend=Decimal(ingediend),
        )
        == codes
    )


@pytest.mark.parametrize(
    ("minuten", "uren"),
    [([95] * 4, 6), ([30], 1), ([29], 1), ([1], 1), ([60, 29], 1), ([60, 30], 2), ([], 0), ([0], 0)],
)
def test_hele_uren_over_de_productperiode(minuten: list[int], uren: int) -> None:
    assert tarieven.hele_uren(minuten) == uren


def test_een_bedrag_in_meer_dan_centen_wordt_geweigerd() -> None:
    with pytest.raises(ValueError, match="decimalen"):
        tarieven.centen(Decimal("1.005"))


@given(st.integers(-10_000_000, 10_000_000))
def test_centen_heen_en_terug(cent: int) -> None:
    assert tarieven.centen(tarieven.euros(cent)) == cent


@given(BEDRAGEN, st.integers(0, 20_000))
def test_methoden_zijn_gelijk_als_het_tarief_deelbaar_is(uurtarief: Decimal, minuten: int) -> None:
    verschil = tarieven.bedrag(Methode.MINUUT_AFGEROND, uurtarief, minuten) - tarieven.bedrag(
        Methode.UUR_NAAR_RATO, uurtarief, minuten
    )
    # rounding the minute tariff moves it half a cent at most; the other method rounds once
    assert abs(verschil) <= Decimal("0.005") * minuten + Decimal("0.005")
    if tarieven.deelbaar_door_060(uurtarief):
        assert verschil == 0


@given(BEDRAGEN, st.integers(0, 5000), st.sampled_from(Methode))
def test_wat_wij_zelf_berekenen_keurt_de_controle_goed(uurtarief: Decimal, minuten: int, methode: Methode) -> None:
    assert not tarieven.controleer_bedrag(
        methode=methode,
        uurtarief=uurtarief,
        minuten=minuten,
        producttarief=tarieven.minuuttarief(uurtarief),
        ingediend=tarieven.bedrag(methode, uurtarief, minuten),
    )

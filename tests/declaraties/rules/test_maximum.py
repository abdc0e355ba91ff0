"""Product periods and maxima: R-280 to R-282, IV076 to IV078, IV089, TR321, TR322, TR341."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declaraties.rules import maximum
from declaraties.rules.maximum import Frequentie, Omvang, Prestatieregel
from wmo.periodes import Periode

NAJAAR = Periode(date(2025, 10, 7), date(2025, 12, 30))
ZOMER_TOT_ZONDAG = Periode(date(2025, 7, 7), date(2025, 9, 7))
ZOMER_TOT_ZATERDAG = Periode(date(2025, 7, 7), date(2025, 9, 6))


def per_week(volume: int, periode: Periode, *, eenheid: str = "04", categorie: str = "02") -> Omvang:
    return Omvang(volume, eenheid, Frequentie.WEEK, categorie, periode)


def maxima(omvang: Omvang) -> list[int]:
    return [maximum.max_per_productperiode(omvang, p) for p in maximum.productperioden(omvang.periode)]


@pytest.mark.parametrize(
    ("omvang", "per_periode", "totaal"),
    [
        pytest.param(per_week(3, NAJAAR), [12, 15, 15], 39, id="IV077 inspanning"),
        pytest.param(per_week(3, NAJAAR, categorie="01"), [18, 18, 18], 39, id="categorie 01: zes weken"),
        pytest.param(per_week(3, ZOMER_TOT_ZONDAG), [12, 15, 3], 27, id="IV076 inspanning"),
        pytest.param(
            per_week(3, Periode(date(2025, 11, 12), date(2025, 12, 13))), [9, 6], 15, id="IV078 gebroken weken"
        ),
        pytest.param(
            per_week(300, ZOMER_TOT_ZONDAG, eenheid="83"), [900, 1500, 300], 2700, id="IV076 output tot zondag"
        ),
        pytest.param(
            per_week(300, ZOMER_TOT_ZATERDAG, eenheid="83"), [900, 1800, 0], 2700, id="IV076 output tot zaterdag"
        ),
        pytest.param(
            per_week(300, Periode(date(2025, 10, 1), date(2025, 12, 31)), eenheid="83"),
            [1200, 1500, 1500],
            4200,
            id="oktober 2025 heeft vier zondagen",
        ),
        pytest.param(
            per_week(300, Periode(date(2025, 7, 7), date(2025, 9, 5)), eenheid="83"),
            [900, 1800, 0],
            2700,
            id="IV077 output 2",
        ),
        pytest.param(
            per_week(2, Periode(date(2026, 3, 31), date(2026, 4, 2)), eenheid="82"),
            [0, 2],
            2,
            id="output zonder zondag",
        ),
        pytest.param(
            per_week(2, ZOMER_TOT_ZATERDAG, eenheid="82", categorie="01"), [6, 12, 0], 18, id="categorie 01 met output"
        ),
        pytest.param(
            per_week(3, Periode(date(2026, 11, 11), date(2026, 11, 30))), [12], 12, id="weken 46-49 van november 2026"
        ),
        pytest.param(
            Omvang(15, "04", Frequentie.MAAND, "02", Periode(date(2025, 10, 14), date(2025, 12, 13))),
            [15, 15, 15],
            45,
            id="IV078 gebroken maand mag vol",
        ),
        pytest.param(
            Omvang(30, "01", Frequentie.DAG, "02", Periode(date(2026, 2, 27), date(2026, 3, 2))),
            [60, 60],
            120,
            id="per dag",
        ),
        pytest.param(
            Omvang(52, "14", Frequentie.TOTAAL, "04", Periode(date(2026, 1, 1), date(2026, 2, 1))),
            [52, 52],
            52,
            id="totaal",
        ),
    ],
)
def test_tabel_van_maxima(omvang: Omvang, per_periode: list[int], totaal: int) -> None:
    assert maxima(omvang) == per_periode
    assert maximum.max_totaal(omvang) == totaal


def test_productperioden_van_het_voorbeeld() -> None:
    perioden = maximum.productperioden(Periode(date(2025, 4, 8), date(2025, 6, 17)))
    assert [(p.ingangsdatum.day, p.laatste_dag.day) for p in perioden] == [(8, 30), (1, 31), (1, 17)]


class TestOpenToewijzing:
    OPEN = Omvang(15, "04", Frequentie.MAAND, "02", Periode(date(2025, 10, 14)))

    def test_vraagt_om_een_laatste_maand(self) -> None:
        with pytest.raises(ValueError, match="begrens"):
            maximum.productperioden(self.OPEN.periode)
        assert len(maximum.productperioden(self.OPEN.periode, date(2026, 1, 31))) == 4
        assert maximum.productperioden(self.OPEN.periode, date(2025, 9, 30)) == []

    def test_heeft_alleen_een_maximum_per_periode(self) -> None:
        uitkomst = maximum.toets(self.OPEN, productperiode=Periode.maand(2026, 1), volume=16, eenheid="04")
        assert (uitkomst.max_periode, uitkomst.max_totaal, uitkomst.restant) == (15, None, None)
        assert uitkomst.codes == ("9321",)

    def test_per_week_bij_output_heeft_geen_laatste_week(self) -> None:
        omvang = per_week(300, Periode(date(2025, 7, 7)), eenheid="83")
        assert maximum.max_per_productperiode(omvang, Periode.maand(2025, 8)) == 1500
        assert maximum.max_totaal(omvang) is None

    def test_einde_in_9999_is_geen_fout(self) -> None:
        omvang = Omvang(15, "04", Frequentie.MAAND, "02", Periode(date(2025, 1, 1), date.max))
        assert maximum.max_totaal(omvang) == 15 * 12 * 7975


class TestToets:
    DECEMBER = Periode(date(2025, 12, 1), date(2025, 12, 30))

    @pytest.mark.parametrize(
        ("volume", "eerder", "codes"),
        [
            pytest.param(12, [12, 15], (), id="precies op"),
            pytest.param(13, [12, 15], ("9322",), id="totaal overschreden"),
            pytest.param(16, [], ("9321",), id="periode overschreden"),
            pytest.param(16, [12, 15], ("9321", "9322"), id="allebei"),
        ],
    )
    def test_grenzen(self, volume: int, eerder: list[int], codes: tuple[str, ...]) -> None:
        uitkomst = maximum.toets(
            per_week(3, NAJAAR),
            productperiode=self.DECEMBER,
            volume=volume,
            eenheid="04",
            eerder=[Prestatieregel(uren) for uren in eerder],
        )
        assert uitkomst.codes == codes

    def test_een_credit_geeft_de_ruimte_terug(self) -> None:
        eerder = [Prestatieregel(15), Prestatieregel(15, is_credit=True), Prestatieregel(27)]
        uitkomst = maximum.toets(
            per_week(3, NAJAAR), productperiode=self.DECEMBER, volume=12, eenheid="04", eerder=eerder
        )
        assert (uitkomst.al_goedgekeurd, uitkomst.restant, uitkomst.codes) == (27, 12, ())

    def test_uren_toegewezen_en_minuten_gedeclareerd(self) -> None:
        uitkomst = maximum.toets(per_week(3, NAJAAR), productperiode=self.DECEMBER, volume=901, eenheid="01")
        assert (uitkomst.max_periode, uitkomst.max_totaal, uitkomst.codes) == (900, 2340, ("9321",))

    def test_een_andere_eenheid_past_niet(self) -> None:
        assert maximum.toets(per_week(3, NAJAAR), productperiode=self.DECEMBER, volume=1, eenheid="16").codes == (
            "9341",
        )

    def test_buiten_de_toewijzing_is_geen_ruimte(self) -> None:
        assert maximum.max_per_productperiode(per_week(3, NAJAAR), Periode.maand(2026, 1)) == 0
        assert maximum.max_in(per_week(3, NAJAAR), Periode.maand(2026, 1)) == 15, "TR321 laat dat aan TR307 en TR308"


@st.composite
def weektoewijzingen(draw: st.DrawFn, eenheid: str) -> Omvang:
    begin = draw(st.dates(date(2024, 1, 1), date(2032, 12, 31)))
    periode = Periode(begin, begin + timedelta(days=draw(st.integers(0, 500))))
    return per_week(draw(st.integers(1, 500)), periode, eenheid=eenheid)


@given(weektoewijzingen(eenheid="82"))
def test_output_perioden_tellen_op_tot_het_totaal(omvang: Omvang) -> None:
    assert sum(maxima(omvang)) == maximum.max_totaal(omvang)


@given(weektoewijzingen(eenheid="04"))
def test_inspanning_geeft_per_periode_ruimte_maar_in_totaal_elke_week_eenmaal(omvang: Omvang) -> None:
    totaal = maximum.max_totaal(omvang)
    assert totaal is not None
    assert max(maxima(omvang)) <= totaal <= sum(maxima(omvang))

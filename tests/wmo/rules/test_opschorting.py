"""Suspension of the decision term (R-046, R-047) and the penalty (R-050)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wmo.rules.kalenders import KALENDER
from wmo.data import dwangsombedragen
from wmo.rules import dwangsom
from wmo.rules.opschorting import Grond, Opschorting, besluit, wegens_aanvulling, wegens_buitenlandse_informatie

AANVRAAG = date(2026, 9, 1)


def stil(eerste: date, laatste: date | None, grond: Grond = Grond.INSTEMMING) -> Opschorting:
    return Opschorting(grond, eerste, laatste)


class TestOpschorting:
    def test_zonder_opschorting_twee_weken(self) -> None:
        termijn = besluit(date(2026, 4, 13), KALENDER).termijn
        assert termijn is not None
        assert termijn.laatste_dag == date(2026, 4, 28), "27 april is Koningsdag"

    def test_overlap_telt_eenmaal(self) -> None:
        uitkomst = besluit(
            AANVRAAG,
            KALENDER,
            [stil(date(2026, 9, 3), date(2026, 9, 10)), stil(date(2026, 9, 8), date(2026, 9, 12), Grond.OVERMACHT)],
        )
        assert uitkomst.opgeschorte_dagen == 10

    def test_een_lopende_opschorting_heeft_geen_laatste_dag(self) -> None:
        uitkomst = besluit(AANVRAAG, KALENDER, [stil(date(2026, 9, 3), None)])
        assert not uitkomst.loopt
        assert uitkomst.termijn is None

    def test_na_afloop_valt_er_niets_meer_op_te_schorten(self) -> None:
        te_laat = stil(date(2026, 9, 16), date(2026, 9, 22), Grond.VERTRAGING_AANVRAGER)
        uitkomst = besluit(AANVRAAG, KALENDER, [te_laat])
        assert uitkomst.opgeschorte_dagen == 0
        assert uitkomst.telt_niet_mee == (te_laat,)

    def test_binnen_de_verlengde_termijn_kan_het_wel(self) -> None:
        eerste, tweede = stil(date(2026, 9, 10), date(2026, 9, 14)), stil(date(2026, 9, 18), date(2026, 9, 19))
        uitkomst = besluit(AANVRAAG, KALENDER, [tweede, eerste])
        assert (uitkomst.opgeschorte_dagen, uitkomst.telt_niet_mee) == (7, ())

    def test_dagen_voor_de_termijn_verlengen_niets(self) -> None:
        assert besluit(AANVRAAG, KALENDER, [stil(date(2026, 8, 30), date(2026, 9, 2))]).opgeschorte_dagen == 1

    @given(st.lists(st.tuples(st.integers(1, 14), st.integers(0, 20)), max_size=5))
    def test_elke_opgeschorte_dag_verlengt_met_een_dag(self, stukken: list[tuple[int, int]]) -> None:
        opschortingen = [
            stil(AANVRAAG + timedelta(days=begin), AANVRAAG + timedelta(days=begin + duur)) for begin, duur in stukken
        ]
        dagen = {begin + stap for begin, duur in stukken for stap in range(duur + 1)}
        uitkomst = besluit(AANVRAAG, KALENDER, opschortingen)
        assert uitkomst.termijn is not None
        assert uitkomst.opgeschorte_dagen == len(dagen)
        assert uitkomst.termijn.ruw == AANVRAAG + timedelta(days=14 + len(dagen))


class TestGronden:
    """R-046 (1a) and (1b)."""

    UITNODIGING, HERSTEL = date(2026, 9, 7), date(2026, 9, 21)

    @pytest.mark.parametrize(
        ("aangevuld", "laatste"),
        [
            pytest.param(date(2026, 9, 14), date(2026, 9, 13), id="aangevuld: tot die dag"),
            pytest.param(date(2026, 9, 25), date(2026, 9, 21), id="te laat: de hele hersteltermijn"),
            pytest.param(None, date(2026, 9, 21), id="nooit: de hele hersteltermijn"),
        ],
    )
    def test_aanvulling(self, aangevuld: date | None, laatste: date) -> None:
        opschorting = wegens_aanvulling(uitnodiging=self.UITNODIGING, hersteltermijn=self.HERSTEL, aangevuld=aangevuld)
        assert opschorting == Opschorting(Grond.AANVULLING, date(2026, 9, 8), laatste)
        assert not opschorting.bericht_bij_einde

    def test_zonder_hersteltermijn_geen_opschorting(self) -> None:
        assert wegens_aanvulling(uitnodiging=self.UITNODIGING, hersteltermijn=None, aangevuld=date(2026, 9, 20)) is None

    def test_de_volgende_dag_aangevuld_schort_niets_op(self) -> None:
        morgen = self.UITNODIGING + timedelta(days=1)
        assert wegens_aanvulling(uitnodiging=self.UITNODIGING, hersteltermijn=self.HERSTEL, aangevuld=morgen) is None

    def test_de_andere_lezing_telt_de_dag_zelf_mee(self) -> None:
        ruim = wegens_aanvulling(
            uitnodiging=self.UITNODIGING, hersteltermijn=self.HERSTEL, aangevuld=date(2026, 9, 14), tot_en_met=True
        )
        assert ruim is not None
        assert ruim.laatste_dag == date(2026, 9, 14)

    def test_buitenlandse_informatie_loopt_tot_zij_er_is(self) -> None:
        open_ = wegens_buitenlandse_informatie(mededeling=self.UITNODIGING, informatie_ontvangen=None)
        assert open_ is not None
        assert open_.laatste_dag is None
        assert open_.bericht_bij_einde


class TestDwangsom:
    """R-050."""

    @pytest.mark.parametrize(
        ("dagen", "bedrag"), [(0, 0), (1, 23), (14, 322), (15, 357), (28, 812), (42, 1442), (100, 1442)]
    )
    def test_bedragen_sinds_2019(self, dagen: int, bedrag: int) -> None:
        assert dwangsom.bedrag_na(dagen, dwangsom.bedragen_op(date(2025, 6, 2), dwangsombedragen())) == Decimal(bedrag)

    def test_de_dag_van_de_ingebrekestelling_bepaalt_het_tarief(self) -> None:
        oud = dwangsom.bedragen_op(date(2018, 12, 31), dwangsombedragen())
        nieuw = dwangsom.bedragen_op(date(2019, 1, 1), dwangsombedragen())
        assert dwangsom.bedrag_na(42, oud) == Decimal(1260)
        assert dwangsom.bedrag_na(42, nieuw) == Decimal(1442)
        assert dwangsom.bedragen_op(date(2009, 9, 30), dwangsombedragen()) is None

    def bereken(self, *, bekend: date, lezing: dwangsom.Lezing | None = None) -> dwangsom.Dwangsom:
        return dwangsom.dwangsom(
            uiterste_beslisdatum=date(2026, 11, 9),
            ingebrekestelling=date(2026, 11, 22),
            bekendgemaakt_of_vandaag=bekend,
            tabel=dwangsombedragen(),
            kalender=KALENDER,
            lezing=lezing,
        )

    def test_vanaf_dag_vijftien_na_verschuiving_van_de_twee_weken(self) -> None:
        uitkomst = self.bereken(bekend=date(2026, 12, 10))
        assert uitkomst.einde_twee_weken == date(2026, 12, 7), "6 december is een zondag"
        assert (uitkomst.eerste_dag, uitkomst.dagen) == (date(2026, 12, 8), 2)

    @pytest.mark.parametrize(
        ("lezing", "dagen"),
        [
            (dwangsom.Lezing(besluitdag_telt_mee=True), 3),
            (dwangsom.Lezing(eerste_dag_is_dag_14=True), 4),
            (dwangsom.Lezing(atw_op_twee_weken=False), 3),
        ],
    )
    def test_de_andere_lezingen_zijn_een_instelling(self, lezing: dwangsom.Lezing, dagen: int) -> None:
        assert self.bereken(bekend=date(2026, 12, 10), lezing=lezing).dagen == dagen

    def test_op_tijd_na_de_ingebrekestelling_kost_niets(self) -> None:
        assert self.bereken(bekend=date(2026, 12, 1)).bedrag == 0

    def test_een_te_vroege_ingebrekestelling_geldt_niet(self) -> None:
        uitkomst = dwangsom.dwangsom(
            uiterste_beslisdatum=date(2026, 11, 9),
            ingebrekestelling=date(2026, 11, 9),
            bekendgemaakt_of_vandaag=date(2027, 1, 9),
            tabel=dwangsombedragen(),
            kalender=KALENDER,
        )
        assert (uitkomst.ingebrekestelling_geldig, uitkomst.bedrag, uitkomst.eerste_dag) == (False, 0, None)

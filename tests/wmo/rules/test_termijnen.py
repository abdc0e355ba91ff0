"""Statutory terms: the computed table of R-040 and what the vectors do not reach."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wmo.rules.kalenders import KALENDER
from wmo.rules import termijnen
from wmo.rules.termijnen import Eenheid, SoortTermijn

DAGEN = st.dates(date(2022, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("termijn", "gebeurtenis", "ruw", "laatste_dag"),
    [
        pytest.param(termijnen.onderzoek, "2026-11-02", "2026-12-14", "2026-12-14", id="gewoon"),
        pytest.param(termijnen.onderzoek, "2026-11-13", "2026-12-25", "2026-12-28", id="kerst en zondag"),
        pytest.param(termijnen.onderzoek, "2027-03-24", "2027-05-05", "2027-05-10", id="5 mei, Hemelvaart, besluitdag"),
        pytest.param(termijnen.bezwaar, "2026-11-14", "2026-12-26", "2026-12-28", id="zaterdag en tweede kerstdag"),
        pytest.param(termijnen.persoonlijk_plan, "2026-10-06", "2026-10-13", "2026-10-13", id="zeven dagen"),
    ],
)
def test_tabel_van_termijnen(termijn, gebeurtenis: str, ruw: str, laatste_dag: str) -> None:
    uitkomst = termijn(date.fromisoformat(gebeurtenis), KALENDER)
    assert (uitkomst.ruw.isoformat(), uitkomst.laatste_dag.isoformat()) == (ruw, laatste_dag)


def test_een_verschuiving_zegt_waarom() -> None:
    termijn = termijnen.onderzoek(date(2026, 11, 13), KALENDER)
    assert termijn.redenen == (
        "De laatste dag was 25-12-2026. Dat is Eerste Kerstdag. Daarom is de laatste dag 28-12-2026.",
    )
    assert termijnen.onderzoek(date(2026, 11, 2), KALENDER).redenen == ()


class TestAanvraagKan:
    """R-020: after the verslag, or when the six weeks are over without one."""

    MELDING = date(2026, 11, 13)

    def kan(self, op: date, verslag: date | None = None) -> bool:
        return termijnen.aanvraag_kan(melding=self.MELDING, verslag_verstrekt_op=verslag, op=op, kalender=KALENDER)

    def test_op_de_laatste_dag_nog_niet(self) -> None:
        assert not self.kan(date(2026, 12, 28))
        assert self.kan(date(2026, 12, 29))

    def test_zodra_het_verslag_er_is(self) -> None:
        assert not self.kan(date(2026, 11, 19), verslag=date(2026, 11, 20))
        assert self.kan(date(2026, 11, 20), verslag=date(2026, 11, 20))


class TestBezwaarTijdig:
    """R-051, Awb 6:9."""

    @pytest.mark.parametrize(
        ("ter_post", "ontvangen", "tijdig"),
        [
            pytest.param(None, date(2025, 2, 17), True, id="op de laatste dag ontvangen"),
            pytest.param(None, date(2025, 2, 18), False, id="een dag te laat, niet per post"),
            pytest.param(date(2025, 2, 17), date(2025, 2, 24), True, id="gepost en binnen een week"),
            pytest.param(date(2025, 2, 17), date(2025, 2, 25), False, id="gepost maar na een week"),
            pytest.param(date(2025, 2, 18), date(2025, 2, 19), False, id="te laat gepost"),
            pytest.param(date(2025, 2, 1), None, False, id="nooit aangekomen"),
        ],
    )
    def test_op_tijd(self, ter_post: date | None, ontvangen: date | None, tijdig: bool) -> None:
        assert (
            termijnen.bezwaar_is_tijdig(
                bekendmaking=date(2025, 1, 6), ontvangen=ontvangen, ter_post=ter_post, kalender=KALENDER
            )
            is tijdig
        )


class TestBeslissingOpBezwaar:
    """R-053: six or twelve weeks after the bezwaar term, six more when adjourned."""

    @pytest.mark.parametrize(
        ("adviescommissie", "verdaagd", "weken"),
        [(False, False, 6), (True, False, 12), (False, True, 12), (True, True, 18)],
    )
    def test_weken(self, adviescommissie: bool, verdaagd: bool, weken: int) -> None:
        termijn = termijnen.beslissing_op_bezwaar(
            date(2026, 1, 15), KALENDER, adviescommissie=adviescommissie, verdaagd=verdaagd
        )
        assert termijn.gebeurtenis == date(2026, 2, 26)
        assert termijn.ruw == date(2026, 2, 26) + timedelta(weeks=weken)


class TestAlgemeneTermijnenwet:
    """R-042 and R-044."""

    EERSTE_KERSTDAG = date(2026, 12, 25)

    @pytest.mark.parametrize(
        ("aantal", "eenheid", "schuift"),
        [
            (90, Eenheid.DAGEN, True),
            (91, Eenheid.DAGEN, False),
            (12, Eenheid.WEKEN, True),
            (13, Eenheid.WEKEN, False),
            (3, Eenheid.MAANDEN, True),
            (4, Eenheid.MAANDEN, False),
            (1, Eenheid.JAREN, False),
        ],
    )
    def test_lange_termijnen_schuiven_niet(self, aantal: int, eenheid: Eenheid, schuift: bool) -> None:
        assert termijnen.atw_geldt(aantal, eenheid) is schuift

    def test_dwangsom_en_terugrekenen_schuiven_niet(self) -> None:
        zes_weken_ervoor = self.EERSTE_KERSTDAG - timedelta(weeks=6)
        dwangsom = termijnen.wettelijke_termijn(zes_weken_ervoor, 42, Eenheid.DAGEN, KALENDER, SoortTermijn.DWANGSOM)
        assert dwangsom.laatste_dag == self.EERSTE_KERSTDAG
        week_erna = self.EERSTE_KERSTDAG + timedelta(weeks=1)
        terug = termijnen.wettelijke_termijn(week_erna, 1, Eenheid.WEKEN, KALENDER, SoortTermijn.TERUGGEREKEND)
        assert terug.laatste_dag == self.EERSTE_KERSTDAG

    def test_maanden_houden_het_dagnummer(self) -> None:
        termijn = termijnen.wettelijke_termijn(date(2026, 11, 30), 3, Eenheid.MAANDEN, KALENDER)
        assert (termijn.ruw, termijn.laatste_dag) == (date(2027, 2, 28), date(2027, 3, 1))

    @given(DAGEN, st.integers(3, 6))
    def test_een_korte_termijn_heeft_twee_gewone_dagen(self, gebeurtenis: date, dagen: int) -> None:
        termijn = termijnen.wettelijke_termijn(gebeurtenis, dagen, Eenheid.DAGEN, KALENDER)
        assert termijnen.gewone_dagen_in(gebeurtenis, (termijn.laatste_dag - gebeurtenis).days, KALENDER) >= 2

    @given(DAGEN)
    def test_het_venster_van_zeven_dagen_heeft_er_altijd_twee(self, melding: date) -> None:
        # R-042 never touches the plan window
        assert termijnen.gewone_dagen_in(melding, 7, KALENDER) >= 2


@given(DAGEN, DAGEN)
def test_een_latere_melding_heeft_nooit_een_eerdere_termijn(eerste: date, tweede: date) -> None:
    vroeg, laat = sorted([eerste, tweede])
    assert termijnen.onderzoek(vroeg, KALENDER).laatste_dag <= termijnen.onderzoek(laat, KALENDER).laatste_dag


def test_doorlooptijd_is_acht_weken() -> None:
    assert termijnen.doorlooptijd(date(2026, 11, 2)) == date(2026, 12, 28)

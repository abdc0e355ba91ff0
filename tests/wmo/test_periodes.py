"""Periods of whole days and the domain date."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo.periodes import Periode, iso_weken_in_jaar, maanden_later, samengevoegd, vandaag

DAGEN = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@st.composite
def perioden(draw: st.DrawFn) -> Periode:
    begin = draw(DAGEN)
    return Periode(begin, begin + timedelta(days=draw(st.integers(0, 900))))


@st.composite
def open_of_gesloten(draw: st.DrawFn) -> Periode:
    periode = draw(perioden())
    return periode if draw(st.booleans()) else Periode(periode.ingangsdatum)


class TestVandaag:
    def test_na_middernacht_in_amsterdam_is_het_de_nieuwe_dag(self) -> None:
        assert vandaag(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
        assert vandaag(datetime(2026, 1, 1, 22, 30, tzinfo=UTC)) == date(2026, 1, 1)

    def test_een_moment_zonder_tijdzone_wordt_geweigerd(self) -> None:
        with pytest.raises(ValueError, match="tijdzone"):
            vandaag(datetime(2026, 1, 1, 12))  # noqa: DTZ001


class TestGrenzen:
    def test_einde_voor_begin_bestaat_niet(self) -> None:
        with pytest.raises(ValueError, match="ligt voor"):
            Periode(date(2026, 2, 2), date(2026, 2, 1))

    def test_beide_einden_tellen_mee(self) -> None:
        periode = Periode(date(2026, 2, 1), date(2026, 2, 3))
        assert [
            dag in periode for dag in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 3), date(2026, 2, 4))
        ] == [
            False,
            True,
            True,
            False,
        ]
        assert periode.aantal_dagen == 3

    def test_een_open_periode_telt_pas_na_begrenzen(self) -> None:
        periode = Periode(date(2026, 2, 1))
        with pytest.raises(ValueError, match="begrens"):
            periode.maanden()
        assert periode.tot_en_met(date(2026, 2, 28)) == Periode.maand(2026, 2)
        assert periode.tot_en_met(date(2026, 1, 31)) is None

    def test_aansluiten(self) -> None:
        januari = Periode.maand(2026, 1)
        assert Periode(date(2026, 2, 1)).sluit_aan_op(januari)
        assert not Periode(date(2026, 2, 2)).sluit_aan_op(januari)
        assert not Periode(date(2026, 2, 2)).sluit_aan_op(Periode(date(2026, 1, 1)))

    def test_tekst(self) -> None:
        assert str(Periode(date(2026, 1, 5), date(2026, 2, 6))) == "05-01-2026 t/m 06-02-2026"
        assert str(Periode(date(2026, 1, 5))) == "05-01-2026 t/m open"


@pytest.mark.parametrize(
    ("dag", "aantal", "later"),
    [
        pytest.param(date(2026, 1, 31), 1, date(2026, 2, 28), id="31 januari kent februari niet"),
        pytest.param(date(2028, 2, 29), -12, date(2027, 2, 28), id="schrikkeldag een jaar terug"),
        pytest.param(date(2026, 11, 15), 3, date(2027, 2, 15), id="over de jaargrens"),
    ],
)
def test_maanden_later(dag: date, aantal: int, later: date) -> None:
    assert maanden_later(dag, aantal) == later


def test_hele_maanden_tellen_alleen_van_de_eerste_tot_de_laatste_dag() -> None:
    # no care from 3 March to 30 April leaves April alone
    assert Periode(date(2026, 3, 3), date(2026, 4, 30)).hele_maanden() == [Periode.maand(2026, 4)]


def test_jaren_met_53_weken() -> None:
    assert [jaar for jaar in range(2020, 2040) if iso_weken_in_jaar(jaar) == 53] == [2020, 2026, 2032, 2037]


@given(perioden())
def test_maanden_zijn_een_verdeling(periode: Periode) -> None:
    delen = periode.maanden()
    assert [dag for deel in delen for dag in deel.dagen()] == list(periode.dagen())
    assert periode.aantal_maanden == len(delen)
    assert all(deel.ingangsdatum.month == deel.laatste_dag.month for deel in delen)


@given(perioden())
def test_weken_en_zondagen_zijn_wat_je_met_de_hand_telt(periode: Periode) -> None:
    dagen = list(periode.dagen())
    zondagen = [dag for dag in dagen if dag.isoweekday() == 7]
    assert periode.aantal_iso_weken == len({dag.isocalendar()[:2] for dag in dagen})
    assert periode.aantal_zondagen == len(zondagen)
    assert periode.laatste_zondag == (zondagen[-1] if zondagen else None)


@given(open_of_gesloten(), open_of_gesloten(), DAGEN)
def test_doorsnede_bevat_precies_de_gedeelde_dagen(links: Periode, rechts: Periode, dag: date) -> None:
    samen = links.doorsnede(rechts)
    assert samen == rechts.doorsnede(links)
    assert (samen is not None) == links.overlapt(rechts)
    assert (samen is not None and dag in samen) == (dag in links and dag in rechts)


@given(open_of_gesloten(), open_of_gesloten())
def test_bevatten_is_een_doorsnede_die_niets_afknipt(groot: Periode, klein: Periode) -> None:
    assert groot.bevat(klein) == (groot.doorsnede(klein) == klein)


@given(st.lists(perioden(), max_size=6))
def test_samenvoegen_telt_elke_dag_eenmaal(lijst: list[Periode]) -> None:
    reeksen = samengevoegd(lijst)
    assert sum(reeks.aantal_dagen for reeks in reeksen) == len({dag for periode in lijst for dag in periode.dagen()})
    assert not any(links.overlapt(rechts) for links, rechts in pairwise(reeksen))

"""The calendar: R-041, R-043, R-045."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wmo.rules.kalenders import KALENDER, STRENG, ZONDER_BESLUITEN
from wmo.rules.kalender import eerste_paasdag, feestdagen

DAGEN = st.dates(date(2020, 1, 1), date(2040, 12, 31))

# published dates of Easter Sunday
PASEN = {
    1999: (4, 4),
    2008: (3, 23),
    2011: (4, 24),
    2019: (4, 21),
    2024: (3, 31),
    2026: (4, 5),
    2035: (3, 25),
    2038: (4, 25),
    2049: (4, 18),
}


@pytest.mark.parametrize(("jaar", "dag"), PASEN.items())
def test_pasen(jaar: int, dag: tuple[int, int]) -> None:
    assert eerste_paasdag(jaar) == date(jaar, *dag)


def test_koningsdag_wijkt_uit_voor_zondag() -> None:
    assert date(2025, 4, 26) in feestdagen(2025)
    assert date(2025, 4, 27) not in feestdagen(2025)
    assert date(2026, 4, 27) in feestdagen(2026)


@pytest.mark.parametrize("jaar", [2024, 2025, 2026, 2027])
def test_vijf_mei_telt_elk_jaar(jaar: int) -> None:
    assert feestdagen(jaar)[date(jaar, 5, 5)] == "Bevrijdingsdag"


def test_eerste_paasdag_en_pinksterdag_zijn_gewoon_zondag() -> None:
    assert len(feestdagen(2026)) == 9
    assert KALENDER.reden_vrij(date(2026, 4, 5)) == "zondag"


class TestBesluitdagen:
    """R-045: a decree day always shifts a statutory term; for a contract term a setting decides."""

    VRIJDAG_NA_HEMELVAART = date(2027, 5, 7)

    def test_verschuift_een_wettelijke_termijn(self) -> None:
        assert KALENDER.schuif_door(date(2027, 5, 5)) == date(2027, 5, 10)
        assert ZONDER_BESLUITEN.schuif_door(date(2027, 5, 5)) == self.VRIJDAG_NA_HEMELVAART

    def test_is_standaard_een_werkdag(self) -> None:
        assert KALENDER.is_werkdag(self.VRIJDAG_NA_HEMELVAART)
        assert not STRENG.is_werkdag(self.VRIJDAG_NA_HEMELVAART)
        assert KALENDER.werkdagen_na(date(2027, 5, 4), 2) == date(2027, 5, 10)
        assert STRENG.werkdagen_na(date(2027, 5, 4), 2) == date(2027, 5, 11)


@pytest.mark.parametrize(
    ("ruw", "laatste", "zin"),
    [
        (
            date(2026, 12, 25),
            date(2026, 12, 28),
            "De laatste dag was 25-12-2026. Dat is Eerste Kerstdag. Daarom is de laatste dag 28-12-2026.",
        ),
        (
            date(2026, 11, 14),
            date(2026, 11, 16),
            "De laatste dag was 14-11-2026. Dat is een zaterdag. Daarom is de laatste dag 16-11-2026.",
        ),
        (date(2026, 11, 16), date(2026, 11, 16), None),
    ],
)
def test_waarom_deze_datum(ruw: date, laatste: date, zin: str | None) -> None:
    assert KALENDER.schuif_door(ruw) == laatste
    assert KALENDER.waarom_verschoven(ruw, laatste) == zin


def test_werkdagen_tellen_niet_terug() -> None:
    with pytest.raises(ValueError, match="vooruit"):
        KALENDER.werkdagen_na(date(2026, 1, 5), -1)


@given(DAGEN)
def test_doorschuiven_komt_op_een_gewone_dag_en_gaat_nooit_terug(dag: date) -> None:
    uitkomst = KALENDER.schuif_door(dag)
    assert uitkomst >= dag
    assert KALENDER.is_gewone_dag(uitkomst)
    assert KALENDER.schuif_door(uitkomst) == uitkomst
    assert not any(KALENDER.is_gewone_dag(dag + timedelta(days=stap)) for stap in range((uitkomst - dag).days))


@given(DAGEN, st.integers(1, 40))
def test_tellen_en_terugtellen_geeft_hetzelfde_aantal(dag: date, aantal: int) -> None:
    uiterste = KALENDER.werkdagen_na(dag, aantal)
    assert KALENDER.is_werkdag(uiterste)
    assert KALENDER.werkdagen_tussen(dag, uiterste) == aantal

"""Contract terms: R-045, R-101, R-103, R-128, R-233, R-285."""

from datetime import UTC, date, datetime

import pytest

from tests.wmo.rules.kalenders import KALENDER
from wmo.periodes import AMSTERDAM
from wmo.rules import contracttermijnen
from wmo.rules.contracttermijnen import Startsignalen


def test_opdracht_binnen_twee_werkdagen_over_kerst() -> None:
    assert contracttermijnen.opdracht_uiterlijk(date(2026, 12, 24), KALENDER) == date(2026, 12, 29)


def test_start_binnen_twintig_werkdagen_over_de_jaarwisseling() -> None:
    assert contracttermijnen.startsignalen(date(2026, 12, 7), KALENDER) == Startsignalen(
        waarschuwing=date(2026, 12, 29), uiterste_datum=date(2027, 1, 6), overschreden_vanaf=date(2027, 1, 7)
    )


@pytest.mark.parametrize(
    ("bericht", "uiterlijk"), [("302", date(2026, 11, 19)), ("305", date(2026, 11, 23)), ("325", date(2026, 11, 30))]
)
def test_berichtklokken(bericht: str, uiterlijk: date) -> None:
    assert contracttermijnen.bericht_uiterlijk(bericht, date(2026, 11, 16), KALENDER) == uiterlijk


def test_een_bericht_zonder_termijn_heeft_geen_klok() -> None:
    with pytest.raises(KeyError):
        contracttermijnen.bericht_uiterlijk("323", date(2026, 11, 16), KALENDER)


class TestKlokuren:
    """24 hours are 24 hours, whatever the wall clock does (R-128)."""

    def test_zomertijd(self) -> None:
        uitvraag = datetime(2026, 3, 28, 12, tzinfo=AMSTERDAM)
        assert contracttermijnen.spoed_antwoord_uiterlijk(uitvraag).isoformat() == "2026-03-29T13:00:00+02:00"

    def test_wintertijd(self) -> None:
        uitvraag = datetime(2026, 10, 24, 12, tzinfo=AMSTERDAM)
        assert contracttermijnen.spoed_antwoord_uiterlijk(uitvraag).isoformat() == "2026-10-25T11:00:00+01:00"

    def test_andere_tijdzone_geeft_hetzelfde_moment(self) -> None:
        uitvraag = datetime(2026, 7, 1, 10, tzinfo=UTC)
        assert contracttermijnen.klokuren_later(uitvraag, 1) == datetime(2026, 7, 1, 11, tzinfo=UTC)

    def test_zonder_tijdzone_geen_antwoord(self) -> None:
        with pytest.raises(ValueError, match="tijdzone"):
            contracttermijnen.klokuren_later(datetime(2026, 7, 1, 10), 24)  # noqa: DTZ001


def test_weken_schuiven_nergens_voor() -> None:
    eerste_kerstdag = date(2026, 12, 25)
    assert contracttermijnen.weken_later(date(2026, 10, 30), 8) == eerste_kerstdag
    assert contracttermijnen.spoed_levering_uiterlijk(date(2026, 12, 18)) == eerste_kerstdag

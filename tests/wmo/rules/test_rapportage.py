"""Periods of a report and the words for its sums."""

from datetime import date

import pytest

from wmo.periodes import Periode
from wmo.rules.rapportage import aandeel, middelste, periode, vorige


@pytest.mark.parametrize(
    ("soort", "op", "begin", "einde"),
    [
        ("maand", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("kwartaal", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("kwartaal", date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        ("jaar", date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periode_houdt_de_dag_en_begint_op_de_eerste(soort, op, begin, einde):
    assert periode(soort, op) == Periode(begin, einde)


@pytest.mark.parametrize("soort", ["maand", "kwartaal", "jaar"])
def test_vorige_sluit_aan_en_is_even_lang(soort):
    nu = periode(soort, date(2026, 3, 15))
    eerder = vorige(nu)
    assert nu.sluit_aan_op(eerder)
    assert eerder == periode(soort, eerder.laatste_dag)


def test_aandeel_rondt_half_naar_boven_en_telt_niets_als_niets():
    assert aandeel(1, 8) == "1 van 8 (13%)"
    assert aandeel(0, 0) == "geen"


def test_middelste_van_een_even_aantal_ligt_ertussen():
    assert middelste([10, 11]) == "11 dagen"
    assert middelste([]) == "geen"

"""Start and stop of delivery: every arrow and every refusal of R-232."""

from datetime import date

import pytest

from wmo.rules.levering import Leveringsverloop, Start, Stop, Toestand, verwerk_start, verwerk_stop

JANUARI, MAART, APRIL = date(2026, 1, 12), date(2026, 3, 2), date(2026, 4, 1)

NIETS = Leveringsverloop()
GESTART = Leveringsverloop(starts=(Start(JANUARI),))
TIJDELIJK = Leveringsverloop(starts=(Start(JANUARI),), stops=(Stop(JANUARI, MAART, "20"),))
DEFINITIEF = Leveringsverloop(starts=(Start(JANUARI),), stops=(Stop(JANUARI, MAART, "19"),))


@pytest.mark.parametrize(
    ("verloop", "toestand"),
    [
        (NIETS, Toestand.NIET_GESTART),
        (GESTART, Toestand.GESTART),
        (TIJDELIJK, Toestand.TIJDELIJK_GESTOPT),
        (DEFINITIEF, Toestand.DEFINITIEF_GESTOPT),
    ],
)
def test_toestand(verloop: Leveringsverloop, toestand: Toestand) -> None:
    assert verloop.toestand is toestand


@pytest.mark.parametrize(
    ("verloop", "start", "status", "code", "daarna"),
    [
        pytest.param(NIETS, JANUARI, 1, None, Toestand.GESTART, id="start"),
        pytest.param(GESTART, JANUARI, 1, "9074", Toestand.GESTART, id="zelfde start nogmaals"),
        pytest.param(GESTART, APRIL, 1, "9326", Toestand.GESTART, id="tweede start zonder stop"),
        pytest.param(TIJDELIJK, APRIL, 1, None, Toestand.GESTART, id="hervat na tijdelijke stop"),
        pytest.param(DEFINITIEF, APRIL, 1, None, Toestand.GESTART, id="herstart na definitieve stop"),
        pytest.param(DEFINITIEF, JANUARI, 1, "9074", Toestand.DEFINITIEF_GESTOPT, id="oude start nogmaals"),
        pytest.param(GESTART, JANUARI, 3, None, Toestand.NIET_GESTART, id="start verwijderen"),
        pytest.param(TIJDELIJK, JANUARI, 3, "9071", Toestand.TIJDELIJK_GESTOPT, id="start met stop verwijderen"),
        pytest.param(GESTART, APRIL, 3, "9063", Toestand.GESTART, id="onbekende start verwijderen"),
        pytest.param(NIETS, JANUARI, 2, "0001", Toestand.NIET_GESTART, id="status 2 bestaat niet"),
    ],
)
def test_start(verloop: Leveringsverloop, start: date, status: int, code: str | None, daarna: Toestand) -> None:
    uitkomst = verwerk_start(verloop, Start(start), status)
    assert (uitkomst.code, uitkomst.verloop.toestand) == (code, daarna)
    assert (uitkomst.verloop == verloop) is (code is not None)


@pytest.mark.parametrize(
    ("verloop", "stop", "status", "code", "daarna"),
    [
        pytest.param(NIETS, Stop(JANUARI, MAART, "20"), 1, "9069", Toestand.NIET_GESTART, id="stop zonder start"),
        pytest.param(GESTART, Stop(APRIL, APRIL, "20"), 1, "9069", Toestand.GESTART, id="andere begindatum"),
        pytest.param(GESTART, Stop(JANUARI, MAART, "20"), 1, None, Toestand.TIJDELIJK_GESTOPT, id="tijdelijk"),
        pytest.param(GESTART, Stop(JANUARI, MAART, "02"), 1, None, Toestand.DEFINITIEF_GESTOPT, id="definitief"),
        pytest.param(
            GESTART, Stop(JANUARI, date(2026, 1, 11), "19"), 1, "0001", Toestand.GESTART, id="einde voor begin"
        ),
        pytest.param(TIJDELIJK, Stop(JANUARI, MAART, "20"), 1, "9074", Toestand.TIJDELIJK_GESTOPT, id="zelfde stop"),
        pytest.param(TIJDELIJK, Stop(JANUARI, APRIL, "20"), 1, "9413", Toestand.TIJDELIJK_GESTOPT, id="weer tijdelijk"),
        pytest.param(
            TIJDELIJK, Stop(JANUARI, date(2026, 3, 1), "19"), 1, "9414", Toestand.TIJDELIJK_GESTOPT, id="eerder einde"
        ),
        pytest.param(
            TIJDELIJK, Stop(JANUARI, MAART, "19"), 1, None, Toestand.DEFINITIEF_GESTOPT, id="definitief na tijdelijk"
        ),
        pytest.param(
            DEFINITIEF, Stop(JANUARI, APRIL, "19"), 1, "9415", Toestand.DEFINITIEF_GESTOPT, id="na definitief"
        ),
        pytest.param(DEFINITIEF, Stop(JANUARI, MAART, "19"), 3, None, Toestand.GESTART, id="stop verwijderen"),
        pytest.param(GESTART, Stop(JANUARI, MAART, "19"), 3, "9063", Toestand.GESTART, id="onbekende stop verwijderen"),
        pytest.param(GESTART, Stop(JANUARI, MAART, "19"), 9, "0001", Toestand.GESTART, id="status 9 bestaat niet"),
    ],
)
def test_stop(verloop: Leveringsverloop, stop: Stop, status: int, code: str | None, daarna: Toestand) -> None:
    uitkomst = verwerk_stop(verloop, stop, status)
    assert (uitkomst.code, uitkomst.verloop.toestand) == (code, daarna)
    assert (uitkomst.verloop == verloop) is (code is not None)

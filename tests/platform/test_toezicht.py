"""Restart with back-off, and giving up with a sentence, with programs that really die."""

import sys
from pathlib import Path

import pytest

from config import mappen
from config.beheer import start
from config.beheer.toezicht import LANGSTE_PAUZE, MAX_DODEN, Programma, Toezicht
from config.server import Storing, vrije_poort
from tests.platform.proefportaal import wacht_tot

STERFT = [sys.executable, "-c", "print('kapotte instelling', flush=True); raise SystemExit(3)"]
BLIJFT = ["/bin/sleep", "60"]


@pytest.fixture(autouse=True)
def _eigen_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mappen, "DATA", tmp_path)


def _laat_sterven(programma: Programma) -> None:
    wacht_tot(lambda: not programma.leeft(), 10)


def test_pauzes_groeien_en_dan_stopt_het_geheel() -> None:
    """Time is given, so that sixty seconds of deaths pass in one."""
    programma = Programma("web", STERFT)
    programma.start()
    toezicht, nu, pauzes = Toezicht([programma]), 0.0, []
    for _ in range(MAX_DODEN):
        _laat_sterven(programma)
        toezicht.kijk(nu)
        pauzes.append(toezicht.hervat_op["web"] - nu)
        nu = toezicht.hervat_op["web"]
        assert toezicht.kijk(nu) == ["web draait weer"]
    assert pauzes[0] == 0
    assert pauzes == sorted(pauzes)
    assert max(pauzes) == LANGSTE_PAUZE
    _laat_sterven(programma)
    with pytest.raises(Storing, match=r"web stopt telkens weer(.|\n)*kapotte instelling"):
        toezicht.kijk(nu)


def test_een_ongeluk_per_uur_is_geen_storing() -> None:
    programma = Programma("worker", STERFT)
    programma.start()
    toezicht = Toezicht([programma])
    for uur in range(2 * MAX_DODEN):
        _laat_sterven(programma)
        toezicht.kijk(uur * 3600.0)
        assert toezicht.kijk(uur * 3600.0 + 1) == ["worker draait weer"]
    programma.stop()


def test_wat_leeft_wordt_met_rust_gelaten() -> None:
    programma = Programma("beat", BLIJFT)
    programma.start()
    assert programma.proces is not None
    pid = programma.proces.pid
    assert Toezicht([programma]).kijk(0.0) == []
    assert programma.proces.pid == pid
    programma.stop()
    assert not programma.leeft()


def test_wie_niet_wil_stoppen_wordt_gestopt() -> None:
    doof = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('klaar', flush=True); time.sleep(60)"
    )
    programma = Programma("web", [sys.executable, "-c", doof], geduld=0.2)
    programma.start()
    wacht_tot(lambda: "klaar" in programma.staart(), 10)
    programma.stop()
    assert not programma.leeft()


def test_bezette_webpoort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a wish the next free one; a port that was asked for is never silently another one."""
    eerste = vrije_poort(18000)
    monkeypatch.setattr(start, "EERSTE_POORT", eerste)
    with start.neem_poort(eerste):
        with start.neem_poort(None) as ander, start.neem_poort(None) as derde:
            poorten = [ander.getsockname()[1], derde.getsockname()[1]]
        assert eerste < poorten[0] < poorten[1] < eerste + start.POORTEN
        with pytest.raises(Storing, match=f"Poort {eerste} is al in gebruik"):
            start.neem_poort(eerste)
    start.neem_poort(eerste).close()


def test_alle_poorten_bezet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "EERSTE_POORT", vrije_poort(18000))
    monkeypatch.setattr(start, "POORTEN", 1)
    with start.neem_poort(None), pytest.raises(Storing, match="zijn in gebruik"):
        start.neem_poort(None)

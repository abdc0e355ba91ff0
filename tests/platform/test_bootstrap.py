"""The script that runs before there is a virtualenv."""

import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from config import mappen


@pytest.fixture(scope="module")
def script() -> ModuleType:
    lader = SourceFileLoader("portaal_script", str(mappen.BASIS / "portaal"))
    module = module_from_spec(spec_from_loader(lader.name, lader))  # type: ignore[arg-type]
    sys.dont_write_bytecode, oud = True, sys.dont_write_bytecode  # no `portaalc` beside the script
    lader.exec_module(module)
    sys.dont_write_bytecode = oud
    return module


def _nep(map_: Path, naam: str, inhoud: str) -> str:
    programma = map_ / naam
    programma.write_text(f"#!/bin/sh\n{inhoud}\n")
    programma.chmod(0o755)
    return str(programma)


@pytest.mark.parametrize(
    ("inhoud", "past"),
    [
        ("exit 127", None),
        ("echo 3 10", None),
        ("echo 3 14", None),
        ("echo rommel", None),
        ("echo 3 11", (3, 11)),
        ("echo 3 13", (3, 13)),
    ],
    ids=["pyenv-shim", "te oud", "te nieuw", "rommel", "3.11", "3.13"],
)
def test_welke_python_past(script: ModuleType, inhoud: str, past: tuple | None, tmp_path: Path) -> None:
    assert script.past(_nep(tmp_path, "python3", inhoud)) == past


def test_de_nieuwste_die_echt_draait_wint(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3.13 is only a shim here; 3.12 stands in ~/.pyenv and 3.11 on PATH."""
    _nep(tmp_path, "python3.13", "exit 127")
    _nep(tmp_path, "python3.11", "echo 3 11")
    pyenv = tmp_path / ".pyenv" / "versions" / "3.12.1" / "bin"
    pyenv.mkdir(parents=True)
    nieuwste = _nep(pyenv, "python3", "echo 3 12")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PORTAAL_PYTHON", raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python3.13"))
    assert script.zoek_python() == nieuwste


def test_zonder_python_volgt_de_zin(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAAL_PYTHON", _nep(tmp_path, "oud", "echo 3 9"))
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        script.zoek_python()


def test_oude_python_leest_het_script() -> None:
    """An old python3 must get as far as the sentence: no syntax after 3.6."""
    import ast

    ast.parse((mappen.BASIS / "portaal").read_text(), feature_version=(3, 7))


def test_onbekende_opdracht_toont_het_gebruik() -> None:
    uit = subprocess.run(
        [sys.executable, "-m", "config.beheer", "strat"], cwd=mappen.BASIS, capture_output=True, text=True
    )
    assert uit.returncode == 2
    assert "start [--poort N]" in uit.stdout
    assert os.access(mappen.BASIS / "portaal", os.X_OK)


def test_halve_keuze_van_servers_wordt_geweigerd(tmp_path: Path) -> None:
    omgeving = {n: w for n, w in os.environ.items() if n != "DATABASE_URL"}
    omgeving |= {"PORTAAL_DATA": str(tmp_path), "REDIS_URL": "redis://127.0.0.1:1/0"}
    opdracht = [sys.executable, "-m", "config.beheer", "start"]
    uit = subprocess.run(opdracht, cwd=mappen.BASIS, env=omgeving, capture_output=True, text=True)
    assert uit.returncode == 1
    assert "REDIS_URL staat in de omgeving of in .env, DATABASE_URL niet" in uit.stderr


def test_onbereikbare_database_geeft_een_zin(tmp_path: Path) -> None:
    omgeving = os.environ | {"PORTAAL_DATA": str(tmp_path), "DATABASE_URL": "postgresql://u:w@127.0.0.1:1/db"}
    opdracht = [sys.executable, "-m", "config.beheer", "manage", "check"]
    uit = subprocess.run(opdracht, cwd=mappen.BASIS, env=omgeving, capture_output=True, text=True)
    assert uit.returncode == 1
    assert uit.stderr.strip().startswith("De database van DATABASE_URL antwoordt niet")
    assert "Traceback" not in uit.stderr

"""`./portaal check`: every check that needs no test run. All of them run, so that one visit shows everything."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from config import frontend, mappen
from config.tijdelijk import proefomgeving, tijdelijke_servers

BIN = Path(sys.executable).parent
LOCKS = {"requirements.lock": ("pyproject.toml", "--group", "dev"), "requirements-node.lock": ("--group", "node")}
COMPILE = ("pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes")
ZONDER_ADRES = ("--no-emit-index-url", "--no-header", "--no-annotate")


def main(argumenten: list[str]) -> int:
    """0 when everything holds. `--herstel` compiles the locks again instead of comparing them."""
    if "--herstel" in argumenten:
        return _compileer_locks()
    frontend.bouw()
    mislukt = [naam for naam, goed in _uitslagen() if not goed]
    print(f"\nNiet in orde: {', '.join(mislukt)}." if mislukt else "\nAlles in orde.")
    return 1 if mislukt else 0


def _uitslagen() -> list[tuple[str, bool]]:
    uitslagen = [
        ("ruff check", _draai("ruff check", "ruff", "check", ".")),
        ("ruff format", _draai("ruff format", "ruff", "format", "--check", ".")),
        ("mypy", _draai("mypy", "mypy", ".")),
        ("djlint", _draai("djlint", "djlint", "templates", "--lint", "--quiet")),
    ]
    with tijdelijke_servers() as adressen:
        omgeving = {**proefomgeving(), **adressen}
        manage = ("python", "manage.py")
        deploy = {**omgeving, "TLS_ERVOOR": "1", "PORTAAL_PROEF": "0"}
        uitslagen += [
            ("migraties", _draai("migraties", *manage, "makemigrations", "--check", "--dry-run", omgeving=omgeving)),
            ("deploy", _draai("deploy", *manage, "check", "--deploy", "--fail-level", "WARNING", omgeving=deploy)),
        ]
    return [*uitslagen, ("lockbestanden", _controleer_locks())]


def _draai(naam: str, programma: str, *argumenten: str, omgeving: dict[str, str] | None = None) -> bool:
    print(f"-- {naam}", flush=True)
    return subprocess.run([str(BIN / programma), *argumenten], env={**os.environ, **(omgeving or {})}).returncode == 0


def _controleer_locks() -> bool:
    """Do the locks hold what pyproject.toml asks, and no address of any registry?"""
    print("-- lockbestanden", flush=True)
    gebreken = [f"{naam} loopt achter: draai ./portaal check --herstel" for naam in LOCKS if not _actueel(naam)]
    for naam in (*LOCKS, "package-lock.json", ".npmrc"):
        if adressen(naam, (mappen.BASIS / naam).read_text()):
            gebreken.append(f"{naam} noemt een adres: haal het weg, pakketten komen uit de bron die de machine kent")
    for gebrek in gebreken:
        print(gebrek)
    return not gebreken


def adressen(naam: str, inhoud: str) -> list[str]:
    """Everything in a lock that says where a package comes from instead of which one it is."""
    patroon = r'https?://\S+|^registry *=.*|"resolved":.*|--(?:extra-)?index-url.*|--find-links.*'
    return re.findall(patroon, inhoud, flags=re.MULTILINE)


def _actueel(naam: str) -> bool:
    """Resolve with the present lock as preference: a newer release outside does not make it stale."""
    with tempfile.TemporaryDirectory() as map_:
        proef = shutil.copy(mappen.BASIS / naam, map_)
        opdracht = [str(BIN / "uv"), *COMPILE, *ZONDER_ADRES, *LOCKS[naam], "-o", proef]
        uit = subprocess.run(opdracht, cwd=mappen.BASIS, capture_output=True, text=True)
        if uit.returncode:
            print(uit.stderr.strip()[-600:])
        return uit.returncode == 0 and Path(proef).read_text() == (mappen.BASIS / naam).read_text()


def _compileer_locks() -> int:
    for naam, bron in LOCKS.items():
        subprocess.run([str(BIN / "uv"), *COMPILE, *ZONDER_ADRES, *bron, "-o", naam], cwd=mappen.BASIS, check=True)
    return 0

"""Reads a folder of vectors: `*.jsonl` with one object a line, and `kalender.json` with the decree days they used."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from wmo.rules.kalender import Kalender

EIGEN_MAP = Path(__file__).parent
VERPLICHT = ("id", "soort", "invoer", "verwacht")


@dataclass(frozen=True)
class Vector:
    """One line, with the folder it came from."""

    map: Path
    inhoud: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.inhoud["id"])

    @property
    def soort(self) -> str:
        return str(self.inhoud["soort"])

    @property
    def invoer(self) -> dict[str, Any]:
        return self.inhoud["invoer"]

    @property
    def verwacht(self) -> dict[str, Any]:
        return self.inhoud["verwacht"]

    @property
    def is_keuze(self) -> bool:
        return bool(self.inhoud.get("keuze"))

    @property
    def kalender(self) -> Kalender:
        return kalender_van(self.map)


def lees_map(map_: Path) -> list[Vector]:
    """Every vector of every file; a folder or line that cannot be read stops the run with the reason."""
    bestanden = sorted(map_.glob("*.jsonl"))
    if not bestanden:
        raise pytest.UsageError(f"Geen *.jsonl in {map_}: geef een map met vectoren.")
    return [vector for bestand in bestanden for vector in _lees_bestand(bestand)]


def _lees_bestand(bestand: Path) -> list[Vector]:
    vectoren = []
    for nummer, regel in enumerate(bestand.read_text(encoding="utf-8").splitlines(), start=1):
        if not regel.strip():
            continue
        try:
            inhoud = json.loads(regel)
        except json.JSONDecodeError as fout:
            raise pytest.UsageError(f"{bestand}:{nummer} is geen JSON: {fout}") from fout
        if ontbreekt := [naam for naam in VERPLICHT if naam not in inhoud]:
            raise pytest.UsageError(f"{bestand}:{nummer} mist {', '.join(ontbreekt)}")
        vectoren.append(Vector(bestand.parent, inhoud))
    return vectoren


@lru_cache(maxsize=8)
def kalenderbestand(map_: Path) -> dict[str, Any]:
    """The calendar of the folder, or our own when the folder has none."""
    bestand = map_ / "kalender.json"
    if not bestand.exists():
        bestand = EIGEN_MAP / "kalender.json"
    return json.loads(bestand.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def kalender_van(map_: Path) -> Kalender:
    dagen = kalenderbestand(map_)["gelijkgesteld_kb"]
    return Kalender(besluitdagen=frozenset(date.fromisoformat(dag) for dag in dagen))

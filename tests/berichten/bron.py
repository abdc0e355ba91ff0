"""Where the published facts stand, for tests that hold our declarations against them. They are not in this project."""

import csv
from pathlib import Path

import pytest

BRON = Path(__file__).resolve().parents[3] / "shared" / "iwmo"
VOORBEELDEN = BRON / "voorbeelden"
OFFICIEEL = ("301", "305", "307", "315", "317", "319", "323")

met_bron = pytest.mark.skipif(
    not BRON.is_dir(), reason="vergelijkt met de gepubliceerde feiten in ../shared/iwmo, en die map is er niet"
)


def tabel(naam: str) -> list[dict[str, str]]:
    with (BRON / naam).open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def xsd_bestand(nummer: str) -> Path:
    """The official schema, or the derived one for the answers."""
    map_ = "xsd" if nummer in OFFICIEEL else "xsd_afgeleid"
    return BRON / "bron" / map_ / f"WMO{nummer}.xsd"

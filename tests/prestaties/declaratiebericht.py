"""A 323 of 50,000 prestaties, from the folder to its 325, against a bare tree and schema on the same bytes.

Ours is everything: stored encrypted, three gates, every line judged against toewijzing, tariff, maximum and earlier
lines, kept as rows, decided, answered. One message of 5,000 lines shows that the cost grows with the lines, and the
month after that earlier lines cost little.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from berichten.standaard import berichtsoorten
from berichten.transport.bestand import Map
from berichten.xsd import BASISBESTAND, basisschema, berichtschema
from tests.berichten.grote_declaratie import bericht, bouw, leg_in_bus
from tests.prestaties import Uitkomst, meting
from tests.prestaties._proces import XSDATA_PAKKET, proces
from wmo.models import Toewijzing

KLEIN, GROOT = 5_000, 50_000
OFFICIEEL = Path(__file__).resolve().parents[3] / "shared" / "iwmo" / "bron" / "xsd"
RONDES = 5  # the one in the middle counts: a busy moment of the machine does not
Paar = tuple[dict[str, Any], dict[str, Any]]


@meting("declaratiebericht")
def declaratiebericht() -> Uitkomst:
    model = bouw(GROOT, date(2026, 9, 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with tempfile.TemporaryDirectory() as map_:
        xsd = _schema(Path(map_))
        klein = _verwerk(model, Path(map_, "klein"), KLEIN, date(2026, 9, 1))
        leg_in_bus(model, bericht(model, GROOT, date(2026, 10, 1)), Map(Path(map_, "groot")))
        (bestand,) = Path(map_, "groot").rglob("*.xml")
        paren = [_paar(Path(map_, "groot"), bestand, xsd) for _ in range(RONDES)]
        groot, kaal = sorted(paren, key=_verhouding)[RONDES // 2]
        daarna = _verwerk(model, Path(map_, "daarna"), GROOT, date(2026, 11, 1))
        grootte = bestand.stat().st_size
        (kleine,) = Path(map_, "klein").rglob("*.xml")
        lezen = _lezen(kleine, xsd)
    return Uitkomst(
        verhouding=round(_verhouding((groot, kaal)), 2),
        eis=4.0,
        doel=2.0,
        hoogstens=True,
        uitleg=f"{GROOT} prestaties ({grootte / 1e6:.0f} MB) in {groot['s']:.1f} s, "
        f"boom en schema in {kaal['s']:.1f} s",
        cijfers={
            "groei_5000_naar_50000": round(groot["s"] / klein["s"], 1),
            "volgende_maand_s": round(daarna["s"], 1),
            "geheugen_mb": {"klein": klein["mb"], "groot": groot["mb"], "kale_boom": kaal["mb"]},
            "alle_rondes": [round(_verhouding(paar), 2) for paar in paren],
            "stappen_s": groot["stappen"],
            "alleen_lezen_5000_s": lezen,
            "schema": "officieel" if xsd.parent == OFFICIEEL else "eigen",
        },
    )


def _paar(map_: Path, bestand: Path, xsd: Path) -> Paar:
    """Ours and the bare one right after each other, the same message as the first of its aanbieder each time."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE berichten_bericht, declaraties_declaratie CASCADE")
    return proces("declaratie", map_), proces("kaal", bestand, xsd)


def _verhouding(paar: Paar) -> float:
    return paar[0]["s"] / paar[1]["s"]


def _schema(map_: Path) -> Path:
    """The official schema when it is there, else our own, which gives the same verdict."""
    if OFFICIEEL.is_dir():
        return OFFICIEEL / "WMO323.xsd"
    (map_ / BASISBESTAND).write_text(basisschema())
    (map_ / "WMO323.xsd").write_text(berichtschema(berichtsoorten["323"]))
    return map_ / "WMO323.xsd"


def _lezen(bestand: Path, xsd: Path) -> dict[str, float]:
    """Seconds for the small message: our three gates, and reading it with the classes xsdata makes of the schema."""
    with tempfile.TemporaryDirectory() as map_:
        maak = [sys.executable, "-m", "xsdata", "generate", str(xsd), "--package", XSDATA_PAKKET]
        ruff_erbij = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        subprocess.run(maak, cwd=map_, check=True, capture_output=True, env=ruff_erbij)
        return {
            "onze_drie_poorten": round(proces("poorten", bestand)["s"], 2),
            "xsdata_zonder_schema": round(proces("xsdata", bestand, map_)["s"], 2),
        }


def _verwerk(model: Toewijzing, map_: Path, aantal: int, maand: date) -> dict[str, Any]:
    """Lay the message in the postbus of the gemeente and let another process take it from there."""
    leg_in_bus(model, bericht(model, aantal, maand), Map(map_))
    return proces("declaratie", map_)

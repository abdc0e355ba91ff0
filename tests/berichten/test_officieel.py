"""`manage.py iwmo_schemas`: official files in, checked, and used by the second gate."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from berichten import officieel
from berichten.build import build
from berichten.poort import Geweigerd, Grenzen
from berichten.standaard import berichtsoorten
from berichten.validate import controleer
from berichten.voorbeelden import voorbeeld
from berichten.xsd import basisschema, berichtschema
from tests.berichten.bron import BRON, OFFICIEEL, met_bron


def onze(*nummers: str) -> dict[str, bytes]:
    return {
        "basisschema.xsd": basisschema().encode(),
        **{f"WMO{nummer}.xsd": berichtschema(berichtsoorten[nummer]).encode() for nummer in nummers},
    }


def als_zip(map_: Path, bestanden: dict[str, bytes]) -> Path:
    pad = map_ / "schemas.zip"
    with zipfile.ZipFile(pad, "w") as zip_:
        for naam, inhoud in bestanden.items():
            zip_.writestr(naam, inhoud)
    return pad


def draai(*argumenten: str, **opties: object) -> str:
    uit = io.StringIO()
    call_command("iwmo_schemas", *argumenten, stdout=uit, **opties)
    return uit.getvalue()


@met_bron
def test_officiele_map_wordt_gebruikt(tmp_path: Path) -> None:
    uit = draai(str(BRON / "bron" / "xsd"), naar=tmp_path / "xsd")
    assert "onze eigen: WMO302, WMO306" in uit
    for nummer in OFFICIEEL:
        assert (tmp_path / "xsd" / f"WMO{nummer}.xsd").read_bytes() == (BRON / f"bron/xsd/WMO{nummer}.xsd").read_bytes()
    for nummer in berichtsoorten:
        uitkomst = controleer(build(voorbeeld(nummer)), grenzen=Grenzen(xsd_map=tmp_path / "xsd"))
        assert uitkomst.goedgekeurd, uitkomst.bevindingen


def test_eigen_schemas_schrijven(tmp_path: Path) -> None:
    assert draai(naar=tmp_path).startswith("15 schema's")
    assert len(list(tmp_path.glob("*.xsd"))) == 15


def test_namen_uit_een_zip_kiezen_niet_waar_ze_landen(tmp_path: Path) -> None:
    bestanden = onze("305")
    bron = als_zip(
        tmp_path, {"../../Basisschema.XSD": bestanden["basisschema.xsd"], "/etc/wmo305.xsd": bestanden["WMO305.xsd"]}
    )
    assert set(officieel.lees(bron)) == {"basisschema.xsd", "WMO305.xsd"}
    assert list(officieel.bezwaren(officieel.lees(bron))) == []


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"basisschema.xsd": None}, "basisschema.xsd ontbreekt"),
        ({"WMO305.xsd": None}, "geen schema van een bericht"),
        ({"WMO305.xsd": b"## WMO305.xsd\n<xs:schema/>"}, "welgevormde XML"),
        ({"WMO305.xsd": b"<x/>"}, "geen bruikbaar schema"),
        ({"WMO305.xsd": onze("307")["WMO307.xsd"]}, "ons eigen voorbeeld"),
        ({"basisschema.xsd": b'<!DOCTYPE x SYSTEM "http://example.nl/x"><x/>'}, "DOCTYPE"),
        ({"WMO305.xsd": onze("305")["WMO305.xsd"].replace(b"basisschema.xsd", b"elders.xsd")}, "geen bruikbaar schema"),
    ],
)
def test_wat_er_tegen_kan_zijn(tmp_path: Path, anders: dict[str, bytes | None], zin: str) -> None:
    bestanden = {naam: inhoud for naam, inhoud in {**onze("305"), **anders}.items() if inhoud is not None}
    with pytest.raises(CommandError, match=zin):
        draai(str(als_zip(tmp_path, bestanden)), naar=tmp_path / "xsd")
    assert not (tmp_path / "xsd").exists()


def test_geen_zip_en_geen_doel(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"geen zip")
    with pytest.raises(Geweigerd, match="geen leesbaar zip-bestand"):
        officieel.lees(tmp_path / "x.zip")
    with pytest.raises(CommandError, match="--naar"):
        draai(str(tmp_path))

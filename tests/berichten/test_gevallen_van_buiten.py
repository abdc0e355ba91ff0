"""The published sample cases: what the official schemas say of a message, and which retourcodes a message gets."""

import base64
import json
from typing import Any

import pytest

from berichten.management.commands.iwmo_controleer import als_json
from berichten.toestand_json import lees_toestand
from berichten.validate import controleer
from tests.berichten.bron import VOORBEELDEN, met_bron

# The sources do not say which class of the 318 carries 9361 (TR361); the sample names none. We use the later product.
KLASSE_NIET_BEKEND = {"9361"}


def gevallen(naam: str) -> list[Any]:
    if not VOORBEELDEN.is_dir():
        return []
    regels = (VOORBEELDEN / naam).read_text(encoding="utf-8").splitlines()
    return [pytest.param(geval, id=f"{geval['id']}-{geval['bericht']}") for geval in map(json.loads, regels)]


@met_bron
@pytest.mark.parametrize("geval", gevallen("schema_gevallen.jsonl"))
def test_oordeel_van_de_schemas(geval: dict[str, Any]) -> None:
    uitkomst = controleer(base64.b64decode(geval["xml_b64"]))
    assert uitkomst.schema_geldig == geval["xsd_valid"]
    assert uitkomst.op192_ok == geval["op192_ok"]
    assert uitkomst.veilig == (geval["welgevormd"] and geval["categorie"] != "veiligheid")
    if not uitkomst.schema_geldig:
        assert uitkomst.codes == {}
        assert all(bevinding.regel == "XSD" and bevinding.tekst for bevinding in uitkomst.bevindingen)
        assert uitkomst.bevindingen


@met_bron
@pytest.mark.parametrize("geval", gevallen("regel_gevallen.jsonl"))
def test_retourcodes(geval: dict[str, Any]) -> None:
    uitkomst = controleer(base64.b64decode(geval["xml_b64"]), lees_toestand(geval["toestand"]))
    uit, verwacht = als_json(geval["id"], uitkomst), geval["verwacht"]
    assert uit["bericht"] == geval["bericht"]
    assert uit["retourbericht"] == verwacht["retourbericht"]
    assert uit.get("toegekend") == verwacht.get("toegekend", uit.get("toegekend"))
    extra = KLASSE_NIET_BEKEND | set(verwacht.get("toegestaan_extra", ()))
    codes = {klasse: set(van_klasse) - extra for klasse, van_klasse in uit["codes"].items()}
    assert {k: v for k, v in codes.items() if v} == {k: set(v) - extra for k, v in verwacht["codes"].items()}
    assert set(geval["regels"]) <= {bevinding["regel"] for bevinding in uit["bevindingen"]}

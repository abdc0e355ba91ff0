"""`manage.py iwmo_controleer` and `iwmo_docs`: the test bench of a region or a supplier."""

import base64
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from berichten.build import build
from berichten.documentatie import paginas
from berichten.rules import REGELS
from berichten.voorbeelden import voorbeeld

LEGE_TOESTAND = {"vandaag": "2025-06-20", "toewijzingen": [], "prestaties": []}


def draai(*argumenten: Any, **opties: Any) -> str:
    uit = io.StringIO()
    call_command("iwmo_controleer", *argumenten, stdout=uit, **opties)
    return uit.getvalue()


def test_goed_bericht(tmp_path: Path) -> None:
    bestand = tmp_path / "goed.xml"
    bestand.write_bytes(build(voorbeeld("307")))
    rapport = draai(str(bestand))
    assert rapport.splitlines() == [
        "Goedgekeurd: WMO307 van 98765432 aan 0632, identificatie VB3070000001 van 20-06-2025.",
        "Het antwoord is een WMO308.",
    ]


def test_fout_bericht_zegt_wat_waar_en_wat_nu(tmp_path: Path) -> None:
    bestand, toestand = tmp_path / "stop.xml", tmp_path / "toestand.json"
    bestand.write_bytes(build(voorbeeld("307")))
    toestand.write_text(json.dumps(LEGE_TOESTAND))
    uit = io.StringIO()
    with pytest.raises(SystemExit) as afloop:
        call_command("iwmo_controleer", str(bestand), toestand=toestand, stdout=uit)
    assert afloop.value.code == 1
    assert "- Er is geen startmelding met deze begindatum. [TR382 9069]" in uit.getvalue()
    assert "Waar: Bericht/Client/StopProducten/StopProduct[1]/Begindatum" in uit.getvalue()
    assert "Wat nu: Neem de begindatum van de startmelding over" in uit.getvalue()


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"<!DOCTYPE x><x/>", "DOCTYPE"),
        (b"<x/>", "iWmo 3.2"),
        (b"\xef\xbb\xbf" + build(voorbeeld("305"))[:900], "UTF-8 zonder BOM"),
    ],
)
def test_wat_niet_binnenkomt(tmp_path: Path, inhoud: bytes, zin: str) -> None:
    bestand, uit = tmp_path / "x.xml", io.StringIO()
    bestand.write_bytes(inhoud)
    with pytest.raises(SystemExit):
        call_command("iwmo_controleer", str(bestand), stdout=uit)
    assert zin in uit.getvalue()
    assert "komt niet binnen" in uit.getvalue()


def test_onleesbare_bestanden(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="niet te lezen"):
        draai(str(tmp_path / "weg.xml"))
    with pytest.raises(CommandError, match="Noem een bestand"):
        draai()
    (tmp_path / "t.json").write_text('{"toewijzingen": []}')
    (tmp_path / "x.xml").write_bytes(build(voorbeeld("305")))
    with pytest.raises(CommandError, match="toestand"):
        draai(str(tmp_path / "x.xml"), toestand=tmp_path / "t.json")


def regel(id: str, data: bytes, **meer: Any) -> str:
    return json.dumps({"id": id, "xml_b64": base64.b64encode(data).decode(), **meer}) + "\n"


def test_jsonl_houdt_de_volgorde(monkeypatch: pytest.MonkeyPatch) -> None:
    invoer = [
        regel("een", build(voorbeeld("323")), toestand=LEGE_TOESTAND),
        "dit is geen json\n",
        "\n",
        regel("twee", b"<x/>"),
        regel("drie", build(voorbeeld("325"))),
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(invoer)))
    een, kapot, twee, drie = (json.loads(uitvoer) for uitvoer in draai(jsonl=True).splitlines())
    assert een == {
        "id": "een",
        "bericht": "WMO323",
        "veilig": True,
        "schema_geldig": True,
        "retourbericht": "WMO325",
        "codes": {"Client[1]": ["8187"]},
        "bevindingen": [
            {
                "regel": "TR304",
                "code": "8187",
                "pad": "Bericht/Declaratie/Clienten/Client[1]/Bsn",
                "tekst": "De cliënt heeft geen toewijzing bij deze aanbieder, of het nummer is van een ander.",
            }
        ],
        "toegekend": 0,
    }
    assert "niet te lezen" in kapot["fout"]
    assert (twee["bericht"], twee["veilig"], twee["schema_geldig"], twee["codes"]) == (None, True, False, {})
    assert (drie["retourbericht"], drie["codes"], drie["bevindingen"]) == (None, {}, [])


ONLEESBAAR = [
    b"{",
    b"[]",
    b"null",
    b"[" * 100_000,
    b'{"id": "\xff", "xml_b64": ""}',
    b'{"id": "zonder bericht"}',
    b'{"id": 1, "xml_b64": 5}',
    b'{"id": 1, "xml_b64": "***"}',
]
TOESTANDEN_DIE_NIET_KUNNEN: list[Any] = [
    "x",
    [1],
    {"toewijzingen": []},
    {"vandaag": None},
    {"vandaag": "2025-02-30"},
    {"vandaag": "2025-06-20", "toewijzingen": 5},
    {"vandaag": "2025-06-20", "toewijzingen": [None]},
    {"vandaag": "2025-06-20", "toewijzingen": [{"nummer": 101}]},
    {"vandaag": "2025-06-20", "starts": [{"bsn": [], "begindatum": "2025-01-06"}]},
    {"vandaag": "2025-06-20", "prestaties": [{"gecrediteerd": "ja"}]},
    {"vandaag": "2025-06-20", "contracttarieven": {"02A01": {"tarief": "hoog"}}},
]


def test_jsonl_geeft_op_elke_regel_antwoord(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in a line, it has an outcome of the same form, and the case after it is judged."""
    goed = build(voorbeeld("305"))
    met_wit = json.dumps({"id": "\ud800", "xml_b64": base64.encodebytes(goed).decode()})
    regels = [*ONLEESBAAR, *(regel("t", goed, toestand=t).encode().rstrip() for t in TOESTANDEN_DIE_NIET_KUNNEN)]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join([*regels, met_wit.encode()])), "ascii"))
    *kapot, laatste = (json.loads(uitvoer) for uitvoer in draai(jsonl=True).splitlines())
    assert len(kapot) == len(regels)
    assert {(een["veilig"], een["schema_geldig"], een["retourbericht"]) for een in kapot} == {(False, False, None)}
    assert all(een["codes"] == {} and een["bevindingen"][0]["tekst"] == een["fout"] for een in kapot)
    assert (laatste["id"], laatste["retourbericht"], laatste["bevindingen"]) == ("\ud800", "WMO306", [])


def test_docs_zijn_niet_verouderd() -> None:
    """Run `manage.py iwmo_docs` and commit the pages."""
    map_ = Path(settings.BASE_DIR) / "docs" / "berichten"
    assert {pad.name: pad.read_text(encoding="utf-8") for pad in map_.glob("*.md")} == paginas()


def test_docs_noemen_elke_regel_bij_zijn_bericht() -> None:
    alle = paginas()
    for een in REGELS:
        assert all(f"| {een.id} | {een.tekst} |" in alle[f"WMO{nummer}.md"] for nummer in een.berichten)

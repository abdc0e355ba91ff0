"""docs/herkomst.md is true: every statement of the two sources is listed, and what it names exists. So is regels.md."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

BASIS = Path(__file__).resolve().parent.parent
REGEL = re.compile(r"^\| (S-\d{3}) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
RIJEN = REGEL.findall((BASIS / "docs/herkomst.md").read_text())
NOG_NIET = "nog niet"
VERWIJZING = re.compile(r"`([^`]+)`")


@lru_cache
def namen_in(pad: str) -> set[str]:
    boom = ast.parse((BASIS / pad).read_text())
    gevonden = {k.name for k in ast.walk(boom) if isinstance(k, ast.FunctionDef | ast.ClassDef)}
    return gevonden | {k.id for k in ast.walk(boom) if isinstance(k, ast.Name)}


def ontbreekt(verwijzing: str) -> str | None:
    """`pad` or `pad::naam`."""
    pad, _, naam = verwijzing.partition("::")
    if not (BASIS / pad).exists():
        return f"{pad} bestaat niet"
    if naam and naam not in namen_in(pad):
        return f"{naam} staat niet in {pad}"
    return None


def test_elke_uitspraak_staat_er_een_keer():
    verwacht = [f"S-{n:03d}" for n in (*range(1, 76), *range(101, 205))]
    assert [rij[0] for rij in RIJEN] == verwacht


@pytest.mark.parametrize(("nummer", "uitspraak", "module", "proef"), RIJEN, ids=[rij[0] for rij in RIJEN])
def test_wat_er_genoemd_wordt_bestaat(nummer, uitspraak, module, proef):
    if module.startswith(NOG_NIET):
        assert proef == "-"
        return
    modules, proeven = VERWIJZING.findall(module), VERWIJZING.findall(proef)
    assert modules, f"{nummer} noemt geen module en zegt ook niet '{NOG_NIET}'"
    assert proeven, f"{nummer} noemt geen test"
    fouten = [fout for verwijzing in (*modules, *proeven) if (fout := ontbreekt(verwijzing))]
    assert not fouten
    assert all(verwijzing.startswith("tests/") for verwijzing in proeven)


def test_elk_regelnummer_staat_in_regels():
    """A number that is cited in code, tests or templates has its line in docs/regels.md."""
    uitleg = re.findall(r"^\| (R-\d{3}) \|", (BASIS / "docs/regels.md").read_text(), re.MULTILINE)
    mappen = ("wmo", "wachtlijst", "declaraties", "berichten", "config", "templates", "tests")
    bronnen = [p for m in mappen for p in (BASIS / m).rglob("*") if p.suffix in {".py", ".html", ".jsonl", ".csv"}]
    genoemd = {nummer for bron in bronnen for nummer in re.findall(r"\bR-\d{3}\b", bron.read_text())}
    assert len(genoemd) > 100
    assert len(uitleg) == len(set(uitleg))
    assert sorted(genoemd - set(uitleg)) == []

"""docs/herkomst.md is true: every statement of the two source documents is listed, and what it names exists."""

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

"""docs/begrippen.md names code that exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

PAGINA = Path(__file__).parents[1] / "docs" / "begrippen.md"
NAAM = re.compile(r"`((?:wmo|wachtlijst|declaraties|berichten)(?:\.\w+)+)`")
NAMEN = sorted(set(NAAM.findall(PAGINA.read_text(encoding="utf-8"))))


def bestaat(naam: str) -> bool:
    """A module, or a name in one."""
    try:
        import_module(naam)
    except ModuleNotFoundError:
        module, _, deel = naam.rpartition(".")
        return hasattr(import_module(module), deel)
    return True


def test_de_pagina_noemt_code() -> None:
    assert len(NAMEN) > 40
    assert not bestaat("wmo.rules.kalender.Bestaatniet")


@pytest.mark.parametrize("naam", NAMEN)
def test_elke_naam_bestaat(naam: str) -> None:
    assert bestaat(naam)

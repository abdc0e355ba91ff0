"""What the front-end step writes, and what the locks may not hold."""

import re

import pytest
from fontTools.ttLib import TTFont

from config import frontend, mappen
from config.beheer.controle import LOCKS, adressen


def test_alleen_bereikbare_tokens_gaan_mee() -> None:
    """Direct, through another token, in a circle; an unknown token is not ours."""
    tokens = {"--a": "var(--b)", "--b": "1px", "--c": "var(--d)", "--d": "var(--c)", "--los": "0"}
    css = "x{y:var(--a);z:var( --c, 2px);w:var(--elders)}"
    assert frontend.bereikbaar(tokens, css) == {"--a", "--b", "--c", "--d"}


def test_klein_verandert_niets_aan_de_betekenis() -> None:
    assert frontend.klein("/* x */ a > b ,\n c { color : red ; }\n\n") == "a>b,c{color :red}"
    assert frontend.klein(".a :hover{b: c}") == ".a :hover{b:c}"


def test_stijlblad_noemt_bron_en_licentie_en_blijft_in_zijn_laag() -> None:
    css = (mappen.FRONTEND / "nlds.css").read_text()
    kop = css[: css.index("*/")]
    assert "EUPL-1.2" in kop
    assert "@utrecht/table-css" in kop
    assert css.count("@layer nlds{") == 1
    assert not re.search(r"url\((?!['\"]?data:)", css)
    gebruikt = set(re.findall(r"(--[\w-]+):", css))
    assert len(gebruikt) > 500


@pytest.mark.parametrize("vorm", ["Regular", "Bold", "Italic"])
def test_lettertype_van_de_brief(vorm: str) -> None:
    """typst finds fonts by family and falls back in silence: so the name and the letters of names count."""
    font = TTFont(mappen.LETTERTYPEN / f"SourceSans3-{vorm}.ttf")
    assert font["name"].getDebugName(1) == "Source Sans 3"
    assert font["name"].getDebugName(2) == vorm
    assert "fvar" not in font
    tekens = font.getBestCmap()
    assert not [teken for teken in "Özgür Dvořák Łukasz Şahin € – ’ ë ĳ" if teken != " " and ord(teken) not in tekens]


def test_elk_icoon_staat_klaar() -> None:
    namen = frontend.icoonnamen()
    assert {bestand.stem for bestand in (mappen.FRONTEND / "iconen").glob("*.svg")} == set(namen)


@pytest.mark.parametrize("naam", [*LOCKS, "package-lock.json", ".npmrc"])
def test_lock_noemt_geen_adres(naam: str) -> None:
    assert adressen(naam, (mappen.BASIS / naam).read_text()) == []


@pytest.mark.parametrize(
    "regel",
    ['      "resolved": "x.tgz",', "--index-url x", "registry=x", "    url = http" + "s://pakketten.example.nl/x.whl"],
    ids=["npm", "pip", "npmrc", "adres"],
)
def test_een_adres_wordt_gezien(regel: str) -> None:
    assert adressen("lock", f"iets\n{regel}\n")

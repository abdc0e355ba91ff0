"""The repository speaks of itself alone: no machine, no real people, no loose ends, and its README can be followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.beheer.controle import LOCKS, adressen

BASIS = Path(__file__).resolve().parent.parent
MAPPEN = ("wmo", "wachtlijst", "berichten", "declaraties", "config", "templates", "static", "tests", "docs", ".ci")
SOORTEN = {".py", ".html", ".md", ".txt", ".css", ".js", ".csv", ".jsonl", ".json", ".toml", ".typ", ".xml", ".svg", ""}
# Domains that are kept free for examples (RFC 2606), and ours below them.
VRIJ = re.compile(r"(^|\.)(example\.(nl|com|org|net)|example|test|invalid|localhost)$")
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
MACHINE = re.compile(
    "|".join(("/ho" + r"me/\w", "/Us" + r"ers/\w", "/ro" + r"ot/\w", "/wo" + r"rk/\w", r"C:\\" + "Users"))
)
LOS_EINDE = re.compile(r"\b(" + "TO" + "DO|FIX" + "ME|XX" + r"X|HA" + r"CK)\b")


def bestanden() -> Iterator[Path]:
    for map_ in MAPPEN:
        for pad in sorted((BASIS / map_).rglob("*")):
            if pad.is_file() and pad.suffix in SOORTEN and "__pycache__" not in pad.parts:
                yield pad
    yield from (pad for pad in sorted(BASIS.iterdir()) if pad.is_file() and pad.suffix in SOORTEN | {".lock"})


TEKSTEN = {
    str(pad.relative_to(BASIS)): pad.read_text(encoding="utf-8", errors="replace")
    for pad in bestanden()
    if pad.name != ".env"
}
ADRS = sorted((BASIS / "docs" / "adr").glob("[0-9]*.md"))


def gevonden(patroon: re.Pattern[str], behalve: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{naam}:{inhoud[: treffer.start()].count(chr(10)) + 1} {treffer.group()}"
        for naam, inhoud in TEKSTEN.items()
        if naam not in behalve
        for treffer in patroon.finditer(inhoud)
    ]


def test_er_wordt_echt_gelezen() -> None:
    assert len(TEKSTEN) > 400
    assert {"README.md", "wmo/permissions.py", "templates/base.html", "portaal"} <= TEKSTEN.keys()


@pytest.mark.parametrize(
    ("patroon", "fout"),
    [(MACHINE, "in /ho" + "me/iemand/x"), (MACHINE, "/wo" + "rk/x"), (LOS_EINDE, "# TO" + "DO later")],
    ids=["thuismap", "werkmap", "los-einde"],
)
def test_de_patronen_vinden_iets(patroon: re.Pattern[str], fout: str) -> None:
    assert patroon.search(fout)


def test_geen_pad_van_een_machine() -> None:
    assert gevonden(MACHINE) == []


def test_geen_losse_eindjes() -> None:
    """An issue or nothing."""
    assert gevonden(LOS_EINDE) == []


def test_geen_echte_mailadressen() -> None:
    echt = [
        f"{naam}: {treffer.group()}"
        for naam, inhoud in TEKSTEN.items()
        if not naam.endswith((".lock", "package-lock.json"))
        for treffer in MAIL.finditer(inhoud)
        if not VRIJ.search(treffer.group(1)) and not re.fullmatch(r"[0-9.]+", treffer.group(1))
    ]
    assert echt == []


def test_geen_echte_telefoonnummers() -> None:
    """Invented numbers hold a run of zeros; ten other digits in a row after a 0 could be somebody's."""
    mobiel = re.compile(r"(?<![\d.])06[- ]?(?!00 ?00|0000)\d{2}(?: ?\d{2}){3}(?!\d)")
    assert gevonden(mobiel, behalve=(*LOCKS, "package-lock.json")) == []


@pytest.mark.parametrize("naam", [*LOCKS, "package-lock.json", ".npmrc"])
def test_lock_zegt_wat_en_niet_waar(naam: str) -> None:
    assert adressen(naam, (BASIS / naam).read_text()) == []


@pytest.mark.parametrize("pad", ADRS, ids=lambda p: p.stem)
def test_adr_is_kort_en_heeft_de_vaste_koppen(pad: Path) -> None:
    tekst = pad.read_text()
    assert len(tekst.split()) <= 400
    assert re.match(r"\d{4}-", pad.name)
    for kop in ("# ", "Status: ", "## Context", "## Decision", "## Consequences"):
        assert kop in tekst, f"{pad.name} mist {kop!r}"


def test_adrs_zijn_genummerd_zonder_gat() -> None:
    assert [int(pad.name[:4]) for pad in ADRS] == list(range(1, len(ADRS) + 1))


def test_readme_noemt_de_twee_opdrachten_en_ze_bestaan() -> None:
    readme = TEKSTEN["README.md"]
    assert "./portaal start" in readme
    assert "./portaal test" in readme
    genoemd = set(re.findall(r"\./portaal ([a-z]+)", readme))
    bekend = "\n".join(
        inhoud for naam, inhoud in TEKSTEN.items() if naam == "portaal" or naam.startswith("config/beheer/")
    )
    assert not [opdracht for opdracht in genoemd if not re.search(rf"\b{opdracht}\b", bekend)]


def test_verwijzingen_in_docs_bestaan() -> None:
    """Links between pages, and the files they name between backticks."""
    stuk = []
    for naam, inhoud in TEKSTEN.items():
        if not naam.endswith(".md"):
            continue
        for doel in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", inhoud):
            if not ((BASIS / naam).parent / doel).exists():
                stuk.append(f"{naam} -> {doel}")
    assert stuk == []

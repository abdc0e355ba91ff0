"""Reads a letter back: its text, its claims, its structure tree. pikepdf gives the objects."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf


def lees(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def _blokken(tekst: str, soort: str) -> list[str]:
    return re.findall(rf"begin{soort}(.*?)end{soort}", tekst, flags=re.DOTALL)


def _unicode(hexa: str) -> str:
    return bytes.fromhex(hexa).decode("utf-16-be")


def _glyphs(font: Any) -> dict[int, str]:
    """The ToUnicode table of one font: glyph number -> text. Every font of a tagged PDF has one."""
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    tabel = {
        int(van, 16): _unicode(naar)
        for blok in _blokken(cmap, "bfchar")
        for van, naar in re.findall(r"<(\w+)>\s*<(\w+)>", blok)
    }
    for blok in _blokken(cmap, "bfrange"):
        for eerste, laatste, naar in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", blok):
            for stap in range(int(laatste, 16) - int(eerste, 16) + 1):
                tabel[int(eerste, 16) + stap] = chr(ord(_unicode(naar)) + stap)
    return tabel


def _stukken(pagina: Any) -> Iterator[str]:
    fonts = {naam: _glyphs(font) for naam, font in pagina.Resources.get("/Font", {}).items()}
    huidig: dict[int, str] = {}
    for opdracht in pikepdf.parse_content_stream(pagina):
        operanden, operator = list(opdracht.operands), opdracht.operator
        if str(operator) == "Tf":
            huidig = fonts[str(operanden[0])]
        elif str(operator) in ("Tj", "TJ"):
            delen = operanden[0] if str(operator) == "TJ" else operanden
            for deel in delen:
                if isinstance(deel, pikepdf.String):
                    ruw = bytes(deel)
                    yield "".join(huidig.get(int.from_bytes(ruw[i : i + 2]), "") for i in range(0, len(ruw), 2))
        elif str(operator) in ("Td", "Tm", "T*"):
            yield " "


def tekst(pdf: bytes) -> str:
    """All words in reading order with single spaces, so that a test does not depend on where a line breaks."""
    with lees(pdf) as document:
        ruw = " ".join("".join(_stukken(pagina)) for pagina in document.pages)
    return re.sub(r"\s+", " ", ruw.replace("\u00a0", " "))


def structuur(document: pikepdf.Pdf) -> list[str]:
    """The tags of the structure tree, in order: what a screen reader walks along."""
    gevonden: list[str] = []

    def loop(knoop: Any) -> None:
        if isinstance(knoop, pikepdf.Array):
            for kind in knoop:
                loop(kind)
        elif isinstance(knoop, pikepdf.Dictionary):
            if "/S" in knoop:
                gevonden.append(str(knoop.S).lstrip("/"))
            if "/K" in knoop:
                loop(knoop.K)

    loop(document.Root.StructTreeRoot.K)
    return gevonden

"""An envelope as a light tree, built in one pass through the same first gate as every message (berichten/poort.py).

libxml2 bounds a text in a tree at 10 MB and a payload in base64 may be longer; through a parser target it passes, and
here are the bounds instead: bytes, depth and number of elements.
"""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from berichten.poort import MB, VEILIG, Geweigerd, brokken, niet_welgevormd

MAX_BYTES = 25 * MB  # the whole envelope, before base64 is undone
MAX_DIEPTE = 32
MAX_ELEMENTEN = 2000  # an envelope has about twenty-five; the details of a fault may hold the message it is about


@dataclass(slots=True)
class Knoop:
    """An element: `naam` as {namespace}name, `delen` the text of its own, in the pieces it came in."""

    naam: str
    attributen: dict[str, str]
    kinderen: list["Knoop"] = field(default_factory=list)
    delen: list[str] = field(default_factory=list)

    @property
    def tekst(self) -> str:
        return "".join(self.delen)

    @property
    def lokaal(self) -> str:
        return self.naam.rpartition("}")[2]


class _Bouwer:
    """Parser target."""

    def __init__(self) -> None:
        self.stapel: list[Knoop] = []
        self.wortel: Knoop | None = None
        self.aantal = 0

    def doctype(self, naam: str, publiek: str | None, systeem: str | None) -> None:
        raise Geweigerd("De envelop bevat een DOCTYPE. Dat is niet veilig en hoort niet in een envelop.")

    def start(self, naam: str, attributen: dict[str, str]) -> None:
        self.aantal += 1
        if self.aantal > MAX_ELEMENTEN or len(self.stapel) >= MAX_DIEPTE:
            raise Geweigerd(f"De envelop heeft meer dan {MAX_DIEPTE} lagen of meer dan {MAX_ELEMENTEN} elementen.")
        knoop = Knoop(naam, dict(attributen))
        if self.stapel:
            self.stapel[-1].kinderen.append(knoop)
        else:
            self.wortel = knoop
        self.stapel.append(knoop)

    def end(self, naam: str) -> None:
        self.stapel.pop()

    def data(self, tekst: str) -> None:
        self.stapel[-1].delen.append(tekst)

    def close(self) -> Knoop | None:
        return self.wortel


def lees_boom(data: bytes, max_bytes: int = MAX_BYTES) -> Knoop:
    """The root, or Geweigerd with one sentence."""
    if not data.strip():
        raise Geweigerd("De envelop is leeg.")
    if len(data) > max_bytes:
        raise Geweigerd(f"De envelop is groter dan {max_bytes // MB} MB. Verdeel de inhoud over meer berichten.")
    bouwer: Any = _Bouwer()
    parser = etree.XMLParser(target=bouwer, **VEILIG)
    try:
        for brok in brokken(data):
            parser.feed(brok)
        wortel: Any = parser.close()
    except etree.XMLSyntaxError as fout:
        raise Geweigerd(niet_welgevormd(fout)) from fout
    return wortel

"""The first gate: is this safe and well-formed XML? Nothing here looks at what the message says.

No document type, so no entities and no external files; no network; a bound on size and depth. A refusal is one
sentence.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

BROK = 1 << 16
MB = 1 << 20
# What libxml2 holds as one text without huge_tree.
LANGSTE_TEKST = 10_000_000

# huge_tree stays off: libxml2 then bounds the length of one text, of a name and of its buffers by itself.
VEILIG: dict[str, Any] = {
    "huge_tree": False,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "remove_comments": True,
    "remove_pis": True,
}

_DECLARATIE = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True, slots=True)
class Grenzen:
    """What one installation lets in. `xsd_map` is a folder with the official schemas, used instead of our own;
    `vlotte_baan` off sends every line of a declaration past libxml2 (vlot.py)."""

    max_bytes: int = 25 * MB
    max_diepte: int = 32
    xsd_map: Path | None = None
    vlotte_baan: bool = True


STANDAARD = Grenzen()


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One thing that is wrong. `regel` is a rule id or "XSD"; `code` the retourcode, "" where there is none; `pad`
    where it is, with repeating classes numbered within their holder; `klasse` the class, numbered through the message.
    """

    regel: str
    code: str
    pad: str
    tekst: str
    klasse: str = ""


@dataclass
class Geweigerd(Exception):
    """A message that does not come in. `poort` is 1 (safe and well-formed), 2 (schema) or 3 (valid, but we cannot hold
    a value of it)."""

    reden: str
    poort: int = 1
    bevindingen: tuple[Bevinding, ...] = field(default=())

    def __str__(self) -> str:
        return self.reden


class _Wacht:
    """Parser target without handlers for elements: libxml2 checks the syntax and builds nothing."""

    def doctype(self, naam: str, publiek: str | None, systeem: str | None) -> None:
        raise Geweigerd(
            "Het bericht bevat een DOCTYPE. Dat is niet veilig en hoort niet in iWmo. Haal het eruit en stuur opnieuw."
        )

    def close(self) -> None:
        return None


def brokken(data: bytes) -> Iterator[bytes]:
    """The bytes in pieces: libxml2 refuses to take more than 10 MB at once."""
    for begin in range(0, len(data), BROK):
        yield data[begin : begin + BROK]


class Wachter:
    """The first gate for a message that comes in parts. Raises Geweigerd as soon as a part is not let through."""

    def __init__(self, grenzen: Grenzen = STANDAARD) -> None:
        wacht: Any = _Wacht()
        self._parser = etree.XMLParser(target=wacht, **VEILIG)
        self._hoogste = grenzen.max_bytes
        self._grootte = self._zonder_tag = 0
        self._leeg = True

    def laat_door(self, deel: bytes) -> None:
        """Parts of at most 10 MB, in order."""
        self._grootte += len(deel)
        if self._grootte > self._hoogste:
            raise te_groot(self._grootte, self._hoogste)
        self._leeg = self._leeg and not deel.strip()
        self._meet_tekst(deel)
        try:
            self._parser.feed(deel)
        except etree.XMLSyntaxError as fout:
            raise Geweigerd(niet_welgevormd(fout)) from fout

    def sluit(self) -> None:
        """The message is complete."""
        if self._leeg:
            raise Geweigerd("Het bestand is leeg.")
        try:
            self._parser.close()
        except etree.XMLSyntaxError as fout:
            raise Geweigerd(niet_welgevormd(fout)) from fout

    def _meet_tekst(self, deel: bytes) -> None:
        """Is there a stretch without a tag that is longer than libxml2 holds? This gate builds no texts, so it would
        not notice, and the second gate would speak of the schema."""
        eerste = deel.find(b"<")
        self._zonder_tag += len(deel) if eerste < 0 else eerste
        if self._zonder_tag > LANGSTE_TEKST:
            raise Geweigerd("In het bericht staat een tekst die veel te lang is. Zo lang is geen enkel veld van iWmo.")
        if eerste >= 0:
            self._zonder_tag = len(deel) - deel.rfind(b"<")


def te_groot(grootte: int, hoogste: int) -> Geweigerd:
    return Geweigerd(
        f"Het bericht is {-(-grootte // MB)} MB. Wij verwerken hoogstens {hoogste // MB} MB. Splits het bericht."
    )


def bewaak(data: bytes, grenzen: Grenzen = STANDAARD) -> None:
    """Pass the first gate or raise Geweigerd. Costs about a quarter of a bare parse, and no memory."""
    if len(data) > grenzen.max_bytes:
        raise te_groot(len(data), grenzen.max_bytes)
    wachter = Wachter(grenzen)
    for brok in brokken(data):
        wachter.laat_door(brok)
    wachter.sluit()


def niet_welgevormd(fout: etree.XMLSyntaxError) -> str:
    regel, kolom = fout.position
    waar = f" De fout zit in regel {regel}, teken {kolom}." if regel else ""
    return f"Dit is geen welgevormde XML.{waar} Laat uw software het bericht opnieuw maken."


def op192_ok(data: bytes) -> bool:
    """OP192: UTF-8 without a byte order mark. Judged apart: the schema has nothing to say about it."""
    if data.startswith(codecs.BOM_UTF8):
        return False
    declaratie = _DECLARATIE.match(data[:200])
    if declaratie and declaratie[1].upper() not in (b"UTF-8", b"US-ASCII", b"ASCII"):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for brok in brokken(data):
            decoder.decode(brok)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return b"\x00" not in data


class _Peiler:
    """Parser target that only counts how deep it is."""

    def __init__(self, hoogste: int) -> None:
        self.hoogste, self.nu, self.diepst = hoogste, 0, 0

    def start(self, naam: str, attributen: object) -> None:
        self.nu += 1
        self.diepst = max(self.diepst, self.nu)
        if self.nu > self.hoogste:
            raise _TeDiep

    def end(self, naam: str) -> None:
        self.nu -= 1

    def close(self) -> int:
        return self.diepst


class _TeDiep(Exception):
    """Stops the parser: deeper is not asked."""


def diepte(data: bytes, hoogste: int) -> int:
    """How deep the elements are nested, counted until `hoogste` is passed. Only asked of what is refused already: a
    message that the schema accepts is at most ten deep."""
    peiler: Any = _Peiler(hoogste)
    parser = etree.XMLParser(target=peiler, **VEILIG)
    try:
        for brok in brokken(data):
            parser.feed(brok)
        parser.close()
    except (_TeDiep, etree.XMLSyntaxError):
        # The first gate found it well-formed, so a syntax error is libxml2's own bound of 256.
        return max(peiler.diepst, hoogste + 1)
    return peiler.diepst

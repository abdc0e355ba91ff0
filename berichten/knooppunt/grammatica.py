"""What an element of an envelope may hold, as data; read and written from the same table.

Strict: order counts, and what is not named does not belong. The outcome is that of the official schemas, which a test
holds beside it; only attributes of XML Schema itself that change a type (xsi:type, xsi:nil) are refused here.
"""

import base64
import binascii
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from berichten.knooppunt.boom import Knoop
from berichten.poort import Geweigerd

XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
ONSCHULDIG = frozenset({f"{XSI}schemaLocation", f"{XSI}noNamespaceSchemaLocation"})
# The last group of base64 leaves no bits unused: RFC 4648 section 3.5, and so does XML Schema.
_STAART = re.compile(r"[A-Za-z0-9+/]{3}[A-Za-z0-9+/]|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==")


@dataclass(frozen=True, slots=True)
class Tekst:
    """A text: at least and at most so many characters, and a pattern over the whole of it."""

    minimaal: int = 0
    maximaal: int | None = None
    patroon: str = ""

    def goed(self, waarde: str) -> bool:
        if len(waarde) < self.minimaal or (self.maximaal is not None and len(waarde) > self.maximaal):
            return False
        return not self.patroon or re.fullmatch(self.patroon, waarde) is not None


@dataclass(frozen=True, slots=True)
class Base64:
    """Bytes as base64; white space is allowed, since a payload is often broken into lines."""

    def goed(self, waarde: str) -> bool:
        kaal = "".join(waarde.split())
        if kaal and not _STAART.fullmatch(kaal[-4:]):
            return False
        try:
            base64.b64decode(kaal, validate=True)
        except (binascii.Error, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Element:
    """`inhoud` is a value, the children in order, or None for anything at all. `keuze`: exactly one of the children."""

    naam: str
    inhoud: "Tekst | Base64 | tuple[Element, ...] | None"
    verplicht: bool = True
    keuze: bool = False
    attributen: Mapping[str, Tekst] = field(default_factory=dict)

    @property
    def lokaal(self) -> str:
        return self.naam.rpartition("}")[2]


def lees(knoop: Knoop, vorm: Element, pad: str = "") -> Any:
    """A text, or a dictionary by local name; an element with attributes is a dictionary with its text under ""."""
    pad = f"{pad}/{vorm.lokaal}".lstrip("/")
    if knoop.naam != vorm.naam:
        raise _fout(f"{knoop.lokaal} hoort hier niet; verwacht wordt {pad}.")
    kenmerken = _attributen(knoop, vorm, pad)
    if vorm.inhoud is None:
        return ""
    if isinstance(vorm.inhoud, tuple):
        return _kinderen(knoop, vorm, pad)
    if knoop.kinderen or not vorm.inhoud.goed(knoop.tekst):
        raise _fout(f"{pad} heeft geen geldige waarde.")
    return {"": knoop.tekst, **kenmerken} if vorm.attributen else knoop.tekst


def _attributen(knoop: Knoop, vorm: Element, pad: str) -> dict[str, str]:
    eigen = {naam: waarde for naam, waarde in knoop.attributen.items() if naam not in ONSCHULDIG}
    if eigen.keys() != vorm.attributen.keys():
        raise _fout(f"{pad} heeft een ander kenmerk dan de standaard kent, of mist er een.")
    for naam, soort in vorm.attributen.items():
        if not soort.goed(eigen[naam]):
            raise _fout(f"{pad} heeft geen geldige {naam}.")
    return eigen


def _kinderen(knoop: Knoop, vorm: Element, pad: str) -> dict[str, Any]:
    assert isinstance(vorm.inhoud, tuple)
    if knoop.tekst.strip():
        raise _fout(f"In {pad} staat tekst tussen de elementen.")
    rest = deque(knoop.kinderen)
    gelezen: dict[str, Any] = {}
    for kind in vorm.inhoud:
        if rest and rest[0].naam == kind.naam and not (vorm.keuze and gelezen):
            gelezen[kind.lokaal] = lees(rest.popleft(), kind, pad)
        elif kind.verplicht and not vorm.keuze:
            raise _fout(f"In {pad} ontbreekt {kind.lokaal}, of staat het op de verkeerde plaats.")
    if rest or (vorm.keuze and not gelezen):
        raise _fout(f"{rest[0].lokaal if rest else 'De inhoud'} hoort niet zo in {pad}.")
    return gelezen


def _fout(zin: str) -> Geweigerd:
    return Geweigerd(zin, 2)


def schrijf(vorm: Element, waarde: Any, nsmap: dict[str, str] | None = None) -> etree._Element:
    """The element for what `lees` gives; optional children that are empty are left out.

    Raises ValueError for a value that the table does not allow: such an envelope never leaves.
    """
    element = etree.Element(vorm.naam, nsmap=nsmap)
    if isinstance(vorm.inhoud, tuple):
        for kind in vorm.inhoud:
            if kind.lokaal in waarde and (kind.verplicht or waarde[kind.lokaal] != ""):
                element.append(schrijf(kind, waarde[kind.lokaal]))
        return element
    tekst = waarde[""] if isinstance(waarde, dict) else waarde
    if vorm.inhoud is not None and not vorm.inhoud.goed(tekst):
        raise ValueError(f"{vorm.lokaal} heeft geen geldige waarde")
    for naam in vorm.attributen:
        element.set(naam, waarde[naam])
    element.text = tekst
    return element

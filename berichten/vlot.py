"""The fast lane for big declarations: clients written plainly are read by one expression instead of by libxml2.

The expression is generated from the declaration and is stricter than the schema: the elements in order and by the
message's own prefixes, plain ASCII values of the right form, white space in between and nothing else. What it matches
is therefore valid; a run of such clients is taken out of the bytes except for the first, and the schema judges what is
left. So a client in a wrong place is still found, and anything unusual (a comment, an attribute, an accent) simply
takes the ordinary road.

Reading 50,000 lines costs half of the ordinary road. A test holds both against each other.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from berichten.datatypes import DATUM, GETAL, NIET_LEEG, TEKST, TIJD, OnleesbareWaarde, Simpel, lees_datum
from berichten.schema import Veld, klasse_van, klassen, velden
from berichten.standaard import Berichtsoort

# Printable ASCII without space, & < >: one piece of text that means what it says.
TEKEN = "[!-%'-;=?-~]"
WIT = "[ \t\r\n]*"

_WORTEL = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?Bericht((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<&]*\"|'[^'<&]*'))*)\s*>")
_NAAMRUIMTE = re.compile(rb"xmlns(?::([\w.-]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CODERING = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"'](?!utf-8)", re.IGNORECASE)

Maker = Callable[[tuple[bytes | None, ...]], Any]


class Baan(NamedTuple):
    """How the clients of one message are recognised, for one pair of prefixes."""

    begin: re.Pattern[bytes]
    kop: re.Pattern[bytes]
    regel: re.Pattern[bytes]
    staart: re.Pattern[bytes]
    maak_kop: Callable[[tuple[bytes | None, ...], tuple[Any, ...]], Any]
    maak_regel: Maker


def neem(data: bytes, soort: Berichtsoort) -> tuple[bytes, list[Any]]:
    """The bytes without the plain clients after the first, and those clients. Unchanged bytes and nothing when the fast
    lane cannot be taken."""
    baan = _baan_voor(data, soort)
    begin = baan.begin.search(data) if baan else None
    # Only from the very first client on: the place of the others follows from it.
    if baan is None or begin is None or baan.kop.match(data, begin.start()) is None:
        return data, []
    gelezen: list[Any] = []
    einde = eerste = 0
    try:
        for klant, einde in _klanten(data, begin.start(), baan):
            eerste = eerste or einde
            gelezen.append(klant)
    except (OnleesbareWaarde, ValueError):
        # 30 February has the form of a date: let the schema say what is wrong.
        return data, []
    return (data[:eerste] + data[einde:], gelezen[1:]) if len(gelezen) > 1 else (data, [])


def _klanten(data: bytes, plek: int, baan: Baan):
    """Each plain client that follows right upon the one before, with the place where it ends."""
    vind_kop, vind_regel, vind_staart = baan.kop.match, baan.regel.match, baan.staart.match
    while kop := vind_kop(data, plek):
        plek, regels = kop.end(), []
        while regel := vind_regel(data, plek):
            regels.append(baan.maak_regel(regel.groups()))
            plek = regel.end()
        staart = vind_staart(data, plek)
        if staart is None or not regels:
            return
        plek = staart.end()
        yield baan.maak_kop(kop.groups(), tuple(regels)), plek


def _baan_voor(data: bytes, soort: Berichtsoort) -> Baan | None:
    """Only where the bytes mean what they look like: UTF-8, no comments, no CDATA, all prefixes bound by the root."""
    wortel = _WORTEL.search(data[:4096])
    if wortel is None or _CODERING.match(data[:200]) or data.count(b"<?") > 1 or b"<!" in data:
        return None
    ruimtes = {een or twee: naam for naam, een, twee in _NAAMRUIMTE.findall(wortel[2])}
    eigen, basis = ruimtes.get(soort.namespace.encode()), ruimtes.get(soort.basis_namespace.encode())
    if eigen is None or basis is None or data.count(b"xmlns") != wortel[0].count(b"xmlns"):
        return None
    return _baan(soort, _voorvoegsel(eigen), _voorvoegsel(basis))


def _voorvoegsel(naam: bytes) -> str:
    return f"{naam.decode('ascii', 'replace')}:" if naam else ""


@cache
def _baan(soort: Berichtsoort, eigen: str, basis: str) -> Baan | None:
    cls = next((cls for cls in klassen(soort.klasse) if klasse_van(cls).stroom), None)
    if cls is None:
        return None
    *voor, houder = velden(cls)
    if not (
        houder.houder
        and not houder.simpel
        and all(veld.simpel and _herkenbaar(veld) for veld in voor)
        and _plat(houder.type)
    ):
        return None
    open_, dicht = _tags(klasse_van(cls).element, eigen)
    houder_open, houder_dicht = _tags(houder.element, eigen)
    item_open, item_dicht = _tags(houder.item, eigen)
    kop = WIT + open_ + "".join(_veld(veld, eigen, basis) for veld in voor) + WIT + houder_open
    regel = WIT + item_open + _velden(houder.type, eigen, basis) + WIT + item_dicht
    namen = [(veld.naam, _lezer(veld.type)) for veld in voor]

    def maak_kop(groepen: tuple[bytes | None, ...], regels: tuple[Any, ...]) -> Any:
        waarden = {naam: lees(groep) for (naam, lees), groep in zip(namen, groepen, strict=True)}
        return cls(**waarden, **{houder.naam: regels})

    maak, lezers, _ = _maker(houder.type, 0)

    def maak_regel(groepen: tuple[bytes | None, ...]) -> Any:
        return maak([groep if groep is None else lees(groep) for lees, groep in zip(lezers, groepen, strict=True)])

    staart = WIT + houder_dicht + WIT + dicht
    begin = open_.removesuffix(">") + "[ \t\r\n/>]"
    return Baan(_compileer(begin), _compileer(kop), _compileer(regel), _compileer(staart), maak_kop, maak_regel)


def _compileer(patroon: str) -> re.Pattern[bytes]:
    return re.compile(patroon.encode())


def _tags(element: str, voorvoegsel: str) -> tuple[str, str]:
    naam = re.escape(voorvoegsel + element)
    return f"<{naam}>", f"</{naam}>"


def _plat(cls: type) -> bool:
    """No holders, every composite type is there, and we have an expression for every simple one."""
    return all(
        not veld.houder and (_herkenbaar(veld) if veld.simpel else veld.verplicht and _plat(veld.type))
        for veld in velden(cls)
    )


def _herkenbaar(veld: Veld) -> bool:
    patroon = veld.type.patroon
    bekend = patroon in (None, NIET_LEEG) or patroon.startswith("[0-9]") or veld.type.basis == DATUM
    return bekend and veld.type.basis != TIJD and not (veld.vast or veld.patroon)


def _velden(cls: type, eigen: str, basis: str) -> str:
    voorvoegsel = basis if klasse_van(cls).basis else eigen
    return "".join(_veld(veld, voorvoegsel, basis) for veld in velden(cls))


def _veld(veld: Veld, voorvoegsel: str, basis: str) -> str:
    open_, dicht = _tags(veld.element, voorvoegsel)
    if not veld.simpel:
        return f"{WIT}{open_}{_velden(veld.type, voorvoegsel, basis)}{WIT}{dicht}"
    patroon = f"{WIT}{open_}({_vorm(veld.type)}){dicht}"
    return patroon if veld.verplicht else f"(?:{patroon})?"


def _vorm(soort: Simpel) -> str:
    """A form that only valid values have."""
    if soort.waarden:
        return "|".join(map(re.escape, soort.waarden))
    if soort.bereik:
        return f"[0-9]{{1,{len(str(soort.bereik[1]))}}}"
    if soort.basis == DATUM:
        return "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    if soort.basis == TEKST and soort.patroon and soort.patroon.startswith("[0-9]"):
        return soort.patroon
    return f"{TEKEN}{{1,{soort.max_lengte}}}"


def _lezer(soort: Simpel) -> Callable[[Any], Any]:
    if soort.basis == GETAL:
        return int
    if soort.basis == DATUM:
        return _datum
    # Short codes come back in every line; one copy of each is kept.
    return _tekst if soort.max_lengte and soort.max_lengte <= 5 else _los


@lru_cache(maxsize=4096)
def _tekst(waarde: bytes) -> str:
    return waarde.decode()


def _los(waarde: bytes) -> str:
    return waarde.decode()


@lru_cache(maxsize=4096)
def _datum(waarde: bytes) -> Any:
    return lees_datum(waarde.decode())


def _maker(cls: type, index: int) -> tuple[Callable[[list[Any]], Any], list[Callable[[Any], Any]], int]:
    """A function that makes the class from the values of a match, the readers of those values, and the next index.

    An optional field that is not there gets None, which is its default. The slots are filled directly: calling the
    frozen class costs twice as much, and this is done 50,000 times.
    """
    eigen: list[tuple[Callable[[Any, Any], None], int]] = []
    diep: list[tuple[Callable[[Any, Any], None], Callable[[list[Any]], Any]]] = []
    lezers: list[Callable[[Any], Any]] = []
    for veld in velden(cls):
        zet = getattr(cls, veld.naam).__set__
        if veld.simpel:
            eigen.append((zet, index))
            lezers.append(_lezer(veld.type))
            index += 1
        else:
            maak, erbij, index = _maker(veld.type, index)
            diep.append((zet, maak))
            lezers += erbij
    nieuw: Callable[[type], Any] = object.__new__

    def maak_klasse(waarden: list[Any]) -> Any:
        gemaakt = nieuw(cls)
        for zet, plek in eigen:
            zet(gemaakt, waarden[plek])
        for zet, maak in diep:
            zet(gemaakt, maak(waarden))
        return gemaakt

    return maak_klasse, lezers, index

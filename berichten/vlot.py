"""The fast lane for big declarations: clients written plainly are read by one expression instead of by libxml2.

The expression is generated from the declaration and is stricter than the schema: the elements in order and by the
message's own prefixes, plain ASCII values of the right form, white space in between and nothing else. What it matches
is therefore valid; a run of such clients is taken out of the bytes except for the first, and the schema judges what is
left. So a client in a wrong place is still found, and anything unusual (a comment, an attribute, an accent) simply
takes the ordinary road.

Reading 50,000 lines costs a quarter of the ordinary road. A test holds both against each other.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any, NamedTuple, get_args

from berichten.datatypes import DATUM, GETAL, NIET_LEEG, TEKST, TIJD, Nummer, OnleesbareWaarde, Simpel, lees_datum
from berichten.schema import Veld, klasse_van, klassen, velden
from berichten.standaard import Berichtsoort

# Printable ASCII without space, & < >: one piece of text that means what it says.
TEKEN = "[!-%'-;=?-~]"
WIT = "[ \t\r\n]*"
_, NUMMER = get_args(Nummer)

_WORTEL = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?Bericht((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<&]*\"|'[^'<&]*'))*)\s*>")
_NAAMRUIMTE = re.compile(rb"xmlns(?::([\w.-]+))?\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CODERING = re.compile(rb"^<\?xml[^>]*?encoding\s*=\s*[\"'](?!utf-8)", re.IGNORECASE)

# So much without a whole line is not a line that is still coming in. So much of one client is not waited for, since it
# would be read again with every part. What lines share is kept, up to so long and so many.
RUIM, LANGSTE_CLIENT = 1 << 16, 1 << 22
LANGSTE_DEEL, ONTHOUDEN = 1 << 11, 4096

Groepen = tuple[bytes | None, ...]
Lezer = Callable[[Groepen], Any]


class Regelbaan(NamedTuple):
    """How a line is recognised. It begins with the numbers by which it and its toewijzing are known; what follows, up
    to `dicht`, is the same in many lines and is read once."""

    begin: re.Pattern[bytes]
    dicht: bytes
    lees_gedeeld: Callable[[bytes], list[Any] | None]
    maak: Callable[[Groepen, list[Any]], Any]


class Baan(NamedTuple):
    """How the clients of one message are recognised, for one pair of prefixes."""

    begin: re.Pattern[bytes]
    kop: re.Pattern[bytes]
    regel: Regelbaan
    staart: re.Pattern[bytes]
    maak: Callable[[Groepen, tuple[Any, ...]], Any]


class Vlot:
    """Takes the plain clients out of one message while its parts come in.

    What is left goes the ordinary road, the very first client included: the schema judges the place of all by it, so
    that one is read on both roads. Once something unusual comes by, the rest is left alone.
    """

    def __init__(self, soort: Berichtsoort) -> None:
        self._soort = soort
        self._baan: Baan | None = None
        self._rest = b""
        self._begonnen = self._voorbij = False

    def neem(self, deel: bytes) -> tuple[bytes, list[Any], bytes]:
        """Of the next part: what stood before the clients, the clients, and what comes after them."""
        if self._voorbij:
            return b"", [], deel
        data, self._rest = self._rest + deel, b""
        begin = 0 if self._begonnen else self._zoek_begin(data)
        if begin is None:
            if len(data) <= RUIM:
                self._rest = data
                return b"", [], b""
            self._voorbij = True
            return b"", [], data
        clienten, eerste, plek = self._klanten(data, begin)
        if not clienten and not self._begonnen:
            plek = eerste = 0  # the first client is not whole yet, or not plain
        voor = b"" if self._begonnen else data[:eerste]
        self._begonnen = self._begonnen or bool(clienten)
        if self._voorbij:
            return voor, clienten, data[plek:]
        self._rest = data[plek:]
        return voor, clienten, b""

    def sluit(self) -> bytes:
        """What was kept back in case more would come."""
        rest, self._rest = self._rest, b""
        return rest

    def _zoek_begin(self, data: bytes) -> int | None:
        """Where the very first client stands: the place of the others follows from it."""
        self._baan = self._baan or _baan_voor(data, self._soort)
        gevonden = self._baan.begin.search(data) if self._baan else None
        # a comment or CDATA that is open there would hide it; nothing of the kind can stand within a plain client
        return None if gevonden is None or not _zegt_wat_er_staat(data[: gevonden.start()]) else gevonden.start()

    def _klanten(self, data: bytes, plek: int) -> tuple[list[Any], int, int]:
        """The plain clients from `plek` on, where the first ended and where the last did."""
        assert self._baan is not None
        _, kop, (regelbegin, dicht, lees_gedeeld, maak_regel), staart, maak = self._baan
        vind_kop, vind_regel, vind_staart = kop.match, regelbegin.match, staart.match
        clienten: list[Any] = []
        eerste = verst = plek
        try:
            while boven := vind_kop(data, plek):
                verst, regels = boven.end(), []
                while regel := vind_regel(data, verst):
                    midden = regel.end()
                    einde = data.find(dicht, midden, midden + LANGSTE_DEEL)
                    gedeeld = lees_gedeeld(data[midden:einde]) if einde >= 0 else None
                    if gedeeld is None:
                        break
                    regels.append(maak_regel(regel.groups(), gedeeld))
                    verst = einde + len(dicht)
                onder = vind_staart(data, verst)
                if onder is None or not regels:
                    break
                clienten.append(maak(boven.groups(), tuple(regels)))
                plek = verst = onder.end()
                eerste = eerste if len(clienten) > 1 else plek
        except (OnleesbareWaarde, ValueError):
            self._voorbij = True  # 30 February has the form of a date: let the schema say what is wrong
        self._voorbij = self._voorbij or len(data) - verst > RUIM or len(data) - plek > LANGSTE_CLIENT
        return clienten, eerste, plek


def _baan_voor(data: bytes, soort: Berichtsoort) -> Baan | None:
    """Only in UTF-8, with both prefixes bound by the root."""
    wortel = _WORTEL.search(data[:4096])
    if wortel is None or _CODERING.match(data[:200]):
        return None
    ruimtes = {een or twee: naam for naam, een, twee in _NAAMRUIMTE.findall(wortel[2])}
    eigen, basis = ruimtes.get(soort.namespace.encode()), ruimtes.get(soort.basis_namespace.encode())
    if eigen is None or basis is None:
        return None
    return _baan(soort, _voorvoegsel(eigen), _voorvoegsel(basis))


def _zegt_wat_er_staat(voor: bytes) -> bool:
    """No comment, CDATA or instruction, and no prefix bound anew below the root."""
    wortel = _WORTEL.search(voor)
    return (
        wortel is not None
        and b"<!" not in voor
        and voor.count(b"<?") <= 1
        and voor.count(b"xmlns") == wortel[0].count(b"xmlns")
    )


def _voorvoegsel(naam: bytes) -> str:
    return f"{naam.decode('ascii', 'replace')}:" if naam else ""


@cache
def _baan(soort: Berichtsoort, eigen: str, basis: str) -> Baan | None:
    cls = next((cls for cls in klassen(soort.klasse) if klasse_van(cls).stroom), None)
    if cls is None:
        return None
    *voor, houder = velden(cls)
    if not (houder.houder and not houder.simpel and all(veld.simpel and _herkenbaar(veld) for veld in voor)):
        return None
    regel = _regelbaan(houder, eigen, basis)
    if regel is None:
        return None
    open_, dicht = _tags(klasse_van(cls).element, eigen)
    houder_open, houder_dicht = _tags(houder.element, eigen)
    kop = WIT + open_ + "".join(_veld(veld, eigen, basis) for veld in voor) + WIT + houder_open
    lees_kop, vul = _lezers(voor), _vuller(cls)
    return Baan(
        _compileer(open_.removesuffix(">") + "[ \t\r\n/>]"),
        _compileer(kop),
        regel,
        _compileer(WIT + houder_dicht + WIT + dicht),
        lambda groepen, regels: vul([*lees_kop(groepen), regels]),
    )


def _regelbaan(houder: Veld, eigen: str, basis: str) -> Regelbaan | None:
    cls = houder.type
    uniek = list(takewhile(lambda veld: not _is_gedeeld(veld), velden(cls)))
    gedeeld = velden(cls)[len(uniek) :]
    if not (_plat(cls) and all(map(_is_gedeeld, gedeeld))):
        return None
    voorvoegsel = basis if klasse_van(cls).basis else eigen
    open_, _ = _tags(houder.item, eigen)
    begin = _compileer(WIT + open_ + "".join(_veld(veld, voorvoegsel, basis) for veld in uniek))
    rest = _compileer("".join(_veld(veld, voorvoegsel, basis) for veld in gedeeld) + WIT)
    lees_uniek, lees_rest, vul = _lezers(uniek), _lezers(gedeeld), _vuller(cls)

    @lru_cache(maxsize=ONTHOUDEN)
    def lees_gedeeld(tekst: bytes) -> list[Any] | None:
        gevonden = rest.fullmatch(tekst)
        return lees_rest(gevonden.groups()) if gevonden else None

    dicht = f"</{eigen}{houder.item}>".encode()
    return Regelbaan(begin, dicht, lees_gedeeld, lambda groepen, waarden: vul(lees_uniek(groepen) + waarden))


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


def _is_gedeeld(veld: Veld) -> bool:
    """Will many lines say the same here? Not the numbers by which a line and its toewijzing are known."""
    if not veld.simpel:
        return all(map(_is_gedeeld, velden(veld.type)))
    if veld.type.basis == TEKST:
        return veld.type.max_lengte is not None and veld.type.max_lengte <= 5
    return veld.type is not NUMMER


def _lezers(van: Iterable[Veld]) -> Callable[[Groepen], list[Any]]:
    """Reads the values of these fields from the groups of a match. One that is not there is None, its default."""
    lezers: list[Lezer] = []
    plek = 0
    for veld in van:
        lezer, plek = _lezer(veld, plek)
        lezers.append(lezer)
    return lambda groepen: [lees(groepen) for lees in lezers]


def _lezer(veld: Veld, plek: int) -> tuple[Lezer, int]:
    """For the groups from `plek` on; and where the next begins."""
    if veld.simpel:
        lees = _LEZERS[veld.type.basis]
        return lambda groepen: None if (groep := groepen[plek]) is None else lees(groep), plek + 1
    vul, delen = _vuller(veld.type), []
    for deel in velden(veld.type):
        lezer, plek = _lezer(deel, plek)
        delen.append(lezer)
    return lambda groepen: vul([lees(groepen) for lees in delen]), plek


def _vuller(cls: type) -> Callable[[list[Any]], Any]:
    """Makes the class from the values of its fields, in their order. The slots are filled directly: calling the frozen
    class costs twice as much, and this is done 50,000 times."""
    zetters = [getattr(cls, veld.naam).__set__ for veld in velden(cls)]
    nieuw: Callable[[type], Any] = object.__new__

    def vul(waarden: list[Any]) -> Any:
        gemaakt = nieuw(cls)
        for zet, waarde in zip(zetters, waarden, strict=True):
            zet(gemaakt, waarde)
        return gemaakt

    return vul


def _tekst(waarde: bytes) -> str:
    return waarde.decode()


def _datum(waarde: bytes) -> Any:
    return lees_datum(waarde.decode())


_LEZERS: dict[str, Callable[[bytes], Any]] = {GETAL: int, DATUM: _datum, TEKST: _tekst}

"""From bytes to a message: the second gate (schema) and the reading of the elements in one pass.

The XML is read in pieces while libxml2 validates it; a class declared with `stroom` (the clients of a declaration) is
turned into its dataclass and its XML is let go at once. So `parse` holds a message once, as compact values, and never
as a tree; `Lezing` gives those values while the message comes in, and holds a part of it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from lxml import etree

from berichten import schemafouten, vlot
from berichten.datatypes import OnleesbareWaarde
from berichten.poort import STANDAARD, VEILIG, Geweigerd, Grenzen, Wachter, bewaak, brokken, diepte, niet_welgevormd
from berichten.schema import Veld, klasse_van, klassen, velden
from berichten.standaard import Berichtsoort, ondersteund, soort_van_namespace
from berichten.xsd import schema

__all__ = ["Geweigerd", "Grenzen", "Lezing", "lees", "parse", "soort_van_bytes", "stroom", "zonder_stroom"]


def parse(data: bytes, grenzen: Grenzen = STANDAARD) -> Any:
    """Read a message that came from outside: first gate, second gate, dataclass. Raises Geweigerd."""
    bewaak(data, grenzen)
    return lees(data, soort_van_bytes(data, grenzen), grenzen)


class _Gevonden(Exception):
    """Stops the parser at the root element; carries its name."""


class _Wortel:
    """Parser target that looks at the first element only."""

    def start(self, naam: str, attributen: object) -> None:
        raise _Gevonden(naam)

    def close(self) -> None:
        return None


def soort_van_bytes(data: bytes, grenzen: Grenzen = STANDAARD) -> Berichtsoort:
    """Which message this is, by the namespace of the root. Raises Geweigerd for what is not supported, or too deep."""
    eerste: Any = _Wortel()
    parser = etree.XMLParser(target=eerste, **VEILIG)
    try:
        for brok in brokken(data):
            parser.feed(brok)
    except _Gevonden as wortel:
        naam = etree.QName(str(wortel))
        soort = soort_van_namespace(naam.namespace or "")
        if soort is not None and naam.localname == "Bericht":
            return soort
    if te_diep := _te_diep(data, grenzen):
        raise te_diep
    raise Geweigerd(f"Dit berichttype of deze versie kennen wij niet. Wij ondersteunen {ondersteund()}.", 2)


def lees(data: bytes, soort: Berichtsoort, grenzen: Grenzen = STANDAARD) -> Any:
    """The second gate and the reading, for bytes that passed the first. Raises Geweigerd with the schema errors."""
    stroom = _Stroom(soort, grenzen)
    try:
        los = list(chain.from_iterable(map(stroom.neem, brokken(data)))) + stroom.sluit()
    except etree.XMLSyntaxError as fout:
        raise _afgekeurd(data, soort, grenzen, str(fout)) from fout
    return stroom.bericht(los)


class Lezing:
    """A message that comes in part by part, past the same gates. What it gave is only good when it came to its end
    without Geweigerd: who uses a line before that must be able to take it back.

    The refusal is short: read the message as a whole with `parse` to hear what is wrong. The bound on the size of a
    message is that of the inbox, which looks before it stores.
    """

    def __init__(self, delen: Iterable[bytes], grenzen: Grenzen = STANDAARD) -> None:
        self._delen = iter(delen)
        self._eerste = next(self._delen, b"")
        try:
            self.soort = soort_van_bytes(self._eerste, grenzen)
        except etree.XMLSyntaxError as fout:
            raise Geweigerd(niet_welgevormd(fout)) from fout
        self._stroom = _Stroom(self.soort, grenzen, Wachter(grenzen))

    def stukken(self) -> Iterator[list[Any]]:
        """The streamed class, as many as a part held; none of a part that held none whole."""
        try:
            for deel in chain([self._eerste], self._delen):
                yield self._heel(self._stroom.neem(deel))
            yield self._heel(self._stroom.sluit())
        except etree.XMLSyntaxError as fout:
            raise self._weigering() from fout

    def kop(self) -> Any:
        """The message without its streamed class, which must be the last thing in it; once the first of that came."""
        try:
            return self._stroom.zonder_los()
        except (AttributeError, KeyError, ValueError, TypeError) as fout:
            raise self._weigering() from fout

    def _heel(self, stuk: list[Any]) -> list[Any]:
        if self._stroom.fout:
            raise self._weigering() from self._stroom.fout
        return stuk

    def _weigering(self) -> Geweigerd:
        return Geweigerd(f"Het bericht voldoet niet aan het schema van {self.soort.bericht}.", 2)


def zonder_stroom(delen: Iterable[bytes], soort: Berichtsoort) -> Any:
    """A message that was accepted before, up to its streamed class: the declaration without its clients."""
    lezer = _gestroomd(soort)
    assert lezer is not None
    parser = etree.XMLPullParser(events=("start",), tag=lezer.tag, **VEILIG)
    for brok in _klein(delen):
        parser.feed(brok)
        gebeurtenissen: Any = parser.read_events()
        for _, element in gebeurtenissen:
            return plan(soort.klasse, soort).lees(element.getroottree().getroot(), [])
    raise ValueError(f"Dit is geen heel {soort.bericht}.")


def stroom(delen: Iterable[bytes], soort: Berichtsoort) -> Iterator[Any]:
    """The streamed class of a message that was accepted before, one by one: memory holds a part and one of them."""
    lezer = _gestroomd(soort)
    assert lezer is not None
    parser = etree.XMLPullParser(events=("end",), tag=lezer.tag, **VEILIG)
    for brok in _klein(delen):
        parser.feed(brok)
        for _, element in parser.read_events():
            yield lezer.lees(element, [])
            _laat_los(element)


def _klein(delen: Iterable[bytes]) -> Iterator[bytes]:
    return (brok for deel in delen for brok in brokken(deel))


def _laat_los(element: Any) -> None:
    """Forget an element that was read, and whatever stands before it."""
    element.clear(keep_tail=True)
    ouder = element.getparent()
    while element.getprevious() is not None:
        del ouder[0]


def _te_diep(data: bytes, grenzen: Grenzen) -> Geweigerd | None:
    """Asked only of what is refused already: it costs another pass."""
    if diepte(data, grenzen.max_diepte) <= grenzen.max_diepte:
        return None
    return Geweigerd(f"Het bericht heeft meer dan {grenzen.max_diepte} lagen. Zo diep is geen enkel iWmo-bericht.")


def _afgekeurd(data: bytes, soort: Berichtsoort, grenzen: Grenzen, eerste: str) -> Geweigerd:
    if te_diep := _te_diep(data, grenzen):
        return te_diep
    try:
        bevindingen = tuple(schemafouten.zoek(data, schema(soort, grenzen.xsd_map), eerste))
    except etree.XMLSyntaxError as fout:
        # A namespace that is no address only shows when a tree is built.
        return Geweigerd(niet_welgevormd(fout))
    return Geweigerd(f"Het bericht voldoet niet aan het schema van {soort.bericht}.", 2, bevindingen)


class _Stroom:
    """The second gate and the reading of one message while it comes in. Raises etree.XMLSyntaxError at the latest when
    it is closed.

    With a `wachter` also the first gate. The clients of the fast lane need neither: what it matches is well-formed, and
    a message is so with them exactly when it is without.
    """

    def __init__(self, soort: Berichtsoort, grenzen: Grenzen, wachter: Wachter | None = None) -> None:
        self.soort = soort
        self._wachter = wachter
        self.lezer = _gestroomd(soort)
        self.fout: Exception | None = None
        self._vlot = vlot.Vlot(soort) if self.lezer and grenzen.vlotte_baan else None
        tags = (soort.root, self.lezer.tag) if self.lezer else (soort.root,)
        self._parser = etree.XMLPullParser(events=("end",), tag=tags, schema=schema(soort, grenzen.xsd_map), **VEILIG)
        self._dubbel = False  # the first client was read by the fast lane and is still to come by here
        self._wortel: Any = None

    def neem(self, deel: bytes) -> list[Any]:
        """The next part; gives what was read of the streamed class."""
        if self._vlot is None:
            return self._gewoon(deel)
        voor, vlotte, na = self._vlot.neem(deel)
        self._dubbel = self._dubbel or bool(voor)
        return [*self._gewoon(voor), *vlotte, *self._gewoon(na)]

    def sluit(self) -> list[Any]:
        laatste = self._gewoon(self._vlot.sluit()) if self._vlot else []
        if self._wachter:
            self._wachter.sluit()
        self._parser.close()
        return laatste

    def zonder_los(self) -> Any:
        """What stands above the streamed class, once the first of it came by."""
        return plan(self.soort.klasse, self.soort).lees(self._wortel, [])

    def bericht(self, los: list[Any]) -> Any:
        """After `sluit`: the message with these of the streamed class. Raises Geweigerd for a value we cannot hold."""
        gelezen = self._probeer(plan(self.soort.klasse, self.soort), self._wortel, los)
        if isinstance(self.fout, OnleesbareWaarde):
            raise Geweigerd(
                f"De datum {self.fout} kan dit portaal niet verwerken. Gebruik een jaar van 1 tot en met 9999.", 3
            )
        if self.fout:
            raise self.fout
        return gelezen

    def _gewoon(self, data: bytes) -> list[Any]:
        """Past libxml2, which judges it. An element of the streamed class is let go when it is read."""
        los = []
        for brok in brokken(data):
            if self._wachter:
                self._wachter.laat_door(brok)
            self._parser.feed(brok)
            gebeurtenissen: Any = self._parser.read_events()
            for _, element in gebeurtenissen:
                if element.tag == self.soort.root:
                    self._wortel = element
                    continue
                if self._wortel is None:
                    self._wortel = element.getroottree().getroot()
                if not self._dubbel:
                    los.append(self._probeer(self.lezer, element, []))
                self._dubbel = False
                _laat_los(element)
        return los

    def _probeer(self, lezer: Any, element: Any, los: list[Any]) -> Any:
        """Only when the parser is done we know whether the message is valid: until then a value may be unreadable."""
        try:
            return lezer.lees(element, los)
        except (KeyError, ValueError, TypeError) as fout:
            # Without its frames: they hold every line of the client, and letting those go one by one takes minutes.
            self.fout = self.fout or fout.with_traceback(None)
            return None


class _Stap(NamedTuple):
    """How one element is read: its text, or its children."""

    naam: str
    tekst: Callable[[str], Any] | None
    diep: Callable[[Any, list[Any]], Any] | None


class _Plan:
    """How the elements of one class become its dataclass: worked out once from the declaration."""

    def __init__(self, cls: type, soort: Berichtsoort) -> None:
        ruimte = soort.basis_namespace if klasse_van(cls).basis else soort.namespace
        self.cls = cls
        self.tag = f"{{{ruimte}}}{klasse_van(cls).element}"
        self.stappen = {f"{{{ruimte}}}{veld.element}": _stap(veld, soort) for veld in velden(cls)}
        self.op_volgorde = tuple(self.stappen.values())

    def lees(self, element: Any, los: list[Any]) -> Any:
        """Read a valid element. When every field is there the order says which is which: no need to look at names."""
        kinderen = element[:]
        if len(kinderen) == len(self.op_volgorde):
            paren = zip(self.op_volgorde, kinderen, strict=True)
        else:
            paren = ((self.stappen[kind.tag], kind) for kind in kinderen)  # type: ignore[assignment]
        waarden = {}
        for (naam, tekst, diep), kind in paren:
            waarden[naam] = tekst(kind.text or "") if tekst else diep(kind, los)  # type: ignore[misc]
        return self.cls(**waarden)


@cache
def plan(cls: type, soort: Berichtsoort) -> _Plan:
    return _Plan(cls, soort)


def _stap(veld: Veld, soort: Berichtsoort) -> _Stap:
    if veld.houder:
        return _Stap(veld.naam, None, _houder(veld, soort))
    if veld.simpel:
        return _Stap(veld.naam, veld.type.lees, None)
    return _Stap(veld.naam, None, plan(veld.type, soort).lees)


def _houder(veld: Veld, soort: Berichtsoort) -> Callable[[Any, list[Any]], Any]:
    if veld.simpel:
        lees = veld.type.lees
        return lambda element, los: tuple(lees(kind.text or "") for kind in element)
    if klasse_van(veld.type).stroom:
        return lambda element, los: tuple(los)
    lees_item = plan(veld.type, soort).lees
    return lambda element, los: tuple(lees_item(kind, los) for kind in element)


def _gestroomd(soort: Berichtsoort) -> _Plan | None:
    """At most one class of a message is streamed."""
    return next((plan(cls, soort) for cls in klassen(soort.klasse) if klasse_van(cls).stroom), None)

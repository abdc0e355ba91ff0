"""From bytes to a message: the second gate (schema) and the reading of the elements in one pass.

The XML is read in pieces while libxml2 validates it; a class declared with `stroom` (the clients of a declaration) is
turned into its dataclass and its XML is let go at once. So memory holds the message once, as compact values, and
never as a tree.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from lxml import etree

from berichten import schemafouten, vlot
from berichten.datatypes import OnleesbareWaarde
from berichten.poort import STANDAARD, VEILIG, Geweigerd, Grenzen, bewaak, brokken, diepte, niet_welgevormd
from berichten.schema import Veld, klasse_van, klassen, velden
from berichten.standaard import Berichtsoort, ondersteund, soort_van_namespace
from berichten.xsd import schema

__all__ = ["Geweigerd", "Grenzen", "lees", "parse", "soort_van_bytes", "stroom", "zonder_stroom"]


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
    rest, vlotte = vlot.neem(data, soort) if grenzen.vlotte_baan else (data, [])
    stroom = _Stroom(soort, vlotte)
    parser = etree.XMLPullParser(events=("end",), tag=stroom.tags, schema=schema(soort, grenzen.xsd_map), **VEILIG)
    try:
        for brok in brokken(rest):
            parser.feed(brok)
            stroom.neem(element for _, element in parser.read_events())
        parser.close()
    except etree.XMLSyntaxError as fout:
        raise _afgekeurd(data, soort, grenzen, str(fout)) from fout
    return stroom.bericht()


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
    """Collects the parts of one message while it comes in."""

    def __init__(self, soort: Berichtsoort, vlotte: list[Any]) -> None:
        self.soort = soort
        # Read by the fast lane; they stand right after the first one that comes by here.
        self.vlotte = vlotte
        self.lezer = _gestroomd(soort)
        self.los: list[Any] = []
        self.wortel: Any = None
        self.fout: Exception | None = None

    @property
    def tags(self) -> tuple[str, ...]:
        return (self.soort.root, self.lezer.tag) if self.lezer else (self.soort.root,)

    def neem(self, elementen: Iterable[Any]) -> None:
        for element in elementen:
            if element.tag == self.soort.root:
                self.wortel = element
            else:
                self.los.append(self._probeer(self.lezer, element))
                self.los += self.vlotte
                self.vlotte = []
                _laat_los(element)

    def bericht(self) -> Any:
        gelezen = self._probeer(plan(self.soort.klasse, self.soort), self.wortel)
        if isinstance(self.fout, OnleesbareWaarde):
            raise Geweigerd(
                f"De datum {self.fout} kan dit portaal niet verwerken. Gebruik een jaar van 1 tot en met 9999.", 3
            )
        if self.fout:
            raise self.fout
        return gelezen

    def _probeer(self, lezer: Any, element: Any) -> Any:
        """Only when the parser is done we know whether the message is valid: until then a value may be unreadable."""
        try:
            return lezer.lees(element, self.los)
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

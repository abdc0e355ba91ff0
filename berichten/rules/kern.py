"""The register of rules, and the judging of one message by them.

A rule is a generator over all nodes of one or more classes, so that its cost per line is one turn of a loop:

    @regel("TR018", "De einddatum ligt niet voor de begindatum.", berichten="307", op="StopProduct")
    def einde_na_begin(stops, b):
        for stop in stops:
            if stop.einddatum < stop.begindatum:
                yield Fout(stop, "Einddatum")
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from berichten.codelijsten import TECHNISCH_AFGEKEURD
from berichten.poort import Bevinding
from berichten.schema import Veld, klasse_van, velden
from berichten.standaard import Berichtsoort, soort_van
from berichten.toestand import Toestand

T = TypeVar("T")

XSLT, BERICHTOVERSTIJGEND, EXTERN = 2, 3, 4


class Fout(NamedTuple):
    """A node that breaks a rule; `veld` is the path below it, `meer` what makes this case clear."""

    knoop: Any
    veld: str = ""
    meer: str = ""


Controle = Callable[[list[Any], "Beoordeling"], Iterator[Fout]]


@dataclass(frozen=True, slots=True)
class Regel:
    """`op` are the classes whose nodes the rule looks at, and whose answer carries `code`. `keuze` says which reading
    was chosen where the sources differ."""

    id: str
    tekst: str
    niveau: int
    berichten: tuple[str, ...]
    op: tuple[str, ...]
    code: str
    controle: Controle
    keuze: str = ""
    rang: int = 0


REGELS: list[Regel] = []

# Rules of the standard that need no generator: the schema holds them already (level 1).
DOOR_HET_SCHEMA = {
    "CS015": "BerichtSubversie is in het schema vastgezet op 2.",
    "CS025": "BerichtVersie is in het schema vastgezet op 3.",
    "CS319": "DeclaratieNummer heeft in het schema het patroon van letters en cijfers.",
}


def regel(
    id: str,
    tekst: str,
    *,
    berichten: str,
    op: str,
    niveau: int = XSLT,
    code: str = TECHNISCH_AFGEKEURD,
    keuze: str = "",
    rang: int = 0,
) -> Callable[[Controle], Controle]:
    """Register a rule. `berichten` and `op` are lists separated by spaces; `code` "" means it has no retourcode. Rules
    with a lower `rang` go first: what they refuse, later rules may leave out."""

    def registreer(controle: Controle) -> Controle:
        REGELS.append(
            Regel(id, tekst, niveau, tuple(berichten.split()), tuple(op.split()), code, controle, keuze, rang)
        )
        return controle

    return registreer


def regels_voor(nummer: str, niveaus: tuple[int, ...] = (XSLT, BERICHTOVERSTIJGEND, EXTERN)) -> list[Regel]:
    """In the order in which they are judged."""
    eigen = [regel for regel in REGELS if nummer in regel.berichten and regel.niveau in niveaus]
    return sorted(eigen, key=lambda regel: regel.rang)


class Plaats(NamedTuple):
    """Where a node is, for people (`pad`) and for the answer (`klasse`, numbered through the whole document)."""

    pad: str
    klasse: str


class Beoordeling:
    """One message on the table: its nodes per class, who sent it to whom, and what the receiver knows.

    A big message may come in portions, each with the head of the message above it (`InPorties`); `is_einde` then says
    that this is the last.
    """

    def __init__(
        self, bericht: Any, toestand: Toestand | None, eerder: dict[str, Any] | None = None, *, is_einde: bool = True
    ) -> None:
        self.bericht = bericht
        self.is_einde = is_einde
        self._eerder = {} if eerder is None else eerder
        self.soort: Berichtsoort = soort_van(bericht)
        self.gemeente = self.soort.gemeente(bericht)
        self.aanbieder = self.soort.aanbieder(bericht)
        self.dagtekening = bericht.header.bericht_identificatie.dagtekening
        self._toestand = toestand
        self.afgekeurd: set[int] = set()
        self.onthouden: dict[str, Any] = {}
        self._knopen: dict[str, list[Any]] = {}
        _verzamel(bericht, self._knopen)

    @property
    def toestand(self) -> Toestand:
        """Only rules of level 3 and 4 ask for it; without one they are not run."""
        if self._toestand is None:
            raise ValueError("Deze regel vraagt een toestand.")
        return self._toestand

    def knopen(self, *klassen: str) -> list[Any]:
        """The nodes of these classes, in the order of the document."""
        if len(klassen) == 1:
            return self._knopen.get(klassen[0], [])
        return [knoop for klasse in klassen for knoop in self._knopen.get(klasse, [])]

    @cached_property
    def plaatsen(self) -> dict[int, Plaats]:
        """By identity, since two lines may be equal; a message that was read never holds one object twice. Worked out
        only when there is something to report."""
        plaatsen: dict[int, Plaats] = {}
        _nummer(self.bericht, Plaats("Bericht", "Bericht"), Counter(), plaatsen)
        return plaatsen

    def eenmaal(self, naam: str, maak: Callable[[], T]) -> T:
        """Something that several rules ask for and that is worked out once per message."""
        if naam not in self.onthouden:
            self.onthouden[naam] = maak()
        return self.onthouden[naam]

    def doorlopend(self, naam: str, maak: Callable[[], T]) -> T:
        """What a rule must remember from one portion of the message to the next."""
        return self._eerder.setdefault(naam, maak())

    def meld(self, regel: Regel, fout: Fout) -> Bevinding:
        self.afgekeurd.add(id(fout.knoop))
        plaats = self.plaatsen[id(fout.knoop)]
        pad = f"{plaats.pad}/{fout.veld}" if fout.veld else plaats.pad
        klasse = plaats.klasse if regel.niveau > XSLT else "Header"
        return Bevinding(regel.id, regel.code, pad, f"{regel.tekst} {fout.meer}".rstrip(), klasse)


@cache
def kindvelden(cls: type) -> tuple[Veld, ...]:
    """The fields that hold nodes of the message's own classes; the composite types stay part of their owner."""
    return tuple(veld for veld in velden(cls) if not veld.simpel and not klasse_van(veld.type).basis)


@cache
def sleutelfunctie(cls: type) -> Callable[[Any], Any] | None:
    """Takes the logical key from a node; None for a class without one."""
    namen = klasse_van(cls).sleutel
    return attrgetter(*namen) if namen else None


def _verzamel(knoop: Any, knopen: dict[str, list[Any]]) -> None:
    knopen.setdefault(klasse_van(type(knoop)).element, []).append(knoop)
    cls: type = type(knoop)
    for veld in kindvelden(cls):
        waarde = getattr(knoop, veld.naam)
        if veld.houder and not kindvelden(veld.type):
            # Lines have nothing below them: all at once, since there may be 50,000.
            knopen.setdefault(veld.item, []).extend(waarde)
        elif veld.houder:
            for kind in waarde:
                _verzamel(kind, knopen)
        elif waarde is not None:
            _verzamel(waarde, knopen)


def _nummer(knoop: Any, plaats: Plaats, tellers: Counter[str], plaatsen: dict[int, Plaats]) -> None:
    plaatsen[id(knoop)] = plaats
    cls: type = type(knoop)
    for veld in kindvelden(cls):
        waarde = getattr(knoop, veld.naam)
        pad = f"{plaats.pad}/{veld.element}"
        if not veld.houder:
            if waarde is not None:
                _nummer(waarde, Plaats(pad, veld.element), tellers, plaatsen)
            continue
        for volgnummer, kind in enumerate(waarde, 1):
            tellers[veld.item] += 1
            klasse = f"{veld.item}[{tellers[veld.item]}]"
            _nummer(kind, Plaats(f"{pad}/{veld.item}[{volgnummer}]", klasse), tellers, plaatsen)


def beoordeel(bericht: Any, toestand: Toestand | None = None) -> list[Bevinding]:
    """All findings. Level 2 first: a message that fails there is not judged further (IV028). Without a toestand only
    level 2. A fault in the header, or in the declaration as a whole, means that nothing below it is judged."""
    b = Beoordeling(bericht, toestand)
    bevindingen = list(_toets(b, (XSLT,)))
    if not bevindingen and toestand is not None:
        bevindingen = _bovenste(list(_toets(b, (BERICHTOVERSTIJGEND, EXTERN))))
    return bevindingen


class InPorties:
    """Level 2 of a message that is not held as a whole. It says only whether there is anything to refuse: what and
    where is asked of `beoordeel`, with the whole message."""

    def __init__(self) -> None:
        self._eerder: dict[str, Any] = {}

    def is_goed(self, portie: Any, *, is_einde: bool) -> bool:
        """`portie` is the message with only the next of its lines."""
        b = Beoordeling(portie, None, self._eerder, is_einde=is_einde)
        return next(_fouten(b, (XSLT,)), None) is None


def _toets(b: Beoordeling, niveaus: tuple[int, ...]) -> Iterator[Bevinding]:
    for regel, fout in _fouten(b, niveaus):
        yield b.meld(regel, fout)


def _fouten(b: Beoordeling, niveaus: tuple[int, ...]) -> Iterator[tuple[Regel, Fout]]:
    for regel in regels_voor(b.soort.nummer, niveaus):
        for fout in regel.controle(b.knopen(*regel.op), b):
            yield regel, fout


def _bovenste(bevindingen: list[Bevinding]) -> list[Bevinding]:
    for klasse in ("Header", "Declaratie"):
        gevonden = [bevinding for bevinding in bevindingen if bevinding.klasse == klasse and bevinding.code]
        if gevonden:
            return gevonden
    return bevindingen

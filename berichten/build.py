"""From a message to bytes: UTF-8 without a byte order mark (OP192), elements in the order of the declaration.

Written as text rather than as a tree: a declaration of 50,000 lines then costs its own size and no more. `build`
does not check the values: whoever sends a message passes it through `controleer` first.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import IO, Any

from berichten.schema import Veld, klasse_van, velden
from berichten.standaard import Berichtsoort, soort_van

KOP = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BIJZONDER = re.compile("[&<>\r]")
_NAAR = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
# Everything outside the Char production of XML 1.0.
_VERBODEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Schrijver = Callable[[Any], Iterator[str]]


def build(bericht: Any) -> bytes:
    """The message as XML. Raises ValueError for a text with a character that XML cannot hold."""
    return "".join(stukken(bericht)).encode()


def schrijf(bericht: Any, bestand: IO[bytes]) -> None:
    """The same, straight into a binary file."""
    for stuk in stukken(bericht):
        bestand.write(stuk.encode())


def stukken(bericht: Any) -> Iterator[str]:
    """The XML in pieces, in order."""
    soort = soort_van(bericht)
    eigen = soort.voorvoegsel
    yield KOP
    yield f'<{eigen}:Bericht xmlns:iwmo="{soort.basis_namespace}" xmlns:{eigen}="{soort.namespace}">'
    yield from schrijver(soort.klasse, soort)(bericht)
    yield f"</{eigen}:Bericht>\n"


@cache
def schrijver(cls: type, soort: Berichtsoort) -> Schrijver:
    """The function that writes the elements of one class: worked out once from the declaration."""
    voorvoegsel = "iwmo" if klasse_van(cls).basis else soort.voorvoegsel
    delen = [(attrgetter(veld.naam), _veldschrijver(veld, voorvoegsel, soort)) for veld in velden(cls)]

    def schrijf_klasse(waarde: Any) -> Iterator[str]:
        for haal, doe in delen:
            deel = haal(waarde)
            if deel is not None:
                yield from doe(deel)

    return schrijf_klasse


def _veldschrijver(veld: Veld, voorvoegsel: str, soort: Berichtsoort) -> Schrijver:
    open_, dicht = f"<{voorvoegsel}:{veld.element}>", f"</{voorvoegsel}:{veld.element}>"
    if not veld.houder:
        return _omsloten(open_, dicht, _inhoud(veld, soort))
    item = _omsloten(f"<{voorvoegsel}:{veld.item}>", f"</{voorvoegsel}:{veld.item}>", _inhoud(veld, soort))

    def schrijf_houder(waarden: tuple[Any, ...]) -> Iterator[str]:
        if waarden or veld.verplicht:
            yield open_
            for waarde in waarden:
                yield from item(waarde)
            yield dicht

    return schrijf_houder


def _omsloten(open_: str, dicht: str, inhoud: Schrijver) -> Schrijver:
    def schrijf_element(waarde: Any) -> Iterator[str]:
        yield open_
        yield from inhoud(waarde)
        yield dicht

    return schrijf_element


def _inhoud(veld: Veld, soort: Berichtsoort) -> Schrijver:
    if not veld.simpel:
        return schrijver(veld.type, soort)
    naar_tekst = veld.type.schrijf
    return lambda waarde: iter((_veilig(naar_tekst(waarde)),))


def _veilig(tekst: str) -> str:
    if fout := _VERBODEN.search(tekst):
        raise ValueError(f"Teken U+{ord(fout[0]):04X} mag niet in XML staan.")
    return _BIJZONDER.sub(lambda teken: _NAAR[teken[0]], tekst)

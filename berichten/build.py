"""From a message to bytes: UTF-8 without a byte order mark (OP192), elements in the order of the declaration.

Written as text rather than as a tree: a declaration of 50,000 lines then costs its own size and no more. `build`
does not check the values: whoever sends a message passes it through `controleer` first.
"""

import re
from collections.abc import Callable
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

Uit = Callable[[str], Any]
Schrijver = Callable[[Any, Uit], None]


def build(bericht: Any) -> bytes:
    """The message as XML. Raises ValueError for a text with a character that XML cannot hold."""
    stukken: list[str] = []
    _schrijf(bericht, stukken.append)
    return "".join(stukken).encode()


def schrijf(bericht: Any, bestand: IO[bytes]) -> None:
    """The same, straight into a binary file: for what is too big to hold twice."""
    _schrijf(bericht, lambda stuk: bestand.write(stuk.encode()))


def _schrijf(bericht: Any, uit: Uit) -> None:
    soort = soort_van(bericht)
    eigen = soort.voorvoegsel
    uit(KOP)
    uit(f'<{eigen}:Bericht xmlns:iwmo="{soort.basis_namespace}" xmlns:{eigen}="{soort.namespace}">')
    schrijver(soort.klasse, soort)(bericht, uit)
    uit(f"</{eigen}:Bericht>\n")


@cache
def schrijver(cls: type, soort: Berichtsoort) -> Schrijver:
    """The function that writes the elements of one class: worked out once from the declaration."""
    voorvoegsel = "iwmo" if klasse_van(cls).basis else soort.voorvoegsel
    delen = [(attrgetter(veld.naam), _veldschrijver(veld, voorvoegsel, soort)) for veld in velden(cls)]

    def schrijf_klasse(waarde: Any, uit: Uit) -> None:
        for haal, doe in delen:
            deel = haal(waarde)
            if deel is not None:
                doe(deel, uit)

    return schrijf_klasse


def _veldschrijver(veld: Veld, voorvoegsel: str, soort: Berichtsoort) -> Schrijver:
    if not veld.houder:
        return _element(veld, veld.element, voorvoegsel, soort)
    item = _element(veld, veld.item, voorvoegsel, soort)
    open_, dicht = _tags(veld.element, voorvoegsel)

    def schrijf_houder(waarden: tuple[Any, ...], uit: Uit) -> None:
        if waarden or veld.verplicht:
            uit(open_)
            for waarde in waarden:
                item(waarde, uit)
            uit(dicht)

    return schrijf_houder


def _element(veld: Veld, naam: str, voorvoegsel: str, soort: Berichtsoort) -> Schrijver:
    open_, dicht = _tags(naam, voorvoegsel)
    if veld.simpel:
        naar_tekst = veld.type.schrijf
        return lambda waarde, uit: uit(f"{open_}{_veilig(naar_tekst(waarde))}{dicht}")
    inhoud = schrijver(veld.type, soort)

    def schrijf_element(waarde: Any, uit: Uit) -> None:
        uit(open_)
        inhoud(waarde, uit)
        uit(dicht)

    return schrijf_element


def _tags(naam: str, voorvoegsel: str) -> tuple[str, str]:
    return f"<{voorvoegsel}:{naam}>", f"</{voorvoegsel}:{naam}>"


def _veilig(tekst: str) -> str:
    if tekst.isalnum() and tekst.isascii():
        return tekst
    if fout := _VERBODEN.search(tekst):
        raise ValueError(f"Teken U+{ord(fout[0]):04X} mag niet in XML staan.")
    return _BIJZONDER.sub(lambda teken: _NAAR[teken[0]], tekst)

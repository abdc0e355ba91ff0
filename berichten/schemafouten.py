"""What the schema has against a message, in plain Dutch: where it is and what to do."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from berichten.poort import MB, VEILIG, Bevinding

# Above this size the message is not built as a tree just to say where each error is: the first one will do. For each
# error libxml2 walks past all lines before it, so a big message with an error in every line would take minutes.
BOOM = 4 * MB
HOOGSTENS = 50

# One step of a path: the name without its prefix, and its number among the same.
_STAP = re.compile(r"/(?:[^:/\[]+:)?([^/\[]+)(\[\d+\])?")
_NAAM = re.compile(r"\{[^}]*\}")
_ELEMENT = re.compile(r"^Element '(?:\{[^}]*\})?([^']*)'")
_WAARDE = re.compile(r"(?:The value|: )\s*'(.*?)' is not")
_VERWACHT = re.compile(r"Expected is (?:one of )?\( (.*?) \)")
_NODIG = re.compile(r"(?:maximum|minimum) length of '(\d+)'|(?:maximum|minimum) value allowed \('(\d+)'\)")


def zoek(data: bytes, schema: etree.XMLSchema, eerste: str) -> Iterator[Bevinding]:
    """The findings, at most HOOGSTENS of them. `eerste` is what the streaming pass stopped at."""
    if len(data) > BOOM:
        yield Bevinding("XSD", "", "", _zin("", eerste))
        return
    boom = etree.fromstring(data, etree.XMLParser(**VEILIG)).getroottree()
    schema.validate(boom)
    gezien: set[tuple[str, int]] = set()
    fouten: Any = schema.error_log
    for fout in fouten:
        if len(gezien) == HOOGSTENS:
            break
        bevinding = Bevinding("XSD", "", _pad(boom, fout), f"{_zin(fout.type_name, fout.message)} (regel {fout.line})")
        # A value that breaks a pattern is reported twice by libxml2: by its facet and by its type.
        if (bevinding.pad, fout.line) not in gezien:
            gezien.add((bevinding.pad, fout.line))
            yield bevinding
    if not gezien:
        yield Bevinding("XSD", "", "", _zin("", eerste))


def _pad(boom: Any, fout: Any) -> str:
    """`Bericht/Client/StopProducten/StopProduct[2]`, without prefixes. libxml2 names prefixes in its path that may be
    bound anywhere in the message, so the steps are looked up by local name."""
    stappen = _STAP.findall(fout.path or "")
    zoek = "".join(f"/*{n}" if naam == "*" else f"/*[local-name()='{naam}']{n}" for naam, n in stappen)
    gevonden = boom.xpath(zoek) if zoek else None
    return padnaam(gevonden[0]) if gevonden else ""


def padnaam(element: Any) -> str:
    delen = []
    while element is not None:
        naam = etree.QName(element).localname
        zelfde = list(element.itersiblings(element.tag, preceding=True))
        volgende = next(element.itersiblings(element.tag), None)
        delen.append(f"{naam}[{len(zelfde) + 1}]" if zelfde or volgende is not None else naam)
        element = element.getparent()
    return "/".join(reversed(delen))


def _zin(soort: str, melding: str) -> str:
    element = (_ELEMENT.match(melding) or ["", ""])[1]
    maak = _ZINNEN.get(soort.removeprefix("SCHEMAV_"))
    if maak is None:
        maak = next((zin for stuk, zin in _OP_TEKST if stuk in melding), _onbekend)
    return maak(element, melding)


def _onverwacht(element: str, melding: str) -> str:
    verwacht = _VERWACHT.search(melding)
    if "Missing child" in melding:
        return f"In {element} ontbreekt {_opsomming(verwacht)}."
    if verwacht and element in _opsomming(verwacht).split(" of "):
        return f"{element} staat in de verkeerde naamruimte, of op de verkeerde plaats."
    if verwacht:
        return f"{element} staat hier verkeerd: verwacht wordt {_opsomming(verwacht)}."
    return f"{element} hoort hier niet. Haal het weg, of kijk of het er dubbel in staat."


def _opsomming(verwacht: re.Match[str] | None) -> str:
    namen = _NAAM.sub("", verwacht[1]).split(", ") if verwacht else ["een element"]
    return " of ".join(dict.fromkeys(namen))


def _geen_code(element: str, melding: str) -> str:
    return f"{element} heeft de waarde {_waarde(melding)}. Die staat niet in de codelijst."


def _geen_vorm(element: str, melding: str) -> str:
    return f"{element} heeft de waarde {_waarde(melding)}. Die heeft niet de vorm die het schema vraagt."


def _lengte(element: str, melding: str) -> str:
    nodig = _NODIG.search(melding)
    grens = f" De grens is {nodig[1] or nodig[2]}." if nodig else ""
    return f"{element} is te kort of te lang.{grens}"


def _grens(element: str, melding: str) -> str:
    nodig = _NODIG.search(melding)
    return f"{element} is te laag of te hoog.{f' De grens is {nodig[1] or nodig[2]}.' if nodig else ''}"


def _attribuut(element: str, melding: str) -> str:
    return f"{element} heeft een attribuut. iWmo kent geen attributen."


def _tekst(element: str, melding: str) -> str:
    return f"In {element} staat losse tekst tussen de elementen."


def _leeg(element: str, melding: str) -> str:
    return f"{element} mag geen andere elementen bevatten."


def _onbekend(element: str, melding: str) -> str:
    return f"{element or 'Het bericht'} voldoet niet aan het schema."


def _waarde(melding: str) -> str:
    gevonden = _WAARDE.search(melding)
    return f"“{gevonden[1][:40]}”" if gevonden else "die er staat"


_ZINNEN = {
    "ELEMENT_CONTENT": _onverwacht,
    "CVC_ENUMERATION_VALID": _geen_code,
    "CVC_PATTERN_VALID": _geen_vorm,
    "CVC_DATATYPE_VALID_1_2_1": _geen_vorm,
    "CVC_MINLENGTH_VALID": _lengte,
    "CVC_MAXLENGTH_VALID": _lengte,
    "CVC_MININCLUSIVE_VALID": _grens,
    "CVC_MAXINCLUSIVE_VALID": _grens,
    "CVC_COMPLEX_TYPE_3_2_1": _attribuut,
    "CVC_COMPLEX_TYPE_2_3": _tekst,
    "CVC_TYPE_3_1_1": _attribuut,
    "CVC_TYPE_3_1_2": _leeg,
}
# Without the type of the error (the streaming pass) the words of libxml2 tell which it is.
_OP_TEKST = (
    ("not expected", _onverwacht),
    ("Missing child", _onverwacht),
    ("facet 'enumeration'", _geen_code),
    ("facet 'pattern'", _geen_vorm),
    ("facet 'minLength'", _lengte),
    ("facet 'maxLength'", _lengte),
    ("facet 'minInclusive'", _grens),
    ("facet 'maxInclusive'", _grens),
    ("not a valid value", _geen_vorm),
    ("attribute", _attribuut),
    ("Character content", _tekst),
)

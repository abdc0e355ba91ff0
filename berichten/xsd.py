"""Our own schemas, generated from the declarations, and the compiled ones the second gate uses."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import quoteattr

from lxml import etree

from berichten.datatypes import Simpel
from berichten.schema import Veld, klasse_van, klassen, velden
from berichten.standaard import Berichtsoort, berichtsoorten

T = TypeVar("T")

BASISBESTAND = "basisschema.xsd"
_XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


@cache
def basisschema() -> str:
    """The schema of the simple and composite types that all messages share."""
    soort = next(iter(berichtsoorten.values()))
    samengesteld = _uniek(cls for s in berichtsoorten.values() for cls in klassen(s.klasse) if klasse_van(cls).basis)
    simpel = _uniek(
        veld.type for s in berichtsoorten.values() for cls in klassen(s.klasse) for veld in velden(cls) if veld.simpel
    )
    regels = [_kop(soort.basis_namespace, f'xmlns:iwmo="{soort.basis_namespace}"')]
    regels += [_complex(cls, "iwmo") for cls in samengesteld]
    regels += [_simpel(soort) for soort in sorted(simpel, key=lambda s: s.naam)]
    return "\n".join([*regels, "</xs:schema>"])


@cache
def berichtschema(soort: Berichtsoort) -> str:
    """The schema of one message. It imports the basisschema by the name BASISBESTAND."""
    eigen = soort.voorvoegsel
    ruimtes = f'xmlns:iwmo="{soort.basis_namespace}" xmlns:{eigen}="{soort.namespace}"'
    regels = [
        _kop(soort.namespace, ruimtes),
        f'<xs:import namespace="{soort.basis_namespace}" schemaLocation="{BASISBESTAND}"/>',
        f'<xs:element name="Bericht" type="{eigen}:Root"/>',
    ]
    houders: dict[str, str] = {}
    for cls in klassen(soort.klasse):
        if not klasse_van(cls).basis:
            regels.append(_complex(cls, eigen))
            houders |= {veld.element: _houder(veld, eigen) for veld in velden(cls) if veld.houder}
    return "\n".join([*regels, *houders.values(), "</xs:schema>"])


def _uniek(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))


def _kop(doel: str, ruimtes: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xs:schema {_XS} {ruimtes} targetNamespace="{doel}" elementFormDefault="qualified">'
    )


def _complex(cls: type, voorvoegsel: str) -> str:
    elementen = "".join(_element(veld, voorvoegsel) for veld in velden(cls))
    return f'<xs:complexType name="{klasse_van(cls).type_naam}"><xs:sequence>{elementen}</xs:sequence></xs:complexType>'


def _element(veld: Veld, voorvoegsel: str) -> str:
    hoevaak = "" if veld.verplicht else ' minOccurs="0"'
    if veld.houder:
        return f'<xs:element name="{veld.element}" type="{voorvoegsel}:{veld.element}"{hoevaak}/>'
    beperking = veld.vast or veld.patroon
    if not beperking:
        return f'<xs:element name="{veld.element}" type="{_typenaam(veld, voorvoegsel)}"{hoevaak}/>'
    patroon = f"<xs:pattern value={quoteattr(beperking)}/>"
    return (
        f'<xs:element name="{veld.element}"{hoevaak}><xs:simpleType>'
        f'<xs:restriction base="{_typenaam(veld, voorvoegsel)}">{patroon}</xs:restriction></xs:simpleType></xs:element>'
    )


def _houder(veld: Veld, voorvoegsel: str) -> str:
    """A holder becomes a type of its own, as the official schemas do: xsi:type may name it."""
    item = f'<xs:element name="{veld.item}" type="{_typenaam(veld, voorvoegsel)}" maxOccurs="unbounded"/>'
    return f'<xs:complexType name="{veld.element}"><xs:sequence>{item}</xs:sequence></xs:complexType>'


def _typenaam(veld: Veld, voorvoegsel: str) -> str:
    if veld.simpel:
        return f"iwmo:{veld.type.naam}"
    van = klasse_van(veld.type)
    return f"iwmo:{van.type_naam}" if van.basis else f"{voorvoegsel}:{van.type_naam}"


def _simpel(soort: Simpel) -> str:
    facetten: list[tuple[str, object]] = [
        ("minLength", soort.min_lengte),
        ("maxLength", soort.max_lengte),
        ("pattern", soort.patroon),
        *(("enumeration", waarde) for waarde in soort.waarden),
    ]
    if soort.bereik:
        facetten += [("minInclusive", soort.bereik[0]), ("maxInclusive", soort.bereik[1])]
    tekst = "".join(f"<xs:{naam} value={quoteattr(str(waarde))}/>" for naam, waarde in facetten if waarde is not None)
    beperking = f'<xs:restriction base="xs:{soort.basis}">{tekst}</xs:restriction>'
    return f'<xs:simpleType name="{soort.naam}">{beperking}</xs:simpleType>'


class _BasisUitHetHoofd(etree.Resolver):
    """Serves the import of the basisschema from memory: reading a schema never touches disk or network."""

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        return self.resolve_string(basisschema(), context, base_url=BASISBESTAND)


@cache
def schema(soort: Berichtsoort, xsd_map: Path | None = None) -> etree.XMLSchema:
    """The compiled schema: our own, or the official file of that name in `xsd_map`. Compiled once per process."""
    if xsd_map is not None:
        return etree.XMLSchema(file=str(xsd_map / f"{soort.bericht}.xsd"))
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_BasisUitHetHoofd())
    return etree.XMLSchema(etree.fromstring(berichtschema(soort).encode(), parser))

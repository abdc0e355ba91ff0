"""How a declaration is read: dataclass in, list of fields out.

A message class is a frozen dataclass. The order of its fields is the order of the elements; everything a reader needs
(element name, type, how often, part of the logical key, namespace) follows from the annotation:

    begindatum: Datum                      exactly once
    einddatum: Datum | None = None         at most once
    start_producten: Reeks[StartProduct]   a holder <StartProducten> with one or more <StartProduct>
    relaties: MogelijkeReeks[Relatie] = () the same, and the holder may be absent
    bericht_code: Annotated[str, BERICHTCODE, Vast("414")] = "414"

The element name is the field name in camel case: `toewijzing_nummer` is `ToewijzingNummer`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, dataclass_transform, get_args, get_origin, get_type_hints

from berichten.datatypes import Patroon, Simpel, Vast

T = TypeVar("T")


class _Houder:
    """Marks a tuple that is written as a holder element with the items in it."""

    def __init__(self, verplicht: bool) -> None:
        self.verplicht = verplicht


Reeks = Annotated[tuple[T, ...], _Houder(verplicht=True)]
MogelijkeReeks = Annotated[tuple[T, ...], _Houder(verplicht=False)]


@dataclass(frozen=True, slots=True)
class Veld:
    """One element of a class. `type` is a Simpel or a declared class; for a `houder` it is the type of the items."""

    naam: str
    element: str
    type: Any
    verplicht: bool
    sleutel: bool = False
    vast: str | None = None
    patroon: str | None = None
    houder: bool = False
    item: str = ""

    @property
    def simpel(self) -> bool:
        return isinstance(self.type, Simpel)


@dataclass(frozen=True, slots=True)
class Klasse:
    """What a declaration says beyond its fields."""

    element: str
    type_naam: str
    basis: bool
    sleutel: tuple[str, ...]
    stroom: bool


@dataclass_transform(frozen_default=True, kw_only_default=True)
def klasse(
    *,
    sleutel: tuple[str, ...] = (),
    basis: bool = False,
    element: str = "",
    type_naam: str = "",
    stroom: bool = False,
) -> Callable[[type[T]], type[T]]:
    """Declare a message class.

    `sleutel` names the fields of its logical key (TR101). `basis` puts its parts in the namespace of the basisschema
    (the composite types, CDT). A class that answers another one inherits that one's element name. `stroom` says that
    there may be very many: the reader takes them one by one and lets the XML of each go.
    """

    def declareer(cls: type[T]) -> type[T]:
        ouder = getattr(cls, "__klasse__", None)
        naam = element or (ouder.element if ouder else cls.__name__)
        echt: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
        echt.__klasse__ = Klasse(
            element=naam,
            type_naam=type_naam or (f"CDT_{cls.__name__}" if basis else naam),
            basis=basis or bool(ouder and ouder.basis),
            sleutel=sleutel or (ouder.sleutel if ouder else ()),
            stroom=stroom,
        )
        return echt

    return declareer


def klasse_van(cls: Any) -> Klasse:
    return cls.__klasse__


def elementnaam(veldnaam: str) -> str:
    """`toewijzing_nummer` -> `ToewijzingNummer`."""
    return "".join(deel.capitalize() for deel in veldnaam.split("_"))


@cache
def velden(cls: type) -> tuple[Veld, ...]:
    """The fields of a declared class, in the order of the elements."""
    hints = get_type_hints(cls, include_extras=True)
    sleutel = klasse_van(cls).sleutel
    return tuple(_veld(veld.name, hints[veld.name], veld.name in sleutel) for veld in fields(cls))


def _veld(naam: str, hint: Any, sleutel: bool) -> Veld:
    hint, verplicht = _zonder_none(hint)
    basistype, extra = _uitgepakt(hint)
    houder = next((x for x in extra if isinstance(x, _Houder)), None)
    if houder:
        item, item_extra = _uitgepakt(get_args(basistype)[0])
        soort = _simpel(item_extra) or item
        return Veld(naam, elementnaam(naam), soort, houder.verplicht, houder=True, item=_itemnaam(soort))
    vast = next((x.waarde for x in extra if isinstance(x, Vast)), None)
    patroon = next((x.waarde for x in extra if isinstance(x, Patroon)), None)
    return Veld(naam, elementnaam(naam), _simpel(extra) or basistype, verplicht, sleutel, vast, patroon)


def _zonder_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, UnionType):
        (kern,) = [deel for deel in get_args(hint) if deel is not NoneType]
        return kern, False
    return hint, True


def _uitgepakt(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(hint) is Annotated:
        kern, *extra = get_args(hint)
        return kern, tuple(extra)
    return hint, ()


def _simpel(extra: tuple[Any, ...]) -> Simpel | None:
    return next((x for x in extra if isinstance(x, Simpel)), None)


def _itemnaam(soort: Any) -> str:
    """Items carry the name of their class; the one simple item of the standard is the RetourCode."""
    return soort.naam.removeprefix("LDT_") if isinstance(soort, Simpel) else klasse_van(soort).element


def klassen(cls: type) -> Iterator[type]:
    """The declared classes a class is built from, deepest first and each once; `cls` itself comes last."""
    gezien: dict[type, None] = {}
    _verzamel(cls, gezien)
    return iter(gezien)


def _verzamel(cls: type, gezien: dict[type, None]) -> None:
    for veld in velden(cls):
        if not veld.simpel and veld.type not in gezien:
            _verzamel(veld.type, gezien)
    gezien[cls] = None


@dataclass(frozen=True, slots=True)
class Plek:
    """One declared element of a message: where it stands and what it is. The docs and the tests read these."""

    pad: str
    basis: bool
    veld: Veld | None
    type: Any
    verplicht: bool
    herhaalt: bool
    sleutel: bool

    @property
    def type_naam(self) -> str:
        """The name of the type in the schema. A holder is named after its element."""
        if self.veld is not None and self.veld.houder:
            return self.veld.element
        return self.type.naam if isinstance(self.type, Simpel) else klasse_van(self.type).type_naam


def plekken(cls: type, pad: str = "", basis: bool = False) -> Iterator[Plek]:
    """Walk every element below a class, holders and items included, in document order.

    >>> [plek.pad for plek in plekken(Bericht319)][:3]
    ['Header', 'Header/BerichtCode', 'Header/BerichtVersie']
    """
    for veld in velden(cls):
        eigen = f"{pad}/{veld.element}".lstrip("/")
        yield Plek(eigen, basis, veld, veld.type, veld.verplicht, False, veld.sleutel)
        if veld.houder:
            eigen = f"{eigen}/{veld.item}"
            yield Plek(eigen, basis, None, veld.type, True, True, False)
        if not veld.simpel:
            binnen = klasse_van(veld.type).basis
            for plek in plekken(veld.type, eigen, binnen):
                # A composite that is part of the key makes its parts part of the key (Product in a StartProduct).
                yield Plek(
                    plek.pad,
                    plek.basis,
                    plek.veld,
                    plek.type,
                    plek.verplicht,
                    plek.herhaalt,
                    plek.sleutel or (veld.sleutel and binnen),
                )

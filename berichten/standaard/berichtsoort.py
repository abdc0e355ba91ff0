"""What is known of a kind of message as a whole, and the registry that every reader starts from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, dataclass_transform

from berichten.schema import klasse

T = TypeVar("T")

GEMEENTE: Literal["gemeente"] = "gemeente"
AANBIEDER: Literal["aanbieder"] = "aanbieder"


@dataclass(frozen=True, slots=True)
class Berichtsoort:
    """One of the fourteen. `antwoord` is the number of the message that answers it, "" where there is none.

    `kop_van` is who stands in Afzender: in an answer that is the sender of the message answered, since the header is
    copied. `verzender` is who sends this very message. `dagen` is within how many working days it is due (0: no term).
    """

    nummer: str
    code: str
    versie: str
    naam: str
    doel: str
    klasse: type
    kop_van: Literal["gemeente", "aanbieder"]
    verzender: Literal["gemeente", "aanbieder"]
    antwoord: str
    soort: Literal["heen", "retour"]
    dagen: int

    @property
    def bericht(self) -> str:
        """The name in the world outside: WMO305."""
        return f"WMO{self.nummer}"

    @property
    def voorvoegsel(self) -> str:
        return f"wmo{self.nummer}"

    @property
    def namespace(self) -> str:
        return f"http://www.istandaarden.nl/iwmo/{self.versie}/{self.voorvoegsel}/schema"

    @property
    def basis_namespace(self) -> str:
        return f"http://www.istandaarden.nl/iwmo/{self.versie}/basisschema/schema"

    @property
    def root(self) -> str:
        return f"{{{self.namespace}}}Bericht"

    def gemeente(self, bericht: Any) -> str:
        """CBS code of the gemeente in the header."""
        return bericht.header.afzender if self.kop_van == GEMEENTE else bericht.header.ontvanger

    def aanbieder(self, bericht: Any) -> str:
        """AGB code of the aanbieder in the header."""
        return bericht.header.ontvanger if self.kop_van == GEMEENTE else bericht.header.afzender


berichtsoorten: dict[str, Berichtsoort] = {}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def bericht(
    nummer: str,
    *,
    code: str,
    naam: str,
    doel: str,
    kop_van: Literal["gemeente", "aanbieder"],
    verzender: Literal["gemeente", "aanbieder"],
    antwoord: str = "",
    soort: Literal["heen", "retour"] = "heen",
    dagen: int = 0,
    versie: str = "3_2",
) -> Callable[[type[T]], type[T]]:
    """Declare the root of a message and enter it in the registry."""

    def declareer(cls: type[T]) -> type[T]:
        echt = klasse(element="Bericht", type_naam="Root")(cls)
        berichtsoorten[nummer] = Berichtsoort(
            nummer, code, versie, naam, doel, echt, kop_van, verzender, antwoord, soort, dagen
        )
        return echt

    return declareer


def soort_van(waarde: Any) -> Berichtsoort:
    """The Berichtsoort of a message object."""
    return next(soort for soort in berichtsoorten.values() if soort.klasse is type(waarde))


def soort_van_namespace(namespace: str) -> Berichtsoort | None:
    return next((soort for soort in berichtsoorten.values() if soort.namespace == namespace), None)


def ondersteund() -> str:
    """For the sentence that refuses an unknown message."""
    return "iWmo 3.2: " + ", ".join(soort.bericht for soort in berichtsoorten.values())

"""The simple types (LDT) of the basisschema, as data, and how their text becomes a Python value.

Amounts (`Bedrag`, `Budget`, `TotaalBedrag`) are whole eurocents here and nowhere else in the portal: `cent` and `euro`
are the two doors. Sources: the facts in iwmo/types.csv, checked against the official basisschema by a test.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Annotated, Any, Literal

from berichten.codelijsten import codes

TEKST: Literal["string"] = "string"
GETAL: Literal["integer"] = "integer"
DATUM: Literal["date"] = "date"
TIJD: Literal["time"] = "time"

# XSD's dot leaves out the line breaks, so a name with a line break in it does not match.
NIET_LEEG = r".*[^\s].*"


@dataclass(frozen=True, slots=True)
class Simpel:
    """A simple type: base, and the facets that narrow it. `lijst` names the code list that the values come from;
    `gesloten` says that the schema itself enumerates that list."""

    naam: str
    basis: Literal["string", "integer", "date", "time"] = TEKST
    patroon: str | None = None
    min_lengte: int | None = None
    max_lengte: int | None = None
    bereik: tuple[int, int] | None = None
    lijst: str | None = None
    gesloten: bool = False

    @property
    def waarden(self) -> tuple[str, ...]:
        """The values the schema enumerates; empty when every text that fits is allowed."""
        return codes(self.lijst) if self.lijst and self.gesloten else ()

    @property
    def lees(self) -> Callable[[str], Any]:
        """Codes and other short texts come back in every line of a declaration: one copy of each is kept."""
        if self.basis == TEKST and self.max_lengte and self.max_lengte <= 5:
            return sys.intern
        return _LEZERS[self.basis]

    @property
    def schrijf(self) -> Callable[[Any], str]:
        return _SCHRIJVERS[self.basis]


@dataclass(frozen=True, slots=True)
class Vast:
    """A fixed value, such as the code of the message."""

    waarde: str


@dataclass(frozen=True, slots=True)
class Patroon:
    """A pattern that one message lays upon a shared type (DeclaratieNummer in the 323)."""

    waarde: str


def _gecodeerd(naam: str, lijst: str, lengte: int) -> Simpel:
    return Simpel(naam, max_lengte=lengte, lijst=lijst, gesloten=True)


def _naam(naam: str, lengte: int) -> Simpel:
    return Simpel(naam, patroon=NIET_LEEG, min_lengte=1, max_lengte=lengte)


def _getal(naam: str, hoogste: int) -> Simpel:
    return Simpel(naam, basis=GETAL, bereik=(0, hoogste))


@lru_cache(maxsize=4096)
def lees_datum(tekst: str) -> date:
    """Years that Python cannot hold (before 1, after 9999) are allowed by xs:date; see `OnleesbareWaarde`."""
    try:
        return date.fromisoformat(tekst.strip())
    except ValueError as fout:
        raise OnleesbareWaarde(tekst.strip()) from fout


@lru_cache(maxsize=4096)
def lees_tijd(tekst: str) -> time:
    """xs:time allows 24:00:00 for midnight and any number of decimals; Python holds six of them."""
    uren, minuten, rest = tekst.strip().split(":")
    seconden, _, breuk = rest.partition(".")
    return time(int(uren) % 24, int(minuten), int(seconden), int(f"{breuk:0<6}"[:6]))


def schrijf_tijd(waarde: time) -> str:
    return waarde.isoformat().rstrip("0") if waarde.microsecond else waarde.isoformat()


class OnleesbareWaarde(ValueError):
    """A value the schema allows and this portal cannot hold (a date in the year 12025)."""


_LEZERS: dict[str, Callable[[str], Any]] = {TEKST: str, GETAL: int, DATUM: lees_datum, TIJD: lees_tijd}
_SCHRIJVERS: dict[str, Callable[[Any], str]] = {TEKST: str, GETAL: str, DATUM: date.isoformat, TIJD: schrijf_tijd}


def cent(euro: Decimal) -> int:
    """Euros to whole eurocents, half up."""
    return int((euro * 100).quantize(Decimal(1), ROUND_HALF_UP))


def euro(cent: int) -> Decimal:
    """Eurocents to euros with two decimals."""
    return Decimal(cent).scaleb(-2)


AanduidingWoonadres = Annotated[str, _gecodeerd("LDT_AanduidingWoonadres", "NUM061", 2)]
AdresSoort = Annotated[str, _gecodeerd("LDT_AdresSoort", "COD757", 2)]
AgbCode = Annotated[str, Simpel("LDT_AgbCode", patroon="[0-9]{8}", min_lengte=1, max_lengte=8)]
Bedrag = Annotated[int, _getal("LDT_Bedrag", 99_999_999)]
BerichtCode = Annotated[str, Simpel("LDT_BerichtCode", min_lengte=1, max_lengte=3, lijst="COD002")]
BerichtSubversie = Annotated[int, _getal("LDT_BerichtSubversie", 99)]
BerichtVersie = Annotated[int, _getal("LDT_BerichtVersie", 99)]
Budget = Annotated[int, _getal("LDT_Budget", 99_999_999)]
Bsn = Annotated[str, Simpel("LDT_BurgerServicenummer", patroon="[0-9]{9}", min_lengte=1, max_lengte=9)]
# The official pattern ([.\s]*\S+[.\s]*)+ says "has something else than white space" in a way that takes exponential
# time in a backtracking engine; this one says the same in linear time.
Commentaar = Annotated[str, Simpel("LDT_Commentaar", patroon=r"[\s\S]*\S[\s\S]*", min_lengte=1)]
Communicatievorm = Annotated[str, _gecodeerd("LDT_Communicatievorm", "COD747", 1)]
Datum = Annotated[date, Simpel("LDT_Datum", basis=DATUM, patroon="[^:Z]*")]
DatumGebruik = Annotated[str, _gecodeerd("LDT_DatumGebruik", "COD170", 1)]
DebetCredit = Annotated[str, _gecodeerd("LDT_DebetCredit", "COD043", 1)]
Eenheid = Annotated[str, _gecodeerd("LDT_Eenheid", "WJ756", 2)]
Emailadres = Annotated[str, _naam("LDT_Emailadres", 80)]
Frequentie = Annotated[str, _gecodeerd("LDT_Frequentie", "WMO757", 1)]
Gemeente = Annotated[str, Simpel("LDT_Gemeente", patroon="[0-9]{4}", min_lengte=1, lijst="CBS")]
Geslacht = Annotated[str, _gecodeerd("LDT_Geslacht", "COD046", 1)]
Huisletter = Annotated[str, _naam("LDT_Huisletter", 1)]
Huisnummer = Annotated[int, _getal("LDT_Huisnummer", 99_999)]
HuisnummerToevoeging = Annotated[str, _naam("LDT_HuisnummerToevoeging", 4)]
IdentificatieBericht = Annotated[str, _naam("LDT_IdentificatieBericht", 12)]
IdentificatieDeclaratie = Annotated[str, Simpel("LDT_IdentificatieDeclaratie", min_lengte=1, max_lengte=12)]
JaNee = Annotated[str, _gecodeerd("LDT_JaNee", "COD260", 1)]
JuridischeStatus = Annotated[str, _gecodeerd("LDT_JuridischeStatus", "WJ232", 2)]
LandCode = Annotated[str, _gecodeerd("LDT_LandCode", "COD032", 2)]
Landnummer = Annotated[str, _naam("LDT_Landnummer", 4)]
Naam = Annotated[str, _naam("LDT_Naam", 200)]
NaamGebruik = Annotated[str, _gecodeerd("LDT_NaamGebruik", "COD700", 1)]
NaamVerwijzer = Annotated[str, _naam("LDT_NaamVerwijzer", 64)]
Nummer = Annotated[int, _getal("LDT_Nummer", 999_999_999)]
Organisatienaam = Annotated[str, _naam("LDT_Organisatienaam", 35)]
Persoonsid = Annotated[str, _naam("LDT_Persoonsid", 20)]
Plaatsnaam = Annotated[str, _naam("LDT_Plaatsnaam", 80)]
Postcode = Annotated[str, _naam("LDT_Postcode", 8)]
ProductCategorie = Annotated[str, _gecodeerd("LDT_ProductCategorie", "WMO020", 2)]
ProductCode = Annotated[str, _naam("LDT_ProductCode", 5)]
RedenAfwijzingVerzoek = Annotated[str, _gecodeerd("LDT_RedenAfwijzingVerzoek", "WJ759", 2)]
RedenBeeindiging = Annotated[str, _gecodeerd("LDT_RedenBeeindiging", "WMO588", 2)]
RedenVerzoek = Annotated[str, _gecodeerd("LDT_RedenVerzoek", "WJ758", 1)]
RedenWijziging = Annotated[str, _gecodeerd("LDT_RedenWijziging", "WMO002", 2)]
Referentie = Annotated[str, _naam("LDT_Referentie", 36)]
ReferentieNummer = Annotated[str, Simpel("LDT_ReferentieNummer", min_lengte=1, max_lengte=20)]
RelatieVolgorde = Annotated[int, _getal("LDT_RelatieVolgorde", 99)]
RetourCode = Annotated[str, _gecodeerd("LDT_RetourCode", "WJ001", 4)]
SoortRelatie = Annotated[str, _gecodeerd("LDT_SoortRelatie", "COD472", 2)]
StatusAanlevering = Annotated[str, _gecodeerd("LDT_StatusAanlevering", "COD467", 1)]
Straatnaam = Annotated[str, _naam("LDT_Straatnaam", 24)]
Taal = Annotated[str, _naam("LDT_Taal", 25)]
Telefoonnummer = Annotated[str, Simpel("LDT_Telefoonnummer", patroon="[0-9]*", min_lengte=1, max_lengte=15)]
# The official pattern [^Z+-]+ is misread by libxml2, which lets 12:00:00-01:00 through; with the minus escaped it is
# read as it is meant.
Tijd = Annotated[time, Simpel("LDT_Tijd", basis=TIJD, patroon=r"[^Z+\-]+")]
TotaalBedrag = Annotated[int, _getal("LDT_TotaalBedrag", 999_999_999_999)]
TypeVerwijzer = Annotated[str, _gecodeerd("LDT_TypeVerwijzer", "COD327", 2)]
Versie = Annotated[
    str, Simpel("LDT_Versie", patroon=r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)", min_lengte=1)
]
VerzoekAntwoord = Annotated[str, _gecodeerd("LDT_VerzoekAntwoord", "WJ760", 1)]
Volume = Annotated[int, _getal("LDT_Volume", 99_999_999)]
Voorletters = Annotated[str, Simpel("LDT_Voorletters", patroon="[a-zA-ZÀ-ỳ]+", min_lengte=1, max_lengte=6)]
Voorvoegsel = Annotated[str, _naam("LDT_Voorvoegsel", 10)]
WettelijkeVertegenwoordiging = Annotated[str, _gecodeerd("LDT_WettelijkeVertegenwoordiging", "WJ003", 2)]

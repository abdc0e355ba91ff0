"""The five kinds of envelope of GGK 02.10: Di01 (message), Du01 (answer), Fo01 (not delivered), Bv03 (received) and
Fo03 (not received). Facts: the published WSDL and schemas, and the specification 2.1.04 version 4.
"""

import base64
from dataclasses import dataclass
from typing import Any

from lxml import etree

from berichten.knooppunt.boom import MAX_BYTES, Knoop, lees_boom
from berichten.knooppunt.grammatica import Base64, Element, Tekst, lees, schrijf
from berichten.poort import MB, Geweigerd

NS_STUF = "http://www.egem.nl/StUF/StUF0301"
NS_GGK = "http://www.stufstandaarden.nl/koppelvlak/ggk0210"
STUF, GGK = f"{{{NS_STUF}}}", f"{{{NS_GGK}}}"
NSMAP = {"StUF": NS_STUF, "GGK": NS_GGK}

UUID4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
ONTVANGER = "GGk"  # the application that every envelope is addressed to


# ------------------------------------------------------------------------------- declarations


def _stuf(naam: str, inhoud: Any, verplicht: bool = True) -> Element:
    return Element(STUF + naam, inhoud, verplicht)


def _partij(naam: str, organisatie_verplicht: bool) -> Element:
    delen = (
        _stuf("organisatie", Tekst(maximaal=200), organisatie_verplicht),
        _stuf("applicatie", Tekst(3, 50)),
        _stuf("administratie", Tekst(maximaal=50), False),
        _stuf("gebruiker", Tekst(maximaal=100), False),
    )
    return _stuf(naam, delen)


def _stuur(code: str, *, nummer: Tekst, kruis: Tekst | None, functie: bool) -> tuple[Element, ...]:
    """The header in its fixed order. `kruis` is the number of the envelope that is answered, None on a Di01."""
    delen = [
        _stuf("berichtcode", Tekst(patroon=code)),
        _partij("zender", functie),
        _partij("ontvanger", functie),
        _stuf("referentienummer", nummer),
        _stuf("tijdstipBericht", Tekst(patroon="[0-9]{8,17}")),
    ]
    delen += [_stuf("crossRefnummer", kruis)] if kruis else []
    delen += [_stuf("functie", Tekst(maximaal=30))] if functie else []
    return tuple(delen)


_UUID, _NUMMER, _VERSIE = Tekst(maximaal=40, patroon=UUID4), Tekst(maximaal=40), Tekst(patroon="[0-9]{4}")
_BESTAND = Element(
    GGK + "tekstBestand", Base64(), attributen={"bestandsnaam": Tekst(4, 255, patroon=r"[A-Za-z0-9\-._]+")}
)
_PARAMETERS = Element(
    GGK + "parameters",
    (
        *(Element(GGK + n, _VERSIE) for n in ("applicatieVersie", "applicatieSubversie")),
        *(Element(GGK + n, _VERSIE) for n in ("functieVersie", "functieSubversie")),
        Element(GGK + "bericht", (_BESTAND, Element(GGK + "xmlBestand", Base64())), keuze=True),
    ),
)
_FOUT = _stuf(
    "body",
    (
        _stuf("code", Tekst(maximaal=7)),
        _stuf("plek", Tekst(patroon="client|server")),
        _stuf("omschrijving", Tekst(maximaal=200)),
        _stuf("details", Tekst(maximaal=1000), False),
        _stuf("detailsXML", None, False),
    ),
)


def _systeembericht(code: str, *rest: Element) -> Element:
    stuur = _stuf("stuurgegevens", _stuur(code, nummer=_NUMMER, kruis=_NUMMER, functie=False))
    return _stuf(f"{code}Bericht", (stuur, *rest))


def _vorm(naam: str, stuur: tuple[Element, ...]) -> Element:
    return Element(GGK + naam, (Element(GGK + "stuurgegevens", stuur), _PARAMETERS))


VORMEN = {
    "Di01": _vorm("envelopHeenbericht-ggk_Di01", _stuur("Di01", nummer=_UUID, kruis=None, functie=True)),
    "Du01": _vorm("envelopRetourbericht-ggk_Du01", _stuur("Du01", nummer=_UUID, kruis=_UUID, functie=True)),
    "Fo01": _systeembericht("Fo01", _FOUT),
    "Bv03": _systeembericht("Bv03"),
    "Fo03": _systeembericht("Fo03", _FOUT),
}
ACTIES = {
    "Di01": f"{NS_GGK}/ggk_Di01",
    "Du01": f"{NS_GGK}/ggk_Du01",
    "Fo01": f"{NS_STUF}/Fo01",
}  # SOAPAction of the WSDL


# ------------------------------------------------------------------------------- values


@dataclass(frozen=True, slots=True)
class Partij:
    """`organisatie` is a CBS code of four digits, an AGB code of eight, or the name of a part of the chain."""

    organisatie: str
    applicatie: str
    administratie: str = ""
    gebruiker: str = ""


@dataclass(frozen=True, slots=True)
class Stuur:
    """The header of every kind. `tijdstip` is yyyyMMddHHmmss, Amsterdam; `kruis` is "" on a Di01."""

    zender: Partij
    ontvanger: Partij
    nummer: str
    tijdstip: str
    kruis: str = ""


@dataclass(frozen=True, slots=True)
class Envelop:
    """A Di01, or a Du01 when the header has a `kruis`. `versies` are applicatie, its sub, functie and its sub."""

    stuur: Stuur
    functie: str
    versies: tuple[str, str, str, str]
    inhoud: bytes
    bestandsnaam: str = ""

    @property
    def code(self) -> str:
        return "Du01" if self.stuur.kruis else "Di01"


@dataclass(frozen=True, slots=True)
class Fout:
    """Fo01 or Fo03: the code with the text that came along. One code means different things in different years, so
    people always see both."""

    code: str
    stuur: Stuur
    foutcode: str
    plek: str
    omschrijving: str
    details: str = ""

    @property
    def zin(self) -> str:
        return ": ".join(deel for deel in (self.foutcode, self.omschrijving) if deel)


@dataclass(frozen=True, slots=True)
class Bevestiging:
    """Bv03: received and stored."""

    stuur: Stuur

    @property
    def code(self) -> str:
        return "Bv03"


Bericht = Envelop | Fout | Bevestiging


# ------------------------------------------------------------------------------- reading


def lees_envelop(data: bytes) -> Bericht:
    """Bytes from outside to a value. Raises Geweigerd with one sentence."""
    return uit_boom(lees_boom(data))


def uit_boom(wortel: Knoop) -> Bericht:
    for code, vorm in VORMEN.items():
        if vorm.naam == wortel.naam:
            return _waarde(code, lees(wortel, vorm))
    raise Geweigerd(f"{wortel.lokaal} is geen envelop van GGK 02.10. Wij kennen {', '.join(VORMEN)}.", 2)


def _waarde(code: str, gelezen: dict[str, Any]) -> Bericht:
    kop = gelezen["stuurgegevens"]
    stuur = Stuur(
        Partij(**{"organisatie": "", **kop["zender"]}),
        Partij(**{"organisatie": "", **kop["ontvanger"]}),
        kop["referentienummer"],
        kop["tijdstipBericht"],
        kop.get("crossRefnummer", ""),
    )
    if code == "Bv03":
        return Bevestiging(stuur)
    if code in ("Fo01", "Fo03"):
        body = gelezen["body"]
        return Fout(code, stuur, body["code"], body["plek"], body["omschrijving"], body.get("details", ""))
    return _met_inhoud(stuur, kop["functie"], gelezen["parameters"])


def _met_inhoud(stuur: Stuur, functie: str, parameters: dict[str, Any]) -> Envelop:
    *versies, bericht = parameters.values()
    (bestand,) = bericht.values()
    tekst, naam = (bestand[""], bestand["bestandsnaam"]) if isinstance(bestand, dict) else (bestand, "")
    a, b, c, d = versies
    return Envelop(stuur, functie, (a, b, c, d), base64.b64decode(tekst), naam)


# ------------------------------------------------------------------------------- writing


def bouw(bericht: Bericht) -> etree._Element:
    """The element, ready to be put in a SOAP body. Raises ValueError for what the standard does not allow."""
    waarden: dict[str, Any] = {"stuurgegevens": _kop(bericht)}
    if isinstance(bericht, Envelop):
        waarden["parameters"] = _parameters(bericht)
    if isinstance(bericht, Fout):
        waarden["body"] = {
            "code": bericht.foutcode,
            "plek": bericht.plek,
            "omschrijving": bericht.omschrijving[:200],
            "details": bericht.details[:1000],
        }
    return schrijf(VORMEN[bericht.code], waarden, NSMAP)


def naar_bytes(bericht: Bericht) -> bytes:
    return etree.tostring(bouw(bericht), xml_declaration=True, encoding="UTF-8")


def _kop(bericht: Bericht) -> dict[str, Any]:
    stuur = bericht.stuur
    return {
        "berichtcode": bericht.code,
        "zender": _velden(stuur.zender),
        "ontvanger": _velden(stuur.ontvanger),
        "referentienummer": stuur.nummer,
        "tijdstipBericht": stuur.tijdstip,
        "crossRefnummer": stuur.kruis,
        "functie": bericht.functie if isinstance(bericht, Envelop) else "",
    }


def _velden(partij: Partij) -> dict[str, str]:
    return {naam: getattr(partij, naam) for naam in ("organisatie", "applicatie", "administratie", "gebruiker")}


def _parameters(envelop: Envelop) -> dict[str, Any]:
    tekst = base64.b64encode(envelop.inhoud).decode("ascii")
    if len(tekst) > MAX_BYTES:
        raise ValueError(f"het bericht past niet in een envelop van {MAX_BYTES // MB} MB")
    namen = ("applicatieVersie", "applicatieSubversie", "functieVersie", "functieSubversie")
    bestand: dict[str, Any] = {"xmlBestand": tekst}
    if envelop.bestandsnaam:
        bestand = {"tekstBestand": {"": tekst, "bestandsnaam": envelop.bestandsnaam}}
    return {**dict(zip(namen, envelop.versies, strict=True)), "bericht": bestand}

"""What the messages of 3.2 share: the composite types (CDT) of the basisschema and the headers."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Vast
from berichten.schema import MogelijkeReeks, klasse

# ------------------------------------------------------------------------------- composite types (CDT)


@klasse(basis=True)
class Achternaam:
    achternaam: t.Naam
    voorvoegsel: t.Voorvoegsel | None = None


@klasse(basis=True)
class VolledigeNaam:
    geslachtsnaam: Achternaam
    partnernaam: Achternaam | None = None
    voornamen: t.Naam | None = None
    voorletters: t.Voorletters | None = None
    naam_gebruik: t.NaamGebruik


@klasse(basis=True)
class VerkorteNaam:
    geslachtsnaam: Achternaam
    voornamen: t.Naam | None = None
    voorletters: t.Voorletters | None = None


@klasse(basis=True)
class Geboortedatum:
    datum: t.Datum
    datum_gebruik: t.DatumGebruik | None = None


@klasse(basis=True)
class Communicatie:
    vorm: t.Communicatievorm
    taal: t.Taal | None = None


@klasse(basis=True)
class Huis:
    huisnummer: t.Huisnummer
    huisletter: t.Huisletter | None = None
    huisnummer_toevoeging: t.HuisnummerToevoeging | None = None
    aanduiding_woonadres: t.AanduidingWoonadres | None = None


@klasse(basis=True)
class Adres:
    huis: Huis | None = None
    postcode: t.Postcode | None = None
    straatnaam: t.Straatnaam | None = None
    plaatsnaam: t.Plaatsnaam | None = None
    land_code: t.LandCode | None = None


@klasse(basis=True)
class Telefoon:
    telefoonnummer: t.Telefoonnummer
    landnummer: t.Landnummer


@klasse(basis=True)
class Telefoonnummers:
    telefoon01: Telefoon
    telefoon02: Telefoon | None = None


@klasse(basis=True)
class OpenPeriode:
    begindatum: t.Datum | None = None
    einddatum: t.Datum | None = None


@klasse(basis=True)
class GeslotenPeriode:
    begindatum: t.Datum
    einddatum: t.Datum


@klasse(basis=True)
class Product:
    """Categorie and Code: specifiek; Categorie alone: aspecifiek; no Product at all: generiek."""

    categorie: t.ProductCategorie
    code: t.ProductCode | None = None


@klasse(basis=True)
class Omvang:
    """`volume` counts `eenheid` per `frequentie`; with eenheid 83 it is eurocents."""

    volume: t.Volume
    eenheid: t.Eenheid
    frequentie: t.Frequentie


@klasse(basis=True)
class Verwijzer:
    type: t.TypeVerwijzer
    naam: t.NaamVerwijzer | None = None
    zorgverlener_code: t.AgbCode | None = None


@klasse(basis=True)
class Referentie:
    referentie_nummer: t.ReferentieNummer
    vorig_referentie_nummer: t.ReferentieNummer | None = None


@klasse(basis=True)
class BedragMetDC:
    """Eurocents, never negative: the sign is in `debet_credit`."""

    bedrag: t.Bedrag
    debet_credit: t.DebetCredit

    @property
    def saldo(self) -> int:
        return self.bedrag if self.debet_credit == "D" else -self.bedrag


@klasse(basis=True)
class TotaalBedragMetDC:
    totaal_bedrag: t.TotaalBedrag
    debet_credit: t.DebetCredit

    @property
    def saldo(self) -> int:
        return self.totaal_bedrag if self.debet_credit == "D" else -self.totaal_bedrag


@klasse(basis=True)
class BerichtIdentificatie:
    identificatie: t.IdentificatieBericht
    dagtekening: t.Datum


@klasse(basis=True)
class XsdVersie:
    basisschema_xsd_versie: t.Versie
    bericht_xsd_versie: t.Versie


XSD_VERSIE = XsdVersie(basisschema_xsd_versie="1.0.0", bericht_xsd_versie="1.0.0")

# ------------------------------------------------------------------------------- headers


@klasse(element="Header")
class HeaderVanGemeente:
    """Header of a message that a gemeente sends."""

    bericht_code: t.BerichtCode
    bericht_versie: Annotated[t.BerichtVersie, Vast("3")] = 3
    bericht_subversie: Annotated[t.BerichtSubversie, Vast("2")] = 2
    afzender: t.Gemeente
    ontvanger: t.AgbCode
    bericht_identificatie: BerichtIdentificatie
    xsd_versie: XsdVersie = XSD_VERSIE


@klasse(element="Header")
class HeaderVanAanbieder:
    """Header of a message that an aanbieder sends."""

    bericht_code: t.BerichtCode
    bericht_versie: Annotated[t.BerichtVersie, Vast("3")] = 3
    bericht_subversie: Annotated[t.BerichtSubversie, Vast("2")] = 2
    afzender: t.AgbCode
    ontvanger: t.Gemeente
    bericht_identificatie: BerichtIdentificatie
    xsd_versie: XsdVersie = XSD_VERSIE


@klasse()
class RetourHeaderVanGemeente(HeaderVanGemeente):
    """Header of the answer to a gemeente: Afzender stays the gemeente (IV028)."""

    identificatie_retour: t.IdentificatieBericht
    dagtekening_retour: t.Datum
    xslt_versie: t.Versie | None = None
    xsd_versie_retour: XsdVersie = XSD_VERSIE
    retour_codes: MogelijkeReeks[t.RetourCode] = ()


@klasse()
class RetourHeaderVanAanbieder(HeaderVanAanbieder):
    """Header of the answer to an aanbieder: Afzender stays the aanbieder (IV028)."""

    identificatie_retour: t.IdentificatieBericht
    dagtekening_retour: t.Datum
    xslt_versie: t.Versie | None = None
    xsd_versie_retour: XsdVersie = XSD_VERSIE
    retour_codes: MogelijkeReeks[t.RetourCode] = ()

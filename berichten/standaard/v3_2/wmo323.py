"""323 Declaratie, and its answer 325. All amounts are eurocents."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Patroon, Vast
from berichten.schema import MogelijkeReeks, Reeks, klasse
from berichten.standaard.berichtsoort import AANBIEDER, GEMEENTE, bericht
from berichten.standaard.v3_2.basis import (
    XSD_VERSIE,
    BedragMetDC,
    BerichtIdentificatie,
    GeslotenPeriode,
    HeaderVanAanbieder,
    HeaderVanGemeente,
    Referentie,
    TotaalBedragMetDC,
    XsdVersie,
)


@klasse(sleutel=("product_referentie",))
class Prestatie:
    """One product of one client in one calendar month. With eenheid 83 the volume is the amount in eurocents."""

    product_referentie: Referentie
    toewijzing_nummer: t.Nummer
    product_categorie: t.ProductCategorie
    product_code: t.ProductCode
    product_periode: GeslotenPeriode
    geleverd_volume: t.Volume
    eenheid: t.Eenheid
    product_tarief: t.Bedrag | None = None
    ingediend_bedrag: BedragMetDC


@klasse(sleutel=("bsn",), element="Client", stroom=True)
class Client323:
    bsn: t.Bsn
    prestaties: Reeks[Prestatie]


@klasse(sleutel=("declaratie_nummer",))
class Declaratie:
    declaratie_nummer: Annotated[t.IdentificatieDeclaratie, Patroon("[a-zA-Z0-9]+")]
    declaratie_periode: GeslotenPeriode
    declaratie_dagtekening: t.Datum
    totaal_ingediend_bedrag: TotaalBedragMetDC
    clienten: Reeks[Client323]


@klasse()
class Header323(HeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("484")] = "484"


@bericht(
    "323",
    code="484",
    naam="Declaratie",
    doel="De aanbieder declareert wat hij in een maand heeft geleverd.",
    kop_van=AANBIEDER,
    verzender=AANBIEDER,
    antwoord="325",
)
class Bericht323:
    header: Header323
    declaratie: Declaratie


# ------------------------------------------------------------------------------- 325


@klasse()
class PrestatieAntwoord(Prestatie):
    """Only what is refused comes back (TR342)."""

    retour_codes: Reeks[t.RetourCode]


@klasse(sleutel=("bsn",), element="Client", stroom=True)
class ClientAntwoord:
    bsn: t.Bsn
    prestaties: Reeks[PrestatieAntwoord]
    retour_codes: Reeks[t.RetourCode]


@klasse(sleutel=("declaratie_nummer",))
class DeclaratieAntwoord:
    declaratie_nummer: t.IdentificatieDeclaratie
    totaal_ingediend_bedrag: TotaalBedragMetDC
    totaal_toegekend_bedrag: TotaalBedragMetDC
    clienten: MogelijkeReeks[ClientAntwoord] = ()
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header325(HeaderVanGemeente):
    """Its own message: the gemeente is Afzender, and DeclaratieIdentificatie points at the 323 (IV087)."""

    bericht_code: Annotated[t.BerichtCode, Vast("485")] = "485"
    declaratie_identificatie: BerichtIdentificatie
    xslt_versie: t.Versie | None = None
    xsd_versie_declaratie: XsdVersie = XSD_VERSIE
    retour_codes: Reeks[t.RetourCode]


@bericht(
    "325",
    code="485",
    naam="Antwoord op de declaratie",
    doel="De gemeente zegt welk bedrag is toegekend en welke regels zijn afgewezen.",
    kop_van=GEMEENTE,
    verzender=GEMEENTE,
    dagen=10,
)
class Bericht325:
    header: Header325
    declaratie_antwoord: DeclaratieAntwoord | None = None

"""301 Toewijzing, and its answer 302."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Vast
from berichten.schema import MogelijkeReeks, Reeks, klasse
from berichten.standaard.berichtsoort import AANBIEDER, GEMEENTE, bericht
from berichten.standaard.v3_2.basis import (
    Adres,
    Communicatie,
    Geboortedatum,
    HeaderVanGemeente,
    Omvang,
    OpenPeriode,
    Product,
    RetourHeaderVanGemeente,
    Telefoonnummers,
    VolledigeNaam,
)


@klasse(sleutel=("soort",))
class Contact:
    soort: t.AdresSoort
    adres: Adres | None = None
    organisatie: t.Organisatienaam | None = None
    telefoon: Telefoonnummers | None = None
    emailadres: t.Emailadres | None = None
    periode: OpenPeriode | None = None


@klasse(sleutel=("nummer",))
class Relatie:
    nummer: t.Persoonsid
    volgorde: t.RelatieVolgorde | None = None
    soort: t.SoortRelatie
    geboortedatum: Geboortedatum | None = None
    geslacht: t.Geslacht | None = None
    naam: VolledigeNaam
    contact: Contact


@klasse(sleutel=("toewijzing_nummer",))
class ToegewezenProduct:
    """Budget in eurocents. Either Omvang or Budget, or neither (aspecifiek)."""

    toewijzing_nummer: t.Nummer
    referentie_aanbieder: t.Referentie | None = None
    product: Product | None = None
    toewijzingsdatum: t.Datum
    toewijzingstijd: t.Tijd
    ingangsdatum: t.Datum
    einddatum: t.Datum | None = None
    reden_wijziging: t.RedenWijziging | None = None
    omvang: Omvang | None = None
    budget: t.Budget | None = None
    commentaar: t.Commentaar | None = None


@klasse(sleutel=("bsn",), element="Client")
class Client301:
    bsn: t.Bsn
    geboortedatum: Geboortedatum
    geslacht: t.Geslacht
    naam: VolledigeNaam
    communicatie: Communicatie | None = None
    juridische_status: t.JuridischeStatus | None = None
    wettelijke_vertegenwoordiging: t.WettelijkeVertegenwoordiging | None = None
    commentaar: t.Commentaar | None = None
    relaties: MogelijkeReeks[Relatie] = ()
    contactgegevens: Reeks[Contact]
    toegewezen_producten: Reeks[ToegewezenProduct]


@klasse()
class Header301(HeaderVanGemeente):
    bericht_code: Annotated[t.BerichtCode, Vast("414")] = "414"


@bericht(
    "301",
    code="414",
    naam="Toewijzing",
    doel="De gemeente geeft een aanbieder opdracht: alle actuele en gewijzigde toewijzingen van één cliënt.",
    kop_van=GEMEENTE,
    verzender=GEMEENTE,
    antwoord="302",
)
class Bericht301:
    header: Header301
    client: Client301


# ------------------------------------------------------------------------------- 302


@klasse()
class ContactRetour(Contact):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class RelatieRetour(Relatie):
    contact: ContactRetour
    retour_codes: Reeks[t.RetourCode]


@klasse()
class ToegewezenProductRetour(ToegewezenProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class ClientRetour301(Client301):
    relaties: MogelijkeReeks[RelatieRetour] = ()
    contactgegevens: Reeks[ContactRetour]
    toegewezen_producten: Reeks[ToegewezenProductRetour]
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header302(RetourHeaderVanGemeente):
    bericht_code: Annotated[t.BerichtCode, Vast("415")] = "415"


@bericht(
    "302",
    code="415",
    naam="Antwoord op de toewijzing",
    doel="De aanbieder zegt of de toewijzing te verwerken is.",
    kop_van=GEMEENTE,
    verzender=AANBIEDER,
    soort="retour",
    dagen=3,
)
class Bericht302:
    header: Header302
    client: ClientRetour301 | None = None

"""305 Start van de ondersteuning, and its answer 306."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Vast
from berichten.schema import Reeks, klasse
from berichten.standaard.berichtsoort import AANBIEDER, GEMEENTE, bericht
from berichten.standaard.v3_2.basis import (
    Geboortedatum,
    HeaderVanAanbieder,
    Product,
    RetourHeaderVanAanbieder,
    VerkorteNaam,
)


@klasse(sleutel=("toewijzing_nummer", "product", "begindatum"))
class StartProduct:
    """StatusAanlevering 1 reports a start, 3 takes an earlier report back; 2 and 9 are not used (CS058)."""

    toewijzing_nummer: t.Nummer | None = None
    product: Product | None = None
    toewijzing_ingangsdatum: t.Datum | None = None
    begindatum: t.Datum
    status_aanlevering: t.StatusAanlevering


@klasse(sleutel=("bsn",), element="Client")
class Client305:
    bsn: t.Bsn
    geboortedatum: Geboortedatum
    geslacht: t.Geslacht
    naam: VerkorteNaam
    start_producten: Reeks[StartProduct]


@klasse()
class Header305(HeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("418")] = "418"


@bericht(
    "305",
    code="418",
    naam="Start ondersteuning",
    doel="De aanbieder meldt dat de levering is begonnen.",
    kop_van=AANBIEDER,
    verzender=AANBIEDER,
    antwoord="306",
    dagen=5,
)
class Bericht305:
    header: Header305
    client: Client305


# ------------------------------------------------------------------------------- 306


@klasse()
class StartProductRetour(StartProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class ClientRetour305(Client305):
    start_producten: Reeks[StartProductRetour]
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header306(RetourHeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("419")] = "419"


@bericht(
    "306",
    code="419",
    naam="Antwoord op de start",
    doel="De gemeente zegt of de startmelding verwerkt is.",
    kop_van=AANBIEDER,
    verzender=GEMEENTE,
    soort="retour",
    dagen=3,
)
class Bericht306:
    header: Header306
    client: ClientRetour305 | None = None

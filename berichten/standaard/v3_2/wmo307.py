"""307 Stop van de ondersteuning, and its answer 308."""

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


@klasse(sleutel=("toewijzing_nummer", "product", "begindatum", "reden_beeindiging", "einddatum"))
class StopProduct:
    """`begindatum` is that of the start. RedenBeeindiging 20 is a temporary stop."""

    toewijzing_nummer: t.Nummer | None = None
    product: Product | None = None
    toewijzing_ingangsdatum: t.Datum | None = None
    begindatum: t.Datum
    reden_beeindiging: t.RedenBeeindiging
    einddatum: t.Datum
    status_aanlevering: t.StatusAanlevering


@klasse(sleutel=("bsn",), element="Client")
class Client307:
    bsn: t.Bsn
    geboortedatum: Geboortedatum
    geslacht: t.Geslacht
    naam: VerkorteNaam
    stop_producten: Reeks[StopProduct]


@klasse()
class Header307(HeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("420")] = "420"


@bericht(
    "307",
    code="420",
    naam="Stop ondersteuning",
    doel="De aanbieder meldt dat de levering tijdelijk of voorgoed is gestopt.",
    kop_van=AANBIEDER,
    verzender=AANBIEDER,
    antwoord="308",
    dagen=5,
)
class Bericht307:
    header: Header307
    client: Client307


# ------------------------------------------------------------------------------- 308


@klasse()
class StopProductRetour(StopProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class ClientRetour307(Client307):
    stop_producten: Reeks[StopProductRetour]
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header308(RetourHeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("421")] = "421"


@bericht(
    "308",
    code="421",
    naam="Antwoord op de stop",
    doel="De gemeente zegt of de stopmelding verwerkt is.",
    kop_van=AANBIEDER,
    verzender=GEMEENTE,
    soort="retour",
    dagen=3,
)
class Bericht308:
    header: Header308
    client: ClientRetour307 | None = None

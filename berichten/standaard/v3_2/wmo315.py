"""315 Verzoek om toewijzing (VOT), and its answer 316."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Vast
from berichten.schema import Reeks, klasse
from berichten.standaard.berichtsoort import AANBIEDER, GEMEENTE, bericht
from berichten.standaard.v3_2.basis import (
    Geboortedatum,
    HeaderVanAanbieder,
    Omvang,
    Product,
    RetourHeaderVanAanbieder,
    VerkorteNaam,
    Verwijzer,
)


@klasse(sleutel=("referentie_aanbieder",))
class AangevraagdProduct:
    """Each has its own ReferentieAanbieder and its own outcome."""

    referentie_aanbieder: t.Referentie
    beschikking_nummer: t.Nummer | None = None
    product: Product | None = None
    beschikking_ingangsdatum: t.Datum | None = None
    toewijzing_ingangsdatum: t.Datum
    toewijzing_einddatum: t.Datum | None = None
    omvang: Omvang | None = None
    budget: t.Budget | None = None
    verwijzer: Verwijzer
    raamcontract: t.JaNee | None = None
    commentaar: t.Commentaar | None = None


@klasse(sleutel=("bsn",), element="Client")
class Client315:
    bsn: t.Bsn
    geboortedatum: Geboortedatum
    geslacht: t.Geslacht
    naam: VerkorteNaam
    commentaar: t.Commentaar | None = None
    aangevraagde_producten: Reeks[AangevraagdProduct]


@klasse()
class Header315(HeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("444")] = "444"


@bericht(
    "315",
    code="444",
    naam="Verzoek om toewijzing",
    doel="De aanbieder vraagt een toewijzing bij een open beschikking.",
    kop_van=AANBIEDER,
    verzender=AANBIEDER,
    antwoord="316",
    dagen=5,
)
class Bericht315:
    header: Header315
    client: Client315


# ------------------------------------------------------------------------------- 316


@klasse()
class AangevraagdProductRetour(AangevraagdProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class ClientRetour315(Client315):
    aangevraagde_producten: Reeks[AangevraagdProductRetour]
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header316(RetourHeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("445")] = "445"


@bericht(
    "316",
    code="445",
    naam="Antwoord op het verzoek om toewijzing",
    doel="De gemeente zegt of het verzoek te verwerken is; de uitkomst volgt met een 319 of een 301.",
    kop_van=AANBIEDER,
    verzender=GEMEENTE,
    soort="retour",
    dagen=3,
)
class Bericht316:
    header: Header316
    client: ClientRetour315 | None = None

"""317 Verzoek om wijziging (VOW), and its answer 318."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Vast
from berichten.schema import MogelijkeReeks, Reeks, klasse
from berichten.standaard.berichtsoort import AANBIEDER, GEMEENTE, bericht
from berichten.standaard.v3_2.basis import HeaderVanAanbieder, Omvang, Product, RetourHeaderVanAanbieder


@klasse(sleutel=("toewijzing_nummer",))
class OngewijzigdProduct:
    toewijzing_nummer: t.Nummer


@klasse(sleutel=("toewijzing_nummer",))
class TeWijzigenProduct:
    """The product itself is that of the toewijzing; volume, budget and end date may change (IV092)."""

    toewijzing_nummer: t.Nummer
    gewenste_ingangsdatum: t.Datum
    einddatum: t.Datum | None = None
    omvang: Omvang | None = None
    budget: t.Budget | None = None


@klasse(sleutel=("product", "gewenste_ingangsdatum"))
class NieuwProduct:
    product: Product | None = None
    gewenste_ingangsdatum: t.Datum
    einddatum: t.Datum | None = None
    omvang: Omvang | None = None
    budget: t.Budget | None = None


@klasse(sleutel=("referentie_aanbieder",))
class Verzoek:
    """Judged as a whole: everything is granted or everything is refused."""

    referentie_aanbieder: t.Referentie
    reden_verzoek: t.RedenVerzoek
    ongewijzigde_producten: MogelijkeReeks[OngewijzigdProduct] = ()
    te_wijzigen_producten: MogelijkeReeks[TeWijzigenProduct] = ()
    nieuwe_producten: MogelijkeReeks[NieuwProduct] = ()


@klasse(sleutel=("bsn",), element="Client")
class Client317:
    bsn: t.Bsn
    verzoek: Verzoek


@klasse()
class Header317(HeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("480")] = "480"


@bericht(
    "317",
    code="480",
    naam="Verzoek om wijziging",
    doel="De aanbieder vraagt om andere toewijzingen voor een cliënt die hij al ondersteunt.",
    kop_van=AANBIEDER,
    verzender=AANBIEDER,
    antwoord="318",
)
class Bericht317:
    header: Header317
    client: Client317


# ------------------------------------------------------------------------------- 318


@klasse()
class OngewijzigdProductRetour(OngewijzigdProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class TeWijzigenProductRetour(TeWijzigenProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class NieuwProductRetour(NieuwProduct):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class VerzoekRetour(Verzoek):
    ongewijzigde_producten: MogelijkeReeks[OngewijzigdProductRetour] = ()
    te_wijzigen_producten: MogelijkeReeks[TeWijzigenProductRetour] = ()
    nieuwe_producten: MogelijkeReeks[NieuwProductRetour] = ()
    retour_codes: Reeks[t.RetourCode]


@klasse()
class ClientRetour317(Client317):
    verzoek: VerzoekRetour
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header318(RetourHeaderVanAanbieder):
    bericht_code: Annotated[t.BerichtCode, Vast("481")] = "481"


@bericht(
    "318",
    code="481",
    naam="Antwoord op het verzoek om wijziging",
    doel="De gemeente zegt of het verzoek te verwerken is; de uitkomst volgt met een 319 of een 301.",
    kop_van=AANBIEDER,
    verzender=GEMEENTE,
    soort="retour",
    dagen=3,
)
class Bericht318:
    header: Header318
    client: ClientRetour317 | None = None

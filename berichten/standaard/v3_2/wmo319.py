"""319 Antwoord op een verzoek, and its answer 320."""

from typing import Annotated

from berichten import datatypes as t
from berichten.datatypes import Vast
from berichten.schema import Reeks, klasse
from berichten.standaard.berichtsoort import AANBIEDER, GEMEENTE, bericht
from berichten.standaard.v3_2.basis import HeaderVanGemeente, RetourHeaderVanGemeente


@klasse(sleutel=("referentie_aanbieder", "verzoek_antwoord"))
class Antwoord:
    """VerzoekAntwoord 1 refuses, 2 says the request is being looked into."""

    referentie_aanbieder: t.Referentie
    verzoek_antwoord: t.VerzoekAntwoord
    reden_afwijzing_verzoek: t.RedenAfwijzingVerzoek | None = None


@klasse()
class Header319(HeaderVanGemeente):
    bericht_code: Annotated[t.BerichtCode, Vast("482")] = "482"


@bericht(
    "319",
    code="482",
    naam="Antwoord op een verzoek",
    doel="De gemeente wijst een verzoek af of neemt het in onderzoek.",
    kop_van=GEMEENTE,
    verzender=GEMEENTE,
    antwoord="320",
    dagen=5,
)
class Bericht319:
    header: Header319
    antwoord: Antwoord


# ------------------------------------------------------------------------------- 320


@klasse()
class AntwoordRetour(Antwoord):
    retour_codes: Reeks[t.RetourCode]


@klasse()
class Header320(RetourHeaderVanGemeente):
    bericht_code: Annotated[t.BerichtCode, Vast("483")] = "483"


@bericht(
    "320",
    code="483",
    naam="Antwoord op de 319",
    doel="De aanbieder zegt of het antwoord te verwerken is.",
    kop_van=GEMEENTE,
    verzender=AANBIEDER,
    soort="retour",
    dagen=3,
)
class Bericht320:
    header: Header320
    antwoord: AntwoordRetour | None = None

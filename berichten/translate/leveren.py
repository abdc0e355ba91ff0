"""305 and 307: what an aanbieder reports about one delivery."""

from datetime import date
from typing import Any

from berichten.standaard.v3_2.wmo305 import Bericht305, Client305, StartProduct
from berichten.standaard.v3_2.wmo307 import Bericht307, Client307, StopProduct
from berichten.translate import personen
from berichten.translate.toewijzen import product_van
from wmo.models import Toewijzing

NIEUW, VERWIJDEREN = "1", "3"


def naar_305(header: Any, toewijzing: Toewijzing, begindatum: date, status: str = NIEUW) -> Bericht305:
    start = StartProduct(**_gedeeld(toewijzing), begindatum=begindatum, status_aanlevering=status)
    return Bericht305(header=header, client=Client305(**personen.kort(toewijzing.client), start_producten=(start,)))


def naar_307(
    header: Any, toewijzing: Toewijzing, begindatum: date, einddatum: date, reden: str, status: str = NIEUW
) -> Bericht307:
    stop = StopProduct(
        **_gedeeld(toewijzing),
        begindatum=begindatum,
        reden_beeindiging=reden,
        einddatum=einddatum,
        status_aanlevering=status,
    )
    return Bericht307(header=header, client=Client307(**personen.kort(toewijzing.client), stop_producten=(stop,)))


def _gedeeld(toewijzing: Toewijzing) -> dict[str, Any]:
    return {
        "toewijzing_nummer": toewijzing.toewijzingnummer,
        "product": product_van(toewijzing),
        "toewijzing_ingangsdatum": toewijzing.ingangsdatum,
    }

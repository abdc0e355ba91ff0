"""Makes a letter and keeps it in the dossier. A plain helper, called inside an action: that writes the logboek."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wmo.actions import documenten
from wmo.actions.kader import Geweigerd, binnen_actie
from wmo.brieven import Briefsoort, OnvolledigeBrief, bestandsnaam, maak_brief
from wmo.models import Aanstelling, Document, Zaak


@binnen_actie
def leg_vast(
    *,
    zaak: Zaak,
    soort: Briefsoort,
    gegevens: Mapping[str, Any],
    door: Aanstelling,
    nu: datetime,
    documentsoort: str = "",
) -> Document:
    """The letter under its own kenmerk. Raises Geweigerd, BLOK_ONTBREEKT, naming the blocks that are missing."""
    try:
        pdf = maak_brief(soort, gegevens)
    except OnvolledigeBrief as fout:
        raise Geweigerd(str(fout), reden="BLOK_ONTBREEKT") from fout
    return documenten.maak(
        zaak=zaak,
        soort=documentsoort or soort.value,
        titel=gegevens["titel"],
        inhoud=pdf,
        gemaakt_door=door,
        nu=nu,
        bestandsnaam=bestandsnaam(soort, gegevens["kenmerk"]),
    )

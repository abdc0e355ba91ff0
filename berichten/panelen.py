"""The tab "Berichten" in a dossier."""

from datetime import datetime
from typing import Any

from berichten import draad
from berichten.kern import omvang
from wmo import panelen
from wmo.models import Aanstelling, Toewijzing, Zaak
from wmo.permissions import Recht


def context(zaak: Zaak, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    """A conversation per opdracht of this case; there are few."""
    opdrachten = _toewijzingen(zaak).select_related("aanbieder", "product", "levering", "client", "gemeente")
    return {
        "draden": [
            {"toewijzing": t, "omvang": omvang(t.volume, t.eenheid, t.frequentie)} | draad.van(t, aanstelling, nu)
            for t in opdrachten
        ],
        "is_gemeente": True,
        "mag_toewijzen": aanstelling.mag(Recht.TOEWIJZEN),
        "mag_beoordelen": aanstelling.mag(Recht.VERZOEK_BEOORDELEN),
    }


def _toewijzingen(zaak: Zaak) -> Any:
    return Toewijzing.objects.filter(voorziening__beschikking__zaak=zaak)


def aantal(zaak: Zaak) -> int:
    return _toewijzingen(zaak).count()


def registreer() -> None:
    panelen.registreer(
        panelen.Paneel(
            "berichten", "Berichten", Recht.BERICHTEN_LEZEN, "berichten/_paneel.html", context=context, aantal=aantal
        )
    )

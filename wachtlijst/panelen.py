"""What the list adds to a dossier: a tab, and the step after the decision (docs/architectuur.md)."""

from django.urls import reverse

from wmo.models import Beschikking, Voorziening, Zaak
from wmo.panelen import Paneel
from wmo.permissions import Recht
from wmo.rules.stappen import Stand, Stap

NA_HET_BESLUIT = (Zaak.Status.BEKENDGEMAAKT, Zaak.Status.UITVOERING)


def stap(zaak: Zaak) -> Stap | None:
    """ "Op de wachtlijst zetten" once a decision grants care in natura; costs two queries, and only then."""
    if zaak.status not in NA_HET_BESLUIT:
        return None
    toegekend = Voorziening.objects.filter(
        beschikking__zaak=zaak, beschikking__status=Beschikking.Status.VASTGESTELD, vorm=Voorziening.Vorm.ZIN
    )
    nog_niet = toegekend.filter(plekken=None, toewijzingen=None)
    if nog_niet.exists():
        return _stap(zaak, Stand.NU)
    return _stap(zaak, Stand.KLAAR) if toegekend.exists() else None


def _stap(zaak: Zaak, stand: Stand) -> Stap:
    return Stap(
        "wachtlijst", "Op de wachtlijst zetten", stand, url=reverse("wachtlijst:plaatsen", args=[zaak.zaaknummer])
    )


PANEEL = Paneel(
    "wachtlijst",
    "Wachtlijst",
    Recht.PLEK_PLAATSEN,
    "wachtlijst/_plekken_zaak.html",
    urlnaam="wachtlijst:plaatsen",
    stap=stap,
)

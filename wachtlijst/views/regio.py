"""How long people wait in the region, in numbers that point at nobody (screen S27, R-002)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wachtlijst.models import Plek
from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.permissions import Recht, vereist
from wmo.rules.kleine_aantallen import DREMPEL, in_woorden

PERIODE = timedelta(days=365)
KOPPEN = ("Product", "Gemeente", "Wacht nu", "Geclaimd in een jaar", "Wachttijd in dagen (mediaan)")
TE_WEINIG = "te weinig om te tonen"


@dataclass(frozen=True)
class Wachttijd:
    """One product in one gemeente, in words that hide small numbers."""

    product: str
    gemeente: str
    wachtend: str
    geclaimd: str
    mediaan: str


def wachttijden_op(nu: datetime) -> list[Wachttijd]:
    """One query. A middle of a few people would tell how long one of them waited."""
    return [
        Wachttijd(
            rij["product_naam"],
            rij["gemeente_naam"],
            in_woorden(rij["wachtend"]),
            in_woorden(rij["geclaimd"]),
            str(rij["mediaan"].days) if rij["geclaimd"] >= DREMPEL else TE_WEINIG,
        )
        for rij in Plek.objects.wachttijden(sinds=nu - PERIODE)
    ]


@vereist(Recht.REGIOCIJFERS)
def wachttijden(request: PortaalRequest) -> HttpResponse:
    return render(request, "wachtlijst/wachttijden.html", {"rijen": wachttijden_op(timezone.now()), "koppen": KOPPEN})


@vereist(Recht.REGIOCIJFERS)
def download(request: PortaalRequest) -> HttpResponse:
    """The same words as the screen: an export inherits the hiding."""
    nu = timezone.now()
    rijen = [[rij.product, rij.gemeente, rij.wachtend, rij.geclaimd, rij.mediaan] for rij in wachttijden_op(nu)]
    return excel_antwoord(
        naam="regio-wachttijden", titel="Wachttijden", wie=request.aanstelling.gebruiker.naam, nu=nu, filter_="",
        koppen=list(KOPPEN), rijen=rijen,
    )  # fmt: skip

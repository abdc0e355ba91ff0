"""Numbers for the regional purchasing office, never a person (screens S27, R-002)."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import Gemeente, Perceel, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.kleine_aantallen import in_woorden


def lopend(gemeenten: list[Gemeente], op: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Running toewijzingen per product and gemeente, in words that hide small numbers. One query, and no totals."""
    rijen = Toewijzing.objects.actueel(op).filter(ingangsdatum__lte=op).order_by("product__code")
    aantallen: dict[str, dict[int, int]] = defaultdict(dict)
    for product, gemeente, aantal in rijen.values_list("product__naam", "gemeente").annotate(aantal=Count("id")):
        aantallen[product][gemeente] = aantal
    return [
        (product, [(g.naam, in_woorden(per_gemeente.get(g.pk, 0))) for g in gemeenten])
        for product, per_gemeente in aantallen.items()
    ]


@vereist(Recht.REGIOCIJFERS)
def overzicht(request: PortaalRequest) -> HttpResponse:
    op = vandaag(timezone.now())
    gemeenten = list(Gemeente.objects.order_by("naam"))
    ruimte = Perceel.objects.op(op).values("gemeente__naam").order_by("gemeente__naam")
    context = {
        "gemeenten": gemeenten,
        "rijen": lopend(gemeenten, op),
        "ruimte": ruimte.annotate(
            aanbieders=Count("aanbieder", distinct=True), totaal=Sum("bestedingsruimte"), gebruikt=Sum("verbruikt")
        ),
    }
    return render(request, "wmo/regio.html", context)


@vereist(Recht.REGIOCIJFERS)
def download(request: PortaalRequest) -> HttpResponse:
    """The same words as the screen: an export inherits the hiding."""
    nu = timezone.now()
    gemeenten = list(Gemeente.objects.order_by("naam"))
    rijen = [[product, *(woord for _, woord in cellen)] for product, cellen in lopend(gemeenten, vandaag(nu))]
    return excel_antwoord(
        naam="regio-lopende-hulp", titel="Lopende hulp", wie=request.aanstelling.gebruiker.naam, nu=nu, filter_="",
        koppen=["Product", *(g.naam for g in gemeenten)], rijen=rijen,
    )  # fmt: skip

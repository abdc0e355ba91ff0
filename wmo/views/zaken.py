"""The dossier: header and overview, tabs of other apps, BSN on request."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo import panelen
from wmo.actions import inzage
from wmo.http import PortaalRequest
from wmo.models import GelijkgesteldeDag, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import klokken
from wmo.views import dossier, overzicht


def haal_zaak(request: PortaalRequest, zaaknummer: str) -> Zaak:
    """The case if it lies in the scope of the active aanstelling, else 404 (ADR 0001)."""
    zaken = Zaak.objects.voor(request.aanstelling).select_related("client", "gemeente", "behandelaar__gebruiker")
    return get_object_or_404(zaken, zaaknummer=zaaknummer)


def zaak_context(request: PortaalRequest, zaak: Zaak, tab: str, nu: datetime | None = None) -> dict[str, Any]:
    """Everything `wmo/zaak_basis.html` needs, for every page of a case; records the look once per fifteen minutes.

    Seven queries and two for the record, plus one per panel of another app that counts something.
    """
    nu = nu or timezone.now()
    op, door = vandaag(nu), request.aanstelling
    if not inzage.is_pas_geopend(zaak=zaak, aanstelling=door, nu=nu):
        inzage.open_dossier(zaak=zaak, door=door, nu=nu)
    kalender, rij = GelijkgesteldeDag.objects.kalender(), dossier.feitenrij(zaak, door)
    datums = klokken.van_zaak(zaak, zaak.opschortingen.all())
    lijst = dossier.stappenlijst(zaak, rij, kalender, op, door)
    stil = klokken.stilstand_op(datums, op) is not None and zaak.status in klokken.BESLISFASE
    return {
        "zaak": zaak,
        "client": zaak.client,
        "relaties": list(zaak.client.relaties.all()),
        "klokken": dossier.klokkenrij(zaak, datums, kalender, op),
        "kalender": kalender,
        "stappen": lijst,
        "hoofdactie": dossier.hoofdactie(zaak, lijst),
        "meer_acties": dossier.meer_acties(zaak, door, stil, op),
        "tabs": dossier.tabs(zaak, rij, door, tab),
        "tab": tab,
        "ondersteuning": dossier.ondersteuning(rij),
        "statustoon": "grijs" if stil else dossier.STATUSTOON.get(zaak.status, "grijs"),
        "waarschuwingen": dossier.waarschuwingen(zaak),
        "leeftijd": dossier.leeftijd(zaak.client.geboortedatum, op),
        "op": op,
        "nu": nu,
    }


@vereist(Recht.DOSSIER_LEZEN)
def zaak(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The overview: timeline, support of this client, steps, contact, note."""
    gekozen = haal_zaak(request, zaaknummer)
    context = zaak_context(request, gekozen, "overzicht")
    context |= overzicht.context(request, gekozen, context["nu"])
    return render(request, "wmo/zaak.html", context)


@vereist(Recht.DOSSIER_LEZEN)
def paneel(request: PortaalRequest, zaaknummer: str, sleutel: str) -> HttpResponse:
    """A tab that another app brought along."""
    gekozen = haal_zaak(request, zaaknummer)
    gevonden = panelen.vind(sleutel, request.aanstelling)
    if gevonden is None:
        raise Http404
    context = zaak_context(request, gekozen, sleutel)
    context |= gevonden.context(gekozen, request.aanstelling, context["nu"])
    return render(request, "wmo/zaak_paneel.html", {**context, "paneel": gevonden})


@vereist(Recht.DOSSIER_LEZEN)
def bsn(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Show the BSN after a POST that is logged; without htmx on a page of its own (R-321)."""
    gekozen = haal_zaak(request, zaaknummer)
    if request.method != "POST":
        return redirect("wmo:zaak", zaaknummer)
    voluit = inzage.toon_bsn(zaak=gekozen, door=request.aanstelling, nu=timezone.now())
    sjabloon = "_components/bsn.html" if request.htmx else "wmo/bsn.html"
    antwoord = render(request, sjabloon, {"voluit": voluit, "zaak": gekozen, "client": gekozen.client})
    antwoord["Cache-Control"] = "no-store"
    return antwoord

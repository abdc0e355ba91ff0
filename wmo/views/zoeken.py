"""One field: a BSN, a case number, or a name. Always a POST, so that nothing of it stands in an address (R-321)."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wmo.actions import inzage
from wmo.http import PortaalRequest
from wmo.models import Client, Zaak, sorteersleutel
from wmo.permissions import Recht, vereist
from wmo.rules.identificatie import is_postcode_nl, normaliseer_bsn

HOOGSTENS = 50
KORTSTE = 3


@vereist(Recht.ZOEKEN)
def zoeken(request: PortaalRequest) -> HttpResponse:
    """The search page; every search is on record by its kind, never by its words (R-347)."""
    vraag = " ".join(request.POST.get("q", "").split())
    if request.method != "POST" or not vraag:
        return render(request, "wmo/zoeken.html", {"gezocht": False})
    if vraag.upper().startswith("WMO-"):
        return _zaaknummer(request, vraag.upper())
    if bsn := normaliseer_bsn(vraag.replace(" ", "").replace(".", "").replace("-", "")):
        return _personen(request, Q(pk__in=Client.objects.met_bsn(bsn)), "BSN", "")
    if len(vraag) < KORTSTE:
        fout = f"Typ minstens {KORTSTE} letters van de naam."
        return render(request, "wmo/zoeken.html", {"gezocht": False, "fout": fout, "vraag": vraag}, status=422)
    return _personen(request, _op_naam_of_adres(vraag), "naam of adres", vraag)


def _zaaknummer(request: PortaalRequest, nummer: str) -> HttpResponse:
    door = request.aanstelling
    zaak = Zaak.objects.voor(door).filter(zaaknummer=nummer).first()
    inzage.zoek(
        soort="zaaknummer", gemeente=door.eigen_gemeente, treffers=int(zaak is not None), door=door, nu=timezone.now()
    )
    if zaak is not None:
        return redirect("wmo:zaak", zaak.zaaknummer)
    messages.warning(request, "Dit zaaknummer is er niet in uw gemeente. Controleer het nummer.")
    return render(request, "wmo/zoeken.html", {"gezocht": False, "vraag": nummer})


def _op_naam_of_adres(vraag: str) -> Q:
    """3441 ZZ 12 is an address; otherwise every word must be somewhere in the name."""
    aaneen = vraag.replace(" ", "").upper()
    if is_postcode_nl(aaneen[:6]):
        adres = Q(postcode=aaneen[:6])
        return adres & Q(huisnummer=int(aaneen[6:])) if aaneen[6:].isascii() and aaneen[6:].isdigit() else adres
    naam = Q()
    for woord in sorteersleutel(vraag).replace(".", " ").split():
        naam &= Q(sorteernaam__contains=woord)
    return naam


def _personen(request: PortaalRequest, waar: Q, soort: str, vraag: str) -> HttpResponse:
    """People and their cases apart, with birth date and place to tell them apart."""
    door = request.aanstelling
    clienten = list(Client.objects.voor(door).filter(waar)[: HOOGSTENS + 1])
    inzage.zoek(soort=soort, gemeente=door.eigen_gemeente, treffers=len(clienten), door=door, nu=timezone.now())
    zaken = (
        Zaak.objects.voor(door)
        .filter(client__in=clienten[:HOOGSTENS])
        .select_related("client", "behandelaar__gebruiker")
    )
    context: dict[str, Any] = {
        "gezocht": True,
        "vraag": vraag,
        "soort": soort,
        "clienten": clienten[:HOOGSTENS],
        "zaken": zaken.order_by("-melding_op")[:HOOGSTENS],
        "meer": len(clienten) > HOOGSTENS,
        "mag_melden": door.mag(Recht.MELDING_OPNEMEN),
    }
    return render(request, "wmo/zoeken.html", context)

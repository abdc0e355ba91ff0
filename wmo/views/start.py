"""Where a person lands, and how they change hats."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from wmo.http import PortaalRequest
from wmo.middleware import SESSIESLEUTEL
from wmo.models import Demo, Gebruiker
from wmo.permissions import Rol, iedereen

STARTSCHERM: dict[str, str] = {
    Rol.CONSULENT: "wmo:werkvoorraad",
    Rol.MANDAATHOUDER: "wmo:werkvoorraad",
    Rol.BACKOFFICE: "wmo:werkvoorraad",
    Rol.BELEIDSMEDEWERKER: "wachtlijst:overzicht",
    Rol.PLANNING: "wachtlijst:aanbieder",
    Rol.ADMINISTRATIE: "declaraties:aanbieder",
    Rol.REGIO: "wmo:regio",
    Rol.BEHEERDER: "wmo:logboek",
    Rol.TOEZICHTHOUDER: "wmo:logboek",
}


@iedereen
def start(request: PortaalRequest) -> HttpResponse:
    """To the first screen of the active role; somebody without a running aanstelling reads why nothing is there."""
    if request.aanstelling is None:
        return render(request, "wmo/geen_aanstelling.html", status=403)
    try:
        return redirect(reverse(STARTSCHERM[request.aanstelling.rol]))
    except (KeyError, NoReverseMatch) as fout:
        raise Http404 from fout


@iedereen
@require_POST
def wissel(request: PortaalRequest) -> HttpResponse:
    """Choose another of one's own aanstellingen."""
    gekozen = request.POST.get("aanstelling", "")
    if gekozen in {str(a.pk) for a in request.aanstellingen}:
        request.session[SESSIESLEUTEL] = int(gekozen)
    return redirect("wmo:start")


@iedereen
@require_POST
def sessie(request: PortaalRequest) -> HttpResponse:
    """ "Blijf ingelogd": any request of a person lets the session slide, this one does nothing else."""
    return HttpResponse(status=204)


@login_not_required
@require_POST
def demo_inloggen(request: PortaalRequest) -> HttpResponse:
    """One click sign-in for the exercise region; elsewhere this address does not exist (ADR 0005)."""
    if not (settings.INGEBOUWD and Demo.objects.exists()):
        raise Http404
    gebruiker = get_object_or_404(Gebruiker, email=request.POST.get("email", ""), is_active=True, is_superuser=False)
    login(request, gebruiker, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("wmo:start")

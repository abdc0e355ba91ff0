"""Who am I, what may I do, how do I like my screen; and the pages that explain the portal."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wmo.actions import profiel as acties
from wmo.http import PortaalRequest
from wmo.permissions import Rol, iedereen
from wmo.rechtentaal import wat_mag


@iedereen
def profiel(request: PortaalRequest) -> HttpResponse:
    """Also for somebody whose aanstelling ended: it says why nothing is there."""
    if request.method == "POST":
        aan = request.POST.get("sneltoetsen") == "aan"
        acties.zet_sneltoetsen(gebruiker=request.user, aan=aan)
        messages.success(request, f"De sneltoetsen staan nu {'aan' if aan else 'uit'}.")
        return redirect("wmo:profiel")
    tweede = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists()
    rollen = [(a, wat_mag(Rol(a.rol))) for a in request.aanstellingen]
    return render(request, "wmo/profiel.html", {"rollen": rollen, "tweede_stap": tweede})


@iedereen
def hulp(request: PortaalRequest) -> HttpResponse:
    return render(request, "wmo/hulp.html")


@login_not_required
def toegankelijkheid(request: PortaalRequest) -> HttpResponse:
    return render(request, "wmo/toegankelijkheid.html")


@login_not_required
def privacy(request: PortaalRequest) -> HttpResponse:
    return render(request, "wmo/privacy.html")

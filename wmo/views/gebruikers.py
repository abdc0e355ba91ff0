"""Who has access, inviting and stopping."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo.actions import gebruikers as acties
from wmo.export import MAXIMUM_RIJEN, excel_antwoord
from wmo.forms.gebruikers import CONTROLE_DAGEN, GebruikersFilter, StopForm, UitnodigForm
from wmo.http import PortaalRequest
from wmo.models import Aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Recht, Rol, vereist
from wmo.views.formulieren import antwoordstatus, gepost, probeer

PER_PAGINA = 25
KOPPEN = [
    "Naam",
    "E-mailadres",
    "Rol",
    "Organisatie",
    "Vanaf",
    "Tot en met",
    "Laatst ingelogd",
    "Tweede stap",
    "Gecontroleerd",
]


def _aanstellingen() -> QuerySet[Aanstelling]:
    """Everybody but the system, with whether a second step is on. One query."""
    tweede = Authenticator.objects.filter(user=OuterRef("gebruiker"), type=Authenticator.Type.TOTP)
    rijen = Aanstelling.objects.exclude(rol=Rol.SYSTEEM).select_related("gebruiker", "gemeente", "aanbieder")
    return rijen.annotate(tweede_stap=Exists(tweede)).order_by("gebruiker__naam", "id")


@vereist(Recht.GEBRUIKERS_BEHEREN)
def overzicht(request: PortaalRequest) -> HttpResponse:
    op = vandaag(timezone.now())
    form = GebruikersFilter(request.GET or None, op=op)
    pagina = Paginator(form.filter(_aanstellingen()), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {"form": form, "pagina": pagina, "op": op, "controlegrens": op - timedelta(days=CONTROLE_DAGEN)}
    return render(request, "wmo/gebruikers.html", context)


@vereist(Recht.GEBRUIKERS_BEHEREN)
def uitnodigen(request: PortaalRequest) -> HttpResponse:
    form = UitnodigForm(gepost(request), initial={"ingangsdatum": vandaag(timezone.now())})
    if form.is_valid() and probeer(request, lambda: _nodig_uit(request, form), form):
        return redirect("wmo:gebruikers")
    return render(request, "wmo/gebruiker_uitnodigen.html", {"form": form}, status=antwoordstatus(request))


def _nodig_uit(request: PortaalRequest, form: UitnodigForm) -> str:
    gegevens = form.cleaned_data | {"rol": Rol(form.cleaned_data["rol"])}
    aanstelling = acties.nodig_uit(**gegevens, adres=_adres(request), door=request.aanstelling, nu=timezone.now())
    vervolg = (
        "Deze persoon had al een wachtwoord en kan meteen inloggen."
        if aanstelling.gebruiker.has_usable_password()
        else "Er gaat een mail uit met een link om een wachtwoord te kiezen."
    )
    return f"{aanstelling.gebruiker.naam} heeft toegang als {aanstelling.rolnaam}. {vervolg}"


def _adres(request: PortaalRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@vereist(Recht.GEBRUIKERS_BEHEREN)
def stoppen(request: PortaalRequest, pk: int) -> HttpResponse:
    """Its own page with a reason: this ends somebody's session in the middle of their work."""
    aanstelling = _haal(pk)
    form = StopForm(gepost(request))

    def doe() -> str:
        zaken = acties.stop_toegang(
            aanstelling=aanstelling, reden=form.cleaned_data["reden"], door=request.aanstelling, nu=timezone.now()
        )
        over = f" Er staan nog {zaken} zaken op deze naam. Vraag het team om ze over te dragen." if zaken else ""
        return f"De toegang van {aanstelling.gebruiker.naam} is gestopt.{over}"

    if form.is_valid() and probeer(request, doe):
        return redirect("wmo:gebruikers")
    context = {"form": form, "persoon": aanstelling, "zaken": aanstelling.zaken.lopend().count()}
    return render(request, "wmo/gebruiker_stoppen.html", context, status=antwoordstatus(request))


@vereist(Recht.GEBRUIKERS_BEHEREN)
@require_POST
def bevestigen(request: PortaalRequest, pk: int) -> HttpResponse:
    aanstelling = _haal(pk)
    acties.bevestig(aanstelling=aanstelling, door=request.aanstelling, nu=timezone.now())
    messages.success(request, f"{aanstelling.gebruiker.naam} is gecontroleerd.")
    return redirect("wmo:gebruikers")


@vereist(Recht.GEBRUIKERS_BEHEREN)
@require_POST
def opnieuw(request: PortaalRequest, pk: int) -> HttpResponse:
    aanstelling = _haal(pk)

    def doe() -> str:
        acties.stuur_opnieuw(
            aanstelling=aanstelling, adres=_adres(request), door=request.aanstelling, nu=timezone.now()
        )
        return f"Er gaat een nieuwe uitnodiging naar {aanstelling.gebruiker.naam}."

    probeer(request, doe)
    return redirect("wmo:gebruikers")


@vereist(Recht.GEBRUIKERS_BEHEREN)
@require_POST
def download(request: PortaalRequest) -> HttpResponse:
    """The overview of access as filtered: evidence for ENSIA (R-349)."""
    nu = timezone.now()
    form = GebruikersFilter(request.GET or None, op=vandaag(nu))
    rijen = list(form.filter(_aanstellingen())[:MAXIMUM_RIJEN])
    acties.download(aantal=len(rijen), door=request.aanstelling, nu=nu)
    return excel_antwoord(
        naam="toegangsoverzicht", titel="Toegangsoverzicht", wie=request.aanstelling.gebruiker.naam, nu=nu,
        filter_="zoals op het scherm" if request.GET else "", koppen=KOPPEN, rijen=[_cellen(rij) for rij in rijen],
    )  # fmt: skip


def _cellen(rij: Any) -> list[Any]:
    return [
        rij.gebruiker.naam, rij.gebruiker.email, rij.rolnaam, rij.organisatienaam, rij.ingangsdatum, rij.einddatum,
        rij.gebruiker.last_login, "ja" if rij.tweede_stap else "nee", rij.gecontroleerd_op,
    ]  # fmt: skip


def _haal(pk: int) -> Aanstelling:
    return get_object_or_404(_aanstellingen(), pk=pk)

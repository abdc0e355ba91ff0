"""Onze gegevens of an aanbieder (S17), and the requests for a stop of new clients that the gemeente judges (R-162)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo.actions import aanbieders, clientenstops
from wmo.forms.clientenstops import BeslisForm, ContactForm, RichtlijnForm, StopForm
from wmo.http import PortaalRequest
from wmo.models import Clientenstop, Contactpersoon, Gemeente, Perceel
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, gepost, probeer

TOON = {
    Clientenstop.Status.AANGEVRAAGD: "oranje",
    Clientenstop.Status.TOEGESTAAN: "groen",
    Clientenstop.Status.AFGEWEZEN: "rood",
    Clientenstop.Status.INGETROKKEN: "grijs",
}


@vereist(Recht.EIGEN_CLIENTEN)
def eigen_gegevens(request: PortaalRequest) -> HttpResponse:
    """Whom to call, the own rule for cancelling, and stops of new clients. A missing contact is said at the top."""
    nu, aanbieder = timezone.now(), request.aanstelling.eigen_aanbieder
    delen = _formulieren(request)
    wat = request.POST.get("wat", "")
    if wat in delen and delen[wat].is_valid() and probeer(request, lambda: _doe(request, delen[wat], wat, nu)):
        return redirect("wmo:eigen-gegevens")
    contacten = list(aanbieder.contactpersonen.all())
    ontbreekt = [str(doel.label).lower() for doel in Contactpersoon.Doel if doel not in {c.doel for c in contacten}]
    stops = Clientenstop.objects.voor(request.aanstelling).select_related("gemeente")
    percelen = Perceel.objects.op(vandaag(nu)).filter(aanbieder=aanbieder).select_related("gemeente", "contract")
    context = {
        "aanbieder_": aanbieder,
        "contacten": contacten,
        "ontbreekt": ", ".join(ontbreekt),
        "percelen": percelen.order_by("gemeente__naam", "contract__nummer"),
        "stops": [(stop, TOON[Clientenstop.Status(stop.status)]) for stop in stops],
        "contactform": delen["contact"],
        "richtlijnform": delen["richtlijn"],
    }
    return render(request, "wmo/eigen_gegevens.html", context, status=antwoordstatus(request))


def _formulieren(request: PortaalRequest) -> dict[str, Form]:
    """Only the form that was sent is bound."""
    wat = request.POST.get("wat", "")
    begin = {"richtlijn": request.aanstelling.eigen_aanbieder.afzegrichtlijn}
    return {
        "contact": ContactForm(gepost(request) if wat == "contact" else None),
        "richtlijn": RichtlijnForm(gepost(request) if wat == "richtlijn" else None, initial=begin),
    }


def _doe(request: PortaalRequest, form: Form, wat: str, nu: datetime) -> str:
    wie: dict[str, Any] = {"door": request.aanstelling, "nu": nu}
    if wat == "contact":
        persoon = aanbieders.bewaar_contactpersoon(**form.cleaned_data, **wie)
        return f"{persoon.naam} is nu de contactpersoon voor {persoon.get_doel_display().lower()}."
    aanbieders.bewaar_afzegrichtlijn(**form.cleaned_data, **wie)
    return "Uw richtlijn is bewaard. De gemeente leest haar bij een melding van niet thuis."


@vereist(Recht.CLIENTENSTOP_AANVRAGEN)
def aanvragen(request: PortaalRequest) -> HttpResponse:
    """R-162: after a talk, fourteen days before; it holds only with the permission of the gemeente."""
    nu = timezone.now()
    percelen = Perceel.objects.op(vandaag(nu)).filter(aanbieder=request.aanstelling.eigen_aanbieder).order_by()
    form = StopForm(gepost(request), gemeenten=Gemeente.objects.filter(pk__in=percelen.values("gemeente")))

    def doe() -> str:
        stops = clientenstops.vraag_aan(**form.cleaned_data, door=request.aanstelling, nu=nu)
        return f"Uw aanvraag is bij {' en '.join(str(stop.gemeente) for stop in stops)}. U mag nog niet stoppen."

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wmo:eigen-gegevens")
    return render(request, "wmo/clientenstop_aanvragen.html", {"form": form}, status=antwoordstatus(request))


@vereist(Recht.CLIENTENSTOP_AANVRAGEN)
def intrekken(request: PortaalRequest, pk: int) -> HttpResponse:
    """A page with one button: take new clients again."""
    stop = get_object_or_404(Clientenstop.objects.voor(request.aanstelling).select_related("gemeente"), pk=pk)

    def doe() -> str:
        clientenstops.trek_in(stop=stop, door=request.aanstelling, nu=timezone.now())
        return f"De cliëntenstop in {stop.gemeente} is ingetrokken. U kunt weer claimen."

    kan = stop.kan_naar(Clientenstop.Status.INGETROKKEN)
    if request.method == "POST" and kan and probeer(request, doe):
        return redirect("wmo:eigen-gegevens")
    return render(
        request, "wmo/clientenstop_intrekken.html", {"stop": stop, "kan": kan}, status=antwoordstatus(request)
    )


@vereist(Recht.CLIENTENSTOP_BESLISSEN)
def lijst(request: PortaalRequest) -> HttpResponse:
    """Requests in the own gemeente, open ones first."""
    stops = Clientenstop.objects.voor(request.aanstelling).select_related("aanbieder")
    rijen = sorted(stops, key=lambda stop: stop.status != Clientenstop.Status.AANGEVRAAGD)
    context = {"rijen": [(stop, TOON[Clientenstop.Status(stop.status)]) for stop in rijen]}
    return render(request, "wmo/clientenstops.html", context)


@vereist(Recht.CLIENTENSTOP_BESLISSEN)
def beslis(request: PortaalRequest, pk: int) -> HttpResponse:
    """The written answer."""
    stops = Clientenstop.objects.voor(request.aanstelling)
    stop = get_object_or_404(stops.select_related("aanbieder", "gemeente", "aangevraagd_door__gebruiker"), pk=pk)
    form = BeslisForm(gepost(request))

    def doe() -> str:
        clientenstops.beslis(stop=stop, **form.cleaned_data, door=request.aanstelling, nu=timezone.now())
        return f"Uw besluit over {stop.aanbieder} is vastgelegd. De aanbieder ziet het bij Onze gegevens."

    open_ = stop.status == Clientenstop.Status.AANGEVRAAGD
    if request.method == "POST" and open_ and form.is_valid() and probeer(request, doe):
        return redirect("wmo:clientenstops")
    context = {"stop": stop, "form": form, "open": open_, "toon": TOON[Clientenstop.Status(stop.status)]}
    return render(request, "wmo/clientenstop.html", context, status=antwoordstatus(request))

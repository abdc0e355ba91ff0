"""The report of a gemeente: one period with the one before beside it (screen S26)."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wmo.export import excel_antwoord
from wmo.forms.rapportage import RapportageForm
from wmo.http import PortaalRequest
from wmo.periodes import Periode, vandaag
from wmo.permissions import Recht, vereist
from wmo.rapportage import maak
from wmo.rules.rapportage import periode, vorige


@vereist(Recht.RAPPORTAGE)
def rapportage(request: PortaalRequest) -> HttpResponse:
    op = vandaag(timezone.now())
    form = RapportageForm(request.GET or None)
    gekozen = _gekozen(form, op)
    context = {
        "form": form,
        "periode": gekozen,
        "eerder": vorige(gekozen),
        "loopt": op in gekozen,
        "blokken": maak(request.aanstelling.eigen_gemeente, gekozen, vorige(gekozen)),
        "query": request.GET.urlencode(),
    }
    return render(request, "wmo/rapportage.html", context, status=422 if form.is_bound and form.errors else 200)


def _gekozen(form: RapportageForm, op: date) -> Periode:
    """This month when nothing, or nothing that can be read, was asked for."""
    if form.is_bound and form.is_valid():
        return periode(form.cleaned_data["soort"], form.cleaned_data["dag"] or op)
    return periode("maand", op)


@vereist(Recht.RAPPORTAGE)
def download(request: PortaalRequest) -> HttpResponse:
    nu = timezone.now()
    gekozen = _gekozen(RapportageForm(request.GET or None), vandaag(nu))
    eerder = vorige(gekozen)
    rijen = [
        [blok.titel, regel.label, regel.nu, regel.eerder]
        for blok, regels in maak(request.aanstelling.eigen_gemeente, gekozen, eerder)
        for regel in regels
    ]
    return excel_antwoord(
        naam="rapportage", titel="Rapportage", wie=request.aanstelling.gebruiker.naam, nu=nu, filter_=str(gekozen),
        koppen=["Onderwerp", "Cijfer", str(gekozen), str(eerder)], rijen=rijen,
    )  # fmt: skip

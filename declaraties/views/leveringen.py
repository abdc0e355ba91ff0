"""Saving the minutes of a month, and sending a csv."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from declaraties.actions import bestanden, leveringen
from declaraties.forms.leveringen import BestandForm, MaandForm, MinutenForm
from declaraties.models import Leveringsbestand
from declaraties.rules.bestand import KOLOMMEN
from declaraties.views import maandtabel
from declaraties.views.aanbieder import maand_url, maandcontext
from wmo import weergave
from wmo.actions.kader import Geweigerd
from wmo.export import csv_antwoord
from wmo.http import PortaalRequest
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist

TOON_FOUTEN = 20


@vereist(Recht.DECLAREREN)
@require_POST
def registreer(request: PortaalRequest) -> HttpResponse:
    """Keep what is good; what is not comes back beside its field."""
    nu, aanstelling = timezone.now(), request.aanstelling
    keuze = MaandForm(request.POST, aanbieder=aanstelling.eigen_aanbieder, op=vandaag(nu))
    gevraagd = {naam.removeprefix("aantal-") for naam in request.POST if naam.startswith("aantal-")}
    rijen = (
        maandtabel.toewijzingen(aanstelling, keuze.gekozen_gemeente, keuze.gekozen_maand)
        if keuze.gekozen_gemeente
        else None
    )
    eigen = list(rijen.filter(pk__in=[pk for pk in gevraagd if pk.isdecimal()])) if rijen is not None else []
    form = MinutenForm(eigen, maandtabel.geleverd(eigen, keuze.gekozen_maand), request.POST)
    if form.is_valid():
        fout = leveringen.registreer_maand(
            maand=keuze.gekozen_maand, aantallen=form.aantallen(), door=aanstelling, nu=nu
        )
        for pk, zin in fout.items():
            form.add_error(f"aantal-{pk}", zin)
    if not form.is_valid():
        return render(request, "declaraties/maand.html", maandcontext(request, _volledig(form, request)), status=422)
    messages.success(request, f"De leveringen over {weergave.maand(keuze.gekozen_maand)} zijn bewaard.")
    return redirect(maand_url(keuze.gekozen_maand, keuze.gekozen_gemeente.code if keuze.gekozen_gemeente else ""))


def _volledig(form: MinutenForm, request: PortaalRequest) -> MinutenForm:
    """The page shows every toewijzing of its page, also those whose field was not sent."""
    keuze = MaandForm(request.POST, aanbieder=request.aanstelling.eigen_aanbieder, op=vandaag(timezone.now()))
    if keuze.gekozen_gemeente is None:
        return form
    rijen = maandtabel.toewijzingen(request.aanstelling, keuze.gekozen_gemeente, keuze.gekozen_maand)
    alle = MinutenForm(rijen, maandtabel.geleverd(rijen, keuze.gekozen_maand), request.POST)
    alle.full_clean()
    alle._errors = form.errors  # type: ignore[attr-defined]  # ErrorDict of a form that knows the same fields
    return alle


@vereist(Recht.DECLAREREN)
@require_POST
def upload(request: PortaalRequest) -> HttpResponse:
    """A small file is read at once, a large one on its progress page."""
    form = BestandForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "declaraties/bestand_kiezen.html", {"form": form}, status=422)
    bestand = form.cleaned_data["bestand"]
    try:
        rij, taak = bestanden.neem_aan(
            aanbieder=request.aanstelling.eigen_aanbieder,
            naam=bestand.name,
            inhoud=bestand.read(),
            door=request.aanstelling,
            nu=timezone.now(),
        )
    except Geweigerd as fout:
        form.add_error("bestand", fout.zin)
        return render(request, "declaraties/bestand_kiezen.html", {"form": form}, status=422)
    return redirect("wmo:taak", taak.pk) if taak else redirect("declaraties:bestand", rij.pk)


def _eigen(request: PortaalRequest, pk: int) -> Leveringsbestand:
    return get_object_or_404(Leveringsbestand.objects.voor(request.aanstelling), pk=pk)


@vereist(Recht.EIGEN_DECLARATIES)
def bestand(request: PortaalRequest, pk: int) -> HttpResponse:
    """What was taken over and the first twenty errors."""
    rij = _eigen(request, pk)
    context = {"bestand": rij, "fouten": rij.fouten[:TOON_FOUTEN], "meer": max(0, rij.aantal_fout - TOON_FOUTEN)}
    return render(request, "declaraties/bestand.html", context)


@vereist(Recht.EIGEN_DECLARATIES)
def foutbestand(request: PortaalRequest, pk: int) -> HttpResponse:
    """All errors as a csv, to mend the file with."""
    fouten = _eigen(request, pk).fouten
    return csv_antwoord(
        naam=f"fouten-{pk}",
        koppen=("regel", "kolom", "waarde", "wat te doen"),
        rijen=((fout["regel"], fout["kolom"], fout["waarde"], fout["tekst"]) for fout in fouten),
    )


@vereist(Recht.EIGEN_DECLARATIES)
def sjabloon(request: PortaalRequest) -> HttpResponse:
    """A csv with a line for every toewijzing of the month: only the minutes have to be filled in."""
    keuze = MaandForm(request.GET, aanbieder=request.aanstelling.eigen_aanbieder, op=vandaag(timezone.now()))
    gemeente, maand = keuze.gekozen_gemeente, f"{keuze.gekozen_maand:%Y-%m}"
    rijen: list[tuple[str, int, str, int]] = []
    if gemeente:
        eigen = maandtabel.toewijzingen(request.aanstelling, gemeente, keuze.gekozen_maand)
        rijen = [(gemeente.code, nummer, maand, 0) for nummer in eigen.values_list("toewijzingnummer", flat=True)]
    return csv_antwoord(naam=f"leveringen-{maand}", koppen=KOLOMMEN, rijen=rijen)

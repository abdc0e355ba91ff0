"""Declarations of a provider: choose a month, type minutes, check, submit, correct."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from declaraties.actions import controle, correcties, declaraties
from declaraties.forms.leveringen import BestandForm, CorrectieForm, MaandForm, MinutenForm
from declaraties.models import Declaratie, Declaratieregel
from declaraties.models.declaraties import DeclaratieregelQuerySet
from declaraties.views import maandtabel
from declaraties.views.uitval import DECLARATIETOON, TOON, gronden
from wmo import weergave
from wmo.actions.kader import Geweigerd
from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, gepost, probeer

PER_PAGINA = 50


@vereist(Recht.EIGEN_DECLARATIES)
def maanden(request: PortaalRequest) -> HttpResponse:
    """The month of one gemeente: every toewijzing with what was delivered, and where each declaration stands."""
    return render(request, "declaraties/maand.html", maandcontext(request))


def maandcontext(request: PortaalRequest, form: MinutenForm | None = None) -> dict[str, Any]:
    """Also for the page that comes back with errors: then `form` holds what was typed."""
    aanstelling, op = request.aanstelling, vandaag(timezone.now())
    keuze = MaandForm(request.GET or request.POST, aanbieder=aanstelling.eigen_aanbieder, op=op)
    eigen = Declaratie.objects.voor(aanstelling).met_partijen().filter(maand=keuze.gekozen_maand)
    pagina = None
    if keuze.gekozen_gemeente:
        pagina = Paginator(
            maandtabel.toewijzingen(aanstelling, keuze.gekozen_gemeente, keuze.gekozen_maand), PER_PAGINA
        ).get_page(request.GET.get("pagina"))
        rijen = list(pagina.object_list)
        form = form or MinutenForm(rijen, maandtabel.geleverd(rijen, keuze.gekozen_maand))
    regels = maandtabel.regels(pagina, keuze.gekozen_maand, keuze.gekozen_gemeente, form) if pagina and form else []
    return {
        "keuze": keuze,
        "maand": keuze.gekozen_maand,
        "gemeente": keuze.gekozen_gemeente,
        "declaraties": eigen,
        "tonen": DECLARATIETOON,
        "pagina": pagina,
        "regels": regels,
        "minuten": form,
        "totaal": maandtabel.totaal(regels),
        "bestandform": BestandForm(),
        "is_voorbij": op.replace(day=1) > keuze.gekozen_maand,
    }


@vereist(Recht.DECLAREREN)
@require_POST
def opstellen(request: PortaalRequest) -> HttpResponse:
    """Make the concept and show what the gemeente would say of it."""
    nu, aanbieder = timezone.now(), request.aanstelling.eigen_aanbieder
    keuze = MaandForm(request.POST, aanbieder=aanbieder, op=vandaag(nu))
    if keuze.gekozen_gemeente is None:
        messages.error(request, "U hebt in geen gemeente een contract. Daarom valt er niets te declareren.")
        return redirect("declaraties:aanbieder")
    try:
        declaratie = declaraties.stel_op(
            aanbieder=aanbieder,
            gemeente=keuze.gekozen_gemeente,
            maand=keuze.gekozen_maand,
            door=request.aanstelling,
            nu=nu,
        )
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return redirect(maand_url(keuze.gekozen_maand, keuze.gekozen_gemeente.code if keuze.gekozen_gemeente else ""))
    return redirect("declaraties:eigen", declaratie.pk)


def maand_url(maand: date, gemeente: str) -> str:
    return f"{reverse('declaraties:aanbieder')}?maand={maand:%Y-%m}&gemeente={gemeente}"


def eigen(request: PortaalRequest, pk: int) -> Declaratie:
    return get_object_or_404(Declaratie.objects.voor(request.aanstelling).met_partijen(), pk=pk)


def met_client(regels: DeclaratieregelQuerySet) -> DeclaratieregelQuerySet:
    return regels.select_related("toewijzing__client", "toewijzing__levering", "product", "declaratie").order_by(
        "toewijzing__client__sorteernaam", "ingangsdatum", "id"
    )


@vereist(Recht.EIGEN_DECLARATIES)
def detail(request: PortaalRequest, pk: int) -> HttpResponse:
    """A declaration with its lines: what is wrong first."""
    declaratie = eigen(request, pk)
    regels = met_client(declaratie.regels.all())
    uitval = request.GET.get("toon") == "uitval"
    pagina = Paginator(regels.uitval() if uitval else regels, PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "declaratie": declaratie,
        "toon": DECLARATIETOON[declaratie.status],
        "pagina": pagina,
        "regels": [(regel, TOON[regel.status], gronden(regel), maandtabel.opmerking(regel)) for regel in pagina],
        "alleen_uitval": uitval,
        "terug": maand_url(declaratie.maand, declaratie.gemeente.code),
        "is_concept": declaratie.status == Declaratie.Status.OPGESTELD,
    }
    return render(request, "declaraties/eigen.html", context)


@vereist(Recht.DECLAREREN)
@require_POST
def controleer(request: PortaalRequest, pk: int) -> HttpResponse:
    declaratie = eigen(request, pk)
    try:
        aantal = controle.controleer(declaratie=declaratie, door=request.aanstelling, nu=timezone.now())
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return redirect("declaraties:eigen", pk)
    if aantal:
        messages.warning(request, f"{aantal} regels zijn nog niet goed. Lees hieronder wat u kunt doen.")
    else:
        messages.success(request, f"Alle {declaratie.aantal_regels} regels zijn akkoord.")
    return redirect("declaraties:eigen", pk)


@vereist(Recht.DECLAREREN)
def indienen(request: PortaalRequest, pk: int) -> HttpResponse:
    """First what will leave and what stays behind, then the act."""
    declaratie, nu = eigen(request, pk), timezone.now()

    def doe() -> str:
        return _bevestiging(declaraties.dien_in(declaratie=declaratie, door=request.aanstelling, nu=nu))

    if request.method == "POST":
        probeer(request, doe)
        return redirect("declaraties:eigen", pk)
    uitval = declaratie.regels.uitval().saldo()
    context = {
        "declaratie": declaratie,
        "mee": declaratie.aantal_regels - declaratie.aantal_uitval,
        "bedrag": declaratie.ingediend_bedrag - uitval,
        "uiterlijk": declaraties.antwoord_uiterlijk(declaratie.gemeente, vandaag(nu)),
    }
    return render(request, "declaraties/indienen.html", context)


def _bevestiging(uitkomst: declaraties.Indiening) -> str:
    d = uitkomst.declaratie
    zin = (
        f"Declaratie {d.maand:%Y-%m} is ingediend: {d.aantal_regels} regels, {weergave.bedrag(d.ingediend_bedrag)}. "
        f"U krijgt uiterlijk {weergave.datum(d.antwoord_uiterlijk)} antwoord."
    )
    if uitkomst.achtergebleven:
        zin += f" {uitkomst.achtergebleven} regels zijn niet meegegaan. Zij komen terug in uw volgende concept."
    return zin


@vereist(Recht.DECLAREREN)
def corrigeer(request: PortaalRequest, pk: int) -> HttpResponse:
    """A credit and a new line, after the answer (R-284)."""
    regels = Declaratieregel.objects.filter(declaratie__in=Declaratie.objects.voor(request.aanstelling))
    regel = get_object_or_404(met_client(regels), pk=pk)
    form = CorrectieForm(gepost(request))
    doel = regel.declaratie

    def doe() -> str:
        nonlocal doel
        doel = correcties.corrigeer(
            regel=regel, aantal=form.cleaned_data["aantal"], door=request.aanstelling, nu=timezone.now()
        )
        return "De correctie staat in uw concept. Dien het concept in om haar te versturen."

    if form.is_valid() and probeer(request, doe, form):
        return redirect("declaraties:eigen", doel.pk)
    return render(request, "declaraties/corrigeer.html", {"regel": regel, "form": form}, status=antwoordstatus(request))


KOPPEN = ("Toewijzing", "Product", "Van", "Tot en met", "Aantal", "Eenheid", "Tarief", "Bedrag", "Stand", "Uitleg")


@vereist(Recht.EIGEN_DECLARATIES)
def download(request: PortaalRequest, pk: int) -> HttpResponse:
    """The own declaration with the answer per line, without names."""
    declaratie = eigen(request, pk)
    return excel_antwoord(
        naam=f"declaratie-{declaratie.declaratienummer.lower()}",
        titel=f"Declaratie {declaratie.declaratienummer}",
        wie=str(request.aanstelling),
        nu=timezone.now(),
        filter_=weergave.maand(declaratie.maand),
        koppen=KOPPEN,
        rijen=(rij(regel) for regel in declaratie.regels.order_by("toewijzingnummer", "id").iterator(2000)),
    )


def rij(regel: Declaratieregel) -> tuple[Any, ...]:
    teken = Decimal(-1) if regel.is_credit else Decimal(1)
    uitleg = " ".join(f"{grond.titel} ({grond.code}): {grond.tekst}" for grond in gronden(regel))
    return (
        regel.toewijzingnummer, regel.productcode, regel.ingangsdatum, regel.einddatum, regel.volume,
        regel.get_eenheid_display(), regel.tarief, teken * regel.bedrag, regel.get_status_display(), uitleg,
    )  # fmt: skip

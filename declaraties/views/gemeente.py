"""Declarations at the gemeente: list, control, answer, payment."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from declaraties.actions import controle, declaraties
from declaraties.forms.beoordelen import BesluitForm, BetaaldForm, LijstForm
from declaraties.models import Declaratie, Declaratieregel, eerste_van
from declaraties.views.aanbieder import KOPPEN, met_client, rij
from declaraties.views.uitval import DECLARATIETOON, TOON, gronden, mag_toch
from wmo import weergave
from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import GelijkgesteldeDag
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok, resttijd
from wmo.views.formulieren import probeer

PER_PAGINA = 25
AKKOORD_TONEN = 100


@vereist(Recht.DECLARATIES_LEZEN)
def overzicht(request: PortaalRequest) -> HttpResponse:
    """What waits for an answer stands first."""
    form = LijstForm(request.GET)
    rijen = form.filter(Declaratie.objects.voor(request.aanstelling).met_partijen())
    pagina = Paginator(
        rijen.order_by(F("beantwoord_op").asc(nulls_first=True), "antwoord_uiterlijk", "-id"), PER_PAGINA
    ).get_page(request.GET.get("pagina"))
    op, kalender = vandaag(timezone.now()), GelijkgesteldeDag.objects.kalender()
    context = {
        "form": form,
        "pagina": pagina,
        "rijen": [(d, DECLARATIETOON[d.status], klok(d, kalender, op)) for d in pagina],
        "mag_starten": request.aanstelling.mag(Recht.DECLARATIES_BEOORDELEN),
        "vorige_maand": eerste_van(eerste_van(op) - timedelta(days=1)),
    }
    return render(request, "declaraties/overzicht.html", context)


def klok(declaratie: Declaratie, kalender: Kalender, op: date) -> Klok | None:
    """Working days until the 325 must leave; nothing once it has been answered."""
    uiterlijk = declaratie.antwoord_uiterlijk
    if declaratie.is_beantwoord or uiterlijk is None:
        return None
    tekst, toon, icoon = resttijd(uiterlijk, kalender, op)
    return Klok("antwoord", tekst, toon, icoon, uiterlijk=uiterlijk)


def _eigen(request: PortaalRequest, pk: int) -> Declaratie:
    return get_object_or_404(Declaratie.objects.voor(request.aanstelling).met_partijen(), pk=pk)


@vereist(Recht.DECLARATIES_LEZEN)
def declaratie(request: PortaalRequest, pk: int) -> HttpResponse:
    """Tiles, the lines that fail in plain Dutch, and the rest folded away."""
    rij_, nu = _eigen(request, pk), timezone.now()
    # names are for those who work with dossiers; policy staff reads the numbers
    met_namen = request.aanstelling.mag(Recht.DOSSIER_LEZEN)
    if met_namen:
        declaraties.bekijk(declaratie=rij_, door=request.aanstelling, nu=nu)
    regels = met_client(rij_.regels.all())
    pagina = Paginator(regels.uitval(), PER_PAGINA).get_page(request.GET.get("pagina"))
    akkoord = list(regels.filter(afkeurcodes=[])[: AKKOORD_TONEN + 1])
    context = {
        "declaratie": rij_,
        "toon": DECLARATIETOON[rij_.status],
        "klok": klok(rij_, GelijkgesteldeDag.objects.kalender(), vandaag(nu)),
        "met_namen": met_namen,
        "pagina": pagina,
        "uitval": [(r, TOON[r.status], gronden(r), mag_toch(r)) for r in pagina],
        "akkoord": akkoord[:AKKOORD_TONEN],
        "meer_akkoord": len(akkoord) > AKKOORD_TONEN,
        "mag_beoordelen": request.aanstelling.mag(Recht.DECLARATIES_BEOORDELEN),
        "is_ingediend": rij_.status == Declaratie.Status.INGEDIEND,
        "betaaldform": BetaaldForm(initial={"betaald_op": vandaag(nu)}),
    }
    return render(request, "declaraties/declaratie.html", context)


@vereist(Recht.DECLARATIES_BEOORDELEN)
@require_POST
def controleer(request: PortaalRequest, pk: int) -> HttpResponse:
    rij_ = _eigen(request, pk)

    def doe() -> str:
        aantal = controle.controleer_opnieuw(declaratie=rij_, door=request.aanstelling, nu=timezone.now())
        return f"Opnieuw gecontroleerd: {aantal} van {rij_.aantal_regels} regels uitval."

    probeer(request, doe)
    return redirect("declaraties:declaratie", pk)


@vereist(Recht.DECLARATIES_BEOORDELEN)
@require_POST
def besluit(request: PortaalRequest, pk: int) -> HttpResponse:
    regels = Declaratieregel.objects.filter(declaratie__in=Declaratie.objects.voor(request.aanstelling))
    regel = get_object_or_404(regels.select_related("declaratie__gemeente"), pk=pk)
    form = BesluitForm(request.POST)

    def doe() -> str:
        goed, reden = (form.cleaned_data["goed"], form.cleaned_data["reden"]) if form.is_valid() else (False, "")
        controle.beslis(regel=regel, goed=goed, reden=reden, door=request.aanstelling, nu=timezone.now())
        return f"Regel {regel.referentienummer} is {regel.get_status_display().lower()}."

    probeer(request, doe)
    return redirect("declaraties:declaratie", regel.declaratie_id)


@vereist(Recht.DECLARATIES_BEOORDELEN)
def antwoord(request: PortaalRequest, pk: int) -> HttpResponse:
    """The totals of the 325 first; then it is fixed and leaves."""
    rij_ = _eigen(request, pk)
    if request.method == "POST":

        def doe() -> str:
            declaraties.beantwoord(declaratie=rij_, door=request.aanstelling, nu=timezone.now())
            return f"Het antwoord staat klaar: {weergave.bedrag(rij_.toegekend_bedrag)} toegekend."

        probeer(request, doe)
        return redirect("declaraties:declaratie", pk)
    afgekeurd = rij_.regels.afgekeurd()
    context = {"declaratie": rij_, "afgekeurd": afgekeurd.count(), "goed": rij_.regels.goedgekeurd().count()}
    return render(request, "declaraties/antwoord.html", context)


@vereist(Recht.DECLARATIES_BEOORDELEN)
@require_POST
def betaling(request: PortaalRequest, pk: int) -> HttpResponse:
    """Betaalbaar, and after that paid."""
    rij_, nu = _eigen(request, pk), timezone.now()
    form = BetaaldForm(request.POST)

    def doe() -> str:
        if rij_.status == Declaratie.Status.BETAALBAAR:
            dag = form.cleaned_data["betaald_op"] if form.is_valid() else vandaag(nu)
            declaraties.meld_betaald(declaratie=rij_, betaald_op=dag, door=request.aanstelling, nu=nu)
            return f"Betaald op {weergave.datum(dag)}."
        uiterlijk = declaraties.stel_betaalbaar(declaratie=rij_, door=request.aanstelling, nu=nu)
        return f"Betaalbaar gesteld. Betaal uiterlijk {weergave.datum(uiterlijk)}."

    probeer(request, doe)
    return redirect("declaraties:declaratie", pk)


@vereist(Recht.DECLARATIES_BEOORDELEN)
@require_POST
def start_maandrun(request: PortaalRequest) -> HttpResponse:
    """What the first of the month does by itself, for the gemeente of this person."""
    nu = timezone.now()
    maand = eerste_van(eerste_van(vandaag(nu)) - timedelta(days=1))
    taak = declaraties.start_maandrun(
        gemeente=request.aanstelling.eigen_gemeente, maand=maand, door=request.aanstelling, nu=nu
    )
    return redirect("wmo:taak", taak.pk)


@vereist(Recht.DECLARATIES_LEZEN)
def download(request: PortaalRequest, pk: int) -> HttpResponse:
    """The lines without names, for the controle and the productieverantwoording."""
    rij_ = _eigen(request, pk)
    return excel_antwoord(
        naam=f"declaratie-{rij_.declaratienummer.lower()}",
        titel=f"Declaratie {rij_.declaratienummer}",
        wie=str(request.aanstelling),
        nu=timezone.now(),
        filter_=f"{rij_.aanbieder}, {weergave.maand(rij_.maand)}",
        koppen=KOPPEN,
        rijen=(rij(regel) for regel in rij_.regels.order_by("toewijzingnummer", "id").iterator(2000)),
    )


@vereist(Recht.DECLARATIES_LEZEN)
def download_lijst(request: PortaalRequest) -> HttpResponse:
    form = LijstForm(request.GET)
    rijen = form.filter(Declaratie.objects.voor(request.aanstelling).met_partijen())
    return excel_antwoord(
        naam=f"declaraties-{request.aanstelling.eigen_gemeente.slug}",
        titel="Declaraties",
        wie=str(request.aanstelling),
        nu=timezone.now(),
        filter_=request.GET.get("status", ""),
        koppen=("Aanbieder", "Maand", "Nummer", "Stand", "Regels", "Uitval", "Ingediend", "Toegekend", "Uiterlijk"),
        rijen=(
            (d.aanbieder.naam, f"{d.maand:%Y-%m}", d.declaratienummer, d.get_status_display(), d.aantal_regels,
             d.aantal_uitval, d.ingediend_bedrag, d.toegekend_bedrag, d.antwoord_uiterlijk)
            for d in rijen
        ),
    )  # fmt: skip

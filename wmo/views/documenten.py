"""Documents, notes and "Wie keek mee?" of a case."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo.actions import documenten as acties
from wmo.actions import inzage as inzage_acties
from wmo.actions import notities as notitie_acties
from wmo.forms.documenten import DeelForm, DocumentForm
from wmo.forms.notities import NotitieForm, NotitieWijzigForm
from wmo.http import PortaalRequest
from wmo.models import Aanbieder, Aanstelling, Document, Logregel, Notitie, Taak, Zaak
from wmo.permissions import Recht, vereist
from wmo.rules.bestandssoort import PDF
from wmo.rules.delen import MET_TOESTEMMING, VRIJ
from wmo.views.dossier import zichtbare_notities
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.views.zaken import haal_zaak, zaak_context

INZAGE_PER_PAGINA = 25


@vereist(Recht.DOSSIER_LEZEN)
def documenten(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The list and, for who may, adding one."""
    zaak = haal_zaak(request, zaaknummer)
    post = request.method == "POST"
    form = DocumentForm(request.POST if post else None, request.FILES if post else None)
    if post and form.is_valid() and probeer(request, lambda: _voeg_toe(request, zaak, form)):
        return redirect("wmo:documenten", zaaknummer)
    rijen = Document.objects.filter(zaak=zaak).select_related("gemaakt_door__gebruiker").prefetch_related("gedeeld_met")
    context = zaak_context(request, zaak, "documenten") | {
        "kruimel": "Documenten",
        "documenten": rijen.defer("inhoud"),
        "form": form,
        "deelbaar": VRIJ | MET_TOESTEMMING,
        "mag_toevoegen": request.aanstelling.mag(Recht.BESCHIKKING_OPSTELLEN),
    }
    return render(request, "wmo/documenten.html", context, status=antwoordstatus(request))


def _voeg_toe(request: PortaalRequest, zaak: Zaak, form: DocumentForm) -> str:
    document = acties.voeg_toe(
        zaak=zaak,
        soort=form.cleaned_data["soort"],
        titel=form.cleaned_data["titel"],
        inhoud=form.cleaned_data["bestand"].read(),
        door=request.aanstelling,
        nu=timezone.now(),
    )
    return f"Het document is toegevoegd: {document.titel}."


@vereist(Recht.DOSSIER_LEZEN)
def document(request: PortaalRequest, pk: int) -> HttpResponse:
    """The file itself, for who may see its case; the look is logged."""
    rijen = Document.objects.voor(request.aanstelling).select_related("zaak__client", "zaak__gemeente")
    gekozen = get_object_or_404(rijen, pk=pk)
    inhoud = inzage_acties.download_document(document=gekozen, door=request.aanstelling, nu=timezone.now())
    return _bestand(gekozen, inhoud)


@vereist(Recht.EIGEN_CLIENTEN)
def gedeeld(request: PortaalRequest, pk: int) -> HttpResponse:
    """The same for a provider, when the gemeente shared it."""
    gekozen = get_object_or_404(Document.objects.voor(request.aanstelling).select_related("zaak__client"), pk=pk)
    inhoud = inzage_acties.download_gedeeld_document(document=gekozen, door=request.aanstelling, nu=timezone.now())
    return _bestand(gekozen, inhoud)


def _bestand(gekozen: Document, inhoud: bytes) -> HttpResponse:
    """A pdf opens in the browser, anything else is saved; nothing is kept in a cache."""
    antwoord = HttpResponse(inhoud, content_type=gekozen.mimetype)
    wijze = "inline" if gekozen.mimetype == PDF else "attachment"
    antwoord["Content-Disposition"] = f'{wijze}; filename="{gekozen.bestandsnaam}"'
    antwoord["X-Content-Type-Options"], antwoord["Cache-Control"] = "nosniff", "no-store"
    return antwoord


@vereist(Recht.BESCHIKKING_OPSTELLEN)
def delen(request: PortaalRequest, pk: int) -> HttpResponse:
    """Share one document with a provider, in the portal (R-300)."""
    gekozen = get_object_or_404(
        Document.objects.voor(request.aanstelling).select_related("zaak").defer("inhoud"), pk=pk
    )
    zaak = haal_zaak(request, gekozen.zaak.zaaknummer)
    aanbieders = Aanbieder.objects.filter(toewijzingen__client=zaak.client).distinct()
    post = request.method == "POST"
    form = DeelForm(request.POST if post else None, aanbieders=aanbieders)

    def doe() -> str:
        aanbieder = form.cleaned_data["aanbieder"]
        acties.deel(document=gekozen, aanbieder=aanbieder, door=request.aanstelling, nu=timezone.now())
        return f"Het document is gedeeld. {aanbieder.naam} ziet het in het portaal."

    if post and form.is_valid() and probeer(request, doe):
        return redirect("wmo:documenten", zaak.zaaknummer)
    context = zaak_context(request, zaak, "documenten") | {
        "kruimel": "Document delen",
        "kop": f"Document delen: {gekozen.titel}",
        "knop": "Deel met aanbieder",
        "uitleg": "Dit stuk kan niet via iWmo. De aanbieder ziet het beveiligd in het portaal.",
        "form": form,
    }
    return render(request, "wmo/zaak_formulier.html", context, status=antwoordstatus(request))


@vereist(Recht.DOSSIER_LEZEN)
def notities(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """All notes that this person may read, newest first, and a new one."""
    zaak = haal_zaak(request, zaaknummer)
    post = request.method == "POST"
    form = NotitieForm(request.POST if post else None)
    if post and form.is_valid():
        notitie_acties.voeg_toe(zaak=zaak, **form.cleaned_data, door=request.aanstelling, nu=timezone.now())
        messages.success(request, "De notitie is bewaard. Zij staat bovenaan de tijdlijn.")
        return redirect("wmo:zaak" if request.POST.get("terug") == "zaak" else "wmo:notities", zaaknummer)
    rijen = zichtbare_notities(request.aanstelling).filter(zaak=zaak).select_related("auteur__gebruiker", "zaak")
    context = zaak_context(request, zaak, "notities") | {
        "kruimel": "Notities",
        "notities": [_als_gebeurtenis(n, request.aanstelling, timezone.now()) for n in rijen],
        "form": form,
        "terugbellen": list(zaak.taken.open().filter(soort=Taak.Soort.TERUGBELLEN)),
    }
    return render(request, "wmo/notities.html", context, status=antwoordstatus(request))


def _als_gebeurtenis(notitie: Notitie, lezer: Aanstelling, nu: datetime) -> dict[str, Any]:
    """A note as a line of a timeline; one's own fresh note can still be corrected."""
    uit: dict[str, Any] = {
        "icoon": "notes",
        "kop": "Notitie, alleen voor de toegang" if notitie.alleen_toegang else "Notitie",
        "moment": notitie.moment,
        "wie": notitie.auteur.gebruiker.naam,
        "tekst": notitie.tekst,
    }
    if notitie.auteur_id == lezer.pk and nu - notitie.moment <= notitie_acties.WIJZIGTIJD:
        url = reverse("wmo:notitie", args=[notitie.zaak.zaaknummer, notitie.pk])
        uit |= {"url": url, "url_tekst": "Wijzig deze notitie"}
    return uit


@vereist(Recht.DOSSIER_LEZEN)
def notitie(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """Correct one's own note, in the first fifteen minutes; whose it is and how old, the action judges."""
    zaak = haal_zaak(request, zaaknummer)
    gekozen = get_object_or_404(zichtbare_notities(request.aanstelling).filter(zaak=zaak), pk=pk)
    form = NotitieWijzigForm(gepost(request), initial={"tekst": gekozen.tekst})

    def doe() -> str:
        tekst = form.cleaned_data["tekst"]
        notitie_acties.wijzig(notitie=gekozen, tekst=tekst, door=request.aanstelling, nu=timezone.now())
        return "De notitie is gewijzigd."

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wmo:notities", zaaknummer)
    context = zaak_context(request, zaak, "notities") | {
        "kruimel": "Notitie wijzigen",
        "kop": "Notitie wijzigen",
        "knop": "Bewaar de notitie",
        "uitleg": "Dit kan tot 15 minuten na het schrijven. Voeg daarna een nieuwe notitie toe.",
        "form": form,
    }
    return render(request, "wmo/zaak_formulier.html", context, status=antwoordstatus(request))


@vereist(Recht.DOSSIER_LEZEN)
@require_POST
def gebeld(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """The button beside a call-back."""
    zaak = haal_zaak(request, zaaknummer)
    taak = get_object_or_404(zaak.taken.filter(soort=Taak.Soort.TERUGBELLEN), pk=pk)

    def doe() -> str:
        notitie_acties.meld_gebeld(taak=taak, zaak=zaak, door=request.aanstelling, nu=timezone.now())
        return "Vastgelegd dat u hebt gebeld. Schrijf in een notitie wat u besprak."

    probeer(request, doe)
    return redirect("wmo:notities", zaaknummer)


@vereist(Recht.INZAGE_LEZEN)
def inzage(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Who looked, searched, showed the BSN, printed or exported (R-347)."""
    zaak = haal_zaak(request, zaaknummer)
    context = zaak_context(request, zaak, "inzage")
    regels = Logregel.objects.filter(zaak=zaak).exclude(soort=Logregel.Soort.WIJZIGING)
    gekozen = request.GET.get("soort", "")
    soorten = [(s.value, s.label) for s in Logregel.Soort if s != Logregel.Soort.WIJZIGING]
    if gekozen in dict(soorten):
        regels = regels.filter(soort=gekozen)
    regels = regels.select_related("aanstelling__gebruiker").order_by("-moment", "-id")
    pagina = Paginator(regels, INZAGE_PER_PAGINA).get_page(request.GET.get("pagina"))
    context |= {"kruimel": "Wie keek mee?", "pagina": pagina, "soorten": soorten, "gekozen": gekozen}
    return render(request, "wmo/inzage.html", context)

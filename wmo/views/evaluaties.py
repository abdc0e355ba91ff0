"""The evaluation of a case, and all open evaluations of the gemeente (S29)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wmo.actions import evaluaties
from wmo.forms.evaluaties import EvaluatieForm, PlanForm
from wmo.http import PortaalRequest
from wmo.models import Evaluatie, GelijkgesteldeDag, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.klokken import Klok, resttijd
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.views.zaken import haal_zaak, zaak_context

PER_PAGINA = 25
TOON = {
    Evaluatie.Status.GEPLAND: "blauw",
    Evaluatie.Status.UITGENODIGD: "oranje",
    Evaluatie.Status.INPUT: "oranje",
    Evaluatie.Status.AFGEROND: "groen",
    Evaluatie.Status.VERVALLEN: "grijs",
}


@vereist(Recht.WERKVOORRAAD)
def lijst(request: PortaalRequest) -> HttpResponse:
    """What is planned, soonest first. Who answered already can be finished."""
    op, kalender = vandaag(timezone.now()), GelijkgesteldeDag.objects.kalender()
    rijen = Evaluatie.objects.voor(request.aanstelling).open().select_related("zaak__client")
    pagina = Paginator(rijen.defer("zaak__client__bsn"), PER_PAGINA).get_page(request.GET.get("pagina"))
    met_klok = [(rij, klok(rij, kalender, op), TOON[Evaluatie.Status(rij.status)]) for rij in pagina]
    return render(request, "wmo/evaluaties.html", {"pagina": pagina, "rijen": met_klok})


def klok(evaluatie: Evaluatie, kalender: Any, op: Any) -> Klok:
    tekst, toon, icoon = resttijd(evaluatie.gepland_op, kalender, op)
    return Klok("Evaluatie", tekst, toon, icoon, uiterlijk=evaluatie.gepland_op)


@vereist(Recht.DOSSIER_LEZEN)
def evaluatie(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Plan, ask the aanbieder, write, finish. Reading is for everybody with the dossier."""
    zaak, nu = haal_zaak(request, zaaknummer), timezone.now()
    rijen = zaak.evaluaties.select_related("plan", "afgerond_door__gebruiker").order_by("-id")
    open_ = next((rij for rij in rijen if rij.status in Evaluatie.OPEN), None)
    formulieren = _formulieren(request, open_)
    wat = request.POST.get("wat", "") if request.aanstelling.mag(Recht.ONDERZOEKEN) else ""
    if wat and _doe(request, zaak, open_, formulieren, wat, nu):
        return redirect("wmo:evaluatie", zaaknummer)
    context = zaak_context(request, zaak, "evaluatie", nu) | {
        "kruimel": "Evaluatie",
        "evaluatie": open_,
        "toon": TOON[Evaluatie.Status(open_.status)] if open_ else "",
        "klok": klok(open_, GelijkgesteldeDag.objects.kalender(), vandaag(nu)) if open_ else None,
        "formulieren": _ingediend(open_),
        "crises": evaluaties.crises(open_) if open_ else (),
        "eerder": [rij for rij in rijen if rij.status == Evaluatie.Status.AFGEROND],
        "planform": formulieren["plan"],
        "form": formulieren.get("evaluatie"),
        "mag_schrijven": request.aanstelling.mag(Recht.ONDERZOEKEN),
    }
    return render(request, "wmo/evaluatie.html", context, status=antwoordstatus(request))


def _ingediend(open_: Evaluatie | None) -> Any:
    return open_.formulieren.select_related("toewijzing__aanbieder", "nieuw_product") if open_ else ()


def _formulieren(request: PortaalRequest, open_: Evaluatie | None) -> dict[str, Form]:
    """Two forms on one page: only the one that was sent is bound."""
    plant = request.POST.get("wat") == "plan"
    delen: dict[str, Form] = {"plan": PlanForm(gepost(request) if plant else None)}
    if open_ is not None:
        gebonden = gepost(request) if request.POST.get("wat") in ("bewaar", "afronden") else None
        delen["evaluatie"] = EvaluatieForm(
            gebonden, evaluatie=open_, met_crisis=evaluaties.crises(open_).exists() or bool(open_.crisis)
        )
    return delen


def _doe(
    request: PortaalRequest, zaak: Zaak, open_: Evaluatie | None, formulieren: dict[str, Form], wat: str, nu: datetime
) -> bool:
    """Run the button that was pressed; False shows the page again with what is wrong."""
    wie: dict[str, Any] = {"door": request.aanstelling, "nu": nu}
    form = formulieren.get("plan" if wat == "plan" else "evaluatie")
    if form is None or (wat != "vraag" and not form.is_valid()):
        return False
    zinnen: dict[str, Callable[[], str]] = {
        "plan": lambda: _plan(zaak, form, wie),
        "vraag": lambda: _vraag(open_, wie),
        "bewaar": lambda: _bewaar(request, open_, form, wie),
        "afronden": lambda: _rond_af(request, open_, form, wie),
    }
    return wat in zinnen and probeer(request, zinnen[wat])


def _plan(zaak: Zaak, form: Form, wie: dict[str, Any]) -> str:
    gepland = evaluaties.plan(zaak=zaak, **form.cleaned_data, **wie)
    return f"De evaluatie staat gepland op {gepland.gepland_op:%d-%m-%Y}."


def _vraag(open_: Any, wie: dict[str, Any]) -> str:
    aantal = evaluaties.nodig_uit(evaluatie=open_, **wie)
    return f"Gevraagd: {aantal} {'formulier' if aantal == 1 else 'formulieren'}. De aanbieder heeft een taak."


def _bewaar(request: PortaalRequest, open_: Any, form: Any, wie: dict[str, Any]) -> str:
    evaluaties.bewaar(evaluatie=open_, inhoud=form.inhoud(), bewerkt=_bewerkt(request), **wie)
    return "Bewaard. De evaluatie is nog niet afgerond."


def _rond_af(request: PortaalRequest, open_: Any, form: Any, wie: dict[str, Any]) -> str:
    evaluaties.rond_af(evaluatie=open_, inhoud=form.inhoud(), bewerkt=_bewerkt(request), **wie)
    return "De evaluatie is afgerond. Wat eruit komt, staat als taak klaar."


def _bewerkt(request: PortaalRequest) -> int | None:
    """The counter that the form was made with, so that nobody overwrites unread."""
    waarde = request.POST.get("bewerkt", "")
    return int(waarde) if waarde.isascii() and waarde.isdigit() else None

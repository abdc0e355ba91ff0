"""The perspectiefplan: write, add rows, look at it whole, fix it; later a vervolgdeel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo.actions import plannen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.forms.concept import zonder_oordeel
from wmo.forms.plannen import OntvangstForm, PlanFormulier
from wmo.forms.verschil import onder_elkaar
from wmo.http import PortaalRequest
from wmo.models import Concept, Perspectiefplan, Zaak
from wmo.permissions import Recht, vereist
from wmo.rules import plannen as regels
from wmo.views import concepten
from wmo.views.botsingen import Botsing, vergelijk
from wmo.views.formulieren import antwoordstatus, probeer
from wmo.views.zaken import haal_zaak, zaak_context

FORMULIER = Concept.Formulier.PLAN
NA_BOTSING = {"eigen": "bewaar", "beide": "beide"}


@vereist(Recht.DOSSIER_LEZEN)
def plan(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The newest version: a concept as forms, a fixed one to read."""
    zaak = haal_zaak(request, zaaknummer)
    gevonden = _nieuwste(zaak)
    wat = request.POST.get("wat") or NA_BOTSING.get(request.POST.get("keuze", ""), "")
    if wat == "begin":
        probeer(request, lambda: _begin(request, zaak))
        return redirect("wmo:plan", zaaknummer)
    if gevonden is None or gevonden.vastgesteld_op is not None:
        return _lees(request, zaak, gevonden, wat)
    if wat in ("bewaar", "verder"):
        return _verwerk(request, zaak, gevonden, wat)
    return _schrijf(request, zaak, gevonden, **_niet_bewaard(request, zaak, gevonden, wat))


def _verwerk(request: PortaalRequest, zaak: Zaak, concept: Perspectiefplan, wat: str) -> HttpResponse:
    formulier = PlanFormulier(concept, request.POST)
    if not formulier.is_valid():
        return _schrijf(request, zaak, concept, formulier, 422)
    status = _bewaar(request, concept, formulier)
    if status == 409:
        return _botsing(request, zaak, concept, formulier)
    if status == 302:
        return redirect("wmo:plan-vaststellen" if wat == "verder" else "wmo:plan", zaak.zaaknummer)
    return _schrijf(request, zaak, concept, formulier, status)


def _niet_bewaard(request: PortaalRequest, zaak: Zaak, concept: Perspectiefplan, wat: str) -> dict[str, Any]:
    """What stands in the forms when nothing is saved: an extra row, two joined texts, a draft, or the plan itself."""
    if wat == "beide":
        messages.info(request, "Beide teksten staan onder elkaar. Maak er één tekst van en bewaar.")
        getypt = PlanFormulier(concept, request.POST)
        return {"formulier": PlanFormulier(concept, onder_elkaar(request.POST, getypt.verschillen(concept)))}
    if wat:
        return {"formulier": _rustig(PlanFormulier(concept, request.POST, wat.removeprefix("erbij-")))}
    rij = concepten.haal(request, zaak, FORMULIER).get(FORMULIER)
    formulier = PlanFormulier(concept, concepten.invoer(rij)) if rij else None
    if rij is None or formulier is None or not formulier.verschillen(concept):
        return {"formulier": PlanFormulier(concept)}
    return {"formulier": _rustig(formulier), "rij": rij}


def _rustig(formulier: PlanFormulier) -> PlanFormulier:
    zonder_oordeel(formulier.verhaal, *formulier.delen.values())
    return formulier


def _botsing(request: PortaalRequest, zaak: Zaak, concept: Perspectiefplan, getypt: PlanFormulier) -> HttpResponse:
    """Both texts above the form, which from now on starts from what the colleague saved: the next save is a choice."""
    concept.refresh_from_db()
    invoer = request.POST.copy()
    invoer["verhaal-bewerkt"] = str(concept.bewerkt)
    formulier = PlanFormulier(concept, invoer)
    gezien = vergelijk(zaak, "plannen.", FORMULIER, getypt.verschillen(concept))
    return _schrijf(request, zaak, concept, formulier, 409, botsing=gezien)


@vereist(Recht.ONDERZOEKEN)
def vaststellen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The control page: the whole plan with links to change it, what is missing, and the button."""
    zaak = haal_zaak(request, zaaknummer)
    concept = _nieuwste(zaak)
    if concept is None or concept.vastgesteld_op is not None:
        return redirect("wmo:plan", zaaknummer)
    if request.method == "POST" and probeer(request, lambda: _stel_vast(request, concept)):
        return redirect("wmo:plan", zaaknummer)
    context = zaak_context(request, zaak, "plan")
    stand = plannen.stand(concept)
    context |= _leesbaar(concept) | {
        "ontbreekt": regels.weiger_vaststellen(stand, op=context["op"]),
        "let_op": regels.waarschuwingen(stand.ondersteuning),
        "kruimel": "Perspectiefplan",
        "hoofdactie": None,  # this page has its own filled button
    }
    return render(request, "wmo/plan_vaststellen.html", context, status=antwoordstatus(request))


@vereist(Recht.DOSSIER_LEZEN)
def versie(request: PortaalRequest, zaaknummer: str, versie: int) -> HttpResponse:
    """An older version, to read."""
    zaak = haal_zaak(request, zaaknummer)
    oud = get_object_or_404(zaak.plannen.exclude(vastgesteld_op=None), versie=versie)
    return _lees(request, zaak, oud, "")


def _nieuwste(zaak: Zaak) -> Perspectiefplan | None:
    gevonden = zaak.plannen.select_related("vastgesteld_door__gebruiker").first()
    if gevonden is not None:
        gevonden.zaak = zaak
    return gevonden


def _begin(request: PortaalRequest, zaak: Zaak) -> str:
    nieuw = plannen.maak_concept(zaak=zaak, door=request.aanstelling, nu=timezone.now())
    return (
        "Het vervolgdeel begint met wat er in het vorige plan staat."
        if nieuw.is_vervolg
        else "U kunt beginnen met het plan."
    )


def _stel_vast(request: PortaalRequest, concept: Perspectiefplan) -> str:
    plannen.stel_vast(plan=concept, door=request.aanstelling, nu=timezone.now())
    return f"Het plan is vastgesteld: versie {concept.versie}. De brief staat bij Documenten."


def _bewaar(request: PortaalRequest, concept: Perspectiefplan, formulier: PlanFormulier) -> int:
    """302 when saved, 409 when somebody else saved since this form was shown, 422 when the domain says no."""
    bewerkt = formulier.verhaal.cleaned_data["bewerkt"]
    inhoud = formulier.inhoud()
    try:
        plannen.bewaar(plan=concept, inhoud=inhoud, bewerkt=bewerkt, door=request.aanstelling, nu=timezone.now())
    except IntussenGewijzigd:
        return 409
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return 422
    concepten.wis(request, concept.zaak, FORMULIER)
    messages.success(request, "Het concept is bewaard.")
    return 302


def _schrijf(
    request: PortaalRequest,
    zaak: Zaak,
    concept: Perspectiefplan,
    formulier: PlanFormulier,
    status: int = 200,
    *,
    rij: Concept | None = None,
    botsing: Botsing | None = None,
) -> HttpResponse:
    context = zaak_context(request, zaak, "plan")
    context |= {
        "kruimel": "Perspectiefplan",
        "plan": concept,
        "vorige": zaak.plannen.filter(versie=concept.versie - 1).first() if concept.is_vervolg else None,
        "verhaal": formulier.verhaal,
        "leefgebieden": formulier.delen["leefgebieden"],
        "doelen": formulier.delen["doelen"],
        "ondersteuningen": formulier.delen["ondersteuning"],
        "hoofdactie": None,
        "mag": request.aanstelling.mag(Recht.ONDERZOEKEN),
        "let_op": regels.waarschuwingen(plannen.ondersteuning(concept)),
        "fout_in_titel": status == 422,
        "concepten": [rij] if rij else [],
        "botsing": botsing,
    }
    return render(request, "wmo/plan.html", context, status=status)


def _lees(request: PortaalRequest, zaak: Zaak, plan: Perspectiefplan | None, wat: str) -> HttpResponse:
    """To read; and the one thing that may still be added: that the aanbieder has it (R-076)."""
    form = OntvangstForm(request.POST if wat == "ontvangen" else None)
    if wat == "ontvangen" and plan is not None and form.is_valid():
        probeer(request, lambda: _ontvangen(request, plan, form))
        return redirect("wmo:plan", zaak.zaaknummer)
    if wat and wat != "ontvangen":
        raise Http404
    context = zaak_context(request, zaak, "plan")
    context |= {
        "kruimel": "Perspectiefplan",
        "mag": request.aanstelling.mag(Recht.ONDERZOEKEN) and zaak.is_lopend,
        "ontvangst": form,
        "versies": [v for v in zaak.plannen.exclude(vastgesteld_op=None) if plan is None or v.pk != plan.pk],
        **(_leesbaar(plan) if plan else {"plan": None, "hoofdactie": None}),
    }
    return render(request, "wmo/plan_lezen.html", context, status=422 if wat else 200)


def _ontvangen(request: PortaalRequest, plan: Perspectiefplan, form: OntvangstForm) -> str:
    plannen.meld_ontvangst(plan=plan, op=form.cleaned_data["op"], door=request.aanstelling, nu=timezone.now())
    return "Vastgelegd dat de aanbieder het plan heeft."


def _leesbaar(plan: Perspectiefplan) -> dict[str, Any]:
    return {
        "plan": plan,
        "leefgebieden": list(plan.leefgebieden.select_related("leefgebied")),
        "doelen": list(plan.doelen.all()),
        "ondersteuning_plan": list(plan.ondersteuning.select_related("product").prefetch_related("aftrekken")),
    }

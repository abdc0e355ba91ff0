"""The perspectiefplan: write, add rows, look at it whole, fix it; later a vervolgdeel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo.actions import plannen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.forms.plannen import OntvangstForm, PlanFormulier
from wmo.http import PortaalRequest
from wmo.models import Perspectiefplan, Zaak
from wmo.permissions import Recht, vereist
from wmo.rules import plannen as regels
from wmo.views.formulieren import probeer
from wmo.views.zaken import haal_zaak, zaak_context


@vereist(Recht.DOSSIER_LEZEN)
def plan(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The newest version: a concept as forms, a fixed one to read."""
    zaak = haal_zaak(request, zaaknummer)
    gevonden = _nieuwste(zaak)
    wat = request.POST.get("wat", "") if request.method == "POST" else ""
    if wat == "begin":
        probeer(request, lambda: _begin(request, zaak))
        return redirect("wmo:plan", zaaknummer)
    if gevonden is None or gevonden.vastgesteld_op is not None:
        return _lees(request, zaak, gevonden, wat)
    erbij = wat.removeprefix("erbij-") if wat.startswith("erbij-") else ""
    formulier = PlanFormulier(gevonden, request.POST if wat else None, erbij)
    if wat and not erbij:
        status = _bewaar(request, gevonden, formulier) if formulier.is_valid() else 422
        if status == 302:
            return redirect("wmo:plan-vaststellen" if wat == "verder" else "wmo:plan", zaaknummer)
        return _schrijf(request, zaak, gevonden, formulier, status)
    return _schrijf(request, zaak, gevonden, formulier, 200)


@vereist(Recht.ONDERZOEKEN)
def vaststellen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The control page: the whole plan with links to change it, what is missing, and the button."""
    zaak = haal_zaak(request, zaaknummer)
    concept = _nieuwste(zaak)
    if concept is None or concept.vastgesteld_op is not None:
        return redirect("wmo:plan", zaaknummer)
    status = 200
    if request.method == "POST":
        if probeer(request, lambda: _stel_vast(request, concept)):
            return redirect("wmo:plan", zaaknummer)
        status = 422
    context = zaak_context(request, zaak, "plan")
    stand = plannen.stand(concept)
    context |= _leesbaar(concept) | {
        "ontbreekt": regels.weiger_vaststellen(stand, op=context["op"]),
        "let_op": regels.waarschuwingen(stand.ondersteuning),
        "kruimel": "Perspectiefplan",
        "hoofdactie": None,  # this page has its own filled button
    }
    return render(request, "wmo/plan_vaststellen.html", context, status=status)


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
    except IntussenGewijzigd as fout:
        messages.error(request, f"{fout.zin} Uw tekst staat nog op dit scherm.")
        return 409
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return 422
    messages.success(request, "Het concept is bewaard.")
    return 302


def _schrijf(
    request: PortaalRequest, zaak: Zaak, concept: Perspectiefplan, formulier: PlanFormulier, status: int
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

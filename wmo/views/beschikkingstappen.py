"""A decision that is being drawn up, in five steps: kind, support, motivation, control, letter (S10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wmo.actions import beschikkingen
from wmo.brieven import Briefsoort, ontbrekende_blokken
from wmo.brieven import beschikking as briefgegevens
from wmo.forms.beschikkingen import MotiveringForm, SoortForm, UitlegForm, VoorzieningFormSet, voorzieningen_begin
from wmo.forms.concept import rij_erbij, zonder_oordeel
from wmo.forms.verschil import Verschil, onder_elkaar, rijverschillen, verschillen
from wmo.http import PortaalRequest
from wmo.keten import ketencontrole
from wmo.models import Beschikking, Concept, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import motivering as taal
from wmo.rules.beschikkingen import blokkades, vragen_uitleg
from wmo.views import concepten
from wmo.views.beschikkingen import (
    basiscontext,
    briefinhoud,
    controleregels,
    huidig_besluit,
    lopende_voorzieningen,
    stap_na_soort,
    voer_uit,
    wie_en_wanneer,
)
from wmo.views.botsingen import vergelijk
from wmo.views.formulieren import beurt, gepost
from wmo.views.zaken import haal_zaak

STAPPEN = {
    "soort": "1. Soort besluit",
    "ondersteuning": "2. Ondersteuning",
    "motivering": "3. Motivering",
    "controle": "4. Klopt alles?",
    "voorbeeld": "5. Voorbeeld",
}
MOTIVERING = Concept.Formulier.MOTIVERING


@vereist(Recht.BESCHIKKING_OPSTELLEN)
def stap(request: PortaalRequest, zaaknummer: str, stap: str) -> HttpResponse:
    """One step of a concept. Every step saves and goes on to the next."""
    if stap not in STAPPEN:
        raise Http404
    zaak = haal_zaak(request, zaaknummer)
    concept = huidig_besluit(zaak)
    if concept is None or concept.status != Beschikking.Status.CONCEPT:
        return redirect("wmo:beschikking", zaaknummer)
    return {
        "soort": _soort,
        "ondersteuning": _ondersteuning,
        "motivering": _motivering,
        "controle": _controle,
        "voorbeeld": _voorbeeld,
    }[stap](request, zaak, concept)


def _soort(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    lopend = lopende_voorzieningen(zaak)

    def maak(invoer: QueryDict | None) -> SoortForm:
        begin: dict[str, Any] = {v: getattr(concept, v) for v in ("soort", "grond", "werkt_vanaf", "bewerkt")}
        begin["beeindigt"] = list(concept.beeindigt.values_list("pk", flat=True))
        return SoortForm(invoer, initial=begin, lopend=lopend)

    form, status, extra = _poging(request, concept, "soort", maak, beschikkingen.bewaar_soort)
    if status == 302:
        return redirect("wmo:beschikking-stap", zaak.zaaknummer, stap_na_soort(form.cleaned_data["soort"]))
    return _stappagina(request, zaak, concept, "soort", {"form": form, "lopend": lopend, **extra}, status)


def _motivering(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    def maak(invoer: QueryDict | None) -> MotiveringForm:
        return MotiveringForm(
            invoer, initial={v: getattr(concept, v) for v in ("motivering", "eigen_bijdrage", "bewerkt")}
        )

    form, status, extra = _poging(request, concept, MOTIVERING, maak, beschikkingen.bewaar_motivering)
    if status == 302:
        concepten.wis(request, zaak, MOTIVERING)
        return redirect("wmo:beschikking-stap", zaak.zaaknummer, "controle")
    if not form.is_bound and (rij := concepten.haal(request, zaak, MOTIVERING).get(MOTIVERING)):
        getypt = maak(concepten.invoer(rij))
        if verschillen(getypt, form):
            zonder_oordeel(getypt)
            form, extra = getypt, {"concepten": [rij]}
    extra |= {
        "form": form,
        "toetsen": list(zaak.toetsen.all()),
        "normenkader": briefgegevens.normenkader(zaak),
        "lange_zinnen": taal.lange_zinnen(concept.motivering),
    }
    return _stappagina(request, zaak, concept, "motivering", extra, status)


def _poging(
    request: PortaalRequest,
    concept: Beschikking,
    stap: str,
    maak: Callable[[QueryDict | None], Any],
    bewaar: Callable[..., Any],
) -> tuple[Any, int, dict[str, Any]]:
    """The form that goes back, the status (302 is saved), and both states when a colleague was first.

    After a collision the form starts from what the colleague saved: the next save is a choice.
    """
    form: Form = maak(gepost(request))
    if not form.is_bound:
        return form, 200, {}
    if request.POST.get("keuze") == "beide":
        messages.info(request, "Beide teksten staan onder elkaar. Maak er één tekst van en bewaar.")
        return maak(onder_elkaar(request.POST, verschillen(form, maak(None)))), 200, {}
    if not form.is_valid():
        return form, 422, {}
    velden = {**form.cleaned_data, **wie_en_wanneer(request)}
    status = voer_uit(request, form, lambda: bewaar(beschikking=concept, **velden), vergelijkt=True)
    if status != 409:
        return form, status, {}
    concept.refresh_from_db()
    return maak(_op_nieuw(request, concept)), 409, _botsing(concept, stap, verschillen(form, maak(None)))


def _op_nieuw(request: PortaalRequest, concept: Beschikking) -> QueryDict:
    invoer = request.POST.copy()
    invoer["bewerkt"] = str(concept.bewerkt)
    return invoer


def _botsing(concept: Beschikking, stap: str, anders: list[Verschil]) -> dict[str, Any]:
    return {"botsing": vergelijk(concept.zaak, "beschikkingen.", stap, anders)}


def _ondersteuning(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    if concept.soort not in Beschikking.TOEKENNEND:
        return redirect("wmo:beschikking-stap", zaak.zaaknummer, "motivering")
    invoer, wat = gepost(request), request.POST.get("wat")
    if invoer is not None and wat == "erbij":
        invoer = rij_erbij(invoer, "form")
    maak = partial(_formset, zaak, concept)
    formset, status, extra = maak(invoer), 200, {"bewerkt": request.POST.get("bewerkt") or concept.bewerkt}
    if wat == "erbij":
        zonder_oordeel(formset)
    elif invoer is not None:
        status = _bewaar_ondersteuning(request, concept, formset)
    if status == 302:
        return redirect("wmo:beschikking-stap", zaak.zaaknummer, "motivering")
    if status == 409:
        concept.refresh_from_db()
        anders = rijverschillen(formset, maak(None), "Ondersteuning")
        extra |= _botsing(concept, "ondersteuning", anders) | {"bewerkt": concept.bewerkt}
    return _stappagina(request, zaak, concept, "ondersteuning", {"formset": formset, **extra}, status)


def _formset(zaak: Zaak, concept: Beschikking, invoer: QueryDict | None) -> Any:
    begin = voorzieningen_begin(concept, op=_eerste_dag(vandaag(timezone.now())))
    formset = VoorzieningFormSet(invoer, initial=begin, form_kwargs={"gemeente": zaak.gemeente})
    for form in formset:
        form.fields["DELETE"].label = "Haal dit weg"
    return formset


def _bewaar_ondersteuning(request: PortaalRequest, concept: Beschikking, formset: BaseFormSet) -> int:
    if not formset.is_valid():
        return 422
    gekozen = [f.deel() for f in formset if f.cleaned_data and not f.cleaned_data.get("DELETE")]
    velden = {"toekenningen": gekozen, "bewerkt": beurt(request), **wie_en_wanneer(request)}
    bewaar = lambda: beschikkingen.bewaar_voorzieningen(beschikking=concept, **velden)  # noqa: E731
    return voer_uit(request, None, bewaar, vergelijkt=True)


def _eerste_dag(op: date) -> date:
    """The Monday after next week: time to send the letter and find an aanbieder."""
    return op + timedelta(days=14 - op.weekday())


def _controle(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    """Step 4: red has to be mended, orange explained."""
    form, status = UitlegForm(gepost(request), initial={"uitleg_verschillen": concept.uitleg_verschillen}), 200
    if form.is_bound:
        status = 422
    if form.is_bound and form.is_valid():
        velden = {**form.cleaned_data, **wie_en_wanneer(request)}
        status = voer_uit(request, form, lambda: beschikkingen.bewaar_uitleg(beschikking=concept, **velden))
    if status == 302:
        return redirect("wmo:beschikking-stap", zaak.zaaknummer, "voorbeeld")
    bevindingen = ketencontrole(zaak, op=vandaag(timezone.now()))
    extra = {
        "form": form,
        "regels": controleregels(zaak, bevindingen),
        "rood": len(blokkades(bevindingen)),
        "oranje": len(vragen_uitleg(bevindingen)),
    }
    return _stappagina(request, zaak, concept, "controle", extra, status)


def _voorbeeld(request: PortaalRequest, zaak: Zaak, concept: Beschikking) -> HttpResponse:
    """Step 5: the letter on the page and as PDF, and the question for a signature."""
    status = 200
    if request.method == "POST":
        wie = wie_en_wanneer(request)
        status = voer_uit(request, None, lambda: beschikkingen.vraag_handtekening(beschikking=concept, **wie))
    if status == 302:
        messages.success(request, "De handtekening is gevraagd. De mandaathouder ziet dit besluit in de werkvoorraad.")
        return redirect("wmo:beschikking", zaak.zaaknummer)
    brief = briefinhoud(concept)
    extra = {"brief": brief, "ontbreekt": ontbrekende_blokken(Briefsoort.BESCHIKKING, brief)}
    return _stappagina(request, zaak, concept, "voorbeeld", extra, status)


def _stappagina(
    request: PortaalRequest, zaak: Zaak, concept: Beschikking, stap: str, extra: dict[str, Any], status: int
) -> HttpResponse:
    context = basiscontext(request, zaak, concept) | {
        "stap": stap,
        "stapnaam": STAPPEN[stap],
        "beschikkingstappen": [
            (sleutel, label, reverse("wmo:beschikking-stap", args=[zaak.zaaknummer, sleutel]))
            for sleutel, label in STAPPEN.items()
            if sleutel != "ondersteuning" or concept.soort in Beschikking.TOEKENNEND
        ],
        "fout_in_titel": status == 422,
        **extra,
    }
    return render(request, f"wmo/beschikking_{stap}.html", context, status=status)

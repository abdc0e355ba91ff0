"""The spoedbord of an aanbieder (S14): a card without a name, yes with a day or no with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wachtlijst.actions import spoed
from wachtlijst.forms.spoed import JaForm, NeeForm
from wachtlijst.models import Spoedantwoord, Spoedtraject
from wachtlijst.views.spoed import TOON, klok
from wmo.http import PortaalRequest
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.weergave import datum

Status = Spoedtraject.Status
# what may be shown before the opdracht: no join to the person is ever made here
KOLOMMEN = (
    "code", "grond", "minuten_per_week", "postcode4", "status", "uitgevraagd_op", "antwoord_uiterlijk",
    "leveren_uiterlijk", "startdatum", "aanbieder_id", "overleg_op", "overleg_waar", "gemeente__naam",
    "product__naam", "product__code",
)  # fmt: skip
ONZE = 10


@vereist(Recht.PLEK_CLAIMEN)
def bord(request: PortaalRequest) -> HttpResponse:
    """What waits for an answer, soonest first, and what we took."""
    nu = timezone.now()
    rijen = _rijen(request)
    open_ = list(rijen.filter(status__in=Spoedtraject.TE_BEANTWOORDEN).order_by("antwoord_uiterlijk"))
    onze = rijen.filter(aanbieder=request.aanstelling.aanbieder).order_by("-uitgevraagd_op")[:ONZE]
    antwoorden = _antwoorden(request, [t.pk for t in open_])
    context = {
        "rijen": [(t, klok(t, nu), antwoorden[t.pk]) for t in open_],
        "onze": [(t, TOON[Status(t.status)]) for t in onze],
        "nu": nu,
    }
    return render(request, "wachtlijst/spoed_aanbieder.html", context)


@vereist(Recht.PLEK_CLAIMEN)
def antwoord(request: PortaalRequest, code: str) -> HttpResponse:
    """Yes or no. Whoever is late reads so and has nothing to do."""
    nu = timezone.now()
    gekozen = get_object_or_404(_rijen(request), code=code)
    eigen = _antwoorden(request, [gekozen.pk])[gekozen.pk]
    wat = request.POST.get("wat", "")
    ja = JaForm(gepost(request) if wat == "ja" else None, uiterlijk=gekozen.leveren_uiterlijk)
    nee = NeeForm(gepost(request) if wat == "nee" else None)
    form = {"ja": ja, "nee": nee}.get(wat)
    if form is not None and form.is_valid() and probeer(request, lambda: _doe(request, gekozen, wat, form, nu)):
        return redirect("wachtlijst:aanbieder-spoed")
    gekozen.refresh_from_db(fields=["status"])
    context = {
        "traject": gekozen,
        "klok": klok(gekozen, nu),
        "eigen": eigen,
        "open": gekozen.status in Spoedtraject.TE_BEANTWOORDEN,
        "van_ons": gekozen.aanbieder_id == request.aanstelling.aanbieder_id,
        "tijd_om": nu > gekozen.antwoord_uiterlijk and not eigen.antwoord,
        "ja": ja,
        "nee": nee,
    }
    return render(request, "wachtlijst/spoed_antwoord.html", context, status=antwoordstatus(request))


def _doe(request: PortaalRequest, gekozen: Spoedtraject, wat: str, form: Any, nu: datetime) -> str:
    wie: dict[str, Any] = {"traject": gekozen, "door": request.aanstelling, "nu": nu}
    if wat == "ja":
        na = spoed.zeg_ja(**form.cleaned_data, **wie)
        return f"Dank u wel. {na.code} is van u, start {datum(na.startdatum)}. De gemeente stuurt de opdracht met naam."
    spoed.zeg_nee(**form.cleaned_data, **wie)
    return f"Uw antwoord op {gekozen.code} is vastgelegd."


def _rijen(request: PortaalRequest) -> Any:
    return Spoedtraject.objects.voor(request.aanstelling).select_related("gemeente", "product").only(*KOLOMMEN)


def _antwoorden(request: PortaalRequest, pks: list[int]) -> dict[int, Spoedantwoord]:
    rijen = Spoedantwoord.objects.filter(aanbieder=request.aanstelling.aanbieder, traject__in=pks)
    return {rij.traject_id: rij for rij in rijen}

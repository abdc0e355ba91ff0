"""Municipal policy side by side, and changing it with four eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo.actions import gemeenteregels as acties
from wmo.export import excel_antwoord
from wmo.forms.gemeenteregels import BesluitForm, VoorstelForm
from wmo.http import PortaalRequest
from wmo.models import Gemeente, Gemeenteregel, Regelsleutel, Regelvoorstel
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.regelwaarden import afwijkend, in_woorden
from wmo.views.formulieren import antwoordstatus, probeer


@dataclass(frozen=True)
class Cel:
    gemeente: Gemeente
    regel: Gemeenteregel | None
    wijkt_af: bool

    @property
    def woorden(self) -> str:
        return in_woorden(self.regel.waarde if self.regel else None)


def matrix(gemeenten: list[Gemeente], op: date) -> list[tuple[Regelsleutel, list[Cel]]]:
    """Rule by gemeente as they hold on `op`. One query, whatever the number of rules."""
    geldend: dict[tuple[str, int], Gemeenteregel] = {}
    for rij in Gemeenteregel.objects.filter(ingangsdatum__lte=op).order_by("ingangsdatum"):
        geldend[rij.sleutel, rij.gemeente_id] = rij
    uit = []
    for sleutel in Regelsleutel:
        rijen = {g: geldend.get((sleutel, g.pk)) for g in gemeenten}
        anders = afwijkend({g.code: rij.waarde if rij else None for g, rij in rijen.items()})
        uit.append((sleutel, [Cel(g, rij, g.code in anders) for g, rij in rijen.items()]))
    return uit


@vereist(Recht.GEMEENTEREGELS_LEZEN)
def overzicht(request: PortaalRequest) -> HttpResponse:
    """Policy is public: whoever may read it reads that of every gemeente."""
    gemeenten = list(Gemeente.objects.order_by("naam"))
    rijen = matrix(gemeenten, vandaag(timezone.now()))
    alleen = request.GET.get("toon") == "verschillen"
    context = {
        "gemeenten": gemeenten,
        "rijen": [r for r in rijen if any(cel.wijkt_af for cel in r[1])] if alleen else rijen,
        "alleen": alleen,
        "voorstellen": _voorstellen(request).open(),
    }
    return render(request, "wmo/gemeenteregels.html", context)


@vereist(Recht.GEMEENTEREGELS_LEZEN)
def download(request: PortaalRequest) -> HttpResponse:
    nu = timezone.now()
    gemeenten = list(Gemeente.objects.order_by("naam"))
    rijen = [[sleutel.label, *(cel.woorden for cel in cellen)] for sleutel, cellen in matrix(gemeenten, vandaag(nu))]
    return excel_antwoord(
        naam="gemeenteregels", titel="Gemeenteregels", wie=request.aanstelling.gebruiker.naam, nu=nu, filter_="",
        koppen=["Regel", *(g.naam for g in gemeenten)], rijen=rijen,
    )  # fmt: skip


@vereist(Recht.GEMEENTEREGELS_LEZEN)
def regel(request: PortaalRequest, sleutel: str) -> HttpResponse:
    """One rule: every value it had, with its source, and what is proposed."""
    return render(request, "wmo/gemeenteregel.html", _context(request, sleutel, None))


def _context(request: PortaalRequest, sleutel: str, form: VoorstelForm | None) -> dict[str, Any]:
    if sleutel not in Regelsleutel:
        raise Http404
    mag = request.aanstelling.mag(Recht.GEMEENTEREGELS_WIJZIGEN)
    historie = Gemeenteregel.objects.filter(sleutel=sleutel).select_related("gemeente")
    return {
        "sleutel": Regelsleutel(sleutel),
        "historie": [(rij, in_woorden(rij.waarde)) for rij in historie.order_by("gemeente__naam", "-ingangsdatum")],
        "voorstellen": [(v, in_woorden(v.waarde)) for v in _voorstellen(request).filter(sleutel=sleutel)],
        "op": vandaag(timezone.now()),
        "form": form or (VoorstelForm(sleutel=sleutel) if mag else None),
    }


@vereist(Recht.GEMEENTEREGELS_WIJZIGEN)
@require_POST
def voorstellen(request: PortaalRequest, sleutel: str) -> HttpResponse:
    if sleutel not in Regelsleutel:
        raise Http404
    form = VoorstelForm(request.POST, sleutel=sleutel)

    def doe() -> str:
        acties.stel_voor(
            gemeente=request.aanstelling.eigen_gemeente,
            sleutel=sleutel,
            **form.cleaned_data,
            door=request.aanstelling,
            nu=timezone.now(),
        )
        return "Uw voorstel is bewaard. Een collega stelt het vast."

    if form.is_valid() and probeer(request, doe, form):
        return redirect("wmo:gemeenteregel", sleutel)
    return render(request, "wmo/gemeenteregel.html", _context(request, sleutel, form), status=antwoordstatus(request))


@vereist(Recht.GEMEENTEREGELS_VASTSTELLEN)
@require_POST
def besluit(request: PortaalRequest, pk: int) -> HttpResponse:
    voorstel = get_object_or_404(_voorstellen(request), pk=pk)
    form = BesluitForm(request.POST)
    if form.is_valid() and voorstel.status == Regelvoorstel.Status.VOORGESTELD:
        probeer(request, lambda: _beslis(request, voorstel, form))
    else:
        messages.error(request, "Dit voorstel is al beoordeeld, of u koos nog niets.")
    return redirect("wmo:gemeenteregel", voorstel.sleutel)


def _beslis(request: PortaalRequest, voorstel: Regelvoorstel, form: BesluitForm) -> str:
    door, nu = request.aanstelling, timezone.now()
    if form.cleaned_data["besluit"] == BesluitForm.AF:
        acties.wijs_af(voorstel=voorstel, reden=form.cleaned_data["reden"], door=door, nu=nu)
        return "Het voorstel is afgewezen."
    acties.stel_vast(voorstel=voorstel, door=door, nu=nu)
    return f"De regel geldt vanaf {voorstel.ingangsdatum:%d-%m-%Y}."


def _voorstellen(request: PortaalRequest) -> Any:
    rijen = Regelvoorstel.objects.voor(request.aanstelling)
    return rijen.select_related("gemeente", "voorgesteld_door__gebruiker", "besloten_door__gebruiker")

"""What the gemeente sees of the delivery: per opdracht what the aanbieder reported, and the answer to a no-show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wmo.actions import bezoeken
from wmo.forms.uitvoering import BezoekOordeelForm
from wmo.http import PortaalRequest
from wmo.models import Crisismelding, GemistBezoek, Taak, Toewijzing, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.uitvoering import hoort_uitvoeringsplan
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.views.zaken import haal_zaak, zaak_context


@vereist(Recht.DOSSIER_LEZEN)
def uitvoering(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """All opdrachten of this client with what happened since. A crisis is marked as read here (R-163)."""
    zaak, nu = haal_zaak(request, zaaknummer), timezone.now()
    if request.method == "POST" and request.aanstelling.mag(Recht.ONDERZOEKEN):
        melding = get_object_or_404(
            Crisismelding.objects.voor(request.aanstelling).filter(toewijzing__client=zaak.client),
            pk=request.POST.get("crisis") or 0,
        )
        probeer(request, lambda: _zie_crisis(request, melding, nu))
        return redirect("wmo:uitvoering", zaaknummer)
    context = zaak_context(request, zaak, "uitvoering", nu) | {
        "kruimel": "Uitvoering",
        "opdrachten": [_opdracht(toewijzing, nu) for toewijzing in _rijen(request, zaak)],
        "mag_onderzoeken": request.aanstelling.mag(Recht.ONDERZOEKEN),
    }
    return render(request, "wmo/uitvoering.html", context)


def _zie_crisis(request: PortaalRequest, melding: Crisismelding, nu: datetime) -> str:
    bezoeken.zie_crisis(melding=melding, door=request.aanstelling, nu=nu)
    return "Vastgelegd dat u de melding las. De crisis komt terug in de evaluatie."


def _rijen(request: PortaalRequest, zaak: Zaak) -> Any:
    rijen = Toewijzing.objects.voor(request.aanstelling).filter(client=zaak.client)
    return (
        rijen.exclude(status=Toewijzing.Status.VERWIJDERD)
        .select_related("aanbieder", "gemeente", "product", "levering", "kennismaking")
        .prefetch_related("uitvoeringsplannen", "gemiste_bezoeken", "crisismeldingen", "overlijdensmeldingen")
    )


def _opdracht(toewijzing: Toewijzing, nu: datetime) -> dict[str, Any]:
    """One opdracht for the page; a concept of the uitvoeringsplan is the aanbieder's own business."""
    plan = next((p for p in toewijzing.uitvoeringsplannen.all() if p.verstuurd_op), None)
    crises = list(toewijzing.crisismeldingen.all())
    sleutels = [f"crisis:{melding.pk}" for melding in crises]
    ongelezen = set(Taak.objects.open().filter(sleutel__in=sleutels).values_list("sleutel", flat=True))
    return {
        "toewijzing": toewijzing,
        "kennismaking": getattr(toewijzing, "kennismaking", None),
        "plan": plan,
        "plan_nodig": hoort_uitvoeringsplan(toewijzing.product.categorie),
        "plan_te_laat": plan is None and (toewijzing.uiterste_startdatum or vandaag(nu)) < vandaag(nu),
        "bezoeken": list(toewijzing.gemiste_bezoeken.all()),
        "crises": [(melding, f"crisis:{melding.pk}" in ongelezen) for melding in crises],
        "overlijden": list(toewijzing.overlijdensmeldingen.all()),
    }


@vereist(Recht.ONDERZOEKEN)
def bezoek(request: PortaalRequest, zaaknummer: str, pk: int) -> HttpResponse:
    """A no-show: read it, talk, say whether an invoice may go (R-142, R-143)."""
    zaak, nu = haal_zaak(request, zaaknummer), timezone.now()
    rijen = GemistBezoek.objects.voor(request.aanstelling).filter(toewijzing__client=zaak.client)
    gekozen = get_object_or_404(rijen.select_related("toewijzing__aanbieder", "toewijzing__gemeente"), pk=pk)
    form = BezoekOordeelForm(gepost(request))

    def doe() -> str:
        bezoeken.beoordeel(bezoek=gekozen, **form.cleaned_data, door=request.aanstelling, nu=nu)
        return "Vastgelegd. De aanbieder ziet wat u afsprak."

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wmo:uitvoering", zaaknummer)
    dag = vandaag(gekozen.afspraak_op)
    standen = [s for s in bezoeken.teller(gekozen.toewijzing, op=vandaag(nu)) if s.datum == dag]
    context = zaak_context(request, zaak, "uitvoering", nu) | {
        "kruimel": "Niet thuis",
        "bezoek": gekozen,
        "stand": standen[0] if standen else None,
        "form": form,
    }
    return render(request, "wmo/bezoek.html", context, status=antwoordstatus(request))

"""What the backoffice does with several messages of the monitor at once; what cannot be is said by number."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from berichten import lijsten
from berichten.actions import herstel, opvolgen
from berichten.forms.monitor import OpNaamForm
from berichten.models import Bericht
from wmo.actions.kader import Geweigerd
from wmo.http import PortaalRequest
from wmo.models import Aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist

KLAAR = {
    "opnieuw": ("1 bericht gaat opnieuw uit.", "{} berichten gaan opnieuw uit."),
    "herinner": ("De aanbieder krijgt een herinnering voor 1 bericht.", "Er gaan herinneringen uit voor {} berichten."),
    "naam": ("1 bericht staat nu op naam van {wie}.", "{} berichten staan nu op naam van {wie}."),
    "vrijgeven": ("1 bericht staat nu op niemands naam.", "{} berichten staan nu op niemands naam."),
}


@vereist(Recht.BERICHTEN_VERWERKEN)
@require_POST
def gekozen(request: PortaalRequest) -> HttpResponse:
    """Send again, remind, or put on a name: one action per message, so that one that cannot holds up no other."""
    pks = [pk for pk in request.POST.getlist("bericht") if pk.isascii() and pk.isdigit()]
    wat = request.POST.get("wat", "")
    form = OpNaamForm(request.POST, door=request.aanstelling, op=vandaag(timezone.now()))
    if not pks or wat not in KLAAR:
        messages.warning(request, "Kies eerst een of meer berichten.")
    elif wat == "naam" and not form.is_valid():
        messages.warning(request, "Kies eerst een collega.")
    else:
        _doe(request, wat, pks, form.cleaned_data["collega"] if wat == "naam" else None)
    return redirect(_terug(request))


def _doe(request: PortaalRequest, wat: str, pks: list[str], collega: Aanstelling | None) -> None:
    wie: dict[str, Any] = {"door": request.aanstelling, "nu": timezone.now()}
    daden: dict[str, Callable[[Bericht], Any]] = {
        "opnieuw": lambda rij: herstel.stuur_opnieuw(bericht=rij, **wie),
        "herinner": lambda rij: opvolgen.herinner(bericht=rij, **wie),
        "naam": lambda rij: opvolgen.zet_op_naam(bericht=rij, collega=collega, **wie),
        "vrijgeven": lambda rij: opvolgen.zet_op_naam(bericht=rij, collega=None, **wie),
    }
    gelukt = 0
    rijen = Bericht.objects.voor(request.aanstelling).filter(pk__in=pks)
    for rij in rijen.select_related("client", "aanbieder", "gemeente").order_by("id"):
        try:
            daden[wat](rij)
            gelukt += 1
        except Geweigerd as fout:
            messages.warning(request, f"Bericht {rij.identificatie}: {fout.zin}")
    if gelukt:
        zin = KLAAR[wat][gelukt > 1]
        messages.success(request, zin.format(gelukt, wie=collega.gebruiker.naam if collega else ""))


def _terug(request: PortaalRequest) -> str:
    """To the conversation or the list with its filter that the button stood on; never to an address from outside."""
    toewijzing, lijst = request.POST.get("toewijzing", ""), request.POST.get("lijst", "")
    if toewijzing.isascii() and toewijzing.isdigit():
        return reverse("berichten:toewijzing", args=[int(toewijzing)])
    if lijst not in lijsten.LIJSTEN:
        return reverse("berichten:monitor")
    vraag = request.POST.get("query", "")
    return reverse("berichten:monitor-lijst", args=[lijst]) + (f"?{vraag}" if vraag else "")

"""The request of an aanbieder: grant it as a whole, look into it, or refuse it (R-303)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from berichten.actions import inzage
from berichten.actions import verzoeken as antwoorden
from berichten.codelijsten import lijst
from berichten.draad import klok
from berichten.forms.verzoeken import AfwijsForm
from berichten.kern import omvang
from wmo.actions import verzoeken
from wmo.http import PortaalRequest
from wmo.models import GelijkgesteldeDag, Toewijzing, Verzoek, VerzoekProduct, Voorziening
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, probeer

ZONDER_REDEN = {"goedkeuren", "onderzoeken"}  # every other button, or none, is a refusal that needs its reason


@vereist(Recht.VERZOEK_BEOORDELEN)
def verzoek(request: PortaalRequest, pk: int) -> HttpResponse:
    """What is asked beside how it stands, and the three answers."""
    rijen = Verzoek.objects.voor(request.aanstelling).select_related("client", "gemeente", "aanbieder")
    gekozen = get_object_or_404(rijen, pk=pk)
    wat = request.POST.get("wat", "")
    form = AfwijsForm(
        request.POST if request.method == "POST" and wat not in ZONDER_REDEN else None, soort=gekozen.soort
    )
    if request.method == "POST" and (wat in ZONDER_REDEN or form.is_valid()):
        if wat == "goedkeuren" and not request.aanstelling.mag(Recht.TOEWIJZEN):
            return redirect("berichten:verzoek", pk)
        if probeer(request, lambda: _doe(request, gekozen, wat, form)):
            return redirect("berichten:verzoek", pk)
    nu = timezone.now()
    if not inzage.is_pas_gezien(over=gekozen, aanstelling=request.aanstelling, nu=nu):
        inzage.bekijk_verzoek(verzoek=gekozen, door=request.aanstelling, nu=nu)
    context = {
        "verzoek": gekozen,
        "regels": [
            _regel(gekozen, regel) for regel in gekozen.producten.select_related("toewijzing__product", "product")
        ],
        "samen": Verzoek.objects.samen(gekozen.samen_met_id or gekozen.pk).exclude(pk=gekozen.pk),
        "opdelijst": antwoorden.op_de_lijst(gekozen) if gekozen.status in Verzoek.OPEN else "",
        "klok": klok("Antwoord", gekozen.uiterlijk, GelijkgesteldeDag.objects.kalender(), vandaag(nu)),
        "form": form,
        "is_open": gekozen.status in Verzoek.OPEN,
        "kan_onderzoeken": gekozen.kan_naar(Verzoek.Status.IN_ONDERZOEK),
        "mag_toewijzen": request.aanstelling.mag(Recht.TOEWIJZEN),
        "afwijsreden": lijst("WJ759")[gekozen.antwoord_reden].omschrijving if gekozen.antwoord_reden else "",
        "redenverzoek": lijst("WJ758")[gekozen.reden].omschrijving if gekozen.reden else "",
    }
    return render(request, "berichten/verzoek.html", context, status=antwoordstatus(request))


def _doe(request: PortaalRequest, gekozen: Verzoek, wat: str, form: AfwijsForm) -> str:
    wie: dict[str, Any] = {"verzoek": gekozen, "door": request.aanstelling, "nu": timezone.now()}
    if wat == "goedkeuren":
        antwoorden.honoreer(**wie)
        return "Het verzoek is goedgekeurd. De opdracht (301) gaat uit."
    if wat == "onderzoeken":
        verzoeken.neem_in_onderzoek(**wie)
        return f"Het verzoek is in onderzoek. Antwoord uiterlijk {gekozen.uiterlijk:%d-%m-%Y}."
    verzoeken.wijs_af(**wie, **form.cleaned_data)
    return "Het verzoek is afgewezen. De aanbieder krijgt bericht."


def _regel(verzoek: Verzoek, regel: VerzoekProduct) -> dict[str, Any]:
    """What is asked beside how it stands: the opdracht that would change, or the decision behind a new one."""
    toewijzing = regel.toewijzing
    besluit = (
        None
        if toewijzing
        else verzoeken.besluit_voor(verzoek, regel, regel.gewenste_ingangsdatum or verzoek.dagtekening)
    )
    stand: Toewijzing | Voorziening | None = toewijzing or besluit
    return {
        "soort": regel.get_soort_display(),
        "product": regel.product or (toewijzing.product if toewijzing else None),
        "toewijzing": toewijzing,
        "besluit": besluit,
        "loopt": [] if besluit is None else _loopt(besluit),
        "nu": omvang(stand.volume, stand.eenheid, stand.frequentie) if stand else "",
        "nu_tot": stand.einddatum if stand else None,
        "gevraagd": omvang(regel.volume, regel.eenheid, regel.frequentie) if regel.volume is not None else "",
        "vanaf": regel.gewenste_ingangsdatum,
        "tot": regel.einddatum,
    }


def _loopt(besluit: Voorziening) -> list[Toewijzing]:
    """Opdrachten that this decision carries already, at whatever aanbieder."""
    lopend = besluit.toewijzingen.exclude(status=Toewijzing.Status.VERWIJDERD)
    return list(lopend.select_related("aanbieder"))

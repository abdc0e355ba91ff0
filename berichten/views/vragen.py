"""An aanbieder without software of its own asks an opdracht: for one of its clients, or for somebody new."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from berichten.actions import aanbieder, vragen
from berichten.forms.vragen import Aanbod, HulpForm, PersoonForm
from berichten.models import Bericht
from wmo.actions.verzoeken import Regel
from wmo.http import PortaalRequest
from wmo.models import Client, Gemeente, Perceel, Toewijzing, VerzoekProduct
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, probeer

KLAAR = "Het verzoek staat klaar en gaat binnen een minuut uit. De gemeente antwoordt binnen 5 werkdagen."
UITLEG = [
    "Doe dit alleen als er een besluit is en u voor deze hulp nog geen opdracht hebt.",
    "De gemeente antwoordt binnen 5 werkdagen: met een opdracht, of met de reden waarom niet.",
    "Staat de cliënt op de wachtlijst? Claim de plek dan daar, als u aan de beurt bent.",
]


@vereist(Recht.LEVERING_MELDEN)
def voor_client(request: PortaalRequest, pk: int) -> HttpResponse:
    """Other help for the client of this opdracht."""
    toewijzing = get_object_or_404(
        Toewijzing.objects.voor(request.aanstelling).select_related("client__gemeente", "gemeente", "aanbieder"), pk=pk
    )
    client = toewijzing.client
    open_ = vragen.open_verzoek(toewijzing.aanbieder, client)
    context = {
        "toewijzing": toewijzing,
        "client": client,
        "met_software": not aanbieder.kan_melden(toewijzing),
        "blokkade": f"Er loopt al een verzoek van {open_.dagtekening:%d-%m-%Y}. Wacht op het antwoord."
        if open_
        else "",
    }
    form = HulpForm(request.POST or None, aanbod=_aanbod(request, client.gemeente))
    return _pagina(request, form, context)


@vereist(Recht.LEVERING_MELDEN)
def nieuw(request: PortaalRequest) -> HttpResponse:
    """For somebody with a decision who chose this aanbieder and is no client here yet."""
    form = PersoonForm(request.POST or None, aanbod=_aanbod(request), op=vandaag(timezone.now()))
    eigen = request.aanstelling.aanbieder
    return _pagina(request, form, {"met_software": eigen is not None and eigen.eigen_software})


def _aanbod(request: PortaalRequest, gemeente: Gemeente | None = None) -> Aanbod:
    """What this aanbieder has a contract for today, and where. Two queries."""
    percelen = Perceel.objects.op(vandaag(timezone.now())).filter(
        aanbieder=request.aanstelling.aanbieder, gemeente__heeft_portaal=True
    )
    if gemeente is not None:
        percelen = percelen.filter(gemeente=gemeente)
    return {
        f"{perceel.gemeente_id}-{product.pk}": (perceel.gemeente, product)
        for perceel in percelen.select_related("gemeente").prefetch_related("contract__producten").order_by("gemeente")
        for product in perceel.contract.producten.all()
    }


def _pagina(request: PortaalRequest, form: HulpForm, context: dict[str, Any]) -> HttpResponse:
    """Show the form; what was sent has a page of its own, where the answer appears."""
    gemaakt: list[Bericht | None] = []

    def doe() -> str:
        client = form.client() if isinstance(form, PersoonForm) else context["client"]
        gemaakt.append(_vraag(request, client, form.cleaned_data))
        return KLAAR if gemaakt[0] else "Het verzoek is ingediend."

    mag = request.method == "POST" and not context["met_software"] and form.is_valid()
    if mag and probeer(request, doe):
        return redirect("berichten:aanbieder-bericht", gemaakt[0].pk) if gemaakt[0] else redirect("wmo:clienten")
    context |= {"form": form, "uitleg": UITLEG, "kop": "Verzoek om toewijzing"}
    return render(request, "berichten/vraag.html", context, status=antwoordstatus(request))


def _vraag(request: PortaalRequest, client: Client, gegevens: dict[str, Any]) -> Bericht | None:
    product, einde = gegevens["product"], gegevens["einddatum"]
    vanaf: date = gegevens["ingangsdatum"]
    regel = Regel(
        VerzoekProduct.Soort.GEVRAAGD,
        product=product,
        gewenste_ingangsdatum=vanaf,
        einddatum=einde,
        volume=gegevens["volume"],
        eenheid=product.eenheid,
        frequentie=product.frequentie,
    )
    return vragen.vraag_toewijzing(
        client=client,
        regel=regel,
        toelichting=gegevens["toelichting"],
        door=request.aanstelling,
        nu=timezone.now(),
    )

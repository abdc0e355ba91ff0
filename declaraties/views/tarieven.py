"""Tariffs per contract: what held when, by which rule, from which source."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from declaraties.actions import tarieven
from declaraties.forms.tarieven import NieuweIndexatieForm, TariefForm
from declaraties.models import Indexatie, Tarief
from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import Contract
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, probeer

TOON = {"proef": "grijs", "voorgesteld": "oranje", "goedgekeurd": "blauw", "gepubliceerd": "groen", "afgewezen": "rood"}


def _contract(request: PortaalRequest) -> Contract | None:
    """The chosen contract, else the first; an unknown number is no contract at all."""
    nummer = request.GET.get("contract") or request.POST.get("contract")
    if nummer:
        return get_object_or_404(Contract, nummer=nummer)
    return Contract.objects.order_by("nummer").first()


@vereist(Recht.TARIEVEN_LEZEN)
def overzicht(request: PortaalRequest) -> HttpResponse:
    contract, op = _contract(request), vandaag(timezone.now())
    return render(request, "declaraties/tarieven.html", _context(request, contract, None) | {"op": op})


def _context(request: PortaalRequest, contract: Contract | None, form: TariefForm | None) -> dict[str, object]:
    tarieven_ = Tarief.objects.voor(request.aanstelling).filter(contract=contract).select_related("product", "contract")
    indexaties = Indexatie.objects.voor(request.aanstelling).filter(contract=contract).select_related("contract")
    mag = request.aanstelling.mag(Recht.INDEXATIE_VOORSTELLEN)
    jaar = vandaag(timezone.now()).year
    return {
        "contract": contract,
        "contracten": Contract.objects.order_by("nummer"),
        "tarieven": tarieven_,
        "indexaties": [(indexatie, TOON[indexatie.status]) for indexatie in indexaties],
        "mag_wijzigen": mag,
        "form": form or (TariefForm(contract) if contract and mag else None),
        "indexatieform": NieuweIndexatieForm(initial={"contract": contract, "jaar": jaar + 1}) if mag else None,
        "taken": [("bereid_indexatie_voor", "Bereid indexatie voor", jaar + 1),
                  ("publiceer_indexatie", "Publiceer wat is goedgekeurd", jaar + 1)] if mag else [],
    }  # fmt: skip


@vereist(Recht.INDEXATIE_VOORSTELLEN)
def nieuw(request: PortaalRequest) -> HttpResponse:
    """A new period for one product; the page of the tariffs with the form on it."""
    contract = _contract(request)
    if request.method != "POST" or contract is None:
        return redirect("declaraties:tarieven")
    form = TariefForm(contract, request.POST)

    def doe() -> str:
        rij = tarieven.leg_vast(contract=contract, **form.cleaned_data, door=request.aanstelling, nu=timezone.now())
        return f"Het nieuwe tarief van {rij.product} staat klaar."

    if form.is_valid() and probeer(request, doe, form):
        return redirect(f"{reverse('declaraties:tarieven')}?contract={contract.nummer}")
    context = _context(request, contract, form) | {"op": vandaag(timezone.now())}
    return render(request, "declaraties/tarieven.html", context, status=antwoordstatus(request))


@vereist(Recht.TARIEVEN_LEZEN)
def download(request: PortaalRequest) -> HttpResponse:
    contract = _contract(request)
    rijen = Tarief.objects.voor(request.aanstelling).filter(contract=contract).select_related("product", "contract")
    return excel_antwoord(
        naam="tarieven",
        titel="Tarieven",
        wie=str(request.aanstelling),
        nu=timezone.now(),
        filter_=str(contract or ""),
        koppen=("Product", "Code", "Tarief", "Per minuut", "Van", "Tot en met", "Rekenregel", "Bron"),
        rijen=(
            (t.product.naam, t.product.code, t.tarief, t.per_minuut, t.ingangsdatum, t.einddatum,
             t.contract.get_rekenmethode_display(), t.bron)
            for t in rijen
        ),
    )  # fmt: skip

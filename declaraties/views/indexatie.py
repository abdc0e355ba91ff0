"""Indexation: dry run, formula, effect, four eyes, publication."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from declaraties.actions import indexaties, voorbereiding
from declaraties.actions.indexaties import Uitgangspunten
from declaraties.forms.tarieven import AfwijzenForm, IndexatieForm, NieuweIndexatieForm
from declaraties.models import Indexatie
from declaraties.views.effect import diagram, effect
from declaraties.views.tarieven import TOON
from wmo import weergave
from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import Contract
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.afronden import rond_af
from wmo.views.formulieren import antwoordstatus, probeer


def _indexatie(request: PortaalRequest, pk: int) -> Indexatie:
    rijen = Indexatie.objects.voor(request.aanstelling).select_related(
        "contract", "voorgesteld_door__gebruiker", "beoordeeld_door__gebruiker"
    )
    return get_object_or_404(rijen, pk=pk)


@vereist(Recht.INDEXATIE_VOORSTELLEN)
@require_POST
def nieuw(request: PortaalRequest) -> HttpResponse:
    """A dry run to start from: the published figures where they are known, else nothing but zeros to fill in."""
    form = NieuweIndexatieForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Kies een contract en een jaar.")
        return redirect("declaraties:tarieven")
    contract, jaar, nu = form.cleaned_data["contract"], form.cleaned_data["jaar"], timezone.now()
    indexatie = indexaties.stel_voor(
        contract=contract,
        jaar=jaar,
        uitgangspunten=voorbereiding.uitgangspunten(contract, jaar) or _leeg(contract),
        op=vandaag(nu),
        door=request.aanstelling,
        nu=nu,
    )
    return redirect("declaraties:indexatie", indexatie.pk)


def _leeg(contract: Contract) -> Uitgangspunten:
    nul = Decimal("0.00")
    return Uitgangspunten(contract.loongewicht, nul, nul, nul, nul, nul, nul, contract.correctiemethode, "nog invullen")


@vereist(Recht.TARIEVEN_LEZEN)
def toon(request: PortaalRequest, pk: int) -> HttpResponse:
    """Everything on one page."""
    return render(request, "declaraties/indexatie.html", _context(request, _indexatie(request, pk), None))


@vereist(Recht.INDEXATIE_VOORSTELLEN)
@require_POST
def reken(request: PortaalRequest, pk: int) -> HttpResponse:
    """Compute again with other input, while it still is a proof."""
    indexatie = _indexatie(request, pk)
    form = IndexatieForm(request.POST, instance=_indexatie(request, pk))
    nu = timezone.now()

    def doe() -> str:
        indexaties.reken_opnieuw(
            indexatie=indexatie, uitgangspunten=form.uitgangspunten(), op=vandaag(nu), door=request.aanstelling, nu=nu
        )
        return "Opnieuw gerekend. Kijk hieronder wat het doet."

    if form.is_valid() and probeer(request, doe, form):
        return redirect("declaraties:indexatie", pk)
    context = _context(request, indexatie, form)
    return render(request, "declaraties/indexatie.html", context, status=antwoordstatus(request))


def _context(request: PortaalRequest, indexatie: Indexatie, form: IndexatieForm | None) -> dict[str, Any]:
    aanstelling, uitkomst = request.aanstelling, effect(indexatie)
    index = indexatie.bereken()
    voorgesteld = indexatie.status == Indexatie.Status.VOORGESTELD
    return {
        "indexatie": indexatie,
        "toon": TOON[indexatie.status],
        "index": index,
        "correctie": None if index.definitief_t is None else rond_af(index.percentage - index.voorlopig_t1, 3),
        "cijfers": {n: _drie(getattr(index, n)) for n in ("voorlopig_t", "definitief_t", "voorlopig_t1", "percentage")},
        "methoden": _methoden(indexatie),
        "effect": uitkomst,
        "let_op": uitkomst.let_op(index.percentage),
        "diagram": diagram(indexatie, uitkomst),
        "form": form or (IndexatieForm(instance=indexatie) if _is_proef(indexatie) else None),
        "ingangsdatum": date(indexatie.jaar, 1, 1),
        "vorig_jaar": indexatie.jaar - 1,
        "andere": Indexatie.objects.filter(contract=indexatie.contract, jaar=indexatie.jaar).exclude(pk=indexatie.pk),
        "mag_rekenen": _is_proef(indexatie) and aanstelling.mag(Recht.INDEXATIE_VOORSTELLEN),
        "mag_publiceren": indexatie.status == Indexatie.Status.GOEDGEKEURD
        and aanstelling.mag(Recht.INDEXATIE_VOORSTELLEN),
        "mag_goedkeuren": voorgesteld and aanstelling.mag(Recht.INDEXATIE_GOEDKEUREN),
        "is_eigen": voorgesteld and _vrager(indexatie) == aanstelling.gebruiker_id,
        "afwijsform": AfwijzenForm(),
    }


def _vrager(indexatie: Indexatie) -> int | None:
    return indexatie.voorgesteld_door.gebruiker_id if indexatie.voorgesteld_door else None


def _is_proef(indexatie: Indexatie) -> bool:
    return indexatie.status == Indexatie.Status.PROEF


def _drie(waarde: Any) -> Any:
    return None if waarde is None else rond_af(waarde, 3)


def _methoden(indexatie: Indexatie) -> list[tuple[str, str, Any]]:
    """Both ways of correcting with what each gives: name, label, percentage."""
    if indexatie.eerste_jaar:
        return []
    return [(m.value, m.label, rond_af(indexatie.bereken(m.value).percentage, 2)) for m in Contract.Correctie]


@vereist(Recht.INDEXATIE_VOORSTELLEN)
@require_POST
def stap(request: PortaalRequest, pk: int) -> HttpResponse:
    """The two acts of the regio: ask for approval, and publish what was approved."""
    indexatie = _indexatie(request, pk)
    wie_wanneer: dict[str, Any] = {"indexatie": indexatie, "door": request.aanstelling, "nu": timezone.now()}

    def doe() -> str:
        if request.POST.get("stap") == "publiceer":
            aantal = indexaties.publiceer(**wie_wanneer)
            return f"{aantal} nieuwe tarieven gelden vanaf 01-01-{indexatie.jaar}. De oude tarieven blijven staan."
        indexaties.vraag_goedkeuring(**wie_wanneer)
        return "Goedkeuring is gevraagd. Een beleidsmedewerker van een gemeente kijkt mee."

    probeer(request, doe)
    return redirect("declaraties:indexatie", pk)


@vereist(Recht.INDEXATIE_GOEDKEUREN)
@require_POST
def oordeel(request: PortaalRequest, pk: int) -> HttpResponse:
    """The second pair of eyes: agree, or refuse with a reason."""
    indexatie = _indexatie(request, pk)
    wie_wanneer: dict[str, Any] = {"indexatie": indexatie, "door": request.aanstelling, "nu": timezone.now()}

    def doe() -> str:
        if request.POST.get("oordeel") == "goed":
            indexaties.keur_goed(**wie_wanneer)
            return "U hebt de indexatie goedgekeurd. De regio kan de tarieven publiceren."
        indexaties.wijs_af(reden=request.POST.get("reden", ""), **wie_wanneer)
        return "U hebt de indexatie afgewezen."

    probeer(request, doe)
    return redirect("declaraties:indexatie", pk)


@vereist(Recht.INDEXATIE_VOORSTELLEN)
@require_POST
def taak(request: PortaalRequest) -> HttpResponse:
    """Start by hand what happens by the clock in December and on 1 January."""
    nu, soort = timezone.now(), request.POST.get("soort", "")
    if soort not in ("bereid_indexatie_voor", "publiceer_indexatie"):
        return redirect("declaraties:tarieven")
    rij = indexaties.start_taak(soort=soort, jaar=vandaag(nu).year + 1, door=request.aanstelling, nu=nu)
    return redirect("wmo:taak", rij.pk)


@vereist(Recht.TARIEVEN_LEZEN)
def download(request: PortaalRequest, pk: int) -> HttpResponse:
    """The effect per product; the formula stands in the filter line, as text."""
    indexatie = _indexatie(request, pk)
    index = indexatie.bereken()
    formule = (
        f"{weergave.procent(rond_af(index.percentage, 3), 3)} ({indexatie.get_correctiemethode_display()}), "
        f"bron: {indexatie.bron}"
    )
    return excel_antwoord(
        naam=f"indexatie-{indexatie.jaar}",
        titel=f"Indexatie {indexatie.jaar}",
        wie=str(request.aanstelling),
        nu=timezone.now(),
        filter_=formule,
        koppen=("Product", "Code", "Tarief oud", "Tarief nieuw", "Minuut oud", "Minuut nieuw", "Stijging %",
                f"Budget {indexatie.jaar - 1}", f"Budget {indexatie.jaar}", "Verschil"),
        rijen=(
            (p.regel.product.naam, p.regel.product.code, p.regel.oud, p.regel.nieuw, p.minuut_oud, p.minuut_nieuw,
             p.stijging, p.budget_oud, p.budget_nieuw, p.verschil)
            for p in effect(indexatie).producten
        ),
    )  # fmt: skip

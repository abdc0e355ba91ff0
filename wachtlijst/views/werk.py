"""What staff does with one place: make the opdracht, intervene, agree; and the work instruction."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wachtlijst.actions import claims, ingrepen
from wachtlijst.afspraken import Afspraken
from wachtlijst.forms.gemeente import AfwijsForm, IngreepForm, OpdrachtForm
from wachtlijst.models import Ingreep, Plek
from wmo.http import PortaalRequest
from wmo.models import Aanbieder, Gemeente, Perceel, Product
from wmo.periodes import vandaag
from wmo.permissions import Recht, iedereen, vereist
from wmo.views.formulieren import antwoordstatus, probeer


@vereist(Recht.TOEWIJZEN)
def opdracht(request: PortaalRequest, code: str) -> HttpResponse:
    """Check everything once, add a remark, make the opdracht: the 301 follows by itself (R-101, R-115)."""
    plek = _plek(request, code)
    form = OpdrachtForm(request.POST or None, initial={"ingangsdatum": plek.startdatum})

    def doe() -> str:
        toewijzing = claims.bevestig(plek=plek, **form.cleaned_data, door=request.aanstelling, nu=timezone.now())
        return f"Opdracht {toewijzing.toewijzingnummer} voor plek {plek.code} is gemaakt. {bericht_zin(plek.client)}"

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wachtlijst:gemeente", plek.gemeente.slug)
    return render(
        request,
        "wachtlijst/opdracht.html",
        {"plek": plek, "form": form, "voorziening": plek.voorziening},
        status=antwoordstatus(request),
    )


def bericht_zin(client: Any) -> str:
    """What happens with the message: none without BSN (R-017) or where traffic is a danger (OP003)."""
    if client.geen_berichtenverkeer:
        return "Er gaat geen bericht. Bel de aanbieder."
    if not client.bsn:
        return "De cliënt heeft geen BSN. Er gaat geen bericht. Geef de opdracht op een andere veilige manier door."
    return "Het bericht 301 gaat binnen enkele minuten naar de aanbieder."


@vereist(Recht.PLEK_INGRIJPEN)
def ingrijpen(request: PortaalRequest, code: str) -> HttpResponse:
    """Propose; a colleague decides (R-114)."""
    nu = timezone.now()
    plek = _plek(request, code)
    form = IngreepForm(
        request.POST or None,
        plek=plek,
        aanbieders=aanbieders_voor(plek.product, plek.gemeente, nu),
        spoedlabel=Afspraken.van(plek.gemeente_id, op=vandaag(nu)).spoedlabel,
    )

    def doe() -> str:
        ingrepen.stel_ingreep_voor(plek=plek, **form.cleaned_data, door=request.aanstelling, nu=nu)
        return f"Uw voorstel voor plek {plek.code} staat klaar. Vraag een collega om akkoord."

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wachtlijst:gemeente", plek.gemeente.slug)
    return render(request, "wachtlijst/ingrijpen.html", {"plek": plek, "form": form}, status=antwoordstatus(request))


@vereist(Recht.PLEK_INGRIJPEN)
def ingreep(request: PortaalRequest, pk: int) -> HttpResponse:
    """The second pair of eyes: agree, or not with a reason."""
    rijen = Ingreep.objects.voor(request.aanstelling).select_related(
        "plek__gemeente", "aanbieder", "voorgesteld_door__gebruiker"
    )
    gekozen = get_object_or_404(rijen, pk=pk)
    form = AfwijsForm(request.POST if request.POST.get("besluit") == "nee" else None)
    wie: dict[str, Any] = {"door": request.aanstelling, "nu": timezone.now()}

    def doe() -> str:
        if request.POST.get("besluit") == "nee":
            ingrepen.wijs_ingreep_af(ingreep=gekozen, **form.cleaned_data, **wie)
            return f"U bent niet akkoord. Plek {gekozen.plek.code} blijft zoals zij was."
        ingrepen.keur_ingreep_goed(ingreep=gekozen, **wie)
        return f"U bent akkoord. {gekozen.get_soort_display()}: plek {gekozen.plek.code}. De lijst laat dit zien."

    mag_door = request.method == "POST" and (not form.is_bound or form.is_valid())
    if mag_door and probeer(request, doe):
        return redirect("wachtlijst:gemeente", gekozen.plek.gemeente.slug)
    return render(
        request,
        "wachtlijst/ingreep.html",
        {"ingreep": gekozen, "plek": gekozen.plek, "form": form},
        status=antwoordstatus(request),
    )


@iedereen
def werkinstructie(request: PortaalRequest) -> HttpResponse:
    """How the list works, for both sides (R-117)."""
    return render(request, "wachtlijst/werkinstructie.html")


def aanbieders_voor(product: Product, gemeente: Gemeente, nu: datetime) -> QuerySet[Aanbieder]:
    """Who has a contract for this product here today."""
    percelen = Perceel.objects.op(vandaag(nu)).voor_product(product).filter(gemeente=gemeente).order_by()
    return Aanbieder.objects.filter(pk__in=percelen.values("aanbieder"))


def _plek(request: PortaalRequest, code: str) -> Plek:
    plekken = Plek.objects.voor(request.aanstelling).select_related(
        "gemeente", "client", "zaak", "product", "geclaimd_door", "voorziening__beschikking", "voorziening__product"
    )
    return get_object_or_404(plekken, code=code)

"""What the knooppunt reported, and what we reported to it: a tab of the monitor."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from berichten import ketenmeldingen, lijsten
from berichten.actions import foutmeldingen as acties
from berichten.models import Foutmelding
from berichten.views.monitor import tabs
from wmo.http import PortaalRequest
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.formulieren import antwoordstatus, probeer


class AfhandelForm(forms.Form):
    """One per report: `prefix` is its number."""

    reden = forms.CharField(
        label="Hoe is dit opgelost?", max_length=400, error_messages={"required": "Schrijf op hoe dit is opgelost."}
    )


@vereist(Recht.BERICHTEN_LEZEN)
def foutmeldingen(request: PortaalRequest) -> HttpResponse:
    """Newest first; behind the button of a report it is put aside."""
    rijen = Foutmelding.objects.voor(request.aanstelling).select_related("bericht__aanbieder", "gemeente")
    gekozen = get_object_or_404(rijen, pk=_getal(request.POST.get("melding", ""))) if request.method == "POST" else None
    form = AfhandelForm(request.POST, prefix=str(gekozen.pk)) if gekozen else None
    if gekozen and form and probeer(request, lambda: _handel_af(request, gekozen, form)):
        return redirect("berichten:foutmeldingen")
    pagina = Paginator(rijen, lijsten.PER_PAGINA).get_page(request.GET.get("pagina"))
    mag = request.aanstelling.mag(Recht.BERICHTEN_VERWERKEN)
    context = {
        "tabs": tabs(request, "foutmeldingen", vandaag(timezone.now())),
        "pagina": pagina,
        "meldingen": [
            (ketenmeldingen.toon(rij, request.aanstelling), _form(rij, mag, gekozen, form)) for rij in pagina
        ],
    }
    return render(request, "berichten/foutmeldingen.html", context, status=antwoordstatus(request))


def _form(
    rij: Foutmelding, mag: bool, gekozen: Foutmelding | None, ingevuld: AfhandelForm | None
) -> AfhandelForm | None:
    if not (mag and rij.vraagt_actie):
        return None
    return ingevuld if rij == gekozen else AfhandelForm(prefix=str(rij.pk))


def _getal(tekst: str) -> int:
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 19 else 0


def _handel_af(request: PortaalRequest, rij: Foutmelding, form: AfhandelForm) -> str:
    reden = form.cleaned_data["reden"] if form.is_valid() else ""
    acties.handel_af(melding=rij, reden=reden, door=request.aanstelling, nu=timezone.now())
    return "De foutmelding is afgehandeld."

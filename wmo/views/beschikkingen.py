"""The decision as it stands: to begin, to read, to sign. Its five steps are in beschikkingstappen.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from wmo.actions import beschikkingen
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.brieven import Briefsoort, OnvolledigeBrief, bestandsnaam, maak_brief
from wmo.brieven import beschikking as briefgegevens
from wmo.forms.beschikkingen import (
    SoortForm,
    TerugForm,
)
from wmo.http import PortaalRequest
from wmo.keten import ketencontrole
from wmo.models import Aanstelling, Beschikking, GelijkgesteldeDag, Voorziening, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import termijnen
from wmo.rules.beschikkingen import Bevinding
from wmo.views.formulieren import beurt
from wmo.views.zaken import haal_zaak, zaak_context

Status = Beschikking.Status
PAGINAS = {"onderzoek": "Onderzoek", "plan": "Plan", "normenkader": "Normenkader", "beschikking": "Beschikking"}


@dataclass(frozen=True)
class Controleregel:
    """A finding with its pages as links."""

    bevinding: Bevinding
    links: list[tuple[str, str]]


@vereist(Recht.DOSSIER_LEZEN)
def beschikking(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Where the decision stands: to begin, to go on with, to sign, or to read."""
    zaak = haal_zaak(request, zaaknummer)
    huidig, mag = huidig_besluit(zaak), request.aanstelling.mag(Recht.BESCHIKKING_OPSTELLEN)
    if huidig is not None and huidig.status == Status.CONCEPT and mag:
        return redirect("wmo:beschikking-stap", zaaknummer, "soort")
    lopend = lopende_voorzieningen(zaak)
    form = SoortForm(request.POST or None, lopend=lopend)
    status = 422 if request.method == "POST" else 200
    if form.is_valid():
        status = _begin(request, zaak, form)
    if status == 302:
        return redirect("wmo:beschikking-stap", zaaknummer, stap_na_soort(form.cleaned_data["soort"]))
    context = basiscontext(request, zaak, huidig) | {
        "form": form,
        "mag": mag,
        "mag_tekenen": request.aanstelling.mag(Recht.BESCHIKKING_VASTSTELLEN),
        "lopend": lopend,
        "besluiten": list(zaak.beschikkingen.select_related("brief", "ondertekend_door__gebruiker")),
    }
    return render(request, "wmo/beschikking.html", context, status=status)


@vereist(Recht.BESCHIKKING_VASTSTELLEN)
def tekenen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The mandaathouder reads the letter and what the control found, and signs or sends it back."""
    zaak = haal_zaak(request, zaaknummer)
    besluit = huidig_besluit(zaak)
    if besluit is None or besluit.status != Status.TER_ONDERTEKENING:
        return redirect("wmo:beschikking", zaaknummer)
    terug = request.POST.get("wat") == "terug"
    form = TerugForm(request.POST if terug else None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and (not terug or form.is_valid()):
        doe = (lambda: _stuur_terug(request, besluit, form)) if terug else (lambda: _onderteken(request, besluit))
        status = voer_uit(request, form if terug else None, doe)
    if status == 302:
        return redirect("wmo:beschikking", zaaknummer)
    context = basiscontext(request, zaak, besluit) | {
        "form": form,
        "brief": briefinhoud(besluit),
        "regels": controleregels(zaak, ketencontrole(zaak, op=vandaag(timezone.now()))),
        "fout_in_titel": status == 422,
    }
    return render(request, "wmo/beschikking_tekenen.html", context, status=status)


@vereist(Recht.DOSSIER_LEZEN)
def voorbeeld_pdf(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """The letter of a decision that is not sent yet; says at the top that it is not signed."""
    zaak = haal_zaak(request, zaaknummer)
    besluit = get_object_or_404(zaak.beschikkingen.filter(status__in=[Status.CONCEPT, Status.TER_ONDERTEKENING]))
    try:
        pdf = maak_brief(Briefsoort.BESCHIKKING, briefinhoud(besluit))
    except OnvolledigeBrief as fout:
        messages.error(request, f"Het voorbeeld kan nog niet. {fout}")
        return redirect("wmo:beschikking", zaaknummer)
    naam = bestandsnaam(Briefsoort.BESCHIKKING, besluit.beschikkingnummer)
    koppen = {"Content-Disposition": f'inline; filename="{naam}"', "Cache-Control": "no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=koppen)


def controleregels(zaak: Zaak, bevindingen: list[Bevinding]) -> list[Controleregel]:
    """Red first, then orange, then green, each with links to both pages."""
    volgorde = {"rood": 0, "oranje": 1, "groen": 2}
    return [
        Controleregel(b, [(PAGINAS[link], reverse(f"wmo:{link}", args=[zaak.zaaknummer])) for link in b.links])
        for b in sorted(bevindingen, key=lambda b: volgorde[b.oordeel])
    ]


def paneel(zaak: Zaak, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    """The block "Klopt alles met elkaar?" on the dossier; empty before the onderzoek gave something to compare."""
    vergelijkbaar = zaak.is_lopend and zaak.status not in (Zaak.Status.MELDING, Zaak.Status.ONDERZOEK)
    return {"regels": controleregels(zaak, ketencontrole(zaak, op=vandaag(nu))) if vergelijkbaar else []}


def wie_en_wanneer(request: PortaalRequest) -> dict[str, Any]:
    return {"door": request.aanstelling, "nu": timezone.now()}


def voer_uit(request: PortaalRequest, form: Any, actie: Callable[[], Any], *, vergelijkt: bool = False) -> int:
    """302 when it worked; a refusal stands above the form (or as a line above the page), with 422 or 409.

    A page that `vergelijkt` shows both states itself when a colleague was first.
    """
    try:
        actie()
    except IntussenGewijzigd as fout:
        if not vergelijkt:
            messages.error(request, fout.zin)
        return 409
    except Geweigerd as fout:
        if form is not None:
            form.add_error(None, fout.zin)
        else:
            messages.error(request, fout.zin)
        return 422
    return 302


def _begin(request: PortaalRequest, zaak: Zaak, form: SoortForm) -> int:
    schoon = {naam: waarde for naam, waarde in form.cleaned_data.items() if naam != "bewerkt"}

    def begin() -> None:
        concept = beschikkingen.stel_op(zaak=zaak, soort=schoon["soort"], **wie_en_wanneer(request))
        beschikkingen.bewaar_soort(beschikking=concept, **schoon, **wie_en_wanneer(request))

    return voer_uit(request, form, begin)


def _onderteken(request: PortaalRequest, besluit: Beschikking) -> None:
    besluit = beschikkingen.stel_vast(beschikking=besluit, bewerkt=beurt(request), **wie_en_wanneer(request))
    messages.success(
        request,
        f"Het besluit is verstuurd op {besluit.bekendgemaakt_op:%d-%m-%Y}. "
        f"De cliënt kan tot en met {besluit.bezwaar_tot:%d-%m-%Y} bezwaar maken.",
    )


def _stuur_terug(request: PortaalRequest, besluit: Beschikking, form: TerugForm) -> None:
    beschikkingen.stuur_terug(beschikking=besluit, reden=form.cleaned_data["reden"], **wie_en_wanneer(request))
    messages.success(request, "Het besluit is teruggestuurd. De opsteller ziet wat er anders moet.")


def huidig_besluit(zaak: Zaak) -> Beschikking | None:
    """The newest decision; a concept always is the newest."""
    rijen = zaak.beschikkingen.exclude(status=Status.VERVALLEN)
    gevonden = rijen.select_related("opgesteld_door__gebruiker", "ondertekend_door__gebruiker", "brief").first()
    if gevonden is not None:
        gevonden.zaak = zaak
    return gevonden


def lopende_voorzieningen(zaak: Zaak) -> Any:
    """What the client has now, by earlier decisions."""
    lopend = Voorziening.objects.filter(client=zaak.client, van_kracht=True)
    return lopend.select_related("product").order_by("product__naam", "id")


def stap_na_soort(soort: str) -> str:
    return "ondersteuning" if soort in Beschikking.TOEKENNEND else "motivering"


def briefinhoud(besluit: Beschikking) -> dict[str, Any]:
    op = vandaag(timezone.now())
    bezwaar_tot = termijnen.bezwaar(op, GelijkgesteldeDag.objects.kalender()).laatste_dag
    return briefgegevens.gegevens(besluit, op=op, bezwaar_tot=bezwaar_tot, ondertekenaar=None)


def basiscontext(request: PortaalRequest, zaak: Zaak, besluit: Beschikking | None) -> dict[str, Any]:
    """Until the decision is sent, every page here has its own filled button instead of that of the dossier."""
    context = zaak_context(request, zaak, "beschikking") | {"kruimel": "Beschikking", "beschikking": besluit}
    if besluit is None or besluit.status != Status.VASTGESTELD:
        context["hoofdactie"] = None
    return context

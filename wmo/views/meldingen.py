"""Taking a melding, and what follows before the onderzoek."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wmo.actions import meldingen
from wmo.actions.kader import Geweigerd
from wmo.forms.meldingen import ClientondersteuningForm, MeldingForm, PersoonlijkPlanForm, SpoedForm
from wmo.http import PortaalRequest
from wmo.models import GelijkgesteldeDag, Zaak
from wmo.periodes import AMSTERDAM, vandaag
from wmo.permissions import Recht, vereist
from wmo.rules import termijnen
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.views.zaken import haal_zaak, zaak_context


@vereist(Recht.MELDING_OPNEMEN)
def nieuw(request: PortaalRequest) -> HttpResponse:
    """One page with four blocks, then a page to check, then the case."""
    nu = timezone.now()
    if request.method != "POST":
        begin = {"datum": vandaag(nu), "tijd": nu.astimezone(AMSTERDAM).time()}
        form = MeldingForm(initial=begin, gemeente=request.aanstelling.eigen_gemeente, nu=nu)
        return render(request, "wmo/melding_nieuw.html", {"form": form})
    form = MeldingForm(request.POST, gemeente=request.aanstelling.eigen_gemeente, nu=nu)
    if not form.is_valid():
        return render(request, "wmo/melding_nieuw.html", {"form": form}, status=422)
    stap = request.POST.get("stap")
    if stap == "wijzig":
        return render(request, "wmo/melding_nieuw.html", {"form": form})
    return _leg_vast(request, form) if stap == "vastleggen" else _controleer(request, form)


def _controleer(request: PortaalRequest, form: MeldingForm, weigering: str = "", status: int = 200) -> HttpResponse:
    client = form.client()
    context = {
        "form": form,
        "client": client,
        "bekend": form.bekende,
        "lopend": meldingen.lopende_zaak(client),
        "zaken": Zaak.objects.filter(client=client).order_by("-melding_op")[:5] if client.pk else [],
        "melding_op": form.melding_op(form.cleaned_data),
        "kanaal": Zaak.Kanaal(form.cleaned_data["kanaal"]).label,
        "spoedgrond": dict(Zaak.Spoedgrond.choices).get(form.cleaned_data["spoedgrond"], ""),
        "sleutel": request.POST.get("sleutel") or uuid4().hex,
        "weigering": weigering,
    }
    return render(request, "wmo/melding_controle.html", context, status=status)


def _leg_vast(request: PortaalRequest, form: MeldingForm) -> HttpResponse:
    """A second press on the button leads to the same case."""
    sleutel = f"melding:{request.POST.get('sleutel', '')}"
    if eerder := request.session.get(sleutel):
        return redirect("wmo:zaak", eerder)
    door = request.aanstelling
    try:
        zaak = meldingen.registreer(
            client=form.client(),
            **form.melding(),
            behandelaar=door if form.cleaned_data["zelf"] else None,
            door=door,
            nu=form.nu,
        )
    except Geweigerd as fout:
        return _controleer(request, form, fout.zin, status=422)
    request.session[sleutel] = zaak.zaaknummer
    messages.success(request, _bevestiging(zaak))
    return redirect("wmo:zaak", zaak.zaaknummer)


def _bevestiging(zaak: Zaak) -> str:
    melding, kalender = vandaag(zaak.melding_op), GelijkgesteldeDag.objects.kalender()
    klaar = termijnen.onderzoek(melding, kalender).laatste_dag
    plan = termijnen.persoonlijk_plan(melding, kalender).laatste_dag
    return (
        f"De melding is vastgelegd: {zaak.zaaknummer}. Het onderzoek moet klaar zijn op {klaar:%d-%m-%Y}. "
        f"De cliënt kan tot en met {plan:%d-%m-%Y} een persoonlijk plan inleveren."
    )


@vereist(Recht.MELDING_OPNEMEN)
def melding(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Confirm, point to cliëntondersteuning, note the persoonlijk plan: three small forms on one page."""
    zaak = haal_zaak(request, zaaknummer)
    wat = request.POST.get("wat", "") if request.method == "POST" else ""
    forms = _formulieren(request, zaak, wat)
    form = forms.get(wat)
    if wat == "bevestig" or (form is not None and form.is_valid()):
        gelukt = probeer(request, lambda: _doe(request, zaak, wat, form.cleaned_data if form else {}))
        if gelukt:
            return redirect("wmo:melding", zaaknummer)
    context = zaak_context(request, zaak, "melding") | {
        "kruimel": "Melding",
        "ondersteuningform": forms["ondersteuning"],
        "planform": forms["plan"],
        "form": form,
        "plan_tot": termijnen.persoonlijk_plan(
            vandaag(zaak.melding_op), GelijkgesteldeDag.objects.kalender()
        ).laatste_dag,
    }
    return render(request, "wmo/melding.html", context, status=antwoordstatus(request))


def _formulieren(request: PortaalRequest, zaak: Zaak, wat: str) -> dict[str, Any]:
    nu = vandaag(timezone.now())
    return {
        "ondersteuning": ClientondersteuningForm(
            request.POST if wat == "ondersteuning" else None, initial={"op": nu}, prefix="ondersteuning"
        ),
        "plan": PersoonlijkPlanForm(request.POST if wat == "plan" else None, initial={"op": nu}, prefix="plan"),
    }


def _doe(request: PortaalRequest, zaak: Zaak, wat: str, gegevens: dict[str, Any]) -> str:
    """The one action behind the pressed button, and what it did as a sentence."""
    wie: dict[str, Any] = {"door": request.aanstelling, "nu": timezone.now()}
    if wat == "bevestig":
        meldingen.bevestig(zaak=zaak, **wie)
        return "De ontvangst is bevestigd. De brief staat bij de documenten."
    if wat == "ondersteuning":
        meldingen.wijs_op_clientondersteuning(zaak=zaak, **gegevens, **wie)
        return "Vastgelegd dat de cliënt is gewezen op cliëntondersteuning."
    if gegevens["keuze"] == "ingeleverd":
        meldingen.ontvang_persoonlijk_plan(zaak=zaak, op=gegevens["op"], **wie)
        return "Het persoonlijk plan is ontvangen. Het hoort bij het onderzoek."
    meldingen.zie_af_van_plan(zaak=zaak, op=gegevens["op"], **wie)
    return "Vastgelegd dat de cliënt afziet van een persoonlijk plan. Het onderzoek kan beginnen."


@vereist(Recht.MELDING_OPNEMEN)
def spoed(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """Spoed on one of three grounds (R-126)."""
    zaak = haal_zaak(request, zaaknummer)
    form = SpoedForm(gepost(request))

    def doe() -> str:
        meldingen.meld_spoed(zaak=zaak, grond=form.cleaned_data["grond"], door=request.aanstelling, nu=timezone.now())
        return "Spoed is vastgelegd. Beslis direct over tijdelijke hulp. De gewone termijnen lopen door."

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wmo:zaak", zaaknummer)
    context = zaak_context(request, zaak, "spoed") | {
        "form": form,
        "kruimel": "Spoed melden",
        "kop": "Spoed melden",
        "knop": "Spoed vastleggen",
        "uitleg": "Alleen de gemeente bepaalt dat iets spoed is. De gewone termijnen lopen door.",
    }
    return render(request, "wmo/zaak_formulier.html", context, status=antwoordstatus(request))

"""The spoedbord of the gemeente (S14): ask, follow the answers, and act when nobody can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wachtlijst.actions import spoed, spoedvervolg
from wachtlijst.forms.spoed import AfloopForm, IntrekForm, OpdrachtForm, OverlegForm, RuimteForm, UitvraagForm
from wachtlijst.models import Plek, Spoedantwoord, Spoedtraject
from wachtlijst.models.spoed import telling
from wachtlijst.views.plaatsen import te_plaatsen
from wachtlijst.views.werk import bericht_zin
from wmo.http import PortaalRequest
from wmo.models import Logregel, Toewijzing, Voorziening, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.spoed import klok as spoedklok
from wmo.views.formulieren import antwoordstatus, gepost, probeer
from wmo.views.zaken import haal_zaak, zaak_context
from wmo.weergave import datum, tijdstip

Status = Spoedtraject.Status
TOON = {
    Status.UITGEVRAAGD: "blauw",
    Status.GEEN_MATCH: "rood",
    Status.OVERLEG: "oranje",
    Status.RUIMTE_GEMAAKT: "oranje",
    Status.MATCH: "groen",
    Status.TOEGEWEZEN: "groen",
    Status.ALTERNATIEF: "grijs",
    Status.INGETROKKEN: "grijs",
}
# the lists of the board, under one another
BORD = (
    ("Niemand kan", (Status.GEEN_MATCH, Status.OVERLEG, Status.RUIMTE_GEMAAKT)),
    ("Uitgevraagd", (Status.UITGEVRAAGD,)),
    ("Aanbieder gevonden", (Status.MATCH,)),
)
AFGEROND = 10


def klok(traject: Spoedtraject, nu: datetime) -> dict[str, Any]:
    """24 clock hours while answers come; after that the day on which help must be there (R-128)."""
    if traject.status == Status.UITGEVRAAGD:
        stand = spoedklok(traject.antwoord_uiterlijk, nu)
        uiterlijk = f"uiterlijk {tijdstip(traject.antwoord_uiterlijk)}"
        return {"naam": "", "toon": stand.toon, "icoon": stand.icoon, "tekst": stand.tekst, "toelichting": uiterlijk}
    laat = traject.is_te_laat(vandaag(nu)) and traject.status in Spoedtraject.LOPEND
    return {
        "naam": "",
        "toon": "rood" if laat else "grijs",
        "icoon": "alert-triangle" if laat else "clock",
        "tekst": f"Hulp uiterlijk {datum(traject.leveren_uiterlijk)}",
        "toelichting": f"start {datum(traject.startdatum)}" if traject.startdatum else "",
    }


@vereist(Recht.WACHTLIJST_LEZEN)
def bord(request: PortaalRequest) -> HttpResponse:
    """What runs, by what it waits for; then what spoed still has no traject."""
    nu = timezone.now()
    rijen = Spoedtraject.objects.voor(request.aanstelling).select_related("product", "aanbieder", "zaak")
    lopend = list(rijen.lopend().prefetch_related("antwoorden"))
    context = {
        "lijsten": [
            (kop, [(t, klok(t, nu), telling(t)) for t in lopend if t.status in statussen]) for kop, statussen in BORD
        ],
        "te_beoordelen": _te_beoordelen(request) if request.aanstelling.mag(Recht.ONDERZOEKEN) else (),
        "afgerond": [(t, TOON[Status(t.status)]) for t in rijen.exclude(status__in=Spoedtraject.LOPEND)[:AFGEROND]],
        "leeg": not lopend,
        "mag_dossier": request.aanstelling.mag(Recht.DOSSIER_LEZEN),
        "nu": nu,
    }
    return render(request, "wachtlijst/spoedbord.html", context)


def _te_beoordelen(request: PortaalRequest) -> QuerySet[Zaak]:
    """Cases with spoed whose decision is there and whose help has no opdracht, place or traject yet."""
    wacht = Voorziening.objects.zonder_toewijzing().exclude(plekken__status__in=Plek.LOPEND)
    wacht = wacht.exclude(spoedtrajecten__status__in=Spoedtraject.LOPEND)
    return Zaak.objects.voor(request.aanstelling).filter(spoed=True, beschikkingen__voorzieningen__in=wacht).distinct()


@dataclass(frozen=True)
class Blok:
    """One thing the gemeente can do now: a small form with its button."""

    wat: str
    kop: str
    uitleg: str
    knop: str
    form: Form


@vereist(Recht.WACHTLIJST_LEZEN)
def traject(request: PortaalRequest, code: str) -> HttpResponse:
    """Answers per aanbieder, what happened, and what can be done now."""
    nu, gekozen = timezone.now(), _haal(request, code)
    blokken = _blokken(request, gekozen) if request.aanstelling.mag(Recht.SPOED_UITVRAGEN) else []
    blok = next((b for b in blokken if b.wat == request.POST.get("wat")), None)
    if blok and blok.form.is_valid() and probeer(request, lambda: _doe(request, gekozen, blok, nu)):
        return redirect("wachtlijst:spoedtraject", code)
    context = {
        "traject": gekozen,
        "toon": TOON[Status(gekozen.status)],
        "klok": klok(gekozen, nu),
        "antwoorden": _antwoorden(gekozen, nu),
        "ruimte": gekozen.ruimte.select_related("toewijzing"),
        "logboek": Logregel.objects.filter(object_soort="wachtlijst.spoedtraject", object_id=str(gekozen.pk))[:30],
        "blokken": blokken,
        "mag_opdracht": gekozen.status == Status.MATCH and request.aanstelling.mag(Recht.TOEWIJZEN),
        "mag_dossier": request.aanstelling.mag(Recht.DOSSIER_LEZEN),
    }
    return render(request, "wachtlijst/spoedtraject.html", context, status=antwoordstatus(request))


def _antwoorden(gekozen: Spoedtraject, nu: datetime) -> list[tuple[Spoedantwoord, str, str]]:
    """Each aanbieder with a word and a colour; silence counts only after the 24 hours (R-128)."""
    om = nu > gekozen.antwoord_uiterlijk
    woorden = {"ja": ("Ja", "groen"), "nee": ("Nee", "rood"), "": ("Geen antwoord" if om else "Wacht", "grijs")}
    return [(rij, *woorden[rij.antwoord]) for rij in gekozen.antwoorden.select_related("aanbieder")]


def _blokken(request: PortaalRequest, gekozen: Spoedtraject) -> list[Blok]:
    """In the order of the protocol; what cannot be is left out."""
    opdrachten = Toewijzing.objects.filter(gemeente=gekozen.gemeente_id, status=Toewijzing.Status.ACTIEF)
    data = {wat: gepost(request) if request.POST.get("wat") == wat else None for wat in ("overleg", "ruimte", "anders")}
    overleg = Blok(
        "overleg", "Overleg met alle aanbieders", "Alle gevraagde aanbieders zien de uitnodiging op hun spoedbord.",
        "Nodig alle aanbieders uit", OverlegForm(data["overleg"]),
    )  # fmt: skip
    ruimte = Blok(
        "ruimte", "Ruimte maken", "Alleen de gemeente past bestaande opdrachten aan. Leg vast welke en waarom.",
        "Leg de ruimte vast", RuimteForm(data["ruimte"], toewijzingen=opdrachten),
    )  # fmt: skip
    anders = Blok("anders", "Anders opgelost", "Komt er een andere oplossing? Sluit het traject.",
                  "Sluit het traject", AfloopForm(data["anders"]))  # fmt: skip
    weg = Blok("intrekken", "Intrekken", "De spoed is voorbij, of was er niet.", "Trek de spoed in",
               IntrekForm(gepost(request) if request.POST.get("wat") == "intrekken" else None))  # fmt: skip
    na_overleg = gekozen.status in (Status.OVERLEG, Status.RUIMTE_GEMAAKT)
    keuzes = [
        (gekozen.status == Status.GEEN_MATCH, overleg),
        (na_overleg, ruimte),
        (na_overleg, anders),
        (gekozen.status in Spoedtraject.LOPEND, weg),
    ]
    return [blok for kan, blok in keuzes if kan]


def _doe(request: PortaalRequest, gekozen: Spoedtraject, blok: Blok, nu: datetime) -> str:
    wie: dict[str, Any] = {"traject": gekozen, "door": request.aanstelling, "nu": nu}
    form: Any = blok.form
    acties: dict[str, Callable[[], Any]] = {
        "overleg": lambda: spoedvervolg.plan_overleg(**form.gegevens(), **wie),
        "ruimte": lambda: spoedvervolg.maak_ruimte(**form.gegevens(), **wie),
        "anders": lambda: spoedvervolg.los_anders_op(**form.cleaned_data, **wie),
        "intrekken": lambda: spoedvervolg.trek_in(**form.cleaned_data, **wie),
    }
    acties[blok.wat]()
    return f"Spoed {gekozen.code}: {gekozen.get_status_display().lower()}."


@vereist(Recht.ONDERZOEKEN)
def uitvragen(request: PortaalRequest, zaaknummer: str) -> HttpResponse:
    """From the dossier: spoed instead of the list (R-125 to R-127)."""
    nu, zaak = timezone.now(), haal_zaak(request, zaaknummer)
    voorzieningen = te_plaatsen(zaak).exclude(spoedtrajecten__status__in=Spoedtraject.LOPEND)
    form = UitvraagForm(
        gepost(request),
        voorzieningen=voorzieningen,
        initial={"voorziening": voorzieningen.first(), "grond": zaak.spoedgrond},
    )

    def doe() -> str:
        nieuw = spoed.vraag_uit(**form.cleaned_data, door=request.aanstelling, nu=nu)
        return f"{nieuw.antwoorden.count()} aanbieders zijn gevraagd. Zij antwoorden binnen 24 uur."

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wachtlijst:spoed")
    context = zaak_context(request, zaak, "wachtlijst", nu) | {
        "form": form,
        "kruimel": "Spoed",
        "kop": "Spoed: vraag alle aanbieders",
        "knop": "Vraag alle aanbieders",
        "uitleg": "Alle aanbieders met een contract krijgen de vraag tegelijk, zonder naam en adres. "
        "De eerste die ja zegt, krijgt de opdracht. De hulp start binnen 7 dagen.",
    }
    return render(request, "wmo/zaak_formulier.html", context, status=antwoordstatus(request))


@vereist(Recht.TOEWIJZEN)
def opdracht(request: PortaalRequest, code: str) -> HttpResponse:
    """The 301 for who said yes."""
    gekozen = _haal(request, code)
    form = OpdrachtForm(gepost(request))

    def doe() -> str:
        gemaakt = spoedvervolg.bevestig(
            traject=gekozen, **form.cleaned_data, door=request.aanstelling, nu=timezone.now()
        )
        return f"Opdracht {gemaakt.toewijzingnummer} voor {gekozen.code} is gemaakt. {bericht_zin(gekozen.client)}"

    if request.method == "POST" and form.is_valid() and probeer(request, doe):
        return redirect("wachtlijst:spoed")
    context = {"traject": gekozen, "form": form, "voorziening": gekozen.voorziening}
    return render(request, "wachtlijst/spoedopdracht.html", context, status=antwoordstatus(request))


def _haal(request: PortaalRequest, code: str) -> Spoedtraject:
    rijen = Spoedtraject.objects.voor(request.aanstelling).select_related(
        "gemeente", "zaak", "client", "product", "aanbieder", "voorziening__beschikking", "voorziening__product"
    )
    return get_object_or_404(rijen, code=code)

"""Contracts and providers: who may deliver what, where, since when (R-005, R-006).

Organisation data only: the regio reads these pages, so nothing of a client comes near them (R-002).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from wmo.export import excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import Aanbieder, Clientenstop, Contract, Gemeente, Perceel
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.contractduur import besluit_verlenging_uiterlijk
from wmo.weergave import datum


@dataclass(frozen=True)
class Cel:
    """What stands in the matrix: words, not only a tick; `toon` is the colour of the badge."""

    gemeente: str
    woord: str
    sinds: str
    toon: str


@dataclass(frozen=True)
class Rij:
    aanbieder: Aanbieder
    cellen: list[Cel]


def cel(percelen: list[Perceel], gemeente: Gemeente, op: date) -> Cel:
    """The perceel that holds on `op`, else the next one, else the last one that ended."""
    geldend = [p for p in percelen if p.ingangsdatum <= op and (p.einddatum is None or p.einddatum >= op)]
    if geldend:
        perceel = geldend[0]
        if perceel.einddatum is not None:
            return Cel(gemeente.naam, "Stopt", f"t/m {datum(perceel.einddatum)}", "oranje")
        return Cel(gemeente.naam, "Ja", f"sinds {datum(perceel.ingangsdatum)}", "groen")
    straks = sorted((p for p in percelen if p.ingangsdatum > op), key=lambda p: p.ingangsdatum)
    if straks:
        return Cel(gemeente.naam, "Straks", f"vanaf {datum(straks[0].ingangsdatum)}", "blauw")
    if percelen:
        return Cel(gemeente.naam, "Gestopt", f"t/m {datum(max(p.einddatum for p in percelen if p.einddatum))}", "grijs")
    return Cel(gemeente.naam, "Nee", "", "")


def matrix(contract: Contract, gemeenten: list[Gemeente], op: date) -> list[Rij]:
    """Provider by gemeente of one contract. One query."""
    per_cel: dict[tuple[Aanbieder, int], list[Perceel]] = {}
    for perceel in Perceel.objects.filter(contract=contract).select_related("aanbieder").order_by("aanbieder__naam"):
        per_cel.setdefault((perceel.aanbieder, perceel.gemeente_id), []).append(perceel)
    aanbieders = dict.fromkeys(aanbieder for aanbieder, _ in per_cel)
    return [Rij(a, [cel(per_cel.get((a, g.pk), []), g, op) for g in gemeenten]) for a in aanbieders]


@vereist(Recht.CONTRACTEN_LEZEN)
def contracten(request: PortaalRequest) -> HttpResponse:
    """Every contract, and the matrix of the chosen one (the first without a choice)."""
    op = vandaag(timezone.now())
    alle = list(Contract.objects.order_by("nummer"))
    gekozen = _gekozen(request, alle)
    gemeenten = list(Gemeente.objects.order_by("naam"))
    context = {
        "tabs": [{"label": c.naam, "url": f"?contract={c.nummer}", "huidig": c == gekozen} for c in alle],
        "gekozen": gekozen,
        "gemeenten": gemeenten,
        "rijen": matrix(gekozen, gemeenten, op) if gekozen else [],
    }
    return render(request, "wmo/contracten.html", context)


def _gekozen(request: PortaalRequest, alle: list[Contract]) -> Contract | None:
    if nummer := request.GET.get("contract"):
        return get_object_or_404(Contract, nummer=nummer)
    return alle[0] if alle else None


@vereist(Recht.CONTRACTEN_LEZEN)
def download(request: PortaalRequest, nummer: str) -> HttpResponse:
    nu, contract = timezone.now(), get_object_or_404(Contract, nummer=nummer)
    gemeenten = list(Gemeente.objects.order_by("naam"))
    rijen = [[r.aanbieder.naam, *(f"{c.woord} {c.sinds}".strip() for c in r.cellen)]
             for r in matrix(contract, gemeenten, vandaag(nu))]  # fmt: skip
    return excel_antwoord(
        naam=f"contract-{contract.nummer.lower()}", titel=contract.nummer, wie=request.aanstelling.gebruiker.naam,
        nu=nu, filter_=str(contract), koppen=["Aanbieder", *(g.naam for g in gemeenten)], rijen=rijen,
    )  # fmt: skip


@vereist(Recht.CONTRACTEN_LEZEN)
def contract(request: PortaalRequest, nummer: str) -> HttpResponse:
    """The sheet of one contract: how long, what, who, how much money."""
    gekozen = get_object_or_404(Contract, nummer=nummer)
    percelen = gekozen.percelen.op(vandaag(timezone.now())).select_related("aanbieder", "gemeente")
    uiterlijk = besluit_verlenging_uiterlijk(gekozen.einddatum, gekozen.uiterste_einddatum)
    context = {
        "contract": gekozen,
        "producten": gekozen.producten.all(),
        "percelen": _met_ruimte(percelen.order_by("aanbieder__naam", "gemeente__naam")),
        "besluitzin": f"Besluit over verlenging uiterlijk {datum(uiterlijk)}." if uiterlijk else "",
        "gegevens": _gegevens(gekozen),
    }
    return render(request, "wmo/contract.html", context)


def _gegevens(contract: Contract) -> list[tuple[str, Any]]:
    return [
        ("Looptijd", f"{datum(contract.ingangsdatum)} t/m {datum(contract.einddatum)}"),
        ("Verlengen kan", contract.verlengingen or "niet vastgelegd"),
        ("Uiterste einddatum", datum(contract.uiterste_einddatum)),
        ("Rekenregel", contract.get_rekenmethode_display()),
        ("Indexatie over", contract.get_indexatiebasis_display()),
        ("Correctie vorig jaar", contract.get_correctiemethode_display()),
        ("Betalen binnen", f"{contract.betaaltermijn_dagen} dagen"),
    ]


def _met_ruimte(percelen: Any) -> list[tuple[Perceel, int | None]]:
    """Each perceel with the used share of its budget in whole percents; None without a budget (R-290)."""
    return [(p, int(p.verbruikt * 100 / p.bestedingsruimte) if p.bestedingsruimte else None) for p in percelen]


@vereist(Recht.CONTRACTEN_LEZEN)
def aanbieders(request: PortaalRequest) -> HttpResponse:
    """Every provider with its gemeenten, and where it takes no new clients now. Three queries."""
    op = vandaag(timezone.now())
    lopend = Prefetch("percelen", Perceel.objects.op(op).select_related("gemeente"), to_attr="lopend")
    stops = Prefetch("clientenstops", Clientenstop.objects.geldend(op).select_related("gemeente"), to_attr="gestopt")
    rijen = [(a, sorted({p.gemeente.naam for p in a.lopend}))
             for a in Aanbieder.objects.prefetch_related(lopend, stops)]  # fmt: skip
    return render(request, "wmo/aanbieders.html", {"rijen": rijen})


@vereist(Recht.CONTRACTEN_LEZEN)
def aanbieder(request: PortaalRequest, slug: str) -> HttpResponse:
    """One provider: how to reach it, whom to call for what (R-004, R-005), and what it may deliver where."""
    gekozen = get_object_or_404(Aanbieder, slug=slug)
    percelen = gekozen.percelen.op(vandaag(timezone.now())).select_related("contract", "gemeente")
    context = {
        "aanbieder_": gekozen,
        "contactpersonen": gekozen.contactpersonen.all(),
        "percelen": percelen.order_by("contract__nummer", "gemeente__naam"),
        "stops": [
            f"Cliëntenstop in {stop.gemeente} tot en met {datum(stop.einddatum)}."
            for stop in gekozen.clientenstops.geldend(vandaag(timezone.now())).select_related("gemeente")
        ],
    }
    return render(request, "wmo/aanbieder.html", context)

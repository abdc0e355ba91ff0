"""The list of a gemeente: overview, why a place stands where it stands, looking back, download."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from wachtlijst import rules, weergave
from wachtlijst.afspraken import Afspraken
from wachtlijst.forms.gemeente import LijstFilter, MomentForm
from wachtlijst.models import Ingreep, Plek, Plekgebeurtenis, lijst_op
from wmo.http import PortaalRequest
from wmo.models import Gemeente
from wmo.periodes import AMSTERDAM, vandaag
from wmo.permissions import Recht, vereist

PER_PAGINA = 25
ERVOOR = 25  # places shown as evidence
TERUG = 200  # places shown of a list in the past
GESCHIEDENIS = 30
STATUSTOON = {
    Plek.Status.OPEN: "blauw",
    Plek.Status.GECLAIMD: "oranje",
    Plek.Status.TOEGEWEZEN: "groen",
    Plek.Status.GESTART: "groen",
    Plek.Status.INGETROKKEN: "grijs",
    Plek.Status.TERUGGEPLAATST: "grijs",
}
WEG = {
    "geclaimd": "is geclaimd",
    "aangewezen": "is door de gemeente toegewezen",
    "ingetrokken": "is van de lijst gehaald",
}
ERBIJ = {
    "geplaatst": "is op de lijst gezet",
    "vervallen": "is weer open",
    "spoed_aan": "heeft spoed gekregen",
    "spoed_uit": "heeft geen spoed meer",
}


@vereist(Recht.WACHTLIJST_LEZEN)
def overzicht(request: PortaalRequest) -> HttpResponse:
    return redirect("wachtlijst:gemeente", request.aanstelling.eigen_gemeente.slug)


@vereist(Recht.WACHTLIJST_LEZEN)
def gemeente(request: PortaalRequest, slug: str) -> HttpResponse:
    """Tiles, filters and the places; names stand here and nowhere else (R-120)."""
    nu = timezone.now()
    gekozen = haal_gemeente(request, slug)
    afspraken = Afspraken.van(gekozen.pk, op=vandaag(nu))
    if not afspraken.actief:
        return render(request, "wachtlijst/geen_lijst.html", {"gemeente": gekozen})
    filterform = LijstFilter(request.GET)
    pagina = Paginator(plekken_van(request, filterform, nu), PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "gemeente": gekozen,
        "afspraken": afspraken,
        "cijfers": Plek.objects.filter(gemeente=gekozen).cijfers(nu=nu, op=vandaag(nu)),
        "filterform": filterform,
        "chips": _chips(request, filterform),
        "pagina": pagina,
        "rijen": _rijen(gekozen, list(pagina), nu),
        "ingrepen": _open_ingrepen(request),
        "mag_toewijzen": request.aanstelling.mag(Recht.TOEWIJZEN),
        "mag_ingrijpen": request.aanstelling.mag(Recht.PLEK_INGRIJPEN),
        "mag_dossier": request.aanstelling.mag(Recht.DOSSIER_LEZEN),
        "nu": nu,
    }
    sjabloon = "wachtlijst/_gemeente_lijst.html" if request.htmx else "wachtlijst/gemeente.html"
    return render(request, sjabloon, context)


@vereist(Recht.WACHTLIJST_LEZEN)
def waarom(request: PortaalRequest, slug: str, code: str) -> HttpResponse:
    """One sentence and its evidence: who comes before, by which rule, since when."""
    gekozen = haal_gemeente(request, slug)
    plek = get_object_or_404(
        Plek.objects.voor(request.aanstelling).select_related("client").defer("client__bsn"),
        code=code,
        gemeente=gekozen,
    )
    ervoor = Plek.objects.ervoor(plek).op_volgorde()
    spoed = ervoor.filter(spoed=True).count()
    aantal = ervoor.count()
    plaats = rules.Plaats(
        nummer=aantal + 1,
        plek=plek,
        spoed_ervoor=spoed,
        eerder_geplaatst=aantal - spoed,
        is_spoed=plek.spoed,
    )
    context = {
        "gemeente": gekozen,
        "plek": plek,
        "plaats": plaats,
        "ervoor": ervoor[:ERVOOR],
        "meer": max(0, aantal - ERVOOR),
        "afspraken": Afspraken.van(gekozen.pk, op=vandaag(timezone.now())),
        "sinds": _sinds(plek, plaats.nummer) if plek.status == Plek.Status.OPEN else None,
        "gebeurtenissen": _tijdlijn(
            plek.gebeurtenissen.select_related("door__gebruiker", "aanbieder").order_by("-moment", "-id")
        ),
        "weigeringen": plek.weigeringen.select_related("aanbieder"),
        "ingrepen": plek.ingrepen.select_related("voorgesteld_door__gebruiker", "beslist_door__gebruiker", "aanbieder"),
    }
    sjabloon = "wachtlijst/_waarom.html" if request.htmx else "wachtlijst/waarom.html"
    return render(request, sjabloon, context)


@vereist(Recht.WACHTLIJST_LEZEN)
def terugkijken(request: PortaalRequest, slug: str) -> HttpResponse:
    """The list as it stood at a moment, rebuilt from what happened, and the last events."""
    nu = timezone.now()
    gekozen = haal_gemeente(request, slug)
    gevraagd = "datum" in request.GET
    begin = {"datum": vandaag(nu), "tijd": f"{nu.astimezone(AMSTERDAM):%H:%M}"}
    form = MomentForm(request.GET if gevraagd else None, initial=begin)
    moment = form.moment() if gevraagd and form.is_valid() else None
    lijst = lijst_op(gekozen, moment) if moment else []
    laatste = Plekgebeurtenis.objects.filter(gemeente=gekozen).order_by("-moment", "-id")
    laatste = laatste.select_related("door__gebruiker", "aanbieder", "plek")
    context = {
        "gemeente": gekozen,
        "form": form,
        "moment": moment,
        "lijst": lijst[:TERUG],
        "aantal": len(lijst),
        "gebeurtenissen": _tijdlijn(
            laatste.select_related("door__gebruiker", "aanbieder", "plek")[:GESCHIEDENIS], met_plek=True
        ),
    }
    return render(request, "wachtlijst/terugkijken.html", context, status=422 if gevraagd and moment is None else 200)


def haal_gemeente(request: PortaalRequest, slug: str) -> Gemeente:
    return get_object_or_404(Gemeente, slug=slug, pk=request.aanstelling.gemeente_id)


def plekken_van(request: PortaalRequest, filterform: LijstFilter, nu: datetime) -> Any:
    """The filtered list in order; without the encrypted BSN, which no column shows."""
    plekken = Plek.objects.voor(request.aanstelling).select_related(
        "client", "zaak", "geclaimd_door", "voorkeuraanbieder", "toewijzing__levering"
    )
    return filterform.filter(plekken, nu=nu).defer("client__bsn").op_volgorde()  # type: ignore[attr-defined]


def _rijen(gemeente: Gemeente, plekken: list[Plek], nu: datetime) -> list[dict[str, Any]]:
    nummers = Plek.objects.all().nummers(gemeente, plekken)
    return [
        {
            "plek": plek,
            "nummer": nummers.get(plek.pk),
            "wachtdagen": weergave.wachtdagen(plek.geplaatst_op, nu),
            "kenmerken": weergave.kenmerken(plek.huisdieren, plek.roken, plek.niet_op_dagen),
            "toon": STATUSTOON[Plek.Status(plek.status)],
            "klok": weergave.klok(plek, vandaag(nu)),
        }
        for plek in plekken
    ]


def _chips(request: PortaalRequest, filterform: LijstFilter) -> list[dict[str, str]]:
    chips = []
    for veld, tekst in filterform.gekozen.items():
        vraag = request.GET.copy()
        vraag.pop(veld, None)
        vraag.pop("pagina", None)
        chips.append({"tekst": tekst, "url": f"?{vraag.urlencode()}"})
    return chips


def _open_ingrepen(request: PortaalRequest) -> list[Ingreep]:
    rijen = Ingreep.objects.voor(request.aanstelling).open()
    return list(rijen.select_related("plek", "voorgesteld_door__gebruiker", "aanbieder"))


def _sinds(plek: Plek, nummer: int) -> str:
    """ "Dit staat zo sinds 19-11-2026, 11:02 (toen van 8 naar 7: WRD-0205 is geclaimd)." """
    andere = Plekgebeurtenis.objects.filter(gemeente=plek.gemeente_id, soort__in=[*WEG, *ERBIJ]).select_related("plek")
    eigen = rules.sorteersleutel(plek)
    for gebeurtenis in andere.order_by("-moment", "-id")[:100]:
        sleutel = (not gebeurtenis.spoed, gebeurtenis.geplaatst_op, gebeurtenis.plek_id)
        if gebeurtenis.plek_id == plek.pk:
            return f"Dit staat zo sinds {_tijdstip(gebeurtenis)}: deze plek {ERBIJ.get(gebeurtenis.soort, '')}."
        if sleutel < eigen or gebeurtenis.soort == "spoed_uit":
            return _zin(gebeurtenis, nummer)
    return ""


def _zin(gebeurtenis: Plekgebeurtenis, nummer: int) -> str:
    weg = gebeurtenis.soort in WEG or gebeurtenis.soort == "spoed_uit"
    vorig = nummer + 1 if weg else nummer - 1
    wat = (WEG | ERBIJ)[gebeurtenis.soort]
    return (
        f"Dit staat zo sinds {_tijdstip(gebeurtenis)} (toen van {vorig} naar {nummer}: {gebeurtenis.plek.code} {wat})."
    )


def _tijdstip(gebeurtenis: Plekgebeurtenis) -> str:
    return f"{gebeurtenis.moment.astimezone(AMSTERDAM):%d-%m-%Y, %H:%M}"


ICONEN = {
    "geplaatst": ("plus", "blauw"),
    "geclaimd": ("hand-click", "groen"),
    "aangewezen": ("gavel", "oranje"),
    "vervallen": ("clock-pause", "oranje"),
    "toegewezen": ("send", "merk"),
    "gestart": ("circle-check", "groen"),
    "spoed_aan": ("bolt", "rood"),
    "spoed_uit": ("bolt", ""),
    "ingetrokken": ("x", ""),
    "teruggeplaatst": ("refresh", "blauw"),
}


def _tijdlijn(gebeurtenissen: Any, met_plek: bool = False) -> list[dict[str, Any]]:
    """For `_components/tijdlijn.html`: who did it, and for an intervention why."""
    return [
        {
            "icoon": ICONEN[g.soort][0],
            "toon": ICONEN[g.soort][1],
            "kop": f"{g.plek.code}: {g.get_soort_display().lower()}" if met_plek else g.get_soort_display(),
            "moment": g.moment,
            "wie": g.door.gebruiker.naam,
            "tekst": " ".join(deel for deel in (f"{g.aanbieder.naam}." if g.aanbieder else "", g.reden) if deel),
        }
        for g in gebeurtenissen
    ]

"""The monitor and the conversation of one toewijzing, for the backoffice and for an aanbieder."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from berichten import draad, lijsten
from berichten.actions import inzage
from berichten.forms.monitor import MonitorForm, OpNaamForm
from berichten.kern import omvang
from berichten.models import Bericht, Foutmelding
from wmo.export import MAXIMUM_RIJEN, excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import Aanstelling, GelijkgesteldeDag, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.views.lijsten import BegrensdePaginator

KOPPEN = [
    "Soort", "Richting", "Titel", "Aanbieder", "Kenmerk", "Status", "Ontstaan", "Antwoord uiterlijk", "Codes",
    "Op naam van", "Herinnerd",
]  # fmt: skip


@vereist(Recht.BERICHTEN_LEZEN)
def monitor(request: PortaalRequest, lijst: str = lijsten.ACTIE) -> HttpResponse:
    return _monitor(request, lijst)


@vereist(Recht.EIGEN_BERICHTEN)
def aanbieder(request: PortaalRequest, lijst: str = lijsten.ACTIE) -> HttpResponse:
    return _monitor(request, lijst)


def _monitor(request: PortaalRequest, lijst: str) -> HttpResponse:
    """A list on the left, on the right the conversation of the chosen message, else of the first."""
    if lijst not in lijsten.LIJSTEN:
        raise Http404
    nu, door = timezone.now(), request.aanstelling
    op, kalender = vandaag(nu), GelijkgesteldeDag.objects.kalender()
    form = MonitorForm(request.GET or None, door=door)
    gevonden = lijsten.op_volgorde(form.filter(lijsten.berichten(door, lijst, op)), lijst)
    pagina = BegrensdePaginator(gevonden, lijsten.PER_PAGINA).get_page(request.GET.get("pagina"))
    items = lijsten.items(pagina, door, kalender, nu)
    bulk = door.mag(Recht.BERICHTEN_VERWERKEN) and lijst != lijsten.ALLE
    gekozen = _gekozen(request, items)
    context = {
        "lijst": lijst,
        "lijstnaam": lijsten.LIJSTEN[lijst],
        "tabs": tabs(request, lijst, op),
        "form": form,
        "chips": [{"tekst": tekst, "url": f"?{_zonder(request, naam)}"} for naam, tekst in form.chips()],
        "aantal": lijsten.aantal(gevonden),
        "pagina": pagina,
        "items": items,
        "gekozen": gekozen,
        "haperend": lijsten.haperend(door),
        "laatste": Bericht.objects.voor(door).order_by("-id").values_list("ontstaan_op", flat=True).first(),
        "opnaam": OpNaamForm(door=door, op=op, auto_id=False) if bulk else None,
        "query": _zonder(request),
        "nu": nu,
    } | _draad_van(request, gekozen, nu)
    sjabloon = "berichten/_draad.html" if request.htmx and "kies" in request.GET else "berichten/monitor.html"
    return render(request, sjabloon, context)


def _gekozen(request: PortaalRequest, items: list[lijsten.Item]) -> Bericht | None:
    gevraagd = request.GET.get("kies", "")
    if gevraagd.isascii() and gevraagd.isdigit():
        rijen = Bericht.objects.voor(request.aanstelling).select_related(
            "client", "aanbieder", "gemeente", "verzoek", "declaratie", "behandelaar__gebruiker",
            "herinnerd_door__gebruiker",
        )  # fmt: skip
        return get_object_or_404(rijen, pk=int(gevraagd))
    return items[0].rij if items else None


def _draad_van(request: PortaalRequest, rij: Bericht | None, nu: datetime) -> dict[str, Any]:
    """The conversation that this message belongs to; what speaks of no toewijzing stands alone."""
    if rij is None:
        return {"toewijzing": None}
    koppeling = rij.koppelingen.order_by("toewijzing_id").first()
    if koppeling is None:
        return draad.los(rij, request.aanstelling, nu) | _rechten(request.aanstelling)
    return draad_context(request, _toewijzing(request, koppeling.toewijzing_id), nu)


def _toewijzing(request: PortaalRequest, pk: int) -> Toewijzing:
    rijen = Toewijzing.objects.voor(request.aanstelling).select_related(
        "client", "gemeente", "aanbieder", "product", "levering", "voorziening__beschikking__zaak"
    )
    return get_object_or_404(rijen, pk=pk)


def draad_context(request: PortaalRequest, toewijzing: Toewijzing, nu: datetime) -> dict[str, Any]:
    """Variables of `berichten/_draad.html`; the look is on record."""
    door = request.aanstelling
    if not inzage.is_pas_bekeken(toewijzing=toewijzing, aanstelling=door, nu=nu):
        bekijk = inzage.bekijk_draad if door.is_gemeente else inzage.bekijk_eigen_draad
        bekijk(toewijzing=toewijzing, door=door, nu=nu)
    return (
        {
            "toewijzing": toewijzing,
            "client": toewijzing.client,
            "zaak": toewijzing.voorziening.beschikking.zaak,
            "omvang": omvang(toewijzing.volume, toewijzing.eenheid, toewijzing.frequentie),
        }
        | _rechten(door)
        | draad.van(toewijzing, door, nu)
    )


def _rechten(door: Aanstelling) -> dict[str, bool]:
    """Which buttons stand on a card."""
    return {
        "mag_toewijzen": door.mag(Recht.TOEWIJZEN),
        "mag_beoordelen": door.mag(Recht.VERZOEK_BEOORDELEN),
        "mag_herstellen": door.mag(Recht.BERICHTEN_VERWERKEN),
        "is_gemeente": door.is_gemeente,
    }


@vereist(Recht.BERICHTEN_LEZEN)
def toewijzing(request: PortaalRequest, pk: int) -> HttpResponse:
    return _toewijzingpagina(request, pk)


@vereist(Recht.EIGEN_BERICHTEN)
def aanbieder_toewijzing(request: PortaalRequest, pk: int) -> HttpResponse:
    return _toewijzingpagina(request, pk)


def _toewijzingpagina(request: PortaalRequest, pk: int) -> HttpResponse:
    context = draad_context(request, _toewijzing(request, pk), timezone.now())
    return render(request, "berichten/toewijzing.html", context)


@vereist(Recht.BERICHTEN_LEZEN)
def download(request: PortaalRequest, lijst: str) -> HttpResponse:
    """The list as filtered, without names."""
    if lijst not in lijsten.LIJSTEN:
        raise Http404
    nu, door = timezone.now(), request.aanstelling
    form = MonitorForm(request.GET or None, door=door)
    gevonden = lijsten.op_volgorde(form.filter(lijsten.berichten(door, lijst, vandaag(nu))), lijst)[:MAXIMUM_RIJEN]
    rijen = [
        (r.soort, r.get_richting_display(), draad.titel(r), str(r.aanbieder or ""), r.identificatie,
         r.get_status_display(), r.ontstaan_op, r.antwoord_uiterlijk, _codes(r),
         r.behandelaar.gebruiker.naam if r.behandelaar else "", r.herinnerd_op)
        for r in gevonden
    ]  # fmt: skip
    inzage.download_lijst(lijst=lijsten.LIJSTEN[lijst], aantal=len(rijen), door=door, nu=nu)
    return excel_antwoord(
        naam=f"berichten-{lijst}",
        titel=f"Berichten: {lijsten.LIJSTEN[lijst]}",
        wie=door.gebruiker.naam,
        nu=nu,
        filter_=", ".join(tekst for _, tekst in form.chips()),
        koppen=KOPPEN,
        rijen=rijen,
    )


def _codes(rij: Bericht) -> str:
    return ", ".join(dict.fromkeys(b["code"] for b in rij.bevindingen if b.get("code")))


def _zonder(request: PortaalRequest, *namen: str) -> str:
    vraag = request.GET.copy()
    for naam in (*namen, "pagina", "kies"):
        vraag.pop(naam, None)
    return vraag.urlencode()


def tabs(request: PortaalRequest, huidig: str, op: Any) -> list[dict[str, Any]]:
    """The lists, and for a gemeente what the knooppunt reported."""
    door = request.aanstelling
    naam = "berichten:monitor-lijst" if door.is_gemeente else "berichten:aanbieder-lijst"
    lijst_tabs = [
        {
            "label": label,
            "url": reverse(naam, args=[lijst]),
            "aantal": lijsten.aantal(lijsten.berichten(door, lijst, op)),
            "huidig": lijst == huidig,
        }
        for lijst, label in lijsten.LIJSTEN.items()
    ]
    if not door.is_gemeente:
        return lijst_tabs
    open_ = Foutmelding.objects.voor(door).actie_nodig()[: lijsten.GRENS].count()
    url = reverse("berichten:foutmeldingen")
    return [*lijst_tabs, {"label": "Foutmeldingen", "url": url, "aantal": open_, "huidig": huidig == "foutmeldingen"}]

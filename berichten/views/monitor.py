"""The monitor and the conversation of one toewijzing, for the backoffice and for an aanbieder."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from berichten import draad, lijsten
from berichten.actions import herstel, inzage
from berichten.forms.monitor import MonitorForm
from berichten.kern import omvang
from berichten.models import Bericht, Foutmelding
from wmo.actions.kader import Geweigerd
from wmo.export import MAXIMUM_RIJEN, excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import GelijkgesteldeDag, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist

KOPPEN = ["Soort", "Richting", "Titel", "Aanbieder", "Kenmerk", "Status", "Ontstaan", "Antwoord uiterlijk", "Codes"]


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
    form = MonitorForm(request.GET or None, met_aanbieder=door.is_gemeente)
    gevonden = lijsten.op_volgorde(form.filter(lijsten.berichten(door, lijst, op)), lijst)
    pagina = BegrensdePaginator(gevonden, lijsten.PER_PAGINA).get_page(request.GET.get("pagina"))
    items = lijsten.items(pagina, door, kalender, op)
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
        "mag_herstellen": door.mag(Recht.BERICHTEN_VERWERKEN) and lijst in (lijsten.ACTIE, lijsten.AFGEKEURD),
        "nu": nu,
    } | _draad_van(request, gekozen, nu)
    sjabloon = "berichten/_draad.html" if request.htmx and "kies" in request.GET else "berichten/monitor.html"
    return render(request, sjabloon, context)


class BegrensdePaginator(Paginator):
    """Counts no further than a thousand: beyond that one filters."""

    @property
    def count(self) -> int:
        return min(self.object_list.order_by()[: lijsten.GRENS].count(), lijsten.GRENS)  # type: ignore[attr-defined]  # a queryset


def _gekozen(request: PortaalRequest, items: list[lijsten.Item]) -> Bericht | None:
    gevraagd = request.GET.get("kies", "")
    if gevraagd.isascii() and gevraagd.isdigit():
        rijen = Bericht.objects.voor(request.aanstelling).select_related("client", "declaratie")
        return get_object_or_404(rijen, pk=int(gevraagd))
    return items[0].rij if items else None


def _draad_van(request: PortaalRequest, rij: Bericht | None, nu: datetime) -> dict[str, Any]:
    """The conversation that this message belongs to; a message that could not be read has none."""
    koppeling = rij.koppelingen.order_by("toewijzing_id").first() if rij else None
    if koppeling is None:
        return {"toewijzing": None}
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
    return {
        "toewijzing": toewijzing,
        "client": toewijzing.client,
        "zaak": toewijzing.voorziening.beschikking.zaak,
        "omvang": omvang(toewijzing.volume, toewijzing.eenheid, toewijzing.frequentie),
        "mag_toewijzen": door.mag(Recht.TOEWIJZEN),
        "mag_beoordelen": door.mag(Recht.VERZOEK_BEOORDELEN),
        "is_gemeente": door.is_gemeente,
    } | draad.van(toewijzing, door, nu)


@vereist(Recht.BERICHTEN_LEZEN)
def toewijzing(request: PortaalRequest, pk: int) -> HttpResponse:
    return _toewijzingpagina(request, pk)


@vereist(Recht.EIGEN_BERICHTEN)
def aanbieder_toewijzing(request: PortaalRequest, pk: int) -> HttpResponse:
    return _toewijzingpagina(request, pk)


def _toewijzingpagina(request: PortaalRequest, pk: int) -> HttpResponse:
    context = draad_context(request, _toewijzing(request, pk), timezone.now())
    return render(request, "berichten/toewijzing.html", context)


@vereist(Recht.BERICHTEN_VERWERKEN)
@require_POST
def opnieuw(request: PortaalRequest) -> HttpResponse:
    """Send the chosen messages again; what cannot go again is said by number."""
    nu, gelukt = timezone.now(), 0
    gekozen = [pk for pk in request.POST.getlist("bericht") if pk.isascii() and pk.isdigit()]
    for rij in Bericht.objects.voor(request.aanstelling).filter(pk__in=gekozen).select_related("client", "aanbieder"):
        try:
            herstel.stuur_opnieuw(bericht=rij, door=request.aanstelling, nu=nu)
            gelukt += 1
        except Geweigerd as fout:
            messages.warning(request, f"Bericht {rij.identificatie}: {fout.zin}")
    if gelukt:
        messages.success(request, f"{gelukt} {'bericht gaat' if gelukt == 1 else 'berichten gaan'} opnieuw uit.")
    elif not gekozen:
        messages.warning(request, "Kies eerst een of meer berichten.")
    return redirect("berichten:monitor")


@vereist(Recht.BERICHTEN_LEZEN)
def download(request: PortaalRequest, lijst: str) -> HttpResponse:
    """The list as filtered, without names."""
    if lijst not in lijsten.LIJSTEN:
        raise Http404
    nu, door = timezone.now(), request.aanstelling
    form = MonitorForm(request.GET or None)
    gevonden = lijsten.op_volgorde(form.filter(lijsten.berichten(door, lijst, vandaag(nu))), lijst)[:MAXIMUM_RIJEN]
    rijen = [
        (r.soort, r.get_richting_display(), draad.titel(r), str(r.aanbieder or ""), r.identificatie,
         r.get_status_display(), r.ontstaan_op, r.antwoord_uiterlijk, _codes(r))
        for r in gevonden
    ]  # fmt: skip
    inzage.download_lijst(lijst=lijsten.LIJSTEN[lijst], aantal=len(rijen), door=door, nu=nu)
    return excel_antwoord(
        naam=f"berichten-{lijst}",
        titel=f"Berichten: {lijsten.LIJSTEN[lijst]}",
        wie=door.gebruiker.naam,
        nu=nu,
        filter_=", ".join(tekst for _, tekst in form.chips()),
        koppen=[
            "Soort",
            "Richting",
            "Titel",
            "Aanbieder",
            "Kenmerk",
            "Status",
            "Ontstaan",
            "Antwoord uiterlijk",
            "Codes",
        ],
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

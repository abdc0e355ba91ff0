"""What must be done today, who does it, and the same list as a download."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo.actions import inzage
from wmo.actions import zaken as acties
from wmo.actions.kader import Geweigerd
from wmo.export import MAXIMUM_RIJEN, excel_antwoord
from wmo.forms.werkvoorraad import DownloadForm, VerdeelForm, WeergaveForm
from wmo.http import PortaalRequest
from wmo.models import Aanstelling, Beschikking, GelijkgesteldeDag, Taak, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, Rol, vereist
from wmo.rules.identificatie import normaliseer_bsn
from wmo.rules.werkvoorraad import verdeel
from wmo.views import lijsten
from wmo.views.formulieren import gepost

EERSTE = {Rol.MANDAATHOUDER: "tekenen", Rol.BACKOFFICE: "alle"}
TAKEN_IN_BLOK = 8


@vereist(Recht.WERKVOORRAAD)
def werkvoorraad(request: PortaalRequest, lijst: str = "") -> HttpResponse:
    """One of the lists; without a name the one where this role begins."""
    lijst = lijst or request.GET.get("lijst", "") or EERSTE.get(Rol(request.aanstelling.rol), "mijn")
    if lijst == "tekenen":
        return _tekenen(request)
    if lijst not in lijsten.LIJSTEN:
        raise Http404
    if normaliseer_bsn("".join(request.GET.get("zoek", "").split())):
        messages.warning(request, "Zoek op BSN met het zoekveld bovenaan. Dan komt het nummer niet in het adres.")
        return redirect("wmo:werkvoorraad-lijst", lijst)
    return render(request, "wmo/werkvoorraad.html", _context(request, lijst, timezone.now()))


def _context(request: PortaalRequest, lijst: str, nu: datetime) -> dict[str, Any]:
    op, kalender, door = vandaag(nu), GelijkgesteldeDag.objects.kalender(), request.aanstelling
    collega_lijst = lijsten.collegas(door, op)
    form = lijsten.filterform(request, collega_lijst, op, kalender)
    sorteer = request.GET.get("sorteer", "termijn")
    gevonden = lijsten.gesorteerd(lijsten.met_rijgegevens(form.filter(lijsten.zaken(door, lijst))), sorteer)
    pagina = lijsten.BegrensdePaginator(gevonden, lijsten.PER_PAGINA).get_page(request.GET.get("pagina"))
    taken = list(Taak.objects.voor(door).open().filter(zaak=None)[: TAKEN_IN_BLOK + 1])
    return {
        "lijst": lijst,
        "lijstnaam": lijsten.LIJSTEN[lijst],
        "nu": nu,
        "tabs": lijsten.tabs(door, lijst, _zonder(request, "pagina")),
        "tegels": lijsten.tegels(door, lijst, kalender, op),
        "form": form,
        "chips": [{"tekst": tekst, "url": f"?{_zonder(request, naam, 'pagina')}"} for naam, tekst in form.chips()],
        "sorteer": sorteer,
        "sorteringen": [("termijn", "Termijn"), ("client", "Naam"), ("stap", "Stap"), ("behandelaar", "Behandelaar")],
        "pagina": pagina,
        "aantal": "meer dan 1.000" if pagina.paginator.count >= lijsten.GRENS else pagina.paginator.count,
        "rijen": lijsten.rijen(pagina, kalender, op),
        "collegas": collega_lijst,
        "mag_verdelen": door.mag(Recht.ZAAK_VERDELEN),
        "mag_melden": door.mag(Recht.MELDING_OPNEMEN),
        "taken": [(taak, lijsten.taakklok(taak, kalender, op)) for taak in taken[:TAKEN_IN_BLOK]],
        "meer_taken": len(taken) > TAKEN_IN_BLOK,
        "query": request.GET.urlencode(),
        "weergaven": lijsten.weergaven(door, lijst, request.GET),
        "weergaveform": WeergaveForm(initial={"lijst": lijst, "query": request.GET.urlencode()}),
    }


def _zonder(request: PortaalRequest, *namen: str) -> str:
    """The query string without some of its parts."""
    vraag = request.GET.copy()
    for naam in namen:
        vraag.pop(naam, None)
    return vraag.urlencode()


def _tekenen(request: PortaalRequest) -> HttpResponse:
    """What a mandaathouder must sign, by the last day of the decision."""
    door, nu = request.aanstelling, timezone.now()
    if not door.mag(Recht.BESCHIKKING_VASTSTELLEN):
        raise Http404
    op, kalender = vandaag(nu), GelijkgesteldeDag.objects.kalender()
    besluiten = Beschikking.objects.voor(door).ter_ondertekening()
    besluiten = besluiten.select_related("zaak__client", "opgesteld_door__gebruiker").order_by(
        "zaak__uiterste_datum", "id"
    )
    pagina = lijsten.BegrensdePaginator(besluiten, lijsten.PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {
        "nu": nu,
        "tabs": lijsten.tabs(door, "tekenen", ""),
        "pagina": pagina,
        "rijen": [(b, _besluitklok(b.zaak, kalender, op)) for b in pagina],
    }
    return render(request, "wmo/te_tekenen.html", context)


def _besluitklok(zaak: Zaak, kalender: Any, op: Any) -> Any:
    return lijsten.lijstklok(
        status=zaak.status,
        spoed=zaak.spoed,
        uiterste_datum=zaak.uiterste_datum,
        stilstand_tot=zaak.stilstand_tot,
        kalender=kalender,
        op=op,
    )


@vereist(Recht.WERKVOORRAAD)
def taken(request: PortaalRequest) -> HttpResponse:
    """All open tasks of this gemeente, also those that belong to no case."""
    nu, door = timezone.now(), request.aanstelling
    op, kalender = vandaag(nu), GelijkgesteldeDag.objects.kalender()
    rijen = Taak.objects.voor(door).open().select_related("zaak")
    pagina = lijsten.BegrensdePaginator(rijen, lijsten.PER_PAGINA).get_page(request.GET.get("pagina"))
    context = {"pagina": pagina, "rijen": [(t, lijsten.taakklok(t, kalender, op)) for t in pagina]}
    return render(request, "wmo/taken.html", context)


@vereist(Recht.ZAAK_VERDELEN)
@require_POST
def toewijzen(request: PortaalRequest) -> HttpResponse:
    """Hand over the chosen cases: first a page to check, with the reason; then the action."""
    nu, door = timezone.now(), request.aanstelling
    gekozen = list(
        Zaak.objects.voor(door)
        .open()
        .filter(pk__in=[pk for pk in request.POST.getlist("zaak") if pk.isascii() and pk.isdigit()])
        .select_related("client", "gemeente", "behandelaar__gebruiker")
        .op_termijn()
    )
    terug = _terug(request)
    if not gekozen:
        messages.warning(request, "Kies eerst een of meer zaken.")
        return redirect(terug)
    collega_lijst = lijsten.collegas(door, vandaag(nu))
    bevestigd = "bevestig" in request.POST
    form = VerdeelForm(request.POST if bevestigd else None, collegas=collega_lijst, aantal=len(gekozen),
                       initial={"behandelaar": request.POST.get("behandelaar", "")})  # fmt: skip
    if bevestigd and form.is_valid() and (antwoord := _wijs_toe(request, form, gekozen, collega_lijst, terug)):
        return antwoord
    wie = request.POST.get("behandelaar", "")
    context = {"form": form, "terug": terug, "voorstel": _voorstel(wie, gekozen, collega_lijst)}
    return render(request, "wmo/toewijzen.html", context, status=422 if bevestigd else 200)


def _terug(request: PortaalRequest) -> str:
    """Back to a list of the werkvoorraad with its filter; never to an address from outside."""
    lijst, query = request.POST.get("lijst", ""), request.POST.get("query", "")
    if lijst not in lijsten.LIJSTEN:
        return reverse("wmo:werkvoorraad")
    return reverse("wmo:werkvoorraad-lijst", args=[lijst]) + (f"?{query}" if query else "")


def _voorstel(wie: str, gekozen: list[Zaak], collega_lijst: list[Aanstelling]) -> list[tuple[Zaak, Aanstelling | None]]:
    """Case by case who gets it: the chosen colleague, nobody, or by open work."""
    if wie == VerdeelForm.VERDEEL:
        per_persoon = {a: a.openstaand for a in collega_lijst}  # type: ignore[attr-defined]
        return [(zaak, collega) for zaak, collega in verdeel(gekozen, per_persoon)]
    collega = next((a for a in collega_lijst if str(a.pk) == wie), None)
    return [(zaak, collega) for zaak in gekozen]


def _wijs_toe(
    request: PortaalRequest, form: VerdeelForm, gekozen: list[Zaak], collega_lijst: list[Aanstelling], terug: str
) -> HttpResponse | None:
    voorstel = _voorstel(form.cleaned_data["behandelaar"], gekozen, collega_lijst)
    try:
        uit = acties.wijs_behandelaar_toe(
            verdeling=voorstel, reden=form.redenzin, door=request.aanstelling, nu=timezone.now()
        )
    except Geweigerd as fout:
        messages.error(request, fout.zin)
        return None
    if uit.mislukt:
        messages.warning(
            request, f"{len(uit.gelukt)} van {len(gekozen)} zaken zijn toegewezen. {' '.join(uit.mislukt)}"
        )
    else:
        messages.success(request, _klaar(voorstel))
    return redirect(terug)


def _klaar(voorstel: list[tuple[Zaak, Aanstelling | None]]) -> str:
    namen = {collega.gebruiker.naam if collega else "niemand" for _, collega in voorstel}
    zaken = "1 zaak staat" if len(voorstel) == 1 else f"{len(voorstel)} zaken staan"
    return (
        f"{zaken} nu op naam van {namen.pop()}."
        if len(namen) == 1
        else f"{zaken} nu op naam van {len(namen)} collega's."
    )


KOPPEN = [
    "Zaaknummer",
    "Cliënt",
    "Ondersteuning",
    "Stap",
    "Uiterste datum",
    "Stil tot en met",
    "Wat nu?",
    "Behandelaar",
]


@vereist(Recht.WERKVOORRAAD)
def download(request: PortaalRequest, lijst: str) -> HttpResponse:
    """The list as filtered, with the same rights; names ask for a reason, which goes in the logboek."""
    if lijst not in lijsten.LIJSTEN:
        raise Http404
    form = DownloadForm(gepost(request))
    if request.method == "POST" and form.is_valid():
        return _excel(request, lijst, form.cleaned_data["reden"])
    context = {"form": form, "lijst": lijst, "lijstnaam": lijsten.LIJSTEN[lijst], "query": request.GET.urlencode()}
    return render(request, "wmo/download.html", context, status=422 if request.method == "POST" else 200)


def _excel(request: PortaalRequest, lijst: str, reden: str) -> HttpResponse:
    nu, door = timezone.now(), request.aanstelling
    op, kalender = vandaag(nu), GelijkgesteldeDag.objects.kalender()
    form = lijsten.filterform(request, lijsten.collegas(door, op), op, kalender)
    gevonden = lijsten.met_rijgegevens(form.filter(lijsten.zaken(door, lijst)))
    gevonden = lijsten.gesorteerd(gevonden, request.GET.get("sorteer", "termijn"))[:MAXIMUM_RIJEN]
    rijen = lijsten.rijen(gevonden, kalender, op)
    filter_ = "; ".join(tekst for _, tekst in form.chips())
    inzage.download_lijst(
        wat=f"Werkvoorraad {lijsten.LIJSTEN[lijst].lower()}", aantal=len(rijen), filter_=filter_, reden=reden,
        door=door, nu=nu,
    )  # fmt: skip
    return excel_antwoord(
        naam=f"werkvoorraad-{door.eigen_gemeente.slug}", titel="Werkvoorraad", wie=door.gebruiker.naam, nu=nu,
        filter_=filter_, koppen=KOPPEN, rijen=[_excelrij(rij) for rij in rijen],
    )  # fmt: skip


def _excelrij(rij: lijsten.Rij) -> list[Any]:
    zaak = rij.zaak
    naam = zaak.behandelaar.gebruiker.naam if zaak.behandelaar else ""
    return [zaak.zaaknummer, zaak.client.weergavenaam, rij.ondersteuning, rij.stap, zaak.uiterste_datum,
            zaak.stilstand_tot, rij.wat_nu, naam]  # fmt: skip

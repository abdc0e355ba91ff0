"""The lists as a spreadsheet: as filtered, with the rights of the screen."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wachtlijst.actions import inzage
from wachtlijst.forms.gemeente import LijstFilter, NamenForm
from wachtlijst.models import Plek, Spoedtraject
from wachtlijst.models.spoed import telling
from wachtlijst.views.gemeente import haal_gemeente, plekken_van
from wmo.export import MAXIMUM_RIJEN, excel_antwoord
from wmo.http import PortaalRequest
from wmo.models import Gemeente
from wmo.periodes import AMSTERDAM, vandaag
from wmo.permissions import Recht, vereist

KOPPEN = ("Nummer", "Plek", "Sinds", "Minuten per week", "Postcode", "Status", "Aanbieder")
CLAIMKOPPEN = ("Plek", "Gemeente", "Geclaimd op", "Startdatum", "Status", "Opdracht uiterlijk", "Start uiterlijk")

SPOEDKOPPEN = (
    "Spoed", "Waarom", "Ondersteuning", "Postcode", "Uitgevraagd", "Antwoord uiterlijk", "Ja", "Nee", "Geen antwoord",
    "Stand", "Aanbieder", "Start", "Hulp uiterlijk",
)  # fmt: skip


@vereist(Recht.WACHTLIJST_LEZEN)
def lijst(request: PortaalRequest, slug: str) -> HttpResponse:
    """Without names."""
    return _lijst(request, haal_gemeente(request, slug), timezone.now(), namen=False, reden="")


@vereist(Recht.WACHTLIJST_LEZEN)
def lijst_met_namen(request: PortaalRequest, slug: str) -> HttpResponse:
    """With names, after a reason."""
    gemeente = haal_gemeente(request, slug)
    form = NamenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _lijst(request, gemeente, timezone.now(), namen=True, reden=form.cleaned_data["reden"])
    status = 422 if request.method == "POST" else 200
    return render(request, "wachtlijst/download_namen.html", {"form": form, "gemeente": gemeente}, status=status)


@vereist(Recht.PLEK_CLAIMEN)
def claims(request: PortaalRequest) -> HttpResponse:
    """Own claims, by code: who it is about stands with the cliënten."""
    nu, door = timezone.now(), request.aanstelling
    eigen = list(Plek.objects.voor(door).select_related("gemeente").order_by("-geclaimd_op", "-pk")[:MAXIMUM_RIJEN])
    inzage.download_claims(aantal=len(eigen), door=door, nu=nu)
    return excel_antwoord(
        naam="claims",
        titel="Onze claims",
        wie=door.gebruiker.naam,
        nu=nu,
        filter_="",
        koppen=CLAIMKOPPEN,
        rijen=[_claimregel(plek) for plek in eigen],
    )


@vereist(Recht.WACHTLIJST_LEZEN)
def spoed(request: PortaalRequest) -> HttpResponse:
    """The spoedregister of this year, by code: how many answered what, and how it ended (R-128)."""
    nu, door = timezone.now(), request.aanstelling
    jaar = vandaag(nu).year
    trajecten = Spoedtraject.objects.voor(door).filter(uitgevraagd_op__gte=datetime(jaar, 1, 1, tzinfo=AMSTERDAM))
    trajecten = trajecten.select_related("product", "aanbieder").prefetch_related("antwoorden")[:MAXIMUM_RIJEN]
    rijen = [_spoedregel(traject) for traject in trajecten]
    inzage.download_spoed(jaar=jaar, aantal=len(rijen), door=door, nu=nu)
    return excel_antwoord(
        naam=f"spoedregister-{jaar}",
        titel=f"Spoedregister {jaar}",
        wie=door.gebruiker.naam,
        nu=nu,
        filter_="",
        koppen=SPOEDKOPPEN,
        rijen=rijen,
    )


def _spoedregel(traject: Spoedtraject) -> list[Any]:
    aantal = telling(traject)
    return [
        traject.code, str(traject.get_grond_display()), traject.product.naam, traject.postcode4,
        traject.uitgevraagd_op, traject.antwoord_uiterlijk, aantal["ja"], aantal["nee"], aantal["wachten"],
        str(traject.get_status_display()), traject.aanbieder.naam if traject.aanbieder else "", traject.startdatum,
        traject.leveren_uiterlijk,
    ]  # fmt: skip


def _lijst(request: PortaalRequest, gemeente: Gemeente, nu: datetime, *, namen: bool, reden: str) -> HttpResponse:
    filterform = LijstFilter(request.GET)
    plekken = list(plekken_van(request, filterform, nu)[:MAXIMUM_RIJEN])
    filter_ = ", ".join(filterform.gekozen.values())
    inzage.download_lijst(
        gemeente=gemeente,
        aantal=len(plekken),
        namen=namen,
        filter_=filter_,
        reden=reden,
        door=request.aanstelling,
        nu=nu,
    )
    nummers = Plek.objects.all().nummers(gemeente, plekken)
    return excel_antwoord(
        naam=f"wachtlijst-{gemeente.slug}",
        titel=f"Wachtlijst {gemeente}",
        wie=request.aanstelling.gebruiker.naam,
        nu=nu,
        filter_=filter_,
        koppen=[*KOPPEN, *(("Cliënt", "Zaak") if namen else ())],
        rijen=[_regel(plek, nummers.get(plek.pk), namen) for plek in plekken],
    )


def _regel(plek: Plek, nummer: int | None, namen: bool) -> list[Any]:
    regel = [
        nummer,
        plek.code,
        plek.geplaatst_op,
        plek.minuten_per_week,
        plek.postcode4,
        str(plek.get_status_display()),
        plek.geclaimd_door.naam if plek.geclaimd_door else "",
    ]
    return [*regel, plek.client.weergavenaam, plek.zaak.zaaknummer] if namen else regel


def _claimregel(plek: Plek) -> list[Any]:
    status = str(plek.get_status_display())
    klok = [plek.opdracht_uiterlijk, plek.uiterste_start]
    return [plek.code, plek.gemeente.naam, plek.geclaimd_op, plek.startdatum, status, *klok]

"""Who did what, and who looked: the logboek for the toezichthouder and the beheerder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo.actions import toezicht
from wmo.export import MAXIMUM_RIJEN, csv_antwoord, excel_antwoord
from wmo.forms.logboek import LogboekFilter
from wmo.http import PortaalRequest
from wmo.models import Aanbieder, Aanstelling, Achtergrondtaak, Gemeente, Logregel, Zegel
from wmo.periodes import vandaag
from wmo.permissions import LANDELIJK, Recht, Rol, vereist
from wmo.rules.zegels import VELDEN, afdruk
from wmo.weergave import tijdstip

PER_PAGINA = 50
KOPPEN = ["Regel", "Wanneer", "Wie", "Rol", "Organisatie", "Soort", "Wat", "Reden", "Zegel", "Hash van de regel"]


@dataclass(frozen=True)
class Regel:
    """One line as this reader may see it."""

    rij: Logregel
    tekst: str
    reden: str
    zaaknummer: str

    @property
    def rolnaam(self) -> str:
        return Rol(self.rij.rol).label


@vereist(Recht.LOGBOEK_LEZEN)
def logboek(request: PortaalRequest) -> HttpResponse:
    """Newest first, a page at a time from a key: page 2,000 costs as much as page 1."""
    nu = timezone.now()
    form = _form(request, nu)
    gevonden = _vanaf(form.filter(_regels(request.aanstelling)), request.GET.get("na", ""))
    rijen = list(gevonden[: PER_PAGINA + 1])
    context = {
        "form": form,
        "regels": [leesbaar(rij, request.aanstelling) for rij in rijen[:PER_PAGINA]],
        "ouder": _met(request, _sleutel(rijen[PER_PAGINA - 1])) if len(rijen) > PER_PAGINA else "",
        "nieuwste": _met(request, "") if "na" in request.GET else "",
        "query": _met(request, "")[1:],
        "zonder_inhoud": zonder_inhoud(request.aanstelling),
        "laatste_zegel": _zegels(request.aanstelling).order_by("-moment").first(),
        "controle": Achtergrondtaak.objects.voor(request.aanstelling).filter(soort=toezicht.CONTROLE).first(),
    }
    return render(request, "wmo/logboek.html", context)


@vereist(Recht.LOGBOEK_LEZEN)
@require_POST
def controleer(request: PortaalRequest) -> HttpResponse:
    """Have the chains recomputed; the page of the task says when it is done."""
    taak = toezicht.vraag_controle(pad=reverse("wmo:logboek"), door=request.aanstelling, nu=timezone.now())
    return redirect("wmo:taak", taak.pk)


@vereist(Recht.LOGBOEK_LEZEN)
def download(request: PortaalRequest) -> HttpResponse:
    """The lines as filtered, with their hash: csv for a checking program, Excel for a person."""
    nu, door = timezone.now(), request.aanstelling
    form = _form(request, nu)
    rijen = list(form.filter(_regels(door))[:MAXIMUM_RIJEN])
    toezicht.download(aantal=len(rijen), filter_=form.in_woorden(), door=door, nu=nu)
    cellen = _cellen(rijen, door)
    if request.GET.get("vorm") == "csv":
        return csv_antwoord(naam=f"logboek-{vandaag(nu):%Y-%m-%d}", koppen=KOPPEN, rijen=cellen)
    return excel_antwoord(
        naam="logboek", titel="Logboek", wie=door.gebruiker.naam, nu=nu, filter_=form.in_woorden(), koppen=KOPPEN,
        rijen=cellen,
    )  # fmt: skip


def _form(request: PortaalRequest, nu: datetime) -> LogboekFilter:
    organisaties = [g.weergavenaam for g in Gemeente.objects.order_by("naam")]
    organisaties += [*Aanbieder.objects.order_by("naam").values_list("naam", flat=True)]
    organisaties += sorted(rol.label for rol in LANDELIJK)
    gekozen = {naam for naam in LogboekFilter.base_fields if naam in request.GET}
    return LogboekFilter(request.GET if gekozen else None, organisaties=organisaties, op=vandaag(nu))


def _regels(aanstelling: Aanstelling) -> QuerySet[Logregel]:
    regels = Logregel.objects.voor(aanstelling).select_related("aanstelling__gebruiker", "zegel", "zaak")
    return regels.order_by("-moment", "-id").defer("zegel__afdrukken")


def _zegels(aanstelling: Aanstelling) -> QuerySet[Zegel]:
    zegels = Zegel.objects.defer("afdrukken")
    return zegels.filter(gemeente=aanstelling.gemeente) if aanstelling.gemeente_id else zegels


def _sleutel(rij: Logregel) -> str:
    return f"{rij.moment.timestamp():.6f}_{rij.pk}"


def _vanaf(regels: QuerySet[Logregel], sleutel: str) -> QuerySet[Logregel]:
    """The lines after the one that the last page ended with; a key that is not one starts at the beginning."""
    try:
        seconden, pk = sleutel.split("_")
        moment, nummer = datetime.fromtimestamp(float(seconden), tz=timezone.get_current_timezone()), int(pk)
    except (ValueError, OverflowError, OSError):
        return regels
    return regels.filter(moment__lte=moment).filter(Q(moment__lt=moment) | Q(pk__lt=nummer))


def _met(request: PortaalRequest, sleutel: str) -> str:
    vraag = request.GET.copy()
    vraag.pop("na", None)
    if sleutel:
        vraag["na"] = sleutel
    return f"?{vraag.urlencode()}"


def zonder_inhoud(aanstelling: Aanstelling) -> bool:
    """The beheerder keeps the log in order and reads no dossiers."""
    return aanstelling.rol == Rol.BEHEERDER


def leesbaar(rij: Logregel, aanstelling: Aanstelling) -> Regel:
    if zonder_inhoud(aanstelling) and (rij.zaak_id or rij.client_id):
        return Regel(rij, f"{rij.get_soort_display()} in een dossier ({rij.handeling})", "", "")
    return Regel(rij, rij.tekst, rij.reden, rij.zaak.zaaknummer if rij.zaak else "")


def _cellen(rijen: list[Logregel], aanstelling: Aanstelling) -> Iterator[list[Any]]:
    for rij in rijen:
        regel = leesbaar(rij, aanstelling)
        yield [
            rij.pk, tijdstip(rij.moment), rij.aanstelling.gebruiker.naam, regel.rolnaam, rij.organisatie,
            rij.get_soort_display(), regel.tekst, regel.reden, rij.zegel.volgnummer if rij.zegel else None,
            afdruk({veld: getattr(rij, veld) for veld in VELDEN}).hex(),
        ]  # fmt: skip

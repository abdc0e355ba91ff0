"""What changed or is about to end without anybody looking at it (S04): read from rows, only "gezien" is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from wmo.actions import signalen as acties
from wmo.forms.werkvoorraad import klok_te_laat
from wmo.http import PortaalRequest
from wmo.models import Aanstelling, GelijkgesteldeDag, GezienSignaal, Levering, Taak, Toewijzing, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht, vereist
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import BIJNA_WERKDAGEN, FASE, Klok, resttijd
from wmo.views import lijsten

PER_SOORT = 50  # of each kind, the first to end: whoever has more, has a werkvoorraad
EVALUATIE_VOORAF = timedelta(weeks=2)
BERICHTEN = (Taak.Soort.BERICHT_AFGEKEURD, Taak.Soort.RETOUR_TE_LAAT)
VAN_AANBIEDER = (Taak.Soort.VERZOEK_BEOORDELEN, Taak.Soort.NIET_THUIS, Taak.Soort.CRISIS, Taak.Soort.OVERLEG_PAUZE)


@dataclass(frozen=True)
class Signaal:
    """`sleutel` says what about and for which day, so that a new day is a new signal."""

    sleutel: str
    soort: str
    titel: str
    url: str
    zaak: Zaak | None
    klok: Klok | None
    uiterlijk: date


@vereist(Recht.WERKVOORRAAD)
def signalen(request: PortaalRequest) -> HttpResponse:
    """What this person did not see yet, first to end first; on request also what was seen."""
    nu, door = timezone.now(), request.aanstelling
    ook_gezien = request.GET.get("toon") == "alles"
    gezien = set(GezienSignaal.objects.voor(door).values_list("sleutel", flat=True))
    alle = _alle(door, nu)
    nieuw = [s for s in alle if s.sleutel not in gezien]
    context = {
        "nu": nu,
        "rijen": [(s, s.sleutel in gezien) for s in (alle if ook_gezien else nieuw)],
        "aantal": len(nieuw),
        "gezien": len(alle) - len(nieuw),
        "ook_gezien": ook_gezien,
    }
    return render(request, "wmo/signalen.html", context)


@vereist(Recht.WERKVOORRAAD)
@require_POST
def gezien(request: PortaalRequest) -> HttpResponse:
    """One signal, or all of now, out of sight for this person."""
    nu, door, keuze = timezone.now(), request.aanstelling, request.POST.get("sleutel", "")
    sleutels = [s.sleutel for s in _alle(door, nu) if keuze in (s.sleutel, "alles")]
    acties.markeer_gezien(van=door, sleutels=sleutels, nu=nu)
    if sleutels:
        messages.success(request, "Gezien." if len(sleutels) == 1 else f"{len(sleutels)} signalen gezien.")
    return redirect("wmo:signalen")


def _alle(door: Aanstelling, nu: datetime) -> list[Signaal]:
    op, kalender = vandaag(nu), GelijkgesteldeDag.objects.kalender()
    bronnen = (_dwangsommen, _termijnen, _taken, _stops)
    return sorted((s for bron in bronnen for s in bron(door, op, kalender)), key=lambda s: (s.uiterlijk, s.sleutel))


def _mijn(door: Aanstelling) -> Q:
    """One's own cases; for who signs also what waits for a signature."""
    tekenen = Q(status=Zaak.Status.BESLUIT_CONCEPT) if door.mag(Recht.BESCHIKKING_VASTSTELLEN) else Q()
    return Q(behandelaar=door) | tekenen


def _dwangsommen(door: Aanstelling, op: date, kalender: Kalender) -> Iterator[Signaal]:
    """An ingebrekestelling is in and there is no decision yet (R-050)."""
    rijen = Zaak.objects.voor(door).open().filter(_mijn(door), bekendgemaakt_op=None)
    rijen = rijen.filter(ingebrekestelling_op__isnull=False)
    for zaak in rijen.select_related("client").order_by("ingebrekestelling_op")[:PER_SOORT]:
        assert zaak.ingebrekestelling_op is not None
        einde = kalender.schuif_door(zaak.ingebrekestelling_op + timedelta(weeks=2))
        yield _van_zaak("dwangsom", "Dwangsom", "De cliënt stelde de gemeente in gebreke", zaak, einde, kalender, op)


def _termijnen(door: Aanstelling, op: date, kalender: Kalender) -> Iterator[Signaal]:
    """The legal clocks; a task is a signal of its own."""
    binnenkort = Q(uiterste_datum__range=(op, kalender.werkdagen_na(op, BIJNA_WERKDAGEN)))
    rijen = Zaak.objects.voor(door).open().filter(_mijn(door), klok_te_laat(op) | binnenkort)
    for zaak in rijen.exclude(stilstand_tot__gte=op).select_related("client").order_by("uiterste_datum")[:PER_SOORT]:
        assert zaak.uiterste_datum is not None
        wat = "de termijn is voorbij" if zaak.uiterste_datum < op else "de termijn is bijna om"
        titel = f"{FASE.get(zaak.status, 'Zaak')}: {wat}"
        yield _van_zaak("termijn", "Termijn", titel, zaak, zaak.uiterste_datum, kalender, op)


def _van_zaak(bron: str, soort: str, titel: str, zaak: Zaak, uiterlijk: date, kalender: Kalender, op: date) -> Signaal:
    klok = Klok(soort, *resttijd(uiterlijk, kalender, op), uiterlijk=uiterlijk)
    url = reverse("wmo:zaak", args=[zaak.zaaknummer])
    return Signaal(f"{bron}:{zaak.pk}:{uiterlijk:%Y%m%d}", soort, titel, url, zaak, klok, uiterlijk)


def _taken(door: Aanstelling, op: date, kalender: Kalender) -> Iterator[Signaal]:
    """Tasks of one's own cases that are due, and messages that failed for who handles those."""
    bijna = kalender.werkdagen_na(op, BIJNA_WERKDAGEN)
    wanneer = (
        Q(soort=Taak.Soort.TERUGBELLEN, uiterlijk__lte=op)
        | Q(soort=Taak.Soort.EVALUATIE, uiterlijk__lte=op + EVALUATIE_VOORAF)
        | Q(soort__in=VAN_AANBIEDER)
        | Q(uiterlijk__lte=bijna)
    )
    van_mij = Q(zaak__behandelaar=door) & wanneer & ~Q(soort=Taak.Soort.TERUGBELLEN, uiterlijk__gt=op)
    mislukt = Q(soort__in=BERICHTEN) if door.mag(Recht.BERICHTEN_VERWERKEN) else Q(pk=None)
    rijen = Taak.objects.voor(door).open().filter(van_mij | mislukt)
    for taak in rijen.select_related("zaak__client").order_by("uiterlijk", "id")[:PER_SOORT]:
        uiterlijk = taak.uiterlijk or vandaag(taak.ontstaan_op)
        sleutel = f"taak:{taak.pk}:{uiterlijk:%Y%m%d}"
        klok = lijsten.taakklok(taak, kalender, op)
        pad = taak.pad or (reverse("wmo:zaak", args=[taak.zaak.zaaknummer]) if taak.zaak else "")
        yield Signaal(sleutel, taak.get_soort_display(), taak.titel, pad, taak.zaak, klok, uiterlijk)


def _stops(door: Aanstelling, op: date, kalender: Kalender) -> Iterator[Signaal]:
    """Help that stopped for good while the decision goes on, and no other aanbieder took over."""
    andere = Toewijzing.objects.actueel(op).filter(voorziening=OuterRef("voorziening")).exclude(pk=OuterRef("pk"))
    loopt_elders = andere.exclude(levering__status=Levering.Status.DEFINITIEF_GESTOPT)
    rijen = Toewijzing.objects.voor(door).filter(
        Q(voorziening__einddatum=None) | Q(voorziening__einddatum__gte=op),
        ~Exists(loopt_elders),
        voorziening__van_kracht=True,
        voorziening__beschikking__zaak__behandelaar=door,
        voorziening__beschikking__zaak__afgesloten_op=None,
        levering__status=Levering.Status.DEFINITIEF_GESTOPT,
        levering__einddatum__isnull=False,
    )
    rijen = rijen.select_related("levering", "product", "voorziening__beschikking__zaak__client")
    for rij in rijen.order_by("levering__einddatum", "id")[:PER_SOORT]:
        zaak, gestopt = rij.voorziening.beschikking.zaak, rij.levering.einddatum
        assert gestopt is not None
        titel = f"{rij.product.naam} is gestopt en er is nog geen vervolg"
        klok = Klok("Gestopt", f"Gestopt op {gestopt:%d-%m-%Y}", "oranje", "alert-triangle")
        url = reverse("wmo:toewijzingen", args=[zaak.zaaknummer])
        yield Signaal(f"stop:{rij.pk}:{gestopt:%Y%m%d}", "Stop zonder vervolg", titel, url, zaak, klok, gestopt)

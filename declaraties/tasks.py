"""What happens by the clock or at the press of a button: ids in, actions called, safe to run twice.

Each task works in pieces of one transaction and says how far it is on its Achtergrondtaak, when a person waits for it.
"""

from __future__ import annotations

from datetime import date, timedelta

from celery import shared_task
from django.utils import timezone

from declaraties.actions import bestanden, declaraties, indexaties, voorbereiding
from declaraties.models import Indexatie, Leveringsbestand, eerste_van
from declaraties.models.maanden import te_bouwen
from wmo.actions.kader import Geweigerd
from wmo.models import Aanbieder, Aanstelling, Achtergrondtaak, Contract, Gemeente
from wmo.periodes import Periode, vandaag


@shared_task
def bouw_maanddeclaraties(maand: str | None = None, taak_id: int | None = None) -> int:
    """Concepts of one month (YYYY-MM-DD; the month before today without it) for every provider and gemeente.

    One transaction per provider and gemeente; a run that was cut off starts over and finds its own work done.
    """
    taak = _taak(taak_id)
    keuze = (taak.invoer if taak else {}).get("maand") or maand
    periode = Periode.maand_van(date.fromisoformat(keuze)) if keuze else _vorige_maand()
    paren = te_bouwen(periode.ingangsdatum, periode.laatste_dag)
    if taak:
        paren = [paar for paar in paren if paar[1] == taak.invoer["gemeente"]]
        taak.begin(len(paren), nu=timezone.now())
    aanbieders, gemeenten = Aanbieder.objects.in_bulk(), Gemeente.objects.in_bulk()
    gemaakt = 0
    for nummer, (aanbieder, gemeente) in enumerate(paren, start=1):
        gemaakt += _bouw(aanbieders[aanbieder], gemeenten[gemeente], periode.ingangsdatum)
        if taak:
            taak.vorder(nummer, nu=timezone.now())
    if taak:
        taak.rond_af(f"{gemaakt} concepten staan klaar bij de aanbieders.", nu=timezone.now())
    return gemaakt


def _taak(taak_id: int | None) -> Achtergrondtaak | None:
    """The row that a person watches; beat has none."""
    return None if taak_id is None else Achtergrondtaak.objects.get(pk=taak_id)


def _vorige_maand() -> Periode:
    return Periode.maand_van(eerste_van(vandaag(timezone.now())) - timedelta(days=1))


def _bouw(aanbieder: Aanbieder, gemeente: Gemeente, maand: date) -> int:
    try:
        declaraties.bouw_maand(
            aanbieder=aanbieder,
            gemeente=gemeente,
            maand=maand,
            door=Aanstelling.objects.systeem(),
            nu=timezone.now(),
        )
    except Geweigerd:  # all of it was declared already
        return 0
    return 1


@shared_task
def bereid_indexatie_voor(jaar: int | None = None, taak_id: int | None = None) -> int:
    """In December: a dry run for next year per contract, from the published figures; contracts that have one stay."""
    taak = _taak(taak_id)
    jaar = (taak.invoer["jaar"] if taak else jaar) or vandaag(timezone.now()).year + 1
    contracten = list(Contract.objects.filter(einddatum__gte=date(jaar, 1, 1)))
    if taak:
        taak.begin(len(contracten), nu=timezone.now())
    gemaakt = 0
    for nummer, contract in enumerate(contracten, start=1):
        gemaakt += voorbereiding.bereid_voor(
            contract=contract, jaar=jaar, door=Aanstelling.objects.systeem(), nu=timezone.now()
        )
        if taak:
            taak.vorder(nummer, nu=timezone.now())
    if taak:
        taak.rond_af(f"{gemaakt} proefberekeningen gemaakt voor {jaar}.", nu=timezone.now())
    return gemaakt


@shared_task
def publiceer_indexatie(jaar: int | None = None, taak_id: int | None = None) -> int:
    """On 1 January: publish every approved indexation of that year. Those already published are passed over."""
    taak = _taak(taak_id)
    jaar = (taak.invoer["jaar"] if taak else jaar) or vandaag(timezone.now()).year
    klaar = list(Indexatie.objects.filter(jaar=jaar, status=Indexatie.Status.GOEDGEKEURD))
    if taak:
        taak.begin(len(klaar), nu=timezone.now())
    rijen, meldingen = 0, []
    for nummer, indexatie in enumerate(klaar, start=1):
        try:
            rijen += indexaties.publiceer(indexatie=indexatie, door=Aanstelling.objects.systeem(), nu=timezone.now())
        except Geweigerd as weigering:
            meldingen.append(weigering.zin)
        if taak:
            taak.vorder(nummer, nu=timezone.now())
    if taak:
        taak.rond_af(" ".join([f"{rijen} nieuwe tarieven vanaf 01-01-{jaar}.", *meldingen])[:400], nu=timezone.now())
    return rijen


@shared_task
def verwerk_bestand(taak_id: int) -> int:
    """A large csv, a thousand lines at a time."""
    taak = Achtergrondtaak.objects.select_related("gestart_door").get(pk=taak_id)
    bestand = Leveringsbestand.objects.select_related("aanbieder").get(pk=taak.invoer["bestand"])
    delen = list(bestanden.in_delen(bestand))
    totaal, gedaan, fouten = sum(len(deel) for deel in delen), 0, []
    taak.begin(totaal, nu=timezone.now())
    for deel in delen:
        fouten += bestanden.lees_deel(bestand=bestand, deel=deel, door=taak.gestart_door, nu=timezone.now())
        gedaan += len(deel)
        taak.vorder(gedaan, nu=timezone.now())
    bestanden.rond_af(bestand=bestand, aantal=totaal, fouten=fouten, door=taak.gestart_door, nu=timezone.now())
    taak.rond_af(f"{bestand.aantal_goed} regels overgenomen, {bestand.aantal_fout} fout.", nu=timezone.now())
    return gedaan

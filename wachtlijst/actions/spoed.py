"""The spoedtraject: ask everybody at once; the first yes has it, and nobody leads to a talk (R-125 to R-130)."""

from __future__ import annotations

from datetime import date, datetime

from celery import current_app
from django.db import transaction
from django.urls import reverse

from wachtlijst.actions.spoedspoor import noteer, sleutel, zet_taak
from wachtlijst.actions.spoor import vergrendel_lijst
from wachtlijst.models import Plek, Spoedantwoord, Spoedtraject
from wmo.actions import nummers, taken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie, binnen_actie
from wmo.models import Aanbieder, Aanstelling, Beschikking, Perceel, Taak, Toewijzing, Voorziening, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import spoed as regels
from wmo.rules.contracttermijnen import spoed_antwoord_uiterlijk, spoed_levering_uiterlijk
from wmo.rules.omvang import minuten_per_week

Status, Antwoord = Spoedtraject.Status, Spoedantwoord.Antwoord
TE_LAAT = "Een andere aanbieder was eerder. U hoeft niets te doen."


@actie(Recht.SPOED_UITVRAGEN)
def vraag_uit(*, voorziening: Voorziening, grond: str, door: Aanstelling, nu: datetime) -> Spoedtraject:
    """Ask every aanbieder with a perceel for this product here, at one moment (R-127). Only the gemeente does (R-125).

    Raises Geweigerd: GROND, GEEN_BESLUIT, AL_OP_LIJST, LOOPT_AL, GEEN_AANBIEDER.
    """
    besluit = voorziening.beschikking
    zaak = Zaak.objects.select_related("gemeente", "client").get(pk=besluit.zaak_id)
    vergrendel_lijst(zaak.gemeente_id)  # somebody is on the list or asked for with spoed, never both
    _eis_uitvraagbaar(voorziening, grond)
    gevraagd = _aanbieders(voorziening, zaak, vandaag(nu))
    traject = Spoedtraject.objects.create(
        code=f"SP-{zaak.gemeente.afkorting}-{nummers.volgende(f'spoed:{zaak.gemeente.code}'):04d}",
        gemeente=zaak.gemeente,
        zaak=zaak,
        client=zaak.client,
        voorziening=voorziening,
        product=voorziening.product,
        grond=grond,
        minuten_per_week=minuten_per_week(
            volume=voorziening.volume, eenheid=voorziening.eenheid, frequentie=voorziening.frequentie
        ),
        postcode4=zaak.client.postcode4,
        uitgevraagd_op=nu,
        antwoord_uiterlijk=spoed_antwoord_uiterlijk(nu),
        leveren_uiterlijk=spoed_levering_uiterlijk(vandaag(nu)),
    )
    Spoedantwoord.objects.bulk_create(Spoedantwoord(traject=traject, aanbieder=aanbieder) for aanbieder in gevraagd)
    zet_taak(traject, f"Volg de antwoorden op spoed {traject.code}", vandaag(traject.antwoord_uiterlijk), nu)
    noteer(traject, "vraag_uit", f"Spoed {traject.code}: {len(gevraagd)} aanbieders gevraagd", door, nu)
    transaction.on_commit(_wek_mail, robust=True)
    return traject


def _eis_uitvraagbaar(voorziening: Voorziening, grond: str) -> None:
    if grond not in Zaak.Spoedgrond.values:
        raise Geweigerd("Kies waarom dit spoed is.", reden="GROND")
    besluit = voorziening.beschikking
    if besluit.status != Beschikking.Status.VASTGESTELD or voorziening.vorm != Voorziening.Vorm.ZIN:
        raise Geweigerd("Er is nog geen besluit voor zorg in natura. Neem eerst een besluit.", reden="GEEN_BESLUIT")
    if Plek.objects.filter(voorziening=voorziening, status__in=Plek.LOPEND).exists():
        raise Geweigerd("Dit staat op de wachtlijst. Haal het eerst van de lijst.", reden="AL_OP_LIJST")
    opdracht = voorziening.toewijzingen.exclude(status=Toewijzing.Status.VERWIJDERD).exists()
    if opdracht or Spoedtraject.objects.lopend().filter(voorziening=voorziening).exists():
        raise Geweigerd("Hiervoor loopt al een spoedtraject of een opdracht.", reden="LOOPT_AL")


def _aanbieders(voorziening: Voorziening, zaak: Zaak, op: date) -> list[Aanbieder]:
    """A stop of new clients does not count: help in a crisis is never refused (R-162)."""
    percelen = Perceel.objects.op(op).voor_product(voorziening.product).filter(gemeente=zaak.gemeente_id).order_by()
    gevraagd = list(Aanbieder.objects.filter(pk__in=percelen.values("aanbieder")))
    if not gevraagd:
        raise Geweigerd("Geen aanbieder heeft hier een contract voor deze hulp.", reden="GEEN_AANBIEDER")
    return gevraagd


@actie(Recht.PLEK_CLAIMEN)
def zeg_ja(*, traject: Spoedtraject, startdatum: date | None, door: Aanstelling, nu: datetime) -> Spoedtraject:
    """The first yes has it: whoever waits for the row reads that it is taken (R-128). Late is fine while nobody has it.

    Raises Geweigerd: NIET_GEVRAAGD, AL_VERGEVEN, STARTDATUM.
    """
    traject = _vergrendel(traject)
    antwoord = _eigen_antwoord(traject, door)
    if zin := regels.weiger_startdatum(startdatum, op=vandaag(nu), uiterlijk=_laatste_start(traject, nu)):
        raise Geweigerd(zin, reden="STARTDATUM")
    antwoord.antwoord, antwoord.startdatum, antwoord.reden, antwoord.beantwoord_op = Antwoord.JA, startdatum, "", nu
    antwoord.save(update_fields=["antwoord", "startdatum", "reden", "beantwoord_op"])
    traject.zet_status(Status.MATCH, aanbieder=door.aanbieder, startdatum=startdatum)
    taken.rond_af(sleutel=sleutel(traject), nu=nu)
    taken.zet_klaar(
        sleutel=f"spoedopdracht:{traject.code}",
        soort=Taak.Soort.OPDRACHT_MAKEN,
        titel=f"Opdracht maken voor spoed {traject.code}",
        gemeente=traject.gemeente,
        zaak=Zaak(pk=traject.zaak_id),
        uiterlijk=vandaag(nu),
        pad=reverse("wachtlijst:spoed-opdracht", args=[traject.code]),
        nu=nu,
    )
    noteer(traject, "zeg_ja", f"{door.aanbieder} helpt bij spoed {traject.code}, start {startdatum:%d-%m-%Y}", door, nu)
    return traject


def _laatste_start(traject: Spoedtraject, nu: datetime) -> date:
    """Seven days after the question; who helps out later gets seven days from then."""
    if traject.status == Status.UITGEVRAAGD:
        return traject.leveren_uiterlijk
    return max(traject.leveren_uiterlijk, spoed_levering_uiterlijk(vandaag(nu)))


@actie(Recht.PLEK_CLAIMEN)
def zeg_nee(*, traject: Spoedtraject, reden: str, door: Aanstelling, nu: datetime) -> Spoedtraject:
    """No, with the reason. When everybody said no, there is no use in waiting for the 24 hours."""
    traject = _vergrendel(traject)
    antwoord = _eigen_antwoord(traject, door)
    if reden not in Spoedantwoord.Reden.values:
        raise Geweigerd("Kies waarom u niet kunt helpen.", reden="REDEN")
    antwoord.antwoord, antwoord.reden, antwoord.beantwoord_op = Antwoord.NEE, reden, nu
    antwoord.save(update_fields=["antwoord", "reden", "beantwoord_op"])
    noteer(traject, "zeg_nee", f"{door.aanbieder} kan niet bij spoed {traject.code}", door, nu)
    _kijk_of_niemand_kan(traject, door, nu)
    return traject


@actie(Recht.SPOED_UITVRAGEN)
def sluit_termijn(*, traject: Spoedtraject, door: Aanstelling, nu: datetime) -> bool:
    """After 24 hours silence is on record and the gemeente acts (R-128). Twice is harmless; True when it closed."""
    traject = Spoedtraject.objects.select_for_update(of=("self",)).select_related("gemeente").get(pk=traject.pk)
    stil = traject.antwoorden.filter(antwoord=Antwoord.GEEN).count()
    gesloten = _kijk_of_niemand_kan(traject, door, nu)
    tekst = f"Spoed {traject.code}: de 24 uur zijn om, {stil} zonder antwoord" if gesloten else "Termijn bekeken"
    noteer(traject, "sluit_termijn", tekst, door, nu)
    return gesloten


@binnen_actie
def _kijk_of_niemand_kan(traject: Spoedtraject, door: Aanstelling, nu: datetime) -> bool:
    antwoorden = list(traject.antwoorden.values_list("antwoord", flat=True))
    niemand = regels.geen_match(antwoorden, uiterlijk=traject.antwoord_uiterlijk, nu=nu)
    if traject.status != Status.UITGEVRAAGD or not niemand:
        return False
    traject.zet_status(Status.GEEN_MATCH)
    zet_taak(traject, f"Niemand kan spoed {traject.code} leveren: overleg met alle aanbieders", vandaag(nu), nu)
    return True


def _vergrendel(traject: Spoedtraject) -> Spoedtraject:
    """The row itself is the queue: the second to say yes waits here and then reads that it is gone."""
    rijen = Spoedtraject.objects.select_for_update(of=("self",), no_key=True).select_related("gemeente")
    gelezen = rijen.get(pk=traject.pk)
    if gelezen.status in (Status.MATCH, Status.TOEGEWEZEN):
        raise Geweigerd(TE_LAAT, reden="AL_VERGEVEN")
    if gelezen.status not in Spoedtraject.TE_BEANTWOORDEN:
        raise IntussenGewijzigd("Dit spoedtraject is al gesloten. U hoeft niets te doen.")
    return gelezen


def _eigen_antwoord(traject: Spoedtraject, door: Aanstelling) -> Spoedantwoord:
    antwoord = traject.antwoorden.filter(aanbieder=door.eigen_aanbieder).first()
    if antwoord is None:
        raise Geweigerd("Uw organisatie is hier niet voor gevraagd.", reden="NIET_GEVRAAGD")
    return antwoord


def _wek_mail() -> None:
    """A broker that is down only costs time: beat looks for who was not mailed yet."""
    current_app.send_task("wachtlijst.tasks.mail_spoed", ignore_result=True)

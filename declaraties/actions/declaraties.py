"""From deliveries to payment: build, submit, receive, answer, pay (R-280 to R-290)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Min
from django.urls import reverse

from declaraties.actions.bestedingsruimte import werk_bij
from declaraties.actions.controle import keur
from declaraties.actions.sloten import vergrendel_geld
from declaraties.models import Declaratie, Declaratieregel, eerste_van
from declaraties.models.maanden import tel_op, vul_concept
from declaraties.rules.controle import beoordeel_geheel
from wmo import weergave
from wmo.actions import achtergrond, logboek, taken
from wmo.actions.kader import Geweigerd, actie
from wmo.actions.nummers import volgende
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Achtergrondtaak,
    Contract,
    GelijkgesteldeDag,
    Gemeente,
    Gemeenteregel,
    Regelsleutel,
    Taak,
)
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules.contracttermijnen import bericht_uiterlijk

Status = Declaratie.Status


@dataclass(frozen=True)
class Indiening:
    """What happened at submission: lines with a finding stay behind as deliveries and return in the next concept."""

    declaratie: Declaratie
    achtergebleven: int


@actie(Recht.DECLAREREN)
def bouw_maand(*, aanbieder: Aanbieder, gemeente: Gemeente, maand: date, door: Aanstelling, nu: datetime) -> Declaratie:
    """Make or bring up to date the concept of one month from the prestaties.

    `maand` is any day of it. Running it twice changes nothing; two at once wait for each other. Geweigerd with reden
    NIETS when there is nothing to declare.
    """
    maand = eerste_van(maand)
    vergrendel_geld(aanbieder.pk, gemeente.pk)
    declaratie, nieuw = concept(aanbieder, gemeente, maand, nu)
    geraakt = vul_concept(declaratie)
    if not declaratie.aantal_regels:
        raise Geweigerd(f"Er is niets te declareren over {weergave.maand(maand)}.", reden="NIETS")
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.bouw_maand",
        over=declaratie,
        gemeente=gemeente,
        tekst=f"{declaratie} {'opgesteld' if nieuw else 'bijgewerkt'}: {declaratie.aantal_regels} regels",
        details={"gewijzigd": geraakt},
    )
    return declaratie


@actie(Recht.DECLAREREN)
def stel_op(*, aanbieder: Aanbieder, gemeente: Gemeente, maand: date, door: Aanstelling, nu: datetime) -> Declaratie:
    """Build the concept and judge it, so that the provider sees at once what the gemeente would refuse."""
    declaratie = bouw_maand(aanbieder=aanbieder, gemeente=gemeente, maand=maand, door=door, nu=nu)
    keur(declaratie, nu=nu)
    return declaratie


@actie(Recht.DECLARATIES_LEZEN)
def bekijk(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> None:
    """Record that somebody of the gemeente saw the clients behind a declaration (R-347)."""
    logboek.noteer_inzage(door=door, nu=nu, wat=f"{declaratie} bekeken", over=declaratie, gemeente=declaratie.gemeente)


@actie(Recht.DECLARATIES_BEOORDELEN)
def start_maandrun(*, gemeente: Gemeente, maand: date, door: Aanstelling, nu: datetime) -> Achtergrondtaak:
    """What beat does on the first of the month, for one gemeente and at the press of a button."""
    maand = eerste_van(maand)
    taak = achtergrond.zet_klaar(
        soort="declaraties.tasks.bouw_maanddeclaraties",
        titel=f"Concepten maken over {weergave.maand(maand)}",
        sleutel=f"maandrun:{gemeente.pk}:{maand:%Y-%m}",
        starter=door,
        nu=nu,
        pad=reverse("declaraties:overzicht"),
        maand=maand.isoformat(),
        gemeente=gemeente.pk,
    )
    logboek.noteer(door=door, nu=nu, handeling="declaraties.start_maandrun", over=taak, tekst=f"{taak.titel} gestart")
    return taak


def concept(aanbieder: Aanbieder, gemeente: Gemeente, maand: date, nu: datetime) -> tuple[Declaratie, bool]:
    """The open concept of that month, and whether it was made now. Inside an action that holds the lock."""
    bestaand = Declaratie.objects.open().filter(aanbieder=aanbieder, gemeente=gemeente, maand=maand).first()
    if bestaand:
        return bestaand, False
    nummer = f"D{maand:%y%m}{volgende(f'declaratie:{maand:%Y-%m}'):07d}"
    velden = {"aanbieder": aanbieder, "gemeente": gemeente, "maand": maand, "opgesteld_op": nu}
    return Declaratie.objects.create(declaratienummer=nummer, **velden), True


@actie(Recht.DECLAREREN)
def dien_in(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> Indiening:
    """Freeze the concept and start the clock of ten working days (R-285).

    The control of the gemeente runs first. A line it would refuse is left out: its prestaties stay, and come back in
    the next concept once they are mended.
    """
    vergrendel_geld(declaratie.aanbieder_id, declaratie.gemeente_id)
    declaratie.refresh_from_db()
    _mag_ingediend(declaratie, vandaag(nu))
    vul_concept(declaratie)
    keur(declaratie, nu=nu)
    achter = _laat_uitval_achter(declaratie)
    if not declaratie.aantal_regels:
        raise Geweigerd("Geen enkele regel is goed. Los eerst de uitval op.", reden="ALLES_UITVAL")
    uiterlijk = antwoord_uiterlijk(declaratie.gemeente, vandaag(nu))
    declaratie.zet_status(Status.INGEDIEND, ingediend_op=nu, antwoord_uiterlijk=uiterlijk)
    zet_antwoordtaak(declaratie, nu)
    declaratie.regels.update(status=Declaratieregel.Status.GOEDGEKEURD)
    tel_op(declaratie)
    bedrag = weergave.bedrag(declaratie.ingediend_bedrag)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.dien_in",
        over=declaratie,
        gemeente=declaratie.gemeente,
        tekst=f"{declaratie} ingediend: {declaratie.aantal_regels} regels, {bedrag}",
        details={"achtergebleven": achter},
    )
    return Indiening(declaratie, achter)


def _mag_ingediend(declaratie: Declaratie, op: date) -> None:
    if declaratie.status != Status.OPGESTELD:
        raise Geweigerd("Deze declaratie is al ingediend.", reden="INGEDIEND")
    if op <= declaratie.periode.laatste_dag:
        tekst = (
            f"{weergave.maand(declaratie.maand)} is nog niet voorbij. Dien in vanaf de eerste dag van de maand erna."
        )
        raise Geweigerd(tekst[0].upper() + tekst[1:], reden="MAAND_LOOPT")
    if bevindingen := beoordeel_geheel(
        declaratie.maand,
        nummer_bekend=False,
        laatste_maand=laatste_maand(declaratie.aanbieder_id, declaratie.gemeente_id),
    ):
        raise Geweigerd(
            f"{bevindingen[0].tekst} Neem deze leveringen op in die maand of later.", reden=bevindingen[0].code
        )


def laatste_maand(aanbieder_id: int, gemeente_id: int) -> date | None:
    """The latest declaratieperiode that was submitted (TR318)."""
    ingediend = Declaratie.objects.filter(aanbieder=aanbieder_id, gemeente=gemeente_id).exclude(status=Status.OPGESTELD)
    return ingediend.order_by("-maand").values_list("maand", flat=True).first()


def _laat_uitval_achter(declaratie: Declaratie) -> int:
    uitval = declaratie.regels.uitval()
    herleeft = list(uitval.filter(is_credit=True).values_list("vorige_id", flat=True))
    aantal, _ = uitval.delete()
    Declaratieregel.objects.filter(pk__in=herleeft).update(gecrediteerd=False)
    tel_op(declaratie)
    return aantal


def antwoord_uiterlijk(gemeente: Gemeente, op: date) -> date:
    """Ten working days by the calendar of this gemeente (R-285)."""
    telt = Gemeenteregel.objects.waarde(gemeente, Regelsleutel.BESLUITDAG_IS_WERKDAG, op=op, standaard=True)
    return bericht_uiterlijk("325", op, GelijkgesteldeDag.objects.kalender(besluitdag_is_werkdag=telt))


def zet_antwoordtaak(declaratie: Declaratie, nu: datetime) -> None:
    """What the backoffice sees in the werkvoorraad. Inside an action."""
    taken.zet_klaar(
        sleutel=f"declaratie:{declaratie.pk}",
        soort=Taak.Soort.DECLARATIE_BEANTWOORDEN,
        titel=f"Declaratie {weergave.maand(declaratie.maand)} van {declaratie.aanbieder} beantwoorden",
        gemeente=declaratie.gemeente,
        nu=nu,
        uiterlijk=declaratie.antwoord_uiterlijk,
        pad=reverse("declaraties:declaratie", args=[declaratie.pk]),
    )


@actie(Recht.DECLARATIES_BEOORDELEN)
def beantwoord(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> None:
    """Fix the outcome: what berichten sends as 325. From here lines can be corrected (R-284)."""
    vergrendel_geld(declaratie.aanbieder_id, declaratie.gemeente_id)
    declaratie.refresh_from_db()
    if declaratie.regels.filter(status=Declaratieregel.Status.OPEN).exists():
        raise Geweigerd("Nog niet elke regel is beoordeeld. Controleer de declaratie opnieuw.", reden="OPEN_REGELS")
    if not declaratie.kan_naar(Status.BEANTWOORD):
        raise Geweigerd("Deze declaratie is al beantwoord.", reden="BEANTWOORD")
    declaratie.zet_status(Status.BEANTWOORD, beantwoord_op=nu)
    tel_op(declaratie)
    taken.rond_af(sleutel=f"declaratie:{declaratie.pk}", nu=nu)
    werk_bij(declaratie, nu=nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.beantwoord",
        over=declaratie,
        gemeente=declaratie.gemeente,
        tekst=f"{declaratie} beantwoord: {weergave.bedrag(declaratie.toegekend_bedrag)} toegekend",
        details={"uitval": declaratie.aantal_uitval},
    )


@actie(Recht.DECLARATIES_BEOORDELEN)
def stel_betaalbaar(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> date:
    """BEANTWOORD -> BETAALBAAR. The payment term of the contract runs from the day of submission (R-286)."""
    if declaratie.toegekend_bedrag == Decimal(0):
        raise Geweigerd("Er is niets toegekend, dus er is niets te betalen.", reden="NIETS")
    if not declaratie.kan_naar(Status.BETAALBAAR):
        raise Geweigerd("Beantwoord de declaratie eerst.", reden="STATUS")
    uiterlijk = vandaag(declaratie.ingediend_op) + timedelta(days=betaaltermijn(declaratie))  # type: ignore[arg-type]
    declaratie.zet_status(Status.BETAALBAAR, betalen_uiterlijk=uiterlijk)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.stel_betaalbaar",
        over=declaratie,
        gemeente=declaratie.gemeente,
        tekst=f"{declaratie} betaalbaar gesteld: uiterlijk {uiterlijk:%d-%m-%Y}",
    )
    return uiterlijk


def betaaltermijn(declaratie: Declaratie) -> int:
    """Days; the shortest term of the contracts in these lines, 30 when none is known."""
    percelen = Contract.objects.filter(
        percelen__aanbieder=declaratie.aanbieder_id,
        percelen__gemeente=declaratie.gemeente_id,
        producten__in=declaratie.regels.values("product"),
    )
    kortste = percelen.aggregate(kortste=Min("betaaltermijn_dagen"))["kortste"]
    return 30 if kortste is None else kortste


@actie(Recht.DECLARATIES_BEOORDELEN)
def meld_betaald(*, declaratie: Declaratie, betaald_op: date, door: Aanstelling, nu: datetime) -> None:
    """The bank has paid: the end of the chain."""
    if betaald_op > vandaag(nu):
        raise Geweigerd("De betaaldatum ligt in de toekomst. Vul de dag van de betaling in.", reden="TOEKOMST")
    if not declaratie.kan_naar(Status.BETAALD):
        raise Geweigerd("Stel de declaratie eerst betaalbaar.", reden="STATUS")
    declaratie.zet_status(Status.BETAALD, betaald_op=betaald_op)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.meld_betaald",
        over=declaratie,
        gemeente=declaratie.gemeente,
        tekst=f"{declaratie} betaald op {betaald_op:%d-%m-%Y}",
    )


def declaratieperiode(aanbieder_id: int, gemeente_id: int, op: date) -> date:
    """The month in which something new can be declared: the one before `op`, or later when that was submitted."""
    vorige = eerste_van(eerste_van(op) - timedelta(days=1))
    return max(vorige, laatste_maand(aanbieder_id, gemeente_id) or vorige)

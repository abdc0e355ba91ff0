"""323 of a declaration that was made in the portal, and 325 of every declaration that came as a message."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from berichten.actions.schrijven import Weg, als_json, leg_klaar
from berichten.models import Bericht
from berichten.parse import stroom, zonder_stroom
from berichten.poort import Bevinding
from berichten.retour import retour
from berichten.standaard import berichtsoorten
from berichten.standaard.v3_2.wmo323 import Bericht323
from berichten.translate.declareren import met_afkeuringen, naar_323
from berichten.translate.kop import header, nieuw_kenmerk
from declaraties.actions import ontvangst
from declaraties.models import Declaratie
from wmo.actions import logboek, taken
from wmo.actions.kader import actie
from wmo.models import Aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Recht


def _zonder(soort: str) -> Combinable:
    """No message of this kind for this declaration yet."""
    sleutel = Concat(Value(f"{soort}-"), Cast(OuterRef("pk"), CharField()))
    return ~Exists(Bericht.objects.filter(sleutel=sleutel))


def te_versturen() -> Iterator[int]:
    """Declarations made in the portal that no 323 carries yet."""
    yield from Declaratie.objects.voor_323().filter(_zonder("323")).values_list("pk", flat=True)


def te_beantwoorden() -> Iterator[int]:
    """Answered declarations whose 323 we have and whose 325 did not leave yet."""
    gekregen = Bericht.objects.filter(
        kant=Bericht.Kant.GEMEENTE, richting=Bericht.Richting.IN, soort="323", declaratie=OuterRef("pk")
    )
    yield from Declaratie.objects.voor_325().filter(Exists(gekregen), _zonder("325")).values_list("pk", flat=True)


def _vergrendel(pk: int, soort: str) -> Declaratie | None:
    return (
        Declaratie.objects.select_for_update(of=("self",), skip_locked=True)
        .met_partijen()
        .filter(_zonder(soort), pk=pk)
        .first()
    )


def verstuur_een(pk: int, *, nu: datetime) -> None:
    """The 323 of one declaration, in a transaction of its own."""
    with transaction.atomic():
        declaratie = _vergrendel(pk, "323")
        if declaratie is None:
            return
        door = Aanstelling.objects.systeem()
        if _kan_als_bericht(declaratie):
            verstuur(declaratie=declaratie, door=door, nu=nu)
        else:
            neem_over(declaratie=declaratie, door=door, nu=nu)


def _kan_als_bericht(declaratie: Declaratie) -> bool:
    """Not when one of the clients has no BSN or no message traffic (R-017, R-304)."""
    stil = Q(toewijzing__client__bsn_hash=None) | Q(toewijzing__client__geen_berichtenverkeer=True)
    return not declaratie.regels.filter(stil).exists()


@actie(Recht.BERICHTEN_VERWERKEN)
def verstuur(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> Bericht:
    """The portal plays the aanbieder: the declaration leaves as the same bytes as one from outside."""
    pk, kenmerk = nieuw_kenmerk()
    dag = vandaag(nu)
    kop = header(
        "323",
        gemeente=declaratie.gemeente.code,
        aanbieder=declaratie.aanbieder.agb,
        identificatie=kenmerk,
        dagtekening=dag,
    )
    regels = declaratie.regels.select_related("toewijzing__client").order_by("toewijzing__client", "volgnummer", "id")
    rij = leg_klaar(
        naar_323(kop, declaratie, regels, dag),
        Weg(Bericht.Kant.AANBIEDER, declaratie.gemeente, declaratie.aanbieder),
        pk=pk,
        identificatie=kenmerk,
        nu=nu,
        declaratie=declaratie,
        sleutel=f"323-{declaratie.pk}",
    )
    _noteer("verstuur", declaratie, f"Bericht 323 gemaakt van {declaratie}", door, nu)
    return rij


@actie(Recht.BERICHTEN_VERWERKEN)
def neem_over(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> None:
    """No message can carry it: the gemeente takes it in as it stands in the portal."""
    ontvangst.ontvang(
        aanbieder=declaratie.aanbieder,
        gemeente=declaratie.gemeente,
        declaratienummer=declaratie.declaratienummer,
        maand=declaratie.maand,
        ingediend_bedrag=declaratie.ingediend_bedrag,
        regels=[],
        door=door,
        nu=nu,
    )
    _noteer("neem_over", declaratie, f"{declaratie} overgenomen zonder bericht", door, nu)


def beantwoord_een(pk: int, *, nu: datetime) -> None:
    """The 325 of one declaration, in a transaction of its own."""
    with transaction.atomic():
        declaratie = _vergrendel(pk, "325")
        if declaratie is not None:
            beantwoord(declaratie=declaratie, door=Aanstelling.objects.systeem(), nu=nu)


@actie(Recht.BERICHTEN_VERWERKEN)
def beantwoord(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> Bericht:
    """The outcome on the rows, as a 325 to the 323 that it came with."""
    vraag = declaratie.berichten.filter(kant=Bericht.Kant.GEMEENTE, soort="323").earliest("id")
    bericht, bevindingen = _afgekeurde_regels(vraag, declaratie)
    pk, kenmerk = nieuw_kenmerk()
    rij = leg_klaar(
        retour(bericht, bevindingen, identificatie=kenmerk, dagtekening=vandaag(nu)),
        Weg(Bericht.Kant.GEMEENTE, declaratie.gemeente, declaratie.aanbieder),
        pk=pk,
        identificatie=kenmerk,
        nu=nu,
        declaratie=declaratie,
        antwoord_op=vraag,
        bevindingen=als_json(bevindingen),
        sleutel=f"325-{declaratie.pk}",
    )
    Bericht.objects.filter(pk=vraag.pk).update(beantwoord_op=nu)
    _sluit_eigen_323(declaratie, nu)
    _noteer("beantwoord", declaratie, f"Bericht 325 gemaakt van {declaratie}", door, nu)
    return rij


def _sluit_eigen_323(declaratie: Declaratie, nu: datetime) -> None:
    """Made here for an aanbieder with software of its own: the 325 goes there, so nothing here would close the 323."""
    if not declaratie.aanbieder.eigen_software:
        return
    eigen = declaratie.berichten.filter(kant=Bericht.Kant.AANBIEDER, soort="323").first()
    if eigen is not None and eigen.kan_naar(Bericht.Status.GOEDGEKEURD):
        eigen.zet_status(Bericht.Status.GOEDGEKEURD, beantwoord_op=nu)
        taken.rond_af(sleutel=f"retour:{eigen.pk}", nu=nu)


def _afgekeurde_regels(vraag: Bericht, declaratie: Declaratie) -> tuple[Bericht323, tuple[Bevinding, ...]]:
    """The 323 with the refused lines only: without those, its first part is enough."""
    soort = berichtsoorten["323"]
    afgekeurd = dict(declaratie.regels.afgekeurd().values_list("referentienummer", "afkeurcodes"))
    clienten = stroom(vraag.delen_van_inhoud(), soort) if afgekeurd else ()
    return met_afkeuringen(zonder_stroom(vraag.delen_van_inhoud(), soort), clienten, afgekeurd)


def _noteer(verb: str, declaratie: Declaratie, tekst: str, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"declaratieberichten.{verb}",
        over=declaratie,
        gemeente=declaratie.gemeente,
        tekst=tekst,
    )

"""From the transport into the rows, and from the rows into the domain.

First the bytes are stored and the mail is confirmed; processing is another transaction, one per message. Whatever is
killed halfway leaves either nothing or a row that is taken up again.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from berichten.actions.behandelen import GRENZEN, behandel
from berichten.actions.foutmeldingen import meld_schemafout
from berichten.actions.schrijven import als_json, bewaar_delen, vergrendel, wek
from berichten.models import Bericht
from berichten.models.berichten import DEELGROOTTE
from berichten.ontvangst import Onverwerkbaar
from berichten.poort import Bevinding, Geweigerd
from berichten.standaard import berichtsoorten
from berichten.transport import Post
from wmo.actions import logboek, taken
from wmo.actions.kader import actie
from wmo.models import Aanbieder, Aanstelling, Gemeente, Taak
from wmo.periodes import vandaag
from wmo.permissions import Recht

log = logging.getLogger(__name__)
MAX_POGINGEN = 5
VOORAAN = 50  # how far a worker looks past messages that others are busy with
Status = Bericht.Status


# ------------------------------------------------------------------------------- in


@actie(Recht.BERICHTEN_VERWERKEN)
def neem_aan(*, post: Post, door: Aanstelling, nu: datetime) -> Bericht:
    """Store the bytes as they came. The same bytes again give the row that is there.

    Two workers that hold the same file wait for each other here: the second finds the row of the first. Raises
    `AlOpgehaald` when the file was confirmed before it could be read.
    """
    vingerafdruk = _vingerafdruk(post)
    vergrendel(f"{post.postbus.kant}:{vingerafdruk}")
    bekend = Bericht.objects.filter(
        kant=post.postbus.kant, richting=Bericht.Richting.IN, vingerafdruk=vingerafdruk
    ).first()
    rij = bekend or _bewaar(post, vingerafdruk, nu)
    wat = "nog een keer ontvangen; er verandert niets" if bekend else "ontvangen"
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="inbox.neem_aan",
        over=rij,
        gemeente=rij.gemeente,
        tekst=f"Bericht van {rij.afzender} {wat}",
    )
    return rij


def _vingerafdruk(post: Post) -> str:
    som = sha256()
    with post.open() as bestand:
        for deel in _stukken(bestand):
            som.update(deel)
    return som.hexdigest()


def _stukken(bestand: IO[bytes]) -> Iterator[bytes]:
    while deel := bestand.read(DEELGROOTTE):
        yield deel


def _bewaar(post: Post, vingerafdruk: str, nu: datetime) -> Bericht:
    """A message beyond the bound is a row without bytes, set apart: it is not read at all."""
    bus = post.postbus
    te_groot = post.grootte > GRENZEN.max_bytes
    rij = Bericht.objects.create(
        kant=bus.kant,
        richting=Bericht.Richting.IN,
        afzender=bus.aanbieder if bus.kant == Bericht.Kant.GEMEENTE else bus.gemeente,
        ontvanger=bus.gemeente if bus.kant == Bericht.Kant.GEMEENTE else bus.aanbieder,
        gemeente=Gemeente.objects.get(code=bus.gemeente),
        aanbieder=Aanbieder.objects.get(agb=bus.aanbieder),
        status=Status.GEPARKEERD if te_groot else Status.ONTVANGEN,
        laatste_fout=f"Het bericht is groter dan {settings.BERICHT_MAX_MB} MB." if te_groot else "",
        ontstaan_op=nu,
        grootte=post.grootte,
        vingerafdruk=vingerafdruk,
        **({"referentienummer": UUID(post.referentienummer)} if post.referentienummer else {}),
    )
    if te_groot:
        _vraag_aandacht(rij, nu)
    else:
        with post.open() as bestand:
            bewaar_delen(rij, _stukken(bestand))
        wek("berichten.tasks.verwerk_inbox")
    return rij


# ------------------------------------------------------------------------------- processing


def verwerk_volgende(*, nu: datetime) -> bool:
    """Process one message; False when there is nothing to do that no other worker is doing."""
    for pk in Bericht.objects.te_verwerken().values_list("pk", flat=True)[:VOORAAN]:
        with _beurt(pk) as mijn:
            if mijn and _verwerk_een(pk, nu):
                return True
    return False


@contextmanager
def _beurt(pk: int) -> Iterator[bool]:
    """Whether this worker has the message to itself until the end, over transactions. A worker that dies lets go."""
    kenmerk = [f"verwerk:{pk}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", kenmerk)
        (mijn,) = cursor.fetchone()
    try:
        yield mijn
    finally:
        # a connection that was lost has let go by itself
        with suppress(OperationalError, InterfaceError):
            if mijn:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", kenmerk)


def _verwerk_een(pk: int, nu: datetime) -> bool:
    """False when it was processed meanwhile. The try is counted and committed first: a message that takes the worker
    down with it is set apart in the end."""
    if not Bericht.objects.te_verwerken().filter(pk=pk).order_by().update(pogingen=F("pogingen") + 1):
        return False
    with transaction.atomic():
        rij = Bericht.objects.te_verwerken().select_for_update(of=("self",)).filter(pk=pk).first()
        if rij is not None:
            verwerk(bericht=rij, door=Aanstelling.objects.systeem(), nu=nu)
    return True


@actie(Recht.BERICHTEN_VERWERKEN)
def verwerk(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    """Everything that follows from one message, or nothing but the reason why not. The caller holds the row."""
    try:
        if bericht.pogingen > MAX_POGINGEN:
            raise Onverwerkbaar(f"Verwerken is {MAX_POGINGEN} keer halverwege gestopt.")
        with transaction.atomic():
            behandel(bericht, door, nu)
    except Onverwerkbaar as fout:
        _parkeer(bericht, fout.zin, fout.bevindingen, nu)
        if isinstance(fout.__cause__, Geweigerd) and fout.__cause__.poort < 3:
            meld_schemafout(bericht, nu)
    except (OperationalError, InterfaceError):
        raise  # the database, not the message: the next round tries again
    except Exception as fout:
        log.exception("Bericht %s is apart gezet", bericht.pk)
        _parkeer(bericht, f"Onverwachte fout bij het verwerken ({type(fout).__name__}).", (), nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="inbox.verwerk",
        over=bericht,
        client=bericht.client,
        gemeente=bericht.gemeente,
        tekst=f"Bericht {bericht.soort} van {bericht.afzender} verwerkt: {bericht.get_status_display().lower()}",
    )


def _parkeer(rij: Bericht, zin: str, bevindingen: tuple[Bevinding, ...], nu: datetime) -> None:
    rij.soort = rij.soort if rij.soort in berichtsoorten else ""
    rij.zet_status(
        Status.GEPARKEERD,
        laatste_fout=zin[:400],
        bevindingen=als_json(bevindingen),
        verwerkt_op=nu,
        soort=rij.soort,
        identificatie=rij.identificatie,
        dagtekening=rij.dagtekening,
    )
    _vraag_aandacht(rij, nu)


def _vraag_aandacht(rij: Bericht, nu: datetime) -> None:
    assert rij.gemeente is not None
    taken.zet_klaar(
        sleutel=f"bericht:{rij.pk}",
        soort=Taak.Soort.BERICHT_AFGEKEURD,
        titel=f"Bericht van {rij.afzender} kan niet worden verwerkt",
        gemeente=rij.gemeente,
        nu=nu,
        uiterlijk=vandaag(nu),
        aanbieder=rij.aanbieder if rij.kant == Bericht.Kant.AANBIEDER else None,
        pad=rij.pad,
    )

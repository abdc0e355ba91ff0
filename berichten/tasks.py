"""Celery wakes the work; the rows are the queue. A tick too many or too few changes nothing."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from smtplib import SMTPException
from typing import Any

from celery import shared_task
from django.utils import timezone

from berichten.actions import declaraties, foutmeldingen, herstel, inbox, opdrachten, outbox, vecozo, verzoeken
from berichten.dagoverzicht import verstuur_dagoverzicht
from berichten.herinnering import verstuur_herinneringen
from berichten.transport import AlOpgehaald, Onbestelbaar, Postbus, Transport, verbinding
from berichten.transport.wegwijzer import Wegwijzer
from wmo.models import Aanbieder, Aanstelling, Gemeente

log = logging.getLogger(__name__)
HOOGSTENS = 500  # messages per run: then others get their turn, and beat or the next wake-up goes on


@shared_task(name="berichten.tasks.verzend_opdrachten")
def verzend_opdrachten() -> None:
    """Make every 301 that is due, then send what is ready."""
    nu = timezone.now()
    _maak_opdrachten(nu)
    _bezorg(nu)


@shared_task(name="berichten.tasks.verzend_outbox")
def verzend_outbox() -> None:
    """The sweep: make whatever no wake-up made, and send what is ready or may be tried again."""
    nu = timezone.now()
    maak_berichten(nu)
    _bezorg(nu)


@shared_task(name="berichten.tasks.verwerk_inbox")
def verwerk_inbox() -> None:
    """Collect the mail, then process what is stored."""
    try:
        _haal_op(verbinding(), Aanstelling.objects.systeem())
    except Onbestelbaar as fout:  # what is here already does not wait for it; beat looks again
        log.warning("Post niet opgehaald: %s", fout)
    for _ in range(HOOGSTENS):
        if not inbox.verwerk_volgende(nu=timezone.now()):
            break


def _haal_op(transport: Transport, door: Aanstelling) -> None:
    for post in transport.haal_op(postbussen()):
        with suppress(AlOpgehaald):
            inbox.neem_aan(post=post, door=door, nu=timezone.now())
            transport.bevestig(post)


@shared_task(name="berichten.tasks.volg_verzonden")
def volg_verzonden() -> None:
    """Ask VECOZO what became of the messages that it took and that nobody answered yet."""
    transport = verbinding()
    if isinstance(transport, Wegwijzer) and transport.vecozo:
        vecozo.volg(transport.vecozo, nu=timezone.now())


@shared_task(name="berichten.tasks.stuur_dagoverzicht")
def stuur_dagoverzicht() -> None:
    """Every morning: what waits too long becomes work, and the backoffice gets one mail without personal data."""
    nu = timezone.now()
    herstel.bewaak_antwoorden(door=Aanstelling.objects.systeem(), nu=nu)
    verstuur_dagoverzicht(nu)


@shared_task(
    name="berichten.tasks.stuur_herinneringen", autoretry_for=(OSError, SMTPException), retry_backoff=60, max_retries=5
)
def stuur_herinneringen() -> None:
    """The mails that somebody asked for in the monitor; beat comes back for what a broker or mail server lost."""
    verstuur_herinneringen(timezone.now())


def postbussen() -> Iterator[Postbus]:
    """Where the portal collects: every gemeente that works with it, and the aanbieders for whom it plays."""
    gemeenten = list(Gemeente.objects.filter(heeft_portaal=True).values_list("code", flat=True))
    for agb, eigen_software in Aanbieder.objects.values_list("agb", "eigen_software"):
        for code in gemeenten:
            yield Postbus(code, agb, "gemeente")
            if not eigen_software:
                yield Postbus(code, agb, "aanbieder")


def maak_berichten(nu: datetime) -> None:
    """Everything that the rows say must leave and that no message carries yet."""
    _maak_opdrachten(nu)
    _elk(verzoeken.te_beantwoorden(), lambda paar: verzoeken.beantwoord_een(*paar, nu=nu))
    _elk(declaraties.te_versturen(), lambda pk: declaraties.verstuur_een(pk, nu=nu))
    _elk(declaraties.te_beantwoorden(), lambda pk: declaraties.beantwoord_een(pk, nu=nu))


def _maak_opdrachten(nu: datetime) -> None:
    _elk(opdrachten.te_verzenden(), lambda paar: opdrachten.verzend_paar(*paar, nu=nu))
    door = Aanstelling.objects.systeem()
    _elk(
        opdrachten.buiten_berichten(),
        lambda toewijzing: opdrachten.geef_zonder_bericht(toewijzing=toewijzing, door=door, nu=nu),
    )


def _bezorg(nu: datetime) -> None:
    transport = verbinding()
    for _ in range(HOOGSTENS):
        if not outbox.verzend_volgende(transport, nu=nu):
            break
    if isinstance(transport, Wegwijzer) and transport.ggk:
        while foutmeldingen.verzend_volgende(transport.ggk, nu=nu):
            continue


def _elk(dingen: Iterable[Any], doe: Callable[[Any], Any]) -> None:
    """One that fails does not hold up the rest; it is in the log and comes back at the next sweep."""
    for ding in list(dingen):
        try:
            doe(ding)
        except Exception:
            log.exception("Geen bericht gemaakt voor %s", ding)

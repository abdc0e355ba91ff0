"""The mail to an aanbieder whose answer is late: kinds, numbers and days, nothing about persons (S-120)."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from berichten.actions.opvolgen import adressen
from berichten.kern import TITELS
from berichten.models import Bericht
from berichten.standaard import berichtsoorten
from wmo.weergave import datum

ONDERWERP = "Uw antwoord op berichten van {gemeente} ontbreekt"
TEKST = """{gemeente} wacht op uw antwoord op:

{regels}

Stuur het antwoord uit uw eigen software, of kijk in het Wmo-portaal onder Berichten. Is het antwoord al weg? Bel dan de
gemeente{telefoon}: het is niet aangekomen.
"""


def verstuur_herinneringen(nu: datetime) -> int:
    """One mail per gemeente and aanbieder with all that was asked for; the number of mails. Killed between mail and
    commit, the same mail goes twice."""
    verstuurd = 0
    while _verstuur_volgende(nu):
        verstuurd += 1
    return verstuurd


@transaction.atomic
def _verstuur_volgende(nu: datetime) -> bool:
    rijen = Bericht.objects.te_herinneren().select_for_update(skip_locked=True, of=("self",)).order_by("id")
    eerste = rijen.select_related("gemeente", "aanbieder").first()
    if eerste is None:
        return False
    assert eerste.aanbieder is not None
    samen = list(rijen.filter(gemeente=eerste.gemeente, aanbieder=eerste.aanbieder))
    wacht = [rij for rij in samen if rij.status == Bericht.Status.VERZONDEN]  # an answer may have come since
    if wacht:
        _mail(eerste, wacht)
    Bericht.objects.filter(pk__in=[rij.pk for rij in samen]).update(herinnering_weg_op=nu)
    return True


def _mail(eerste: Bericht, berichten: list[Bericht]) -> None:
    assert eerste.gemeente is not None
    assert eerste.aanbieder is not None
    gemeente = eerste.gemeente
    tekst = TEKST.format(
        gemeente=gemeente.weergavenaam,
        regels="\n".join(map(_regel, berichten)),
        telefoon=f" ({gemeente.telefoon})" if gemeente.telefoon else "",
    )
    onderwerp = ONDERWERP.format(gemeente=gemeente.weergavenaam)
    send_mail(onderwerp, tekst, settings.DEFAULT_FROM_EMAIL, adressen(eerste.aanbieder))


def _regel(bericht: Bericht) -> str:
    return (
        f"- {TITELS[bericht.soort]} ({bericht.soort}), kenmerk {bericht.identificatie}, verstuurd op "
        f"{datum(bericht.verzonden_op)}: de {berichtsoorten[bericht.soort].antwoord} moest er zijn op "
        f"{datum(bericht.antwoord_uiterlijk)}"
    )

"""One mail per aanbieder and spoedtraject: that there is spoed, where, until when; nothing about a person (R-120)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from wachtlijst.models import Spoedantwoord, Spoedtraject
from wmo.weergave import tijdstip

TEKST = """Er is spoed in {gemeente}: {code}.

Kan uw organisatie binnen 7 dagen hulp leveren? Antwoord voor {uiterlijk}.
Kijk in het Wmo-portaal onder Spoed.
"""


def verstuur(nu: datetime) -> int:
    """Everybody that was asked and not mailed yet; how many. Each row is taken by one worker only."""
    verstuurd = 0
    while True:
        with transaction.atomic():
            antwoord = (
                Spoedantwoord.objects.select_for_update(of=("self",), skip_locked=True)
                .filter(gemaild_op=None, antwoord="", traject__status=Spoedtraject.Status.UITGEVRAAGD)
                .exclude(aanbieder__email="")
                .select_related("traject__gemeente", "aanbieder")
                .first()
            )
            if antwoord is None:
                return verstuurd
            # marked first, in the same transaction: a mail that fails is tried again, none goes twice on purpose
            Spoedantwoord.objects.filter(pk=antwoord.pk).update(gemaild_op=nu)
            traject = antwoord.traject
            tekst = TEKST.format(
                gemeente=traject.gemeente, code=traject.code, uiterlijk=tijdstip(traject.antwoord_uiterlijk)
            )
            onderwerp = f"Spoed in {traject.gemeente}: antwoord binnen 24 uur"
            send_mail(onderwerp, tekst, settings.DEFAULT_FROM_EMAIL, [antwoord.aanbieder.email])
            verstuurd += 1

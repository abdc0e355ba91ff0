"""What every act on a spoedtraject shares: the open task of the gemeente and the trace it leaves."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from wachtlijst.models import Spoedtraject
from wmo.actions import logboek, taken
from wmo.actions.kader import binnen_actie
from wmo.models import Aanstelling, Client, Taak, Zaak


def sleutel(traject: Spoedtraject) -> str:
    return f"spoed:{traject.code}"


def zet_taak(traject: Spoedtraject, titel: str, uiterlijk: date, nu: datetime) -> None:
    """One open task per traject: a next step takes the place of the one before."""
    taken.zet_klaar(
        sleutel=sleutel(traject),
        soort=Taak.Soort.SPOED,
        titel=titel,
        gemeente=traject.gemeente,
        zaak=Zaak(pk=traject.zaak_id),
        uiterlijk=uiterlijk,
        pad=reverse("wachtlijst:spoedtraject", args=[traject.code]),
        nu=nu,
    )


@binnen_actie
def noteer(traject: Spoedtraject, handeling: str, tekst: str, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    """By key only: an act of an aanbieder never reads the person (R-120)."""
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"spoed.{handeling}",
        over=traject,
        zaak=Zaak(pk=traject.zaak_id),
        client=Client(pk=traject.client_id),
        gemeente=traject.gemeente,
        tekst=tekst,
        reden=reden,
    )

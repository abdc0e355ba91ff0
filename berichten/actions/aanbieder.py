"""What an aanbieder without software of its own reports in the portal: the portal plays its side of the messages.

The screen makes a 305 or 307 that travels the same road as everybody's; its effect comes when the gemeente processes
it. For people without message traffic (R-017, R-304) the same act works at once. Requests are made in `vragen`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from berichten.actions.schrijven import Weg, schrijf
from berichten.models import Bericht
from berichten.translate.leveren import naar_305, naar_307
from wmo.actions import leveringen, logboek, pauzes
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Client, Pauze, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import levering as regels
from wmo.rules.gemeenteregels import TIJDELIJKE_STOP, Aanleiding

ONDERWEG = (Bericht.Status.KLAAR, Bericht.Status.VERZONDEN)


def kan_melden(toewijzing: Toewijzing) -> bool:
    """Whether this is reported on the screen: software of its own sends messages, but not about such a client."""
    return not toewijzing.aanbieder.eigen_software or zonder_berichten(toewijzing.client)


def zonder_berichten(client: Client) -> bool:
    """Nobody sends messages about this person: what is reported counts at once."""
    return client.geen_berichtenverkeer or not client.bsn


@actie(Recht.LEVERING_MELDEN)
def meld_start(*, toewijzing: Toewijzing, begindatum: date, door: Aanstelling, nu: datetime) -> Bericht | None:
    """Report that care began. None when no message was needed."""
    _eis_voorbij(begindatum, nu, "Meld de start als de hulp echt is begonnen.")
    _eis_niet_onderweg(toewijzing, "305")
    _eis(regels.verwerk_start(_verloop(toewijzing), regels.Start(begindatum)))
    if zonder_berichten(toewijzing.client):
        leveringen.meld_start(toewijzing=toewijzing, begindatum=begindatum, door=door, nu=nu)
        return None
    return _meld("305", toewijzing, lambda kop: naar_305(kop, toewijzing, begindatum), door, nu)


@actie(Recht.LEVERING_MELDEN)
def meld_stop(
    *, toewijzing: Toewijzing, einddatum: date, reden: str, door: Aanstelling, nu: datetime
) -> Bericht | None:
    """Report that care ended; `reden` of WMO588, 20 is temporary."""
    _eis_voorbij(einddatum, nu, "Meld de stop als de hulp echt is gestopt.")
    _eis_niet_onderweg(toewijzing, "307")
    verloop = _verloop(toewijzing)
    start = verloop.lopende_start
    if start is None:
        raise Geweigerd(leveringen.ZINNEN["9069"], reden="9069")
    _eis(regels.verwerk_stop(verloop, regels.Stop(start.begindatum, einddatum, reden)))
    if zonder_berichten(toewijzing.client):
        leveringen.meld_stop(
            toewijzing=toewijzing, begindatum=start.begindatum, einddatum=einddatum, reden=reden, door=door, nu=nu
        )
        return None
    return _meld("307", toewijzing, lambda kop: naar_307(kop, toewijzing, start.begindatum, einddatum, reden), door, nu)


@actie(Recht.LEVERING_MELDEN)
def meld_pauze(
    *,
    toewijzing: Toewijzing,
    vanaf: date,
    verwacht_tot: date | None,
    aanleiding: Aanleiding,
    reden: str,
    door: Aanstelling,
    nu: datetime,
) -> Pauze:
    """Record the pause; where this gemeente wants a 307 with reason 20, make it (R-137, R-231)."""
    gevolgen = pauzes.gevolgen(toewijzing, vanaf=vanaf, aanleiding=aanleiding)
    if any(bericht.code == "307" for bericht in gevolgen.bij_pauze):
        meld_stop(toewijzing=toewijzing, einddatum=vanaf, reden=TIJDELIJKE_STOP, door=door, nu=nu)
    return pauzes.begin(
        toewijzing=toewijzing,
        vanaf=vanaf,
        verwacht_tot=verwacht_tot,
        aanleiding=aanleiding,
        reden=reden,
        door=door,
        nu=nu,
    )


@actie(Recht.LEVERING_MELDEN)
def hervat(*, pauze: Pauze, hervat_op: date, door: Aanstelling, nu: datetime) -> None:
    """Care resumes: a new 305 where the pause was a temporary stop, else only the record (R-232)."""
    toewijzing = pauze.toewijzing
    verloop = _verloop(toewijzing)
    pauzes.hervat(pauze=pauze, hervat_op=hervat_op, door=door, nu=nu)
    if verloop.toestand is regels.Toestand.TIJDELIJK_GESTOPT:
        meld_start(toewijzing=toewijzing, begindatum=hervat_op, door=door, nu=nu)


def _verloop(toewijzing: Toewijzing) -> regels.Leveringsverloop:
    return leveringen.verloop(toewijzing.levering)


def _eis(verwerking: regels.Verwerking) -> None:
    if verwerking.code:
        raise Geweigerd(leveringen.ZINNEN[verwerking.code], reden=verwerking.code)


def _eis_voorbij(dag: date, nu: datetime, zin: str) -> None:
    """OP288: a start or stop is reported after it happened."""
    if dag > vandaag(nu):
        raise Geweigerd(f"Deze datum ligt in de toekomst. {zin}", reden="TOEKOMST")


def _eis_niet_onderweg(toewijzing: Toewijzing, soort: str) -> None:
    onderweg = toewijzing.berichten.filter(kant=Bericht.Kant.AANBIEDER, soort=soort, status__in=ONDERWEG)
    if onderweg.exists():
        raise Geweigerd(
            f"Er is al een bericht {soort} onderweg. Wacht op het antwoord van de gemeente.", reden="ONDERWEG"
        )


def _meld(soort: str, toewijzing: Toewijzing, maak: Callable[[Any], Any], door: Aanstelling, nu: datetime) -> Bericht:
    return verstuur(
        soort,
        Weg(Bericht.Kant.AANBIEDER, toewijzing.gemeente, toewijzing.aanbieder),
        maak,
        waarover=f"opdracht {toewijzing.toewijzingnummer}",
        door=door,
        nu=nu,
        client=toewijzing.client,
        toewijzingen=[toewijzing],
    )


@actie(Recht.LEVERING_MELDEN)
def verstuur(
    soort: str, weg: Weg, maak: Callable[[Any], Any], *, waarover: str, door: Aanstelling, nu: datetime, **velden: Any
) -> Bericht:
    """Lay a message of this aanbieder ready, with its line in the logboek. Geweigerd (NIET_GEMAAKT) when the standard
    would refuse it."""
    rij = schrijf(soort, weg, maak, nu=nu, **velden)
    if rij.status == Bericht.Status.MISLUKT:
        raise Geweigerd(rij.laatste_fout, reden="NIET_GEMAAKT")
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"aanbieder.verstuur_{soort}",
        over=rij,
        client=rij.client,
        gemeente=weg.gemeente,
        tekst=f"Bericht {soort} gemaakt voor {waarover}",
    )
    return rij

"""Changing municipal policy: one proposes, another lays down, old values stay for replay (R-230)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Gemeente, Gemeenteregel, Regelsleutel, Regelvoorstel
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules.regelwaarden import in_woorden


@actie(Recht.GEMEENTEREGELS_WIJZIGEN)
def stel_voor(
    *,
    gemeente: Gemeente,
    sleutel: str,
    waarde: Any,
    ingangsdatum: date,
    bron: str,
    toelichting: str,
    door: Aanstelling,
    nu: datetime,
) -> Regelvoorstel:
    """A new value for one's own gemeente. A date in the past needs a reason: cases were decided under the old value."""
    if gemeente.pk != door.gemeente_id:
        raise Geweigerd("U stelt regels voor van uw eigen gemeente.", reden="GEMEENTE")
    if ingangsdatum < vandaag(nu) and not toelichting:
        zin = "De ingangsdatum ligt in het verleden. Kies vandaag of later, of leg uit waarom terugwerken nodig is."
        raise Geweigerd(zin, reden="VERLEDEN")
    if Gemeenteregel.objects.waarde(gemeente, sleutel, op=ingangsdatum) == waarde:
        raise Geweigerd("Deze waarde geldt dan al. Er verandert niets.", reden="GELIJK")
    if Gemeenteregel.objects.filter(gemeente=gemeente, sleutel=sleutel, ingangsdatum=ingangsdatum).exists():
        raise Geweigerd("Op deze dag begint al een waarde. Kies een andere ingangsdatum.", reden="BEZET")
    try:
        with transaction.atomic():
            voorstel = Regelvoorstel.objects.create(
                gemeente=gemeente, sleutel=sleutel, waarde=waarde, ingangsdatum=ingangsdatum, bron=bron,
                toelichting=toelichting, voorgesteld_door=door, voorgesteld_op=nu,
            )  # fmt: skip
    except IntegrityError as fout:
        raise Geweigerd("Er wacht al een voorstel voor deze regel. Laat dat eerst beoordelen.", reden="OPEN") from fout
    _noteer(voorstel, "stel_voor", "voorgesteld", door, nu)
    return voorstel


@actie(Recht.GEMEENTEREGELS_VASTSTELLEN)
def stel_vast(*, voorstel: Regelvoorstel, door: Aanstelling, nu: datetime) -> Gemeenteregel:
    """The proposal becomes a rule, by another person than who proposed it."""
    _weiger_eigen(voorstel, door)
    voorstel.zet_status(Regelvoorstel.Status.VASTGESTELD, besloten_door=door, besloten_op=nu)
    regel, nieuw = Gemeenteregel.objects.get_or_create(
        gemeente=voorstel.gemeente,
        sleutel=voorstel.sleutel,
        ingangsdatum=voorstel.ingangsdatum,
        defaults={"waarde": voorstel.waarde, "bron": voorstel.bron},
    )
    if not nieuw:
        raise Geweigerd("Op deze dag begint al een waarde. Wijs het voorstel af.", reden="BEZET")
    _noteer(voorstel, "stel_vast", "vastgesteld", door, nu)
    return regel


@actie(Recht.GEMEENTEREGELS_VASTSTELLEN)
def wijs_af(*, voorstel: Regelvoorstel, reden: str, door: Aanstelling, nu: datetime) -> None:
    _weiger_eigen(voorstel, door)
    if not reden:
        raise Geweigerd("Schrijf op waarom u het voorstel afwijst.", reden="REDEN")
    voorstel.zet_status(Regelvoorstel.Status.AFGEWEZEN, besloten_door=door, besloten_op=nu, reden=reden)
    _noteer(voorstel, "wijs_af", "afgewezen", door, nu, reden)


def _weiger_eigen(voorstel: Regelvoorstel, door: Aanstelling) -> None:
    """Four eyes are two persons, not two hats of one person."""
    if voorstel.voorgesteld_door.gebruiker_id == door.gebruiker_id:
        raise Geweigerd("U hebt dit voorgesteld. Een collega moet het vaststellen.", reden="VIER_OGEN")


def _noteer(voorstel: Regelvoorstel, wat: str, woord: str, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    noteer(
        door=door,
        nu=nu,
        handeling=f"gemeenteregels.{wat}",
        over=voorstel,
        tekst=f"Regel {woord}: {Regelsleutel(voorstel.sleutel).label} wordt {in_woorden(voorstel.waarde)} "
        f"vanaf {voorstel.ingangsdatum:%d-%m-%Y}",
        reden=reden,
        gemeente=voorstel.gemeente,
        details={"sleutel": voorstel.sleutel, "wordt": voorstel.waarde, "bron": voorstel.bron},
    )

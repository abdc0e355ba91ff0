"""A stop of new clients: asked by the aanbieder, allowed by the gemeente in writing (R-162)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Clientenstop, Gemeente, Perceel
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import clientenstop as regels

Status = Clientenstop.Status


@actie(Recht.CLIENTENSTOP_AANVRAGEN)
def vraag_aan(
    *,
    gemeenten: Iterable[Gemeente],
    ingangsdatum: date,
    einddatum: date,
    reden: str,
    overleg_op: date,
    overleg_met: str,
    door: Aanstelling,
    nu: datetime,
) -> list[Clientenstop]:
    """One request per gemeente, all or none. Raises Geweigerd: TERMIJN, BUITEN_PERCEEL, LOOPT_AL."""
    op = vandaag(nu)
    if zin := regels.weiger_aanvraag(ingangsdatum=ingangsdatum, einddatum=einddatum, overleg_op=overleg_op, op=op):
        raise Geweigerd(zin, reden="TERMIJN")
    aanbieder = door.eigen_aanbieder
    stops = []
    for gemeente in gemeenten:
        if not Perceel.objects.op(op).filter(aanbieder=aanbieder, gemeente=gemeente).exists():
            raise Geweigerd(f"U hebt geen contract in {gemeente}.", reden="BUITEN_PERCEEL")
        stop = Clientenstop(
            aanbieder=aanbieder, gemeente=gemeente, ingangsdatum=ingangsdatum, einddatum=einddatum, reden=reden,
            overleg_op=overleg_op, overleg_met=overleg_met, aangevraagd_op=nu, aangevraagd_door=door,
        )  # fmt: skip
        stops.append(_bewaar(stop))
        _noteer(stop, "vraag_aan", f"{aanbieder} vraagt een cliëntenstop in {gemeente}", door, nu)
    return stops


def _bewaar(stop: Clientenstop) -> Clientenstop:
    try:
        with transaction.atomic():
            stop.save(force_insert=True)
    except IntegrityError as fout:
        zin = f"In {stop.gemeente} loopt in deze periode al een aanvraag of een cliëntenstop."
        raise Geweigerd(zin, reden="LOOPT_AL") from fout
    return stop


@actie(Recht.CLIENTENSTOP_BESLISSEN)
def beslis(*, stop: Clientenstop, toestaan: bool, besluit: str, door: Aanstelling, nu: datetime) -> None:
    """The written answer of the gemeente. Without it there is no stop, and help in a crisis is never refused."""
    if stop.gemeente_id != door.gemeente_id:
        raise Geweigerd("U beslist over cliëntenstops in uw eigen gemeente.", reden="GEMEENTE")
    status = Status.TOEGESTAAN if toestaan else Status.AFGEWEZEN
    stop.zet_status(status, besluit=besluit, besloten_op=nu, besloten_door=door)
    wat = "staat een cliëntenstop toe van" if toestaan else "staat geen cliëntenstop toe van"
    _noteer(stop, "beslis", f"{stop.gemeente} {wat} {stop.aanbieder}", door, nu)


@actie(Recht.CLIENTENSTOP_AANVRAGEN)
def trek_in(*, stop: Clientenstop, door: Aanstelling, nu: datetime) -> None:
    """The aanbieder takes new clients again, or no longer asks."""
    stop.zet_status(Status.INGETROKKEN)
    _noteer(stop, "trek_in", f"{stop.aanbieder} trekt de cliëntenstop in {stop.gemeente} in", door, nu)


def _noteer(stop: Clientenstop, handeling: str, tekst: str, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door, nu=nu, handeling=f"clientenstops.{handeling}", over=stop, gemeente=stop.gemeente, tekst=tekst
    )

"""Starting and resuming long work. The row comes first; Celery is only woken up (ADR 0012)."""

from datetime import datetime
from typing import Any

from celery import current_app
from django.db import transaction

from wmo.models import Aanstelling, Achtergrondtaak


def zet_klaar(
    *, soort: str, titel: str, sleutel: str, starter: Aanstelling, nu: datetime, pad: str = "", **invoer: Any
) -> Achtergrondtaak:
    """The row of a long task and, after commit, the call of Celery task `soort` with the id of that row.

    Used inside an action, which writes the line in the logboek. With the same `sleutel` the task that is still open
    is given back: pressing a button twice starts one.
    """
    taak, nieuw = Achtergrondtaak.objects.open().get_or_create(
        sleutel=sleutel,
        defaults={
            "soort": soort, "titel": titel, "gestart_door": starter, "gestart_op": nu, "bijgewerkt_op": nu,
            "pad": pad, "invoer": invoer,
        },
    )  # fmt: skip
    if nieuw:
        wek(taak)
    return taak


def wek(taak: Achtergrondtaak) -> None:
    """Send the id to the worker once the row is there for it to read."""
    transaction.on_commit(
        lambda: current_app.send_task(taak.soort, kwargs={"taak_id": taak.pk}, ignore_result=True), robust=True
    )


def hervat_stilgevallen(*, nu: datetime) -> int:
    """Wake what fell silent: worker killed, broker emptied. Tasks may run twice, so one wake-up too many is no harm."""
    taken = list(Achtergrondtaak.objects.stilgevallen(nu))
    for taak in taken:
        Achtergrondtaak.objects.filter(pk=taak.pk).update(bijgewerkt_op=nu)
        wek(taak)
    return len(taken)

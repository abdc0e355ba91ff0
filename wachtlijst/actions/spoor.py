"""What every act on the list shares: the lock of the list, and the trace it leaves."""

from datetime import datetime

from django.db import connection

from wachtlijst.models import Plek, Plekgebeurtenis
from wmo.actions import logboek
from wmo.actions.kader import binnen_actie
from wmo.models import Aanbieder, Aanstelling, Client, Zaak

SLOT = 0x3A11  # class of our advisory locks for lists; the second number is the gemeente
SLUIT = "SELECT pg_advisory_xact_lock(%s, %s)"
EERSTE = """
SELECT id, code FROM wachtlijst_plek WHERE gemeente_id = %s AND product_id = ANY(%s) AND status = 'open'
 ORDER BY spoed DESC, geplaatst_op, id LIMIT 1
"""


def vergrendel_lijst(gemeente_id: int) -> None:
    """Everything that changes who is next waits here, one list at a time, until commit.

    A lock on the head row alone is not enough: after waiting, PostgreSQL checks that row again but not the order, so a
    label that changes meanwhile could let a later place go first. With one lock per list nothing can deadlock either.
    """
    with connection.cursor() as cursor:
        cursor.execute(SLUIT, [SLOT, gemeente_id])


def vergrendel_en_kijk(gemeente_id: int, producten: frozenset[int]) -> tuple[int, str] | None:
    """Lock the list, then read whose turn it is among these products: (id, code), None for an empty list.

    Two statements in one round trip; each has its own snapshot, so the second sees what the lock waited for.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock(%s, %s); {EERSTE}", [SLOT, gemeente_id, gemeente_id, [*producten]]
        )
        cursor.nextset()
        return cursor.fetchone()


@binnen_actie
def leg_vast(
    plek: Plek,
    soort: Plekgebeurtenis.Soort,
    tekst: str,
    *,
    door: Aanstelling,
    nu: datetime,
    aanbieder: Aanbieder | None = None,
    reden: str = "",
) -> Plekgebeurtenis:
    """One event with how the place stands now, and one line in the logboek of the case."""
    gebeurtenis = Plekgebeurtenis.objects.create(
        plek=plek,
        gemeente=plek.gemeente,
        soort=soort,
        moment=nu,
        door=door,
        aanbieder=aanbieder,
        reden=reden,
        status=plek.status,
        spoed=plek.spoed,
        geplaatst_op=plek.geplaatst_op,
    )
    noteer(plek, f"wachtlijst.{soort}", tekst, door=door, nu=nu, reden=reden)
    return gebeurtenis


@binnen_actie
def noteer(plek: Plek, handeling: str, tekst: str, *, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    """The line names case and client by key only: an act of an aanbieder never reads the person (R-120)."""
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=handeling,
        over=plek,
        zaak=Zaak(pk=plek.zaak_id),
        client=Client(pk=plek.client_id),
        gemeente=plek.gemeente,
        tekst=tekst,
        reden=reden,
    )

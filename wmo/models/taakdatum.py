"""The first day on which an open task of a case is due, kept on the case: the werkvoorraad sorts on it (ADR 0011)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

EERSTE = "(SELECT min(uiterlijk) FROM wmo_taak WHERE zaak_id = v.id AND afgerond_op IS NULL AND aanbieder_id IS NULL)"

# Never waits for a case that somebody else holds, so that no two actions can wait for each other: `herstel` comes by
ZET = """
UPDATE wmo_zaak z SET taak_uiterlijk = n.eerste
FROM (SELECT v.id, {eerste} AS eerste FROM wmo_zaak v WHERE {welke} FOR NO KEY UPDATE OF v SKIP LOCKED) n
WHERE z.id = n.id AND z.taak_uiterlijk IS DISTINCT FROM n.eerste
"""


def werk_bij(zaken: Iterable[int]) -> None:
    """After tasks of these cases changed. One query, and none without a case."""
    nummers = list(zaken)
    if nummers:
        with connection.cursor() as cursor:
            cursor.execute(ZET.format(eerste=EERSTE, welke="v.id = ANY(%s)"), [nummers])


def herstel() -> int:
    """Mend open cases that were held by somebody else when a task changed; how many were."""
    welke = f"v.afgesloten_op IS NULL AND v.taak_uiterlijk IS DISTINCT FROM {EERSTE}"
    with connection.cursor() as cursor:
        cursor.execute(ZET.format(eerste=EERSTE, welke=welke))
        return cursor.rowcount

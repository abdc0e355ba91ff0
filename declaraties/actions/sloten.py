"""Advisory locks: one at a time per provider and gemeente, or per contract; gone with the transaction."""

from django.db import connection


def vergrendel(soort: str, *sleutels: int) -> None:
    """Wait for and take the lock named by `soort` and `sleutels` until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [":".join([soort, *map(str, sleutels)])]
        )


def vergrendel_geld(aanbieder_id: int, *gemeente_ids: int) -> None:
    """Whoever reads and then writes lines of a provider at a gemeente. Sorted: no two can wait in a ring."""
    for gemeente_id in sorted(set(gemeente_ids)):
        vergrendel("declaraties", aanbieder_id, gemeente_id)

"""Gapless numbers per series, safe under concurrency: the row lock makes the next one wait until commit."""

from django.db import connection

_VOLGENDE = """
INSERT INTO wmo_nummerreeks (sleutel, laatste) VALUES (%s, %s)
ON CONFLICT (sleutel) DO UPDATE SET laatste = wmo_nummerreeks.laatste + 1
RETURNING laatste
"""


def volgende(reeks: str, *, vanaf: int = 1) -> int:
    """The next number of `reeks`, e.g. "zaak:2026". A rolled back transaction gives it back: no gaps, no doubles."""
    with connection.cursor() as cursor:
        cursor.execute(_VOLGENDE, [reeks, vanaf])
        return cursor.fetchone()[0]

"""A stale form may not overwrite: one conditional UPDATE that must hit exactly one row."""

from hashlib import sha256
from typing import Any

from django.db.models import F, Model

from wmo.actions.kader import IntussenGewijzigd


def wijzig(rij: Model, *, versie: int | None, **velden: Any) -> None:
    """Set `velden` and count the version up; IntussenGewijzigd when `versie` is no longer the one in the database.

    None means "whatever it is now": for a button that carries no text of a person.
    """
    rijen = type(rij)._base_manager.filter(pk=rij.pk)
    if versie is not None:
        rijen = rijen.filter(versie=versie)
    if rijen.update(versie=F("versie") + 1, **velden) != 1:
        raise IntussenGewijzigd
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.refresh_from_db(fields=["versie"])


def afdruk(*delen: str) -> str:
    """A short fingerprint of what a form started with, for rows that keep no version; line ends do not count."""
    return sha256("|".join(delen).replace("\r\n", "\n").encode()).hexdigest()[:16]

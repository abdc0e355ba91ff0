"""Two people on one page: who saves last must have read what the other wrote."""

from typing import Protocol, cast

from django.db import models
from django.db.models import F

from wmo.actions.kader import IntussenGewijzigd


class Bewerkbaar(Protocol):
    bewerkt: int


def neem_beurt(rij: models.Model, *, bewerkt: int | None) -> None:
    """Raise the counter of `rij` if it still is `bewerkt`, the value the form was made with.

    None means that no form was shown (a seed, an import): then nobody can be overwritten unread. Raises
    IntussenGewijzigd; the row lock of the UPDATE holds until the action commits.
    """
    rijen = type(rij)._base_manager.filter(pk=rij.pk)
    if bewerkt is not None:
        rijen = rijen.filter(bewerkt=bewerkt)
    if rijen.update(bewerkt=F("bewerkt") + 1) != 1:
        raise IntussenGewijzigd
    cast(Bewerkbaar, rij).bewerkt += 1

"""Two people on one page: who saves last must have read what the other wrote, and who presses second waits."""

from typing import Protocol, cast

from django.db import models
from django.db.models import F

from wmo.actions.kader import IntussenGewijzigd


class Bewerkbaar(Protocol):
    bewerkt: int


def houd_vast(rij: models.Model, *velden: str) -> None:
    """Lock `rij` until the action commits and read `velden` again: judge what stands now, not what a page was made of.

    Rows that point at it may still be added (NO KEY), so that a line in the logboek waits for nobody.
    """
    rij.refresh_from_db(fields=velden, from_queryset=type(rij)._base_manager.select_for_update(no_key=True))


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

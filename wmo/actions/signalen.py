"""What a person has seen: of the desk, not of the domain, so no right and no line in the logboek."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from wmo.models import Aanstelling, GezienSignaal

BEWAAR = timedelta(days=180)


def markeer_gezien(*, van: Aanstelling, sleutels: Iterable[str], nu: datetime) -> None:
    """Seen twice is seen once."""
    rijen = [GezienSignaal(aanstelling=van, sleutel=sleutel, gezien_op=nu) for sleutel in sleutels]
    GezienSignaal.objects.bulk_create(rijen, ignore_conflicts=True)


def ruim_op(*, nu: datetime) -> int:
    """Forget what was seen half a year ago; a signal that still stands shows again."""
    return GezienSignaal.objects.filter(gezien_op__lt=nu - BEWAAR).delete()[0]

"""What happens in wmo by the clock or in the background: ids in, one action called, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from wmo.actions import zegels


@shared_task
def verzegel_logboek() -> int:
    """Seal every committed line of the logboek; returns how many."""
    return zegels.verzegel_alles(nu=timezone.now())

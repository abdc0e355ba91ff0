"""Tasks that only tests know; a worker takes them with --include."""

import time

from celery import shared_task
from django.core.cache import cache

LANG = 60  # seconds: longer than any test waits


@shared_task(name="tests.platform.eerste_keer_traag")
def eerste_keer_traag(sleutel: str) -> int:
    """Count the calls; the first one hangs, as a worker does that is about to be killed."""
    cache.add(sleutel, 0)
    keer = cache.incr(sleutel)
    if keer == 1:
        time.sleep(LANG)
    return keer

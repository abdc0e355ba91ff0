"""Is the portal healthy? One public page that says only ok or niet ok; the reasons go to the log."""

import logging
import time

from celery import shared_task
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

SLEUTEL = "hartslag"
MAX_STILTE = 180  # seconds: beat ticks every minute, so three missed beats


@shared_task(name="config.health.hartslag", ignore_result=True)
def hartslag() -> None:
    """Run by the worker every minute: proves that beat, broker and worker are alive together."""
    cache.set(SLEUTEL, time.time(), timeout=None)


def gebreken() -> list[str]:
    """What is wrong now: database, broker, worker. Empty is healthy."""
    gevonden = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception as fout:  # noqa: BLE001 - whatever the driver raises, the answer is the same
        gevonden.append(f"database: {fout}")
    try:
        stilte = time.time() - float(cache.get(SLEUTEL) or 0)
    except Exception as fout:  # noqa: BLE001
        return [*gevonden, f"broker: {fout}"]
    if stilte > MAX_STILTE:
        gevonden.append(f"worker: geen hartslag in {MAX_STILTE} seconden")
    return gevonden


@login_not_required
@never_cache
def gezondheid(request: HttpRequest) -> HttpResponse:
    """GET /gezondheid/: 200 `ok` or 503 `niet ok`. Outsiders learn nothing more."""
    gevonden = gebreken()
    for gebrek in gevonden:
        logger.error("Gezondheid: %s", gebrek)
    return HttpResponse("niet ok" if gevonden else "ok", status=503 if gevonden else 200, content_type="text/plain")

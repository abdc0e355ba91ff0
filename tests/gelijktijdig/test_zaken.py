"""Two colleagues close one case at the same moment: one does, the other reads that somebody was first."""

import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.factories import ZaakFactory, aanstelling
from wmo.models import Aanstelling, Logregel, Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def wachten_op_een_slot() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction keeps its first look otherwise
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


def houd_de_zaak_vast(zaak: Zaak, vast: threading.Event) -> None:
    """Until both others have read the case and wait to write it."""
    with transaction.atomic():
        Zaak.objects.select_for_update().get(pk=zaak.pk)
        vast.set()
        uiterlijk = time.monotonic() + 20
        while wachten_op_een_slot() < 2:
            assert time.monotonic() < uiterlijk
            time.sleep(0.05)


def trek_in(zaak: Zaak, wie: Aanstelling, vast: threading.Event) -> Any:
    bezoeker = Client()
    bezoeker.force_login(wie.gebruiker)
    vast.wait(20)
    return bezoeker.post(f"/zaken/{zaak.zaaknummer}/intrekken/", {"reden": "Dochter neemt het over."})


def test_wie_tweede_is_leest_dat_iemand_eerder_was(tegelijk):
    zaak, vast = ZaakFactory(status="onderzoek"), threading.Event()
    collegas = [aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente) for _ in range(2)]
    slot, *antwoorden = tegelijk([
        lambda: houd_de_zaak_vast(zaak, vast), *(lambda wie=wie: trek_in(zaak, wie, vast) for wie in collegas)
    ])  # fmt: skip
    assert slot is None, antwoorden
    gelukt, te_laat = sorted(antwoorden, key=lambda antwoord: antwoord.status_code)
    assert (gelukt.status_code, te_laat.status_code) == (302, 409)
    assert "Iemand anders was eerder." in te_laat.text
    assert Logregel.objects.filter(zaak=zaak, handeling="zaken.trek_in").count() == 1

"""Workers side by side: each message is taken once, by one of them."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from typing import IO

import pytest
from django.db import connection

from berichten.actions import inbox
from berichten.models import Bericht
from berichten.transport import Postbus
from tests.factories import AanbiederFactory, GemeenteFactory, moment
from wmo.models import Aanstelling

pytestmark = pytest.mark.django_db(transaction=True)
BERICHTEN, WERKERS = 60, 4


@dataclass(frozen=True)
class Onleesbaar:
    """A message that is set apart at once: what counts here is who takes it."""

    postbus: Postbus
    inhoud: bytes
    referentienummer: str = ""

    @property
    def grootte(self) -> int:
        return len(self.inhoud)

    def open(self) -> IO[bytes]:
        return BytesIO(self.inhoud)


def werker(_: int) -> int:
    aantal = 0
    try:
        while inbox.verwerk_volgende(nu=moment()):
            aantal += 1
    finally:
        connection.close()
    return aantal


def test_elk_bericht_wordt_een_keer_opgepakt():
    """A try too many counts towards the bound behind which a message is set apart."""
    bus = Postbus(GemeenteFactory().code, AanbiederFactory().agb, "gemeente")
    for nummer in range(BERICHTEN):
        post = Onleesbaar(bus, f"<niet af {nummer}".encode())
        inbox.neem_aan(post=post, door=Aanstelling.objects.systeem(), nu=moment())
    with ThreadPoolExecutor(WERKERS) as pool:
        verwerkt = list(pool.map(werker, range(WERKERS)))
    assert sum(verwerkt) == BERICHTEN
    assert Counter(Bericht.objects.values_list("status", "pogingen")) == {("geparkeerd", 1): BERICHTEN}

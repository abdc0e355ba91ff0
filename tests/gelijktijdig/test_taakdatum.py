"""A task changes while somebody else holds its case: nobody waits, and the day on the case is mended later."""

import threading

import pytest
from django.db import transaction

from tests.factories import VANDAAG, ZaakFactory, moment
from wmo.actions import taken
from wmo.models import Zaak
from wmo.tasks import herstel_taakdatums

pytestmark = pytest.mark.django_db(transaction=True)


def houd_vast(zaak: Zaak, vast: threading.Event, klaar: threading.Event) -> None:
    with transaction.atomic():
        Zaak.objects.select_for_update(no_key=True).get(pk=zaak.pk)
        vast.set()
        assert klaar.wait(20), "de taak wachtte op de zaak"


def zet_taak(zaak: Zaak, vast: threading.Event, klaar: threading.Event) -> None:
    vast.wait(20)
    taken.zet_klaar(
        sleutel="t:1", soort="evaluatie", titel="Evaluatie", gemeente=zaak.gemeente, nu=moment(), zaak=zaak,
        uiterlijk=VANDAAG,
    )  # fmt: skip
    klaar.set()


def test_een_taak_wacht_niet_op_de_zaak(tegelijk):
    zaak, vast, klaar = ZaakFactory(), threading.Event(), threading.Event()
    assert tegelijk([lambda: houd_vast(zaak, vast, klaar), lambda: zet_taak(zaak, vast, klaar)]) == [None, None]
    zaak.refresh_from_db()
    assert zaak.taak_uiterlijk is None
    assert herstel_taakdatums() == 1
    zaak.refresh_from_db()
    assert zaak.taak_uiterlijk == VANDAAG
    assert herstel_taakdatums() == 0

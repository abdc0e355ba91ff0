"""The same with a real worker: rows are made, Celery wakes, files travel. What kill -9 does: test_uitval.py."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from berichten.actions import aanbieder
from berichten.models import Bericht
from tests.factories import AanbiederFactory, ToewijzingFactory, VoorzieningFactory, aanstelling
from tests.werker import Werker, wacht_met_berichten
from wmo.models import Levering, Toewijzing
from wmo.permissions import Rol

pytestmark = [pytest.mark.xdist_group("celery"), pytest.mark.django_db(transaction=True)]


@pytest.fixture
def toewijzing() -> Toewijzing:
    """Dated by the real clock: the worker lives now, and a message from the future is refused (TR135)."""
    vandaag = timezone.localdate()
    voorziening = VoorzieningFactory(ingangsdatum=vandaag - timedelta(days=3), einddatum=vandaag + timedelta(days=700))
    aanbieder = AanbiederFactory(eigen_software=False)
    return ToewijzingFactory(status="concept", aanbieder=aanbieder, voorziening=voorziening)


@pytest.fixture
def werker(maak_werker: Callable[..., Werker], tmp_path: Path) -> Werker:
    return maak_werker(BERICHTEN_MAP=str(tmp_path / "berichten"), VISIBILITY_TIMEOUT="3")


def is_verwerkt(soort: str) -> Callable[[], bool]:
    return lambda: Bericht.objects.filter(kant="gemeente", soort=soort, status="goedgekeurd").exists()


def test_301_302_305_306_met_een_echte_werker(toewijzing, werker):
    wacht_met_berichten(is_verwerkt("302"), werker)
    toewijzing.refresh_from_db()
    assert toewijzing.status == Toewijzing.Status.ONTVANGEN
    door = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=toewijzing.ingangsdatum, door=door, nu=timezone.now())
    wacht_met_berichten(
        lambda: Bericht.objects.filter(kant="aanbieder", soort="305", status="goedgekeurd").exists(), werker
    )
    assert Levering.objects.get().status == "gestart"

"""A gemeente and an aanbieder with a real folder between them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from berichten.actions import inbox, outbox
from berichten.tasks import postbussen
from berichten.transport.bestand import Map
from tests.factories import AanbiederFactory, ToewijzingFactory, moment
from wmo.models import Aanstelling, Toewijzing


@pytest.fixture
def map_(settings: Any, tmp_path: Path) -> Map:
    """The folder transport of this test."""
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    return Map(settings.BERICHTEN_MAP)


@pytest.fixture
def toewijzing(db: None) -> Toewijzing:
    """A new opdracht, at an aanbieder for whom the portal plays."""
    return ToewijzingFactory(
        status="concept", opmerking="Bel eerst de dochter.", aanbieder=AanbiederFactory(eigen_software=False)
    )


@pytest.fixture
def loop(map_: Map) -> Callable[..., None]:
    """Send and collect until nothing moves any more, as the tasks do, at a moment of one's own."""

    def _loop(nu: Any = None, rondes: int = 6) -> None:
        nu = nu or moment()
        systeem = Aanstelling.objects.systeem()
        for _ in range(rondes):
            while outbox.verzend_volgende(map_, nu=nu):
                continue
            for post in map_.haal_op(list(postbussen())):
                inbox.neem_aan(post=post, door=systeem, nu=nu)
                map_.bevestig(post)
            while inbox.verwerk_volgende(nu=nu):
                continue

    return _loop

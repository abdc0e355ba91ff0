"""A region with everything but people who asked for help: what the seed makes before its first day."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from wmo.demo import Wereld, fasen
from wmo.models import Aanbieder, Gemeente
from wmo.periodes import vandaag

HOOGSTENS = 2600  # pixels: a long list says no more than its beginning


@pytest.fixture
def wereld(transactional_db: None, settings: Any, tmp_path: Path) -> Wereld:
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    gisteren = vandaag(timezone.now()) - timedelta(days=1)
    wereld = Wereld(rng=random.Random(1), eerste_dag=gisteren, laatste_dag=gisteren, aantal_clienten=0)
    for fase in fasen():
        if fase.richt_in:
            fase.richt_in(wereld)
    return wereld


@pytest.fixture
def woerden(wereld: Wereld) -> Gemeente:
    return Gemeente.objects.get(code="0632")


@pytest.fixture
def zonder_software(wereld: Wereld) -> Aanbieder:
    """An aanbieder for whom the portal makes the messages: its whole work is on the screen."""
    return Aanbieder.objects.get(naam="Huishoudelijk Verzonnen")


@pytest.fixture
def beeld(request: pytest.FixtureRequest) -> Callable[[Any, str], None]:
    """`beeld(page, "melding")` keeps a picture for the manual when `--beelden MAP` was given (docs/handleiding)."""
    map_ = request.config.getoption("--beelden")

    def maak(page: Any, naam: str) -> None:
        if map_:
            hoogte = min(HOOGSTENS, page.evaluate("document.documentElement.scrollHeight"))
            vak = {"x": 0, "y": 0, "width": 1366, "height": hoogte}
            page.screenshot(path=f"{map_}/{naam}-1366.png", full_page=True, clip=vak)

    return maak

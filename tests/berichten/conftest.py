"""A gemeente and an aanbieder with a real folder between them, and the address where the GGk delivers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from berichten import tasks
from berichten.actions import inbox, outbox
from berichten.knooppunt import soap
from berichten.knooppunt.envelop import Bericht as Envelopbericht
from berichten.models import Bericht
from berichten.simulator.papieren import maak
from berichten.tasks import postbussen
from berichten.transport.bestand import Map
from tests.berichten.koppelvlak import KOP, PAD
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, ToewijzingFactory, aanstelling, moment
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
def onderweg(db: None) -> Toewijzing:
    """An opdracht on its way to an aanbieder with software of its own."""
    toewijzing = ToewijzingFactory(status="concept", aanbieder=AanbiederFactory(eigen_software=True))
    maak_opdrachten()
    return toewijzing


@pytest.fixture
def keten(map_: Map) -> Callable[[], None]:
    """The real tasks, at the clock of this test, until nothing moves any more."""

    def _keten() -> None:
        tasks.verzend_outbox()
        tasks.verwerk_inbox()
        if Bericht.objects.filter(status__in=["klaar", "ontvangen"]).exists():
            _keten()

    return _keten


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


@pytest.fixture
def certificaat(tmp_path: Path, settings: Any) -> str:
    """The certificate of the knooppunt as the TLS front passes it on, and trusted."""
    paar = maak(tmp_path, "ggk")
    settings.GGK_CERTIFICAATKOP = KOP
    settings.GGK_VERTROUWD = [paar.vingerafdruk.upper()]
    return quote(Path(paar.cert).read_text())


@pytest.fixture
def bied_aan(certificaat: str, client: Client) -> Callable[..., tuple[int, Envelopbericht]]:
    def _bied_aan(bericht: Envelopbericht | bytes, **koppen: str) -> tuple[int, Envelopbericht]:
        data = bericht if isinstance(bericht, bytes) else soap.pak_in(bericht)
        antwoord = client.post(PAD, data, content_type=soap.CONTENT_TYPE, headers={KOP: certificaat, **koppen})
        return antwoord.status_code, soap.pak_uit(antwoord.content)

    return _bied_aan


@pytest.fixture
def nu(monkeypatch):
    """The moment at which these people look; the clock of the views and of nobody else."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment())


@pytest.fixture
def als(client):
    """Sign in as somebody with this role; the client remembers."""

    def _als(rol, **organisatie):
        wie = aanstelling(rol, **organisatie)
        client.force_login(wie.gebruiker, backend="allauth.account.auth_backends.AuthenticationBackend")
        return wie

    return _als

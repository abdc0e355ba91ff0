"""Two workers at one postbus: the same file is one message, whoever was first, and nobody falls over it."""

from datetime import date
from threading import Barrier
from typing import Any

import pytest

from berichten import tasks
from berichten.actions import inbox
from berichten.models import Bericht
from berichten.transport import Postbus
from berichten.transport.bestand import VERWERKT, Map
from tests.berichten.test_inbox import start, stuur
from tests.factories import AanbiederFactory, ToewijzingFactory, moment
from wmo.models import Aanstelling, Toewijzing

pytestmark = pytest.mark.django_db(transaction=True)


class SamenOphalen(Map):
    """Both workers have listed the same file before either of them stores it."""

    def __init__(self, wortel: str, samen: Barrier) -> None:
        super().__init__(wortel)
        self.samen = samen

    def haal_op(self, postbussen: Any) -> Any:
        post = list(super().haal_op(postbussen))
        self.samen.wait(20)
        yield from post


@pytest.fixture
def map_(settings: Any, tmp_path: Any) -> Map:
    settings.BERICHTEN_MAP = str(tmp_path / "berichten")
    return Map(settings.BERICHTEN_MAP)


@pytest.fixture
def extern(transactional_db: None) -> Toewijzing:
    return ToewijzingFactory(aanbieder=AanbiederFactory(eigen_software=True))


def vak(map_: Map, toewijzing: Toewijzing) -> Any:
    return map_.vak(Postbus(toewijzing.gemeente.code, toewijzing.aanbieder.agb, "gemeente"))


@pytest.mark.parametrize("ronde", range(3))
def test_twee_bewaren_hetzelfde_bestand(tegelijk, map_, extern, ronde):
    """The action itself: the second waits for the first and gives its row."""
    stuur(map_, extern, "305", "A1", start(extern, "A1"))
    [post] = map_.haal_op(tasks.postbussen())
    systeem = Aanstelling.objects.systeem()
    rijen = tegelijk([lambda: inbox.neem_aan(post=post, door=systeem, nu=moment())] * 2)
    assert [rij.pk for rij in rijen] == [Bericht.objects.get(richting="in").pk] * 2


@pytest.mark.parametrize("ronde", range(3))
def test_twee_werkers_halen_dezelfde_post_op(tegelijk, map_, extern, monkeypatch, ronde):
    """The whole task, twice at once: no exception, every file stored once and moved aside once."""
    for kenmerk in ("A1", "A2", "A3"):
        stuur(map_, extern, "305", kenmerk, start(extern, kenmerk, dagtekening=date(2026, 11, int(kenmerk[1]) + 9)))
    samen = Barrier(2)
    monkeypatch.setattr(tasks, "verbinding", lambda: SamenOphalen(str(map_.wortel), samen))
    assert tegelijk([tasks.verwerk_inbox] * 2) == [None, None]
    assert Bericht.objects.filter(richting="in", soort="305").count() == 3
    assert not Bericht.objects.te_verwerken().exists()
    assert len(list((vak(map_, extern) / VERWERKT).glob("*.xml"))) == 3
    assert not list(vak(map_, extern).glob("*.xml"))

"""kill -9 of the worker, the broker and the database at every step of outbox and inbox: nothing is lost or doubled.

The servers are of this module alone. The test does what the supervisor of a machine does: it starts what died.
"""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError as GeenMakelaar
from redis.exceptions import RedisError

from berichten.knooppunt import soap
from berichten.management.commands.simuleer_keten import instellingen
from berichten.models import Bericht
from berichten.simulator.knooppunt import Knooppunt, Koppelvlak
from berichten.simulator.papieren import oefenpapieren
from berichten.simulator.server import Server
from berichten.transport.bestand import Map
from declaraties.models import Declaratie
from tests.berichten import grote_declaratie
from tests.berichten.eigen_servers import EigenServers, eigen_servers
from tests.berichten.koppelvlak import KOP, PAD, startbericht
from tests.factories import AanbiederFactory, ToewijzingFactory, VoorzieningFactory
from tests.werker import Werker
from wmo.models import Aanbieder, Logregel, Toewijzing
from wmo.periodes import maanden_later

os.environ.setdefault("VALKUIL", "nergens")  # here the points are only named
from tests.berichten.valkuil import PUNTEN, dood

pytestmark = [pytest.mark.storing, pytest.mark.xdist_group("celery"), pytest.mark.django_db(transaction=True)]
STAPPEN = ("opdrachten.verzend", "outbox.verzend", "inbox.verwerk")
SCHRIJVEN = {"geschreven, niet vastgelegd", "vastgelegd, niet verzonden"}
REGELS = 100
GEDULD = 120  # seconds; a worker that lost its broker looks again after 2, 4, 6 ... seconds


@pytest.fixture(scope="module")
def servers(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[EigenServers]:
    with django_db_blocker.unblock(), eigen_servers(tmp_path_factory.mktemp("servers")) as servers:
        yield servers


def opdracht(eigen_software: bool) -> Toewijzing:
    """Dated by the real clock: the worker lives now, and a message from the future is refused (TR135)."""
    vandaag = timezone.localdate()
    voorziening = VoorzieningFactory(ingangsdatum=vandaag - timedelta(days=3), einddatum=vandaag + timedelta(days=700))
    return ToewijzingFactory(
        status="concept", aanbieder=AanbiederFactory(eigen_software=eigen_software), voorziening=voorziening
    )


def declaratie(map_: Path) -> Aanbieder:
    """In the postbus of the gemeente: last month, by an aanbieder of its own."""
    maand = maanden_later(timezone.localdate().replace(day=1), -1)
    model = grote_declaratie.bouw(REGELS, maand)
    inhoud = grote_declaratie.bericht(model, REGELS, maand)
    grote_declaratie.leg_in_bus(model, inhoud, Map(map_ / "berichten"))
    return model.aanbieder


def gedeclareerd(aanbieder: Aanbieder) -> None:
    """Every line once, and one declaration that knows so."""
    assert [(b.soort, b.status) for b in Bericht.objects.filter(aanbieder=aanbieder)] == [("323", "goedgekeurd")]
    declaratie = Declaratie.objects.get(aanbieder=aanbieder)
    assert (declaratie.aantal_regels, declaratie.aantal_uitval) == (REGELS, 0)
    assert sorted(declaratie.regels.values_list("volgnummer", flat=True)) == list(range(1, REGELS + 1))
    assert Logregel.objects.filter(handeling="declaraties.ontvang").count() == 1


class Ronde:
    """A worker that walks into every trap, a GGk for whoever has software of its own, and somebody who starts what
    died."""

    def __init__(self, servers: EigenServers, wie: str, map_: Path) -> None:
        self.servers, self.wie, self.map = servers, wie, map_
        (map_ / "gesprongen").mkdir()
        self.app = servers.celery()
        papieren = oefenpapieren(map_ / "papieren")
        self.zinnen: list[str] = []
        ggk = Knooppunt(Map(map_ / "keten"), Koppelvlak("http://127.0.0.1:1/", papieren), meld=self.zinnen.append)
        self.ggk = Server(papieren.knooppunt, papieren.ca, lambda b, _: ggk.luister(b, timezone.now()))
        self.app.control.purge()  # wake-ups that the last round left
        self.werker = Werker(
            "--include=tests.berichten.valkuil",
            # a database that dies takes along what others were doing, and then five tries are few; of a worker
            # that dies the work is held back for a while, and then another must go on
            f"--concurrency={1 if wie == 'database' else 2}",
            app=self.app,
            REDIS_URL=servers.valkey.url(),
            BERICHTEN_MAP=str(map_ / "berichten"),
            VALKUIL=str(map_),
            VISIBILITY_TIMEOUT="3",
            **dict(regel.split("=", 1) for regel in instellingen(self.ggk.adres, papieren)),
        )
        self.werker.start()
        self._wijs_aan()

    def _wijs_aan(self) -> None:
        servers = self.servers
        pids = {"werker": 0, "makelaar": servers.pid(servers.valkey), "database": servers.pid(servers.postgres)}
        pid = pids[self.wie]
        (self.map / "pid.nieuw").write_text(str(pid))
        (self.map / "pid.nieuw").replace(self.map / "pid")

    @property
    def gesprongen(self) -> set[str]:
        return {pad.name for pad in (self.map / "gesprongen").iterdir()}

    def is_rond(self) -> bool:
        """Died at every point, nothing waits to leave and everything was collected."""
        wacht = Bericht.objects.filter(status="klaar").exists()
        return self.gesprongen == set(PUNTEN) and not wacht and not list(self.map.glob("berichten/*/*/naar-*/*.xml"))

    def nog_een_kans(self) -> bool:
        """Two opdrachten pass the points of writing a 301; a worker that loses its broker drops what it does, and then
        both may be over before the point after the commit. Another opdracht, for an aanbieder of its own, comes by."""
        if not self.gesprongen >= SCHRIJVEN and not Toewijzing.objects.filter(status="concept").exists():
            opdracht(eigen_software=False)
        return False

    def loop_tot(self, klaar: Callable[[], bool]) -> None:
        einde = time.monotonic() + GEDULD
        while not self._kijk(klaar):
            assert time.monotonic() < einde, (set(PUNTEN) - self.gesprongen, self.werker.log.read_text()[-3000:])
            if self.servers.hersteld():
                self._wijs_aan()
            self._wek()
            time.sleep(0.2)

    def _kijk(self, klaar: Callable[[], bool]) -> bool:
        try:
            return klaar()
        except (OperationalError, InterfaceError):  # the database is away for a moment
            connection.close()
            return False

    def _wek(self) -> None:
        """As beat does, a little more often; a broker that is away is not waited for."""
        if not self.servers.valkey.klaar():
            return
        for taak in ("verzend_outbox", "verwerk_inbox"):
            with suppress(GeenMakelaar, RedisError):
                self.app.send_task(f"berichten.tasks.{taak}", retry=False, ignore_result=True)


@pytest.fixture
def ronde(servers: EigenServers, tmp_path: Path) -> Iterator[Callable[[str], Ronde]]:
    rondes: list[Ronde] = []

    def _ronde(wie: str) -> Ronde:
        rondes.append(Ronde(servers, wie, tmp_path))
        return rondes[-1]

    yield _ronde
    for een in rondes:
        een.werker.stop()
        een.ggk.stop()
    servers.hersteld()
    connection.close()


# the broker last: connections to it are kept by address, and a round after its death would begin with dead ones
@pytest.mark.parametrize("wie", ["werker", "database", "makelaar"])
def test_kill_9_op_elk_punt_verliest_en_verdubbelt_niets(wie, servers, ronde, tmp_path):
    """Out, in at the aanbieder, 302 back and in, out through the GGk, and a declaration of a hundred lines that is
    handled while it is read: seventeen points, a kill -9 at each."""
    toewijzing, extern = opdracht(eigen_software=False), opdracht(eigen_software=True)
    eigen = Bericht.objects.filter(aanbieder=toewijzing.aanbieder)
    declareert = declaratie(tmp_path)
    rit = ronde(wie)
    rit.loop_tot(lambda: eigen.filter(kant="gemeente", soort="302", status="goedgekeurd").exists())
    rit.loop_tot(lambda: rit.is_rond() or rit.nog_een_kans())
    assert sorted(eigen.values_list("kant", "richting", "soort", "status")) == [
        ("aanbieder", "in", "301", "goedgekeurd"),
        ("aanbieder", "uit", "302", "verzonden"),
        ("gemeente", "in", "302", "goedgekeurd"),
        ("gemeente", "uit", "301", "goedgekeurd"),
    ]
    assert [(b.soort, b.status) for b in Bericht.objects.filter(aanbieder=extern.aanbieder)] == [("301", "verzonden")]
    assert stappen(toewijzing) == [1, 2, 2]
    assert stappen(extern) == [1, 1, 0]
    toewijzing.refresh_from_db()
    assert toewijzing.status == Toewijzing.Status.ONTVANGEN
    assert len(list((tmp_path / "keten").glob("*/*/naar-aanbieder/*.xml"))) == 1
    gedeclareerd(declareert)
    # once for a death right after the handing over; once more when the death before the commit met this message too
    nog_een_keer = [zin for zin in rit.zinnen if "nog een keer" in zin]
    assert len(nog_een_keer) in ([0] if wie == "makelaar" else [1, 2]), "gestorven na het overhandigen"


def stappen(toewijzing: Toewijzing) -> list[int]:
    regels = Logregel.objects.filter(client=toewijzing.client)
    return [regels.filter(handeling=stap).count() for stap in STAPPEN]


def test_database_die_sterft_terwijl_het_ggk_bezorgt(servers, certificaat):
    """Halfway through storing there is no Bv03, so the GGk delivers the same envelope again; then it counts once."""
    bericht = startbericht(opdracht(eigen_software=True))
    envelop = soap.pak_in(bericht)

    def bezorg() -> int:
        client = Client(raise_request_exception=False)
        try:
            koppen = {KOP: certificaat}
            return client.post(PAD, envelop, content_type=soap.CONTENT_TYPE, headers=koppen).status_code
        finally:
            connection.close()

    with (
        ThreadPoolExecutor(1) as draden,
        suppress(psycopg.OperationalError),
        psycopg.connect(servers.postgres.url()) as ander,
    ):
        ander.execute("LOCK TABLE berichten_berichtdeel IN EXCLUSIVE MODE")  # the row is there, its bytes must wait
        bezorging = draden.submit(bezorg)
        while not ander.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchall()[0][0]:
            assert not bezorging.done()
        dood(servers.pid(servers.postgres))
    assert bezorging.result() == 500
    servers.hersteld()
    connection.close()
    assert not Bericht.objects.filter(richting="in").exists()
    assert [bezorg(), bezorg()] == [200, 200]
    assert Bericht.objects.get(richting="in").inhoud == bericht.inhoud

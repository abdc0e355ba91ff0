"""The supervisor under fire: each part is killed for real, and the whole must come back or end cleanly."""

import os
import signal
import stat
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from tests.platform.proefportaal import Proefportaal, kinderen_van, leeft, portaal, vraag, wacht_tot

pytestmark = [pytest.mark.storing, pytest.mark.xdist_group("storingen")]


@pytest.fixture(scope="module")
def draaiend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proefportaal]:
    proef = Proefportaal(tmp_path_factory.mktemp("storing") / "data")
    proef.start()
    yield proef
    proef.stop()


def _database_antwoordt(proef: Proefportaal) -> bool:
    try:
        return vraag(proef.database_url, "SELECT 1") == [(1,)]
    except psycopg.OperationalError:
        return False


def _dood(proef: Proefportaal, naam: str) -> None:
    """kill -9 and wait until a new process of that name runs."""
    oud = proef.kinderen()[naam]
    os.kill(oud, signal.SIGKILL)
    wacht_tot(lambda: proef.kinderen().get(naam) not in (None, oud))


def test_vijf_directe_kinderen_die_alleen_hier_luisteren(draaiend: Proefportaal) -> None:
    assert set(draaiend.kinderen()) == {"postgres", "valkey", "web", "worker", "beat"}
    luisteraars = [regel.split() for regel in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    poorten = {int(url.rpartition(":")[2].split("/")[0]) for url in (draaiend.database_url, draaiend.redis_url)}
    poorten.add(draaiend.poort)
    adressen = {
        int(adres.split(":")[1], 16): adres.split(":")[0]
        for _, adres, _, toestand, *_ in luisteraars
        if toestand == "0A"
    }
    assert {adressen[poort] for poort in poorten} == {"0100007F"}  # 127.0.0.1, as the kernel writes it


def test_gegevens_en_sleutels_zijn_prive(draaiend: Proefportaal) -> None:
    assert stat.S_IMODE(draaiend.data.stat().st_mode) == 0o700
    prive = [*(draaiend.data / "sleutels").iterdir(), draaiend.data / "servers.json", draaiend.data / "valkey.conf"]
    assert len(prive) == 7
    assert {stat.S_IMODE(bestand.stat().st_mode) for bestand in prive} == {0o600}


def test_zonder_wachtwoord_komt_niemand_binnen(draaiend: Proefportaal) -> None:
    wachtwoord = draaiend.database_url.split(":")[2].split("@")[0]
    for geraden in ("", "fout"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(draaiend.database_url.replace(wachtwoord, geraden))
    with pytest.raises(redis.AuthenticationError):
        redis.Redis.from_url(draaiend.redis_url.replace(wachtwoord_van(draaiend.redis_url), "")).ping()


def wachtwoord_van(url: str) -> str:
    return url.split(":")[2].split("@")[0]


def test_gezondheid_wordt_ok(draaiend: Proefportaal) -> None:
    """Beat ticks at the whole minute; the first tick is given here instead of waiting for it."""
    assert (
        portaal(
            draaiend.data, "manage", "shell", "-c", "from config.health import hartslag; hartslag.delay()"
        ).returncode
        == 0
    )

    def ok() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{draaiend.poort}/gezondheid/", timeout=5) as antwoord:
                return antwoord.read() == b"ok"
        except OSError:  # 503, or a web server that is just coming back
            return False

    wacht_tot(ok, 60)


def test_tweede_start_wordt_geweigerd_met_het_adres_van_de_eerste(draaiend: Proefportaal) -> None:
    uit = portaal(draaiend.data, "start")
    assert uit.returncode == 1
    assert f"Het portaal draait al (http://127.0.0.1:{draaiend.poort}/)" in uit.stderr


def test_kill_van_postgres(draaiend: Proefportaal) -> None:
    """Committed rows are there again on the same address, and web, worker and beat did not need a restart."""
    vraag(draaiend.database_url, "CREATE TABLE proef (n int)")
    vraag(draaiend.database_url, "INSERT INTO proef VALUES (42)")
    anderen = {naam: pid for naam, pid in draaiend.kinderen().items() if naam != "postgres"}
    _dood(draaiend, "postgres")
    wacht_tot(lambda: _database_antwoordt(draaiend))
    assert vraag(draaiend.database_url, "SELECT n FROM proef") == [(42,)]
    assert anderen.items() <= draaiend.kinderen().items()
    draaiend.wacht_op("PostgreSQL draait weer", 10)


def test_kill_van_valkey(draaiend: Proefportaal) -> None:
    """What was accepted more than a second ago is in the append-only file."""
    client = redis.Redis.from_url(draaiend.redis_url)
    client.set("proef", "blijft")
    time.sleep(1.2)  # appendfsync everysec
    _dood(draaiend, "valkey")
    wacht_tot(lambda: _waarde(client) == b"blijft")


def _waarde(client: redis.Redis) -> bytes | None:
    try:
        return client.get("proef")  # type: ignore[return-value]
    except redis.ConnectionError:
        return None


@pytest.mark.parametrize("naam", ["web", "worker", "beat"])
def test_kill_van_een_programma(draaiend: Proefportaal, naam: str) -> None:
    _dood(draaiend, naam)
    draaiend.wacht_op(f"{naam} draait weer", 10)


def test_kill_van_het_toezicht_laat_niets_achter(tmp_path: Path) -> None:
    """kill -9 of the supervisor: the kernel tells every child. The next start finds the data whole."""
    proef = Proefportaal(tmp_path / "data")
    proef.start()
    vraag(proef.database_url, "CREATE TABLE proef AS SELECT 7 AS n")
    assert proef.proces is not None
    nakomelingen = [pid for kind in proef.kinderen().values() for pid in (kind, *kinderen_van(kind))]
    proef.proces.kill()
    proef.proces.wait()
    wacht_tot(lambda: not any(leeft(pid) for pid in nakomelingen))
    proef.start()
    assert vraag(proef.database_url, "SELECT n FROM proef") == [(7,)]
    nakomelingen = list(proef.kinderen().values())
    assert proef.stop() == 0
    assert not any(leeft(pid) for pid in nakomelingen)
    assert not (proef.data / "servers.json").exists()
    assert "Gestopt." in proef.tekst()

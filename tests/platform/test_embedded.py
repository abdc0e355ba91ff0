"""Starting the database and the broker from every state that a crash can leave behind."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import embedded, root_zonder_userns
from config import server as servermodule
from config.embedded import Postgres, Valkey
from config.server import Server, Storing, kind, omgeving, poort_vrij
from tests.platform.proefportaal import leeft, wacht_tot

pytestmark = [pytest.mark.storing, pytest.mark.xdist_group("embedded")]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cluster that was made and stopped once; initdb takes most of the time of these tests."""
    huis = tmp_path_factory.mktemp("cluster")
    postgres = Postgres(huis, "geheim", vluchtig=True)
    postgres.start()
    postgres.stop()
    return huis


@pytest.fixture
def postgres(cluster: Path, tmp_path: Path) -> Iterator[Postgres]:
    """The stopped cluster in a folder of its own."""
    shutil.copytree(cluster, tmp_path / "huis")
    server = Postgres(tmp_path / "huis", "geheim", vluchtig=True)
    yield server
    server.stop()


def _antwoordt(server: Postgres) -> bool:
    with psycopg.connect(server.url(), connect_timeout=5) as verbinding:
        return verbinding.execute("SELECT current_user, current_database()").fetchone() == ("portaal", "portaal")


def test_de_rol_van_het_portaal_is_geen_superuser(postgres: Postgres) -> None:
    postgres.start()
    with psycopg.connect(postgres.url()) as verbinding:
        assert verbinding.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
        assert verbinding.execute("SHOW log_error_verbosity").fetchone() == ("terse",)
        for uitbreiding in ("btree_gist", "pg_trgm", "unaccent"):
            verbinding.execute(f"CREATE EXTENSION {uitbreiding}")


def test_afgebroken_initdb_is_geen_cluster(tmp_path: Path) -> None:
    """kill -9 in the middle of initdb: the half cluster under its temporary name is thrown away."""
    server = Postgres(tmp_path, "geheim", vluchtig=True)
    half = tmp_path / "postgres.nieuw"
    wachtwoord = tmp_path / "ww"
    wachtwoord.write_text("geheim")
    opdracht = [str(server.bin / "initdb"), "-D", str(half), "-U", "postgres", f"--pwfile={wachtwoord}"]
    proces = subprocess.Popen(
        kind(opdracht, gebruiker=server.gebruiker), stdout=subprocess.DEVNULL, env=omgeving(), start_new_session=True
    )
    wacht_tot(lambda: (half / "PG_VERSION").exists())
    os.killpg(proces.pid, signal.SIGKILL)
    proces.wait()
    assert half.exists()
    server.start()
    assert _antwoordt(server)
    assert not half.exists()
    server.stop()


@pytest.mark.parametrize("pid", ["dood", "vreemd", "onleesbaar"])
def test_oud_pid_bestand(postgres: Postgres, pid: str) -> None:
    """A number that is nobody's, one that now belongs to this very test run, and a torn file."""
    gestorven = subprocess.Popen(["/bin/true"])
    gestorven.wait()
    regel = {"dood": str(gestorven.pid), "vreemd": str(os.getpid()), "onleesbaar": ""}[pid]
    (postgres.data / "postmaster.pid").write_text(f"{regel}\n{postgres.data}\n")
    assert postgres.draaiend_pid() is None
    postgres.start()
    assert _antwoordt(postgres)


def test_draaiende_postgres_op_dezelfde_map_wordt_niet_verdrongen(postgres: Postgres, monkeypatch) -> None:
    postgres.start()
    tweede = Postgres(postgres.huis, "geheim", vluchtig=True)
    monkeypatch.setattr(Postgres, "wachttijd_vorige", 0.2)
    assert postgres.proces is not None
    with pytest.raises(Storing, match=f"kill -INT {postgres.proces.pid}"):
        tweede.start()
    assert _antwoordt(postgres)


def test_herstart_na_kill_houdt_adres_en_gegevens(postgres: Postgres) -> None:
    postgres.vluchtig = False  # as in production: what was committed is on disk
    postgres.start()
    adres = postgres.url()
    with psycopg.connect(adres, autocommit=True) as verbinding:
        verbinding.execute("CREATE TABLE proef AS SELECT 5 AS n")
    assert postgres.proces is not None
    postgres.proces.kill()
    postgres.proces.wait()
    assert not postgres.leeft()
    postgres.start()
    assert postgres.url() == adres
    with psycopg.connect(adres) as verbinding:
        assert verbinding.execute("SELECT n FROM proef").fetchone() == (5,)


def test_map_van_een_andere_hoofdversie_wordt_geweigerd(postgres: Postgres) -> None:
    (postgres.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Storing, match=r"POSTGRES_BIN=/usr/lib/postgresql/17/bin ./portaal backup"):
        postgres.start()
    assert (postgres.data / "PG_VERSION").read_text() == "17\n"


def test_te_oude_postgres_wordt_geweigerd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programma = tmp_path / "bin" / "postgres"
    programma.parent.mkdir()
    programma.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.9'\n")
    programma.chmod(0o755)
    monkeypatch.setenv("POSTGRES_BIN", str(programma.parent))
    with pytest.raises(Storing, match="PostgreSQL 15 is te oud"):
        Postgres(tmp_path / "huis", "geheim").start()


@pytest.fixture
def bezet() -> Iterator[int]:
    with socket.socket() as luisteraar:
        luisteraar.bind(("127.0.0.1", 0))
        luisteraar.listen()
        yield luisteraar.getsockname()[1]


@pytest.mark.parametrize("soort", [Postgres, Valkey])
def test_poort_die_net_bezet_raakt(soort: type[Server], bezet: int, cluster: Path, tmp_path: Path, monkeypatch) -> None:
    """Between looking for a free port and binding it another program took it: the next one is tried."""
    huis = tmp_path / "huis"
    shutil.copytree(cluster, huis)
    echte = servermodule.vrije_poort
    keuzes = iter([bezet])
    monkeypatch.setattr(servermodule, "vrije_poort", lambda basis: next(keuzes, None) or echte(basis))
    server = soort(huis, "geheim", vluchtig=True)
    server.start()
    assert server.poort != bezet
    assert server.leeft()
    server.stop()


def test_vaste_poort_die_bezet_is_geeft_een_zin(bezet: int, tmp_path: Path) -> None:
    """A restart may not move: its clients know the address."""
    server = Valkey(tmp_path, "geheim", vluchtig=True)
    server.poort = bezet
    assert not poort_vrij(bezet)
    with pytest.raises(Storing, match="Valkey start niet"):
        server.start()


def test_dood_van_de_ouder_doodt_het_kind(tmp_path: Path) -> None:
    """The death signal itself, without the rest of the supervisor."""
    code = (
        "import subprocess, sys, time; sys.path.insert(0, '.'); from config.server import kind;"
        "p = subprocess.Popen(kind(['/bin/sleep', '60'], doodsignaal=15)); print(p.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as ouder:
        assert ouder.stdout is not None
        kleinkind = int(ouder.stdout.readline())
        time.sleep(0.3)
        assert leeft(kleinkind)
        ouder.kill()
    wacht_tot(lambda: not leeft(kleinkind), 5)


def test_root_zonder_user_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine forbids them the server really becomes nobody; an ordinary account never needs either."""
    monkeypatch.setattr(embedded, "mag_userns", lambda: False)
    with tempfile.TemporaryDirectory(dir="/var/tmp") as map_:
        huis = Path(map_)
        huis.chmod(0o711)
        monkeypatch.setattr(root_zonder_userns, "VERHUISPLAATS", huis / "verhuisd")
        server = Postgres(huis / "huis", "geheim", vluchtig=True)
        server.start()
        assert _antwoordt(server)
        assert server.proces is not None
        eigenaar = Path(f"/proc/{server.proces.pid}").stat().st_uid
        assert eigenaar == (pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid())
        server.stop()
        server.start()
        assert _antwoordt(server)
        server.stop()

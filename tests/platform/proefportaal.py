"""A portal of its own for a test: `./portaal` commands as real processes on a data folder that goes away."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from config import mappen
from config.beheer.start import EERSTE_POORT

# What the test plugin put into the environment; with it the portal would use the servers of the tests.
VAN_DE_PROEF = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX", "PORTAAL_PROEF", "TLS_ERVOOR", "EMAIL_URL")
SLEUTELS = ("SECRET_KEY", "VERSLEUTEL_SLEUTELS", "ZOEKSLEUTEL")


def omgeving(data: Path, **extra: str) -> dict[str, str]:
    zonder = {*VAN_DE_PROEF, *SLEUTELS}
    eigen = {naam: waarde for naam, waarde in os.environ.items() if naam not in zonder}
    return {**eigen, "PORTAAL_DATA": str(data), "PORTAAL_ENV": os.devnull, **extra}


def portaal(data: Path, *argumenten: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run one command of ./portaal to its end."""
    opdracht = [sys.executable, "-m", "config.beheer", *argumenten]
    return subprocess.run(
        opdracht, cwd=mappen.BASIS, env=omgeving(data, **extra), capture_output=True, text=True, timeout=300
    )


class Proefportaal:
    """`./portaal start --zonder-demo` as a process of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.uitvoer = data.with_suffix(".uit")
        self.proces: subprocess.Popen[bytes] | None = None

    def start(self, *opties: str) -> None:
        opdracht = [sys.executable, "-m", "config.beheer", "start", "--zonder-demo", *opties]
        with self.uitvoer.open("wb") as uit:
            self.proces = subprocess.Popen(
                opdracht, cwd=mappen.BASIS, env=omgeving(self.data), stdout=uit, stderr=uit, start_new_session=True
            )
        self.wacht_op("Het portaal draait op", 180)

    def tekst(self) -> str:
        return self.uitvoer.read_text()

    def wacht_op(self, tekst: str, geduld: float) -> None:
        einde = time.monotonic() + geduld
        while tekst not in self.tekst():
            assert self.proces is not None
            assert self.proces.poll() is None, self.tekst()
            assert time.monotonic() < einde, self.tekst()
            time.sleep(0.05)

    @property
    def poort(self) -> int:
        return int(self.tekst().partition("http://127.0.0.1:")[2].partition("/")[0] or EERSTE_POORT)

    @property
    def database_url(self) -> str:
        return mappen_servers(self.data)["DATABASE_URL"]

    @property
    def redis_url(self) -> str:
        return mappen_servers(self.data)["REDIS_URL"]

    def kinderen(self) -> dict[str, int]:
        """Name of each direct child and its process number."""
        assert self.proces is not None
        return {naam: pid for pid in kinderen_van(self.proces.pid) if (naam := naam_van(pid))}

    def stop(self) -> int:
        if self.proces is not None and self.proces.poll() is None:
            self.proces.send_signal(signal.SIGINT)
            self.proces.wait(60)
        return self.proces.returncode if self.proces else 0


def mappen_servers(data: Path) -> dict[str, str]:
    import json

    return json.loads((data / "servers.json").read_text())


def kinderen_van(pid: int) -> list[int]:
    return [int(kind) for kind in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def naam_van(pid: int) -> str:
    """postgres, valkey, web, worker or beat, by the command line."""
    regel = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    kenmerken = {
        "postgres": "/postgres -D",
        "valkey": "valkey-server",
        "web": "gunicorn",
        "worker": " worker ",
        "beat": " beat ",
    }
    return next((naam for naam, kenmerk in kenmerken.items() if kenmerk in regel), "")


def leeft(pid: int) -> bool:
    """A zombie that waits for its parent is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wacht_tot(voorwaarde, geduld: float = 60) -> None:
    einde = time.monotonic() + geduld
    while not voorwaarde():
        assert time.monotonic() < einde, "duurt te lang"
        time.sleep(0.05)


def vraag(url: str, opdracht: str) -> list[tuple]:
    with psycopg.connect(url, connect_timeout=5, autocommit=True) as verbinding:
        cursor = verbinding.execute(opdracht)
        return cursor.fetchall() if cursor.description else []

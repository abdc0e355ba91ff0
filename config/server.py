"""One supervised server process: a direct child with a port, a log file and a death signal."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

KINDPROCES = Path(__file__).with_name("kindproces.py")
LOG_MAX = 10 * 1024 * 1024  # bytes; one older file is kept beside it


class Storing(RuntimeError):
    """Something on this machine is missing or in the way; the text is for the person at the keyboard."""


def kind(opdracht: list[str], *, doodsignaal: int = 0, gebruiker: str = "zelf") -> list[str]:
    """The command line that runs `opdracht` as a child that dies with us; see kindproces.py."""
    return [sys.executable, "-I", "-S", str(KINDPROCES), str(int(doodsignaal)), gebruiker, *opdracht]


def vrije_poort(basis: int) -> int:
    """A free port in basis..basis+499.

    Below the ephemeral range on purpose: a client that keeps dialling a dead server on an ephemeral port can end up
    connected to itself, and then the server cannot come back.
    """
    # The machine's randomness: a test that seeds `random` would make every process try the same ports.
    for poort in random.SystemRandom().sample(range(basis, basis + 500), 500):
        if poort_vrij(poort):
            return poort
    raise Storing(f"Geen vrije poort tussen {basis} en {basis + 499}: sluit programma's die op 127.0.0.1 luisteren.")


def poort_vrij(poort: int) -> bool:
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind(("127.0.0.1", poort))
        except OSError:
            return False
    return True


class Server(ABC):
    """`huis` is the private folder of this server; `vluchtig` trades safety of data for speed (tests)."""

    naam: str
    basispoort: int
    doodsignaal: signal.Signals
    geduld = 60.0  # seconds until ready; recovery after a crash of a large database counts in it

    def __init__(self, huis: Path, wachtwoord: str, *, vluchtig: bool = False) -> None:
        self.huis, self.wachtwoord, self.vluchtig = huis, wachtwoord, vluchtig
        self.poort = 0
        self.proces: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def opdracht(self) -> list[str]:
        """Full command line, death signal included."""

    @abstractmethod
    def klaar(self) -> bool:
        """Does it answer?"""

    @abstractmethod
    def bereid_voor(self) -> None:
        """Make or mend the data folder before a start."""

    def start(self) -> None:
        """Start and wait until it answers. A restart keeps its port: clients hold the address."""
        self.huis.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.bereid_voor()
        pogingen = 1 if self.poort else 3
        for poging in range(1, pogingen + 1):
            self.poort = self.poort or vrije_poort(self.basispoort)
            try:
                self._start_eenmaal()
                return
            except Storing:
                if poging == pogingen:
                    raise
                self.poort = 0  # perhaps taken between looking and starting: another one

    def _start_eenmaal(self) -> None:
        with self._logbestand() as log:
            self.proces = subprocess.Popen(
                self.opdracht(), stdout=log, stderr=subprocess.STDOUT, env=omgeving(), start_new_session=True
            )
        einde = time.monotonic() + self.geduld
        while time.monotonic() < einde:
            if self.proces.poll() is not None:
                raise Storing(f"{self.naam} start niet. Laatste regels van {self.logpad}:\n{self.staart()}")
            if self.klaar():
                return
            time.sleep(0.01)
        self.stop()
        raise Storing(f"{self.naam} antwoordt na {self.geduld:.0f} seconden nog niet; kijk in {self.logpad}.")

    @property
    def logpad(self) -> Path:
        return self.huis / f"{self.naam.lower()}.log"

    @contextlib.contextmanager
    def _logbestand(self) -> Iterator[int]:
        if self.logpad.exists() and self.logpad.stat().st_size > LOG_MAX:
            self.logpad.replace(self.logpad.with_suffix(".log.1"))
        fd = os.open(self.logpad, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            yield fd
        finally:
            os.close(fd)

    def staart(self) -> str:
        return self.logpad.read_text(errors="replace")[-800:] if self.logpad.exists() else ""

    def leeft(self) -> bool:
        return self.proces is not None and self.proces.poll() is None

    def stop(self) -> None:
        """Ask to stop, insist after 20 s."""
        if self.proces is None or self.proces.poll() is not None:
            return
        self.proces.send_signal(self.doodsignaal)
        try:
            self.proces.wait(20)
        except subprocess.TimeoutExpired:
            self.proces.send_signal(signal.SIGQUIT)
            self.proces.wait(10)


def omgeving() -> dict[str, str]:
    """A bare environment: no PG* variable of the user changes how our servers behave."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

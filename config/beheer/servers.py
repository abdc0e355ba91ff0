"""Which database and broker serve this installation: those of `.env`, or the embedded ones in `.data`.

One process at a time owns the data folder: it holds a lock on `.data/slot` for as long as its servers run. The kernel
lets go of that lock when the owner dies, however it dies, so a left-over file never blocks a start.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import environ

from config import mappen, sleutels
from config.embedded import OUDSTE_POSTGRES, Postgres, Valkey
from config.server import Storing

SLOT = mappen.DATA / "slot"


def lees_env() -> None:
    """Take `.env` into the environment; what is already set there wins, as in settings.py."""
    if mappen.ENV_BESTAND.exists():
        environ.Env.read_env(mappen.ENV_BESTAND)


def ingebouwd() -> bool:
    """Do we supervise our own servers? Half a choice is a mistake that must not start anything."""
    gezet = [naam for naam in ("DATABASE_URL", "REDIS_URL") if os.environ.get(naam)]
    if len(gezet) == 1:
        ander = ({"DATABASE_URL", "REDIS_URL"} - set(gezet)).pop()
        raise Storing(f"{gezet[0]} staat in de omgeving of in .env, {ander} niet: zet ze allebei, of geen van beide.")
    return not gezet


@contextlib.contextmanager
def slot(geduld: float = 0) -> Iterator[None]:
    """Own the data folder; Storing when another process does, after `geduld` seconds."""
    mappen.DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    mappen.DATA.chmod(0o700)
    einde = time.monotonic() + geduld
    with SLOT.open("a+") as bestand:
        while not _pak(bestand.fileno()):
            if time.monotonic() >= einde:
                raise Storing(f"Het portaal draait al ({wie()}): stop dat eerst met Ctrl-C.")
            time.sleep(0.1)
        zet_slottekst(f"proces {os.getpid()}")
        try:
            yield
        finally:
            zet_slottekst("")


def _pak(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wie() -> str:
    return SLOT.read_text().strip() or "een ander proces"


def zet_slottekst(tekst: str) -> None:
    """Who owns the folder, for the sentence that another process prints."""
    SLOT.write_text(tekst)


def maak_servers(data: Path = mappen.DATA, *, vluchtig: bool = False) -> tuple[Postgres, Valkey]:
    map_ = data / "sleutels"
    return (
        Postgres(data, sleutels.geef("POSTGRES", map_), vluchtig=vluchtig),
        Valkey(data, sleutels.geef("VALKEY", map_), vluchtig=vluchtig),
    )


@contextlib.contextmanager
def draaiend() -> Iterator[tuple[Postgres, Valkey]]:
    """Start both embedded servers and publish their addresses in servers.json; the caller holds the lock."""
    postgres, valkey = maak_servers()
    try:
        for server in (postgres, valkey):
            server.start()
        publiceer(postgres, valkey)
        yield postgres, valkey
    finally:
        mappen.SERVERS.unlink(missing_ok=True)
        for server in (valkey, postgres):
            server.stop()


def publiceer(postgres: Postgres, valkey: Valkey) -> None:
    tijdelijk = mappen.SERVERS.with_suffix(".nieuw")
    with open(os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
        json.dump({"DATABASE_URL": postgres.url(), "REDIS_URL": valkey.url()}, f)
    tijdelijk.replace(mappen.SERVERS)


@contextlib.contextmanager
def beschikbaar() -> Iterator[None]:
    """Servers for one command: those of `.env`, those that `./portaal start` runs now, else our own for as long."""
    lees_env()
    if not ingebouwd():
        eis_bereikbaar()
        yield
        return
    if mappen.SERVERS.exists() and not _vrij():
        yield
        return
    with slot(geduld=60), draaiend():
        yield


def _vrij() -> bool:
    with SLOT.open("a+") as bestand:
        return _pak(bestand.fileno())


def eis_bereikbaar() -> None:
    """Does the database of `.env` answer, is it new enough, does the broker answer? Else the sentence that mends it."""
    import psycopg
    import redis

    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as verbinding:
            versie = verbinding.info.server_version // 10000
    except (psycopg.Error, ValueError) as fout:
        raise Storing(f"De database van DATABASE_URL antwoordt niet: {str(fout).strip()}") from fout
    if versie < OUDSTE_POSTGRES:
        raise Storing(
            f"De database is PostgreSQL {versie}; het portaal vraagt {OUDSTE_POSTGRES} of hoger: werk de database bij."
        )
    try:
        redis.Redis.from_url(os.environ["REDIS_URL"], socket_connect_timeout=5).ping()
    except (redis.RedisError, ValueError) as fout:
        raise Storing(f"De broker van REDIS_URL antwoordt niet: {fout}") from fout

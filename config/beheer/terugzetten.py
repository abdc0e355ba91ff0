"""`./portaal restore <file> [--overschrijf]`: put a copy back, database and keys together or not at all."""

import argparse
import contextlib
import json
import os
import shutil
import tarfile
import tempfile
import time
from pathlib import Path

import psycopg
import redis
from psycopg import sql

from config import mappen, sleutels
from config.beheer import servers
from config.beheer.reservekopie import SLEUTELS, VORM, database_url, pg, vanuit
from config.embedded import DATABASE, GEBRUIKER, Postgres, Valkey
from config.server import Storing


def main(argumenten: list[str]) -> int:
    """Refuses a running portal, a filled database without --overschrijf, and other keys than the environment's."""
    parser = argparse.ArgumentParser(prog="./portaal restore")
    parser.add_argument("bestand")
    parser.add_argument("--overschrijf", action="store_true", help="vervang wat er nu in de database staat")
    opties = parser.parse_args(argumenten)
    servers.lees_env()
    with tempfile.TemporaryDirectory() as map_:
        inhoud = pak_uit(vanuit(opties.bestand), Path(map_))
        eis_zelfde_sleutels(inhoud)
        if servers.ingebouwd():
            with servers.slot(), servers.draaiend() as (postgres, valkey):
                _in_eigen_database(inhoud, postgres, valkey, overschrijf=opties.overschrijf)
        else:
            _in_andere_database(inhoud)
    print("De reservekopie is teruggezet. Start het portaal met ./portaal start.")
    return 0


def pak_uit(bestand: Path, doel: Path) -> Path:
    """Unpack into `doel` and check that it is a copy of ours; paths that point outside are refused by tarfile."""
    try:
        with tarfile.open(bestand) as archief:
            archief.extractall(doel, filter="data")
        vorm = json.loads((doel / "inhoud.json").read_text())["vorm"]
    except FileNotFoundError as fout:
        raise Storing(f"{bestand} bestaat niet of is geen reservekopie van het portaal.") from fout
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError) as fout:
        raise Storing(f"{bestand} is geen hele reservekopie van het portaal.") from fout
    if vorm != VORM:
        raise Storing(f"{bestand} heeft vorm {vorm}; deze versie leest vorm {VORM}. Gebruik de versie die hem maakte.")
    return doel


def eis_zelfde_sleutels(inhoud: Path) -> None:
    """A key that the environment sets cannot be replaced by us: with another one the data would be unreadable."""
    anders = [n for n in SLEUTELS if os.environ.get(n) and os.environ[n] != (inhoud / "sleutels" / n).read_text()]
    if anders:
        raise Storing(
            f"{', '.join(anders)} in de omgeving of .env is anders dan in de kopie: zet daar eerst die van de kopie."
        )


def _in_eigen_database(inhoud: Path, postgres: Postgres, valkey: Valkey, *, overschrijf: bool) -> None:
    """Restore beside the present database and swap names at the end: a failure leaves everything as it was."""
    if gevuld(postgres.url()) and not overschrijf:
        raise Storing("De database is niet leeg. Vervangen? Herhaal de opdracht met --overschrijf.")
    nieuw = f"{DATABASE}_terug"
    with psycopg.connect(postgres.beheer_dsn(), autocommit=True) as beheer:
        _maak_leeg(beheer, nieuw)
        _zet_terug(inhoud, postgres.url(nieuw))
        oud = _wissel_namen(beheer, nieuw)
        zet_bestanden_terug(inhoud)
        _gooi_weg(beheer, oud)  # last: until the keys are in place the old rows are the only ones that can be read
    # Sessions and queued wake-ups belong to the old rows; the rows themselves are the queue, so no work is lost.
    redis.Redis.from_url(valkey.url()).flushall()


def _wissel_namen(beheer: psycopg.Connection, nieuw: str) -> str:
    """`nieuw` becomes the database; the answer is the name under which the old one is kept."""
    oud = f"{DATABASE}_oud"
    _gooi_weg(beheer, oud)
    for van, naar in ((DATABASE, oud), (nieuw, DATABASE)):
        beheer.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(van), sql.Identifier(naar)))
    return oud


def _gooi_weg(beheer: psycopg.Connection, naam: str) -> None:
    beheer.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(naam)))


def _in_andere_database(inhoud: Path) -> None:
    servers.eis_bereikbaar()
    if gevuld(database_url()):
        raise Storing("De database van DATABASE_URL is niet leeg: maak een lege database en zet DATABASE_URL daarop.")
    _zet_terug(inhoud, database_url())
    zet_bestanden_terug(inhoud)


def gevuld(url: str) -> bool:
    vraag = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(url, connect_timeout=5) as verbinding:
        rij = verbinding.execute(vraag).fetchone()
    return bool(rij and rij[0])


def _maak_leeg(beheer: psycopg.Connection, naam: str) -> None:
    _gooi_weg(beheer, naam)
    maak = sql.SQL("CREATE DATABASE {} OWNER {}")
    beheer.execute(maak.format(sql.Identifier(naam), sql.Identifier(GEBRUIKER)))


def _zet_terug(inhoud: Path, url: str) -> None:
    dump = str(inhoud / "database.dump")
    pg("pg_restore", url, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", dump)


def zet_bestanden_terug(inhoud: Path) -> None:
    """Keys and messages; what lay there is kept under a dated name, since a key that is gone never comes back."""
    oud = mappen.DATA / f"voor-terugzetten-{int(time.time())}"
    for naam in SLEUTELS:
        if not os.environ.get(naam):
            _vervang(sleutels.MAP / naam, inhoud / "sleutels" / naam, oud)
    bron = inhoud / "data"
    for pad in sorted(bron.iterdir()) if bron.exists() else []:
        _vervang(mappen.DATA / pad.name, pad, oud)


def _vervang(doel: Path, bron: Path, oud: Path) -> None:
    doel.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        oud.mkdir(mode=0o700, exist_ok=True)
        doel.rename(oud / doel.name)
    shutil.move(bron, doel)
    if doel.is_file():
        doel.chmod(0o600)

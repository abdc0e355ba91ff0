"""`./portaal backup [file]`: the database, the keys without which nobody can read it, and the message folder.

The file opens everything: it is written 0600 and belongs where the keys belong (docs/beheer/reservekopie.md).
"""

import io
import json
import os
import subprocess
import tarfile
import time
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config import mappen, sleutels
from config.beheer import servers
from config.embedded import postgres_bin
from config.server import Storing, omgeving

SLEUTELS = ("SECRET_KEY", "VERSLEUTEL_SLEUTELS", "ZOEKSLEUTEL")
VORM = 1  # of the archive; restore refuses what it does not know


def main(argumenten: list[str]) -> int:
    """Write the copy; the portal may run on. A name that exists already is refused."""
    nu = datetime.now().astimezone()
    doel = vanuit(argumenten[0] if argumenten else f"wmo-portaal-{nu:%Y-%m-%d-%H%M%S}.tar.gz")
    if doel.exists():
        raise Storing(f"{doel} bestaat al: kies een andere naam.")
    with servers.beschikbaar():
        schrijf(doel, database_url(), nu)
    print(f"Reservekopie geschreven: {doel} ({doel.stat().st_size / 1e6:.1f} MB).")
    print("Bewaar haar veilig: de sleutels zitten erin.")
    return 0


def vanuit(naam: str) -> Path:
    """A file name as the person meant it: from the folder they stand in."""
    return Path(os.environ.get("PORTAAL_VANUIT", os.getcwd())) / naam


def database_url() -> str:
    return os.environ.get("DATABASE_URL") or mappen.lees_servers()["DATABASE_URL"]


def schrijf(doel: Path, url: str, nu: datetime) -> None:
    """Into a temporary name first: a copy that broke off half-way never looks whole."""
    tijdelijk = doel.with_name(f".{doel.name}.half")
    dump = doel.with_name(f".{doel.name}.dump")
    try:
        for pad in (tijdelijk, dump):
            os.close(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        pg("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}")
        with tarfile.open(tijdelijk, "w:gz", compresslevel=1) as archief:  # the dump is compressed already
            _voeg_tekst_toe(archief, "inhoud.json", json.dumps({"vorm": VORM, "gemaakt_op": nu.isoformat()}))
            for naam in SLEUTELS:
                _voeg_tekst_toe(archief, f"sleutels/{naam}", sleutels.geef(naam))
            archief.add(dump, "database.dump")
            for naam in ("berichten", mappen.DEMO_ACCOUNTS.name):
                if (mappen.DATA / naam).exists():
                    archief.add(mappen.DATA / naam, f"data/{naam}")
        tijdelijk.rename(doel)
    finally:
        tijdelijk.unlink(missing_ok=True)
        dump.unlink(missing_ok=True)


def _voeg_tekst_toe(archief: tarfile.TarFile, naam: str, tekst: str) -> None:
    lid = tarfile.TarInfo(naam)
    lid.size, lid.mode, lid.mtime = len(tekst.encode()), 0o600, int(time.time())
    archief.addfile(lid, io.BytesIO(tekst.encode()))


def pg(programma: str, url: str, *argumenten: str) -> None:
    """Run one of PostgreSQL's programs on `url`; the password goes by the environment, not by the command line."""
    zonder, wachtwoord = zonder_wachtwoord(url)
    opdracht = [str(postgres_bin() / programma), f"--dbname={zonder}", *argumenten]
    uit = subprocess.run(opdracht, env={**omgeving(), "PGPASSWORD": wachtwoord}, capture_output=True, text=True)
    if uit.returncode:
        raise Storing(f"{programma} is mislukt: {uit.stderr.strip()[-600:]}")


def zonder_wachtwoord(url: str) -> tuple[str, str]:
    """(`url` without its password, the password itself): in a URL it is percent-encoded, in PGPASSWORD it is not."""
    gecodeerd = urlsplit(url).password or ""
    return (url.replace(f":{gecodeerd}@", "@", 1) if gecodeerd else url), unquote(gecodeerd)

"""Keys that are made once and kept: in the environment, or as 0600 files in `.data/sleutels/`.

Losing VERSLEUTEL_SLEUTELS means losing every BSN, document and raw message: `./portaal backup` takes the keys along.
How to rotate each of them stands in docs/beheer/sleutels.md.
"""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from config import mappen

MAP = mappen.DATA / "sleutels"


def _fernet() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "VERSLEUTEL_SLEUTELS": _fernet,
    "ZOEKSLEUTEL": lambda: secrets.token_urlsafe(32),
    "POSTGRES": lambda: secrets.token_urlsafe(24),
    "VALKEY": lambda: secrets.token_urlsafe(24),
}


def geef(naam: str, map_: Path = MAP) -> str:
    """The key called `naam`: from the environment, else from its file, else made now."""
    if waarde := os.environ.get(naam):
        return waarde
    bestand = map_ / naam
    if not bestand.exists():
        map_.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        map_.mkdir(mode=0o700, exist_ok=True)
        schrijf_nieuw(bestand, MAKERS[naam]())
    return bestand.read_text().strip()


def schrijf_nieuw(bestand: Path, inhoud: str) -> None:
    """Write a private file that appears whole or not at all; the first of two processes wins."""
    tijdelijk = bestand.with_name(f".{bestand.name}.{os.getpid()}")
    with open(os.open(tijdelijk, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
        f.write(inhoud)
    try:
        os.link(tijdelijk, bestand)
    except FileExistsError:
        pass  # another process made the key a moment earlier: its key holds
    finally:
        tijdelijk.unlink()

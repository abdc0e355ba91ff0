"""Bring database and static files up to date in one process; run by `./portaal start`."""

import argparse
import fcntl
import hashlib
import os
import sys
from pathlib import Path

import django
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config import mappen


def main(argumenten: list[str]) -> None:
    """Migrate, collect static files and, with --demo, fill the demo region when it is not there yet."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", action="store_true")
    opties = parser.parse_args(argumenten)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print("  Database bijwerken", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    _verzamel()
    if opties.demo:
        call_command("seed", eenmalig=True)


def _verzamel() -> None:
    """Hashing and compressing takes four seconds: only when a file changed, and one process at a time."""
    merk = mappen.STATISCH / ".stempel"
    with (mappen.BOUW / ".slot-statisch").open("w") as slot:
        fcntl.flock(slot, fcntl.LOCK_EX)
        stempel = _stempel()
        if not merk.exists() or merk.read_text() != stempel:
            _verzamel_opnieuw(merk, stempel)


def _verzamel_opnieuw(merk: Path, stempel: str) -> None:
    print("  Bestanden voor de browser verzamelen", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    merk.write_text(stempel)


def _stempel() -> str:
    """Name, size and time of every file that collectstatic would take."""
    som = hashlib.sha256()
    for finder in get_finders():
        for pad, opslag in sorted(finder.list([]), key=lambda paar: paar[0]):
            stand = os.stat(opslag.path(pad))
            som.update(f"{pad} {stand.st_size} {stand.st_mtime_ns}\n".encode())
    return som.hexdigest()


if __name__ == "__main__":
    main(sys.argv[1:])

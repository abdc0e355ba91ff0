"""`./portaal manage ...`: manage.py with the servers of this installation, started for it when they do not run."""

import subprocess
import sys

from config import frontend, mappen
from config.beheer import servers
from config.server import Storing


def main(argumenten: list[str]) -> int:
    """Exit code of manage.py."""
    _voorkant()
    with servers.beschikbaar():
        return subprocess.run([sys.executable, str(mappen.BASIS / "manage.py"), *argumenten]).returncode


def _voorkant() -> None:
    """Letters need the fonts; most commands need nothing of it, so a machine without npm only reads why."""
    try:
        frontend.bouw(lambda zin: print(zin, file=sys.stderr))  # standard output belongs to the command
    except Storing as fout:
        print(fout, file=sys.stderr)

"""`./portaal manage ...`: manage.py with the servers of this installation, started for it when they do not run."""

import subprocess
import sys

from config import mappen
from config.beheer import servers


def main(argumenten: list[str]) -> int:
    """Exit code of manage.py."""
    with servers.beschikbaar():
        return subprocess.run([sys.executable, str(mappen.BASIS / "manage.py"), *argumenten]).returncode

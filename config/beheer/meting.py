"""`./portaal meet`: the benchmarks of tests/prestaties on a fresh database that syncs to disk like a real one."""

import os
import subprocess
import sys

from config import frontend, mappen
from config.tijdelijk import proefomgeving, tijdelijke_servers


def main(argumenten: list[str]) -> int:
    """Exit code of `python -m tests.prestaties`; arguments are passed on."""
    frontend.bouw()  # the exercise region writes letters, and those need the fonts
    with tijdelijke_servers(vluchtig=False) as adressen:
        omgeving = {**os.environ, **proefomgeving(), **adressen}
        klaar = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"]
        subprocess.run(klaar, check=True, env=omgeving, cwd=mappen.BASIS)
        meet = [sys.executable, "-m", "tests.prestaties", *argumenten]
        return subprocess.run(meet, env=omgeving, cwd=mappen.BASIS).returncode

"""`./portaal test`: set up like `start`, then pytest on all cores. The servers come from config/proefservers.py."""

import os
import sys

from config import frontend
from config.beheer.chromium import zorg_voor_chromium


def main(argumenten: list[str]) -> int:
    """Hands the terminal to pytest: its summary is the last thing on the screen, its exit code is ours."""
    frontend.bouw()
    zorg_voor_chromium()
    kernen = str(min(len(os.sched_getaffinity(0)), 8))
    opdracht = [sys.executable, "-m", "pytest", "-n", kernen, "--dist", "loadgroup", *_eigen_paden(argumenten)]
    os.execv(sys.executable, opdracht)


def _eigen_paden(argumenten: list[str]) -> list[str]:
    """`--vectoren MAP` is meant from where the person stands; ./portaal went to the project folder."""
    vanuit = os.environ.get("PORTAAL_VANUIT", os.getcwd())
    return [
        os.path.join(vanuit, argument) if voor == "--vectoren" else argument
        for voor, argument in zip(["", *argumenten], argumenten, strict=False)
    ]

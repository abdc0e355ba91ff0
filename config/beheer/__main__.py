"""`python -m config.beheer <command>`: the second half of ./portaal."""

import sys
from collections.abc import Callable
from importlib import import_module

from config.server import Storing

GEBRUIK = """Gebruik: ./portaal <opdracht>

  start [--poort N] [--zonder-demo]   maak alles klaar en draai het portaal tot Ctrl-C
  test [pytest-argumenten]            draai alle tests, bijvoorbeeld: ./portaal test -k claim
  manage <opdracht>                   manage.py in deze omgeving, bijvoorbeeld: ./portaal manage shell
  check                               stijl, types, sjablonen, migraties, beveiliging en lockbestanden
  meet [argumenten]                   metingen, als tabel en als JSON
  backup [bestand]                    reservekopie van database, sleutels en berichten
  restore <bestand> [--overschrijf]   zet een reservekopie terug
"""

OPDRACHTEN = {
    "start": "start",
    "test": "proef",
    "manage": "manage",
    "check": "controle",
    "meet": "meting",
    "backup": "reservekopie",
    "restore": "terugzetten",
}


def main(argumenten: list[str]) -> int:
    """Run one command; a Storing becomes its sentence and exit code 1."""
    if not argumenten or argumenten[0] not in OPDRACHTEN:
        print(GEBRUIK)
        return 0 if argumenten[:1] in (["--help"], ["-h"], ["help"]) else 2
    opdracht: Callable[[list[str]], int] = import_module(f"config.beheer.{OPDRACHTEN[argumenten[0]]}").main
    try:
        return opdracht(argumenten[1:])
    except Storing as storing:
        print(f"\n{storing}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nAfgebroken.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Bring database and static files up to date in one process; run by `./portaal start` and after a restore."""

import argparse
import os
import sys

import django
from django.core.management import call_command


def main(argumenten: list[str]) -> None:
    """Migrate, collect static files and, with --demo, fill the demo region when it is not there yet."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", action="store_true")
    opties = parser.parse_args(argumenten)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print("  Database bijwerken", flush=True)
    call_command("migrate", interactive=False, verbosity=0)
    print("  Bestanden voor de browser verzamelen", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    if opties.demo:
        call_command("seed", eenmalig=True)


if __name__ == "__main__":
    main(sys.argv[1:])

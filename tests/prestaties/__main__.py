"""`python -m tests.prestaties [naam ...]`: run the benchmarks, print a table and then the same as JSON.

Without DATABASE_URL in the environment it starts its own servers, as `./portaal meet` does.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from dataclasses import asdict
from pathlib import Path

from tests.prestaties import METINGEN, Uitkomst


def main(namen: list[str]) -> int:
    """0 when every figure meets its demand, 1 when one does not, 2 for an unknown name."""
    if "DATABASE_URL" not in os.environ:
        from config.beheer import meting

        return meting.main(namen)
    _laad()
    if onbekend := sorted(set(namen) - set(METINGEN)):
        print(f"Onbekende meting: {', '.join(onbekend)}. Er zijn: {', '.join(sorted(METINGEN))}.", file=sys.stderr)
        return 2
    uitkomsten = {naam: _meet(naam) for naam in sorted(namen or METINGEN)}
    print(tabel(uitkomsten))
    print(json.dumps({naam: {**asdict(u), "voldoet": u.voldoet} for naam, u in uitkomsten.items()}, indent=2))
    return 0 if all(uitkomst.voldoet for uitkomst in uitkomsten.values()) else 1


def _meet(naam: str) -> Uitkomst:
    """In an empty database, whatever was measured before."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    return METINGEN[naam]()


def _laad() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("_"):
            importlib.import_module(f"tests.prestaties.{module.name}")


def tabel(uitkomsten: dict[str, Uitkomst]) -> str:
    """One line per figure, plain text."""
    regels = [f"{'meting':<16}{'verhouding':>11}{'eis':>9}{'doel':>8}  uitleg"]
    for naam, u in uitkomsten.items():
        teken = "<=" if u.hoogstens else ">="
        eis = f"{teken}{u.eis:g}" if u.eis is not None else "-"
        doel = f"{u.doel:g}" if u.doel is not None else "-"
        oordeel = "" if u.voldoet else "  VOLDOET NIET"
        regels.append(f"{naam:<16}{u.verhouding:>11.3f}{eis:>9}{doel:>8}  {u.uitleg}{oordeel}")
    return "\n".join(regels)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

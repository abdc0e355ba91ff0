"""`manage.py laad_normtabel huishouden --vanaf 2026-01-01 --naam "Normenkader HO 2025" --bron "..." [--gemeente 0632]`

Without `--bestand` the table that ships with the portal is loaded: figures with a public source and, marked as such,
fictitious ones to practise with. A gemeente loads the table it has the right to use.
"""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wmo.actions import normtabellen
from wmo.actions.kader import Geweigerd
from wmo.data import rijen
from wmo.models import Aanstelling, Gemeente, Normtabel


class Command(BaseCommand):
    help = "Laad een normtabel (normenkader) uit een CSV-bestand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("soort", choices=Normtabel.Soort.values)
        parser.add_argument("--vanaf", type=date.fromisoformat, required=True, help="eerste dag, jjjj-mm-dd")
        parser.add_argument("--naam", required=True)
        parser.add_argument("--bron", required=True, help="waar de cijfers vandaan komen")
        parser.add_argument("--gemeente", help="CBS-code; zonder geldt de tabel voor de hele regio")
        parser.add_argument("--bestand", type=Path, help="CSV met de kolommen van wmo/data/normtabel_huishouden.csv")

    def handle(self, *args: Any, **opties: Any) -> None:
        try:
            tabel = normtabellen.laad(
                soort=opties["soort"],
                naam=opties["naam"],
                ingangsdatum=opties["vanaf"],
                bron=opties["bron"],
                gemeente=self._gemeente(opties["gemeente"]),
                rijen=self._rijen(opties["bestand"], opties["soort"]),
                door=Aanstelling.objects.systeem(),
                nu=timezone.now(),
            )
        except Geweigerd as fout:
            raise CommandError(fout.zin) from fout
        self.stdout.write(f"{tabel}: {tabel.regels.count()} regels geladen.")

    def _gemeente(self, code: str | None) -> Gemeente | None:
        gemeente = Gemeente.objects.filter(code=code).first() if code else None
        if code and gemeente is None:
            raise CommandError(f"Gemeente {code} is er niet. Gebruik de CBS-code van vier cijfers.")
        return gemeente

    def _rijen(self, bestand: Path | None, soort: str) -> list[dict[str, str]]:
        if bestand is None:
            return rijen(f"normtabel_{soort}")
        if not bestand.exists():
            raise CommandError(f"Het bestand {bestand} is er niet.")
        with bestand.open(encoding="utf-8-sig", newline="") as f:
            return list(csv.DictReader(f))

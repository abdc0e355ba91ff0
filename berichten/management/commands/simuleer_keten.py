"""`manage.py simuleer_aanbieder`: play the software of one or more aanbieders, through files alone."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from berichten.simulator import FOUTEN, OP_VERZOEK, Aanbiedersoftware
from berichten.transport.bestand import Map

PAUZE = 2  # seconds between two rounds with --blijf


class Command(BaseCommand):
    help = "Speelt de software van aanbieders: leest 301, antwoordt 302, meldt de start. Kent alleen de bestanden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--map", default=str(settings.BERICHTEN_MAP), help="De map waarin de berichten liggen.")
        parser.add_argument("--agb", action="append", help="Alleen deze AGB-code; mag vaker. Standaard allemaal.")
        parser.add_argument("--gemeente", action="append", help="Alleen deze gemeentecode; mag vaker.")
        parser.add_argument("--soort", choices=OP_VERZOEK, default="", help="Maak ook dit bericht voor elke opdracht.")
        parser.add_argument("--fout", choices=FOUTEN, action="append", default=[], help="Doe dit verkeerd; mag vaker.")
        parser.add_argument("--tarief", type=int, default=55, help="Tarief per eenheid in eurocenten, voor een 323.")
        parser.add_argument("--blijf", action="store_true", help="Blijf spelen tot Ctrl-C.")

    def handle(self, **opties: Any) -> None:
        while True:
            for gemeente, agb in self._postbussen(opties):
                software = Aanbiedersoftware(
                    Map(opties["map"]),
                    gemeente,
                    agb,
                    timezone.now(),
                    fouten=frozenset(opties["fout"]),
                    tarief=opties["tarief"],
                )
                for naam in software.speel(opties["soort"]):
                    self.stdout.write(f"{gemeente} {agb}: {naam}")
            if not opties["blijf"]:
                return
            opties["soort"] = ""  # once is enough
            time.sleep(PAUZE)

    def _postbussen(self, opties: dict[str, Any]) -> list[tuple[str, str]]:
        """The folders that the gemeente made by sending something."""
        paden = sorted(Path(opties["map"]).glob("[0-9]*/[0-9]*/naar-aanbieder"))
        paren = [(pad.parent.parent.name, pad.parent.name) for pad in paden]
        return [
            (gemeente, agb)
            for gemeente, agb in paren
            if agb in (opties["agb"] or [agb]) and gemeente in (opties["gemeente"] or [gemeente])
        ]

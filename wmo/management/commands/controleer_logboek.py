"""Check the hash chains of the logboek from the command line, for the CISO and for cron."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wmo.actions.zegels import Keten, controleer_keten
from wmo.models import Gemeente
from wmo.weergave import getal, tijdstip


class Command(BaseCommand):
    help = "Controleer de hash-ketens van het logboek. Eindigt met een fout als een keten niet klopt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--gemeente", help="CBS-code; zonder deze optie worden alle ketens nagerekend")
        parser.add_argument("--anker", default="", help="hash die u elders hebt bewaard; vraagt om --gemeente")

    def handle(self, *args: Any, **opties: Any) -> None:
        if opties["anker"] and not opties["gemeente"]:
            raise CommandError("Geef bij --anker ook --gemeente: elke gemeente heeft een eigen keten.")
        ketens = [controleer_keten(gemeente, anker=opties["anker"]) for gemeente in _gemeenten(opties["gemeente"])]
        for keten in ketens:
            self._toon(keten)
        if not all(keten.klopt for keten in ketens):
            raise CommandError("Het logboek klopt niet. Waarschuw de CISO.")

    def _toon(self, keten: Keten) -> None:
        laatste = f", laatste zegel {tijdstip(keten.laatste)}" if keten.laatste else ""
        self.stdout.write(f"{keten.naam}: {getal(keten.regels)} regels{laatste}, {keten.wachtend} wachten op een zegel")
        self.stdout.write(f"  hash {keten.laatste_hash or '-'}")
        for breuk in keten.breuken:
            waar = f"regel {breuk.regel}" if breuk.regel else "het zegel zelf"
            self.stdout.write(f"  BREUK in zegel {breuk.zegel}: {waar} ({breuk.soort})")


def _gemeenten(code: str | None) -> list[Gemeente | None]:
    if code is None:
        return [*Gemeente.objects.order_by("naam"), None]
    gevonden = Gemeente.objects.filter(code=code).first()
    if gevonden is None:
        raise CommandError(f"Er is geen gemeente met code {code}.")
    return [gevonden]

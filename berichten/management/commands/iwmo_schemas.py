"""Check official schemas (a folder or a zip) and put them where the second gate finds them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from berichten import officieel
from berichten.poort import Geweigerd
from berichten.standaard import berichtsoorten
from berichten.xsd import BASISBESTAND, basisschema, berichtschema


class Command(BaseCommand):
    help = "Controleert officiële iWmo-schema's en zet ze in IWMO_XSD_DIR. Zonder bron: schrijft onze eigen schema's."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bron", nargs="?", type=Path, help="een map of een zip met .xsd-bestanden")
        parser.add_argument("--naar", type=Path, help="de map waar ze komen te staan (standaard IWMO_XSD_DIR)")

    def handle(self, *args: Any, bron: Path | None, naar: Path | None, **opties: Any) -> None:
        doel = naar or (Path(settings.IWMO_XSD_DIR) if settings.IWMO_XSD_DIR else None)
        if doel is None:
            raise CommandError("Zeg met --naar waar de schema's komen te staan, of zet IWMO_XSD_DIR in .env.")
        bestanden = self._officiele(bron) if bron else _onze()
        doel.mkdir(parents=True, exist_ok=True)
        for naam, inhoud in bestanden.items():
            (doel / naam).write_bytes(inhoud)
        self.stdout.write(f"{len(bestanden)} schema's staan in {doel}.")

    def _officiele(self, bron: Path) -> dict[str, bytes]:
        """With our own for the messages that are not in it: the second gate wants all fourteen in one folder."""
        try:
            bestanden = officieel.lees(bron)
        except Geweigerd as fout:
            raise CommandError(fout.reden) from fout
        if bezwaren := list(officieel.bezwaren(bestanden)):
            raise CommandError("\n".join(["Deze schema's zijn niet te gebruiken:", *bezwaren]))
        aanwezig = {soort.bericht for soort in officieel.soorten_in(bestanden)}
        if eigen := [soort.bericht for soort in berichtsoorten.values() if soort.bericht not in aanwezig]:
            self.stdout.write(f"Niet in de bron, dus onze eigen: {', '.join(eigen)}.")
        return {**_onze(), **bestanden}


def _onze() -> dict[str, bytes]:
    berichten = {f"{soort.bericht}.xsd": berichtschema(soort).encode() for soort in berichtsoorten.values()}
    return {BASISBESTAND: basisschema().encode(), **berichten}

"""`manage.py simuleer_keten`: play the aanbieders, and with --ggk the knooppunt between them and the portal as well."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from berichten.simulator import FOUTEN, OP_VERZOEK, Aanbiedersoftware
from berichten.simulator.knooppunt import KETENFOUTEN, KOP, Knooppunt, Koppelvlak
from berichten.simulator.papieren import Papieren, oefenpapieren
from berichten.simulator.server import Server
from berichten.transport.bestand import Map

PAUZE = 2.0  # seconds between two rounds with --blijf
GGK_POORT = 8600
PORTAAL = "http://127.0.0.1:8000/koppelvlak/ggk/"


class Command(BaseCommand):
    help = (
        "Speelt de software van aanbieders: leest 301, antwoordt 302, meldt de start. Standaard door de bestanden van "
        "het portaal; met --ggk door een nagespeeld GGk, met enveloppen en certificaten."
    )
    requires_system_checks: Any = []  # needs no database, nor anything else of the portal

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--map", help="De map waarin de berichten liggen.")
        parser.add_argument("--agb", action="append", help="Alleen deze AGB-code; mag vaker. Standaard allemaal.")
        parser.add_argument("--gemeente", action="append", help="Alleen deze gemeentecode; mag vaker.")
        parser.add_argument("--soort", choices=OP_VERZOEK, default="", help="Maak ook dit bericht voor elke opdracht.")
        parser.add_argument("--fout", choices=FOUTEN + KETENFOUTEN, action="append", default=[], help="Doe dit fout.")
        parser.add_argument("--tarief", type=int, default=55, help="Tarief per eenheid in eurocenten, voor een 323.")
        parser.add_argument("--blijf", action="store_true", help="Blijf spelen tot Ctrl-C.")
        parser.add_argument("--pauze", type=float, default=PAUZE, help="Seconden tussen twee ronden.")
        parser.add_argument("--ggk", action="store_true", help="Speel ook het GGk; blijft spelen tot Ctrl-C.")
        parser.add_argument("--poort", type=int, default=GGK_POORT, help="Poort waarop het GGk luistert.")
        parser.add_argument("--portaal", default=PORTAAL, help="Adres waar het portaal berichten ontvangt.")

    def handle(self, **opties: Any) -> None:
        post = Path(str(settings.BERICHTEN_MAP))
        map_ = Map(Path(opties["map"] or (post.parent / "keten" if opties["ggk"] else post)).resolve())
        try:
            self._speel_ggk(map_, opties) if opties["ggk"] else self._speel(map_, opties)
        except KeyboardInterrupt:
            self._zeg("Gestopt.")

    def _speel_ggk(self, map_: Map, opties: dict[str, Any]) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # the simulator says itself what went where
        papieren = oefenpapieren(map_.wortel / ".papieren")
        knooppunt = Knooppunt(
            map_, Koppelvlak(opties["portaal"], papieren), frozenset(opties["fout"]), lambda zin: self._zeg(zin)
        )
        server = Server(
            papieren.knooppunt, papieren.ca, lambda b, _: knooppunt.luister(b, timezone.now()), opties["poort"]
        )
        self._zeg("Zet dit in .env van het portaal en start het opnieuw:\n")
        for regel in instellingen(server.adres, papieren):
            self._zeg(regel)
        self._zeg(f"\nHet GGk luistert op {server.adres} en bezorgt op {opties['portaal']}. Stoppen: Ctrl-C.")
        try:
            self._speel(map_, {**opties, "blijf": True}, knooppunt)
        finally:
            server.stop()

    def _speel(self, map_: Map, opties: dict[str, Any], knooppunt: Knooppunt | None = None) -> None:
        while True:
            for gemeente, agb in _postbussen(map_, opties):
                software = Aanbiedersoftware(
                    map_, gemeente, agb, timezone.now(), fouten=frozenset(opties["fout"]), tarief=opties["tarief"]
                )
                for naam in software.speel(opties["soort"]):
                    self._zeg(f"{gemeente} {agb}: {naam}")
            if knooppunt is not None:
                knooppunt.bezorg(timezone.now())
            if not opties["blijf"]:
                return
            opties["soort"] = ""  # once is enough
            time.sleep(opties["pauze"])

    def _zeg(self, zin: str) -> None:
        self.stdout.write(zin)
        self.stdout.flush()


def instellingen(adres: str, papieren: Papieren) -> Iterable[str]:
    """What the portal needs to travel this road, as lines for its `.env`."""
    return (
        "BERICHTEN_TRANSPORT=ggk",
        f"GGK_ENDPOINT={adres}",
        f"GGK_CERTIFICAAT={papieren.portaal.cert}",
        f"GGK_SLEUTEL={papieren.portaal.key}",
        f"GGK_CA={papieren.ca.cert}",
        f"GGK_CERTIFICAATKOP={KOP}",
        f"GGK_VERTROUWD={papieren.knooppunt.vingerafdruk}",
    )


def _postbussen(map_: Map, opties: dict[str, Any]) -> list[tuple[str, str]]:
    """The folders that came to be because something was sent."""
    paden = sorted(Path(map_.wortel).glob("[0-9]*/[0-9]*/naar-aanbieder"))
    paren = [(pad.parent.parent.name, pad.parent.name) for pad in paden]
    return [
        (gemeente, agb)
        for gemeente, agb in paren
        if agb in (opties["agb"] or [agb]) and gemeente in (opties["gemeente"] or [gemeente])
    ]

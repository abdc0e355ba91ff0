"""Judge iWmo messages: one file with a readable report, or thousands of cases as JSON lines."""

import base64
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from berichten.codelijsten import lijst
from berichten.instellingen import grenzen
from berichten.toestand import Toestand
from berichten.toestand_json import lees_toestand
from berichten.validate import Bevinding, Uitkomst, controleer

# What a line, a toestand or a value in it can be wrong with.
ONLEESBAAR = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Command(BaseCommand):
    help = "Controleert een iWmo-bericht en zegt wat er fout is, waar, en wat u kunt doen."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestand", nargs="?", type=Path, help="een bericht (XML)")
        parser.add_argument("--toestand", type=Path, help="wat de ontvanger al weet (JSON, zie docs/berichten)")
        parser.add_argument(
            "--jsonl", action="store_true", help="gevallen van standaardinvoer, één JSON-object per regel"
        )

    def handle(self, *args: Any, bestand: Path | None, toestand: Path | None, jsonl: bool, **opties: Any) -> None:
        if jsonl:
            # As bytes, and ASCII out: one line in another encoding may not stop the lines after it.
            for regel in getattr(sys.stdin, "buffer", sys.stdin):
                if regel.strip():
                    self.stdout.write(json.dumps(geval(regel)))
                    self.stdout.flush()
            return
        if bestand is None:
            raise CommandError("Noem een bestand, of gebruik --jsonl.")
        uitkomst = controleer(_inhoud(bestand), _toestand(toestand), grenzen())
        for zin in rapport(uitkomst):
            self.stdout.write(zin)
        if not uitkomst.goedgekeurd:
            raise SystemExit(1)


def _inhoud(bestand: Path) -> bytes:
    try:
        return bestand.read_bytes()
    except OSError as fout:
        raise CommandError(f"Het bestand {bestand} is niet te lezen: {fout.strerror}.") from fout


def _toestand(bestand: Path | None) -> Toestand | None:
    if bestand is None:
        return None
    try:
        return lees_toestand(json.loads(_inhoud(bestand)))
    except ONLEESBAAR as fout:
        raise CommandError(f"De toestand in {bestand} is niet te lezen: {fout}.") from fout


def geval(regel: str | bytes) -> dict[str, Any]:
    """One case in, one outcome out, whatever came in: `fout` says what cannot be read, and the next line goes on."""
    invoer: Any = {}
    try:
        invoer = json.loads(regel)
        data = base64.b64decode("".join(invoer["xml_b64"].split()), validate=True)
        toestand = lees_toestand(invoer["toestand"]) if invoer.get("toestand") else None
        return als_json(invoer.get("id"), controleer(data, toestand, grenzen()))
    except ONLEESBAAR as fout:
        wat = f"{fout} ontbreekt" if isinstance(fout, KeyError) else fout
        zin = f"Deze regel is niet te lezen: {wat}."
        id_ = invoer.get("id") if isinstance(invoer, dict) else None
        niets = Uitkomst(False, False, False, bevindingen=(Bevinding("XSD", "", "", zin),))
        return als_json(id_, niets) | {"fout": zin}


def als_json(id: Any, uitkomst: Uitkomst) -> dict[str, Any]:
    """One line of the answer: verdict, findings and answer message."""
    uit: dict[str, Any] = {
        "id": id,
        "bericht": uitkomst.soort.bericht if uitkomst.soort else None,
        "veilig": uitkomst.veilig,
        "schema_geldig": uitkomst.schema_geldig,
        "retourbericht": uitkomst.retourbericht,
        "codes": uitkomst.codes,
        "bevindingen": [
            {"regel": b.regel, "code": b.code, "pad": b.pad, "tekst": b.tekst} for b in uitkomst.bevindingen
        ],
    }
    if uitkomst.toegekend is not None:
        uit["toegekend"] = uitkomst.toegekend
    return uit


def rapport(uitkomst: Uitkomst) -> Iterator[str]:
    """What is wrong, where, and what to do, in plain Dutch."""
    yield _opschrift(uitkomst)
    if uitkomst.reden:
        yield uitkomst.reden
    if not uitkomst.op192_ok:
        yield "Let op: het bestand is geen UTF-8 zonder BOM (OP192). Zo hoort het niet verzonden te worden."
    for bevinding in uitkomst.bevindingen:
        yield from _bevinding(bevinding)
    if uitkomst.toegekend is not None:
        yield f"Toegekend: {uitkomst.toegekend} cent."
    if uitkomst.retourbericht:
        yield f"Het antwoord is een {uitkomst.retourbericht}."


def _opschrift(uitkomst: Uitkomst) -> str:
    oordeel = "Goedgekeurd" if uitkomst.goedgekeurd else "Afgekeurd"
    if uitkomst.bericht is None:
        return f"{oordeel}: {uitkomst.soort.bericht if uitkomst.soort else 'dit bestand'} komt niet binnen."
    kop = uitkomst.bericht.header
    identificatie, soort = kop.bericht_identificatie, uitkomst.soort.bericht if uitkomst.soort else ""
    return (
        f"{oordeel}: {soort} van {kop.afzender} aan "
        f"{kop.ontvanger}, identificatie {identificatie.identificatie} van {identificatie.dagtekening:%d-%m-%Y}."
    )


def _bevinding(bevinding: Bevinding) -> Iterator[str]:
    codes = " ".join(deel for deel in (bevinding.regel, bevinding.code) if deel)
    yield f"- {bevinding.tekst} [{codes}]"
    if bevinding.pad:
        yield f"  Waar: {bevinding.pad}"
    code = lijst("WJ001").get(bevinding.code)
    if code and code.wat_nu:
        yield f"  Wat nu: {code.wat_nu}"

"""Code lists: which codes exist and what they mean, in our own words. The rows stand in codelijsten.csv.

WJ001 (retourcodes) and the three lists of faults on the way (`KETENLIJSTEN`) have `wat_nu`: what the reader does next.
The lists of municipalities (CBS) and countries (COD032) are those of 2025; codes of merged municipalities come from the
Toestand, not from here.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

LIJSTEN = {
    "CBS": "Gemeentecode",
    "COD032": "Land",
    "COD043": "Debet of credit",
    "COD046": "Geslacht",
    "COD170": "Gebruik van de geboortedatum",
    "COD260": "Ja of nee",
    "COD327": "Verwijzer",
    "COD467": "Status van de aanlevering",
    "COD472": "Soort relatie",
    "COD700": "Gebruik van de naam",
    "COD747": "Vorm van communicatie",
    "COD757": "Soort adres",
    "NUM061": "Aanduiding bij het huisnummer",
    "WJ001": "Retourcode",
    "WJ003": "Wettelijke vertegenwoordiging",
    "WJ232": "Juridische status",
    "WJ756": "Eenheid",
    "WJ758": "Reden van het verzoek",
    "WJ759": "Reden van afwijzing",
    "WJ760": "Antwoord op het verzoek",
    "WMO002": "Reden van de wijziging",
    "WMO020": "Productcategorie",
    "WMO588": "Reden van de beëindiging",
    "WMO757": "Frequentie",
    "FO01": "Fout onderweg (Fo01, november 2025)",
    "BRS": "Fout onderweg (VECOZO)",
    "ISD21": "Fout onderweg (ISD-keten 2.1.04, 2018)",
}
# Newest first. They use the same code for different things (IB007, IB009, BRS06).
KETENLIJSTEN = ("FO01", "BRS", "ISD21")

GOED = "0200"
NIET_BEOORDEELD = "0233"
TECHNISCH_AFGEKEURD = "0001"
VOLLEDIG_TOEGEKEND = "8001"
# The codes that say nothing is wrong with the class that carries them.
GEEN_FOUT = frozenset({GOED, NIET_BEOORDEELD, VOLLEDIG_TOEGEKEND})


class Code(NamedTuple):
    code: str
    omschrijving: str
    wat_nu: str = ""


@cache
def _lijsten() -> dict[str, dict[str, Code]]:
    lijsten: dict[str, dict[str, Code]] = {}
    with (Path(__file__).parent / "codelijsten.csv").open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand):
            code = Code(rij["code"], rij["omschrijving"], rij["wat_nu"])
            lijsten.setdefault(rij["lijst"], {})[code.code] = code
    return lijsten


def lijst(naam: str) -> dict[str, Code]:
    """All codes of a list, by code. Unknown lists are a KeyError: it is a mistake in our own code."""
    return _lijsten()[naam]


def codes(naam: str) -> tuple[str, ...]:
    return tuple(lijst(naam))


def omschrijving(naam: str, code: str | None) -> str:
    """The Dutch words for a code; the code itself when the list does not know it, "" for None."""
    if code is None:
        return ""
    gevonden = lijst(naam).get(code)
    return gevonden.omschrijving if gevonden else code

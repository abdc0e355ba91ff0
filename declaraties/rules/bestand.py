"""A csv with deliveries: read line by line, with a Dutch sentence for each line that cannot be used.

Columns: gemeente (4 digits), toewijzingnummer, datum (a day) or maand (a whole month), minuten. Other products than
time give their units in the same column. Separator ; or , as in the first line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from wmo.periodes import Periode
from wmo.rules.afronden import geheel

KOLOMMEN = ("gemeente", "toewijzingnummer", "datum", "minuten")
MAX_MINUTEN = 99_999_999  # LDT_Volume
KOP = ";".join(KOLOMMEN)
ZONDER_EINDE = "vanaf hier is het bestand niet te lezen. Haal losse aanhalingstekens weg en stuur het opnieuw."


@dataclass(frozen=True, slots=True)
class Leverregel:
    """A usable line. `periode` is one day, or a calendar month that is still to be clipped to the toewijzing."""

    regel: int
    gemeente: str
    toewijzingnummer: int
    periode: Periode
    aantal: int


@dataclass(frozen=True, slots=True)
class Regelfout:
    """What is wrong with a line and what to write instead; `regel` counts from 1 with the heading as line 1."""

    regel: int
    kolom: str
    waarde: str
    tekst: str

    @property
    def zin(self) -> str:
        return f"Regel {self.regel}: {self.tekst}"

    def als_dict(self) -> dict[str, object]:
        return asdict(self)


class _Fout(Exception):
    def __init__(self, kolom: str, waarde: str, tekst: str) -> None:
        super().__init__(tekst)
        self.kolom, self.waarde, self.tekst = kolom, waarde, tekst


def ontcijfer(inhoud: bytes) -> str:
    """UTF-8 with or without BOM; else what a Dutch Excel writes."""
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252", errors="replace")


def lees(tekst: str) -> Iterator[Leverregel | Regelfout]:
    """Every line after the heading, good or wrong, in order. Empty lines are passed over."""
    eerste = tekst.split("\n", 1)[0]
    lezer = csv.reader(io.StringIO(tekst), delimiter=";" if ";" in eerste or "," not in eerste else ",")
    try:
        kop = [cel.strip().lower() for cel in next(lezer, [])]
        plaatsen = {naam: kop.index(naam) for naam in (*KOLOMMEN, "maand") if naam in kop}
        if not {"toewijzingnummer", "minuten", "gemeente"} <= set(plaatsen) or not {"datum", "maand"} & set(plaatsen):
            yield Regelfout(1, "kop", eerste.strip()[:80], f"de kop van het bestand klopt niet. Schrijf: {KOP}.")
            return
        for cellen in lezer:
            if any(cel.strip() for cel in cellen):
                waarden = {n: cellen[p].strip() if p < len(cellen) else "" for n, p in plaatsen.items()}
                yield _regel(lezer.line_num, waarden)
    except csv.Error:  # a cell without end: nearly always a quotation mark that is never closed
        yield Regelfout(lezer.line_num, "", "", ZONDER_EINDE)


def _regel(nummer: int, waarden: dict[str, str]) -> Leverregel | Regelfout:
    try:
        return Leverregel(
            nummer,
            _gemeente(waarden["gemeente"]),
            _toewijzing(waarden["toewijzingnummer"]),
            _periode(waarden.get("datum", ""), waarden.get("maand", "")),
            minuten(waarden["minuten"]),
        )
    except _Fout as fout:
        return Regelfout(nummer, fout.kolom, fout.waarde, fout.tekst)


def _gemeente(waarde: str) -> str:
    # spreadsheets drop the leading zero
    if waarde.isascii() and waarde.isdigit() and 3 <= len(waarde) <= 4:
        return waarde.zfill(4)
    raise _Fout(
        "gemeente", waarde, f"kolom gemeente bevat ‘{waarde}’. Schrijf de code van 4 cijfers, bijvoorbeeld 0632."
    )


def _toewijzing(waarde: str) -> int:
    if waarde.isascii() and waarde.isdigit() and len(waarde) <= 9:
        return int(waarde)
    raise _Fout(
        "toewijzingnummer", waarde, f"kolom toewijzingnummer bevat ‘{waarde}’. Schrijf alleen cijfers, hooguit 9."
    )


def _periode(dag: str, maand: str) -> Periode:
    if dag:
        return _dag(dag)
    if gevonden := re.fullmatch(r"(\d{4})-(\d{1,2})|(\d{1,2})-(\d{4})", maand):
        jaar, nummer = int(gevonden[1] or gevonden[4]), int(gevonden[2] or gevonden[3])
        if 1 <= nummer <= 12 and jaar >= 2021:
            return Periode.maand(jaar, nummer)
    raise _Fout(
        "datum", maand, f"kolom datum bevat ‘{maand}’. Schrijf een dag als 26-11-2026 of een maand als 2026-11."
    )


def _dag(waarde: str) -> Periode:
    if gevonden := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", waarde):
        delen = (int(gevonden[3]), int(gevonden[2]), int(gevonden[1]))
    elif gevonden := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", waarde):
        delen = (int(gevonden[1]), int(gevonden[2]), int(gevonden[3]))
    else:
        return _periode("", waarde)
    try:
        dag = date(*delen)
    except ValueError as fout:
        raise _Fout("datum", waarde, f"‘{waarde}’ is geen bestaande dag. Schrijf een dag als 26-11-2026.") from fout
    return Periode(dag, dag)


def minuten(waarde: str) -> int:
    """165 or 2:45; anything else is refused with what it probably should be."""
    schoon = waarde.replace(" ", "").lower()
    if re.fullmatch(r"\d{1,8}", schoon):
        return int(schoon)
    if gevonden := re.fullmatch(r"(\d{1,4}):([0-5]\d)", schoon):
        return int(gevonden[1]) * 60 + int(gevonden[2])
    raise _Fout("minuten", waarde, f"kolom minuten bevat ‘{waarde}’. Schrijf {_voorstel(schoon)}.")


def _voorstel(schoon: str) -> str:
    """ "2,5uur" was meant as 150: the number to write, or an example when there is no telling."""
    if gevonden := re.fullmatch(r"(\d+(?:[.,]\d+)?)(uur|u|h|min|minuten|m)?", schoon):
        try:
            getal = Decimal(gevonden[1].replace(",", "."))
        except InvalidOperation:
            return "een heel getal, bijvoorbeeld 150"
        aantal = geheel(getal if (gevonden[2] or "").startswith("m") else getal * 60)
        if aantal <= MAX_MINUTEN:
            return str(aantal)
    return "een heel getal, bijvoorbeeld 150"

"""Lists to take away: "Download lijst (Excel)" with who, when and which filter above it, and csv for programs."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from wmo import weergave

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r")
MAXIMUM_RIJEN = 50_000
BLADNAAM = re.compile(r"[\[\]:*?/\\]")  # Excel allows none of these in the name of a sheet


def veilige_cel(waarde: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe; numbers and dates stay what they are.

    Control characters become spaces: Word leaves them in pasted text, and a workbook may not hold them.
    """
    if isinstance(waarde, datetime):
        return weergave.tijdstip(waarde)
    if waarde is None or isinstance(waarde, int | float | Decimal | date):
        return waarde
    tekst = ILLEGAL_CHARACTERS_RE.sub(" ", str(waarde))
    return f"'{tekst}" if tekst.lstrip(" ").startswith(GEVAARLIJK) else tekst


def excel(
    *, titel: str, wie: str, nu: datetime, filter_: str, koppen: Sequence[str], rijen: Iterable[Sequence[Any]]
) -> bytes:
    """One sheet, written row by row. `rijen` may be a generator over a database cursor."""
    boek = Workbook(write_only=True)
    blad = boek.create_sheet(title=BLADNAAM.sub(" ", titel)[:31])
    for regel in (titel, f"Gemaakt door {wie} op {weergave.tijdstip(nu)}", f"Filter: {filter_ or 'geen'}"):
        blad.append([veilige_cel(regel)])
    blad.append([])
    blad.append([_vet(blad, kop) for kop in koppen])
    for rij in rijen:
        blad.append([veilige_cel(waarde) for waarde in rij])
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _vet(blad: Any, tekst: str) -> WriteOnlyCell:
    cel = WriteOnlyCell(blad, value=tekst)
    cel.font = Font(bold=True)
    return cel


def excel_antwoord(*, naam: str, **inhoud: Any) -> HttpResponse:
    """The sheet as a download. `naam` is made of words such as "werkvoorraad-woerden": never a person (R-321)."""
    return _download(excel(**inhoud), MIMETYPE, f"{naam}-{weergave.als_datum(inhoud['nu']):%Y-%m-%d}.xlsx")


def csv_antwoord(*, naam: str, koppen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> HttpResponse:
    """Semicolons and UTF-8 with BOM, as Dutch spreadsheets read it. `naam` holds no person (R-321)."""
    uit = StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(koppen)
    schrijver.writerows([veilige_cel(waarde) for waarde in rij] for rij in rijen)
    return _download(("\ufeff" + uit.getvalue()).encode(), "text/csv; charset=utf-8", f"{naam}.csv")


def _download(inhoud: bytes, mimetype: str, bestand: str) -> HttpResponse:
    antwoord = HttpResponse(inhoud, content_type=mimetype)
    antwoord["Content-Disposition"] = f'attachment; filename="{bestand}"'
    antwoord["Cache-Control"] = "no-store"
    return antwoord

"""A list as csv, for programs: semicolons and UTF-8 with BOM, as Dutch spreadsheets read it."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from django.http import HttpResponse

from wmo.export import veilige_cel
from wmo.weergave import als_datum


def antwoord(*, naam: str, nu: datetime, koppen: Sequence[str], rijen: Iterable[Sequence[Any]]) -> HttpResponse:
    """`naam` is made of words such as "logboek": never a person (R-321). Cells that look like a formula are defused."""
    uit = StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    schrijver.writerow(koppen)
    schrijver.writerows([veilige_cel(waarde) for waarde in rij] for rij in rijen)
    response = HttpResponse("\ufeff" + uit.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{naam}-{als_datum(nu):%Y-%m-%d}.csv"'
    response["Cache-Control"] = "no-store"
    return response

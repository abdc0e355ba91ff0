"""A spreadsheet that runs nothing and tells where it came from."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import moment
from wmo.export import excel, veilige_cel


@pytest.mark.parametrize(
    ("waarde", "veilig"),
    [
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\x0b=1", "' =1"),
        ("uit Word\x0bgeplakt", "uit Word geplakt"),
        ("gewoon", "gewoon"),
        (-1, -1),
        (None, None),
        (date(2026, 11, 23), date(2026, 11, 23)),
        (moment(), "23-11-2026, 10:00"),
    ],
)
def test_formules_worden_tekst_en_getallen_blijven_getallen(waarde, veilig):
    assert veilige_cel(waarde) == veilig


def test_bovenaan_staat_wie_wanneer_en_welk_filter():
    inhoud = excel(
        titel="Wachtlijst", wie="N. Oefenstra", nu=moment(), filter_="", koppen=["Plek"], rijen=[["WRD-0001"]]
    )
    rijen = [rij[0] for rij in load_workbook(BytesIO(inhoud)).active.iter_rows(values_only=True)]
    assert rijen == [
        "Wachtlijst",
        "Gemaakt door N. Oefenstra op 23-11-2026, 10:00",
        "Filter: geen",
        None,
        "Plek",
        "WRD-0001",
    ]


def test_een_stuurteken_in_een_tekst_houdt_de_download_niet_tegen():
    inhoud = excel(titel="Lijst", wie="N", nu=moment(), filter_="", koppen=["Reden"], rijen=[["val\x0bpartij"]])
    assert load_workbook(BytesIO(inhoud)).active.cell(6, 1).value == "val partij"

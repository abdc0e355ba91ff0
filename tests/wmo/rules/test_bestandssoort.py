"""The bytes decide, whatever the name says."""

import pytest

from wmo.rules.bestandssoort import JPEG, PDF, PNG, TEKST, WORD, herken


@pytest.mark.parametrize(
    ("inhoud", "soort"),
    [
        (b"%PDF-1.7\n", PDF),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00", PNG),
        (b"PK\x03\x04\x14\x00word/document.xml", WORD),
        ("Gebeld met de dochter.\r\n\tZij belt terug: € 5.".encode(), TEKST),
        ("Oud bestand van Windows: één".encode("cp1252"), TEKST),
        (b"<html><script>alert(1)</script></html>", TEKST),  # as text/plain a browser shows it and runs nothing
        (b"PK\x03\x04\x14\x00xl/workbook.xml", None),
        (b"MZ\x90\x00\x03", None),
        (b"\x7fELF\x02\x01", None),
        (b"een PDF later: \x00%PDF-1.7", None),
    ],
)
def test_soort_volgt_uit_de_bytes(inhoud, soort):
    assert herken(inhoud) == soort

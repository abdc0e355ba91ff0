"""The first gate: what never gets in, and with which words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.build import build
from berichten.parse import Geweigerd, Grenzen, parse
from berichten.poort import op192_ok
from berichten.validate import controleer
from berichten.voorbeelden import voorbeeld
from tests.berichten.gevallen import TOESTANDEN

XML = build(voorbeeld("305"))
DOCTYPE = b'<!DOCTYPE Bericht [<!ENTITY a "b">]>'


def met_doctype(doctype: bytes) -> bytes:
    return XML.replace(b"<wmo305:Bericht ", doctype + b"<wmo305:Bericht ", 1)


@pytest.mark.parametrize(
    "data",
    [
        met_doctype(b"<!DOCTYPE Bericht>"),
        met_doctype(DOCTYPE),
        met_doctype(b'<!DOCTYPE Bericht SYSTEM "file:///etc/passwd">'),
        met_doctype(b'<!DOCTYPE Bericht SYSTEM "http://example.nl/x.dtd">'),
        met_doctype(b'<!DOCTYPE Bericht [<!ENTITY % x SYSTEM "http://example.nl/x">%x;]>'),
        met_doctype(DOCTYPE).replace(b">999900006<", b">&a;<"),
        met_doctype(DOCTYPE).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
)
def test_doctype_komt_er_niet_in(data: bytes) -> None:
    with pytest.raises(Geweigerd, match="DOCTYPE") as weigering:
        parse(data)
    assert weigering.value.poort == 1
    assert not controleer(data).veilig


def test_geneste_entiteiten_kosten_niets() -> None:
    lagen = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bom = met_doctype(f'<!DOCTYPE Bericht [<!ENTITY e0 "ha">{lagen}]>'.encode())
    assert not controleer(bom.replace(b">999900006<", b">&e11;<")).veilig


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        (b"", "leeg"),
        (b"  \n ", "leeg"),
        (b"geen xml", "welgevormde XML"),
        (XML[:400], "welgevormde XML"),
        (XML + b"<nog/>", "welgevormde XML"),
        (XML.replace(b"</wmo305:Bsn>", b"</wmo305:Bsx>"), "welgevormde XML"),
        (XML.replace(b">999900006<", b">&onbekend;<"), "welgevormde XML"),
        (XML.replace(b">999900006<", b">&#1;<"), "welgevormde XML"),
        (XML.replace(b"Linde", b"L\xefnde"), "welgevormde XML"),
    ],
)
def test_kapot_wordt_geweigerd_met_een_zin(data: bytes, zin: str) -> None:
    uitkomst = controleer(data)
    assert not uitkomst.veilig
    assert not uitkomst.schema_geldig
    assert zin in uitkomst.reden
    assert uitkomst.codes == {}
    assert uitkomst.retourbericht is None


def test_te_groot() -> None:
    with pytest.raises(Geweigerd, match="hoogstens 0 MB"):
        parse(XML, Grenzen(max_bytes=1000))


@pytest.mark.parametrize("lagen", [40, 300, 5000])
def test_te_diep(lagen: int) -> None:
    diep = XML.replace(b"<wmo305:Client>", b"<a>" * lagen + b"</a>" * lagen + b"<wmo305:Client>")
    with pytest.raises(Geweigerd, match="meer dan 32 lagen") as weigering:
        parse(diep)
    assert weigering.value.poort == 1
    assert not controleer(b"<a>" * lagen + b"</a>" * lagen).veilig


def test_een_heel_lange_tekst_wordt_geweigerd() -> None:
    uitkomst = controleer(XML.replace(b"Linde", b"x" * 11_000_000))
    assert (uitkomst.veilig, uitkomst.schema_geldig) == (False, False)
    assert "te lang" in uitkomst.reden


@pytest.mark.parametrize(
    ("data", "goed"),
    [
        (XML, True),
        (b"\xef\xbb\xbf" + XML, False),
        (XML.decode().replace("UTF-8", "UTF-16").encode("utf-16"), False),
        (XML.replace(b"UTF-8", b"ISO-8859-1"), False),
        (XML.replace(b"Linde", b"L\xefnde"), False),
        (XML.replace(b'<?xml version="1.0" encoding="UTF-8"?>', b""), True),
    ],
)
def test_op192(data: bytes, goed: bool) -> None:
    assert op192_ok(data) is goed
    assert controleer(data).op192_ok is goed


@pytest.mark.parametrize(
    "data",
    [
        XML.replace(b"/3_2/wmo305/", b"/3_1/wmo305/"),
        XML.replace(b"/3_2/wmo305/", b"/3_2/wmo999/"),
        XML.replace(b"iwmo/3_2/wmo305", b"ijw/3_2/jw305"),
        b"<Bericht/>",
        XML.replace(b"wmo305:Bericht", b"wmo305:Brief"),
    ],
)
def test_onbekende_versie_noemt_wat_wel_kan(data: bytes) -> None:
    with pytest.raises(Geweigerd, match=r"iWmo 3\.2: WMO301.*WMO325") as weigering:
        parse(data)
    assert weigering.value.poort == 2
    assert controleer(data).soort is None


def test_schemafouten_zeggen_waar() -> None:
    data = XML.replace(b">999900006<", b">99990000<").replace(b"<wmo305:Geslacht>2</wmo305:Geslacht>", b"")
    uitkomst = controleer(data)
    assert uitkomst.veilig
    assert not uitkomst.schema_geldig
    assert [b.pad for b in uitkomst.bevindingen] == ["Bericht/Client/Bsn", "Bericht/Client/Naam"]
    assert "verwacht wordt Geslacht" in uitkomst.bevindingen[1].tekst
    assert {b.regel for b in uitkomst.bevindingen} == {"XSD"}


def test_een_groot_bericht_met_een_fout_wordt_niet_als_boom_gelezen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("berichten.schemafouten.BOOM", 100)
    (bevinding,) = controleer(XML.replace(b">999900006<", b">99990000<")).bevindingen
    assert bevinding.tekst == "Bsn heeft de waarde “99990000”. Die heeft niet de vorm die het schema vraagt."


@pytest.mark.parametrize(
    ("van", "naar", "pad"),
    [
        (b"<wmo305:Bsn>", b'<q:Extra xmlns:q="urn:q"/><wmo305:Bsn>', "Bericht/Client/Extra"),
        (b"<wmo305:Geslacht>2</wmo305:Geslacht>", b'<Geslacht xmlns="urn:q">2</Geslacht>', "Bericht/Client/Geslacht"),
    ],
)
def test_fout_in_een_vreemde_naamruimte_wordt_gevonden(van: bytes, naar: bytes, pad: str) -> None:
    (bevinding,) = controleer(XML.replace(van, naar)).bevindingen
    assert bevinding.pad == pad


@pytest.mark.parametrize("nummer", ["301", "317", "323", "325"])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_verminkte_bytes_geven_altijd_een_uitkomst(nummer: str, data: st.DataObject) -> None:
    xml = build(voorbeeld(nummer))
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(xml)))
        einde = begin + data.draw(st.integers(0, 30))
        stuk = data.draw(
            st.sampled_from([b"", b"<", b">", b"&", b"\x00", b"\xff", b"]]>", b"<!--", b"</wmo323:Client>", b"9"])
        )
        xml = xml[:begin] + stuk + xml[einde:]
    uitkomst = controleer(xml, TOESTANDEN[nummer])
    assert uitkomst.goedgekeurd or uitkomst.bevindingen
    assert uitkomst.veilig or not uitkomst.schema_geldig
    # A year such as 92025 is valid, and more than a date of ours can hold.
    assert uitkomst.schema_geldig == (uitkomst.bericht is not None or uitkomst.reden.startswith("De datum"))

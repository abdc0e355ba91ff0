"""What is written reads back the same, for all fourteen messages; the official examples too."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from berichten.build import build, schrijf
from berichten.datatypes import cent, euro, lees_tijd
from berichten.parse import Geweigerd, parse
from berichten.poort import op192_ok
from berichten.standaard import berichtsoorten
from berichten.voorbeelden import voorbeeld
from berichten.xsd import schema
from tests.berichten.bron import BRON, met_bron
from tests.berichten.strategieen import bericht


@pytest.mark.parametrize("nummer", berichtsoorten)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_gebouwd_leest_terug(nummer: str, data: st.DataObject) -> None:
    waarde = data.draw(bericht(nummer))
    xml = build(waarde)
    assert schema(berichtsoorten[nummer]).validate(etree.fromstring(xml))
    assert op192_ok(xml)
    assert parse(xml) == waarde


def canoniek(xml: bytes) -> bytes:
    boom = etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    return etree.tostring(boom, method="c14n")


@met_bron
@pytest.mark.parametrize("nummer", ["301", "317", "319"])
def test_officieel_voorbeeld_gaat_heen_en_terug(nummer: str) -> None:
    xml = (BRON / "bron" / "berichten" / f"WMO{nummer}.xml").read_bytes()
    assert canoniek(build(parse(xml))) == canoniek(xml)


@pytest.mark.parametrize("nummer", berichtsoorten)
def test_voorbeeld_gaat_heen_en_terug(nummer: str) -> None:
    waarde = voorbeeld(nummer)
    assert parse(build(waarde)) == waarde


def test_schrijf_is_build(tmp_path) -> None:
    with (tmp_path / "bericht.xml").open("wb") as bestand:
        schrijf(voorbeeld("323"), bestand)
    assert (tmp_path / "bericht.xml").read_bytes() == build(voorbeeld("323"))


def test_witruimte_en_tekens_in_getal_en_datum() -> None:
    xml = build(voorbeeld("323")).replace(b">1001<", b"> +001001\n<").replace(b">2025-05-01<", b"> 2025-05-01 <")
    assert parse(xml) == voorbeeld("323")


def test_commentaar_cdata_en_ander_voorvoegsel_lezen_hetzelfde() -> None:
    xml = build(voorbeeld("305")).replace(b">999900006<", b">9999<!-- kijk --><![CDATA[00006]]><")
    xml = xml.replace(b"wmo305:", b"x:").replace(b"xmlns:wmo305=", b"xmlns:x=")
    assert parse(xml) == voorbeeld("305")


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [
        ("24:00:00", time(0, 0)),
        (" 09:30:00.5 ", time(9, 30, 0, 500_000)),
        ("23:59:59.123456789", time(23, 59, 59, 123_456)),
    ],
)
def test_tijd(tekst: str, waarde: time) -> None:
    assert lees_tijd(tekst) == waarde


def test_datum_die_python_niet_kent_wordt_geweigerd_met_een_zin() -> None:
    xml = build(voorbeeld("301")).replace(b">2025-12-31<", b">12025-12-31<")
    with pytest.raises(Geweigerd, match="12025-12-31") as weigering:
        parse(xml)
    assert weigering.value.poort == 3


def test_verboden_teken_wordt_niet_geschreven() -> None:
    waarde = voorbeeld("319")
    stuk = type(waarde.antwoord)(referentie_aanbieder="a\x00b", verzoek_antwoord="2")
    with pytest.raises(ValueError, match="U\\+0000"):
        build(type(waarde)(header=waarde.header, antwoord=stuk))


@pytest.mark.parametrize(("bedrag", "centen"), [("12.34", 1234), ("0.005", 1), ("0.004", 0), ("1000000", 100_000_000)])
def test_centen(bedrag: str, centen: int) -> None:
    assert cent(Decimal(bedrag)) == centen
    assert euro(1234) == Decimal("12.34")


def test_datums_zijn_datums() -> None:
    assert parse(build(voorbeeld("307"))).client.stop_producten[0].einddatum == date(2025, 6, 15)

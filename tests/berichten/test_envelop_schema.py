"""The envelope beside the published schemas: the same verdict on what is right and on every way to break it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from lxml import etree

from berichten.knooppunt.envelop import (
    GGK,
    STUF,
    Fout,
    lees_envelop,
    naar_bytes,
)
from berichten.poort import Geweigerd
from tests.berichten.bron import BRON, met_bron
from tests.berichten.test_envelop import KRUIS, NUMMER, SOORTEN

GGK_MAP = BRON / "bron" / "ggk"


@cache
def officieel() -> etree.XMLSchema:
    """The published schemas; the one of GGK brings that of StUF along."""
    return etree.XMLSchema(file=str(GGK_MAP / "ggk0210" / "ggkberichten" / "ggk0210_msg_ggkberichten.xsd"))


@met_bron
@pytest.mark.parametrize("naam", SOORTEN)
def test_onze_envelop_voldoet_aan_het_officiele_schema(naam):
    officieel().assertValid(etree.fromstring(naar_bytes(SOORTEN[naam])))


@met_bron
def test_gepubliceerde_voorbeelden_gaan_heen_en_terug():
    gelezen = [lees_envelop(pad.read_bytes()) for pad in sorted((GGK_MAP / "voorbeeldberichten").glob("*.xml"))]
    assert [bericht.code for bericht in gelezen] == ["Fo01", "Di01", "Di01", "Du01"]
    assert isinstance(gelezen[0], Fout)
    assert gelezen[0].zin == "IB210: Ontvangende organisatie onbekend. Organisatie 99999"
    for bericht in gelezen:
        assert lees_envelop(naar_bytes(bericht)) == bericht


# ------------------------------------------------------------------------------- one verdict


WAARDEN = [
    "", " ", "a", "ab", "abc", "0123", "01234", "20261122", "2026112", "202611221400000001", "client", "Client", "Di01",
    "Du01", "Fo01", NUMMER, NUMMER.upper(), KRUIS.replace("-4", "-1", 1), "x" * 30, "x" * 31, "x" * 40, "x" * 41,
    "x" * 50, "x" * 51, "x" * 100, "x" * 101, "x" * 200, "x" * 201, "QQ==", "QR==", "QUI=", "QUJ=", "QUFB\nQUFB", "QQ=",
    "Q U F B", "Q=Q=", "é",
]  # fmt: skip


def varianten(data: bytes) -> Iterator[bytes]:
    """Every element once left out, doubled, moved back, renamed, in another namespace, with an attribute, with each of
    the values; every attribute broken."""
    aantal = len(list(etree.fromstring(data).iter()))
    for plek in range(aantal):
        for verander in (_weg, _dubbel, _terug, _hernoem, _andere_ruimte, _kenmerk, _tekst_erbij, _zonder_kenmerk):
            yield _gewijzigd(data, plek, verander)
        if not len(list(etree.fromstring(data).iter())[plek]):
            for waarde in WAARDEN:
                yield _gewijzigd(data, plek, lambda element, waarde=waarde: setattr(element, "text", waarde))


def _gewijzigd(data: bytes, plek: int, verander: Any) -> bytes:
    boom = etree.fromstring(data)
    verander(list(boom.iter())[plek])
    return etree.tostring(boom)


def _weg(element: Any) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def _dubbel(element: Any) -> None:
    if element.getparent() is not None:
        element.addnext(etree.fromstring(etree.tostring(element)))


def _terug(element: Any) -> None:
    if element.getnext() is not None:
        element.getnext().addnext(element)


def _hernoem(element: Any) -> None:
    element.tag = f"{element.tag}X"


def _andere_ruimte(element: Any) -> None:
    element.tag = (STUF if element.tag.startswith(GGK) else GGK) + etree.QName(element).localname


def _kenmerk(element: Any) -> None:
    element.set("extra", "1")


def _tekst_erbij(element: Any) -> None:
    element.text = f"{element.text or ''}zomaar"


def _zonder_kenmerk(element: Any) -> None:
    for naam in element.attrib:
        del element.attrib[naam]


def oordeel(data: bytes) -> bool:
    try:
        lees_envelop(data)
    except Geweigerd:
        return False
    return True


def vaste_code(data: bytes) -> bool:
    """An empty berichtcode with a fixed value is filled in by the schema; we want it to be there."""
    return b"berichtcode/>" in data or b"berichtcode></" in data


# The lexical form of XML Schema part 2, 3.2.16. libxml2 skips characters that do not belong; the standard does not.
BASE64 = re.compile(
    "((([A-Za-z0-9+/] ?){4})*(([A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|([A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?="
    "|[A-Za-z0-9+/] ?[AQgw] ?= ?=))?"
)


def echte_base64(boom: Any) -> bool:
    inhoud = [*boom.iter(f"{GGK}xmlBestand"), *boom.iter(f"{GGK}tekstBestand")]
    return all(BASE64.fullmatch(" ".join((element.text or "").split())) for element in inhoud)


@met_bron
@pytest.mark.parametrize("naam", SOORTEN)
def test_hetzelfde_oordeel_als_het_officiele_schema(naam):
    verschil, goed, fout = [], 0, 0
    for data in varianten(naar_bytes(SOORTEN[naam])):
        boom = etree.fromstring(data)
        verwacht = officieel().validate(boom) and not vaste_code(data) and echte_base64(boom)
        goed, fout = goed + verwacht, fout + (not verwacht)
        if oordeel(data) != verwacht:
            verschil.append((verwacht, data.decode()[-900:]))
    assert verschil == []
    assert goed > 20
    assert fout > 100

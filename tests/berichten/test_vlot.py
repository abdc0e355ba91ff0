"""The fast lane and the ordinary road read the same and refuse the same."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from berichten import vlot
from berichten.build import build
from berichten.parse import Geweigerd, Grenzen, parse
from berichten.standaard import berichtsoorten
from berichten.voorbeelden import declaratie, prestatie, voorbeeld
from tests.berichten.gevallen import ANDER_BSN, dubbel, replace, zet
from tests.berichten.strategieen import BSNS, bericht
from tests.berichten.test_schema import breek

SOORT = berichtsoorten["323"]


def met_clienten(*bsns: str) -> Any:
    """A declaration in which each client has a credit, a plain line and one in euros."""
    regels = (
        prestatie("P1"),
        prestatie("P2", vorig="P0"),
        replace(prestatie("P3"), eenheid="83", product_tarief=None),
    )
    klant = replace(declaratie().declaratie.clienten[0], prestaties=regels)
    return zet(declaratie(), "declaratie.clienten", tuple(replace(klant, bsn=bsn) for bsn in bsns))


VIER = build(met_clienten(*BSNS[:4]))


def uitkomst(data: bytes, *, vlotte_baan: bool = True) -> Any:
    """The message, or the refusal in words."""
    try:
        return parse(data, Grenzen(vlotte_baan=vlotte_baan))
    except Geweigerd as weigering:
        return weigering.poort, weigering.reden, weigering.bevindingen


def langs_de_gewone_weg(data: bytes) -> Any:
    return uitkomst(data, vlotte_baan=False)


def neem(data: bytes, soort: Any = SOORT, *, per: int = 0) -> tuple[bytes, list[Any]]:
    """What the schema still sees, and the clients of the fast lane; `per` bytes at a time."""
    baan, gewoon, clienten = vlot.Vlot(soort), b"", []
    for begin in range(0, len(data), per or len(data)):
        voor, erbij, na = baan.neem(data[begin : begin + (per or len(data))])
        gewoon += voor + na
        clienten += erbij
    return gewoon + baan.sluit(), clienten


def test_gewone_clienten_gaan_langs_de_vlotte_weg() -> None:
    rest, clienten = neem(VIER)
    assert [klant.bsn for klant in clienten] == BSNS[:4]
    assert rest.count(b"<wmo323:Client>") == 1
    assert parse(VIER) == met_clienten(*BSNS[:4]) == langs_de_gewone_weg(VIER)


@pytest.mark.parametrize(
    ("hoe", "data"),
    [
        ("ingesprongen", etree.tostring(etree.fromstring(VIER), pretty_print=True)),
        ("regeleinden", VIER.replace(b"><", b">\r\n\t<")),
        ("ander voorvoegsel", VIER.replace(b"wmo323:", b"x:").replace(b"xmlns:wmo323", b"xmlns:x")),
        ("geen voorvoegsel", VIER.replace(b"wmo323:", b"").replace(b"xmlns:wmo323", b"xmlns")),
    ],
)
def test_ook_zo_geschreven(hoe: str, data: bytes) -> None:
    assert len(neem(data)[1]) == 4
    assert parse(data) == met_clienten(*BSNS[:4])


@pytest.mark.parametrize(
    ("hoe", "data"),
    [
        ("commentaar", VIER.replace(b"<wmo323:Clienten>", b"<!-- begin --><wmo323:Clienten>")),
        ("cdata", VIER.replace(b">P2<", b"><![CDATA[P2]]><")),
        ("instructie", VIER.replace(b"<wmo323:Clienten>", b"<?kijk hier?><wmo323:Clienten>")),
        ("verborgen client", VIER.replace(b"<wmo323:Clienten>", b"<wmo323:Clienten><!--" + VIER[-3000:] + b"-->")),
        ("voorvoegsel opnieuw", VIER.replace(b"<wmo323:Client>", b'<wmo323:Client xmlns:q="urn:q">', 1)),
        ("latin-1", VIER.replace(b"UTF-8", b"ISO-8859-1")),
        ("eerste client anders", VIER.replace(b"<wmo323:Client>", b"<wmo323:Client >", 1)),
        ("eerste bsn met tekenverwijzing", VIER.replace(b"<wmo323:Bsn>9", b"<wmo323:Bsn>&#57;", 1)),
        ("30 februari", VIER.replace(b">2025-05-31<", b">2025-02-30<")),
        ("andere soort", build(voorbeeld("325"))),
        ("zonder stroom", build(voorbeeld("301"))),
    ],
)
def test_wat_anders_is_neemt_de_gewone_weg(hoe: str, data: bytes) -> None:
    soort = next(s for s in berichtsoorten.values() if s.namespace.encode() in data)
    assert neem(data, soort) == (data, [])
    assert uitkomst(data) == langs_de_gewone_weg(data)


@pytest.mark.parametrize("per", [1, 7, 100, 1000])
def test_waar_een_deel_ophoudt_maakt_niet_uit(per: int) -> None:
    assert neem(VIER, per=per) == neem(VIER)


@pytest.mark.parametrize("staart", [b"<!-- slot --></wmo323:Clienten>", b"los</wmo323:Clienten>"])
def test_na_iets_ongewoons_volgt_de_gewone_weg(staart: bytes) -> None:
    data = VIER.replace(b"</wmo323:Clienten>", staart)
    rest, clienten = neem(data)
    assert len(clienten) == 4
    assert staart in rest
    assert uitkomst(data) == langs_de_gewone_weg(data)


def test_een_ongewone_client_neemt_de_rest_mee() -> None:
    """From the client with a comment on, libxml2 reads them; the order stays that of the message."""
    data = VIER.replace(f"<wmo323:Bsn>{BSNS[2]}".encode(), f"<!-- derde --><wmo323:Bsn>{BSNS[2]}".encode())
    assert [klant.bsn for klant in neem(data)[1]] == BSNS[:2]
    assert parse(data) == met_clienten(*BSNS[:4])


def test_wat_te_lang_op_zich_laat_wachten_neemt_de_gewone_weg() -> None:
    """White space without end may stand anywhere; it is not kept until a client is whole."""
    data = VIER.replace(b"</wmo323:Clienten>", b" " * 3 * vlot.RUIM + b"</wmo323:Clienten>")
    baan = vlot.Vlot(SOORT)
    for begin in range(0, len(data), 1000):
        baan.neem(data[begin : begin + 1000])
    assert baan.sluit() == b""
    assert parse(data) == met_clienten(*BSNS[:4])


@pytest.mark.parametrize(
    "kapot",
    [
        VIER.replace(b"<wmo323:Clienten>", b"<wmo323:Onbekend><wmo323:Clienten>").replace(
            b"</wmo323:Clienten>", b"</wmo323:Clienten></wmo323:Onbekend>"
        ),
        VIER.replace(b"<wmo323:Clienten>", b"").replace(b"</wmo323:Clienten>", b""),
        VIER.replace(b"</wmo323:Declaratie>", b"<wmo323:Client></wmo323:Client></wmo323:Declaratie>"),
        VIER.replace(b">P2<", b"> <"),
        VIER.replace(b">P2<", b"><"),
        VIER.replace(b">12<", b">123456789<"),
        VIER.replace(b">02A01<", b">02A012<"),
        VIER.replace(f">{BSNS[2]}<".encode(), b">99990<"),
        VIER.replace(b"</wmo323:Client><wmo323:Client>", b"</wmo323:Client>los<wmo323:Client>"),
        VIER.replace(b"<wmo323:Eenheid>83", b"<wmo323:Eenheid>99"),
        VIER.replace(b"<iwmo:DebetCredit>C", b"<iwmo:DebetCredit a='b'>C"),
    ],
)
def test_kapot_is_langs_beide_wegen_even_kapot(kapot: bytes) -> None:
    assert kapot != VIER
    assert uitkomst(kapot) == langs_de_gewone_weg(kapot)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(waarde=bericht("323"), data=st.data(), breken=st.booleans())
def test_beide_wegen_zijn_gelijk(waarde: Any, data: st.DataObject, breken: bool) -> None:
    boom = etree.fromstring(build(zet(waarde, "declaratie.clienten", dubbel(bsn=ANDER_BSN))))
    if breken:
        breek(boom, data)
    xml = etree.tostring(boom, encoding="UTF-8", xml_declaration=True)
    assert uitkomst(xml) == langs_de_gewone_weg(xml)

"""A declaration that comes in part by part is read and judged as the whole, and memory holds a part of it."""

import tracemalloc
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from berichten.build import build
from berichten.parse import Geweigerd, Lezing, parse
from berichten.rules import InPorties, beoordeel, regels_voor
from berichten.rules.kern import XSLT
from berichten.standaard import berichtsoorten
from berichten.translate.declareren import met_clienten
from berichten.voorbeelden import declaratie, prestatie
from tests.berichten.gevallen import ANDER_BSN, dubbel, replace, zet
from tests.berichten.strategieen import BSNS, bericht
from tests.berichten.test_regels import GEVALLEN
from tests.berichten.test_schema import breek

VEEL = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def delen(data: bytes, per: int) -> Iterator[bytes]:
    return (data[begin : begin + per] for begin in range(0, len(data), per))


def gelezen(data: bytes, per: int) -> Any:
    """The message as its parts gave it, or "geweigerd"."""
    try:
        lezing = Lezing(delen(data, per))
        clienten = [klant for stuk in lezing.stukken() for klant in stuk]
        return met_clienten(lezing.kop(), clienten)
    except Geweigerd:
        return "geweigerd"


def als_geheel(data: bytes) -> Any:
    try:
        return parse(data)
    except Geweigerd:
        return "geweigerd"


def client(bsn: str, *regels: Any) -> Any:
    return replace(declaratie().declaratie.clienten[0], bsn=bsn, prestaties=regels)


def bericht_van(*clienten: Any, erbij: int = 0) -> Any:
    """With its total, plus `erbij` cents."""
    som = sum(p.ingediend_bedrag.saldo for klant in clienten for p in klant.prestaties) + erbij
    met = met_clienten(declaratie(), clienten)
    met = zet(met, "declaratie.totaal_ingediend_bedrag.totaal_bedrag", abs(som))
    return zet(met, "declaratie.totaal_ingediend_bedrag.debet_credit", "D" if som >= 0 else "C")


def gewone(aantal: int) -> Any:
    nummers = count(1)

    def regel() -> Any:
        nummer = next(nummers)
        return replace(prestatie(f"P{nummer}"), toewijzing_nummer=nummer)

    return bericht_van(*(client(bsn, regel(), regel()) for bsn in BSNS[:aantal]))


# ------------------------------------------------------------------------------- reading


@pytest.mark.parametrize("per", [700, 1000, 5000, 1 << 20])
def test_delen_geven_het_bericht(per):
    heel = gewone(6)
    data = build(heel)
    assert gelezen(data, per) == heel
    assert gelezen(etree.tostring(etree.fromstring(data), pretty_print=True), per) == heel


def test_ook_met_iets_ongewoons_halverwege():
    """From the third client on libxml2 reads: nothing is read twice, nothing skipped, the order stays."""
    heel = gewone(6)
    data = build(heel).replace(BSNS[2].encode(), b"<!-- derde -->" + BSNS[2].encode())
    assert gelezen(data, 1000) == heel


@pytest.mark.parametrize(
    "kapot",
    [
        lambda data: data[:-20],
        lambda data: data + b"<nog/>",
        lambda data: b"<!DOCTYPE x>" + data,
        lambda data: data.replace(b"?>", b"?><!DOCTYPE Bericht [<!ENTITY a 'b'>]>", 1),
        lambda data: data.replace(b">P7<", b">&a;<"),
        lambda data: data.replace(b"</wmo323:Clienten>", b"</wmo323:Clienten><wmo323:Los/>"),
        lambda data: data.replace(b"<wmo323:BerichtCode>484", b"<wmo323:BerichtCode>999"),
        lambda data: data.replace(b"<wmo323:Declaratie>", b""),
        lambda data: b"",
        lambda data: b"geen xml",
    ],
    ids=[
        "afgebroken",
        "iets erachter",
        "ervoor",
        "doctype",
        "entiteit",
        "los element",
        "verkeerde code",
        "tag weg",
        "leeg",
        "geen xml",
    ],
)
def test_wat_aan_het_eind_of_het_begin_kapot_is_wordt_geweigerd(kapot):
    data = kapot(build(gewone(6)))
    assert gelezen(data, 1000) == als_geheel(data) == "geweigerd"


@settings(max_examples=60, deadline=None, suppress_health_check=VEEL)
@given(waarde=bericht("323"), data=st.data(), breken=st.booleans(), per=st.integers(800, 4000))
def test_in_delen_is_het_hetzelfde_als_in_een_keer(waarde: Any, data: st.DataObject, breken: bool, per: int) -> None:
    boom = etree.fromstring(build(zet(waarde, "declaratie.clienten", dubbel(bsn=ANDER_BSN))))
    if breken:
        breek(boom, data)
    xml = etree.tostring(boom, encoding="UTF-8", xml_declaration=True)
    assert gelezen(xml, per) == als_geheel(xml)


def test_geheugen_groeit_niet_met_het_bericht():
    """Four times the lines take no more than a tenth of what they weigh."""
    regel = prestatie("P1")
    model = build(met_clienten(declaratie(), [client("999900000", *[regel] * 10)]))
    begin, einde = model.index(b"<wmo323:Client>"), model.index(b"</wmo323:Clienten>")

    def piek(aantal: int) -> tuple[int, int]:
        def delen() -> Iterator[bytes]:
            yield model[:begin]
            for nummer in range(aantal):
                yield model[begin:einde].replace(b"999900000", f"{nummer:09}".encode())
            yield model[einde:]

        tracemalloc.start()
        assert sum(map(len, Lezing(delen()).stukken())) == aantal
        hoogste = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return hoogste, aantal * (einde - begin)

    piek(100)
    (klein, gewicht), (groot, zwaarder) = piek(500), piek(2000)
    assert groot - klein < (zwaarder - gewicht) / 10


# ------------------------------------------------------------------------------- judging


def in_porties_goed(bericht: Any, grootte: int) -> bool:
    regels, clienten = InPorties(), bericht.declaratie.clienten
    goed = [
        regels.is_goed(met_clienten(bericht, clienten[n : n + grootte]), is_einde=False)
        for n in range(0, len(clienten), grootte)
    ]
    return all([*goed, regels.is_goed(met_clienten(bericht, ()), is_einde=True)])


def credit(nummer: str, vorig: str) -> Any:
    return prestatie(nummer, vorig=vorig)


EEN, TWEE, DRIE = BSNS[:3]
VAN_1, VAN_2, VAN_3 = (replace(prestatie(f"P{n}"), toewijzing_nummer=n) for n in (1, 2, 3))
OOK_1 = replace(VAN_1, product_referentie=VAN_3.product_referentie)
OVER_PORTIES = {
    "goed": (bericht_van(client(EEN, VAN_1), client(TWEE, VAN_2), client(DRIE, VAN_3)), None),
    "goede credits": (bericht_van(client(EEN, credit("C1", "X1")), client(TWEE, credit("C2", "X2"))), None),
    "client dubbel": (bericht_van(client(EEN, VAN_1), client(TWEE, VAN_2), client(EEN, VAN_3)), "TR101"),
    "twee credits": (bericht_van(client(EEN, credit("C1", "X")), client(TWEE, credit("C2", "X"))), "TR315"),
    "debet eerst": (bericht_van(client(EEN, VAN_1), client(TWEE, credit("C1", "P1"))), "TR316"),
    "credit eerst": (bericht_van(client(EEN, credit("C1", "P2")), client(TWEE, VAN_2)), "TR316"),
    "totaal": (bericht_van(client(EEN, VAN_1), client(TWEE, VAN_2), erbij=1), "TR358"),
    "maand dubbel": (bericht_van(client(EEN, VAN_1), client(TWEE, VAN_2), client(DRIE, OOK_1)), "TR416"),
}


@pytest.mark.parametrize("wat", OVER_PORTIES)
@pytest.mark.parametrize("grootte", [1, 2, 3])
def test_een_regel_over_porties_heen(wat, grootte):
    bericht, regel = OVER_PORTIES[wat]
    assert {b.regel for b in beoordeel(bericht)} == ({regel} if regel else set())
    assert in_porties_goed(bericht, grootte) == (regel is None)


@pytest.mark.parametrize("geval", [g for g in GEVALLEN if g.nummer == "323"], ids=str)
def test_elke_regel_binnen_het_bericht_ook_in_porties(geval):
    for wijzigingen in (geval.fout, geval.goed):
        bericht = geval.begin or declaratie()
        for pad, nieuw in wijzigingen:
            bericht = zet(bericht, pad, nieuw)
        assert in_porties_goed(bericht, 1) == (not beoordeel(bericht))


@settings(max_examples=60, deadline=None, suppress_health_check=VEEL)
@given(waarde=bericht("323"))
def test_porties_en_geheel_oordelen_gelijk(waarde: Any) -> None:
    assert in_porties_goed(waarde, 1) == (not beoordeel(waarde))


def test_wie_over_clienten_heen_kijkt_staat_hier():
    """A new rule on level 2 of the 323 must say here whether it remembers something from one portion to the next."""
    over_porties = {"TR101", "TR315", "TR316", "TR358", "TR416"}
    los = {"TR134", "TR137", "CD060", "CD087", "TR335", "CS002", "CS100", "CS325", "CS337", "CS339", "CS340"}
    assert {regel.id for regel in regels_voor(berichtsoorten["323"].nummer, (XSLT,))} == over_porties | los

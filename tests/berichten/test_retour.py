"""The answers: IV028 for 302..320, the table of IV087 for the 325; each passes the schema it belongs to."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from berichten.build import build
from berichten.parse import parse
from berichten.poort import Bevinding
from berichten.retour import retour, toegekend
from berichten.rules import REGELS
from berichten.standaard import berichtsoorten
from berichten.toestand import Toestand
from berichten.validate import controleer
from berichten.voorbeelden import AANBIEDER, GEMEENTE, HEEN, VANDAAG, declaratie, prestatie, voorbeeld
from tests.berichten.bron import met_bron, xsd_bestand
from tests.berichten.gevallen import ANDER_BSN, BETAALD, GEWOON, dubbel, replace, zet
from tests.berichten.strategieen import bericht

MORGEN = date(2025, 6, 23)
RETOUREN = [nummer for nummer in HEEN if nummer != "323"]


def antwoord(waarde: Any, *bevindingen: Bevinding) -> Any:
    return retour(waarde, bevindingen, identificatie="ANTWOORD1", dagtekening=MORGEN)


def bevinding(klasse: str, code: str) -> Bevinding:
    return Bevinding("TR", code, "", "", klasse)


@pytest.mark.parametrize("nummer", RETOUREN)
def test_alles_goed_is_alleen_een_kop(nummer: str) -> None:
    waarde = voorbeeld(nummer)
    terug = antwoord(waarde)
    kop = terug.header
    assert type(terug) is berichtsoorten[berichtsoorten[nummer].antwoord].klasse
    assert (kop.afzender, kop.ontvanger) == (waarde.header.afzender, waarde.header.ontvanger)
    assert kop.bericht_identificatie == waarde.header.bericht_identificatie
    assert (kop.identificatie_retour, kop.dagtekening_retour, kop.retour_codes) == ("ANTWOORD1", MORGEN, ())
    assert getattr(terug, "client", None) is None
    assert getattr(terug, "antwoord", None) is None


@pytest.mark.parametrize("code", ["0001", "8848", "9056", "S300"])
@pytest.mark.parametrize("nummer", RETOUREN)
def test_fout_in_de_kop_is_alleen_een_kop(nummer: str, code: str) -> None:
    terug = antwoord(voorbeeld(nummer), bevinding("Header", code), bevinding("Header", code))
    assert terug.header.retour_codes == (code,)
    assert parse(build(terug)) == terug
    assert getattr(terug, "client", None) is None


def test_fout_in_een_klasse_neemt_het_bericht_over() -> None:
    waarde = zet(voorbeeld("305"), "client.start_producten", dubbel(begindatum=date(2025, 2, 3)))
    terug = antwoord(waarde, bevinding("StartProduct[2]", "9326"), bevinding("StartProduct[2]", "9019"))
    assert terug.header.retour_codes == ("0200",)
    assert terug.client.retour_codes == ("0200",)
    assert [product.retour_codes for product in terug.client.start_producten] == [("0200",), ("9019", "9326")]
    assert terug.client.start_producten[1].begindatum == date(2025, 2, 3)
    assert terug.client.naam == waarde.client.naam


def test_onder_een_onbekende_client_is_niets_beoordeeld() -> None:
    """IV028: 0233, and a class that has a fault of its own keeps that code."""
    terug = antwoord(voorbeeld("317"), bevinding("Client", "8187"), bevinding("Verzoek", "9347"))
    assert (terug.client.retour_codes, terug.client.verzoek.retour_codes) == (("8187",), ("9347",))
    assert [product.retour_codes for product in terug.client.verzoek.te_wijzigen_producten] == [("0233",)]
    assert antwoord(voorbeeld("315"), bevinding("Client", "9374")).client.aangevraagde_producten[0].retour_codes == (
        "0200",
    )


@pytest.mark.parametrize("nummer", ["302", "306", "308", "316", "318", "320", "325"])
def test_op_een_antwoord_komt_geen_antwoord(nummer: str) -> None:
    with pytest.raises(ValueError, match="geen antwoord"):
        antwoord(voorbeeld(nummer))


@met_bron
@pytest.mark.parametrize("nummer", HEEN)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_elk_antwoord_past_in_het_gepubliceerde_schema(nummer: str, data: st.DataObject) -> None:
    waarde = data.draw(bericht(nummer))
    codes = sorted({regel.code for regel in REGELS if nummer in regel.berichten and regel.niveau > 2})
    klassen = sorted({f"{klasse}[1]" for regel in REGELS if nummer in regel.berichten for klasse in regel.op})
    gekozen = data.draw(st.lists(st.tuples(st.sampled_from(klassen), st.sampled_from(codes)), max_size=3))
    terug = antwoord(waarde, *(bevinding(klasse, code) for klasse, code in gekozen))
    xml = build(terug)
    officieel = etree.XMLSchema(file=str(xsd_bestand(berichtsoorten[nummer].antwoord)))
    assert officieel.validate(etree.fromstring(xml)), officieel.error_log
    assert parse(xml) == terug


# ------------------------------------------------------------------------------- 325 (IV087)

TWEE = declaratie(prestatie("P1"), zet(prestatie("P2", volume=2), "product_code", "02A02"))


def antwoord_325(waarde: Any, *bevindingen: Bevinding) -> Any:
    terug = antwoord(waarde, *bevindingen)
    uitkomst = controleer(build(terug))
    assert uitkomst.bericht == terug
    # The 325 we make keeps the rules within the message itself: TR342 reconciles the amounts.
    assert uitkomst.bevindingen == ()
    return terug


def test_325_volledig_goed() -> None:
    terug = antwoord_325(TWEE)
    assert (terug.header.afzender, terug.header.ontvanger) == (GEMEENTE, AANBIEDER)
    assert terug.header.declaratie_identificatie == TWEE.header.bericht_identificatie
    assert terug.header.retour_codes == ("0200",)
    assert terug.declaratie_antwoord.retour_codes == ("8001",)
    assert terug.declaratie_antwoord.totaal_toegekend_bedrag == TWEE.declaratie.totaal_ingediend_bedrag
    assert terug.declaratie_antwoord.clienten == ()


@pytest.mark.parametrize("code", ["0001", "8848"])
def test_325_fout_in_de_kop(code: str) -> None:
    terug = antwoord_325(TWEE, bevinding("Header", code))
    assert terug.header.retour_codes == (code,)
    assert terug.declaratie_antwoord is None
    assert toegekend(TWEE, [bevinding("Header", code)]) == 0


def test_325_fout_op_de_declaratie() -> None:
    terug = antwoord_325(TWEE, bevinding("Declaratie", "9333"))
    assert terug.header.retour_codes == ("0200",)
    assert terug.declaratie_antwoord.retour_codes == ("9333",)
    assert terug.declaratie_antwoord.totaal_toegekend_bedrag.saldo == 0
    assert terug.declaratie_antwoord.clienten == ()


def test_325_fout_op_een_client() -> None:
    twee_clienten = zet(
        TWEE, "declaratie.clienten", lambda clienten: (clienten[0], replace(clienten[0], bsn=ANDER_BSN))
    )
    twee_clienten = zet(twee_clienten, "declaratie.totaal_ingediend_bedrag.totaal_bedrag", 168_000)
    terug = antwoord_325(twee_clienten, bevinding("Client[2]", "8187"))
    (client,) = terug.declaratie_antwoord.clienten
    assert (client.bsn, client.retour_codes) == (ANDER_BSN, ("8187",))
    assert [p.retour_codes for p in client.prestaties] == [("0233",), ("0233",)]
    assert terug.declaratie_antwoord.totaal_toegekend_bedrag.saldo == 84_000


def test_325_fout_op_een_prestatie() -> None:
    terug = antwoord_325(TWEE, bevinding("Prestatie[2]", "9321"), bevinding("Prestatie[2]", "0611"))
    (client,) = terug.declaratie_antwoord.clienten
    assert client.retour_codes == ("0200",)
    (afgewezen,) = client.prestaties
    assert afgewezen.retour_codes == ("0611", "9321")
    assert afgewezen.product_referentie.referentie_nummer == "P2"
    assert terug.declaratie_antwoord.retour_codes == ("0200",)
    assert terug.declaratie_antwoord.totaal_toegekend_bedrag.saldo == 72_000


def test_325_meer_terug_dan_gevraagd_is_credit() -> None:
    waarde = declaratie(prestatie("P3", volume=1), prestatie("P2", volume=5, vorig="P1"))
    terug = antwoord_325(waarde, bevinding("Prestatie[1]", "9321"))
    toegekend_ = terug.declaratie_antwoord.totaal_toegekend_bedrag
    assert (toegekend_.totaal_bedrag, toegekend_.debet_credit) == (30_000, "C")
    assert toegekend(waarde, [bevinding("Prestatie[1]", "9321")]) == -30_000


def test_afgekeurde_regel_neemt_geen_ruimte_in() -> None:
    """Two lines on one toewijzing of 12 hours in all: the first is refused for its tariff, so the second still fits."""
    regels = (prestatie("P1", tarief=7000), zet(prestatie("P2"), "product_code", "02A02"))
    toestand = Toestand(
        VANDAAG,
        toewijzingen=(replace(GEWOON, code=None, volume=12, frequentie="6"),),
        contracttarieven={"02A01": {"eenheid": "04", "tarief": 6000}},
    )
    uitkomst = controleer(build(declaratie(*regels)), toestand)
    assert uitkomst.codes == {"Prestatie[1]": ["0611"]}
    assert uitkomst.toegekend == 72_000


def test_credit_en_nieuwe_debet_in_een_bericht() -> None:
    """OP366: the credit is taken first, so the month and the volume are free again."""
    toestand = Toestand(VANDAAG, toewijzingen=(replace(GEWOON, volume=12, frequentie="6"),), prestaties=(BETAALD,))
    waarde = declaratie(prestatie("P2", vorig="P0001"), prestatie("P3", volume=11))
    assert controleer(build(waarde), toestand).goedgekeurd
    zonder_credit = declaratie(prestatie("P3", volume=11))
    assert controleer(build(zonder_credit), toestand).codes == {"Prestatie[1]": ["9322", "9389"]}

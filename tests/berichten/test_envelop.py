"""The envelope of the knooppunt: safe at the door, nothing lost, and saying what the message in it says."""

import base64
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berichten.build import build
from berichten.knooppunt import controle, soap
from berichten.knooppunt.boom import MAX_BYTES, lees_boom
from berichten.knooppunt.envelop import (
    Bevestiging,
    Envelop,
    Fout,
    Partij,
    Stuur,
    lees_envelop,
    naar_bytes,
)
from berichten.poort import Geweigerd
from berichten.retour import retour
from berichten.standaard import berichtsoorten
from berichten.voorbeelden import voorbeeld

NUMMER, KRUIS = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"
GEMEENTE, AANBIEDER = Partij("0632", "Wmo-portaal"), Partij("01023456", "GGk")
KOP = Stuur(GEMEENTE, AANBIEDER, NUMMER, "20261122140000")
VERSIES = ("0001", "0000", "0003", "0002")
HEEN = Envelop(KOP, "WMO301", VERSIES, b"<inhoud/>")
SOORTEN: dict[str, Envelop | Fout | Bevestiging] = {
    "Di01": HEEN,
    "Di01-tekst": replace(HEEN, bestandsnaam="Levering-1.csv"),
    "Du01": replace(HEEN, stuur=replace(KOP, kruis=KRUIS), functie="WMO302"),
    "Fo01": Fout("Fo01", replace(KOP, kruis=KRUIS), "IB210", "client", "Ontvanger onbekend", "WMO301-00010000"),
    "Fo03": Fout("Fo03", replace(KOP, kruis=KRUIS), "StUF055", "client", "Niet volgens schema"),
    "Bv03": Bevestiging(replace(KOP, kruis=KRUIS)),
}


@pytest.mark.parametrize("naam", SOORTEN)
def test_wat_erin_gaat_komt_eruit(naam):
    assert lees_envelop(naar_bytes(SOORTEN[naam])) == SOORTEN[naam]


# ------------------------------------------------------------------------------- safe at the door


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        (b"", "leeg"),
        (b"<a><b></a>", "geen welgevormde XML"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        (b'<!DOCTYPE a SYSTEM "http://example.nl/a.dtd"><a/>', "DOCTYPE"),
        (b"<a>" * 40 + b"</a>" * 40, "lagen"),
        (b"<a>" + b"<b/>" * 3000 + b"</a>", "elementen"),
        (b"<a/>", "geen envelop"),
        (b"<a>" + b" " * MAX_BYTES + b"</a>", "groter dan 25 MB"),
    ],
    ids=["leeg", "kapot", "entiteit", "dtd", "diep", "breed", "vreemd", "groot"],
)
def test_wat_niet_veilig_is_komt_niet_binnen(data, zin):
    with pytest.raises(Geweigerd, match=zin):
        lees_envelop(data)


def test_een_grote_inhoud_past_binnen_de_grens():
    """A text in a tree of libxml2 ends at 10 MB; ours goes on to the bound of the envelope."""
    groot = replace(HEEN, inhoud=b"x" * 15_000_000)
    assert lees_envelop(naar_bytes(groot)) == groot


def test_te_groot_gaat_niet_weg():
    with pytest.raises(ValueError, match="25 MB"):
        naar_bytes(replace(HEEN, inhoud=b"x" * 20_000_000))


def test_inhoud_in_regels_van_76_tekens():
    regels = base64.encodebytes(b"y" * 500)
    heen = replace(HEEN, inhoud=b"y" * 500)
    data = naar_bytes(heen).replace(base64.b64encode(b"y" * 500), regels)
    assert lees_envelop(data) == heen


@pytest.mark.parametrize("nummer", ["", "9c0f7b90-5c69-11e5-a837-0800200c9a66", NUMMER.upper(), "123"])
def test_een_nummer_dat_geen_uuid_versie_4_is_gaat_niet_weg(nummer):
    with pytest.raises(ValueError, match="referentienummer"):
        naar_bytes(replace(HEEN, stuur=replace(KOP, nummer=nummer)))


@settings(max_examples=60, deadline=None)
@given(inhoud=st.binary(max_size=4000), organisatie=st.text(st.characters(codec="utf-8", categories=["L", "N", "P"])))
def test_wat_erin_gaat_komt_eruit_wat_het_ook_is(inhoud, organisatie):
    bericht = replace(HEEN, inhoud=inhoud, stuur=replace(KOP, zender=Partij(organisatie[:200], "abc")))
    assert lees_envelop(naar_bytes(bericht)) == bericht


# ------------------------------------------------------------------------------- SOAP


@pytest.mark.parametrize("naam", SOORTEN)
def test_soap_heen_en_terug(naam):
    assert soap.pak_uit(soap.pak_in(SOORTEN[naam])) == SOORTEN[naam]


@pytest.mark.parametrize(
    ("van", "naar", "zin"),
    [
        (b"<soap:Body>", b"<soap:Body><x/>", "precies"),
        (b"<soap:Body>", b'<soap:Header><a soap:mustUnderstand="1"/></soap:Header><soap:Body>', "mustUnderstand"),
        (soap.NS.encode(), b"http://www.w3.org/2003/05/soap-envelope", "geen bericht in SOAP 1.1"),
    ],
    ids=["twee", "moet-begrijpen", "soap12"],
)
def test_soap_die_wij_niet_begrijpen(van, naar, zin):
    with pytest.raises(Geweigerd, match=zin):
        soap.pak_uit(soap.pak_in(HEEN).replace(van, naar))


def test_fault_zonder_fo03_zegt_zijn_eigen_tekst():
    data = (
        f'<s:Envelope xmlns:s="{soap.NS}"><s:Body><s:Fault><faultcode>s:Server</faultcode>'
        "<faultstring>Onderhoud tot 14 uur</faultstring></s:Fault></s:Body></s:Envelope>"
    )
    with pytest.raises(Geweigerd, match="Onderhoud tot 14 uur"):
        soap.pak_uit(data.encode())


# ------------------------------------------------------------------------------- envelope and message agree


def verpakt(nummer: str) -> Envelop:
    """An example of each message, in the envelope that belongs to it."""
    soort, bericht = berichtsoorten[nummer], voorbeeld(nummer)
    van, naar = soort.gemeente(bericht), soort.aanbieder(bericht)
    if soort.verzender == "aanbieder":
        van, naar = naar, van
    kruis = KRUIS if controle.code_voor(soort) == "Du01" else ""
    kop = Stuur(Partij(van, "abc"), Partij(naar, "GGk"), NUMMER, "20261122140000", kruis)
    return controle.verpak(soort, kop, build(bericht))


@pytest.mark.parametrize("nummer", list(berichtsoorten))
def test_elk_bericht_past_in_zijn_envelop_en_omgedraaid_niet(nummer):
    """The header of an answer names the two the other way round than its envelope does; the 319 and 325 do not."""
    envelop = verpakt(nummer)
    assert controle.vergelijk(envelop).nummer == nummer
    om = replace(envelop.stuur, zender=envelop.stuur.ontvanger, ontvanger=envelop.stuur.zender)
    with pytest.raises(Geweigerd, match="Zender of ontvanger"):
        controle.vergelijk(replace(envelop, stuur=om))


def test_envelop_die_iets_anders_zegt_dan_het_bericht():
    envelop = verpakt("305")
    for anders, zin in (
        (replace(envelop, functie="WMO307"), "maar er zit een WMO305 in"),
        (replace(envelop, functie="WMO999"), "kennen wij niet"),
        (replace(envelop, functie="WMO306"), "hoort in een Du01"),
        (replace(envelop, stuur=replace(envelop.stuur, kruis=KRUIS)), "hoort in een Di01"),
        (replace(envelop, versies=("0001", "0000", "0003", "0001")), "versie 0003-0002"),
        (replace(envelop, bestandsnaam="bericht.xml"), "xmlBestand"),
    ):
        with pytest.raises(Geweigerd, match=zin):
            controle.vergelijk(anders)


def test_onleesbare_inhoud_is_voor_het_schema():
    """Such a message gets in and is answered with a Fo01, which a refusal at the door could not do."""
    assert controle.vergelijk(replace(HEEN, inhoud=b"<kapot")).nummer == "301"
    assert controle.lees_kop(b"<a/>") is None


def test_antwoord_zonder_vraag_gaat_niet_in_een_envelop():
    vraag = voorbeeld("301")
    dag = vraag.header.bericht_identificatie.dagtekening
    antwoord = retour(vraag, (), identificatie="1", dagtekening=dag)
    with pytest.raises(ValueError, match="crossRefnummer"):
        controle.verpak(berichtsoorten["302"], KOP, build(antwoord))


def test_boom_houdt_de_tekst_bij_elkaar():
    assert lees_boom(b"<a>een<b/>twee</a>").tekst == "eentwee"

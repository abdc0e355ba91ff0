"""What the GGk delivers counts once, and what is wrong with an envelope is said at the door."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from berichten.actions import outbox
from berichten.knooppunt import soap
from berichten.knooppunt.envelop import Bericht as Envelopbericht
from berichten.knooppunt.envelop import Bevestiging, Partij
from berichten.models import Bericht
from berichten.poort import MB
from tests.berichten.koppelvlak import ANDER, KOP, NUMMER, PAD, startbericht, verwerk
from tests.factories import moment
from wmo.models import Levering, Logregel, Toewijzing

# ------------------------------------------------------------------------------- delivered once


def test_dezelfde_envelop_twee_keer_telt_een_keer(onderweg, bied_aan):
    for _ in range(2):
        status, antwoord = bied_aan(startbericht(onderweg))
        assert (status, antwoord.code, antwoord.stuur.kruis) == (200, "Bv03", NUMMER)
    verwerk()
    assert bied_aan(startbericht(onderweg))[0] == 200
    assert Bericht.objects.filter(richting="in").count() == 1
    assert Levering.objects.get().feiten.count() == 1
    assert Logregel.objects.filter(handeling="inbox.neem_aan").count() == 3


@pytest.mark.django_db(transaction=True)
def test_zes_keer_tegelijk_is_een_bericht(onderweg, certificaat):
    """The knooppunt that heard nothing tries again while the first is still being stored."""
    data = soap.pak_in(startbericht(onderweg))

    def bezorg(_: int) -> int:
        try:
            return Client().post(PAD, data, content_type=soap.CONTENT_TYPE, headers={KOP: certificaat}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as draden:
        assert list(draden.map(bezorg, range(6))) == [200] * 6
    assert Bericht.objects.filter(richting="in").count() == 1


def test_zelfde_bericht_onder_een_ander_nummer_is_hetzelfde_bericht(onderweg, bied_aan):
    bied_aan(startbericht(onderweg))
    assert bied_aan(startbericht(onderweg, nummer=ANDER))[0] == 200
    assert str(Bericht.objects.get(richting="in").referentienummer) == NUMMER


def test_ander_bericht_onder_hetzelfde_nummer_wordt_geweigerd(onderweg, bied_aan):
    bied_aan(startbericht(onderweg))
    status, antwoord = bied_aan(startbericht(onderweg, kenmerk="B2"))
    assert (status, antwoord.code) == (500, "Fo03")
    assert "al gebruikt voor een ander bericht" in antwoord.omschrijving
    assert Bericht.objects.filter(richting="in").count() == 1


def test_antwoord_neemt_het_nummer_van_de_vraag_mee(onderweg, bied_aan, map_):
    bied_aan(startbericht(onderweg))
    verwerk()
    zendingen = []

    class Weg:
        def verstuur(self, zending: Any, inhoud: Any) -> None:
            zendingen.append(zending)

    while outbox.verzend_volgende(Weg(), nu=moment()):  # type: ignore[arg-type]
        continue
    (antwoord,) = [zending for zending in zendingen if zending.soort == "306"]
    assert antwoord.antwoord_op == NUMMER


# ------------------------------------------------------------------------------- refused at the door


def veranderd(onderweg: Toewijzing, wat: str) -> Envelopbericht | bytes:
    goed = startbericht(onderweg)
    stuur = goed.stuur
    onbekend, elders = Partij("99999999", "abc"), Partij("9998", "GGk")
    gevallen: dict[str, Envelopbericht | bytes] = {
        "kapot": b"<kapot",
        "doctype": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        "geen-soap": b"<a/>",
        "bv03": Bevestiging(replace(stuur, kruis=ANDER)),
        "versie": replace(goed, versies=("0001", "0000", "0002", "0002")),
        "omgekeerd": replace(goed, stuur=replace(stuur, zender=stuur.ontvanger, ontvanger=stuur.zender)),
        "onbekende-zender": replace(goed, inhoud=b"<kapot", stuur=replace(stuur, zender=onbekend)),
        "andere-gemeente": replace(goed, inhoud=b"<kapot", stuur=replace(stuur, ontvanger=elders)),
        "301": replace(goed, functie="WMO301", inhoud=b"<kapot"),
        "te-groot": b"<a>" + b" " * (25 * MB) + b"</a>",
    }
    return gevallen[wat]


@pytest.mark.parametrize(
    ("wat", "zin"),
    [
        ("kapot", "geen welgevormde XML"),
        ("doctype", "DOCTYPE"),
        ("geen-soap", "geen bericht in SOAP 1.1"),
        ("bv03", "dat is een antwoord"),
        ("versie", "Wij verwerken versie 0003-0002"),
        ("omgekeerd", "Zender of ontvanger"),
        ("onbekende-zender", "is bij ons niet bekend"),
        ("andere-gemeente", "werkt niet met dit portaal"),
        ("301", "Hier komen berichten voor gemeenten"),
        ("te-groot", "groter dan 25 MB"),
    ],
)
def test_wat_niet_klopt_krijgt_een_fo03_en_geen_rij(wat, zin, onderweg, bied_aan):
    status, antwoord = bied_aan(veranderd(onderweg, wat))
    assert (status, antwoord.code, antwoord.foutcode) == (500, "Fo03", "StUF055")
    assert zin in antwoord.omschrijving
    assert not Bericht.objects.filter(richting="in").exists()


def test_soapaction_hoort_bij_de_envelop(onderweg, bied_aan):
    status, antwoord = bied_aan(startbericht(onderweg), SOAPAction='"http://www.egem.nl/StUF/StUF0301/Fo01"')
    assert (status, "SOAPAction" in antwoord.omschrijving) == (500, True)

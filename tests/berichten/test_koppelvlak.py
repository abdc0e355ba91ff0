"""What the GGk delivers at /koppelvlak/ggk/: called by a SOAP client of others that knows only the published WSDL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
import zeep
from cryptography.hazmat.primitives import hashes
from django.db import connection
from django.test import Client

from berichten.actions import foutmeldingen, herstel, inbox, outbox
from berichten.actions.outbox import MAX_POGINGEN
from berichten.knooppunt import controle, soap
from berichten.knooppunt.envelop import Bericht as Envelopbericht
from berichten.knooppunt.envelop import Bevestiging, Fout, Partij
from berichten.models import Bericht, Foutmelding
from berichten.poort import MB
from berichten.standaard import berichtsoorten
from berichten.transport import Onbestelbaar
from tests.berichten import knooppunt as proef
from tests.berichten.bron import BRON, met_bron
from tests.berichten.test_inbox import BEGIN, start
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, GemeenteFactory, ToewijzingFactory, aanstelling, moment
from wmo.models import Aanstelling, Levering, Logregel, Taak, Toewijzing
from wmo.permissions import Rol

PAD = "/koppelvlak/ggk/"
KOP = "X-Client-Cert"
WSDL = BRON / "bron" / "ggk" / "ggk0210" / "ggkberichten" / "ggk0210_OntvangAsynchroon_ggkberichten.wsdl"
NUMMER, ANDER = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"


@pytest.fixture
def certificaat(tmp_path: Path, settings: Any) -> str:
    """The certificate of the knooppunt as the TLS front passes it on, and trusted."""
    paar = proef.maak(tmp_path, "ggk")
    settings.GGK_CERTIFICAATKOP = KOP
    settings.GGK_VERTROUWD = [paar.certificaat.fingerprint(hashes.SHA256()).hex(":").upper()]
    return quote(Path(paar.cert).read_text())


@pytest.fixture
def toewijzing(db: None) -> Toewijzing:
    """An opdracht on its way to an aanbieder with software of its own."""
    toewijzing = ToewijzingFactory(status="concept", aanbieder=AanbiederFactory(eigen_software=True))
    maak_opdrachten()
    return toewijzing


@pytest.fixture
def bied_aan(certificaat: str, client: Client) -> Callable[..., tuple[int, Envelopbericht]]:
    def _bied_aan(bericht: Envelopbericht | bytes, **koppen: str) -> tuple[int, Envelopbericht]:
        data = bericht if isinstance(bericht, bytes) else soap.pak_in(bericht)
        antwoord = client.post(PAD, data, content_type=soap.CONTENT_TYPE, headers={KOP: certificaat, **koppen})
        return antwoord.status_code, soap.pak_uit(antwoord.content)

    return _bied_aan


def startbericht(toewijzing: Toewijzing, kenmerk: str = "A1", nummer: str = NUMMER, inhoud: bytes = b"") -> Any:
    """A 305 in its envelope, as the chain delivers it."""
    kop = controle.stuur(
        Partij(toewijzing.aanbieder.agb, "VECOZOWebservice"),
        Partij(toewijzing.gemeente.code, "GGk"),
        moment(),
        nummer=nummer,
    )
    return controle.verpak(berichtsoorten["305"], kop, inhoud or start(toewijzing, kenmerk))


def verwerk() -> None:
    while inbox.verwerk_volgende(nu=moment()):
        continue


# ------------------------------------------------------------------------------- who may call


@pytest.mark.parametrize("poging", ["niets", "onzin", "ander", "zonder-lijst", "zonder-kop"])
def test_zonder_vertrouwd_certificaat_blijft_de_deur_dicht(poging, toewijzing, client, certificaat, tmp_path, settings):
    """Both the header and the list are settings: without either one nobody gets in, whatever is sent."""
    kop = certificaat
    if poging == "niets":
        kop = ""
    elif poging == "onzin":
        kop = "onzin"
    elif poging == "ander":
        kop = quote(Path(proef.maak(tmp_path, "ander").cert).read_text())
    elif poging == "zonder-lijst":
        settings.GGK_VERTROUWD = []
    else:
        settings.GGK_CERTIFICAATKOP = ""
    data = soap.pak_in(startbericht(toewijzing))
    antwoord = client.post(PAD, data, content_type=soap.CONTENT_TYPE, headers={KOP: kop})
    assert antwoord.status_code == 403
    assert not Bericht.objects.filter(richting="in").exists()


def test_lezen_kan_niet(certificaat, client, db):
    assert client.get(PAD, headers={KOP: certificaat}).status_code == 405


# ------------------------------------------------------------------------------- a SOAP client of others


@pytest.fixture
def dienst(live_server: Any, certificaat: str) -> Any:
    """The service of the WSDL at our address. zeep builds and reads everything from the published files."""
    sessie = requests.Session()
    sessie.headers[KOP] = certificaat
    client = zeep.Client(str(WSDL), transport=zeep.Transport(session=sessie))
    binding = "{http://www.stufstandaarden.nl/koppelvlak/ggk0210}SOAPOntvangAsynchroon"
    yield client.create_service(binding, live_server.url + PAD)
    sessie.close()


def als_zeep(envelop: Any) -> dict[str, Any]:
    stuur = envelop.stuur
    kop = {
        "berichtcode": envelop.code,
        "zender": {"organisatie": stuur.zender.organisatie, "applicatie": stuur.zender.applicatie},
        "ontvanger": {"organisatie": stuur.ontvanger.organisatie, "applicatie": stuur.ontvanger.applicatie},
        "referentienummer": stuur.nummer,
        "tijdstipBericht": stuur.tijdstip,
        "functie": envelop.functie,
    }
    a, b, c, d = envelop.versies
    namen = {"applicatieVersie": a, "applicatieSubversie": b, "functieVersie": c, "functieSubversie": d}
    return {"stuurgegevens": kop, "parameters": {**namen, "bericht": {"xmlBestand": envelop.inhoud}}}


@met_bron
@pytest.mark.django_db(transaction=True)
def test_zeep_bezorgt_een_bericht_en_krijgt_een_bv03(toewijzing, dienst):
    kop = dienst.ggk_Di01(**als_zeep(startbericht(toewijzing)))  # zeep leaves the only element around it out
    assert (kop.berichtcode, kop.crossRefnummer) == ("Bv03", NUMMER)
    assert kop.zender.organisatie == toewijzing.gemeente.code
    rij = Bericht.objects.get(richting="in")
    assert (str(rij.referentienummer), rij.inhoud) == (NUMMER, start(toewijzing, "A1"))
    verwerk()
    rij.refresh_from_db()
    assert (rij.soort, rij.status, Levering.objects.get().begindatum) == ("305", "goedgekeurd", BEGIN)


@met_bron
@pytest.mark.django_db(transaction=True)
def test_zeep_krijgt_een_fault_met_een_fo03(toewijzing, dienst):
    verkeerd = replace(startbericht(toewijzing), functie="WMO307")
    with pytest.raises(zeep.exceptions.Fault, match="maar er zit een WMO305 in") as fault:
        dienst.ggk_Di01(**als_zeep(verkeerd))
    assert fault.value.code == "soap:Client"
    assert fault.value.detail[0].tag == "{http://www.egem.nl/StUF/StUF0301}Fo03Bericht"
    assert not Bericht.objects.filter(richting="in").exists()


@met_bron
@pytest.mark.django_db(transaction=True)
def test_zeep_meldt_een_fo01(toewijzing, dienst):
    vraag = verzonden()
    fout = fo01(vraag)
    dienst.Fo01(
        stuurgegevens={
            "berichtcode": "Fo01",
            "zender": {"organisatie": "IB", "applicatie": "GGk"},
            "ontvanger": {"organisatie": toewijzing.gemeente.code, "applicatie": "Wmo-portaal"},
            "referentienummer": fout.stuur.nummer,
            "tijdstipBericht": fout.stuur.tijdstip,
            "crossRefnummer": fout.stuur.kruis,
        },
        body={"code": "IB210", "plek": "client", "omschrijving": "Ontvangende organisatie onbekend"},
    )
    assert Bericht.objects.get(pk=vraag.pk).status == "mislukt"


# ------------------------------------------------------------------------------- delivered once


def test_dezelfde_envelop_twee_keer_telt_een_keer(toewijzing, bied_aan):
    for _ in range(2):
        status, antwoord = bied_aan(startbericht(toewijzing))
        assert (status, antwoord.code, antwoord.stuur.kruis) == (200, "Bv03", NUMMER)
    verwerk()
    assert bied_aan(startbericht(toewijzing))[0] == 200
    assert Bericht.objects.filter(richting="in").count() == 1
    assert Levering.objects.get().feiten.count() == 1
    assert Logregel.objects.filter(handeling="inbox.neem_aan").count() == 3


@pytest.mark.django_db(transaction=True)
def test_zes_keer_tegelijk_is_een_bericht(toewijzing, certificaat):
    """The knooppunt that heard nothing tries again while the first is still being stored."""
    data = soap.pak_in(startbericht(toewijzing))

    def bezorg(_: int) -> int:
        try:
            return Client().post(PAD, data, content_type=soap.CONTENT_TYPE, headers={KOP: certificaat}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as draden:
        assert list(draden.map(bezorg, range(6))) == [200] * 6
    assert Bericht.objects.filter(richting="in").count() == 1


def test_zelfde_bericht_onder_een_ander_nummer_is_hetzelfde_bericht(toewijzing, bied_aan):
    bied_aan(startbericht(toewijzing))
    assert bied_aan(startbericht(toewijzing, nummer=ANDER))[0] == 200
    assert str(Bericht.objects.get(richting="in").referentienummer) == NUMMER


def test_ander_bericht_onder_hetzelfde_nummer_wordt_geweigerd(toewijzing, bied_aan):
    bied_aan(startbericht(toewijzing))
    status, antwoord = bied_aan(startbericht(toewijzing, kenmerk="B2"))
    assert (status, antwoord.code) == (500, "Fo03")
    assert "al gebruikt voor een ander bericht" in antwoord.omschrijving
    assert Bericht.objects.filter(richting="in").count() == 1


def test_antwoord_neemt_het_nummer_van_de_vraag_mee(toewijzing, bied_aan, map_):
    bied_aan(startbericht(toewijzing))
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


def veranderd(toewijzing: Toewijzing, wat: str) -> Envelopbericht | bytes:
    goed = startbericht(toewijzing)
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
def test_wat_niet_klopt_krijgt_een_fo03_en_geen_rij(wat, zin, toewijzing, bied_aan):
    status, antwoord = bied_aan(veranderd(toewijzing, wat))
    assert (status, antwoord.code, antwoord.foutcode) == (500, "Fo03", "StUF055")
    assert zin in antwoord.omschrijving
    assert not Bericht.objects.filter(richting="in").exists()


def test_soapaction_hoort_bij_de_envelop(toewijzing, bied_aan):
    status, antwoord = bied_aan(startbericht(toewijzing), SOAPAction='"http://www.egem.nl/StUF/StUF0301/Fo01"')
    assert (status, "SOAPAction" in antwoord.omschrijving) == (500, True)


# ------------------------------------------------------------------------------- Fo01 from us


class Keten:
    """The sending half, with the last word on whether it goes."""

    def __init__(self) -> None:
        self.gekregen: list[Any] = []
        self.dicht = False

    def lever_af(self, bericht: Any) -> None:
        if self.dicht:
            raise Onbestelbaar("Het knooppunt is niet te bereiken (dicht).")
        soap.pak_in(bericht)  # what may not leave would fail here
        self.gekregen.append(bericht)


def test_bericht_tegen_het_schema_wordt_apart_gezet_en_met_fo01_beantwoord(toewijzing, bied_aan):
    stuk = start(toewijzing, "A1").replace(b"BerichtIdentificatie>", b"Berichtkenmerk>")
    assert bied_aan(startbericht(toewijzing, inhoud=stuk))[0] == 200, "aangekomen is het wel"
    verwerk()
    rij = Bericht.objects.get(richting="in")
    assert rij.status == "geparkeerd"
    keten = Keten()
    assert foutmeldingen.verzend_volgende(keten, nu=moment())
    assert not foutmeldingen.verzend_volgende(keten, nu=moment())
    (fout,) = keten.gekregen
    assert (fout.code, fout.foutcode, fout.stuur.kruis) == ("Fo01", "StUF055", NUMMER)
    assert (fout.stuur.zender.organisatie, fout.stuur.ontvanger.organisatie, fout.stuur.ontvanger.applicatie) == (
        toewijzing.gemeente.code,
        toewijzing.aanbieder.agb,
        "GGk",
    )
    herstel.verwerk_opnieuw(bericht=rij, door=aanstelling(Rol.BACKOFFICE, gemeente=toewijzing.gemeente), nu=moment())
    verwerk()
    assert Foutmelding.objects.count() == 1


def test_bericht_dat_om_iets_anders_apart_staat_krijgt_geen_fo01(toewijzing, bied_aan):
    """A message that took the worker down each time: a person looks, the schema has nothing to say about it."""
    bied_aan(startbericht(toewijzing))
    rij = Bericht.objects.get(richting="in")
    Bericht.objects.filter(pk=rij.pk).update(pogingen=99)
    verwerk()
    rij.refresh_from_db()
    assert (rij.status, Foutmelding.objects.count()) == ("geparkeerd", 0)


def test_fo01_die_niet_weg_kan_wordt_opnieuw_geprobeerd_en_ten_slotte_werk(toewijzing, bied_aan):
    bied_aan(startbericht(toewijzing, inhoud=b"<kapot"))
    verwerk()
    keten, nu = Keten(), moment()
    keten.dicht = True
    for _ in range(MAX_POGINGEN):
        assert foutmeldingen.verzend_volgende(keten, nu=nu)
        assert not foutmeldingen.verzend_volgende(keten, nu=nu), "te vroeg, of klaar"
        volgende = Foutmelding.objects.get().volgende_poging_op
        assert volgende is not None
        nu = volgende
    assert not foutmeldingen.verzend_volgende(keten, nu=nu + timedelta(days=9))
    assert Taak.objects.open().filter(titel__contains="StUF055").count() == 1


# ------------------------------------------------------------------------------- Fo01 to us


def verzonden() -> Bericht:
    """The 301 of the opdracht, handed to the chain."""
    rij = Bericht.objects.get(soort="301")
    rij.zet_status("verzonden", verzonden_op=moment(), antwoord_uiterlijk=moment().date(), pogingen=1)
    return rij


def fo01(vraag: Bericht, kruis: str = "") -> Fout:
    assert vraag.gemeente is not None
    kop = controle.stuur(
        Partij("IB", "GGk"),
        Partij(vraag.gemeente.code, "Wmo-portaal"),
        moment(),
        nummer=ANDER,
        kruis=kruis or str(vraag.referentienummer),
    )
    return controle.fout("Fo01", kop, "IB210", "Ontvangende organisatie onbekend", details="WMO301-00010000")


def test_fo01_maakt_het_bericht_niet_afgeleverd_met_code_en_tekst(toewijzing, bied_aan):
    vraag = verzonden()
    oud = vraag.referentienummer
    for _ in range(2):
        assert bied_aan(fo01(vraag))[0] == 200
    vraag.refresh_from_db()
    assert (vraag.status, vraag.laatste_fout) == ("mislukt", "Niet afgeleverd. IB210: Ontvangende organisatie onbekend")
    assert vraag.referentienummer != oud, "een volgende poging is een andere envelop"
    assert Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD).pad == vraag.pad
    assert Foutmelding.objects.get().details == "WMO301-00010000"
    door = aanstelling(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    nieuw = herstel.stuur_opnieuw(bericht=vraag, door=door, nu=moment())
    assert nieuw.identificatie != vraag.identificatie
    assert nieuw.status == "klaar"


def test_fo01_na_een_antwoord_verandert_niets(toewijzing, bied_aan):
    vraag = verzonden()
    vraag.zet_status("goedgekeurd")
    assert bied_aan(fo01(vraag))[0] == 200
    vraag.refresh_from_db()
    assert (vraag.status, Foutmelding.objects.get().bericht) == ("goedgekeurd", vraag)
    assert not Taak.objects.open().filter(soort=Taak.Soort.BERICHT_AFGEKEURD).exists()


@pytest.mark.parametrize("kruis", [NUMMER, "geen-uuid"])
def test_fo01_over_een_onbekend_nummer_wordt_bewaard_en_werk(kruis, toewijzing, bied_aan):
    vraag = verzonden()
    assert bied_aan(fo01(vraag, kruis=kruis))[0] == 200
    vraag.refresh_from_db()
    assert (vraag.status, Foutmelding.objects.get().bericht) == ("verzonden", None)
    assert "IB210" in Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD).titel


def test_fo01_raakt_geen_bericht_van_een_andere_gemeente(toewijzing, bied_aan):
    vraag = verzonden()
    andere = GemeenteFactory(code="0589", naam="Oudewater")
    assert andere != vraag.gemeente
    fout = fo01(vraag)
    bied_aan(replace(fout, stuur=replace(fout.stuur, ontvanger=Partij(andere.code, "Wmo-portaal"))))
    vraag.refresh_from_db()
    assert vraag.status == "verzonden"


def test_fo01_voor_een_vreemde_organisatie_wordt_geweigerd(toewijzing, bied_aan):
    fout = fo01(verzonden())
    status, antwoord = bied_aan(replace(fout, stuur=replace(fout.stuur, ontvanger=Partij("9998", "abc"))))
    assert (status, antwoord.code) == (500, "Fo03")
    assert not Foutmelding.objects.exists()


def test_de_systeemrol_doet_het(toewijzing, bied_aan):
    bied_aan(startbericht(toewijzing))
    regel = Logregel.objects.get(handeling="inbox.neem_aan")
    assert regel.aanstelling_id == Aanstelling.objects.systeem().pk

"""Who may deliver at /koppelvlak/ggk/, and what a SOAP client of others does there that knows only the WSDL."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import requests
import zeep

from berichten.knooppunt import soap
from berichten.models import Bericht
from berichten.simulator.papieren import maak
from tests.berichten.bron import BRON, met_bron
from tests.berichten.koppelvlak import KOP, NUMMER, PAD, fo01, startbericht, verwerk, verzonden
from tests.berichten.test_inbox import BEGIN, start
from wmo.models import Aanstelling, Levering, Logregel

WSDL = BRON / "bron" / "ggk" / "ggk0210" / "ggkberichten" / "ggk0210_OntvangAsynchroon_ggkberichten.wsdl"


# ------------------------------------------------------------------------------- who may call


@pytest.mark.parametrize("poging", ["niets", "onzin", "ander", "zonder-lijst", "zonder-kop"])
def test_zonder_vertrouwd_certificaat_blijft_de_deur_dicht(poging, onderweg, client, certificaat, tmp_path, settings):
    """Both the header and the list are settings: without either one nobody gets in, whatever is sent."""
    kop = certificaat
    if poging == "niets":
        kop = ""
    elif poging == "onzin":
        kop = "onzin"
    elif poging == "ander":
        kop = quote(Path(maak(tmp_path, "ander").cert).read_text())
    elif poging == "zonder-lijst":
        settings.GGK_VERTROUWD = []
    else:
        settings.GGK_CERTIFICAATKOP = ""
    data = soap.pak_in(startbericht(onderweg))
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
def test_zeep_bezorgt_een_bericht_en_krijgt_een_bv03(onderweg, dienst):
    kop = dienst.ggk_Di01(**als_zeep(startbericht(onderweg)))  # zeep leaves the only element around it out
    assert (kop.berichtcode, kop.crossRefnummer) == ("Bv03", NUMMER)
    assert kop.zender.organisatie == onderweg.gemeente.code
    rij = Bericht.objects.get(richting="in")
    assert (str(rij.referentienummer), rij.inhoud) == (NUMMER, start(onderweg, "A1"))
    verwerk()
    rij.refresh_from_db()
    assert (rij.soort, rij.status, Levering.objects.get().begindatum) == ("305", "goedgekeurd", BEGIN)


@met_bron
@pytest.mark.django_db(transaction=True)
def test_zeep_krijgt_een_fault_met_een_fo03(onderweg, dienst):
    verkeerd = replace(startbericht(onderweg), functie="WMO307")
    with pytest.raises(zeep.exceptions.Fault, match="maar er zit een WMO305 in") as fault:
        dienst.ggk_Di01(**als_zeep(verkeerd))
    assert fault.value.code == "soap:Client"
    assert fault.value.detail[0].tag == "{http://www.egem.nl/StUF/StUF0301}Fo03Bericht"
    assert not Bericht.objects.filter(richting="in").exists()


@met_bron
@pytest.mark.django_db(transaction=True)
def test_zeep_meldt_een_fo01(onderweg, dienst):
    vraag = verzonden()
    fout = fo01(vraag)
    dienst.Fo01(
        stuurgegevens={
            "berichtcode": "Fo01",
            "zender": {"organisatie": "IB", "applicatie": "GGk"},
            "ontvanger": {"organisatie": onderweg.gemeente.code, "applicatie": "Wmo-portaal"},
            "referentienummer": fout.stuur.nummer,
            "tijdstipBericht": fout.stuur.tijdstip,
            "crossRefnummer": fout.stuur.kruis,
        },
        body={"code": "IB210", "plek": "client", "omschrijving": "Ontvangende organisatie onbekend"},
    )
    assert Bericht.objects.get(pk=vraag.pk).status == "mislukt"


def test_de_systeemrol_doet_het(onderweg, bied_aan):
    bied_aan(startbericht(onderweg))
    regel = Logregel.objects.get(handeling="inbox.neem_aan")
    assert regel.aanstelling_id == Aanstelling.objects.systeem().pk

"""The address where the GGk delivers, for tests: what it sends, and which certificate it shows."""

from typing import Any

from berichten.actions import inbox
from berichten.knooppunt import controle
from berichten.knooppunt.envelop import Fout, Partij
from berichten.models import Bericht
from berichten.standaard import berichtsoorten
from tests.berichten.test_inbox import start
from tests.factories import VANDAAG, moment
from wmo.models import Toewijzing

PAD = "/koppelvlak/ggk/"
KOP = "X-Client-Cert"
NUMMER, ANDER = "9c0f7b90-5c69-41e5-a837-0800200c9a66", "b6e9f182-bc44-4f27-9863-9a5ccc1e1cf0"


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


def verzonden() -> Bericht:
    """The 301 of the opdracht, handed to the chain."""
    rij = Bericht.objects.get(soort="301")
    rij.zet_status("verzonden", verzonden_op=moment(), antwoord_uiterlijk=VANDAAG, pogingen=1)
    return rij


def fo01(vraag: Bericht, kruis: str = "", nummer: str = ANDER) -> Fout:
    assert vraag.gemeente is not None
    kop = controle.stuur(
        Partij("IB", "GGk"),
        Partij(vraag.gemeente.code, "Wmo-portaal"),
        moment(),
        nummer=nummer,
        kruis=kruis or str(vraag.referentienummer),
    )
    return controle.fout("Fo01", kop, "IB210", "Ontvangende organisatie onbekend", details="WMO301-00010000")

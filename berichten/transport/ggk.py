"""The road through the GGk: SOAP 1.1 over HTTPS, with our certificate as well as theirs.

Sending alone: what comes in is delivered to us (berichten/views/knooppunt.py). The answer Bv03 means received and
stored; everything else means that the same envelope, with the same number, is offered again later.
"""

import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import httpx

from berichten.knooppunt import controle, soap
from berichten.knooppunt.envelop import ACTIES, Bericht, Bevestiging, Fout, Partij
from berichten.poort import MB, Geweigerd
from berichten.standaard import berichtsoorten
from berichten.transport import Onbestelbaar, Zending

APPLICATIE = "Wmo-portaal"
MAX_ANTWOORD = 1 * MB  # a Bv03 is one kilobyte
MAX_TEKST = 400  # characters that a row keeps of a reason


@dataclass(frozen=True, slots=True)
class Aansluiting:
    """Where the knooppunt is and with what we open it: paths of PEM files, `ca` "" for the machine's own authorities,
    `wachttijd` in seconds."""

    endpoint: str
    certificaat: str
    sleutel: str
    ca: str = ""
    wachttijd: float = 30.0


@cache
def _client(aansluiting: Aansluiting) -> httpx.Client:
    """One per process, so that messages share a connection. New certificates ask for a restart."""
    context = tls(aansluiting)
    # No proxy or password file from the environment: this road is named in full, or not taken.
    return httpx.Client(verify=context, timeout=aansluiting.wachttijd, trust_env=False, follow_redirects=False)


def tls(aansluiting: Aansluiting) -> ssl.SSLContext:
    """Both sides prove who they are, with TLS 1.2 or newer. Raises OSError for a certificate that cannot be used."""
    context = ssl.create_default_context(cafile=aansluiting.ca or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(aansluiting.certificaat, aansluiting.sleutel)
    return context


class Ggk:
    """The sending half of a Transport."""

    def __init__(self, aansluiting: Aansluiting) -> None:
        self.aansluiting = aansluiting

    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        bus, soort = zending.postbus, berichtsoorten[zending.soort]
        van, naar = (bus.gemeente, bus.aanbieder) if bus.kant == "aanbieder" else (bus.aanbieder, bus.gemeente)
        kop = controle.stuur(
            Partij(van, APPLICATIE),
            controle.naar_knooppunt(naar),
            datetime.now(UTC),
            nummer=zending.referentienummer,
            kruis=zending.antwoord_op if controle.code_voor(soort) == "Du01" else "",
        )
        try:
            self.lever_af(controle.verpak(soort, kop, b"".join(inhoud)))
        except ValueError as fout:
            raise Onbestelbaar(f"Dit bericht kan niet in een envelop: {fout}."[:MAX_TEKST]) from fout

    def lever_af(self, bericht: Bericht) -> None:
        """Any envelope of our own; when it returns the knooppunt has it. Raises Onbestelbaar."""
        status, data = self._vraag(soap.pak_in(bericht), ACTIES[bericht.code])
        _oordeel(status, data, bericht.stuur.nummer)

    def _vraag(self, data: bytes, actie: str) -> tuple[int, bytes]:
        koppen = {"Content-Type": soap.CONTENT_TYPE, "SOAPAction": f'"{actie}"'}
        try:
            client = _client(self.aansluiting)
            with client.stream("POST", self.aansluiting.endpoint, content=data, headers=koppen) as antwoord:
                return antwoord.status_code, _begrensd(antwoord)
        except httpx.TimeoutException as fout:
            seconden = f"{self.aansluiting.wachttijd:g}"
            raise Onbestelbaar(f"Het knooppunt antwoordt niet binnen {seconden} seconden.") from fout
        except httpx.HTTPError as fout:
            raise Onbestelbaar(f"Het knooppunt is niet te bereiken ({fout}).".replace("\n", " ")[:MAX_TEKST]) from fout
        except OSError as fout:  # ssl.SSLError among them
            zin = f"Het certificaat voor het knooppunt is niet te gebruiken ({fout.strerror or fout})."
            raise Onbestelbaar(zin[:MAX_TEKST]) from fout


def _begrensd(antwoord: httpx.Response) -> bytes:
    data = b""
    for deel in antwoord.iter_bytes():
        data += deel
        if len(data) > MAX_ANTWOORD:
            raise Onbestelbaar("Het antwoord van het knooppunt is te groot om een antwoord te zijn.")
    return data


def _oordeel(status: int, data: bytes, nummer: str) -> None:
    """Received, or Onbestelbaar with what the other said: code and text together."""
    try:
        antwoord = soap.pak_uit(data, MAX_ANTWOORD)
    except Geweigerd as fout:
        raise Onbestelbaar(f"Het knooppunt gaf HTTP {status}: {fout.reden}"[:MAX_TEKST]) from fout
    if isinstance(antwoord, Fout):
        raise Onbestelbaar(f"Het knooppunt weigert dit bericht. {antwoord.zin}"[:MAX_TEKST])
    if not isinstance(antwoord, Bevestiging) or status != 200:
        raise Onbestelbaar(f"Het knooppunt gaf HTTP {status} met een {antwoord.code}; verwacht werd 200 met Bv03.")
    if antwoord.stuur.kruis != nummer:
        raise Onbestelbaar("Het knooppunt bevestigt een ander bericht dan wij stuurden.")

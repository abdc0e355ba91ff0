"""HTTPS with a certificate on both sides: what the roads through the GGk and through VECOZO share."""

import ssl
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from berichten.poort import MB
from berichten.transport import Onbestelbaar

MAX_ANTWOORD = 1 * MB  # an acknowledgement is one kilobyte
MAX_TEKST = 400  # characters that a row keeps of a reason


@dataclass(frozen=True, slots=True)
class Aansluiting:
    """Where the other is and with what we open it: paths of PEM files, `ca` "" for the machine's own authorities,
    `wachttijd` in seconds."""

    endpoint: str
    certificaat: str
    sleutel: str
    ca: str = ""
    wachttijd: float = 30.0


@dataclass(frozen=True, slots=True)
class Antwoord:
    status: int
    inhoud: bytes


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


def vraag(
    aansluiting: Aansluiting, methode: str, pad: str = "", *, wie: str = "het knooppunt", hoogstens: int = MAX_ANTWOORD,
    **wat: Any,
) -> Antwoord:  # fmt: skip
    """One request, with what httpx takes besides (`content`, `headers`, `files`, `params`).

    Raises Onbestelbaar, with `wie` in the sentence, for silence, a certificate, or an answer of more than `hoogstens`
    bytes; what a status means is for the caller.
    """
    try:
        client = _client(aansluiting)
        with client.stream(methode, aansluiting.endpoint + pad, **wat) as antwoord:
            return Antwoord(antwoord.status_code, _begrensd(antwoord, wie, hoogstens))
    except httpx.TimeoutException as fout:
        raise Onbestelbaar(f"{_hoofd(wie)} antwoordt niet binnen {aansluiting.wachttijd:g} seconden.") from fout
    except httpx.HTTPError as fout:
        raise Onbestelbaar(f"{_hoofd(wie)} is niet te bereiken ({fout}).".replace("\n", " ")[:MAX_TEKST]) from fout
    except OSError as fout:  # ssl.SSLError among them
        zin = f"Het certificaat voor {wie} is niet te gebruiken ({fout.strerror or fout})."
        raise Onbestelbaar(zin[:MAX_TEKST]) from fout


def _hoofd(wie: str) -> str:
    return wie[0].upper() + wie[1:]


def _begrensd(antwoord: httpx.Response, wie: str, hoogstens: int) -> bytes:
    delen, grootte = [], 0
    for deel in antwoord.iter_bytes():
        delen.append(deel)
        grootte += len(deel)
        if grootte > hoogstens:
            raise Onbestelbaar(f"Het antwoord van {wie} is te groot om een antwoord te zijn.")
    return b"".join(delen)

"""A VECOZO on this machine: HTTPS that demands a certificate, by the published descriptions, with faults on demand."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from berichten.simulator.papieren import Paar
from berichten.simulator.server import Luisterpost

BEZWAAR = {"title": "Onjuist", "detail": "BRS13", "errors": {"payload": ["Voldoet niet aan de XSD."]}}


@dataclass
class NagespeeldeVecozo:
    """`zeg` is the status and body of every answer, None for the right one."""

    adres: str = ""
    ingediend: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)
    klaar: dict[str, tuple[dict[str, Any], bytes]] = field(default_factory=dict)
    opgehaald: list[str] = field(default_factory=list)
    standen: dict[str, dict[str, Any]] = field(default_factory=dict)
    zeg: tuple[int, bytes] | None = None

    def leg_klaar(self, nummer: str, gemeente: str, aanbieder: str, inhoud: bytes, **anders: Any) -> None:
        metadata = {
            "basisgegevens": {
                "ontvangenOp": "2026-11-02T10:00:00+01:00",
                "payload": {
                    "url": "https://ergens-anders.example.nl/payload",
                    "grootte": len(inhoud),
                    "checksum": {"algoritme": "SHA256", "waarde": sha256(inhoud).hexdigest()} | anders,
                },
            },
            "routeringgegevens": {
                "afzender": {"rol": "Gemeente", "code": gemeente},
                "geadresseerden": [{"rol": "Instelling", "code": aanbieder}],
                "berichtstroom": {"berichttype": "WMO", "berichtversie": 3, "berichtsubversie": 2, "actie": "Indienen"},
            },
            "referentiegegevens": {"conversatieId": nummer, "traceerId": nummer},
        }
        self.klaar[nummer] = metadata, inhoud

    def antwoord(
        self, methode: str, pad: str, vraag: dict[str, list[str]], soort: str, data: bytes
    ) -> tuple[int, bytes]:
        match methode, pad.strip("/").split("/"):
            case "POST", ["berichten", "rest-push", "v1", "berichten"]:
                self.ingediend.append(_delen(soort, data))
                return 204, b""
            case "GET", ["berichten", "rest-pull", "v1", "berichten"]:
                lijst = [metadata for metadata, _ in self.klaar.values()]
                return 200, json.dumps(lijst[: int(vraag["limit"][0])]).encode()
            case "GET", ["berichten", "rest-pull", "v1", "berichten", nummer, "payload"]:
                self.opgehaald.append(nummer)
                return (200, self.klaar[nummer][1]) if nummer in self.klaar else (404, b"")
            case "DELETE", ["berichten", "rest-pull", "v1", "berichten", nummer]:
                return 202 if self.klaar.pop(nummer, None) else 404, b""
            case "GET", ["berichtstatus", "rest-pull", "v3", "berichtstatussen"]:
                (nummer,) = vraag["traceerId"]
                stand = self.standen.get(nummer)
                gegevens = (
                    [{"referentiegegevens": {"conversatieId": nummer, "traceerId": nummer}, **stand}] if stand else []
                )
                return 200, json.dumps(gegevens).encode()
        return 405, b""


def _delen(soort: str, data: bytes) -> tuple[dict[str, Any], bytes]:
    """The two parts of a multipart form."""
    bericht = message_from_bytes(b"Content-Type: " + soort.encode() + b"\r\n\r\n" + data, policy=policy.HTTP)
    delen = {deel.get_param("name", header="content-disposition"): deel for deel in bericht.iter_parts()}
    assert delen["berichtMetadata"].get_content_type() == "application/json"
    assert delen["payload"].get_content_type() == "application/octet-stream"
    metadata, payload = (delen[naam].get_payload(decode=True) for naam in ("berichtMetadata", "payload"))
    assert isinstance(metadata, bytes)
    assert isinstance(payload, bytes)
    return json.loads(metadata), payload


class _Vraag(BaseHTTPRequestHandler):
    vecozo: NagespeeldeVecozo

    def _doe(self) -> None:
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url, soort = urlsplit(self.path), self.headers.get("Content-Type") or ""
        antwoord = self.vecozo.zeg or self.vecozo.antwoord(self.command, url.path, parse_qs(url.query), soort, data)
        status, inhoud = antwoord
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(inhoud)))
        self.end_headers()
        self.wfile.write(inhoud)

    do_GET = do_POST = do_DELETE = _doe

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def luisterend(server: Paar, ca: Paar) -> Iterator[NagespeeldeVecozo]:
    vecozo = NagespeeldeVecozo()
    post = Luisterpost(server, ca, type("Vraag", (_Vraag,), {"vecozo": vecozo}))
    vecozo.adres = post.wortel
    yield vecozo
    post.stop()

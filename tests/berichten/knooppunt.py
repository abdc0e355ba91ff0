"""A knooppunt of our own for tests: a real HTTPS server on 127.0.0.1 that demands a client certificate."""

import ipaddress
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from berichten.knooppunt import controle, soap
from berichten.knooppunt.envelop import Bericht, Bevestiging, Partij, Stuur


@dataclass(frozen=True)
class Paar:
    """A certificate and its key, as PEM files."""

    map_: Path
    naam: str
    certificaat: x509.Certificate
    sleutel: ec.EllipticCurvePrivateKey

    @property
    def cert(self) -> str:
        return str(self.map_ / f"{self.naam}.pem")

    @property
    def key(self) -> str:
        return str(self.map_ / f"{self.naam}.key")


def _gebruik(*, is_uitgever: bool) -> x509.KeyUsage:
    niet = (
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(
        digital_signature=True, key_cert_sign=is_uitgever, crl_sign=is_uitgever, **dict.fromkeys(niet, False)
    )


def maak(map_: Path, naam: str, uitgever: Paar | None = None) -> Paar:
    """A certificate for 127.0.0.1, valid for an hour; its own authority when nobody issues it."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    titel = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, naam)])
    nu = datetime.now(UTC)
    ondertekenaar = uitgever.sleutel if uitgever else sleutel
    certificaat = (
        x509.CertificateBuilder()
        .subject_name(titel)
        .issuer_name(uitgever.certificaat.subject if uitgever else titel)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu - timedelta(minutes=5))
        .not_valid_after(nu + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=uitgever is None, path_length=None), critical=True)
        # Python 3.13 holds a chain to RFC 5280: who signed must be findable, and an authority must say that it signs
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(sleutel.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ondertekenaar.public_key()), critical=False)
        .add_extension(_gebruik(is_uitgever=uitgever is None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(ondertekenaar, hashes.SHA256())
    )
    paar = Paar(map_, naam, certificaat, sleutel)
    Path(paar.cert).write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))
    Path(paar.key).write_bytes(
        sleutel.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return paar


Antwoord = tuple[int, bytes]


def bevestig(bericht: Bericht) -> Antwoord:
    """What a healthy knooppunt says."""
    kop = antwoordkop(bericht.stuur)
    return 200, soap.pak_in(Bevestiging(kop))


def weiger(code: str, tekst: str) -> Callable[[Bericht], Antwoord]:
    return lambda bericht: (500, soap.pak_in(controle.fout("Fo03", antwoordkop(bericht.stuur), code, tekst)))


def antwoordkop(stuur: Stuur) -> Stuur:
    return controle.stuur(Partij("IB", "GGk"), stuur.zender, datetime.now(UTC), kruis=stuur.nummer)


@dataclass
class Knooppunt:
    """`zeg` decides the answer to what came in; `wacht` seconds before it, or until the server stops."""

    server: ThreadingHTTPServer
    ontvangen: list[Bericht] = field(default_factory=list)
    acties: list[str] = field(default_factory=list)
    zeg: Callable[[Bericht], Antwoord] = bevestig
    wacht: float = 0
    klaar: threading.Event = field(default_factory=threading.Event)

    @property
    def endpoint(self) -> str:
        return f"https://127.0.0.1:{self.server.server_address[1]}/ontvang"

    def stop(self) -> None:
        self.klaar.set()
        self.server.shutdown()
        self.server.server_close()


def start(server: Paar, ca: Paar) -> Knooppunt:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server.cert, server.key)
    context.load_verify_locations(ca.cert)
    context.verify_mode = ssl.CERT_REQUIRED
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Luisteraar)
    http.socket = context.wrap_socket(http.socket, server_side=True)
    knooppunt: Any = Knooppunt(http)
    http.knooppunt = knooppunt  # type: ignore[attr-defined]
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return knooppunt


class _Luisteraar(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        knooppunt: Knooppunt = self.server.knooppunt  # type: ignore[attr-defined]
        bericht = soap.pak_uit(self.rfile.read(int(self.headers["Content-Length"])))
        knooppunt.ontvangen.append(bericht)
        knooppunt.acties.append(self.headers["SOAPAction"])
        if knooppunt.wacht:
            knooppunt.klaar.wait(knooppunt.wacht)
            return
        status, data = knooppunt.zeg(bericht)
        self.send_response(status)
        self.send_header("Content-Type", soap.CONTENT_TYPE)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: the test says what matters."""

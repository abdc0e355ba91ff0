"""Certificates to practise with: an authority of our own that signs for both sides of a connection on one machine."""

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HIER = ipaddress.ip_address("127.0.0.1")
EEN_JAAR = timedelta(days=365)


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

    @property
    def vingerafdruk(self) -> str:
        """SHA-256, as `GGK_VERTROUWD` wants it."""
        return self.certificaat.fingerprint(hashes.SHA256()).hex(":")


@dataclass(frozen=True)
class Papieren:
    """Who signs, who listens and who calls."""

    ca: Paar
    knooppunt: Paar
    portaal: Paar


def oefenpapieren(map_: Path) -> Papieren:
    """Made once and then read, so that the settings of the portal keep their value."""
    map_.mkdir(parents=True, exist_ok=True, mode=0o700)
    ca = _lees(map_, "ca") or maak(map_, "ca", geldig=EEN_JAAR)
    knooppunt, portaal = (
        _lees(map_, naam) or maak(map_, naam, ca, geldig=EEN_JAAR) for naam in ("knooppunt", "portaal")
    )
    return Papieren(ca, knooppunt, portaal)


def _lees(map_: Path, naam: str) -> Paar | None:
    """None when it is not there or has run out."""
    cert, sleutel = map_ / f"{naam}.pem", map_ / f"{naam}.key"
    if not (cert.exists() and sleutel.exists()):
        return None
    certificaat = x509.load_pem_x509_certificate(cert.read_bytes())
    if certificaat.not_valid_after_utc < datetime.now(UTC):
        return None
    gelezen = serialization.load_pem_private_key(sleutel.read_bytes(), None)
    assert isinstance(gelezen, ec.EllipticCurvePrivateKey)
    return Paar(map_, naam, certificaat, gelezen)


def maak(map_: Path, naam: str, uitgever: Paar | None = None, geldig: timedelta = timedelta(hours=1)) -> Paar:
    """A certificate for 127.0.0.1; its own authority when nobody issues it."""
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
        .not_valid_after(nu + geldig)
        .add_extension(x509.BasicConstraints(ca=uitgever is None, path_length=None), critical=True)
        # Python 3.13 holds a chain to RFC 5280: who signed must be findable, and an authority must say that it signs
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(sleutel.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(ondertekenaar.public_key()), critical=False)
        .add_extension(_gebruik(is_uitgever=uitgever is None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(HIER)]), critical=False)
        .sign(ondertekenaar, hashes.SHA256())
    )
    return _bewaar(Paar(map_, naam, certificaat, sleutel))


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


def _bewaar(paar: Paar) -> Paar:
    pem, vorm = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    sleutel = paar.sleutel.private_bytes(pem, vorm, serialization.NoEncryption())
    Path(paar.cert).write_bytes(paar.certificaat.public_bytes(pem))
    with os.fdopen(os.open(paar.key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as bestand:
        bestand.write(sleutel)
    return paar

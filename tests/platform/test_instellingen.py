"""Settings by environment: each choice in a process of its own, since settings are read once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import mappen, sleutels

VRAAG = "import json; from config import settings as s; print(json.dumps({n: getattr(s, n) for n in %r}))"


def _lees(*namen: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    kaal = {
        n: w for n, w in os.environ.items() if n not in ("DATABASE_URL", "REDIS_URL", "PORTAAL_PROEF", "TLS_ERVOOR")
    }
    opdracht = [sys.executable, "-c", VRAAG % (namen,)]
    return subprocess.run(opdracht, cwd=mappen.BASIS, env={**kaal, **omgeving}, capture_output=True, text=True)


EXTERN = {"DATABASE_URL": "postgresql://u:w@db.example.nl/portaal", "REDIS_URL": "redis://broker.example.nl/0"}


def test_met_tls_is_alles_veilig_zonder_dat_iemand_iets_zet() -> None:
    namen = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "DEBUG")
    uit = json.loads(_lees(*namen, "SECURE_HSTS_SECONDS", **EXTERN).stdout)
    assert uit["SESSION_COOKIE_SECURE"] is uit["CSRF_COOKIE_SECURE"] is uit["SECURE_SSL_REDIRECT"] is True
    assert uit["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert uit["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert uit["DEBUG"] is False


def test_zonder_tls_gelooft_het_portaal_geen_proxykop() -> None:
    """A client could send it by itself."""
    uit = json.loads(_lees("SECURE_PROXY_SSL_HEADER", "SESSION_COOKIE_SECURE", TLS_ERVOOR="0", **EXTERN).stdout)
    assert uit == {"SECURE_PROXY_SSL_HEADER": None, "SESSION_COOKIE_SECURE": False}


def test_een_database_van_buiten_is_nooit_ingebouwd(tmp_path: Path) -> None:
    """No demo login can exist there, also when servers.json lies in the data folder."""
    (tmp_path / "servers.json").write_text(json.dumps({"DATABASE_URL": "postgresql://a@b/c", "REDIS_URL": "redis://b"}))
    buiten = json.loads(_lees("INGEBOUWD", "DATABASES", PORTAAL_DATA=str(tmp_path), **EXTERN).stdout)
    assert buiten["INGEBOUWD"] is False
    assert buiten["DATABASES"]["default"]["HOST"] == "db.example.nl"
    assert json.loads(_lees("INGEBOUWD", PORTAAL_DATA=str(tmp_path)).stdout) == {"INGEBOUWD": True}


def test_env_bestand_wordt_gelezen(tmp_path: Path) -> None:
    bestand = tmp_path / ".env"
    bestand.write_text("".join(f"{naam}={waarde}\n" for naam, waarde in EXTERN.items()))
    uit = json.loads(_lees("INGEBOUWD", "REDIS_URL", PORTAAL_ENV=str(bestand)).stdout)
    assert uit["INGEBOUWD"] is False
    assert uit["REDIS_URL"] == EXTERN["REDIS_URL"]


VECOZO = {
    "VECOZO_ADRES": "https://vecozo.example.nl",
    "VECOZO_CERTIFICAAT": "/c.pem",
    "VECOZO_SLEUTEL": "/s.pem",
    "VECOZO_BERICHTTYPE": "WMO",
    "VECOZO_ACTIE": "Indienen",
    "VECOZO_ROL_AANBIEDER": "Instelling",
    "VECOZO_ROL_GEMEENTE": "Gemeente",
}


def test_met_alles_van_vecozo_start_het() -> None:
    uit = json.loads(_lees("VECOZO_ADRES", "VECOZO_WACHTTIJD", **EXTERN, **VECOZO).stdout)
    assert uit == {"VECOZO_ADRES": "https://vecozo.example.nl", "VECOZO_WACHTTIJD": 30.0}


@pytest.mark.parametrize(
    ("omgeving", "zin"),
    [
        ({}, "start het portaal met ./portaal start"),
        (
            {"DATABASE_URL": "sqlite:///db.sqlite3", "REDIS_URL": "redis://b"},
            "DATABASE_URL moet naar PostgreSQL wijzen",
        ),
        (EXTERN | {"BERICHTEN_TRANSPORT": "ggk"}, "GGK_ENDPOINT (https), GGK_CERTIFICAAT en GGK_SLEUTEL nodig"),
        (EXTERN | VECOZO | {"VECOZO_ADRES": "http://open.example.nl"}, "Voor VECOZO_ADRES (https)"),
        *((EXTERN | VECOZO | {naam: ""}, naam) for naam in VECOZO if naam != "VECOZO_ADRES"),
    ],
    ids=str,
)
def test_onbruikbare_instelling_geeft_een_zin(omgeving: dict[str, str], zin: str, tmp_path: Path) -> None:
    uit = _lees("DEBUG", PORTAAL_DATA=str(tmp_path), **omgeving)
    assert uit.returncode != 0
    assert zin in uit.stderr


def test_sleutel_wordt_een_keer_gemaakt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for naam in sleutels.MAKERS:
        monkeypatch.delenv(naam, raising=False)
    eerste = {naam: sleutels.geef(naam, tmp_path / "sleutels") for naam in sleutels.MAKERS}
    assert eerste == {naam: sleutels.geef(naam, tmp_path / "sleutels") for naam in sleutels.MAKERS}
    assert len(set(eerste.values())) == len(eerste)
    assert {bestand.stat().st_mode & 0o777 for bestand in (tmp_path / "sleutels").iterdir()} == {0o600}


def test_eerste_van_twee_sleutelmakers_wint(tmp_path: Path) -> None:
    sleutels.schrijf_nieuw(tmp_path / "s", "eerste")
    sleutels.schrijf_nieuw(tmp_path / "s", "tweede")
    assert (tmp_path / "s").read_text() == "eerste"
    assert [pad.name for pad in tmp_path.iterdir()] == ["s"]

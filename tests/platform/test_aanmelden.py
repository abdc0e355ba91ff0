"""Signing in: throttled, sliding, closed to newcomers, and under a strict policy of content."""

import time

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from wmo.models import Gebruiker

pytestmark = pytest.mark.django_db

EMAIL, WACHTWOORD = "wilma.dejong@example.nl", "een-lang-wachtwoord-7"


@pytest.fixture
def gebruiker() -> Gebruiker:
    return Gebruiker.objects.create_user(email=EMAIL, password=WACHTWOORD)


def _log_in(client: Client, wachtwoord: str):
    return client.post(reverse("account_login"), {"login": EMAIL, "password": wachtwoord})


def test_inloggen_gaat_met_het_mailadres(client: Client, gebruiker: Gebruiker) -> None:
    assert reverse("account_login") == "/inloggen/"
    assert _log_in(client, WACHTWOORD).status_code == 302
    assert client.session["_auth_user_id"] == str(gebruiker.pk)


def test_na_vijf_pogingen_helpt_ook_het_goede_wachtwoord_niet(client: Client, gebruiker: Gebruiker) -> None:
    for _ in range(5):
        assert "_auth_user_id" not in client.session
        _log_in(client, "fout")
    antwoord = _log_in(client, WACHTWOORD)
    assert antwoord.status_code != 302
    assert "_auth_user_id" not in client.session


def test_niemand_schrijft_zichzelf_in(client: Client) -> None:
    antwoord = client.post(
        reverse("account_signup"), {"email": EMAIL, "password1": WACHTWOORD, "password2": WACHTWOORD}
    )
    assert not Gebruiker.objects.filter(email=EMAIL).exists()
    assert antwoord.status_code in (200, 302)


def _rest(client: Client) -> float:
    """Seconds that the session still lives in Redis."""
    sessie = SessionStore(client.session.session_key)
    return sessie._cache._cache.get_client().ttl(sessie._cache.make_key(sessie.cache_key))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("koppen", "schuift"), [({}, True), ({"X-Verversen": "1"}, False)], ids=["mens", "vanzelf"])
def test_sessie_schuift_met_de_mens_mee(client: Client, gebruiker: Gebruiker, koppen: dict, schuift: bool) -> None:
    """A page that refreshes itself may not keep an open desk signed in."""
    _log_in(client, WACHTWOORD)
    sessie = SessionStore(client.session.session_key)
    cache.touch(sessie.cache_key, 100)
    assert _rest(client) <= 100
    assert client.get("/bestaat-niet/", headers=koppen).status_code == 404
    assert (_rest(client) > 1700) is schuift


def test_verlopen_sessie_vraagt_opnieuw_inloggen(client: Client, gebruiker: Gebruiker) -> None:
    _log_in(client, WACHTWOORD)
    sessie = SessionStore(client.session.session_key)
    cache.touch(sessie.cache_key, 1)
    time.sleep(1.1)
    assert client.get("/referentie/").status_code == 302


def test_beleid_van_de_pagina(client: Client) -> None:
    """No script or style inside the page runs, nothing comes from elsewhere, nobody frames us."""
    antwoord = client.get(reverse("account_login"))
    beleid = antwoord.headers["Content-Security-Policy"]
    assert "default-src 'self'" in beleid
    assert "img-src 'self' data:" in beleid
    assert "unsafe" not in beleid
    assert antwoord.headers["X-Frame-Options"] == "DENY"
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"

"""The health page tells an outsider nothing, and a broken page still speaks Dutch."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config import errors
from config.health import MAX_STILTE, SLEUTEL, gebreken, hartslag
from wmo.models import Gebruiker


@pytest.mark.django_db
def test_gezond(client: Client) -> None:
    hartslag()
    antwoord = client.get(reverse("gezondheid"))
    assert (antwoord.status_code, antwoord.content) == (200, b"ok")


@pytest.mark.django_db
def test_stille_werker_is_niet_ok_en_de_reden_staat_alleen_in_het_log(client: Client, caplog) -> None:
    hartslag()
    cache.set(SLEUTEL, cache.get(SLEUTEL) - MAX_STILTE - 1)
    with caplog.at_level(logging.ERROR):
        antwoord = client.get(reverse("gezondheid"))
    assert (antwoord.status_code, antwoord.content) == (503, b"niet ok")
    assert "geen hartslag" in caplog.text


@pytest.mark.django_db
def test_dode_broker_is_een_gebrek_en_geen_fout() -> None:
    dood = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    with override_settings(CACHES=dood):
        assert [gebrek.split(":")[0] for gebrek in gebreken()] == ["broker"]


@pytest.mark.parametrize("status", sorted(errors.TEKSTEN))
@pytest.mark.django_db
def test_foutpagina_zegt_wat_te_doen(status: int, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.session = {}  # type: ignore[assignment]
    antwoord = errors.foutpagina(request, status)
    kop, uitleg = errors.TEKSTEN[status]
    assert antwoord.status_code == status
    assert kop in antwoord.content.decode()
    assert uitleg in antwoord.content.decode()


@pytest.mark.django_db
def test_csrf_fout_krijgt_dezelfde_pagina() -> None:
    antwoord = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x", "password": "y"})
    assert antwoord.status_code == 403
    assert errors.TE_LANG_OPEN[0] in antwoord.content.decode()


@pytest.mark.parametrize(
    ("naam", "soort"), [("user", "text/html"), ("aanstelling", "text/plain")], ids=["gewone pagina", "platte tekst"]
)
def test_foutpagina_zonder_database(naam: str, soort: str, rf: RequestFactory) -> None:
    """No django_db mark: whatever asks the database is refused, as when it is down. There is an answer all the same."""
    request = rf.get("/")
    request.session = {}  # type: ignore[assignment]
    setattr(request, naam, SimpleLazyObject(lambda: Gebruiker.objects.get(pk=1)))
    antwoord = errors.handler500(request)
    assert antwoord.status_code == 500
    assert errors.TEKSTEN[500][0] in antwoord.content.decode()
    assert antwoord.headers["Content-Type"].startswith(soort)

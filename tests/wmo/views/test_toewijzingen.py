"""The tab Toewijzingen of a dossier."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from tests.factories import ToewijzingFactory, aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def toewijzing():
    return ToewijzingFactory()


def url(toewijzing, naam="toewijzingen"):
    args = [toewijzing.voorziening.beschikking.zaak.zaaknummer]
    return reverse(f"wmo:{naam}", args=args if naam == "toewijzingen" else [*args, toewijzing.pk])


def test_tab_toont_opdracht_met_status_en_versies(als, toewijzing):
    tekst = " ".join(strip_tags(als(Rol.BACKOFFICE).get(url(toewijzing)).text).split())
    for stuk in (str(toewijzing.toewijzingnummer), toewijzing.aanbieder.naam, "Verzonden", "Niet gestart", "Versie 1"):
        assert stuk in tekst


def test_wijzigen_is_voor_de_backoffice(als, toewijzing):
    assert "Verlengen" not in als(Rol.CONSULENT).get(url(toewijzing)).text
    for naam in ("toewijzing-verlengen", "toewijzing-stoppen", "toewijzing-verwijderen"):
        assert als(Rol.CONSULENT).get(url(toewijzing, naam)).status_code == 403
        assert als(Rol.BACKOFFICE).get(url(toewijzing, naam)).status_code == 200


def test_verlengen_en_stoppen(als, toewijzing):
    browser = als(Rol.BACKOFFICE)
    te_lang = browser.post(url(toewijzing, "toewijzing-verlengen"), {"einddatum": "01-01-2040"})
    assert te_lang.status_code == 422
    assert "Neem eerst een nieuw besluit." in te_lang.text
    dag = vandaag(timezone.now()) + timedelta(days=30)
    gestopt = browser.post(
        url(toewijzing, "toewijzing-stoppen"), {"einddatum": f"{dag:%d-%m-%Y}", "reden": "05"}, follow=True
    )
    assert f"Opdracht {toewijzing.toewijzingnummer} stopt op {dag:%d-%m-%Y}." in gestopt.text
    assert toewijzing.versies.first().einddatum == dag


def test_verwijderen(als, toewijzing):
    antwoord = als(Rol.BACKOFFICE).post(url(toewijzing, "toewijzing-verwijderen"), {"toelichting": "Dubbel gemaakt."})
    assert antwoord.status_code == 302
    toewijzing.refresh_from_db()
    assert toewijzing.status == "verwijderd"


def test_opdracht_van_een_ander_bestaat_niet(als, toewijzing):
    from tests.factories import GemeenteFactory

    ander = aanstelling(Rol.BACKOFFICE, gemeente=GemeenteFactory(code="0335"))
    assert als(aanstelling_=ander).get(url(toewijzing, "toewijzing-stoppen")).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_groeit_niet(als, aantal, django_assert_num_queries, toewijzing):
    for _ in range(aantal - 1):
        ToewijzingFactory(voorziening=toewijzing.voorziening)
    browser = als(Rol.BACKOFFICE)
    browser.get(url(toewijzing))  # the first look is recorded
    with django_assert_num_queries(13):  # the counts of panels of other apps included
        browser.get(url(toewijzing))

"""Saved views of the werkvoorraad: a filter and an order under a name, for one person (S02)."""

import pytest

from tests.factories import ZaakFactory
from wmo.models import Weergave

pytestmark = pytest.mark.django_db
BEWAAR = "/werkvoorraad/weergaven/"


def bewaar(wie, naam="Besluiten eerst", query="stap=besluit&sorteer=-client&zoek=Jansen&pagina=3", lijst="team"):
    return wie.post(BEWAAR, {"naam": naam, "lijst": lijst, "query": query})


def test_weergave_is_een_gewone_link_zonder_wat_u_zocht(als):
    consulent = als()
    adres = bewaar(consulent).url
    assert adres == "/werkvoorraad/team/?stap=besluit&sorteer=-client"
    ZaakFactory(status="besluit_concept")
    ZaakFactory(status="onderzoek")
    pagina = consulent.get(adres)
    assert [(w.naam, w.url, w.huidig) for w in pagina.context["weergaven"]] == [("Besluiten eerst", adres, True)]
    assert len(pagina.context["rijen"]) == 1
    assert 'aria-current="page"' in pagina.text.split("Uw weergaven")[1].split("</nav>")[0]
    assert not consulent.get("/werkvoorraad/alle/").context["weergaven"][0].huidig


def test_weergave_is_van_een_persoon(als):
    bewaar(als())
    assert als().get("/werkvoorraad/team/").context["weergaven"] == []


def test_zelfde_naam_vervangt_en_weg_is_weg(als):
    consulent = als()
    bewaar(consulent)
    bewaar(consulent, query="termijn=te-laat", lijst="mijn")
    assert Weergave.objects.get().vraag == "termijn=te-laat"
    consulent.post(BEWAAR, {"weg": "Besluiten eerst"})
    assert not Weergave.objects.exists()


def test_hoogstens_tien(als):
    consulent = als()
    for nummer in range(11):
        antwoord = bewaar(consulent, naam=f"Weergave {nummer}")
    assert Weergave.objects.count() == 10
    assert "U hebt al 10 weergaven." in consulent.get(antwoord.url).text


@pytest.mark.parametrize("velden", [{"naam": ""}, {"naam": "x" * 41}, {"lijst": "verzonnen"}])
def test_zonder_goede_naam_of_lijst_gebeurt_er_niets(als, velden):
    consulent = als()
    antwoord = bewaar(consulent, **velden)
    assert "Geef de weergave een naam" in consulent.get(antwoord.url).text
    assert not Weergave.objects.exists()

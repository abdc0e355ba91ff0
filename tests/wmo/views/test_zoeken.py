"""Searching: by POST alone, on record by its kind, never outside one's own gemeente."""

import pytest

from tests.factories import ClientFactory, GemeenteFactory, ZaakFactory
from wmo.models import Logregel
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def zoek(wie, vraag):
    return wie.post("/zoeken/", {"q": vraag})


@pytest.mark.parametrize("vraag", ["999900006", "9999 00 006", "9999.00.006"])
def test_op_bsn(als, vraag):
    zaak = ZaakFactory(client=ClientFactory(bsn="999900006"))
    antwoord = zoek(als(), vraag)
    assert zaak.zaaknummer in antwoord.text
    assert "999900006" not in antwoord.text
    regel = Logregel.objects.get()
    assert (regel.soort, regel.tekst) == ("zoeken", "Gezocht op BSN: 1 gevonden")


@pytest.mark.parametrize("vraag", ["Fictíef", "test fictief", "3441zz", "3441 ZZ 12"])
def test_op_naam_of_adres(als, vraag):
    client = ClientFactory(achternaam="Fictief-de Test")
    ClientFactory(achternaam="Anders", postcode="3442AA")
    antwoord = zoek(als(), vraag)
    assert antwoord.context["clienten"] == [client]
    assert "Gezocht op naam of adres: 1 gevonden" in Logregel.objects.get().tekst


def test_op_zaaknummer_gaat_meteen_naar_het_dossier(als):
    zaak = ZaakFactory()
    assert zoek(als(), zaak.zaaknummer.lower()).url == f"/zaken/{zaak.zaaknummer}/"


def test_andere_gemeente_wordt_niet_gevonden(als):
    zaak = ZaakFactory(client=ClientFactory(bsn="999900006", gemeente=GemeenteFactory(code="0335")))
    for vraag in ("999900006", zaak.client.achternaam, zaak.zaaknummer):
        antwoord = zoek(als(), vraag)
        assert antwoord.status_code == 200
        assert not antwoord.context.get("clienten")
        assert f"/zaken/{zaak.zaaknummer}/" not in antwoord.text


def test_te_kort_vraagt_meer_letters(als):
    antwoord = zoek(als(), "ab")
    assert antwoord.status_code == 422
    assert "Typ minstens 3 letters van de naam." in antwoord.text
    assert not Logregel.objects.exists()


def test_niemand_gevonden_wijst_de_weg(als):
    assert "Niemand gevonden. Controleer de spelling of zoek op zaaknummer." in zoek(als(), "Onvindbaar").text


@pytest.mark.parametrize("rol", [Rol.REGIO, Rol.PLANNING, Rol.BELEIDSMEDEWERKER, Rol.MANDAATHOUDER])
def test_wie_niet_mag_zoeken_zoekt_niet(als, rol):
    ClientFactory(bsn="999900006")
    assert zoek(als(rol), "999900006").status_code == 403
    assert not Logregel.objects.exists()


@pytest.mark.parametrize("aantal", [1, 3])
def test_vast_aantal_vragen(als, django_assert_num_queries, aantal):
    for _ in range(aantal):
        ZaakFactory(client__achternaam="Zoekbaar")
    consulent = als()
    with django_assert_num_queries(7):
        assert len(zoek(consulent, "Zoekbaar").context["zaken"]) == aantal

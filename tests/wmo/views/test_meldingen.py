"""Taking a melding: one page, one check, one case; and the three small forms after it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ClientFactory, ZaakFactory
from wmo.models import Client, Logregel, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
NIEUW = "/meldingen/nieuw/"


def velden(**anders):
    return {
        "melder": "client",
        "bsn": "9999 00 006",
        "voorletters": "g.",
        "achternaam": "Fictief-de Test",
        "geslacht": "2",
        "geboortedatum": "14-3-1941",
        "straatnaam": "Proefsteeg",
        "huisnummer": "12",
        "postcode": "3441 zz",
        "plaatsnaam": "Woerden",
        "hulpvraag": "Het huishouden lukt niet meer.",
        "kanaal": "telefoon",
        "datum": f"{vandaag(timezone.now()) - timedelta(days=1):%d-%m-%Y}",
        "tijd": "9:30",
        "bevestigen": "on",
        "clientondersteuning": "on",
        "zelf": "on",
        "stap": "controleer",
        **anders,
    }


def test_van_formulier_via_controle_naar_dossier(als):
    consulent = als()
    controle = consulent.post(NIEUW, velden())
    assert controle.status_code == 200
    assert "Controleer de melding" in controle.text
    assert not Zaak.objects.exists()
    antwoord = consulent.post(NIEUW, velden(stap="vastleggen", sleutel="abc"), follow=True)
    zaak = Zaak.objects.get()
    assert antwoord.redirect_chain[-1][0] == f"/zaken/{zaak.zaaknummer}/"
    assert f"De melding is vastgelegd: {zaak.zaaknummer}. Het onderzoek moet klaar zijn op" in antwoord.text
    client = zaak.client
    assert (client.bsn, client.voorletters, client.postcode, client.huisnummer) == ("999900006", "G", "3441ZZ", 12)
    assert (zaak.behandelaar, zaak.bevestigd_op is not None) == (consulent.aanstelling, True)
    assert Logregel.objects.filter(zaak=zaak, soort="wijziging").count() == 3


def test_dubbel_klikken_maakt_een_zaak(als):
    consulent = als()
    for _ in range(2):
        antwoord = consulent.post(NIEUW, velden(stap="vastleggen", sleutel="abc"))
    assert antwoord.status_code == 302
    assert Zaak.objects.count() == 1


def test_wijzigen_gaat_terug_met_alles_ingevuld(als):
    antwoord = als().post(NIEUW, velden(stap="wijzig"))
    assert antwoord.status_code == 200
    assert 'value="Fictief-de Test"' in antwoord.text


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        pytest.param({"bsn": "123456789"}, "Dit burgerservicenummer klopt niet.", id="elfproef"),
        pytest.param({"bsn": "", "achternaam": ""}, "Vul de achternaam in.", id="zonder-bsn-zonder-naam"),
        pytest.param({"bsn": "", "geboortedatum": ""}, "Vul de geboortedatum in", id="zonder-geboortedatum"),
        pytest.param({"postcode": "12"}, "Vul een postcode in", id="postcode"),
        pytest.param({"melder": "namens"}, "Vul in wie er meldt.", id="namens-wie"),
        pytest.param({"hulpvraag": ""}, "Schrijf op wat de cliënt nodig heeft.", id="geen-hulpvraag"),
        pytest.param({"datum": "01-01-2099"}, "De datum van de melding ligt in de toekomst.", id="toekomst"),
        pytest.param({"tijd": "25:99"}, "Vul een tijd in, bijvoorbeeld 09:30.", id="tijd"),
    ],
)
def test_fouten_zeggen_wat_te_doen_en_bewaren_de_invoer(als, anders, zin):
    antwoord = als().post(NIEUW, velden(**anders))
    assert antwoord.status_code == 422
    assert zin in antwoord.text
    assert "Fout: Nieuwe melding" in antwoord.text
    assert "Proefsteeg" in antwoord.text
    assert not Client.objects.exists()


def test_bekend_bsn_is_genoeg(als):
    bekend = ClientFactory(bsn="999900006")
    leeg = dict.fromkeys(["achternaam", "geboortedatum", "straatnaam", "huisnummer", "postcode", "plaatsnaam"], "")
    controle = als().post(NIEUW, velden(**leeg))
    assert controle.status_code == 200
    assert bekend.achternaam in controle.text
    assert "Uw gemeente kent deze persoon al." in controle.text


def test_lopende_zaak_waarschuwt_en_houdt_tegen_tot_u_het_aanvinkt(als):
    lopend = ZaakFactory(client=ClientFactory(bsn="999900006"))
    consulent = als()
    controle = consulent.post(NIEUW, velden())
    assert lopend.zaaknummer in controle.text
    geweigerd = consulent.post(NIEUW, velden(stap="vastleggen", sleutel="a"))
    assert geweigerd.status_code == 422
    assert "Deze persoon heeft al een lopende zaak" in geweigerd.text
    consulent.post(NIEUW, velden(stap="vastleggen", sleutel="b", nieuwe_vraag="on"))
    assert Zaak.objects.filter(client=lopend.client).count() == 2


def test_backoffice_neemt_geen_melding_op(als):
    assert als(Rol.BACKOFFICE).post(NIEUW, velden(stap="vastleggen")).status_code == 403
    assert not Zaak.objects.exists()


class TestNaDeMelding:
    def post(self, als, zaak, **velden):
        return als().post(reverse("wmo:melding", args=[zaak.zaaknummer]), velden)

    def test_bevestigen_maakt_de_brief(self, als):
        zaak = ZaakFactory()
        assert self.post(als, zaak, wat="bevestig").status_code == 302
        assert zaak.documenten.get().soort == "ontvangstbevestiging"
        tweede = self.post(als, zaak, wat="bevestig")
        assert tweede.status_code == 422
        assert "al bevestigd" in tweede.text

    def test_steun_vastleggen(self, als):
        zaak = ZaakFactory()
        velden = {"ondersteuning-op": "07-10-2026", "ondersteuning-kanaal": "balie"}
        self.post(als, zaak, wat="ondersteuning", **velden)
        zaak.refresh_from_db()
        assert zaak.clientondersteuning_kanaal == "balie"

    @pytest.mark.parametrize(
        ("keuze", "veld"), [("ingeleverd", "persoonlijk_plan_op"), ("afgezien", "persoonlijk_plan_afgezien_op")]
    )
    def test_persoonlijk_plan(self, als, keuze, veld):
        zaak = ZaakFactory()
        self.post(als, zaak, wat="plan", **{"plan-keuze": keuze, "plan-op": "08-10-2026"})
        zaak.refresh_from_db()
        assert f"{getattr(zaak, veld)}" == "2026-10-08"

    def test_lege_keuze_geeft_422(self, als):
        antwoord = self.post(als, ZaakFactory(), wat="plan", **{"plan-op": "08-10-2026"})
        assert antwoord.status_code == 422
        assert "Kies of het plan er is" in antwoord.text

"""Unsaved text: kept for its writer, put back on the page, gone once it was saved; a session that ends costs none."""

from datetime import timedelta

import pytest
from django.test import Client as Bezoeker
from django.utils import timezone

from tests.factories import GemeenteFactory, OnderzoekFactory, aanstelling
from tests.factories.besluit import normtabel, zaak_met_aanvraag
from tests.wmo.views.paden import url
from tests.wmo.views.test_onderzoeken import ingevuld, vers
from tests.wmo.views.test_plannen import plan_invoer
from wmo.actions import concepten, normenkaders, onderzoeken, plannen
from wmo.forms.concept import merk
from wmo.models import Concept
from wmo.periodes import vandaag
from wmo.permissions import Rol
from wmo.tasks import ruim_bureaus_op

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


@pytest.fixture
def plan(zaak):
    return plannen.maak_concept(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=zaak.melding_op)


def getypt(wie, zaak, formulier="plan", **velden):
    return velden | {"concept": merk(wie.aanstelling, zaak, formulier)}


def test_concept_bewaart_wat_er_getypt_is_en_zegt_wanneer(als, zaak, plan):
    consulent = als()
    invoer = getypt(consulent, zaak, **{"verhaal-stem_client": "Ik wil hier bl", "csrfmiddlewaretoken": "geheim"})
    antwoord = consulent.post(url("concept", zaak), invoer)
    assert "Bewaard om" in antwoord.text
    assert Concept.objects.get().invoer == "verhaal-stem_client=Ik+wil+hier+bl"
    consulent.post(url("concept", zaak), invoer | {"verhaal-stem_client": "Ik wil hier blijven."})
    assert Concept.objects.get().invoer == "verhaal-stem_client=Ik+wil+hier+blijven."


def test_concept_staat_terug_op_de_pagina_zonder_fouten(als, zaak, plan):
    consulent = als()
    invoer = plan_invoer(**{"doelen-0-streefdatum": ""})
    consulent.post(url("concept", zaak), getypt(consulent, zaak, **invoer))
    pagina = consulent.get(url("plan", zaak))
    assert "Ik wil thuis blijven wonen." in pagina.text
    assert "Een schoon huis" in pagina.text
    assert "U moet dit nog bewaren." in pagina.text
    assert "U moet nog" not in pagina.text
    assert not plan.doelen.exists()


def test_een_collega_ziet_uw_concept_niet(als, zaak, plan):
    consulent, collega = als(), als()
    consulent.post(url("concept", zaak), getypt(consulent, zaak, **plan_invoer()))
    assert "Ik wil thuis blijven wonen." not in collega.get(url("plan", zaak)).text


def test_na_bewaren_is_het_concept_weg(als, zaak, plan):
    consulent = als()
    consulent.post(url("concept", zaak), getypt(consulent, zaak, **plan_invoer()))
    assert consulent.post(url("plan", zaak), plan_invoer()).status_code == 302
    assert not Concept.objects.exists()


def test_concept_dat_gelijk_is_aan_wat_er_staat_is_geen_concept(als, zaak, plan):
    """A draft that arrives a moment after the save says nothing new."""
    consulent = als()
    consulent.post(url("plan", zaak), plan_invoer())
    consulent.post(url("concept", zaak), getypt(consulent, zaak, **plan_invoer()))
    pagina = consulent.get(url("plan", zaak))
    assert pagina.context["concepten"] == []
    assert pagina.context["verhaal"]["bewerkt"].value() == 1


def test_weggooien(als, zaak, plan):
    consulent = als()
    consulent.post(url("concept", zaak), getypt(consulent, zaak, **plan_invoer()))
    antwoord = consulent.post(url("concept", zaak), {"weg": "plan", "terug": url("plan", zaak)})
    assert antwoord.url == url("plan", zaak)
    assert not Concept.objects.exists()
    elders = consulent.post(url("concept", zaak), {"weg": "plan", "terug": "https://example.com/"})
    assert elders.url == url("zaak", zaak)


@pytest.mark.parametrize("vals", ["", "vals", "ander"])
def test_zonder_echt_merk_wordt_niets_bewaard(als, zaak, vals):
    consulent = als()
    teken = merk(aanstelling(Rol.CONSULENT), zaak, "plan") if vals == "ander" else vals
    antwoord = consulent.post(url("concept", zaak), {"concept": teken, "verhaal-stem_client": "x"})
    assert antwoord.status_code == 422
    assert "Niet bewaard. Uw tekst staat nog op dit scherm." in antwoord.text
    assert not Concept.objects.exists()


class TestSessieVoorbij:
    def test_wat_na_het_einde_komt_staat_er_na_inloggen_weer(self, als, zaak, plan):
        consulent = als()
        invoer = getypt(consulent, zaak, **plan_invoer())
        consulent.logout()
        antwoord = consulent.post(url("plan", zaak), invoer)
        assert antwoord.url == f"/inloggen/?next={url('plan', zaak)}"
        consulent.force_login(consulent.aanstelling.gebruiker)
        assert "Ik wil thuis blijven wonen." in consulent.get(url("plan", zaak)).text
        plan.refresh_from_db()
        assert plan.stem_client == zaak.hulpvraag

    def test_een_pagina_van_voor_het_inloggen_verliest_niets(self, als, zaak, plan):
        """The token against forgery is of the session before: the form is refused, the text kept."""
        wie = als()
        streng = Bezoeker(enforce_csrf_checks=True)
        streng.force_login(wie.aanstelling.gebruiker)
        antwoord = streng.post(url("plan", zaak), getypt(wie, zaak, **plan_invoer()))
        assert antwoord.status_code == 403
        assert "Ik wil thuis blijven wonen." in wie.get(url("plan", zaak)).text

    def test_een_ander_merk_dan_dat_van_een_eigen_zaak_bewaart_niets(self, als, zaak):
        buiten = aanstelling(Rol.CONSULENT, gemeente=GemeenteFactory(code="0335"))
        Bezoeker().post(url("plan", zaak), {"concept": merk(buiten, zaak, "plan"), "x": "1"})
        Bezoeker().post(url("plan", zaak), {"concept": "vals", "x": "1"})
        assert not Concept.objects.exists()

    def test_blijf_ingelogd_doet_alleen_dat(self, als):
        assert als().post("/sessie/").status_code == 204
        assert als().get("/sessie/").status_code == 405


class TestOnderzoek:
    def test_alleen_wat_anders_is_komt_terug(self, als):
        onderzoek, consulent = vers(besproken=2), als()
        pagina = consulent.get(url("onderzoek", onderzoek.zaak))
        invoer = ingevuld(pagina, **{"c-tekst": "Dochter helpt."})
        consulent.post(url("concept", onderzoek.zaak), getypt(consulent, onderzoek.zaak, "onderwerpen", **invoer))
        forms = consulent.get(url("onderzoek", onderzoek.zaak)).context["onderwerpen"]
        assert [form.is_bound for form in forms] == [False, False, True, False, False, False, False]
        assert forms[2]["tekst"].value() == "Dochter helpt."

    def test_een_ander_deel_bewaren_kost_geen_tekst(self, als):
        onderzoek, consulent = vers(besproken=0), als()
        invoer = {"wat": "onderwerpen", "a-versie": "0", "a-tekst": "Hulp nodig.", "a-oordeel": ""}
        consulent.post(url("concept", onderzoek.zaak), getypt(consulent, onderzoek.zaak, "onderwerpen", **invoer))
        gesprek = {"wat": "gesprek", "gesprek-versie": "1", "gesprek-aanwezigen": "dochter"}
        assert "Hulp nodig." in consulent.post(url("onderzoek", onderzoek.zaak), gesprek, follow=True).text

    def test_twee_botsingen_worden_een_voor_een_opgelost(self, als):
        onderzoek, consulent = vers(besproken=2), als()
        pagina = consulent.get(url("onderzoek", onderzoek.zaak))
        for letter in "ab":
            onderzoeken.bewaar_onderwerp(
                onderzoek=onderzoek, onderwerp=letter, tekst="Van de collega.", oordeel="niet", versie=1,
                door=aanstelling(Rol.CONSULENT), nu=timezone.now(),
            )  # fmt: skip
        data = ingevuld(pagina, **{"a-tekst": "Mijn eerste.", "b-tekst": "Mijn tweede."})
        assert consulent.post(url("onderzoek", onderzoek.zaak), data).status_code == 409
        een = {"wat": "onderwerpen", "a-versie": "2", "a-tekst": "Mijn eerste.", "a-oordeel": "deels", "keuze": "eigen"}
        volgende = consulent.post(url("onderzoek", onderzoek.zaak), een, follow=True)
        assert [f.is_bound for f in volgende.context["onderwerpen"]][:2] == [False, True]
        twee = {"wat": "onderwerpen", "b-versie": "2", "b-tekst": "Mijn tweede.", "keuze": "andere"}
        klaar = consulent.post(url("onderzoek", onderzoek.zaak), twee, follow=True)
        assert "De tekst van uw collega blijft staan." in klaar.text
        assert list(onderzoek.onderwerpen.values_list("tekst", flat=True)) == ["Mijn eerste.", "Van de collega."]
        assert not any(f.is_bound for f in consulent.get(url("onderzoek", onderzoek.zaak)).context["onderwerpen"])


def test_normenkader_en_motivering_komen_terug(als, zaak):
    normtabel()
    consulent = als()
    normenkaders.maak_concept(zaak=zaak, door=consulent.aanstelling, nu=zaak.melding_op)
    invoer = {"toelichting": "De buurvrouw helpt.", "bewerkt": "0"}
    consulent.post(url("concept", zaak), getypt(consulent, zaak, "huishouden", **invoer))
    pagina = consulent.get(url("normenkader", zaak))
    assert "De buurvrouw helpt." in pagina.text
    assert pagina.context["uitkomst"].berekend == 0  # the basis is off in what was typed
    consulent.post(url("beschikking", zaak), {"soort": "toekenning"})
    consulent.post(url("concept", zaak), getypt(consulent, zaak, "motivering", motivering="U kunt niet dw"))
    assert "U kunt niet dw" in consulent.get(url("beschikking-stap", zaak, "motivering")).text


def test_opruimen_laat_staan_waar_nog_iemand_voor_terug_kan_komen(als):
    nu, wie = timezone.now(), aanstelling(Rol.CONSULENT)
    oud, vers_, dicht = (OnderzoekFactory().zaak for _ in range(3))
    for rij, dagen in ((oud, 31), (vers_, 29), (dicht, 1)):
        concepten.bewaar(van=wie, zaak=rij, formulier="plan", invoer="a=1", nu=nu - timedelta(days=dagen))
    dicht.afgesloten_op = vandaag(nu)
    dicht.save()
    assert ruim_bureaus_op() == 2
    assert Concept.objects.get().zaak == vers_

"""The investigation page: saving, colliding, sending the verslag."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import OnderzoekFactory, ZaakFactory, aanstelling
from wmo.actions import onderzoeken
from wmo.models import Onderwerp, Onderzoek, Toets
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def url(zaak):
    return reverse("wmo:onderzoek", args=[zaak.zaaknummer])


def vers(besproken=7, **velden):
    """An onderzoek in its third week."""
    gemeld = timezone.now() - timedelta(days=20)
    return OnderzoekFactory(besproken=besproken, zaak__melding_op=gemeld, **velden)


def ingevuld(antwoord, **anders) -> dict[str, str]:
    """What a browser would send back from this page."""
    data = {"wat": "onderwerpen"}
    for form in antwoord.context["onderwerpen"]:
        for naam in form.fields:
            data[form.add_prefix(naam)] = form[naam].value() if form[naam].value() is not None else ""
    return data | anders


def test_start_het_onderzoek(als):
    zaak = ZaakFactory(clientondersteuning_op="2026-10-07")
    assert als().post(url(zaak), {"wat": "start"}).status_code == 302
    assert Onderzoek.objects.filter(zaak=zaak).exists()


def test_start_te_vroeg_zegt_waarom(als):
    zaak = ZaakFactory(melding_op=timezone.now(), clientondersteuning_op="2026-10-07")
    antwoord = als().post(url(zaak), {"wat": "start"})
    assert antwoord.status_code == 422
    assert "Wilt u wachten, of ziet de cliënt ervan af?" in antwoord.text


def test_bewaart_alleen_wat_gewijzigd_is(als):
    onderzoek, consulent = vers(besproken=2), als()
    pagina = consulent.get(url(onderzoek.zaak))
    assert "2 van 7 besproken" in pagina.text
    consulent.post(url(onderzoek.zaak), ingevuld(pagina, **{"c-tekst": "Dochter helpt.", "c-oordeel": "deels"}))
    assert list(onderzoek.onderwerpen.values_list("onderwerp", "versie")) == [("a", 1), ("b", 1), ("c", 1)]


def test_tekst_zonder_oordeel_geeft_422_en_bewaart_niets(als):
    onderzoek, consulent = vers(besproken=0), als()
    antwoord = consulent.post(
        url(onderzoek.zaak), ingevuld(consulent.get(url(onderzoek.zaak)), **{"a-tekst": "Hulp nodig."})
    )
    assert antwoord.status_code == 422
    assert "Kies bij onderwerp 1 een oordeel." in antwoord.text
    assert "Hulp nodig." in antwoord.text
    assert not onderzoek.onderwerpen.exists()


class TestBotsing:
    def botsing(self, als):
        onderzoek, consulent = vers(besproken=1), als()
        pagina = consulent.get(url(onderzoek.zaak))
        collega = aanstelling(Rol.CONSULENT)
        onderzoeken.bewaar_onderwerp(
            onderzoek=onderzoek,
            onderwerp="a",
            tekst="Van de collega.",
            oordeel="niet",
            versie=1,
            door=collega,
            nu=timezone.now(),
        )
        data = ingevuld(pagina, **{"a-tekst": "Van mij.", "b-tekst": "Ook van mij.", "b-oordeel": "deels"})
        return onderzoek, consulent, collega, consulent.post(url(onderzoek.zaak), data)

    def test_toont_beide_teksten_en_bewaart_wat_niet_botst(self, als):
        onderzoek, _, collega, antwoord = self.botsing(als)
        assert antwoord.status_code == 409
        assert "Van mij." in antwoord.text
        assert "Van de collega." in antwoord.text
        assert f"{collega.gebruiker.naam} heeft onderwerp 1 intussen gewijzigd" in antwoord.text
        assert onderzoek.onderwerpen.get(onderwerp="a").tekst == "Van de collega."
        assert onderzoek.onderwerpen.get(onderwerp="b").tekst == "Ook van mij."

    @pytest.mark.parametrize(("keuze", "tekst"), [("eigen", "Van mij."), ("beide", "Van mij.\n\nVan de collega.")])
    def test_daarna_kiest_u_zelf(self, als, keuze, tekst):
        onderzoek, consulent, _, antwoord = self.botsing(als)
        versie = antwoord.context["botsingen"][0]["ander"].versie
        data = {"wat": "onderwerpen", "a-versie": versie, "a-tekst": "Van mij.", "a-oordeel": "deels", "keuze": keuze}
        assert consulent.post(url(onderzoek.zaak), data).status_code == 302
        assert onderzoek.onderwerpen.get(onderwerp="a").tekst == tekst

    def test_wie_een_onderwerp_niet_aanraakte_botst_niet(self, als):
        onderzoek, consulent = vers(besproken=1), als()
        pagina = consulent.get(url(onderzoek.zaak))
        onderzoeken.bewaar_onderwerp(
            onderzoek=onderzoek, onderwerp="a", tekst="Van de collega.", oordeel="niet", versie=1,
            door=aanstelling(Rol.CONSULENT), nu=timezone.now(),
        )  # fmt: skip
        antwoord = consulent.post(
            url(onderzoek.zaak), ingevuld(pagina, **{"b-tekst": "Van mij.", "b-oordeel": "deels"})
        )
        assert antwoord.status_code == 302
        assert onderzoek.onderwerpen.get(onderwerp="a").tekst == "Van de collega."


def test_verouderd_gesprek_geeft_409_met_uw_invoer_en_wat_er_staat(als):
    onderzoek, consulent = vers(), als()
    onderzoeken.bewaar_gesprek(
        onderzoek=onderzoek, aanwezigen="zoon", door=aanstelling(Rol.CONSULENT), nu=timezone.now()
    )
    data = {"wat": "gesprek", "gesprek-versie": "1", "gesprek-aanwezigen": "buurvrouw"}
    antwoord = consulent.post(url(onderzoek.zaak), data)
    assert antwoord.status_code == 409
    assert "buurvrouw" in antwoord.text
    assert "zoon" in antwoord.text


def test_beide_gesprekken_onder_elkaar_bewaart_niets(als):
    onderzoek, consulent = vers(), als()
    onderzoeken.bewaar_gesprek(
        onderzoek=onderzoek, reden_overschrijding="De dochter was ziek.", door=aanstelling(Rol.CONSULENT),
        nu=timezone.now(),
    )  # fmt: skip
    data = {"wat": "gesprek", "gesprek-versie": "2", "gesprek-reden_overschrijding": "Vakantie.", "keuze": "beide"}
    antwoord = consulent.post(url(onderzoek.zaak), data)
    assert antwoord.context["gesprek"]["reden_overschrijding"].value() == "Vakantie.\n\nDe dochter was ziek."
    onderzoek.refresh_from_db()
    assert onderzoek.reden_overschrijding == "De dochter was ziek."


def test_toets_van_een_collega_wordt_niet_ongelezen_overschreven(als):
    onderzoek, consulent = vers(), als()
    pagina = consulent.get(url(onderzoek.zaak))
    was = pagina.context["toetsen"][0]["was"].value()
    onderzoeken.bewaar_toetsen(
        zaak=onderzoek.zaak, toetsen=[("1", "deels", "Zij stoft zelf af.")], door=aanstelling(Rol.CONSULENT),
        nu=timezone.now(),
    )  # fmt: skip
    data = {"wat": "toetsen", "toets1-uitkomst": "niet", "toets1-reden": "Zij kan niet bukken.", "toets1-was": was}
    antwoord = consulent.post(url(onderzoek.zaak), data)
    assert antwoord.status_code == 409
    labels = [v.label for v in antwoord.context["botsing"].verschillen]
    assert labels == ["Eigen kracht: Uitkomst", "Eigen kracht: Waarom?"]
    assert Toets.objects.get().reden == "Zij stoft zelf af."
    opnieuw = data | {"toets1-was": antwoord.context["toetsen"][0]["was"].value(), "keuze": "eigen"}
    assert consulent.post(url(onderzoek.zaak), opnieuw).status_code == 302
    assert Toets.objects.get().reden == "Zij kan niet bukken."


def test_half_identiteitsbewijs_geeft_422(als):
    onderzoek = vers()
    data = {"wat": "gesprek", "gesprek-versie": "1", "gesprek-id_soort": "paspoort"}
    antwoord = als().post(url(onderzoek.zaak), data)
    assert antwoord.status_code == 422
    assert "Vul dit ook in, of maak het hele identiteitsbewijs leeg." in antwoord.text


def test_identiteit_is_gezien_op_de_dag_van_het_gesprek(als):
    onderzoek = vers()
    data = {"gespreksdatum": "10-11-2026", "id_soort": "paspoort", "id_laatste_vier": "21f4"}
    velden = {f"gesprek-{naam}": waarde for naam, waarde in data.items()} | {"gesprek-id_geldig_tot": "1-1-2030"}
    als().post(url(onderzoek.zaak), {"wat": "gesprek", "gesprek-versie": "1", **velden})
    onderzoek.refresh_from_db()
    assert f"{onderzoek.id_gecontroleerd_op:%d-%m-%Y}" == "10-11-2026"


def test_toetsen_bewaren(als):
    onderzoek = vers()
    data = {"wat": "toetsen", "toets1-uitkomst": "niet", "toets1-reden": "Zij kan niet bukken."}
    assert als().post(url(onderzoek.zaak), data).status_code == 302
    assert Toets.objects.get().reden == "Zij kan niet bukken."
    fout = als().post(url(onderzoek.zaak), {"wat": "toetsen", "toets2-uitkomst": "niet", "toets2-reden": ""})
    assert fout.status_code == 422


def test_verslag_versturen_en_vooraf_bekijken(als):
    onderzoek, consulent = vers(), als()
    voorbeeld = consulent.get(reverse("wmo:verslag-voorbeeld", args=[onderzoek.zaak.zaaknummer]))
    assert voorbeeld.content.startswith(b"%PDF")
    antwoord = consulent.post(url(onderzoek.zaak), {"wat": "verslag"}, follow=True)
    assert "Het verslag is verstuurd. De klok voor het besluit start als de aanvraag binnen is." in antwoord.text


def test_onvolledig_verslag_gaat_niet_weg(als):
    onderzoek = vers(besproken=6)
    antwoord = als().post(url(onderzoek.zaak), {"wat": "verslag"})
    assert antwoord.status_code == 422
    assert "Onderwerp 7 is nog leeg" in antwoord.text


def test_backoffice_leest_en_bewaart_niet(als):
    onderzoek = vers(besproken=1)
    backoffice = als(Rol.BACKOFFICE)
    assert "Besproken bij a." in backoffice.get(url(onderzoek.zaak)).text
    antwoord = backoffice.post(
        url(onderzoek.zaak), {"wat": "onderwerpen", "a-versie": 1, "a-tekst": "x", "a-oordeel": "niet"}
    )
    assert antwoord.status_code == 403
    assert onderzoek.onderwerpen.get().tekst == "Besproken bij a."


@pytest.mark.parametrize("besproken", [1, 3])
def test_vast_aantal_vragen(als, zonder_panelen, django_assert_num_queries, besproken):
    onderzoek, consulent = vers(besproken=besproken), als()
    consulent.get(url(onderzoek.zaak))
    with django_assert_num_queries(13):
        assert consulent.get(url(onderzoek.zaak)).context["besproken"] == besproken
    assert len(Onderwerp) == 7

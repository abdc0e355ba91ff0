"""The dossier: header, clocks, timeline, BSN, panels of other apps, and that every look is on record."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import (
    VANDAAG,
    AanbiederFactory,
    BeschikkingFactory,
    ClientFactory,
    DocumentFactory,
    GemeenteFactory,
    OnderzoekFactory,
    ToewijzingFactory,
    VoorzieningFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wmo import panelen
from wmo.actions import clienten, notities
from wmo.models import Document, Logregel, Zaak
from wmo.panelen import Paneel
from wmo.permissions import Recht, Rol
from wmo.rules.stappen import Stand, Stap

pytestmark = pytest.mark.django_db


def url(naam: str, zaak: Zaak) -> str:
    return reverse(f"wmo:{naam}", args=[zaak.zaaknummer])


class TestOverzicht:
    def test_kop_toont_wie_wat_en_drie_klokken(self, als):
        voorziening = VoorzieningFactory(beschikking__zaak__client__voorletters="G")
        zaak = voorziening.beschikking.zaak
        antwoord = als().get(url("zaak", zaak))
        assert antwoord.context["ondersteuning"] == "Hulp bij het huishouden · zorg in natura"
        assert [k.naam.split(",")[0] for k in antwoord.context["klokken"]] == ["Onderzoek", "Besluit", "Hele traject"]
        assert "*****" in antwoord.text
        assert zaak.client.bsn not in antwoord.text
        assert "165\u00a0minuten per week" in antwoord.text

    def test_hoofdknop_is_de_stap_van_nu(self, als):
        zaak = ZaakFactory()
        assert als().get(url("zaak", zaak)).context["hoofdactie"].label == "Melding bevestigen"
        klaar = ZaakFactory(status="uitvoering", bekendgemaakt_op=VANDAAG)
        assert als().get(url("zaak", klaar)).context["hoofdactie"] is None

    def test_meer_acties_volgen_stand_en_recht(self, als):
        zaak = ZaakFactory(status="aanvraag", aanvraag_op=VANDAAG)
        assert "Klok stilzetten" in [a.label for a in als().get(url("zaak", zaak)).context["meer_acties"]]
        assert als(Rol.BACKOFFICE).get(url("zaak", zaak)).context["meer_acties"] == []
        dicht = ZaakFactory(status="ingetrokken", afgesloten_op=VANDAAG)
        assert als().get(url("zaak", dicht)).context["meer_acties"] == []

    def test_waarschuwingen_staan_boven_de_kop(self, als):
        zaak = ZaakFactory(client__geen_berichtenverkeer=True, client__overleden_op=VANDAAG)
        tekst = als().get(url("zaak", zaak)).text
        assert tekst.index("Geen berichtenverkeer") < tekst.index('id="naam"')
        assert "De cliënt is overleden op 23-11-2026." in tekst

    @pytest.mark.parametrize("aantal", [1, 3])
    def test_aantal_vragen_hangt_niet_af_van_de_inhoud(self, als, zonder_panelen, django_assert_num_queries, aantal):
        consulent = als()
        zaak = BeschikkingFactory().zaak
        for _ in range(aantal):
            VoorzieningFactory(beschikking__zaak__client=zaak.client, van_kracht=False)
            notities.voeg_toe(zaak=zaak, tekst="Gebeld.", door=consulent.aanstelling, nu=moment())
            clienten.voeg_relatie_toe(
                zaak=zaak, soort="contact", naam="mw. S. Fictief", door=consulent.aanstelling, nu=moment()
            )
        consulent.get(url("zaak", zaak))
        with django_assert_num_queries(12):
            consulent.get(url("zaak", zaak))


class TestInzage:
    def test_openen_staat_een_keer_in_de_lijst(self, als):
        consulent, zaak = als(), ZaakFactory()
        for pagina in ("zaak", "onderzoek", "documenten"):
            consulent.get(url(pagina, zaak))
        assert Logregel.objects.filter(zaak=zaak, soort="lezen").count() == 1
        als(Rol.BACKOFFICE).get(url("zaak", zaak))
        assert Logregel.objects.filter(zaak=zaak, soort="lezen").count() == 2

    def test_wie_keek_mee_noemt_persoon_rol_en_wat(self, als):
        consulent, zaak = als(), ZaakFactory()
        consulent.post(url("bsn", zaak))
        tekst = consulent.get(url("inzage", zaak)).text
        assert consulent.aanstelling.gebruiker.naam in tekst
        assert "BSN getoond" in tekst
        assert "Dossier bekeken" in tekst
        assert "Dossier bekeken" not in consulent.get(url("inzage", zaak) + "?soort=bsn").text

    @pytest.mark.parametrize("aantal", [1, 3])
    def test_vast_aantal_vragen(self, als, zonder_panelen, django_assert_num_queries, aantal):
        consulent, zaak = als(), ZaakFactory()
        for _ in range(aantal):
            als(Rol.BACKOFFICE).get(url("zaak", zaak))
        consulent.get(url("zaak", zaak))
        with django_assert_num_queries(10):
            assert len(consulent.get(url("inzage", zaak)).context["pagina"]) == aantal + 1


class TestBsn:
    def test_tonen_kan_alleen_met_post_en_staat_in_het_logboek(self, als):
        consulent, zaak = als(), ZaakFactory()
        assert consulent.get(url("bsn", zaak)).status_code == 302
        antwoord = consulent.post(url("bsn", zaak))
        assert zaak.client.bsn in antwoord.text
        assert antwoord["Cache-Control"] == "no-store"
        assert Logregel.objects.filter(soort="bsn", zaak=zaak).count() == 1

    def test_met_htmx_komt_alleen_de_cel_terug(self, als):
        zaak = ZaakFactory()
        antwoord = als().post(url("bsn", zaak), headers={"HX-Request": "true"})
        assert zaak.client.bsn in antwoord.text
        assert "<html" not in antwoord.text

    def test_andere_gemeente_krijgt_niets(self, als):
        zaak = ZaakFactory(client=ClientFactory(gemeente=GemeenteFactory(code="0335")))
        assert als().post(url("bsn", zaak)).status_code == 404
        assert not Logregel.objects.exists()


class TestNotities:
    def test_notitie_staat_op_de_tijdlijn(self, als):
        consulent, zaak = als(), ZaakFactory()
        antwoord = consulent.post(url("notities", zaak), {"tekst": "Gebeld met dochter.", "terug": "zaak"}, follow=True)
        assert antwoord.context["gebeurtenissen"][0]["tekst"] == "Gebeld met dochter."

    def test_lege_notitie_blijft_op_de_pagina(self, als):
        antwoord = als().post(url("notities", ZaakFactory()), {"tekst": " "})
        assert antwoord.status_code == 422
        assert "Schrijf eerst uw notitie." in antwoord.text

    def test_notitie_voor_de_toegang_is_niet_voor_de_backoffice(self, als):
        consulent, zaak = als(), ZaakFactory()
        notities.voeg_toe(zaak=zaak, tekst="Gevoelig.", alleen_toegang=True, door=consulent.aanstelling, nu=moment())
        assert "Gevoelig." in consulent.get(url("notities", zaak)).text
        for pagina in ("notities", "zaak"):
            assert "Gevoelig." not in als(Rol.BACKOFFICE).get(url(pagina, zaak)).text

    def test_eigen_verse_notitie_is_te_verbeteren(self, als):
        consulent, zaak = als(), ZaakFactory()
        consulent.post(url("notities", zaak), {"tekst": "Tiepfout."})
        adres = reverse("wmo:notitie", args=[zaak.zaaknummer, zaak.notities.get().pk])
        assert adres in consulent.get(url("notities", zaak)).text
        consulent.post(adres, {"tekst": "Typfout."})
        assert zaak.notities.get().tekst == "Typfout."
        ander = als().post(adres, {"tekst": "Van een ander."})
        assert ander.status_code == 422
        assert zaak.notities.get().tekst == "Typfout."

    def test_tijdlijn_filtert_op_soort(self, als):
        consulent, zaak = als(), ZaakFactory()
        notities.voeg_toe(zaak=zaak, tekst="Gebeld.", door=consulent.aanstelling, nu=moment())
        assert consulent.get(url("zaak", zaak) + "?toon=stappen").context["gebeurtenissen"] == []
        assert len(consulent.get(url("zaak", zaak) + "?toon=notities").context["gebeurtenissen"]) == 1


class TestDocumenten:
    def bestand(self, inhoud=b"%PDF-1.7"):
        return SimpleUploadedFile("brief.pdf", inhoud, content_type="application/pdf")

    def test_toevoegen_en_openen(self, als):
        consulent, zaak = als(), ZaakFactory()
        consulent.post(
            url("documenten", zaak), {"soort": "overig", "titel": "Brief huisarts", "bestand": self.bestand()}
        )
        document = Document.objects.get()
        antwoord = consulent.get(reverse("wmo:document", args=[document.pk]))
        assert antwoord.content == b"%PDF-1.7"
        assert antwoord["Content-Disposition"] == f'inline; filename="{zaak.zaaknummer}-overig-1.pdf"'
        assert Logregel.objects.filter(soort="export", zaak=zaak).exists()

    def test_verkeerd_bestand_geeft_een_zin(self, als):
        velden = {"soort": "overig", "titel": "x", "bestand": self.bestand(b"MZ\x90\x00")}
        antwoord = als().post(url("documenten", ZaakFactory()), velden)
        assert antwoord.status_code == 422
        assert "Dit soort bestand kan niet." in antwoord.text

    def test_een_webpagina_die_zich_een_pdf_noemt_gaat_als_tekst_naar_buiten(self, als):
        consulent, pagina = als(), b"<script>alert(1)</script>"
        velden = {"soort": "overig", "titel": "x", "bestand": self.bestand(pagina)}
        consulent.post(url("documenten", ZaakFactory()), velden)
        antwoord = consulent.get(reverse("wmo:document", args=[Document.objects.get().pk]))
        assert antwoord.content == pagina
        assert antwoord["Content-Type"] == "text/plain"
        assert antwoord["Content-Disposition"].startswith("attachment")
        assert antwoord["X-Content-Type-Options"] == "nosniff"

    def test_wie_de_zaak_niet_mag_zien_mag_ook_het_document_niet(self, als):
        document = DocumentFactory()
        adres = reverse("wmo:document", args=[document.pk])
        elders = aanstelling(Rol.CONSULENT, gemeente=GemeenteFactory(code="0335"))
        assert als(aanstelling_=elders).get(adres).status_code == 404
        assert als(Rol.REGIO).get(adres).status_code == 403
        assert als(Rol.PLANNING).get(adres).status_code in (403, 404)

    def test_aanbieder_opent_wat_met_hem_is_gedeeld(self, als):
        toewijzing = ToewijzingFactory()
        document = DocumentFactory(zaak=toewijzing.voorziening.beschikking.zaak, soort="perspectiefplan")
        adres = reverse("wmo:document-gedeeld", args=[document.pk])
        planner = als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
        opdracht = reverse("wmo:levering", args=[toewijzing.pk])
        assert planner.get(adres).status_code == 404
        assert adres not in planner.get(opdracht).text
        document.gedeeld_met.add(toewijzing.aanbieder)
        assert adres in planner.get(opdracht).text
        assert planner.get(adres).content == b"%PDF-"
        assert Logregel.objects.get(soort="export").zaak == document.zaak
        assert als(Rol.PLANNING, aanbieder=AanbiederFactory()).get(adres).status_code == 404

    def test_delen_weigert_met_de_reden(self, als):
        toewijzing = ToewijzingFactory()
        document = DocumentFactory(zaak=toewijzing.voorziening.beschikking.zaak, soort="verslag")
        adres = reverse("wmo:document-delen", args=[document.pk])
        antwoord = als().post(adres, {"aanbieder": toewijzing.aanbieder.pk})
        assert antwoord.status_code == 422
        assert "Leg eerst de toestemming vast." in antwoord.text
        assert als().post(adres, {"aanbieder": AanbiederFactory().pk}).status_code == 422

    @pytest.mark.parametrize("aantal", [1, 3])
    def test_vast_aantal_vragen(self, als, zonder_panelen, django_assert_num_queries, aantal):
        consulent, zaak = als(), ZaakFactory()
        for _ in range(aantal):
            DocumentFactory(zaak=zaak).gedeeld_met.add(AanbiederFactory())
        consulent.get(url("zaak", zaak))
        with django_assert_num_queries(10):
            assert len(consulent.get(url("documenten", zaak)).context["documenten"]) == aantal


class TestPanelen:
    @pytest.fixture
    def paneel(self, zonder_panelen):
        def stap(zaak: Zaak) -> Stap:
            return Stap("proef", "Op de proeflijst zetten", Stand.NIET, "Kan nog niet: er is nog geen besluit.")

        nieuw = Paneel(
            "proef",
            "Proef",
            Recht.TOEWIJZEN,
            "wmo/_stappen.html",
            lambda z, a, n: {"stappen": [stap(z)]},
            lambda z: 4,
            stap=stap,
        )
        panelen.registreer(nieuw)
        return nieuw

    def test_paneel_geeft_een_tab_een_stap_en_een_pagina(self, als, paneel):
        zaak = ZaakFactory()
        antwoord = als(Rol.BACKOFFICE).get(url("zaak", zaak))
        assert ("Proef", 4) in [(t.label, t.aantal) for t in antwoord.context["tabs"]]
        assert "Op de proeflijst zetten" in antwoord.text
        pagina = als(Rol.BACKOFFICE).get(reverse("wmo:paneel", args=[zaak.zaaknummer, "proef"]))
        assert "Op de proeflijst zetten" in pagina.text

    def test_wie_het_recht_mist_ziet_het_paneel_niet(self, als, paneel):
        zaak = ZaakFactory()
        assert "Op de proeflijst zetten" not in als().get(url("zaak", zaak)).text
        assert als().get(reverse("wmo:paneel", args=[zaak.zaaknummer, "proef"])).status_code == 404

    def test_dezelfde_sleutel_twee_keer_is_een_fout(self, paneel):
        with pytest.raises(ValueError, match="al een paneel"):
            panelen.registreer(paneel)


class TestActies:
    @pytest.mark.parametrize(
        ("pagina", "velden", "fout"),
        [
            ("aanvraag", {"ontvangen_op": ""}, "Vul een datum in, bijvoorbeeld 07-12-2026."),
            ("opschorten", {"eerste_dag": "1-12-2026"}, "Kies waarom de klok mag stilstaan."),
            ("hervatten", {"vanaf": "31-02-2026"}, "Deze datum bestaat niet."),
            ("intrekken", {"reden": ""}, "Leg uit waarom, in minstens een paar woorden."),
            ("doorverwijzen", {"naar": "", "reden": "Past beter."}, "Vul in waarheen u verwijst."),
            ("overlijden", {"overleden_op": "gisteren"}, "Vul een datum in"),
            ("berichtenverkeer", {"reden": "x"}, "Leg uit waarom"),
            ("contact", {"soort": "contact", "naam": ""}, "Vul de naam in."),
            (
                "toestemming",
                {"doel": "gespreksverslag", "partij": "", "gegeven_op": "23-11-2026"},
                "met wie u mag delen",
            ),
            ("spoed-melden", {}, "Kies waarom dit spoed is."),
            ("aanvraag", {"ontvangen_op": "01-01-2030"}, "De datum van de aanvraag ligt in de toekomst."),
        ],
    )
    def test_fout_geeft_422_met_een_zin_en_verandert_niets(self, als, pagina, velden, fout):
        zaak = ZaakFactory(status="onderzoek")
        antwoord = als().post(url(pagina, zaak), velden)
        assert antwoord.status_code == 422
        assert fout in antwoord.text
        assert not Logregel.objects.filter(soort="wijziging").exists()

    @pytest.mark.parametrize(
        ("pagina", "velden", "handeling"),
        [
            ("intrekken", {"reden": "Dochter neemt het over."}, "zaken.trek_in"),
            ("doorverwijzen", {"naar": "SWOM", "reden": "Past beter."}, "zaken.verwijs_door"),
            ("overlijden", {"overleden_op": "01-11-2026"}, "zaken.meld_overlijden"),
            ("berichtenverkeer", {"reden": "Geheim adres."}, "zaken.zet_berichtenverkeer"),
            ("contact", {"soort": "contact", "naam": "mw. S. Fictief"}, "clienten.voeg_relatie_toe"),
            (
                "toestemming",
                {"doel": "gespreksverslag", "partij": "A", "gegeven_op": "1-11-2026"},
                "clienten.leg_toestemming_vast",
            ),
            ("spoed-melden", {"grond": "ziekenhuis"}, "meldingen.meld_spoed"),
            ("overdragen", {"behandelaar": ""}, "zaken.wijs_behandelaar_toe"),
        ],
    )
    def test_gelukt_gaat_terug_naar_het_dossier(self, als, pagina, velden, handeling):
        zaak = ZaakFactory(status="onderzoek")
        antwoord = als().post(url(pagina, zaak), velden)
        assert (antwoord.status_code, antwoord.url) == (302, url("zaak", zaak))
        assert Logregel.objects.filter(zaak=zaak, handeling=handeling).exists()

    def test_toestemming_intrekken(self, als):
        consulent, zaak = als(), OnderzoekFactory().zaak
        gegeven = clienten.leg_toestemming_vast(
            zaak=zaak,
            doel="gespreksverslag",
            partij="A",
            gegeven_op=VANDAAG,
            door=consulent.aanstelling,
            nu=moment(),
        )
        consulent.post(reverse("wmo:toestemming-intrekken", args=[zaak.zaaknummer, gegeven.pk]))
        gegeven.refresh_from_db()
        assert gegeven.ingetrokken_op is not None

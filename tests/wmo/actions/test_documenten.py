"""Files, notes, looking and tasks."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import AanbiederFactory, DocumentFactory, ToewijzingFactory, ZaakFactory, aanstelling, moment
from wmo.actions import clienten, documenten, inzage, notities, taken
from wmo.actions.kader import Geweigerd
from wmo.models import Document, Logregel, Taak, Toestemming
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulent():
    return aanstelling(Rol.CONSULENT)


def voeg_toe(zaak, door, **velden):
    basis = {"soort": "overig", "titel": "Brief huisarts", "inhoud": b"%PDF-1.7"}
    return documenten.voeg_toe(zaak=zaak, **{**basis, **velden}, door=door, nu=moment())


def test_document_ligt_versleuteld_en_heet_naar_de_zaak(consulent):
    zaak = ZaakFactory()
    document = voeg_toe(zaak, consulent)
    assert document.bestandsnaam == f"{zaak.zaaknummer}-overig-1.pdf"
    assert voeg_toe(zaak, consulent).bestandsnaam == f"{zaak.zaaknummer}-overig-2.pdf"
    ruw = Document.objects.filter(pk=document.pk).extra(select={"ruw": "inhoud"}).values_list("ruw", flat=True)[0]
    assert b"%PDF" not in bytes(ruw)
    assert bytes(Document.objects.get(pk=document.pk).inhoud) == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        pytest.param({"inhoud": b"x" * (documenten.MAXIMUM + 1)}, "groter dan 25 MB", id="te-groot"),
        pytest.param({"inhoud": b""}, "leeg", id="leeg"),
        pytest.param({"inhoud": b"MZ\x90\x00"}, "soort bestand", id="programma"),
    ],
)
def test_wat_niet_mag_komt_er_niet_in(consulent, velden, zin):
    with pytest.raises(Geweigerd, match=zin):
        voeg_toe(ZaakFactory(), consulent, **velden)
    assert not Document.objects.exists()


class TestDelen:
    @pytest.fixture
    def toewijzing(self):
        return ToewijzingFactory()

    def deel(self, toewijzing, soort, door, aanbieder=None):
        document = DocumentFactory(zaak=toewijzing.voorziening.beschikking.zaak, soort=soort)
        documenten.deel(document=document, aanbieder=aanbieder or toewijzing.aanbieder, door=door, nu=moment())
        return document

    def test_perspectiefplan_gaat_naar_de_aanbieder_met_opdracht(self, toewijzing, consulent):
        document = self.deel(toewijzing, "perspectiefplan", consulent)
        planner = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
        assert list(Document.objects.voor(planner)) == [document]

    def test_aanbieder_zonder_opdracht_krijgt_niets(self, toewijzing, consulent):
        with pytest.raises(Geweigerd, match="geen opdracht"):
            self.deel(toewijzing, "perspectiefplan", consulent, aanbieder=AanbiederFactory())

    def test_verslag_alleen_met_toestemming_en_niet_na_intrekking(self, toewijzing, consulent):
        zaak = toewijzing.voorziening.beschikking.zaak
        planner = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)

        def toestemming(partij: str) -> Toestemming:
            return clienten.leg_toestemming_vast(
                zaak=zaak, doel="gespreksverslag", partij=partij, gegeven_op=date(2026, 11, 2), door=consulent,
                nu=moment(),
            )  # fmt: skip

        toestemming("Een andere aanbieder")
        with pytest.raises(Geweigerd, match="geen toestemming"):
            self.deel(toewijzing, "verslag", consulent)
        gegeven = toestemming(toewijzing.aanbieder.naam.upper())
        document = self.deel(toewijzing, "verslag", consulent)
        assert list(Document.objects.voor(planner)) == [document]
        clienten.trek_toestemming_in(zaak=zaak, toestemming=gegeven, door=consulent, nu=moment())
        assert not Document.objects.voor(planner).exists(), "wat al gedeeld was blijft te lezen"
        with pytest.raises(Geweigerd, match="geen toestemming"):
            self.deel(toewijzing, "verslag", consulent)

    @pytest.mark.parametrize("soort", ["beschikking", "persoonlijk_plan", "ontvangstbevestiging"])
    def test_stukken_voor_de_client_blijven_daar(self, toewijzing, consulent, soort):
        with pytest.raises(Geweigerd, match="alleen voor de cliënt"):
            self.deel(toewijzing, soort, consulent)


class TestNotities:
    def test_logboek_zegt_dat_er_een_notitie_is_en_niet_wat_erin_staat(self, consulent):
        notities.voeg_toe(zaak=ZaakFactory(), tekst="Gebeld met dochter.", door=consulent, nu=moment())
        assert Logregel.objects.get().tekst == "Notitie"

    def test_wijzigen_kan_een_kwartier(self, consulent):
        notitie = notities.voeg_toe(zaak=ZaakFactory(), tekst="Eerst.", door=consulent, nu=moment())
        notities.wijzig(notitie=notitie, tekst="Beter.", door=consulent, nu=moment() + timedelta(minutes=15))
        assert notitie.tekst == "Beter."
        with pytest.raises(Geweigerd, match="niet meer wijzigen"):
            notities.wijzig(notitie=notitie, tekst="Te laat.", door=consulent, nu=moment() + timedelta(minutes=16))

    def test_andermans_notitie_blijft_staan(self, consulent):
        notitie = notities.voeg_toe(zaak=ZaakFactory(), tekst="Eerst.", door=consulent, nu=moment())
        with pytest.raises(Geweigerd):
            notities.wijzig(notitie=notitie, tekst="Anders.", door=aanstelling(Rol.CONSULENT), nu=moment())


class TestInzage:
    def test_openen_telt_een_keer_per_kwartier(self, consulent):
        zaak = ZaakFactory()
        inzage.open_dossier(zaak=zaak, door=consulent, nu=moment())
        kwartier = moment() + timedelta(minutes=15)
        assert inzage.is_pas_geopend(zaak=zaak, aanstelling=consulent, nu=kwartier)
        assert not inzage.is_pas_geopend(zaak=zaak, aanstelling=consulent, nu=kwartier + timedelta(seconds=1))
        assert not inzage.is_pas_geopend(zaak=zaak, aanstelling=aanstelling(Rol.CONSULENT), nu=moment())

    def test_bsn_tonen_staat_zonder_bsn_in_het_logboek(self, consulent):
        zaak = ZaakFactory()
        assert inzage.toon_bsn(zaak=zaak, door=consulent, nu=moment()) == zaak.client.bsn
        regel = Logregel.objects.get()
        assert (regel.soort, regel.tekst) == ("bsn", "BSN getoond")

    def test_regio_ziet_geen_bsn(self):
        with pytest.raises(PermissionDenied):
            inzage.toon_bsn(zaak=ZaakFactory(), door=aanstelling(Rol.REGIO), nu=moment())


class TestTaken:
    def zet(self, **velden):
        zaak = ZaakFactory()
        basis = {
            "sleutel": "proef:1",
            "soort": "overig",
            "titel": "Iets doen",
            "gemeente": zaak.gemeente,
            "nu": moment(),
        }
        return taken.zet_klaar(**{**basis, **velden})

    def test_dezelfde_sleutel_geeft_een_taak_met_de_nieuwste_titel(self):
        self.zet()
        self.zet(titel="Iets anders doen", uiterlijk=date(2026, 12, 1))
        assert Taak.objects.get().titel == "Iets anders doen"

    def test_na_afronden_mag_dezelfde_sleutel_weer(self):
        eerste = self.zet()
        assert taken.rond_af(sleutel="proef:1", nu=moment()) == 1
        assert taken.rond_af(sleutel="proef:1", nu=moment()) == 0
        assert self.zet().pk != eerste.pk
        assert list(Taak.objects.open().values_list("sleutel", flat=True)) == ["proef:1"]

"""Aanvraag, clock, end, behandelaar: the effect in the row and the line in the logboek."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    VANDAAG,
    BeschikkingFactory,
    ClientFactory,
    GemeenteFactory,
    ToewijzingFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wmo.actions import opschortingen, zaken
from wmo.actions.kader import Geweigerd
from wmo.models import Document, Logregel, Opschorting, Taak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
AANVRAAG = date(2026, 11, 12)


@pytest.fixture
def consulent():
    return aanstelling(Rol.CONSULENT)


def zaak_met_aanvraag(**velden):
    basis = {"status": "aanvraag", "aanvraag_op": AANVRAAG, "uiterste_datum": date(2026, 11, 26)}
    return ZaakFactory(**{**basis, **velden})


class TestAanvraag:
    def test_na_het_verslag_starten_de_twee_weken(self, consulent):
        zaak = ZaakFactory(status="onderzoek_afgerond", verslag_verstrekt_op=date(2026, 11, 10))
        zaken.ontvang_aanvraag(zaak=zaak, ontvangen_op=AANVRAAG, door=consulent, nu=moment())
        zaak.refresh_from_db()
        assert (zaak.status, zaak.uiterste_datum) == ("aanvraag", date(2026, 11, 26))
        assert "Het besluit moet er zijn op 26-11-2026" in Logregel.objects.get().tekst

    @pytest.mark.parametrize(
        ("dag", "mag"),
        [
            pytest.param(date(2026, 11, 17), False, id="laatste-dag-van-zes-weken"),
            pytest.param(date(2026, 11, 18), True, id="dag-erna"),
        ],
    )
    def test_zonder_verslag_pas_na_zes_weken(self, consulent, dag, mag):
        zaak = ZaakFactory(status="onderzoek")
        if mag:
            zaken.ontvang_aanvraag(zaak=zaak, ontvangen_op=dag, door=consulent, nu=moment())
        else:
            with pytest.raises(Geweigerd, match="na 17-11-2026"):
                zaken.ontvang_aanvraag(zaak=zaak, ontvangen_op=dag, door=consulent, nu=moment())
        zaak.refresh_from_db()
        assert (zaak.status == "aanvraag") is mag

    def test_na_zes_weken_ook_als_niemand_begon(self, consulent):
        zaak = ZaakFactory()
        zaken.ontvang_aanvraag(zaak=zaak, ontvangen_op=date(2026, 11, 18), door=consulent, nu=moment())
        assert (zaak.status, zaak.onderzoek.gespreksdatum) == ("aanvraag", None)

    def test_tweede_keer_vastleggen_wordt_geweigerd(self, consulent):
        zaak = zaak_met_aanvraag(verslag_verstrekt_op=date(2026, 11, 10))
        with pytest.raises(Geweigerd, match="al vastgelegd"):
            zaken.ontvang_aanvraag(zaak=zaak, ontvangen_op=AANVRAAG, door=consulent, nu=moment())


class TestKlok:
    def test_stilzetten_schuift_de_laatste_dag_en_stuurt_een_brief(self, consulent):
        zaak = zaak_met_aanvraag()
        opschortingen.schort_op(
            zaak=zaak,
            grond="4:15-2a",
            eerste_dag=date(2026, 11, 24),
            tot=date(2026, 11, 30),
            door=consulent,
            nu=moment(),
        )
        zaak.refresh_from_db()
        assert (zaak.uiterste_datum, zaak.stilstand_tot) == (date(2026, 12, 3), date(2026, 11, 30))
        assert Document.objects.filter(zaak=zaak).count() == 1
        assert Logregel.objects.get().handeling == "zaken.schort_op"

    def test_aanvulling_heeft_een_hersteltermijn_nodig(self, consulent):
        with pytest.raises(Geweigerd, match="Zonder die datum"):
            opschortingen.schort_op(
                zaak=zaak_met_aanvraag(), grond="4:15-1a", eerste_dag=date(2026, 11, 24), door=consulent, nu=moment()
            )

    def test_hervatten_op_de_dag_van_de_aanvulling(self, consulent):
        """R-046 1a: suspended from the day after the invitation until the day it is complete, which counts again."""
        zaak = zaak_met_aanvraag()
        opschortingen.schort_op(
            zaak=zaak, grond="4:15-1a", eerste_dag=date(2026, 11, 17), tot=date(2026, 12, 1), door=consulent,
            nu=moment(date(2026, 11, 16)),
        )  # fmt: skip
        opschortingen.hervat(zaak=zaak, vanaf=date(2026, 11, 20), door=consulent, nu=moment(date(2026, 11, 20)))
        zaak.refresh_from_db()
        assert Opschorting.objects.get().laatste_dag == date(2026, 11, 19)
        # three suspended days: 26 becomes 29 November, a Sunday, so Monday
        assert (zaak.uiterste_datum, zaak.stilstand_tot) == (date(2026, 11, 30), None)

    def test_hervatten_voor_de_eerste_dag_laat_niets_over(self, consulent):
        zaak = zaak_met_aanvraag()
        opschortingen.schort_op(
            zaak=zaak,
            grond="4:15-1a",
            eerste_dag=date(2026, 11, 24),
            tot=date(2026, 12, 1),
            door=consulent,
            nu=moment(),
        )
        opschortingen.hervat(zaak=zaak, vanaf=date(2026, 11, 24), door=consulent, nu=moment(date(2026, 11, 24)))
        zaak.refresh_from_db()
        assert not Opschorting.objects.exists()
        assert zaak.uiterste_datum == date(2026, 11, 26)

    def test_ongebruikte_hersteltermijn_sluit_op_haar_laatste_dag(self, consulent):
        zaak = zaak_met_aanvraag()
        opschortingen.schort_op(
            zaak=zaak, grond="4:15-1a", eerste_dag=date(2026, 11, 17), tot=date(2026, 11, 20), door=consulent,
            nu=moment(date(2026, 11, 16)),
        )  # fmt: skip
        opschortingen.hervat(zaak=zaak, vanaf=date(2026, 11, 25), door=consulent, nu=moment(date(2026, 11, 25)))
        assert Opschorting.objects.get().laatste_dag == date(2026, 11, 20)

    @pytest.mark.parametrize(
        ("velden", "zin"),
        [
            pytest.param({"eerste_dag": AANVRAAG}, "op of voor de dag van de aanvraag", id="voor-aanvraag"),
            pytest.param({"eerste_dag": date(2026, 11, 30)}, "vanaf morgen", id="te-ver-vooruit"),
            pytest.param({"tot": date(2026, 11, 20)}, "ligt voor de eerste dag", id="omgekeerd"),
        ],
    )
    def test_onmogelijke_datums(self, consulent, velden, zin):
        basis = {"grond": "4:15-2a", "eerste_dag": date(2026, 11, 24), "tot": date(2026, 11, 30)}
        with pytest.raises(Geweigerd, match=zin):
            opschortingen.schort_op(zaak=zaak_met_aanvraag(), **{**basis, **velden}, door=consulent, nu=moment())

    def test_tweede_keer_stilzetten_kan_niet(self, consulent):
        zaak = zaak_met_aanvraag()
        velden = {"zaak": zaak, "grond": "4:15-2b", "eerste_dag": date(2026, 11, 24), "door": consulent}
        opschortingen.schort_op(**velden, nu=moment())
        assert zaak.uiterste_datum is None
        with pytest.raises(Geweigerd, match="staat al stil"):
            opschortingen.schort_op(**velden, nu=moment())

    def test_voor_de_aanvraag_is_er_geen_klok_om_stil_te_zetten(self, consulent):
        with pytest.raises(Geweigerd, match="als er een aanvraag is"):
            opschortingen.schort_op(
                zaak=ZaakFactory(), grond="4:15-2b", eerste_dag=date(2026, 11, 24), door=consulent, nu=moment()
            )


class TestEinde:
    def test_intrekken_sluit_de_zaak_en_het_concept(self, consulent):
        zaak = zaak_met_aanvraag()
        besluit = BeschikkingFactory(
            zaak=zaak,
            status="concept",
            besluitdatum=None,
            bekendgemaakt_op=None,
            bezwaar_tot=None,
            ondertekend_door=None,
        )
        zaken.trek_in(zaak=zaak, reden="Dochter neemt het over.", door=consulent, nu=moment())
        zaak.refresh_from_db()
        besluit.refresh_from_db()
        assert (zaak.status, zaak.afgesloten_op, zaak.uiterste_datum) == ("ingetrokken", date(2026, 11, 23), None)
        assert besluit.status == "vervallen"
        assert Logregel.objects.get().reden == "Dochter neemt het over."

    def test_gesloten_zaak_kan_niet_nog_eens_dicht(self, consulent):
        zaak = ZaakFactory(status="ingetrokken", afgesloten_op=date(2026, 11, 2))
        with pytest.raises(Geweigerd, match="al gesloten"):
            zaken.verwijs_door(zaak=zaak, naar="Welzijn", reden="Past beter.", door=consulent, nu=moment())

    def test_overlijden_sluit_alle_zaken_en_vraagt_om_einde_van_de_opdracht(self, consulent):
        toewijzing = ToewijzingFactory()
        client = toewijzing.client
        open_ = ZaakFactory(client=client)
        zaken.meld_overlijden(client=client, overleden_op=date(2026, 11, 20), door=consulent, nu=moment())
        open_.refresh_from_db()
        client.refresh_from_db()
        assert (open_.status, client.overleden_op) == ("overleden", date(2026, 11, 20))
        taak = Taak.objects.get()
        assert str(toewijzing.toewijzingnummer) in taak.titel
        assert client.achternaam not in taak.titel

    def test_geen_berichtenverkeer_met_reden(self, consulent):
        zaak = ZaakFactory()
        zaken.zet_berichtenverkeer(
            zaak=zaak, uit=True, reden="Verblijf op een geheim adres.", door=consulent, nu=moment()
        )
        zaak.client.refresh_from_db()
        assert zaak.client.geen_berichtenverkeer is True


class TestBehandelaar:
    def test_een_zaak_zonder_reden(self, consulent):
        zaak, collega = ZaakFactory(), aanstelling(Rol.CONSULENT)
        uit = zaken.wijs_behandelaar_toe(verdeling=[(zaak, collega)], door=consulent, nu=moment())
        zaak.refresh_from_db()
        assert (zaak.behandelaar, uit.gelukt) == (collega, [zaak.zaaknummer])

    def test_twee_zaken_vragen_een_reden(self, consulent):
        verdeling = [(ZaakFactory(), consulent), (ZaakFactory(), consulent)]
        with pytest.raises(Geweigerd, match="meer dan één zaak"):
            zaken.wijs_behandelaar_toe(verdeling=verdeling, door=consulent, nu=moment())
        zaken.wijs_behandelaar_toe(verdeling=verdeling, reden="Ziek", door=consulent, nu=moment())
        assert list(Logregel.objects.values_list("reden", flat=True)) == ["Ziek", "Ziek"]

    def test_wat_niet_kan_staat_in_de_uitkomst_en_de_rest_gaat_door(self, consulent):
        goed, dicht = ZaakFactory(), ZaakFactory(status="ingetrokken", afgesloten_op=date(2026, 11, 2))
        uit = zaken.wijs_behandelaar_toe(
            verdeling=[(goed, consulent), (dicht, consulent)], reden="Verlof", door=consulent, nu=moment()
        )
        assert uit.gelukt == [goed.zaaknummer]
        assert uit.mislukt == [f"{dicht.zaaknummer} niet: deze zaak is gesloten."]

    def test_collega_van_een_andere_gemeente_krijgt_niets(self, consulent):
        vreemd = aanstelling(Rol.CONSULENT, gemeente=GemeenteFactory(code="0335"))
        with pytest.raises(Geweigerd, match="mag deze zaak niet behandelen"):
            zaken.wijs_behandelaar_toe(verdeling=[(ZaakFactory(), vreemd)], door=consulent, nu=moment())

    def test_wie_vandaag_is_gestopt_krijgt_niets_meer(self, consulent):
        """Access ends at once (R-116), while the last day of the aanstelling is today."""
        gestopt = aanstelling(Rol.CONSULENT, einddatum=VANDAAG, gestopt_op=moment())
        with pytest.raises(Geweigerd, match="mag deze zaak niet behandelen"):
            zaken.wijs_behandelaar_toe(verdeling=[(ZaakFactory(), gestopt)], door=consulent, nu=moment())

    def test_backoffice_verdeelt_niet(self):
        with pytest.raises(PermissionDenied):
            zaken.wijs_behandelaar_toe(verdeling=[(ZaakFactory(), None)], door=aanstelling(Rol.BACKOFFICE), nu=moment())


def test_overlijden_van_een_client_zonder_open_zaak_staat_ook_in_het_logboek(consulent):
    client = ClientFactory()
    zaken.meld_overlijden(client=client, overleden_op=date(2026, 11, 20), door=consulent, nu=moment())
    assert Logregel.objects.get().client == client

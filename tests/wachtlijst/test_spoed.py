"""The spoedprotocol on screen and below it (R-125 to R-130, S-191 to S-195)."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import VANDAAG, ToewijzingFactory, aanstelling, moment
from tests.factories.levering import clientenstop
from tests.factories.wachtlijst import backoffice, consulent, lijstgemeente, planner, plek, spoed, toegekend
from wachtlijst import spoedmail, tasks
from wachtlijst.actions import plekken, spoedvervolg
from wachtlijst.actions import spoed as acties
from wachtlijst.models import Plek, Spoedantwoord, Spoedtraject
from wmo.actions import zaken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Logregel, Taak, Toewijzing, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
GEHEIM = {"achternaam": "Geheimvanspoed", "straatnaam": "Verborgenlaan"}


@pytest.fixture
def gemeente():
    return lijstgemeente()


@pytest.fixture
def spelers(gemeente):
    """Two aanbieders with a perceel here; a third works elsewhere."""
    planner(lijstgemeente("0335"))
    return [planner(gemeente), planner(gemeente)]


@pytest.fixture
def traject(gemeente, spelers):
    return spoed(gemeente, voorziening=toegekend(gemeente, client=GEHEIM))


def nee(traject, door, nu=None):
    return acties.zeg_nee(traject=traject, reden="geen_personeel", door=door, nu=nu or moment())


def ja(traject, door, nu=None, startdatum=VANDAAG):
    return acties.zeg_ja(traject=traject, startdatum=startdatum, door=door, nu=nu or moment())


def test_alle_aanbieders_van_het_perceel_tegelijk_met_de_klokken_van_het_protocol(traject, spelers):
    """S-192, S-193."""
    gevraagd = {antwoord.aanbieder for antwoord in traject.antwoorden.all()}
    assert gevraagd == {speler.aanbieder for speler in spelers}
    assert (traject.antwoord_uiterlijk, traject.leveren_uiterlijk) == (
        moment(VANDAAG + timedelta(days=1)),
        date(2026, 11, 30),
    )
    assert Taak.objects.open().get().pad == f"/spoed/{traject.code}/"


def test_spoed_staat_niet_op_de_lijst_en_andersom(gemeente, traject):
    """S-191, R-130."""
    with pytest.raises(Geweigerd) as fout:
        plekken.plaats(voorziening=traject.voorziening, door=consulent(gemeente), nu=moment())
    assert fout.value.reden == "SPOEDTRAJECT_LOOPT"
    with pytest.raises(Geweigerd) as fout:
        spoed(gemeente, voorziening=plek(gemeente).voorziening)
    assert fout.value.reden == "AL_OP_LIJST"


@pytest.mark.parametrize(
    ("grond", "met_aanbieders", "reden"), [("druk", True, "GROND"), ("ziekenhuis", False, "GEEN_AANBIEDER")]
)
def test_alleen_een_grond_van_het_protocol_en_iemand_om_te_vragen(gemeente, grond, met_aanbieders, reden):
    if met_aanbieders:
        planner(gemeente)
    with pytest.raises(Geweigerd) as fout:
        spoed(gemeente, grond=grond)
    assert fout.value.reden == reden
    assert not Spoedtraject.objects.exists()


def test_eerste_ja_heeft_de_spoed_en_de_backoffice_een_taak_voor_vandaag(traject, spelers):
    na = ja(traject, spelers[0], startdatum=date(2026, 11, 25))
    with pytest.raises(Geweigerd) as fout:
        ja(traject, spelers[1])
    assert (na.status, na.aanbieder, fout.value.reden) == ("match", spelers[0].aanbieder, "AL_VERGEVEN")
    taak = Taak.objects.open().get()
    assert (taak.soort, taak.uiterlijk, taak.pad) == ("opdracht_maken", VANDAAG, f"/spoed/{traject.code}/opdracht/")


def test_naam_en_adres_komen_pas_met_de_opdracht(traject, spelers, gemeente):
    ja(traject, spelers[0])
    traject.refresh_from_db()
    toewijzing = spoedvervolg.bevestig(traject=traject, door=backoffice(gemeente), nu=moment())
    assert (toewijzing.aanbieder, toewijzing.uiterste_startdatum) == (spelers[0].aanbieder, date(2026, 11, 30))
    assert not Taak.objects.open().filter(sleutel__startswith="spoed").exists()
    with pytest.raises(IntussenGewijzigd):
        spoedvervolg.bevestig(traject=traject, door=backoffice(gemeente), nu=moment())
    assert Toewijzing.objects.count() == 1


def test_niemand_kan_als_iedereen_nee_zegt(traject, spelers):
    nee(traject, spelers[0])
    traject.refresh_from_db()
    assert traject.status == "uitgevraagd"
    nee(traject, spelers[1])
    traject.refresh_from_db()
    assert traject.status == "geen_match"
    assert Taak.objects.open().get().titel == f"Niemand kan spoed {traject.code} leveren: overleg met alle aanbieders"


def test_stilte_telt_na_24_uur_en_een_late_ja_nog_steeds(gemeente, spelers):
    """R-128."""
    traject = spoed(gemeente, nu=timezone.now() - timedelta(hours=25))
    assert (tasks.sluit_spoed(), tasks.sluit_spoed()) == (1, 0)
    traject.refresh_from_db()
    assert traject.status == "geen_match"
    nu = timezone.now()
    assert ja(traject, spelers[0], nu=nu, startdatum=vandaag(nu) + timedelta(days=1)).status == "match"


def test_binnen_de_termijn_sluit_er_niets(gemeente, spelers):
    spoed(gemeente, nu=timezone.now() - timedelta(hours=23))
    assert tasks.sluit_spoed() == 0


def test_van_niemand_naar_overleg_ruimte_en_toch_een_aanbieder(traject, spelers, gemeente):
    """R-129, S-194, S-195."""
    for speler in spelers:
        nee(traject, speler)
    traject.refresh_from_db()
    wie = {"traject": traject, "door": consulent(gemeente), "nu": moment()}
    spoedvervolg.plan_overleg(moment=moment(VANDAAG, 15), waar="Gemeentehuis", **wie)
    ander = ToewijzingFactory(aanbieder=spelers[1].aanbieder)
    ruimte = spoedvervolg.maak_ruimte(toewijzing=ander, toelichting="Mevrouw kan met minder toe.", **wie)
    traject.refresh_from_db()
    assert (traject.status, list(traject.ruimte.all())) == ("ruimte", [ruimte])
    assert Taak.objects.open().get(sleutel=f"spoedruimte:{ruimte.pk}").pad.endswith("/toewijzingen/")
    assert ja(traject, spelers[1]).status == "match"


def test_alleen_de_gemeente_maakt_ruimte_en_alleen_uit_eigen_opdrachten(traject, gemeente):
    elders = toegekend(lijstgemeente("0335"))
    wie = {"traject": traject, "toelichting": "Kan minder.", "nu": moment()}
    with pytest.raises(Geweigerd) as fout:
        spoedvervolg.maak_ruimte(toewijzing=ToewijzingFactory(voorziening=elders), door=consulent(gemeente), **wie)
    assert fout.value.reden == "ANDERE_GEMEENTE"


def test_clientenstop_is_geen_reden_om_spoed_te_missen(gemeente, spelers):
    """R-162: help in a crisis is never refused."""
    clientenstop(spelers[0].eigen_aanbieder, gemeente)
    traject = spoed(gemeente)
    assert ja(traject, spelers[0]).status == "match"
    assert "clientenstop" not in Spoedantwoord.Reden.values


def test_een_mail_per_aanbieder_en_niemand_erin(gemeente, spelers):
    for nummer, speler in enumerate(spelers):
        speler.eigen_aanbieder.email = f"info{nummer}@example.nl"
        speler.eigen_aanbieder.save()
    traject = spoed(gemeente, voorziening=toegekend(gemeente, client=GEHEIM))
    assert (spoedmail.verstuur(moment()), spoedmail.verstuur(moment())) == (2, 0)
    assert sorted(bericht.to for bericht in mail.outbox) == [["info0@example.nl"], ["info1@example.nl"]]
    assert traject.code in mail.outbox[0].body
    assert not any(woord in str(bericht.message()) for bericht in mail.outbox for woord in GEHEIM.values())


def test_overlijden_haalt_van_de_lijst_en_stopt_de_spoed(traject, gemeente):
    wachtend = plek(gemeente, voorziening=toegekend(gemeente))
    for client in (traject.client, wachtend.client):
        zaken.meld_overlijden(client=client, overleden_op=VANDAAG, door=consulent(gemeente), nu=moment())
    traject.refresh_from_db()
    wachtend.refresh_from_db()
    assert (traject.status, wachtend.status) == ("ingetrokken", Plek.Status.INGETROKKEN)
    assert not Taak.objects.open().filter(soort=Taak.Soort.SPOED).exists()


class TestSchermen:
    def test_aanbieder_ziet_geen_persoon_en_antwoordt(self, als, traject, spelers):
        """No name before the opdracht (R-120), and the second reads that it is gone."""
        eerste, tweede = als(spelers[0]), als(spelers[1])
        bord = eerste.get("/aanbieder/spoed/").content.decode()
        assert traject.code in bord
        assert not any(woord in bord for woord in (*GEHEIM.values(), str(traject.client.bsn), traject.zaak.zaaknummer))
        pad = f"/aanbieder/spoed/{traject.code}/"
        dag = timezone.localdate()
        Spoedtraject.objects.filter(pk=traject.pk).update(leveren_uiterlijk=dag + timedelta(days=7))
        te_laat = eerste.post(pad, {"wat": "ja", "startdatum": f"{dag + timedelta(days=8):%d-%m-%Y}"})
        assert te_laat.status_code == 422
        assert "Kies een datum uiterlijk" in te_laat.content.decode()
        goed = {"wat": "ja", "startdatum": f"{dag + timedelta(days=2):%d-%m-%Y}"}
        assert eerste.post(pad, goed).status_code == 302
        antwoord = tweede.post(pad, goed)
        assert antwoord.status_code == 422
        assert "Een andere aanbieder was eerder" in antwoord.content.decode()
        assert traject.code not in tweede.get("/aanbieder/spoed/").content.decode()

    def test_wie_niet_gevraagd_is_ziet_niets(self, als, traject):
        elders = als(planner(lijstgemeente("0335")))
        assert elders.get(f"/aanbieder/spoed/{traject.code}/").status_code == 404
        assert "Er is nu geen spoed." in elders.get("/aanbieder/spoed/").content.decode()

    def test_van_dossier_tot_opdracht_door_de_schermen(self, als, gemeente, spelers):
        voorziening = toegekend(gemeente)
        zaak = voorziening.beschikking.zaak
        Zaak.objects.filter(pk=zaak.pk).update(spoed=True, spoedgrond="terminaal")
        toegang, kantoor = als(consulent(gemeente)), als(backoffice(gemeente))
        assert f"{zaak.zaaknummer}: vraag alle aanbieders" in toegang.get("/spoed/").content.decode()
        vraag = {"voorziening": voorziening.pk, "grond": "terminaal"}
        assert toegang.post(f"/zaken/{zaak.zaaknummer}/spoedtraject/", vraag).status_code == 302
        code = Spoedtraject.objects.get().code
        assert "0 van 2: 0 ja, 0 nee, 2 wachten" in toegang.get("/spoed/").content.decode()
        start = {"wat": "ja", "startdatum": f"{timezone.localdate() + timedelta(days=3):%d-%m-%Y}"}
        als(spelers[1]).post(f"/aanbieder/spoed/{code}/", start)
        assert kantoor.post(f"/spoed/{code}/opdracht/", {"opmerking": "Sleutel bij de buren."}).status_code == 302
        assert Toewijzing.objects.get().aanbieder == spelers[1].aanbieder
        assert "Opdracht gemaakt" in toegang.get(f"/spoed/{code}/").content.decode()

    def test_knoppen_volgen_het_protocol(self, als, traject, spelers, gemeente):
        toegang, pad = als(consulent(gemeente)), f"/spoed/{traject.code}/"
        assert "Nodig alle aanbieders uit" not in toegang.get(pad).content.decode()
        for speler in spelers:
            nee(traject, speler)
        assert "Nodig alle aanbieders uit" in toegang.get(pad).content.decode()
        overleg = {"wat": "overleg", "datum": f"{timezone.localdate() + timedelta(days=1):%d-%m-%Y}", "tijd": "10:30"}
        assert toegang.post(pad, overleg).status_code == 422
        assert toegang.post(pad, overleg | {"waar": "Gemeentehuis"}).status_code == 302
        assert "De gemeente nodigt u uit voor overleg" in als(spelers[0]).get("/aanbieder/spoed/").content.decode()
        ruimte = {"wat": "ruimte", "toewijzingnummer": "999", "toelichting": "Kan met minder."}
        assert "loopt geen opdracht met dit nummer" in toegang.post(pad, ruimte).content.decode()
        assert toegang.post(pad, {"wat": "anders", "afloop": "De familie vangt het op."}).status_code == 302
        traject.refresh_from_db()
        assert traject.status == "alternatief"

    def test_register_van_het_jaar_heeft_codes_en_geen_namen(self, als, traject, spelers, gemeente):
        Spoedtraject.objects.update(uitgevraagd_op=timezone.now())
        nee(traject, spelers[0])
        antwoord = als(consulent(gemeente)).get("/spoed/download/")
        [_, regel] = [rij for rij in load_workbook(BytesIO(antwoord.content)).active.values if rij[1]][-2:]
        assert (regel[0], regel[6:9]) == (traject.code, (0, 1, 1))
        assert not any(woord in str(regel) for woord in GEHEIM.values())
        assert Logregel.objects.get(handeling="wachtlijst.download_spoed").soort == Logregel.Soort.EXPORT

    @pytest.mark.parametrize("aantal", [1, 3])
    def test_aantal_vragen_van_het_bord(self, als, gemeente, spelers, aantal, django_assert_num_queries):
        for _ in range(aantal):
            spoed(gemeente)
        toegang, aanbieder = als(consulent(gemeente)), als(spelers[0])
        with django_assert_num_queries(6):
            toegang.get("/spoed/")
        with django_assert_num_queries(5):
            aanbieder.get("/aanbieder/spoed/")

    def test_wie_alleen_leest_krijgt_geen_knop(self, als, traject, gemeente):
        mandaat = als(aanstelling(Rol.MANDAATHOUDER, gemeente=gemeente))
        tekst = mandaat.get(f"/spoed/{traject.code}/").content.decode()
        assert "Trek de spoed in" not in tekst
        mandaat.post(f"/spoed/{traject.code}/", {"wat": "intrekken", "reden": "Zomaar."})
        traject.refresh_from_db()
        assert traject.status == "uitgevraagd"

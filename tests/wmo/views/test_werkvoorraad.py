"""The lists: what is in them, in which order, how many queries, handing over, download."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import (
    AanbiederFactory,
    BeschikkingFactory,
    ClientFactory,
    GemeenteFactory,
    VoorzieningFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wmo.actions import taken
from wmo.models import Logregel, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Rol
from wmo.views import lijsten

ALLE = "/werkvoorraad/alle/"
pytestmark = pytest.mark.django_db


def dag(over: int) -> date:
    return vandaag(timezone.now()) + timedelta(days=over)


def nummers(antwoord) -> list[str]:
    return [rij.zaak.zaaknummer for rij in antwoord.context["rijen"]]


def test_volgorde_is_spoed_en_dan_de_eerste_dag_waarop_iets_moet(als):
    laat = ZaakFactory(uiterste_datum=dag(40))
    zonder = ZaakFactory(uiterste_datum=None, status="uitvoering")
    stil = ZaakFactory(uiterste_datum=dag(50), stilstand_tot=dag(3), status="aanvraag")
    vroeg = ZaakFactory(uiterste_datum=dag(2))
    spoed = ZaakFactory(uiterste_datum=dag(60), spoed=True, spoedgrond="terminaal")
    verwacht = [z.zaaknummer for z in (spoed, vroeg, stil, laat, zonder)]
    assert nummers(als().get(ALLE)) == verwacht
    assert nummers(als().get(ALLE + "?sorteer=-termijn")) == verwacht[::-1]


def test_een_taak_telt_mee_in_volgorde_klok_en_tegels(als):
    """An evaluation that is overdue may not hide under a term of next month."""
    basis: dict[str, Any] = {"soort": "evaluatie", "titel": "Evaluatie", "gemeente": GemeenteFactory(), "nu": moment()}
    lopend = ZaakFactory(uiterste_datum=dag(30))
    vergeten = ZaakFactory(uiterste_datum=None, status="uitvoering")
    snel = ZaakFactory(uiterste_datum=dag(40))
    van_aanbieder = ZaakFactory(uiterste_datum=dag(50))
    taken.zet_klaar(sleutel="e:1", zaak=vergeten, uiterlijk=dag(-3), **basis)
    taken.zet_klaar(sleutel="e:2", zaak=snel, uiterlijk=dag(1), **basis)
    taken.zet_klaar(sleutel="e:3", zaak=van_aanbieder, uiterlijk=dag(-9), aanbieder=AanbiederFactory(), **basis)
    consulent = als()
    antwoord = consulent.get(ALLE)
    assert nummers(antwoord) == [z.zaaknummer for z in (vergeten, snel, lopend, van_aanbieder)]
    assert [rij.klok.toon for rij in antwoord.context["rijen"]][:2] == ["rood", "oranje"]
    getallen = {t["label"]: t["getal"] for t in antwoord.context["tegels"]}
    assert (getallen["Te laat"], getallen["Verloopt binnen 5 werkdagen"]) == (1, 1)
    assert nummers(consulent.get(f"{ALLE}?termijn=te-laat")) == [vergeten.zaaknummer]
    taken.verzet(sleutel="e:1", uiterlijk=dag(35))
    taken.rond_af(sleutel="e:2", nu=moment())
    assert nummers(consulent.get(ALLE)) == [z.zaaknummer for z in (lopend, vergeten, snel, van_aanbieder)]


def test_volgorde_komt_uit_de_index():
    """At 100,000 clients the first page may not sort them all."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    rijen = lijsten.zaken(aanstelling(Rol.CONSULENT), "alle")
    uitleg = rijen.op_termijn()[:25].explain()  # type: ignore[attr-defined]
    assert "zaak_werkvoorraad" in uitleg
    assert "Sort" not in uitleg


def test_vier_lijsten(als):
    consulent = als()
    mijn = ZaakFactory(behandelaar=consulent.aanstelling)
    collega = ZaakFactory(behandelaar=aanstelling(Rol.CONSULENT))
    vrij = ZaakFactory()
    backoffice = ZaakFactory(behandelaar=aanstelling(Rol.BACKOFFICE))
    gesloten = ZaakFactory(status="ingetrokken", afgesloten_op=dag(-1))
    elders = ZaakFactory(client=ClientFactory(gemeente=GemeenteFactory(code="0335")))
    inhoud = {naam: set(nummers(consulent.get(f"/werkvoorraad/{naam}/"))) for naam in lijsten.LIJSTEN}
    assert inhoud["mijn"] == {mijn.zaaknummer}
    assert inhoud["team"] == {mijn.zaaknummer, collega.zaaknummer, vrij.zaaknummer}
    assert inhoud["niet-toegewezen"] == {vrij.zaaknummer}
    assert inhoud["alle"] == {z.zaaknummer for z in (mijn, collega, vrij, backoffice)}
    assert not {gesloten.zaaknummer, elders.zaaknummer} & inhoud["alle"]


@pytest.mark.parametrize(
    ("filter_", "velden"),
    [
        ("termijn=te-laat", {"uiterste_datum": dag(-1)}),
        ("termijn=5wd", {"uiterste_datum": dag(1)}),
        ("termijn=spoed", {"spoed": True, "spoedgrond": "terminaal"}),
        ("termijn=opgeschort", {"status": "aanvraag", "stilstand_tot": dag(4), "uiterste_datum": dag(20)}),
        ("stap=besluit", {"status": "besluit_concept"}),
        ("zoek=Zoekbaar", {"client__achternaam": "Zoekbaar"}),
        ("behandelaar=niemand", {"behandelaar": None}),
    ],
)
def test_filter_laat_alleen_zien_wat_past(als, filter_, velden):
    consulent = als()
    basis = {"status": "onderzoek", "uiterste_datum": dag(30), "behandelaar": consulent.aanstelling}
    ZaakFactory(**basis)
    past = ZaakFactory(**{**basis, **velden})
    antwoord = consulent.get(f"{ALLE}?{filter_}")
    assert nummers(antwoord) == [past.zaaknummer]
    assert len(antwoord.context["chips"]) == 1


def test_filter_op_ondersteuning_kijkt_naar_besluit(als):
    ZaakFactory()
    voorziening = VoorzieningFactory(beschikking__zaak__status="uitvoering")
    antwoord = als().get(f"{ALLE}?ondersteuning=01")
    assert nummers(antwoord) == [voorziening.beschikking.zaak.zaaknummer]
    assert antwoord.context["rijen"][0].ondersteuning == "Hulp bij het huishouden"


def test_tegels_tellen_wat_hun_filter_toont(als):
    ZaakFactory(uiterste_datum=dag(-1))
    ZaakFactory(uiterste_datum=dag(-2), stilstand_tot=dag(5), status="aanvraag")
    taken.zet_klaar(sleutel="v:1", soort="verzoek_beoordelen", titel="Verzoek beoordelen", gemeente=GemeenteFactory(),
                    nu=moment(), zaak=Zaak.objects.first())  # fmt: skip
    consulent = als()
    for tegel in consulent.get(ALLE).context["tegels"]:
        assert tegel["getal"] == len(nummers(consulent.get(tegel["url"]))), tegel["label"]
    assert {t["label"]: t["getal"] for t in consulent.get(ALLE).context["tegels"]}["Reactie ontvangen"] == 1


def test_meer_dan_duizend_wordt_niet_uitgeteld(als, monkeypatch):
    monkeypatch.setattr(lijsten, "GRENS", 2)
    ZaakFactory.create_batch(4)
    antwoord = als().get(ALLE)
    assert {t.label: t.aantal for t in antwoord.context["tabs"]}["Hele gemeente"] == "meer dan 1.000"
    assert "meer dan 1.000" in antwoord.text


def test_taak_van_een_andere_app_staat_bij_wat_nu(als):
    zaak = ZaakFactory(status="uitvoering", uiterste_datum=None)
    basis: dict[str, Any] = {"gemeente": zaak.gemeente, "nu": moment()}
    titel = "Opdracht maken voor WRD-0212"
    taken.zet_klaar(sleutel="301:1", soort="opdracht_maken", titel=titel, zaak=zaak, uiterlijk=dag(1), **basis)
    taken.zet_klaar(sleutel="d:1", soort="overig", titel="Declaratie nakijken", **basis)
    antwoord = als().get(ALLE)
    rij = antwoord.context["rijen"][0]
    assert (rij.wat_nu, rij.klok.naam) == ("Opdracht maken voor WRD-0212", "Opdracht (301) maken")
    assert "Declaratie nakijken" in antwoord.text
    assert "Declaratie nakijken" in als().get("/werkvoorraad/taken/").text


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_hangt_niet_af_van_het_aantal_zaken(als, django_assert_num_queries, aantal):
    consulent = als()
    ZaakFactory.create_batch(aantal, behandelaar=consulent.aanstelling)
    with django_assert_num_queries(18):
        antwoord = consulent.get("/werkvoorraad/mijn/")
    assert len(antwoord.context["rijen"]) == aantal


@pytest.mark.parametrize("aantal", [1, 3])
def test_takenlijst_heeft_een_vast_aantal_vragen(als, django_assert_num_queries, aantal):
    zaak = ZaakFactory()
    for nummer in range(aantal):
        taken.zet_klaar(
            sleutel=f"t:{nummer}",
            soort="overig",
            titel=f"Taak {nummer}",
            gemeente=zaak.gemeente,
            zaak=zaak,
            nu=moment(),
        )
    backoffice = als(Rol.BACKOFFICE)
    with django_assert_num_queries(5):
        assert len(backoffice.get("/werkvoorraad/taken/").context["rijen"]) == aantal


def test_bsn_in_het_filter_komt_niet_in_een_lijst(als):
    antwoord = als().get(ALLE + "?zoek=999900006")
    assert (antwoord.status_code, antwoord.url) == (302, ALLE)


def test_onbekende_lijst_is_er_niet(als):
    assert als().get("/werkvoorraad/andere/").status_code == 404


class TestTekenen:
    def maak(self):
        zaak = ZaakFactory(status="besluit_concept", uiterste_datum=dag(3))
        return BeschikkingFactory(
            zaak=zaak,
            status="ter_ondertekening",
            besluitdatum=None,
            bekendgemaakt_op=None,
            bezwaar_tot=None,
            ondertekend_door=None,
        )

    def test_mandaathouder_begint_bij_wat_getekend_moet_worden(self, als):
        besluit = self.maak()
        assert besluit.beschikkingnummer in als(Rol.MANDAATHOUDER).get("/werkvoorraad/").text

    def test_consulent_tekent_niet(self, als):
        self.maak()
        assert als().get("/werkvoorraad/tekenen/").status_code == 404

    @pytest.mark.parametrize("aantal", [1, 3])
    def test_vast_aantal_vragen(self, als, django_assert_num_queries, aantal):
        for _ in range(aantal):
            self.maak()
        mandaathouder = als(Rol.MANDAATHOUDER)
        with django_assert_num_queries(10):
            assert len(mandaathouder.get("/werkvoorraad/tekenen/").context["rijen"]) == aantal


class TestToewijzen:
    def post(self, wie, zaken, **velden):
        return wie.post("/werkvoorraad/toewijzen/", {"zaak": [z.pk for z in zaken], "lijst": "alle", **velden})

    def test_eerst_controleren_dan_pas_toewijzen(self, als):
        consulent, collega = als(), aanstelling(Rol.CONSULENT)
        zaken = ZaakFactory.create_batch(2)
        controle = self.post(consulent, zaken, behandelaar=collega.pk)
        assert controle.status_code == 200
        assert not Zaak.objects.filter(behandelaar=collega).exists()
        fout = self.post(consulent, zaken, behandelaar=collega.pk, bevestig="1")
        assert fout.status_code == 422
        assert "Kies een reden. Dat moet bij meer dan één zaak." in fout.text
        klaar = self.post(consulent, zaken, behandelaar=collega.pk, bevestig="1", reden="Ziek", query="stap=melding")
        assert (klaar.status_code, klaar.url) == (302, "/werkvoorraad/alle/?stap=melding")
        assert Zaak.objects.filter(behandelaar=collega).count() == 2

    def test_eerlijk_verdelen_geeft_ieder_zijn_deel(self, als):
        consulent, collega = als(), aanstelling(Rol.CONSULENT)
        ZaakFactory.create_batch(2, behandelaar=consulent.aanstelling)
        zaken = ZaakFactory.create_batch(2)
        self.post(consulent, zaken, behandelaar="verdeel", bevestig="1", reden="Herverdeling")
        assert Zaak.objects.filter(behandelaar=collega).count() == 2

    def test_zaak_van_een_andere_gemeente_gaat_niet_mee(self, als):
        elders = ZaakFactory(client=ClientFactory(gemeente=GemeenteFactory(code="0335")))
        consulent = als()
        self.post(consulent, [elders], behandelaar=consulent.aanstelling.pk, bevestig="1")
        elders.refresh_from_db()
        assert elders.behandelaar is None

    def test_backoffice_mag_niet_verdelen(self, als):
        assert self.post(als(Rol.BACKOFFICE), [ZaakFactory()]).status_code == 403


class TestDownload:
    URL = "/werkvoorraad/alle/download/?stap=melding"

    def test_vraagt_een_reden(self, als):
        antwoord = als().post(self.URL, {"reden": ""})
        assert antwoord.status_code == 422
        assert "Vul in waarvoor u de lijst gebruikt." in antwoord.text

    def test_geeft_de_gefilterde_lijst_zonder_bsn_en_schrijft_het_op(self, als):
        zaak = ZaakFactory(client__achternaam="=HYPERLINK()")
        ZaakFactory(status="aanvraag")
        antwoord = als().post(self.URL, {"reden": "Overleg met het team."})
        assert f'filename="werkvoorraad-woerden-{dag(0):%Y-%m-%d}.xlsx"' in antwoord["Content-Disposition"]
        rijen = list(load_workbook(BytesIO(antwoord.content)).active.iter_rows(values_only=True))
        tekst = "\n".join(str(cel) for rij in rijen for cel in rij)
        assert "Filter: Stap: Melding" in tekst
        assert [rij[0] for rij in rijen[5:]] == [zaak.zaaknummer]
        assert str(zaak.client.bsn) not in tekst
        regel = Logregel.objects.get(soort="export")
        assert (regel.reden, regel.details) == ("Overleg met het team.", {"filter": "Stap: Melding"})

    def test_regio_krijgt_geen_lijst(self, als):
        assert als(Rol.REGIO).get(self.URL).status_code == 403

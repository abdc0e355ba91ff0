"""Requests for change: one at a time, honoured or refused as a whole, and what IV093 makes of each line."""

from datetime import date

import pytest

from tests.factories import PerceelFactory, ToewijzingFactory, aanstelling, moment
from tests.factories.levering import geevalueerd
from wmo.actions import verzoeken
from wmo.actions.kader import Geweigerd
from wmo.models import Taak, Toewijzing, Verzoek, VerzoekProduct
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
Soort = VerzoekProduct.Soort


@pytest.fixture
def toewijzing():
    opdracht = ToewijzingFactory(status="actief", volume=120, einddatum=date(2027, 10, 31))
    PerceelFactory(aanbieder=opdracht.aanbieder, gemeente=opdracht.gemeente)
    return opdracht


@pytest.fixture
def backoffice(toewijzing):
    return aanstelling(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)


def dien_in(toewijzing, *regels, referentie="VOW-1") -> Verzoek:
    return verzoeken.dien_in(
        soort="317",
        client=toewijzing.client,
        aanbieder=toewijzing.aanbieder,
        referentie=referentie,
        dagtekening=date(2026, 11, 20),
        regels=list(regels),
        door=aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder),
        nu=moment(),
    )


def wijziging(toewijzing, **velden) -> verzoeken.Regel:
    omvang = {"volume": toewijzing.volume, "eenheid": "01", "frequentie": "2", "einddatum": toewijzing.einddatum}
    return verzoeken.Regel(Soort.TE_WIJZIGEN, toewijzing=toewijzing, **{**omvang, **velden})


def test_antwoord_moet_er_zijn_binnen_vijf_werkdagen(toewijzing):
    verzoek = dien_in(toewijzing, wijziging(toewijzing, einddatum=date(2028, 5, 1)))
    assert verzoek.uiterlijk == date(2026, 11, 30)
    assert Taak.objects.open().get(soort=Taak.Soort.VERZOEK_BEOORDELEN).uiterlijk == date(2026, 11, 30)


def test_een_verzoek_tegelijk(toewijzing):
    dien_in(toewijzing)
    with pytest.raises(Geweigerd) as weigering:
        dien_in(toewijzing, referentie="VOW-2")
    assert weigering.value.reden == "9374"


def test_in_onderzoek_kan_een_keer_en_schuift_het_antwoord(toewijzing, backoffice):
    verzoek = dien_in(toewijzing)
    verzoeken.neem_in_onderzoek(verzoek=verzoek, door=backoffice, nu=moment())
    assert verzoek.uiterlijk == date(2027, 1, 15)  # dagtekening + 8 weken
    with pytest.raises(Geweigerd) as weigering:
        verzoeken.neem_in_onderzoek(verzoek=verzoek, door=backoffice, nu=moment())
    assert weigering.value.reden == "IN_ONDERZOEK"


def test_tweede_antwoord_leest_dat_er_een_is(toewijzing, backoffice):
    verzoek = dien_in(toewijzing)
    te_oud = Verzoek.objects.get(pk=verzoek.pk)
    verzoeken.wijs_af(verzoek=verzoek, reden="1", toelichting="", door=backoffice, nu=moment())
    for antwoord in (
        lambda: verzoeken.honoreer(verzoek=te_oud, door=backoffice, nu=moment()),
        lambda: verzoeken.wijs_af(verzoek=verzoek, reden="1", toelichting="", door=backoffice, nu=moment()),
    ):
        with pytest.raises(Geweigerd, match="Dit verzoek is al afgewezen") as weigering:
            antwoord()
        assert weigering.value.reden == "BEANTWOORD"
    assert toewijzing.versies.count() == 1


def test_langer_binnen_het_besluit_rekt_dezelfde_opdracht(toewijzing, backoffice):
    verzoek = dien_in(toewijzing, wijziging(toewijzing, einddatum=date(2028, 5, 1)))
    with pytest.raises(Geweigerd) as weigering:
        verzoeken.honoreer(verzoek=verzoek, door=backoffice, nu=moment())
    assert weigering.value.reden == "EVALUATIE"
    geevalueerd(toewijzing.voorziening.beschikking.zaak)
    verzoeken.honoreer(verzoek=verzoek, door=backoffice, nu=moment())
    versie = toewijzing.versies.first()
    assert (versie.versie, versie.einddatum, versie.reden_wijziging, versie.referentie_aanbieder) == (
        2,
        date(2028, 5, 1),
        "12",
        "VOW-1",
    )
    assert Toewijzing.objects.count() == 1


def test_meer_per_week_wordt_een_nieuwe_opdracht_die_aansluit(toewijzing, backoffice):
    verzoek = dien_in(toewijzing, wijziging(toewijzing, volume=150, gewenste_ingangsdatum=date(2026, 12, 7)))
    verzoeken.honoreer(verzoek=verzoek, door=backoffice, nu=moment())
    toewijzing.refresh_from_db()
    nieuw = Toewijzing.objects.exclude(pk=toewijzing.pk).get()
    assert toewijzing.einddatum == date(2026, 12, 6)
    assert (nieuw.ingangsdatum, nieuw.volume, nieuw.versies.get().reden_wijziging) == (date(2026, 12, 7), 150, "")


def test_meer_dan_het_besluit_wordt_geweigerd_en_alles_blijft(toewijzing, backoffice):
    verzoek = dien_in(toewijzing, wijziging(toewijzing, volume=500, gewenste_ingangsdatum=date(2026, 12, 7)))
    with pytest.raises(Geweigerd, match="past niet binnen het besluit"):
        verzoeken.honoreer(verzoek=verzoek, door=backoffice, nu=moment())
    toewijzing.refresh_from_db()
    verzoek.refresh_from_db()
    assert (toewijzing.einddatum, verzoek.status, toewijzing.versies.count()) == (date(2027, 10, 31), "ingediend", 1)


def test_afwijzen_sluit_het_verzoek_met_reden(toewijzing, backoffice):
    verzoek = dien_in(toewijzing)
    verzoeken.wijs_af(verzoek=verzoek, reden="7", toelichting="Zie evaluatie.", door=backoffice, nu=moment())
    assert (verzoek.status, verzoek.antwoord_reden) == ("afgewezen", "7")
    assert not Taak.objects.open().exists()

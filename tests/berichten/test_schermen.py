"""The monitor, the conversation, a message and a request, for the gemeente and for an aanbieder."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from berichten.actions import vragen
from berichten.models import Bericht
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, GemeenteFactory, ToewijzingFactory, aanstelling, moment
from wmo.models import Logregel, Verzoek
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def vraag_wijziging(toewijzing, door):
    vragen.vraag_wijziging(
        toewijzing=toewijzing,
        volume=150,
        einddatum=toewijzing.einddatum,
        gewenste_ingangsdatum=date(2026, 12, 7),
        reden="1",
        toelichting="",
        door=door,
        nu=moment(),
    )


def test_monitor_toont_wat_wacht_en_de_draad(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    vraag_wijziging(toewijzing, aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder))
    loop()
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    pagina = client.get(reverse("berichten:monitor")).content.decode()
    assert "Verzoek om wijziging" in pagina
    assert toewijzing.client.weergavenaam in pagina
    assert "Verzoek goedkeuren" in pagina
    assert "Opmerking bij de opdracht: “Bel eerst de dochter.”" in pagina
    assert toewijzing.client.bsn not in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_monitor_kost_evenveel_queries_bij_meer_berichten(
    client, als, aantal, map_, loop, nu, django_assert_num_queries, db
):
    aanbieder = AanbiederFactory(eigen_software=False)
    for _ in range(aantal):
        toewijzing = ToewijzingFactory(status="concept", aanbieder=aanbieder)
    maak_opdrachten()
    loop()
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    client.get(reverse("berichten:monitor-lijst", args=["alle"]))  # the look is on record once per quarter of an hour
    with django_assert_num_queries(24):
        client.get(reverse("berichten:monitor-lijst", args=["alle"]))


def test_een_andere_gemeente_ziet_niets(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    bericht = Bericht.objects.filter(kant="gemeente")[0]
    als(Rol.BACKOFFICE, gemeente=GemeenteFactory(code="0335"))
    assert client.get(reverse("berichten:bericht", args=[bericht.pk])).status_code == 404
    assert client.get(reverse("berichten:toewijzing", args=[toewijzing.pk])).status_code == 404
    assert toewijzing.client.weergavenaam not in client.get(reverse("berichten:monitor")).content.decode()


def test_consulent_leest_maar_ziet_geen_xml(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    bericht = Bericht.objects.filter(kant="gemeente", soort="301").get()
    als(Rol.CONSULENT, gemeente=toewijzing.gemeente)
    assert client.get(reverse("berichten:bericht", args=[bericht.pk])).status_code == 200
    assert client.get(reverse("berichten:technisch", args=[bericht.pk])).status_code == 403


def test_technisch_bericht_verbergt_het_bsn_en_legt_de_blik_vast(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    bericht = Bericht.objects.filter(kant="gemeente", soort="301").get()
    assert toewijzing.client.bsn.encode() in bericht.inhoud
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    pagina = client.get(reverse("berichten:technisch", args=[bericht.pk])).content.decode()
    assert "Client/ToegewezenProducten/ToegewezenProduct[1]/ToewijzingNummer" in pagina
    assert f"*****{toewijzing.client.bsn[-4:]}" in pagina
    assert toewijzing.client.bsn not in pagina
    assert Logregel.objects.filter(tekst__contains="technisch bekeken", object_id=str(bericht.pk)).exists()


def test_verzoek_afwijzen_met_reden_stuurt_een_319(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    vraag_wijziging(toewijzing, aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder))
    loop()
    verzoek = Verzoek.objects.get()
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    pad = reverse("berichten:verzoek", args=[verzoek.pk])
    assert client.post(pad, {"wat": "afwijzen"}).status_code == 422
    assert client.post(pad, {"wat": "afwijzen", "reden": "2", "toelichting": ""}).status_code == 302
    verzoek.refresh_from_db()
    assert (verzoek.status, verzoek.antwoord_reden) == ("afgewezen", "2")


def test_aanbieder_meldt_de_start_op_zijn_scherm(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    lijst = client.get(reverse("wmo:clienten")).content.decode()
    assert toewijzing.client.weergavenaam in lijst
    assert "Lees de opmerking" in lijst
    client.post(reverse("wmo:levering", args=[toewijzing.pk]), {"wat": "gelezen"})
    opdracht = client.get(reverse("wmo:levering", args=[toewijzing.pk])).content.decode()
    assert "Start melden" in opdracht
    antwoord = client.post(reverse("berichten:start-melden", args=[toewijzing.pk]), {"begindatum": "09-11-2026"})
    assert antwoord.status_code == 302
    loop()
    draad = client.get(reverse("berichten:aanbieder-toewijzing", args=[toewijzing.pk])).content.decode()
    assert "Hulp gestart op 09-11-2026" in draad
    assert "<strong>306</strong> goedgekeurd" in draad


def test_start_in_de_toekomst_blijft_op_de_pagina(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    antwoord = client.post(reverse("berichten:start-melden", args=[toewijzing.pk]), {"begindatum": "24-11-2026"})
    assert antwoord.status_code == 422
    assert "ligt in de toekomst" in antwoord.content.decode()
    assert not Bericht.objects.filter(soort="305").exists()


@pytest.mark.parametrize("aantal", [1, 3])
def test_mijn_clienten_kost_evenveel_queries_bij_meer_opdrachten(
    client, als, aantal, nu, django_assert_num_queries, db
):
    aanbieder = AanbiederFactory(eigen_software=False)
    for _ in range(aantal):
        ToewijzingFactory(aanbieder=aanbieder)
    als(Rol.PLANNING, aanbieder=aanbieder)
    with django_assert_num_queries(6):
        client.get(reverse("wmo:clienten"))


def test_aanbieder_ziet_geen_opdracht_van_een_ander(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    als(Rol.PLANNING, aanbieder=AanbiederFactory())
    assert client.get(reverse("wmo:levering", args=[toewijzing.pk])).status_code == 404
    assert client.get(reverse("berichten:start-melden", args=[toewijzing.pk])).status_code == 404
    assert toewijzing.client.weergavenaam not in client.get(reverse("wmo:clienten")).content.decode()


def test_aanbieder_met_eigen_software_meldt_daar(client, als, nu, db):
    toewijzing = ToewijzingFactory(aanbieder=AanbiederFactory(eigen_software=True))
    als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    pad = reverse("berichten:start-melden", args=[toewijzing.pk])
    assert "eigen software" in client.get(pad).content.decode()
    assert client.post(pad, {"begindatum": "09-11-2026"}).status_code == 422
    assert not Bericht.objects.exists()


def test_filter_vindt_op_toewijzing_en_op_kenmerk(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    kenmerk = Bericht.objects.get(kant="gemeente", soort="301").identificatie
    alle = reverse("berichten:monitor-lijst", args=["alle"])

    def vind(**filters: object) -> str:
        return strip_tags(client.get(alle, filters).content.decode())

    assert "Geen berichten gevonden" in vind(zoek="999")
    assert "1 t/m 2 van 2 berichten" in vind(zoek=toewijzing.toewijzingnummer)
    assert "1 t/m 1 van 1 berichten" in vind(zoek=kenmerk.lstrip("0"))
    assert "Geen berichten gevonden" in vind(code="9332")


def test_download_heeft_geen_namen_en_staat_in_het_logboek(client, als, toewijzing, loop, nu):
    maak_opdrachten()
    loop()
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    antwoord = client.get(reverse("berichten:download", args=["alle"]))
    assert antwoord["Content-Disposition"].startswith('attachment; filename="berichten-alle-')
    assert Logregel.objects.filter(soort=Logregel.Soort.EXPORT, tekst__contains="2 rijen").exists()


def test_bericht_zegt_wat_er_nu_moet(client, als, toewijzing, loop, nu):
    """Only what waits for somebody has buttons; the rest says that there is nothing to do, or who is to move."""
    maak_opdrachten()
    loop()
    door = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    vraag_wijziging(toewijzing, door)
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    opdracht = Bericht.objects.get(kant="gemeente", soort="301")
    pagina = client.get(reverse("berichten:bericht", args=[opdracht.pk])).content.decode()
    assert "U hoeft niets te doen." in pagina
    assert "Hoe is dit opgelost?" not in pagina
    loop()
    verzoek = Bericht.objects.get(kant="gemeente", soort="317")
    pagina = client.get(reverse("berichten:bericht", args=[verzoek.pk])).content.decode()
    assert "Open het verzoek bij Hoort bij. Antwoord uiterlijk 30-11-2026." in pagina
    assert "Ontvangst bevestigd" in pagina
    client.force_login(door.gebruiker, backend="allauth.account.auth_backends.AuthenticationBackend")
    eigen = Bericht.objects.get(kant="aanbieder", soort="317")
    pagina = client.get(reverse("berichten:aanbieder-bericht", args=[eigen.pk])).content.decode()
    assert "Zij antwoordt uiterlijk 30-11-2026." in pagina


def test_aanbieder_legt_een_afgekeurd_bericht_weg(client, als, toewijzing, loop, nu):
    """What was refused leaves "Actie nodig" once it was seen; where it is, and why, is in plain words."""
    maak_opdrachten()
    loop()
    als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    client.post(reverse("berichten:start-melden", args=[toewijzing.pk]), {"begindatum": "09-11-2026"})
    eigen = Bericht.objects.get(kant="aanbieder", soort="305")
    bevinding = {"regel": "TR074", "code": "9074", "klasse": "StartProduct[1]", "tekst": "Deze start is er al.",
                 "pad": "Bericht/Client/StartProducten/StartProduct[1]/Begindatum"}  # fmt: skip
    eigen.zet_status("afgekeurd", bevindingen=[bevinding])
    pad = reverse("berichten:aanbieder-bericht", args=[eigen.pk])
    pagina = client.get(pad).content.decode()
    assert "Start 1, begindatum:" in pagina
    assert "U hoeft niets te doen, of verwijder het oude." in pagina
    assert client.post(pad).status_code == 302
    eigen.refresh_from_db()
    assert eigen.afgehandeld_op == moment()
    assert "Alles is afgehandeld." in client.get(reverse("berichten:aanbieder")).content.decode()
    assert client.post(pad).status_code == 422


def test_herinneren_op_de_pagina_van_het_bericht(client, als, loop, monkeypatch, db):
    toewijzing = ToewijzingFactory(status="concept", aanbieder=AanbiederFactory(email="info@example.nl"))
    maak_opdrachten()
    loop()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment(date(2026, 11, 30)))
    als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    pad = reverse("berichten:bericht", args=[Bericht.objects.get(soort="301").pk])
    assert "Het antwoord moest er zijn op 26-11-2026." in client.get(pad).content.decode()
    antwoord = client.post(pad, {"wat": "herinner"}, follow=True).content.decode()
    assert "De aanbieder krijgt een herinnering." in antwoord
    assert "Herinnerd op 30-11-2026" in antwoord


def test_bericht_en_verzoek_bekijken_staat_in_het_logboek(client, als, toewijzing, loop, nu):
    """R-347: every look, once per quarter of an hour."""
    maak_opdrachten()
    loop()
    vraag_wijziging(toewijzing, aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder))
    loop()
    bericht = Bericht.objects.get(kant="gemeente", soort="317")
    wie = als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    for pad in ("berichten:bericht", "berichten:verzoek") * 2:
        client.get(reverse(pad, args=[bericht.pk if pad == "berichten:bericht" else bericht.verzoek_id]))
    gezien = Logregel.objects.filter(soort="lezen", aanstelling=wie, client=toewijzing.client)
    assert sorted(gezien.values_list("object_soort", flat=True)) == ["berichten.bericht", "wmo.verzoek"]

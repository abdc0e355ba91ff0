"""What the backoffice does with what waits: remind the aanbieder, put it on a name, find it back."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from berichten import tasks
from berichten.actions import opvolgen
from berichten.models import Bericht
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, GemeenteFactory, ToewijzingFactory, aanstelling, moment
from wmo.actions.kader import Geweigerd
from wmo.models import Contactpersoon, Logregel
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
LAAT = date(2026, 11, 30)  # a week after the 301 left: the 302 had three working days


@pytest.fixture
def wacht(db, loop) -> Bericht:
    """A 301 to an aanbieder with software of its own that does not answer."""
    aanbieder = AanbiederFactory(eigen_software=True, email="info@example.nl")
    Contactpersoon.objects.create(
        aanbieder=aanbieder, doel="administratie", naam="A. Test", email="administratie@example.nl", telefoon="06"
    )
    ToewijzingFactory(status="concept", aanbieder=aanbieder)
    maak_opdrachten()
    loop()
    return Bericht.objects.select_related("gemeente", "aanbieder", "client").get(soort="301")


@pytest.fixture
def kantoor(wacht):
    return aanstelling(Rol.BACKOFFICE, gemeente=wacht.gemeente)


@pytest.fixture
def op_de_dag(monkeypatch):
    """The clock of the views and the tasks."""

    def _zet(dag: date) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment(dag))

    return _zet


@pytest.fixture
def scherm(client, kantoor):
    client.force_login(kantoor.gebruiker, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_herinnering_gaat_naar_de_administratie_en_noemt_niemand(wacht, kantoor, op_de_dag):
    """S-120: nothing about persons; the number and the day are enough to find it."""
    opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT))
    op_de_dag(LAAT)
    tasks.stuur_herinneringen()
    tasks.stuur_herinneringen()
    (brief,) = mail.outbox
    assert brief.to == ["administratie@example.nl"]
    assert f"Opdracht (301), kenmerk {wacht.identificatie}, verstuurd op 23-11-2026" in brief.body
    assert "de 302 moest er zijn op 26-11-2026" in brief.body
    assert wacht.client is not None
    assert wacht.client.achternaam not in f"{brief.body}{brief.subject}"
    wacht.refresh_from_db()
    assert (wacht.herinnerd_op, wacht.herinnerd_door, wacht.herinnering_weg_op) == (
        moment(LAAT), kantoor, moment(LAAT)
    )  # fmt: skip


def test_een_mail_per_aanbieder_met_alles_wat_wacht(wacht, kantoor, loop, op_de_dag):
    ToewijzingFactory(status="concept", aanbieder=wacht.aanbieder)
    maak_opdrachten()
    loop()
    for bericht in Bericht.objects.filter(soort="301").select_related("gemeente", "aanbieder", "client"):
        opvolgen.herinner(bericht=bericht, door=kantoor, nu=moment(LAAT))
    op_de_dag(LAAT)
    tasks.stuur_herinneringen()
    (brief,) = mail.outbox
    assert brief.body.count("kenmerk") == 2


def test_niet_vaker_dan_een_keer_per_dag(wacht, kantoor):
    opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT))
    with pytest.raises(Geweigerd) as weigering:
        opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT, uur=17))
    assert weigering.value.reden == "AL_HERINNERD"
    opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT + timedelta(days=1)))
    assert Logregel.objects.filter(handeling="berichten.herinner").count() == 2


def test_voor_de_termijn_om_is_herinnert_niemand(wacht, kantoor):
    with pytest.raises(Geweigerd, match="mag nog komen tot en met 26-11-2026"):
        opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(date(2026, 11, 26)))


def test_zonder_adres_belt_men(wacht, kantoor):
    Contactpersoon.objects.all().delete()
    opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT))  # to the general address
    wacht.aanbieder.email = ""
    wacht.aanbieder.save()
    with pytest.raises(Geweigerd) as weigering:
        opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT + timedelta(days=1)))
    assert weigering.value.reden == "GEEN_ADRES"


def test_mail_die_niet_weg_kan_blijft_staan(wacht, kantoor, op_de_dag, settings):
    """The row is the queue: a mail server that is down only costs time."""
    opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT))
    op_de_dag(LAAT)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    with pytest.raises(OSError):
        tasks.stuur_herinneringen.run()
    assert Bericht.objects.te_herinneren().get() == wacht
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.stuur_herinneringen()
    assert len(mail.outbox) == 1


def test_wat_intussen_is_beantwoord_staat_niet_in_de_mail(wacht, kantoor, op_de_dag):
    opvolgen.herinner(bericht=wacht, door=kantoor, nu=moment(LAAT))
    wacht.zet_status(Bericht.Status.GOEDGEKEURD, beantwoord_op=moment(LAAT))
    op_de_dag(LAAT)
    tasks.stuur_herinneringen()
    assert not mail.outbox
    assert not Bericht.objects.te_herinneren().exists()


def test_op_naam_van_een_collega_die_dat_mag(wacht, kantoor):
    collega = aanstelling(Rol.BACKOFFICE, gemeente=wacht.gemeente)
    opvolgen.zet_op_naam(bericht=wacht, collega=collega, door=kantoor, nu=moment())
    wacht.refresh_from_db()
    assert wacht.behandelaar == collega
    opvolgen.zet_op_naam(bericht=wacht, collega=None, door=kantoor, nu=moment())
    assert Bericht.objects.get(pk=wacht.pk).behandelaar is None


@pytest.mark.parametrize("wie", ["andere gemeente", "consulent", "uit dienst"])
def test_niet_op_naam_van_wie_het_niet_mag(wacht, kantoor, wie):
    anders = {
        "andere gemeente": {"rol": Rol.BACKOFFICE, "gemeente": GemeenteFactory(code="0335")},
        "consulent": {"rol": Rol.CONSULENT, "gemeente": wacht.gemeente},
        "uit dienst": {"rol": Rol.BACKOFFICE, "gemeente": wacht.gemeente, "einddatum": date(2026, 11, 1)},
    }[wie]
    with pytest.raises(Geweigerd, match="mag dit bericht niet behandelen"):
        opvolgen.zet_op_naam(bericht=wacht, collega=aanstelling(**anders), door=kantoor, nu=moment())


# ------------------------------------------------------------------------------- screen


def test_bulk_herinnert_en_de_lijst_zegt_door_wie(wacht, kantoor, scherm, op_de_dag):
    op_de_dag(LAAT)
    lijst = reverse("berichten:monitor-lijst", args=["te-laat"])
    assert "Herinner aanbieder" in scherm.get(lijst).content.decode()
    gegevens = {"wat": "herinner", "bericht": [wacht.pk], "lijst": "te-laat", "query": "soort=301"}
    antwoord = scherm.post(reverse("berichten:gekozen"), gegevens)
    assert antwoord.url == f"{lijst}?soort=301"
    pagina = scherm.get(antwoord.url).content.decode()
    assert "De aanbieder krijgt een herinnering voor 1 bericht." in pagina
    assert f"Herinnerd op 30-11-2026 door {kantoor.gebruiker.naam}" in pagina
    pagina = scherm.post(reverse("berichten:gekozen"), gegevens, follow=True).content.decode()
    assert f"Bericht {wacht.identificatie}: De aanbieder is vandaag al herinnerd" in pagina


def test_bulk_zet_op_naam_en_het_filter_vindt_het_terug(wacht, kantoor, scherm, op_de_dag):
    op_de_dag(LAAT)
    collega = aanstelling(Rol.BACKOFFICE, gemeente=wacht.gemeente)
    gegevens = {"wat": "naam", "bericht": [wacht.pk], "collega": collega.pk}
    pagina = scherm.post(reverse("berichten:gekozen"), gegevens, follow=True).content.decode()
    assert f"1 bericht staat nu op naam van {collega.gebruiker.naam}." in pagina
    alle = reverse("berichten:monitor-lijst", args=["alle"])
    assert f"Op naam van {collega.gebruiker.naam}" in scherm.get(alle).content.decode()
    assert "Geen berichten gevonden" in scherm.get(alle, {"naam": "mij"}).content.decode()
    assert "Geen berichten gevonden" in scherm.get(alle, {"naam": "niemand"}).content.decode()
    scherm.post(reverse("berichten:gekozen"), {"wat": "vrijgeven", "bericht": [wacht.pk]})
    vrij = scherm.get(alle, {"naam": "niemand"}).content.decode()
    assert "Op naam van: Niemand" in vrij
    assert wacht.client.weergavenaam in vrij


@pytest.mark.parametrize(
    ("gegevens", "zin"),
    [
        ({"wat": "herinner"}, "Kies eerst een of meer berichten."),
        ({"wat": "naam", "bericht": ["{pk}"]}, "Kies eerst een collega."),
        ({"wat": "naam", "bericht": ["{pk}"], "collega": "999999"}, "Kies eerst een collega."),
        ({"wat": "weg", "bericht": ["{pk}"]}, "Kies eerst een of meer berichten."),
    ],
)
def test_bulk_zegt_wat_er_ontbreekt(wacht, scherm, op_de_dag, gegevens, zin):
    op_de_dag(LAAT)
    gegevens = gegevens | {"bericht": [pk.format(pk=wacht.pk) for pk in gegevens.get("bericht", [])]}
    antwoord = scherm.post(reverse("berichten:gekozen"), gegevens, follow=True)
    assert zin in antwoord.content.decode()
    assert Bericht.objects.get(pk=wacht.pk).behandelaar is None


def test_herinneren_vanuit_het_gesprek(wacht, scherm, op_de_dag):
    op_de_dag(LAAT)
    toewijzing = wacht.toewijzingen.get()
    pad = reverse("berichten:toewijzing", args=[toewijzing.pk])
    pagina = scherm.get(pad).content.decode()
    assert "Retour ontbreekt. Moest er zijn op 26-11-2026." in strip_tags(pagina)
    assert "Herinner aanbieder" in pagina
    gegevens = {"wat": "herinner", "bericht": wacht.pk, "toewijzing": toewijzing.pk}
    antwoord = scherm.post(reverse("berichten:gekozen"), gegevens)
    assert antwoord.url == pad
    pagina = scherm.get(pad).content.decode()
    assert "Herinnerd op 30-11-2026" in pagina
    assert "Herinner aanbieder" not in pagina


def test_bericht_van_een_andere_gemeente_blijft_zoals_het_is(wacht, client, op_de_dag):
    op_de_dag(LAAT)
    ander = aanstelling(Rol.BACKOFFICE, gemeente=GemeenteFactory(code="0335"))
    client.force_login(ander.gebruiker, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("berichten:gekozen"), {"wat": "herinner", "bericht": [wacht.pk]})
    wacht.refresh_from_db()
    assert wacht.herinnerd_op is None


def test_consulent_ziet_geen_knoppen(wacht, client, op_de_dag):
    op_de_dag(LAAT)
    consulent = aanstelling(Rol.CONSULENT, gemeente=wacht.gemeente)
    client.force_login(consulent.gebruiker, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Herinner aanbieder" not in client.get(reverse("berichten:monitor-lijst", args=["te-laat"])).content.decode()
    assert client.post(reverse("berichten:gekozen"), {"wat": "herinner", "bericht": [wacht.pk]}).status_code == 403


@pytest.mark.parametrize("aantal", [1, 3])
def test_actielijst_kost_evenveel_queries(wacht, scherm, loop, op_de_dag, aantal, django_assert_num_queries):
    for _ in range(aantal - 1):
        ToewijzingFactory(status="concept", aanbieder=wacht.aanbieder)
    maak_opdrachten()
    loop()
    op_de_dag(LAAT)
    Bericht.objects.update(behandelaar=aanstelling(Rol.BACKOFFICE, gemeente=wacht.gemeente))
    lijst = reverse("berichten:monitor-lijst", args=["te-laat"])
    scherm.get(lijst)  # the look is on record once per quarter of an hour
    with django_assert_num_queries(25):
        scherm.get(lijst)

"""The logboek on screen: whose lines, with or without content, page by page from a key."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import GemeenteFactory, ZaakFactory, aanstelling
from wmo.actions.logboek import noteer
from wmo.models import Achtergrondtaak, Logregel
from wmo.permissions import Rol
from wmo.rules.zegels import VELDEN, afdruk
from wmo.tasks import controleer_logboek, verzegel_logboek
from wmo.views import logboek

pytestmark = pytest.mark.django_db
NU = timezone.now()
LOG = "/beheer/log/"


@pytest.fixture
def zaak():
    return ZaakFactory()


@pytest.fixture
def schrijf(zaak):
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)

    def _schrijf(tekst="Hulpvraag gewijzigd: dweilen", minuten=0, **velden):
        gewoon = {"door": door, "nu": NU - timedelta(minutes=minuten), "handeling": "meldingen.wijzig", "over": zaak,
                  "tekst": tekst, "zaak": zaak, "reden": "Mevrouw belde"}  # fmt: skip
        return noteer(**gewoon | velden)

    return _schrijf


def als(client: Client, rol: Rol, **velden) -> Client:
    client.force_login(aanstelling(rol, **velden).gebruiker)
    return client


def test_toezichthouder_leest_alles_van_de_eigen_gemeente_en_niets_van_een_andere(client, zaak, schrijf):
    schrijf()
    ander = GemeenteFactory(code="0335")
    schrijf("Iets van Montfoort", zaak=None, gemeente=ander)
    pagina = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente).get(LOG).content.decode()
    assert "Hulpvraag gewijzigd: dweilen" in pagina
    assert zaak.zaaknummer in pagina
    assert "Iets van Montfoort" not in pagina


def test_beheerder_ziet_dat_er_iets_gebeurde_en_niet_wat(client, zaak, schrijf):
    """On screen and in both downloads."""
    schrijf()
    schrijf("Toegang gegeven als Consulent", zaak=None, reden="")
    beheerder = als(client, Rol.BEHEERDER)
    pagina = beheerder.get(LOG).content.decode()
    assert "Wijziging in een dossier (meldingen.wijzig)" in pagina
    assert "Toegang gegeven als Consulent" in pagina
    csv = beheerder.get(f"{LOG}download/?vorm=csv").content.decode()
    for tekst in (pagina, csv):
        for inhoud in ("dweilen", "Mevrouw belde", zaak.zaaknummer):
            assert inhoud not in tekst


def test_bladeren_gaat_vanaf_een_sleutel_en_mist_niets(client, zaak, schrijf, monkeypatch):
    """Lines of the same moment on the edge of a page, and new lines that arrive while one reads."""
    monkeypatch.setattr(logboek, "PER_PAGINA", 2)
    regels = [schrijf(f"Regel {n}", minuten=n // 3) for n in range(7)]
    lezer = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente)
    gelezen, url = [], LOG
    while url:
        antwoord = lezer.get(url)
        gelezen += [regel.rij.pk for regel in antwoord.context["regels"]]
        schrijf("Kwam er tussendoor bij", minuten=-1)
        url = antwoord.context["ouder"] and LOG + antwoord.context["ouder"]
    assert sorted(gelezen) == sorted(regel.pk for regel in regels)
    assert len(gelezen) == len(set(gelezen))


def test_onleesbare_sleutel_begint_vooraan(client, zaak, schrijf):
    schrijf()
    lezer = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente)
    for sleutel in ("x", "1_x", "1e999_1", "_", "nan_1"):
        assert len(lezer.get(LOG, {"na": sleutel}).context["regels"]) == 1


@pytest.mark.parametrize(
    ("vraag", "aantal"),
    [
        ({}, 2),
        ({"soort": "lezen"}, 1),
        ({"gebruiker": "bestaat niet"}, 0),
        ({"organisatie": "Gemeente Woerden", "van": "01-01-2020"}, 3),
        ({"tot": "01-01-2020"}, 0),
        ({"van": "geen datum"}, 3),
    ],
    ids=["laatste-30-dagen", "soort", "gebruiker", "organisatie", "tot", "onleesbaar"],
)
def test_filters(client, zaak, schrijf, vraag, aantal):
    schrijf()
    schrijf(soort=Logregel.Soort.LEZEN)
    schrijf("Lang geleden", minuten=60 * 24 * 90)
    antwoord = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente).get(LOG, vraag)
    assert len(antwoord.context["regels"]) == aantal


def test_download_heeft_de_hash_en_staat_zelf_in_het_logboek(client, zaak, schrijf):
    regel = schrijf("=gevaarlijk()")
    csv = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente).get(f"{LOG}download/?vorm=csv")
    tekst = csv.content.decode("utf-8-sig")
    assert afdruk({veld: getattr(regel, veld) for veld in VELDEN}).hex() in tekst
    assert "'=gevaarlijk()" in tekst
    assert "logboek-" in csv["Content-Disposition"]
    assert Logregel.objects.get(handeling="toezicht.download").tekst == "Logboek gedownload: 1 regels"


def test_keten_controleren_zegt_hoe_het_staat(client, zaak, schrijf):
    schrijf()
    verzegel_logboek()
    lezer = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente)
    antwoord = lezer.post(f"{LOG}controle/")
    taak = Achtergrondtaak.objects.get()
    assert antwoord["Location"] == f"/taken/{taak.pk}/"
    assert taak.invoer == {"gemeente": zaak.gemeente.pk}
    assert controleer_logboek(taak.pk)
    assert "Klopt. 1 regels, laatste zegel" in lezer.get(LOG).content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_hangt_niet_af_van_het_aantal_regels(client, zaak, schrijf, aantal, django_assert_num_queries):
    for _ in range(aantal):
        schrijf()
    lezer = als(client, Rol.TOEZICHTHOUDER, gemeente=zaak.gemeente)
    with django_assert_num_queries(7):
        assert lezer.get(LOG).status_code == 200

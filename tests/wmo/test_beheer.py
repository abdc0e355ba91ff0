"""Users, rules, contracts and profile on screen: what they say, and how many questions they ask the database."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import (
    AanbiederFactory,
    ContractFactory,
    GemeenteFactory,
    PerceelFactory,
    ToewijzingFactory,
    aanstelling,
)
from wmo.models import Aanstelling, Contactpersoon, Gemeenteregel, Regelvoorstel
from wmo.permissions import Recht, Rol
from wmo.rechtentaal import IN_WOORDEN, wat_mag
from wmo.rules.contractduur import besluit_verlenging_uiterlijk
from wmo.rules.kleine_aantallen import in_woorden
from wmo.views.contracten import cel

pytestmark = pytest.mark.django_db
VANDAAG = timezone.localdate()


def als(client: Client, rol: Rol, **velden) -> Client:
    client.force_login(aanstelling(rol, **velden).gebruiker)
    return client


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(
    ("rol", "pad", "vragen"),
    [
        (Rol.BEHEERDER, "/beheer/gebruikers/", 6),
        (Rol.BEHEERDER, "/beheer/regels/", 5),
        (Rol.REGIO, "/contracten/", 5),
        (Rol.REGIO, "/contracten/UW-HH-2023/", 5),
        (Rol.REGIO, "/aanbieders/", 5),
        (Rol.REGIO, "/regio/", 5),
    ],
    ids=lambda w: str(w),
)
def test_aantal_vragen_staat_vast(client, django_assert_num_queries, aantal, rol, pad, vragen):
    gemeente = GemeenteFactory()
    ContractFactory()
    for nummer in range(aantal):
        aanbieder = AanbiederFactory()
        PerceelFactory(aanbieder=aanbieder, gemeente=gemeente)
        Gemeenteregel.objects.create(
            gemeente=gemeente, sleutel="toegang", waarde="x", bron="x", ingangsdatum=date(2023, 1, 1 + nummer)
        )
        aanstelling(Rol.PLANNING, aanbieder=aanbieder)
    lezer = als(client, rol)
    with django_assert_num_queries(vragen):
        assert lezer.get(pad).status_code == 200


def test_gebruikerslijst_filtert_op_stand(client):
    actief = aanstelling(Rol.CONSULENT)
    Aanstelling.objects.filter(pk=actief.pk).update(gecontroleerd_op=VANDAAG)
    oud = aanstelling(Rol.CONSULENT)
    gestopt = aanstelling(Rol.CONSULENT, gestopt_op=timezone.now(), einddatum=VANDAAG)
    beheerder = als(client, Rol.BEHEERDER)

    def namen(stand):
        return {
            a.pk for a in beheerder.get("/beheer/gebruikers/", {"stand": stand, "rol": "consulent"}).context["pagina"]
        }

    assert namen("actief") == {actief.pk, oud.pk}
    assert namen("controleren") == {oud.pk}
    assert namen("gestopt") == {gestopt.pk}


def test_uitnodigen_met_fouten_bewaart_de_invoer(client):
    antwoord = als(client, Rol.BEHEERDER).post(
        "/beheer/gebruikers/uitnodigen/",
        {"naam": "N. Nieuw", "email": "geen mail", "rol": "consulent", "ingangsdatum": "23-11-2026"},
    )
    assert antwoord.status_code == 422
    pagina = antwoord.content.decode()
    assert "Vul een e-mailadres in, bijvoorbeeld naam@example.nl." in pagina
    assert "Kies de gemeente waar deze persoon werkt." in pagina
    assert 'value="N. Nieuw"' in pagina


def test_verboden_combinatie_van_rollen_komt_als_zin_op_het_scherm(client):
    regio = aanstelling(Rol.REGIO)
    antwoord = als(client, Rol.BEHEERDER).post(
        "/beheer/gebruikers/uitnodigen/",
        {"naam": "X", "email": regio.gebruiker.email, "rol": "consulent", "gemeente": GemeenteFactory().pk,
         "ingangsdatum": "23-11-2026"},
    )  # fmt: skip
    assert antwoord.status_code == 422
    assert "De rol Consulent kan niet samen met Regionale inkoop." in antwoord.content.decode()


def test_regel_voorstellen_en_door_een_ander_laten_vaststellen(client):
    gemeente = GemeenteFactory()
    beleid = als(client, Rol.BELEIDSMEDEWERKER, gemeente=gemeente)
    vanaf = VANDAAG + timedelta(days=30)
    gegevens = {"waarde": "nee", "ingangsdatum": f"{vanaf:%d-%m-%Y}", "bron": "Verordening, artikel 3"}
    assert beleid.post("/beheer/regels/pauze_307/voorstel/", gegevens)["Location"] == "/beheer/regels/pauze_307/"
    voorstel = Regelvoorstel.objects.get()
    assert voorstel.waarde is False
    beleid.post(f"/beheer/regels/voorstel/{voorstel.pk}/besluit/", {"besluit": "vast"})
    assert "Een collega moet het vaststellen" in beleid.get("/beheer/regels/pauze_307/").content.decode()
    als(client, Rol.BEHEERDER).post(f"/beheer/regels/voorstel/{voorstel.pk}/besluit/", {"besluit": "vast"})
    assert Gemeenteregel.objects.waarde(gemeente, "pauze_307", op=vanaf) is False


def test_contractblad_noemt_de_dag_van_het_besluit_en_geen_inwoner(client):
    ContractFactory()
    pagina = als(client, Rol.REGIO).get("/contracten/UW-HH-2023/").content.decode()
    assert "Besluit over verlenging uiterlijk 01-07-2027." in pagina


@pytest.mark.parametrize(
    ("einde", "uiterste", "dag"),
    [
        (date(2027, 12, 31), date(2031, 12, 31), date(2027, 7, 1)),
        (date(2031, 12, 31), date(2031, 12, 31), None),
        (date(2027, 8, 30), date(2029, 8, 30), date(2027, 2, 28)),
    ],
    ids=["jaareinde", "geen-verlenging-meer", "kort-februari"],
)
def test_besluit_verlenging(einde, uiterste, dag):
    assert besluit_verlenging_uiterlijk(einde, uiterste) == dag


@pytest.mark.parametrize(
    ("periodes", "woord", "sinds"),
    [
        ([], "Nee", ""),
        ([(date(2023, 1, 1), None)], "Ja", "sinds 01-01-2023"),
        ([(date(2023, 1, 1), date(2026, 12, 31))], "Stopt", "t/m 31-12-2026"),
        ([(date(2027, 1, 1), None)], "Straks", "vanaf 01-01-2027"),
        ([(date(2023, 1, 1), date(2024, 12, 31))], "Gestopt", "t/m 31-12-2024"),
        ([(date(2023, 1, 1), date(2024, 12, 31)), (date(2026, 1, 1), None)], "Ja", "sinds 01-01-2026"),
    ],
)
def test_cel_van_de_matrix_zegt_het_in_woorden(periodes, woord, sinds):
    gemeente, aanbieder = GemeenteFactory(), AanbiederFactory()
    percelen = [
        PerceelFactory(aanbieder=aanbieder, gemeente=gemeente, ingangsdatum=van, einddatum=tot) for van, tot in periodes
    ]
    uit = cel(percelen, gemeente, date(2026, 11, 23))
    assert (uit.woord, uit.sinds) == (woord, sinds)


def test_aanbieder_met_contactpersonen_voor_drie_doelen(client):
    aanbieder = AanbiederFactory(naam="Zorg Proef", slug="zorg-proef")
    for doel in Contactpersoon.Doel:
        Contactpersoon.objects.create(
            aanbieder=aanbieder, doel=doel, naam=f"Piet {doel}", email="p@example.nl", telefoon=""
        )
    pagina = als(client, Rol.REGIO).get("/aanbieders/zorg-proef/").content.decode()
    assert all(f"Piet {doel}" in pagina for doel in Contactpersoon.Doel)


def test_profiel_zegt_in_gewone_taal_wat_iemand_mag(client):
    pagina = als(client, Rol.MANDAATHOUDER).get("/profiel/").content.decode()
    assert "een beschikking ondertekenen" in pagina
    assert "gebruikers uitnodigen" not in pagina


def test_elk_recht_heeft_woorden():
    assert IN_WOORDEN.keys() == set(Recht)
    assert wat_mag(Rol.TOEZICHTHOUDER) == ["de rapportage van uw gemeente zien", "het logboek lezen"]


def test_sneltoetsen_gaan_aan_en_uit(client):
    lezer = als(client, Rol.CONSULENT)
    assert b"data-sneltoetsen" not in lezer.get("/profiel/").content
    lezer.post("/profiel/", {"sneltoetsen": "aan"})
    assert b"data-sneltoetsen" in lezer.get("/profiel/").content
    lezer.post("/profiel/", {"sneltoetsen": "uit"})
    assert b"data-sneltoetsen" not in lezer.get("/profiel/").content


def test_wie_geen_rol_meer_heeft_leest_dat_in_het_profiel(client):
    a = aanstelling(Rol.CONSULENT, einddatum=date(2024, 1, 1))
    client.force_login(a.gebruiker)
    assert "U hebt nu geen toegang." in client.get("/profiel/").content.decode()


@pytest.mark.parametrize(
    ("aantal", "woorden"),
    [(0, "0"), (1, "minder dan 5"), (4, "minder dan 5"), (5, "5"), (1284, "1.284")],
)
def test_kleine_aantallen_wijzen_niemand_aan(aantal, woorden):
    assert in_woorden(aantal) == woorden


def test_regio_ziet_op_scherm_en_in_de_download_hetzelfde_zonder_totaal(client):
    """Seven in one gemeente and two in another: the two are hidden, and no sum gives them away."""
    gemeenten = [GemeenteFactory(), GemeenteFactory(code="0335")]
    for gemeente, aantal in zip(gemeenten, (7, 2), strict=True):
        for _ in range(aantal):
            ToewijzingFactory(voorziening__beschikking__zaak__client__gemeente=gemeente)
    lezer = als(client, Rol.REGIO)
    rijen = lezer.get("/regio/").context["rijen"]
    assert rijen == [("Hulp bij het huishouden", [("Montfoort", "minder dan 5"), ("Woerden", "7")])]
    blad = load_workbook(BytesIO(lezer.get("/regio/download/").content)).active
    assert [cel.value for cel in list(blad.rows)[-1]] == ["Hulp bij het huishouden", "minder dan 5", "7"]


def test_regio_begint_bij_haar_cijfers(client):
    assert als(client, Rol.REGIO).get("/")["Location"] == "/regio/"


@pytest.mark.parametrize("pad", ["/privacy/", "/toegankelijkheid/"])
def test_uitleg_is_zonder_inloggen_te_lezen(client, pad):
    assert client.get(pad).status_code == 200

"""Plan, normenkader and beschikking together: who may, what they cost, what they never show."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import GemeenteFactory, ProductFactory
from tests.factories.besluit import concept, klaar_om_te_tekenen, met_plan, toekenning, zaak_met_aanvraag
from tests.wmo.views.paden import url
from wmo.actions import plannen
from wmo.keten import ketencontrole
from wmo.models import Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def zaak():
    return zaak_met_aanvraag()


PAGINAS = [
    ("plan", ()),
    ("normenkader", ()),
    ("normenkader-soort", ("begeleiding",)),
    ("normenkader-soort", ("verblijf",)),
    ("beschikking", ()),
]


@pytest.mark.parametrize(("naam", "rest"), PAGINAS)
def test_lezen_kan_wie_het_dossier_leest_en_een_ander_ziet_niets(als, zaak, naam, rest):
    pad = url(naam, zaak, *rest)
    assert als(Rol.CONSULENT).get(pad).status_code == 200
    assert als(Rol.MANDAATHOUDER).get(pad).status_code == 200
    assert als(Rol.CONSULENT, gemeente=GemeenteFactory(code="0335")).get(pad).status_code == 404
    for rol in (Rol.PLANNING, Rol.REGIO, Rol.BEHEERDER, Rol.BELEIDSMEDEWERKER):
        assert als(rol).get(pad).status_code == 403


@pytest.mark.parametrize(
    ("naam", "rest", "rol"),
    [
        ("plan-vaststellen", (), Rol.BACKOFFICE),
        ("beschikking-stap", ("soort",), Rol.MANDAATHOUDER),
        ("beschikking-tekenen", (), Rol.CONSULENT),
        ("normenkader-reken", ("huishouden",), Rol.BACKOFFICE),
    ],
)
def test_schrijven_zonder_recht_is_403(als, zaak, naam, rest, rol):
    assert als(rol).post(url(naam, zaak, *rest)).status_code == 403


def test_dossier_toont_of_alles_klopt(als, zaak):
    met_plan(zaak)
    pagina = als(Rol.CONSULENT).get(url("zaak", zaak)).text
    assert "Klopt alles met elkaar?" in pagina
    assert "Het plan heeft 1 doel met een datum." in pagina


def test_geen_bsn_op_deze_paginas(als, zaak):
    klaar_om_te_tekenen(zaak)
    mandaathouder = als(Rol.MANDAATHOUDER)
    assert zaak.client.bsn
    for naam in ("plan", "normenkader", "beschikking", "beschikking-tekenen"):
        assert zaak.client.bsn not in mandaathouder.get(url(naam, zaak)).text


def gevuld(aantal):
    """A case with so many products in plan and decision."""
    zaak = zaak_met_aanvraag()
    producten = [ProductFactory(code=f"01A{n:02d}", naam=f"Hulp {n}") for n in range(aantal)]
    met_plan(zaak, ondersteuning=[plannen.Ondersteuningdeel(product, 60) for product in producten])
    concept(zaak, *(toekenning(60, product=product) for product in producten))
    return zaak


@pytest.mark.parametrize("aantal", [1, 3])
def test_controle_kost_evenveel_vragen_hoeveel_er_ook_te_vergelijken_is(aantal, django_assert_num_queries):
    zaak = Zaak.objects.get(pk=gevuld(aantal).pk)
    with django_assert_num_queries(14):
        ketencontrole(zaak, op=date(2026, 11, 23))


def vragen(client, pad):
    """How many queries a page takes once the look was recorded; the dossier head counts panels of other apps too."""
    client.get(pad)
    with CaptureQueriesContext(connection) as gevangen:
        assert client.get(pad).status_code == 200
    return len(gevangen)


@pytest.mark.parametrize(
    ("naam", "rest"),
    [("plan", ()), ("beschikking-stap", ("controle",)), ("beschikking-stap", ("voorbeeld",)), ("beschikking", ())],
)
def test_aantal_vragen_groeit_niet_met_de_inhoud(als, naam, rest):
    bezoeker = als(Rol.MANDAATHOUDER if naam == "beschikking" else Rol.CONSULENT)
    een, drie = (vragen(bezoeker, url(naam, gevuld(aantal), *rest)) for aantal in (1, 3))
    assert een == drie

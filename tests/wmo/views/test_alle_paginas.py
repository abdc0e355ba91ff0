"""Every page of a dossier in one go: who reaches it, who does not, and that it says whose case it is."""

import pytest
from django.urls import reverse

from tests.factories import AanstellingFactory, ClientFactory, GemeenteFactory, OnderzoekFactory, ZaakFactory
from wmo.permissions import Rol

PAGINAS = [
    "zaak",
    "melding",
    "onderzoek",
    "documenten",
    "notities",
    "inzage",
    "aanvraag",
    "opschorten",
    "hervatten",
    "overdragen",
    "intrekken",
    "doorverwijzen",
    "overlijden",
    "berichtenverkeer",
    "contact",
    "toestemming",
    "spoed-melden",
]


@pytest.mark.parametrize("pagina", PAGINAS)
def test_consulent_ziet_elke_pagina_van_een_eigen_zaak(als, pagina):
    zaak = OnderzoekFactory(besproken=3).zaak
    antwoord = als(Rol.CONSULENT).get(reverse(f"wmo:{pagina}", args=[zaak.zaaknummer]))
    assert antwoord.status_code == 200
    assert zaak.client.achternaam in antwoord.text
    assert zaak.client.bsn not in antwoord.text


@pytest.mark.parametrize("pagina", PAGINAS)
def test_zaak_van_een_andere_gemeente_bestaat_niet(als, pagina):
    zaak = ZaakFactory(client=ClientFactory(gemeente=GemeenteFactory(code="0335")))
    assert als(Rol.CONSULENT).get(reverse(f"wmo:{pagina}", args=[zaak.zaaknummer])).status_code == 404


@pytest.mark.parametrize("rol", [Rol.REGIO, Rol.BELEIDSMEDEWERKER, Rol.PLANNING, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
@pytest.mark.parametrize("pagina", PAGINAS)
def test_zonder_recht_op_dossiers_is_elke_pagina_dicht(als, pagina, rol):
    zaak = ZaakFactory()
    antwoord = als(aanstelling_=AanstellingFactory(rol=rol)).get(reverse(f"wmo:{pagina}", args=[zaak.zaaknummer]))
    assert antwoord.status_code in (403, 404)
    assert zaak.client.achternaam not in antwoord.text


@pytest.mark.parametrize("pagina", ["melding", "opschorten", "intrekken", "contact", "inzage"])
def test_backoffice_mist_het_recht_op_onderzoek(als, pagina):
    zaak = ZaakFactory()
    assert als(Rol.BACKOFFICE).get(reverse(f"wmo:{pagina}", args=[zaak.zaaknummer])).status_code == 403
    assert als(Rol.BACKOFFICE).get(reverse("wmo:zaak", args=[zaak.zaaknummer])).status_code == 200


@pytest.mark.parametrize("naam", ["werkvoorraad", "taken", "zoeken", "melding-nieuw"])
def test_lijsten_en_zoeken_openen(als, naam):
    assert als(Rol.CONSULENT).get(reverse(f"wmo:{naam}")).status_code == 200
    assert als(Rol.REGIO).get(reverse(f"wmo:{naam}")).status_code == 403


@pytest.mark.django_db
def test_wie_niet_is_ingelogd_gaat_naar_inloggen(client):
    zaak = ZaakFactory()
    antwoord = client.get(reverse("wmo:zaak", args=[zaak.zaaknummer]))
    assert antwoord.status_code == 302
    assert antwoord.url.startswith("/inloggen/")

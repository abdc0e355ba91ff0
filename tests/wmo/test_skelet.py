"""The skeleton of every page: who sees which menu, and habits of the front end that a reviewer would miss."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import timezone

from config import frontend
from config.errors import foutpagina, handler404, handler500
from tests.factories.wmo import aanstelling
from wmo import menu as menumodule
from wmo.context import demo_accounts
from wmo.menu import MENU, Onderdeel, menu
from wmo.models import Demo
from wmo.permissions import ROLRECHTEN, Recht, Rol

SJABLONEN = sorted((Path(instellingen.BASE_DIR) / "templates").rglob("*.html"))


@dataclass
class Pet:
    rol: Rol

    def mag(self, recht: Recht) -> bool:
        return recht in ROLRECHTEN[self.rol]


urlpatterns = [path("werkvoorraad/", foutpagina, name="werk"), path("tarieven/", foutpagina, name="tarieven")]


def verzoek(rol: Rol | None, pad: str = "/") -> HttpRequest:
    request = RequestFactory().get(pad)
    request.aanstelling = Pet(rol) if rol else None  # type: ignore[attr-defined]
    return request


@pytest.fixture
def klein_menu(monkeypatch: pytest.MonkeyPatch) -> None:
    onderdelen = (
        Onderdeel("Werkvoorraad", "werk", "clock", Recht.WERKVOORRAAD, ("/zaken/",)),
        Onderdeel("Tarieven", "tarieven", "clock", Recht.TARIEVEN_LEZEN),
        Onderdeel("Nog niet gebouwd", "nergens:te-vinden", "clock", Recht.WERKVOORRAAD),
    )
    monkeypatch.setattr(menumodule, "MENU", onderdelen)


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.usefixtures("klein_menu")
def test_menu_toont_alleen_wat_mag_en_bestaat() -> None:
    assert [keuze.label for keuze in menu(verzoek(Rol.CONSULENT))] == ["Werkvoorraad"]
    assert [keuze.label for keuze in menu(verzoek(Rol.REGIO))] == ["Tarieven"]
    assert menu(verzoek(None)) == []


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.usefixtures("klein_menu")
def test_menu_wijst_aan_waar_men_is() -> None:
    assert [k.hier for k in menu(verzoek(Rol.BACKOFFICE, "/werkvoorraad/"))] == ["page", ""]
    assert [k.hier for k in menu(verzoek(Rol.BACKOFFICE, "/zaken/WMO-2026-004182/"))] == ["true", ""]


def test_regio_krijgt_geen_ingang_tot_personen() -> None:
    rechten = {o.recht for o in MENU if o.recht in ROLRECHTEN[Rol.REGIO]}
    personen = {Recht.WERKVOORRAAD, Recht.ZOEKEN, Recht.DOSSIER_LEZEN, Recht.EIGEN_CLIENTEN, Recht.BERICHTEN_LEZEN}
    assert rechten.isdisjoint(personen)


@pytest.mark.parametrize("sjabloon", SJABLONEN, ids=lambda s: str(s.relative_to(instellingen.BASE_DIR / "templates")))
def test_sjabloon_past_bij_de_csp(sjabloon: Path) -> None:
    tekst = sjabloon.read_text()
    assert not re.search(r"\sstyle=", tekst), "een strikte CSP weigert style=: gebruik een klasse of <progress>"
    assert not re.search(r"<script(?![^>]*\bsrc=)", tekst)
    assert not re.search(r"\son[a-z]+=\"", tekst)
    assert len(tekst.splitlines()) <= 130


def test_elk_icoon_bestaat() -> None:
    for naam in {*frontend.icoonnamen(), *(o.icoon for o in MENU)}:
        assert finders.find(f"iconen/{naam}.svg"), naam


def test_eigen_script_blijft_klein() -> None:
    assert (Path(instellingen.BASE_DIR) / "static" / "wmo.js").stat().st_size < 4096


@pytest.mark.django_db
def test_inlogpagina_biedt_buiten_de_oefenomgeving_niemand_aan(client: Client) -> None:
    antwoord = client.get("/inloggen/")
    assert b"Oefenen zonder wachtwoord" not in antwoord.content
    assert "unsafe-inline" not in antwoord["Content-Security-Policy"]
    assert demo_accounts() == []


@pytest.mark.django_db
def test_verkeerd_wachtwoord_verraadt_geen_account(client: Client) -> None:
    antwoord = client.post("/inloggen/", {"login": "niemand@example.nl", "password": "fout-wachtwoord"})
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar." in antwoord.content.decode()
    assert "<title>Fout: Inloggen" in antwoord.content.decode()


def test_foutpagina_heeft_geen_database_nodig() -> None:
    antwoord = handler500(RequestFactory().get("/"))
    assert antwoord.status_code == 500
    assert b"wmo-merk" in antwoord.content


@pytest.mark.django_db
def test_te_lang_open_zegt_wat_te_doen() -> None:
    antwoord = Client(enforce_csrf_checks=True).post("/inloggen/", {"login": "x@example.nl"})
    assert antwoord.status_code == 403
    assert "Deze pagina was te lang open" in antwoord.content.decode()
    assert "Laad de pagina opnieuw" in antwoord.content.decode()


@pytest.mark.django_db
def test_oefenomgeving_biedt_accounts_aan_zonder_wachtwoord(client: Client, settings: Any) -> None:
    settings.INGEBOUWD = True
    Demo.objects.create(gemaakt_op=timezone.now())
    consulent = aanstelling(Rol.CONSULENT)
    pagina = client.get("/inloggen/").content.decode()
    assert "Oefenen zonder wachtwoord" in pagina
    assert f'Inloggen<span class="wmo-vh"> als {consulent.gebruiker.naam}, Consulent' in pagina
    client.post("/inloggen/oefenen/", {"email": consulent.gebruiker.email})
    assert client.session["_auth_user_id"] == str(consulent.gebruiker.pk)


@pytest.mark.django_db
def test_wie_meer_rollen_heeft_kan_wisselen(client: Client) -> None:
    eerste = aanstelling(Rol.CONSULENT)
    client.force_login(eerste.gebruiker)
    assert "Ik werk nu voor" not in client.get("/account/2fa/").content.decode()
    tweede = aanstelling(Rol.BELEIDSMEDEWERKER, gebruiker=eerste.gebruiker, gemeente=eerste.gemeente)
    pagina = client.get("/account/2fa/").content.decode()
    assert f'name="aanstelling" value="{tweede.pk}"' in pagina
    client.post("/wissel/", {"aanstelling": tweede.pk})
    assert f'value="{tweede.pk}" aria-current="true"' in client.get("/account/2fa/").content.decode()


@pytest.mark.django_db
def test_foutpagina_vraagt_de_database_niets(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    request = rf.get("/bestaat-niet/")
    request.user = aanstelling(Rol.CONSULENT).gebruiker
    with django_assert_num_queries(0):
        assert handler404(request, Exception()).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("adres", ["/zaken/WMO%00/", "/contracten/?contract=%00"])
def test_een_adres_met_een_nul_bestaat_niet(client: Client, adres: str) -> None:
    client.force_login(aanstelling(Rol.BACKOFFICE).gebruiker)
    assert client.get(adres).status_code == 404

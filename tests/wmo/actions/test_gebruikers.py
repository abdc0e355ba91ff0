"""Letting people in and out (R-116, R-002)."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories import (
    VANDAAG,
    AanbiederFactory,
    GebruikerFactory,
    GemeenteFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wmo.actions import gebruikers
from wmo.actions.kader import Geweigerd
from wmo.models import Aanstelling, Gebruiker, Logregel
from wmo.permissions import PERSOONSROLLEN, Rol
from wmo.tasks import stuur_uitnodiging

pytestmark = pytest.mark.django_db
ADRES = "https://wmo.example.nl"


def nodig_uit(rol=Rol.CONSULENT, **velden):
    gewoon = {
        "email": "N.Nieuw@example.nl", "naam": "N. Nieuw", "rol": rol, "gemeente": GemeenteFactory(),
        "aanbieder": AanbiederFactory(naam="Zorg Proef"), "ingangsdatum": VANDAAG, "adres": ADRES,
        "door": velden.pop("door", None) or aanstelling(Rol.BEHEERDER), "nu": moment(),
    }  # fmt: skip
    return gebruikers.nodig_uit(**gewoon | velden)


@pytest.mark.parametrize(
    ("rol", "organisatie"),
    [(Rol.CONSULENT, "Gemeente Woerden"), (Rol.PLANNING, "Zorg Proef"), (Rol.REGIO, "Regionale inkoop")],
)
def test_uitnodigen_geeft_een_rol_bij_de_organisatie_die_erbij_past(rol, organisatie):
    a = nodig_uit(rol)
    assert (a.organisatienaam, a.gebruiker.email, a.gecontroleerd_op) == (organisatie, "n.nieuw@example.nl", VANDAAG)
    regel = Logregel.objects.get(handeling="gebruikers.nodig_uit")
    assert regel.soort == Logregel.Soort.TOEGANG
    assert "Nieuw" not in regel.tekst + str(regel.details)


def test_alleen_de_beheerder_nodigt_uit():
    with pytest.raises(PermissionDenied):
        nodig_uit(door=aanstelling(Rol.BELEIDSMEDEWERKER))
    assert not Gebruiker.objects.filter(email="n.nieuw@example.nl").exists()


@pytest.mark.parametrize(
    ("rol", "velden"), [(Rol.CONSULENT, {"gemeente": None}), (Rol.PLANNING, {"aanbieder": None}), (Rol.SYSTEEM, {})]
)
def test_een_rol_zonder_de_organisatie_die_erbij_hoort_wordt_geweigerd(rol, velden):
    with pytest.raises(Geweigerd):
        nodig_uit(rol, **velden)


@pytest.mark.parametrize("rol", sorted(PERSOONSROLLEN))
def test_regio_en_een_rol_die_personen_ziet_sluiten_elkaar_uit(rol):
    """Both ways, in words; and the database refuses what goes around the action."""
    nodig_uit(rol)
    with pytest.raises(Geweigerd, match="De rol Regionale inkoop kan niet samen met"):
        nodig_uit(Rol.REGIO)
    nodig_uit(Rol.REGIO, email="regio@example.nl")
    with pytest.raises(Geweigerd, match="kan niet samen met Regionale inkoop"):
        nodig_uit(rol, email="regio@example.nl")
    regio = Gebruiker.objects.get(email="regio@example.nl")
    with pytest.raises(IntegrityError, match="aanstelling_regio_ziet_geen_personen"), transaction.atomic():
        aanstelling(rol, gebruiker=regio)


def test_regio_mag_na_het_einde_van_de_andere_rol():
    oud = nodig_uit(Rol.CONSULENT)
    Aanstelling.objects.filter(pk=oud.pk).update(ingangsdatum=date(2025, 1, 1), einddatum=VANDAAG - timedelta(days=1))
    assert nodig_uit(Rol.REGIO).gebruiker == oud.gebruiker


def test_twee_keer_dezelfde_rol_wordt_geweigerd():
    nodig_uit()
    with pytest.raises(Geweigerd, match="heeft deze rol al"):
        nodig_uit()


def test_mail_heeft_een_link_die_werkt_en_geen_persoonsgegevens(client: Client):
    gebruiker = nodig_uit().gebruiker
    stuur_uitnodiging(gebruiker.pk, ADRES)
    [bericht] = mail.outbox
    assert bericht.to == ["n.nieuw@example.nl"]
    assert "Nieuw" not in f"{bericht.subject} {bericht.body}"
    assert "Woerden" not in bericht.body
    [pad] = re.findall(rf"{ADRES}(/account/\S+)", str(bericht.body))
    pagina = client.get(pad, follow=True)
    assert b"Nieuw wachtwoord kiezen" in pagina.content
    client.post(
        pagina.request["PATH_INFO"], {"password1": "een-lang-wachtwoord-9", "password2": "een-lang-wachtwoord-9"}
    )
    gebruiker.refresh_from_db()
    assert gebruiker.check_password("een-lang-wachtwoord-9")


def test_wie_een_wachtwoord_heeft_krijgt_geen_nieuwe_uitnodiging():
    bekend = aanstelling(Rol.CONSULENT, gebruiker=GebruikerFactory(email="bekend@example.nl"))
    with pytest.raises(Geweigerd, match="heeft al een wachtwoord"):
        gebruikers.stuur_opnieuw(aanstelling=bekend, adres=ADRES, door=aanstelling(Rol.BEHEERDER), nu=moment())


def stop(a, **velden):
    gewoon = {"aanstelling": a, "reden": "Uit dienst", "door": aanstelling(Rol.BEHEERDER), "nu": moment()}
    return gebruikers.stop_toegang(**gewoon | velden)


def test_stoppen_werkt_meteen_en_beeindigt_elke_sessie(client: Client):
    """Not tomorrow: the next request of a session that is open already is a stranger's."""
    a = aanstelling(Rol.CONSULENT)
    client.force_login(a.gebruiker)
    assert client.get("/profiel/").status_code == 200
    stop(a)
    assert client.get("/profiel/").status_code == 302
    assert not Aanstelling.objects.actief(op=VANDAAG).filter(pk=a.pk).exists()
    a.refresh_from_db()
    assert (a.einddatum, a.gestopt_op) == (VANDAAG, moment())


def test_stoppen_laat_een_andere_rol_van_dezelfde_persoon_bestaan(client: Client):
    a = aanstelling(Rol.CONSULENT)
    ander = aanstelling(Rol.BELEIDSMEDEWERKER, gebruiker=a.gebruiker)
    stop(a)
    assert list(Aanstelling.objects.actief(op=VANDAAG).filter(gebruiker=a.gebruiker)) == [ander]


def test_stoppen_telt_de_zaken_die_over_te_dragen_zijn():
    a = aanstelling(Rol.CONSULENT)
    ZaakFactory(behandelaar=a)
    ZaakFactory(behandelaar=a, status="beeindigd")
    assert stop(a) == 1


def test_niemand_stopt_zichzelf_en_niemand_stopt_twee_keer():
    beheerder = aanstelling(Rol.BEHEERDER)
    with pytest.raises(Geweigerd, match="eigen toegang"):
        stop(beheerder, door=beheerder)
    a = aanstelling(Rol.CONSULENT)
    stop(a)
    with pytest.raises(Geweigerd, match="al gestopt"):
        stop(a)


def test_controle_staat_met_de_dag_bij_de_rol():
    a = aanstelling(Rol.CONSULENT)
    gebruikers.bevestig(aanstelling=a, door=aanstelling(Rol.BEHEERDER), nu=moment())
    a.refresh_from_db()
    assert a.gecontroleerd_op == VANDAAG

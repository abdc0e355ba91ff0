"""What every action and every table leans on: the frame of an action, append-only tables, states, scopes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.factories import (
    AanstellingFactory,
    ClientFactory,
    GemeenteFactory,
    ToewijzingFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wmo.actions import logboek
from wmo.actions.kader import IntussenGewijzigd, actie, binnen_actie
from wmo.models import Aanstelling, Client, Levering, Logregel, OngeldigeOvergang, ToewijzingVersie, Zaak
from wmo.permissions import Recht, Rol

pytestmark = pytest.mark.django_db


@actie(Recht.ONDERZOEKEN)
def doe_iets(*, zaak: Zaak, door: Aanstelling, nu, log: bool = True, mislukt: bool = False) -> None:
    Zaak.objects.filter(pk=zaak.pk).update(hulpvraag="anders")
    if log:
        logboek.noteer(door=door, nu=nu, handeling="proef.doe", over=zaak, zaak=zaak, tekst="Iets gedaan")
    if mislukt:
        raise ValueError("halverwege")


def test_actie_zonder_recht_doet_niets():
    zaak = ZaakFactory()
    with pytest.raises(PermissionDenied):
        doe_iets(zaak=zaak, door=aanstelling(Rol.REGIO), nu=moment())
    zaak.refresh_from_db()
    assert zaak.hulpvraag == "Het huishouden lukt niet meer."


def test_actie_zonder_logregel_is_een_fout_en_draait_terug():
    zaak = ZaakFactory()
    with pytest.raises(AssertionError, match="geen regel in het logboek"):
        doe_iets(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=moment(), log=False)
    zaak.refresh_from_db()
    assert zaak.hulpvraag == "Het huishouden lukt niet meer."


def test_logregel_draait_terug_met_de_actie():
    zaak = ZaakFactory()
    with pytest.raises(ValueError, match="halverwege"):
        doe_iets(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=moment(), mislukt=True)
    assert Logregel.objects.count() == 0


def test_logregel_onthoudt_rol_en_organisatie_van_dat_moment():
    zaak = ZaakFactory()
    doe_iets(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=moment())
    regel = Logregel.objects.get()
    assert (regel.rol, regel.organisatie, regel.zaak, regel.client) == (
        "consulent",
        "Gemeente Woerden",
        zaak,
        zaak.client,
    )


@pytest.mark.parametrize(
    "poging", [lambda: Logregel.objects.update(tekst="Niets"), lambda: Logregel.objects.all().delete()]
)
def test_logboek_is_alleen_toevoegen(poging):
    zaak = ZaakFactory()
    doe_iets(zaak=zaak, door=aanstelling(Rol.CONSULENT), nu=moment())
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        poging()


def test_versies_van_een_toewijzing_zijn_alleen_toevoegen():
    ToewijzingFactory()
    with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
        ToewijzingVersie.objects.update(volume=1)


def test_zet_status_merkt_dat_een_ander_eerder_was():
    levering = ToewijzingFactory().levering
    Levering.objects.filter(pk=levering.pk).update(status=Levering.Status.GESTART)
    with pytest.raises(IntussenGewijzigd):
        levering.zet_status(Levering.Status.GESTART)


def test_zet_status_weigert_wat_de_tabel_niet_kent():
    levering = ToewijzingFactory().levering
    with pytest.raises(OngeldigeOvergang):
        levering.zet_status(Levering.Status.DEFINITIEF_GESTOPT)


def test_clienten_van_een_ander_zijn_er_niet():
    mijn, ander = ClientFactory(), ClientFactory(gemeente=GemeenteFactory(code="0335"))
    assert list(Client.objects.voor(aanstelling(Rol.CONSULENT))) == [mijn]
    assert ander not in Client.objects.voor(aanstelling(Rol.CONSULENT))
    assert not Client.objects.voor(aanstelling(Rol.REGIO)).exists()


def test_aanbieder_ziet_alleen_wie_hij_een_opdracht_heeft():
    toewijzing = ToewijzingFactory()
    ClientFactory()
    eigen = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    assert list(Client.objects.voor(eigen)) == [toewijzing.client]
    assert not Client.objects.voor(aanstelling(Rol.PLANNING)).exists()


def test_bsn_ligt_versleuteld_en_is_toch_vindbaar():
    client = ClientFactory(bsn="999900006")
    ruw = Client.objects.filter(pk=client.pk).extra(select={"ruw": "bsn"}).values_list("ruw", flat=True)[0]
    assert b"999900006" not in bytes(ruw)
    assert list(Client.objects.met_bsn("999900006")) == [client]
    assert Client.objects.get(pk=client.pk).bsn == "999900006"


def test_een_bsn_een_keer_per_gemeente():
    ClientFactory(bsn="999900006")
    ClientFactory(bsn="999900006", gemeente=GemeenteFactory(code="0335"))
    with pytest.raises(IntegrityError, match="client_bsn_uniek_per_gemeente"), transaction.atomic():
        ClientFactory(bsn="999900006")


def test_een_rol_kan_niet_zonder_passende_organisatie():
    with pytest.raises(IntegrityError, match="organisatie_past_bij_rol"), transaction.atomic():
        AanstellingFactory(rol=Rol.CONSULENT, gemeente=None)


@pytest.mark.django_db(transaction=True)
def test_een_deel_van_een_actie_draait_niet_los():
    @binnen_actie
    def deel():
        return "gedaan"

    with pytest.raises(AssertionError, match="hoort in een actie"):
        deel()
    with transaction.atomic():
        assert deel() == "gedaan"

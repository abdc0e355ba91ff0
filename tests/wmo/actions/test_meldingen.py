"""The melding: number, duplicate, what the client was told (R-010 to R-013, R-017)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import ClientFactory, GemeenteFactory, ZaakFactory, aanstelling, moment
from wmo.actions import meldingen
from wmo.actions.kader import Geweigerd
from wmo.models import Client, Document, Logregel, Zaak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def consulent():
    return aanstelling(Rol.CONSULENT)


def registreer(door, client=None, nu=None, **velden):
    nu = nu or moment()
    basis = {"melding_op": nu, "kanaal": "telefoon", "hulpvraag": "Het huishouden lukt niet meer."}
    return meldingen.registreer(client=client or ClientFactory(), **{**basis, **velden}, door=door, nu=nu)


def nieuwe_client(bsn="999900006", **velden) -> Client:
    return ClientFactory.build(gemeente=GemeenteFactory(), bsn=bsn, **velden)


def test_nummers_lopen_door_per_jaar(consulent):
    assert [registreer(consulent).zaaknummer for _ in range(2)] == ["WMO-2026-000001", "WMO-2026-000002"]
    assert registreer(consulent, nu=moment(date(2027, 1, 4))).zaaknummer == "WMO-2027-000001"


def test_melding_start_de_zes_weken_en_staat_in_het_logboek(consulent):
    zaak = registreer(consulent, namens="mw. S. Fictief, dochter")
    assert zaak.uiterste_datum == date(2027, 1, 4)
    regel = Logregel.objects.get()
    assert (regel.handeling, regel.zaak) == ("meldingen.registreer", zaak)
    assert regel.tekst == "Melding ontvangen. Via telefoon, namens de cliënt."


def test_melding_uit_de_toekomst_kan_niet(consulent):
    with pytest.raises(Geweigerd, match="ligt in de toekomst"):
        registreer(consulent, melding_op=moment() + timedelta(minutes=1))
    assert not Zaak.objects.exists()


def test_lopende_zaak_houdt_een_tweede_tegen_tot_iemand_het_meent(consulent):
    eerste = registreer(consulent)
    with pytest.raises(Geweigerd, match=eerste.zaaknummer):
        registreer(consulent, client=eerste.client)
    tweede = registreer(consulent, client=eerste.client, ook_bij_lopende_zaak=True)
    assert tweede.client == eerste.client


def test_ondersteuning_die_al_loopt_houdt_een_nieuwe_vraag_niet_tegen(consulent):
    loopt = ZaakFactory(status="uitvoering", bekendgemaakt_op=date(2026, 1, 5))
    assert registreer(consulent, client=loopt.client).client == loopt.client


def test_bekend_bsn_geeft_dezelfde_persoon_en_geen_tweede(consulent):
    bekend = ClientFactory(bsn="999900006")
    zaak = registreer(consulent, client=nieuwe_client(achternaam="Anders"))
    assert zaak.client == bekend
    assert Client.objects.count() == 1


def test_zonder_bsn_werkt_het_ook(consulent):
    zaak = registreer(consulent, client=nieuwe_client(bsn=None))
    assert zaak.client.pk is not None
    assert zaak.client.bsn is None or zaak.client.bsn == ""


def test_persoon_van_een_andere_gemeente_wordt_verwezen(consulent):
    with pytest.raises(Geweigerd, match="andere gemeente"):
        registreer(consulent, client=ClientFactory(gemeente=GemeenteFactory(code="0335")))


def test_backoffice_neemt_geen_melding_op():
    with pytest.raises(PermissionDenied):
        registreer(aanstelling(Rol.BACKOFFICE))


def test_alles_in_een_keer_bevestigt_en_wijst_op_steun(consulent):
    zaak = registreer(consulent, bevestigen=True, clientondersteuning_kanaal="telefoon")
    assert zaak.bevestigd_op == moment()
    assert zaak.clientondersteuning_op == date(2026, 11, 23)
    brief = Document.objects.get(zaak=zaak)
    assert bytes(brief.inhoud).startswith(b"%PDF")
    assert zaak.client.achternaam not in brief.bestandsnaam
    assert Logregel.objects.filter(zaak=zaak).count() == 3


def test_bevestigen_kan_een_keer(consulent):
    zaak = ZaakFactory()
    meldingen.bevestig(zaak=zaak, door=consulent, nu=moment())
    with pytest.raises(Geweigerd, match="al bevestigd"):
        meldingen.bevestig(zaak=zaak, door=consulent, nu=moment())


@pytest.mark.parametrize(
    ("op", "tekst"),
    [
        pytest.param(date(2026, 10, 13), "Op tijd: het plan hoort bij het onderzoek.", id="laatste-dag"),
        pytest.param(date(2026, 10, 14), "Na de zeven dagen.", id="een-dag-later"),
    ],
)
def test_persoonlijk_plan_op_tijd_of_niet(consulent, op, tekst):
    zaak = ZaakFactory()
    meldingen.ontvang_persoonlijk_plan(zaak=zaak, op=op, door=consulent, nu=moment())
    assert Logregel.objects.get().tekst.endswith(tekst)


def test_afzien_kan_niet_als_het_plan_er_al_is(consulent):
    zaak = ZaakFactory(persoonlijk_plan_op=date(2026, 10, 9))
    with pytest.raises(Geweigerd, match="al een persoonlijk plan"):
        meldingen.zie_af_van_plan(zaak=zaak, op=date(2026, 10, 9), door=consulent, nu=moment())


def test_plan_na_afzien_geldt_alsnog(consulent):
    zaak = ZaakFactory()
    meldingen.zie_af_van_plan(zaak=zaak, op=date(2026, 10, 7), door=consulent, nu=moment())
    meldingen.ontvang_persoonlijk_plan(zaak=zaak, op=date(2026, 10, 8), door=consulent, nu=moment())
    zaak.refresh_from_db()
    assert (zaak.persoonlijk_plan_op, zaak.persoonlijk_plan_afgezien_op) == (date(2026, 10, 8), None)


def test_spoed_melden_laat_de_klok_lopen(consulent):
    zaak = ZaakFactory()
    meldingen.meld_spoed(zaak=zaak, grond="terminaal", door=consulent, nu=moment())
    zaak.refresh_from_db()
    assert (zaak.spoed, zaak.uiterste_datum) == (True, date(2026, 11, 17))


def test_spoed_na_het_besluit_kan_niet(consulent):
    zaak = ZaakFactory(status="bekendgemaakt", bekendgemaakt_op=date(2026, 11, 2))
    with pytest.raises(Geweigerd, match="besluit is er al"):
        meldingen.meld_spoed(zaak=zaak, grond="terminaal", door=consulent, nu=moment())

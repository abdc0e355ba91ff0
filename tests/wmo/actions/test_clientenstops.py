"""A stop of new clients: asked in time, allowed in writing, and only then it holds (R-162)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import GemeenteFactory, PerceelFactory, aanstelling, moment
from tests.factories.wachtlijst import lijstgemeente, planner, plek
from wachtlijst.actions import claims
from wmo.actions import aanbieders, clientenstops
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Clientenstop, Contactpersoon, Logregel
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
AANVRAAG = {
    "ingangsdatum": date(2026, 12, 7),
    "einddatum": date(2026, 12, 31),
    "reden": "Twee medewerkers zijn langdurig ziek.",
    "overleg_op": date(2026, 11, 20),
    "overleg_met": "Team contracten",
}


@pytest.fixture
def gemeente():
    return lijstgemeente()


@pytest.fixture
def door(gemeente):
    return planner(gemeente)


def vraag(door, *gemeenten, **anders):
    return clientenstops.vraag_aan(gemeenten=gemeenten, door=door, nu=moment(), **{**AANVRAAG, **anders})


def beslis(stop, gemeente, *, toestaan=True):
    beleid = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente)
    clientenstops.beslis(stop=stop, toestaan=toestaan, besluit="Na overleg.", door=beleid, nu=moment())


def claim(door, gemeente):
    nu = moment(date(2026, 12, 8))
    return claims.claim(plek=plek(gemeente), startdatum=vandaag(nu) + timedelta(days=14), door=door, nu=nu)


@pytest.mark.parametrize(("toestaan", "mag_claimen"), [(True, False), (False, True), (None, True)])
def test_alleen_een_toegestane_stop_ontslaat_van_de_acceptatieplicht(door, gemeente, toestaan, mag_claimen):
    [stop] = vraag(door, gemeente)
    if toestaan is not None:
        beslis(stop, gemeente, toestaan=toestaan)
    if mag_claimen:
        assert claim(door, gemeente).geclaimd_door == door.aanbieder
        return
    with pytest.raises(Geweigerd) as fout:
        claim(door, gemeente)
    assert fout.value.reden == "CLIENTENSTOP"


def test_een_stop_geldt_in_zijn_eigen_gemeente_en_tot_hij_wordt_ingetrokken(door, gemeente):
    elders = lijstgemeente("0335")
    PerceelFactory(aanbieder=door.aanbieder, gemeente=elders)
    [stop] = vraag(door, gemeente)
    beslis(stop, gemeente)
    assert claim(door, elders).gemeente == elders
    clientenstops.trek_in(stop=stop, door=door, nu=moment())
    assert claim(door, gemeente).gemeente == gemeente


@pytest.mark.parametrize(
    ("anders", "reden"),
    [({"ingangsdatum": date(2026, 12, 6)}, "TERMIJN"), ({"overleg_op": date(2026, 11, 24)}, "TERMIJN")],
)
def test_te_laat_of_zonder_overleg_kan_niet(door, gemeente, anders, reden):
    with pytest.raises(Geweigerd) as fout:
        vraag(door, gemeente, **anders)
    assert fout.value.reden == reden
    assert not Clientenstop.objects.exists()


def test_een_gemeente_zonder_contract_houdt_de_hele_aanvraag_tegen(door, gemeente):
    with pytest.raises(Geweigerd) as fout:
        vraag(door, gemeente, GemeenteFactory(code="0589"))
    assert fout.value.reden == "BUITEN_PERCEEL"
    assert not Clientenstop.objects.exists()
    assert not Logregel.objects.exists()


def test_perioden_overlappen_niet_behalve_na_een_afwijzing(door, gemeente):
    [stop] = vraag(door, gemeente)
    with pytest.raises(Geweigerd) as fout:
        vraag(door, gemeente, einddatum=date(2027, 2, 1))
    assert fout.value.reden == "LOOPT_AL"
    beslis(stop, gemeente, toestaan=False)
    assert len(vraag(door, gemeente)) == 1


def test_alleen_de_eigen_gemeente_beslist_en_een_keer(door, gemeente):
    [stop] = vraag(door, gemeente)
    with pytest.raises(Geweigerd) as fout:
        beslis(stop, GemeenteFactory(code="0335"))
    assert fout.value.reden == "GEMEENTE"
    with pytest.raises(PermissionDenied):
        clientenstops.beslis(stop=stop, toestaan=True, besluit="Ja.", door=door, nu=moment())
    oud = Clientenstop.objects.get(pk=stop.pk)
    beslis(stop, gemeente)
    with pytest.raises(IntussenGewijzigd):
        beslis(oud, gemeente, toestaan=False)
    stop.refresh_from_db()
    assert stop.status == "toegestaan"


def test_een_contactpersoon_per_doel_en_de_eigen_richtlijn(door):
    """R-005, R-140."""
    for naam in ("A. Eerste", "B. Tweede"):
        aanbieders.bewaar_contactpersoon(
            doel="casussen", naam=naam, email="casussen@example.nl", telefoon="0600000012", door=door, nu=moment()
        )
    aanbieders.bewaar_afzegrichtlijn(richtlijn="Bel een dag van tevoren.", door=door, nu=moment())
    door.eigen_aanbieder.refresh_from_db()
    assert Contactpersoon.objects.get(aanbieder=door.aanbieder).naam == "B. Tweede"
    assert door.eigen_aanbieder.afzegrichtlijn == "Bel een dag van tevoren."

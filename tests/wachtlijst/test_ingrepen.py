"""Interventions: a reason, a second person, and only what still can be done (R-114)."""

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import AanbiederFactory, PerceelFactory, aanstelling, moment
from tests.factories.wachtlijst import START, backoffice, consulent, lijstgemeente, planner, plek
from wachtlijst.actions import claims, ingrepen
from wachtlijst.models import Plek, Plekgebeurtenis
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Taak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
REDEN = "De mantelzorger is plotseling uitgevallen."


@pytest.fixture
def gemeente():
    return lijstgemeente()


@pytest.fixture
def een(gemeente):
    return aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente)


@pytest.fixture
def twee(gemeente):
    return aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente)


def stel_voor(p, door, soort="spoed_aan", **velden):
    return ingrepen.stel_ingreep_voor(plek=p, soort=soort, door=door, **{"reden": REDEN, "nu": moment(), **velden})


def test_voorstellen_verandert_nog_niets(gemeente, een):
    p = plek(gemeente)
    stel_voor(p, een, "van_de_lijst")
    p.refresh_from_db()
    assert p.status == "open"


def test_van_de_lijst(gemeente, een, twee):
    p = plek(gemeente)
    ingrepen.keur_ingreep_goed(ingreep=stel_voor(p, een, "van_de_lijst"), door=twee, nu=moment())
    p.refresh_from_db()
    assert p.status == "ingetrokken"
    assert Plekgebeurtenis.objects.latest("id").reden == REDEN


def test_een_claim_gaat_mee_van_de_lijst_en_haar_taak_ook(gemeente, een, twee):
    p = plek(gemeente)
    claims.claim(plek=p, startdatum=START, door=planner(gemeente), nu=moment())
    ingrepen.keur_ingreep_goed(ingreep=stel_voor(p, een, "van_de_lijst"), door=twee, nu=moment())
    p.refresh_from_db()
    assert (p.status, p.geclaimd_door) == ("ingetrokken", None)
    assert not Taak.objects.open().exists()


def test_label_verandert_de_volgorde(gemeente, een, twee):
    eerste, tweede = plek(gemeente), plek(gemeente, dag=1)
    ingrepen.keur_ingreep_goed(ingreep=stel_voor(tweede, een), door=twee, nu=moment())
    assert list(Plek.objects.open().op_volgorde()) == [tweede, eerste]
    tweede.refresh_from_db()
    ingrepen.keur_ingreep_goed(ingreep=stel_voor(tweede, twee, "spoed_uit"), door=een, nu=moment())
    assert list(Plek.objects.open().op_volgorde()) == [eerste, tweede]


def test_zelf_toewijzen_zet_de_klok_van_de_opdracht(gemeente, een, twee):
    plek(gemeente)
    later = plek(gemeente, dag=1)
    aanbieder = PerceelFactory(gemeente=gemeente).aanbieder
    voorstel = stel_voor(later, een, "wijs_toe", aanbieder=aanbieder, startdatum=START)
    ingrepen.keur_ingreep_goed(ingreep=voorstel, door=twee, nu=moment())
    later.refresh_from_db()
    assert (later.status, later.geclaimd_door, later.startdatum) == ("geclaimd", aanbieder, START)
    assert Plekgebeurtenis.objects.latest("id").soort == "aangewezen"
    assert Taak.objects.voor(backoffice(gemeente)).get().titel == f"Opdracht maken voor plek {later.code}"
    claims.bevestig(plek=later, door=backoffice(gemeente), nu=moment())
    assert later.status == "toegewezen"


def test_niet_je_eigen_voorstel_ook_niet_met_een_andere_pet(gemeente, een):
    voorstel = stel_voor(plek(gemeente), een)
    andere_pet = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=lijstgemeente("0335"), gebruiker=een.gebruiker)
    for door in (een, andere_pet):
        with pytest.raises(Geweigerd) as fout:
            ingrepen.keur_ingreep_goed(ingreep=voorstel, door=door, nu=moment())
        assert fout.value.reden == "ZELFDE_PERSOON"
    voorstel.refresh_from_db()
    assert voorstel.status == "voorgesteld"


def test_wie_geen_beleidsmedewerker_is_grijpt_niet_in(gemeente):
    with pytest.raises(PermissionDenied):
        stel_voor(plek(gemeente), consulent(gemeente))


def test_intussen_geclaimd_kan_niet_meer(gemeente, een, twee):
    p = plek(gemeente)
    voorstel = stel_voor(p, een)
    claims.claim(plek=p, startdatum=START, door=planner(gemeente), nu=moment())
    with pytest.raises(IntussenGewijzigd, match="inmiddels geclaimd"):
        ingrepen.keur_ingreep_goed(ingreep=voorstel, door=twee, nu=moment())
    voorstel.refresh_from_db()
    assert voorstel.status == "voorgesteld"


def test_een_besluit_is_een_besluit(gemeente, een, twee):
    voorstel = stel_voor(plek(gemeente), een)
    ingrepen.wijs_ingreep_af(ingreep=voorstel, reden="Klopt niet.", door=twee, nu=moment())
    with pytest.raises(IntussenGewijzigd):
        ingrepen.keur_ingreep_goed(ingreep=voorstel, door=twee, nu=moment())


@pytest.mark.parametrize(
    ("velden", "reden"),
    [
        ({"reden": "Zomaar."}, "REDEN_TE_KORT"),
        ({"soort": "spoed_uit"}, "LABEL_STAAT_AL"),
        ({"soort": "wijs_toe"}, "AANBIEDER_ONTBREEKT"),
        ({"soort": "wijs_toe", "aanbieder": "vreemd", "startdatum": START}, "BUITEN_PERCEEL"),
    ],
)
def test_wat_niet_kan(gemeente, een, velden, reden):
    if velden.get("aanbieder"):
        velden = {**velden, "aanbieder": AanbiederFactory()}
    with pytest.raises(Geweigerd) as fout:
        stel_voor(plek(gemeente), een, **velden)
    assert fout.value.reden == reden


def test_een_voorstel_tegelijk(gemeente, een):
    p = plek(gemeente)
    stel_voor(p, een)
    with pytest.raises(Geweigerd) as fout:
        stel_voor(p, een, "van_de_lijst")
    assert fout.value.reden == "INGREEP_LOOPT"

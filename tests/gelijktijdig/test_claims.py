"""Two aanbieders at the same moment: one has it, nothing is lost, nobody is skipped (R-118)."""

import pytest

from tests.factories import aanstelling, moment
from tests.factories.wachtlijst import START, backoffice, consulent, lijstgemeente, planner, plek, toegekend
from wachtlijst.actions import claims, ingrepen, plekken
from wachtlijst.models import Plek, Plekgebeurtenis, lijst_op
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Logregel, Taak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def claim(plek, door, nu=None):
    return claims.claim(plek=plek, startdatum=START, door=door, nu=nu or moment())


@pytest.mark.parametrize("ronde", range(5))
def test_twee_tegelijk_op_een_plek_geeft_een_winnaar(tegelijk, ronde):
    gemeente = lijstgemeente()
    eerste, tweede = plek(gemeente), plek(gemeente, dag=1)
    spelers = [planner(gemeente) for _ in range(4)]
    uitkomsten = tegelijk([lambda door=door: claim(Plek.objects.get(pk=eerste.pk), door) for door in spelers])
    winnaars = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Plek)]
    assert len(winnaars) == 1
    assert {uitkomst.reden for uitkomst in uitkomsten if isinstance(uitkomst, Geweigerd)} == {"AL_GECLAIMD"}
    eerste.refresh_from_db()
    assert eerste.geclaimd_door == winnaars[0].geclaimd_door
    assert Taak.objects.count() == Plekgebeurtenis.objects.filter(soort="geclaimd").count() == 1
    assert Logregel.objects.filter(handeling="wachtlijst.geclaimd").count() == 1
    assert Plek.objects.open().get() == tweede


@pytest.mark.parametrize("ronde", range(3))
def test_ieder_claimt_wat_aan_de_beurt_is_elke_plek_een_keer_en_in_volgorde(tegelijk, ronde):
    """Six aanbieders go on until the list is empty. The order of commits is the order of the list."""
    gemeente = lijstgemeente()
    volgorde = [plek(gemeente, dag=dag, spoed=dag % 5 == 4) for dag in range(15)]
    volgorde = [p for p in volgorde if p.spoed] + [p for p in volgorde if not p.spoed]
    spelers = [planner(gemeente) for _ in range(6)]
    for uitkomst in tegelijk([lambda door=door: _claim_tot_leeg(gemeente, door) for door in spelers]):
        assert uitkomst is None, uitkomst
    geclaimd = list(
        Plekgebeurtenis.objects.filter(soort="geclaimd").order_by("id").values_list("plek__code", flat=True)
    )
    assert geclaimd == [p.code for p in volgorde]
    assert Taak.objects.count() == 15


def _claim_tot_leeg(gemeente, door):
    while (eerste := Plek.objects.filter(gemeente=gemeente).open().op_volgorde().first()) is not None:
        try:
            claim(eerste, door)
        except Geweigerd as fout:
            if fout.reden not in ("AL_GECLAIMD", "NIET_AAN_DE_BEURT"):
                raise


@pytest.mark.parametrize("ronde", range(3))
def test_plaatsen_labelen_en_claimen_door_elkaar_houdt_de_volgorde(tegelijk, ronde):
    """Whatever comes between, every claim was of the place that was next at its turn: the history proves it."""
    gemeente = lijstgemeente()
    plekken_nu = [plek(gemeente, dag=dag) for dag in range(8)]
    nieuwe = [toegekend(gemeente) for _ in range(4)]
    beleid = [aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente) for _ in range(2)]
    voorstellen = [
        ingrepen.stel_ingreep_voor(
            plek=p, soort="spoed_aan", reden="Mantelzorger is plotseling uitgevallen.", door=beleid[0], nu=moment()
        )
        for p in plekken_nu[4:7]
    ]
    werk = [lambda door=door: _claim_tot_leeg(gemeente, door) for door in [planner(gemeente) for _ in range(4)]]
    werk += [
        lambda v=v: plekken.plaats(voorziening=v, spoed=True, door=consulent(gemeente), nu=moment(uur=9))
        for v in nieuwe
    ]
    werk += [lambda v=v: ingrepen.keur_ingreep_goed(ingreep=v, door=beleid[1], nu=moment()) for v in voorstellen]
    for uitkomst in tegelijk(werk):
        assert not isinstance(uitkomst, Exception) or isinstance(uitkomst, IntussenGewijzigd), uitkomst
    _claim_tot_leeg(gemeente, planner(gemeente))
    stand: dict[int, tuple] = {}
    for gebeurtenis in Plekgebeurtenis.objects.order_by("id"):
        if gebeurtenis.soort == "geclaimd":
            assert min(stand, key=lambda pk: stand[pk]) == gebeurtenis.plek_id
            del stand[gebeurtenis.plek_id]
        else:
            stand[gebeurtenis.plek_id] = (not gebeurtenis.spoed, gebeurtenis.geplaatst_op, gebeurtenis.plek_id)
    assert not stand
    assert Plek.objects.filter(status="geclaimd").count() == 12


def test_plaatsen_tegelijk_geeft_opeenvolgende_codes(tegelijk):
    gemeente = lijstgemeente()
    voorzieningen = [toegekend(gemeente) for _ in range(8)]
    door = consulent(gemeente)
    uitkomsten = tegelijk([lambda v=v: plekken.plaats(voorziening=v, door=door, nu=moment()) for v in voorzieningen])
    assert sorted(p.code for p in uitkomsten) == [f"WRD-{nummer:04d}" for nummer in range(1, 9)]
    assert [plaats.plek.code for plaats in lijst_op(gemeente, moment())] == sorted(p.code for p in uitkomsten)


def test_een_voorziening_komt_een_keer_op_de_lijst(tegelijk):
    gemeente = lijstgemeente()
    voorziening, door = toegekend(gemeente), consulent(gemeente)
    uitkomsten = tegelijk([lambda: plekken.plaats(voorziening=voorziening, door=door, nu=moment())] * 4)
    assert sum(isinstance(uitkomst, Plek) for uitkomst in uitkomsten) == 1
    assert {u.reden for u in uitkomsten if isinstance(u, Geweigerd)} == {"AL_OP_LIJST"}


@pytest.mark.parametrize("ronde", range(3))
def test_bevestigen_en_vervallen_tegelijk_kiezen_een_van_beide(tegelijk, ronde):
    gemeente = lijstgemeente()
    eerste, door = plek(gemeente), backoffice(gemeente)
    claim(eerste, planner(gemeente))
    rijen = [
        Plek.objects.select_related("voorziening__beschikking", "geclaimd_door", "gemeente").get(pk=eerste.pk)
        for _ in range(2)
    ]
    uitkomsten = tegelijk(
        [
            lambda: claims.bevestig(plek=rijen[0], door=door, nu=moment()),
            lambda: plekken.laat_vervallen(plek=rijen[1], reden="Geen opdracht gemaakt", door=door, nu=moment()),
        ]
    )
    assert sum(isinstance(uitkomst, IntussenGewijzigd) for uitkomst in uitkomsten) == 1
    eerste.refresh_from_db()
    assert (eerste.status, eerste.toewijzing is None) in (("toegewezen", False), ("open", True))


def test_opdrachten_tegelijk_krijgen_elk_een_eigen_nummer(tegelijk):
    gemeente = lijstgemeente()
    door = planner(gemeente)
    geclaimd = [claim(plek(gemeente, dag=dag), door) for dag in range(6)]
    kantoor = backoffice(gemeente)
    uitkomsten = tegelijk([lambda p=p: claims.bevestig(plek=p, door=kantoor, nu=moment()) for p in geclaimd])
    assert sorted(t.toewijzingnummer for t in uitkomsten) == [1, 2, 3, 4, 5, 6]


def test_een_lijst_houdt_een_andere_niet_op(tegelijk):
    """The lock is per gemeente: who claims in Montfoort does not wait for Woerden."""
    from django.db import connection, transaction

    from wachtlijst.actions.spoor import vergrendel_lijst

    woerden, montfoort = lijstgemeente(), lijstgemeente("0335")
    eerste, door = plek(montfoort), planner(montfoort)

    def claim_met_ongeduld():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return claim(eerste, door)

    with transaction.atomic():
        vergrendel_lijst(woerden.pk)
        [uitkomst] = tegelijk([claim_met_ongeduld])
    assert isinstance(uitkomst, Plek), uitkomst

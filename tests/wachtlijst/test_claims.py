"""Claiming: the exact place whose turn it is, by who may, before the latest date (R-112 to R-118)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    VANDAAG,
    ContractFactory,
    PerceelFactory,
    ProductFactory,
    aanstelling,
    moment,
)
from tests.factories.levering import clientenstop
from tests.factories.wachtlijst import START, backoffice, lijstgemeente, planner, plek, toegekend
from wachtlijst.actions import claims, plekken
from wachtlijst.models import Plek, Plekgebeurtenis, Weigering
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Gemeenteregel, Logregel, Taak, Toewijzing
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
UITERLIJK = date(2026, 12, 23)  # 2 + 20 working days after Monday 23 November 2026


def claim(plek, door, **velden):
    return claims.claim(plek=plek, door=door, **{"startdatum": START, "nu": moment(), **velden})


def geweigerd(plek, door, **velden):
    with pytest.raises(Geweigerd) as fout:
        claim(plek, door, **velden)
    return fout.value


def test_claim_van_de_plek_die_aan_de_beurt_is():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    door = planner(gemeente)
    claim(eerste, door, contactpersoon="E. Planmans")
    eerste.refresh_from_db()
    assert (eerste.status, eerste.geclaimd_door, eerste.geclaimd_op) == ("geclaimd", door.aanbieder, moment())
    assert (eerste.startdatum, eerste.contactpersoon) == (START, "E. Planmans")
    assert (eerste.opdracht_uiterlijk, eerste.uiterste_start) == (date(2026, 11, 25), UITERLIJK)


def test_claim_zet_de_taak_van_de_backoffice_klaar_met_de_klok_van_twee_werkdagen():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    claim(eerste, planner(gemeente))
    taak = Taak.objects.voor(backoffice(gemeente)).get()
    assert (taak.soort, taak.uiterlijk, taak.zaak) == ("opdracht_maken", date(2026, 11, 25), eerste.zaak)
    assert taak.pad == f"/wachtlijst/plek/{eerste.code}/opdracht/"


def test_claim_staat_in_het_logboek_van_de_zaak_zonder_de_naam():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    door = planner(gemeente)
    claim(eerste, door)
    regel = Logregel.objects.filter(zaak=eerste.zaak).latest("id")
    assert regel.tekst == f"Plek {eerste.code} geclaimd door {door.aanbieder}, start 07-12-2026"
    assert (regel.client, regel.gemeente, regel.organisatie) == (eerste.client, gemeente, door.eigen_aanbieder.naam)


def test_een_andere_plek_wordt_geweigerd_en_de_reden_noemt_wie_eerst_is():
    gemeente = lijstgemeente()
    eerste, tweede = plek(gemeente), plek(gemeente, dag=1)
    fout = geweigerd(tweede, planner(gemeente))
    assert (fout.reden, fout.zin) == (
        "NIET_AAN_DE_BEURT",
        f"Plek {eerste.code} is eerst aan de beurt. Claim die plek eerst.",
    )
    tweede.refresh_from_db()
    assert tweede.status == "open"
    assert not Taak.objects.exists()


def test_spoed_gaat_voor_wie_langer_wacht():
    gemeente = lijstgemeente()
    gewoon, spoed = plek(gemeente), plek(gemeente, dag=3, spoed=True)
    assert geweigerd(gewoon, planner(gemeente)).reden == "NIET_AAN_DE_BEURT"
    claim(spoed, planner(gemeente))
    claim(gewoon, planner(gemeente))


def test_geclaimd_is_geclaimd_en_de_ander_heet_niet():
    gemeente = lijstgemeente()
    eerste, volgende = plek(gemeente), plek(gemeente, dag=1)
    snel, traag = planner(gemeente), planner(gemeente)
    oud = Plek.objects.get(pk=eerste.pk)
    claim(eerste, snel)
    fout = geweigerd(oud, traag)
    assert fout.reden == "AL_GECLAIMD"
    assert "inmiddels geclaimd" in fout.zin
    assert snel.eigen_aanbieder.naam not in fout.zin
    claim(volgende, traag)


def test_buiten_het_perceel_gaat_voor_geclaimd():
    gemeente, ander = lijstgemeente(), lijstgemeente("0335")
    eerste = plek(gemeente)
    claim(eerste, planner(gemeente))
    assert geweigerd(eerste, planner(ander)).reden == "BUITEN_PERCEEL"


def test_een_perceel_dat_voorbij_is_telt_niet():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    door = planner()
    PerceelFactory(aanbieder=door.aanbieder, gemeente=gemeente, einddatum=VANDAAG - timedelta(days=1))
    assert geweigerd(eerste, door).reden == "BUITEN_PERCEEL"


def test_een_plek_met_een_ander_product_staat_een_aanbieder_niet_in_de_weg():
    """One list per gemeente, but an aanbieder can only be held to what it has a contract for (R-006)."""
    gemeente = lijstgemeente()
    begeleiding = ProductFactory(code="02A01", naam="Begeleiding")
    ander = ContractFactory(nummer="UW-BG-2023", naam="Begeleiding", producten=[begeleiding])
    eerste = plek(gemeente, voorziening=toegekend(gemeente, product=begeleiding))
    tweede = plek(gemeente, dag=1)
    assert geweigerd(eerste, planner(gemeente)).reden == "BUITEN_PERCEEL"
    claim(tweede, planner(gemeente))
    begeleider = planner()
    PerceelFactory(aanbieder=begeleider.aanbieder, gemeente=gemeente, contract=ander)
    claim(eerste, begeleider)


@pytest.mark.parametrize(
    ("startdatum", "reden"),
    [
        (None, "STARTDATUM_ONTBREEKT"),
        (VANDAAG - timedelta(days=1), "STARTDATUM_VOORBIJ"),
        (UITERLIJK + timedelta(days=1), "STARTDATUM_TE_LAAT"),
    ],
)
def test_startdatum(startdatum, reden):
    gemeente = lijstgemeente()
    assert geweigerd(plek(gemeente), planner(gemeente), startdatum=startdatum).reden == reden


@pytest.mark.parametrize("startdatum", [VANDAAG, UITERLIJK])
def test_startdatum_op_de_grens(startdatum):
    gemeente = lijstgemeente()
    assert claim(plek(gemeente), planner(gemeente), startdatum=startdatum).startdatum == startdatum


def test_werkdagen_zijn_beleid_van_de_gemeente():
    gemeente = lijstgemeente(opdracht_werkdagen=1, start_werkdagen=5)
    eerste = claim(plek(gemeente), planner(gemeente), startdatum=date(2026, 12, 1))
    assert (eerste.opdracht_uiterlijk, eerste.uiterste_start) == (date(2026, 11, 24), date(2026, 12, 1))


def test_clientenstop():
    gemeente = lijstgemeente()
    door = planner(gemeente)
    clientenstop(door.eigen_aanbieder, gemeente)
    fout = geweigerd(plek(gemeente), door)
    assert fout.zin == "U hebt een goedgekeurde cliëntenstop tot 31-12-2026. Daarom kunt u nu niet claimen."


def test_zonder_lijst_is_er_niets_te_claimen():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    Gemeenteregel.objects.filter(gemeente=gemeente).update(waarde=False)
    assert geweigerd(eerste, planner(gemeente)).reden == "GEEN_WACHTLIJST"


@pytest.mark.parametrize("rol", [Rol.ADMINISTRATIE, Rol.CONSULENT, Rol.BACKOFFICE, Rol.REGIO, Rol.BELEIDSMEDEWERKER])
def test_alleen_planning_claimt(rol):
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    with pytest.raises(PermissionDenied):
        claim(eerste, aanstelling(rol))
    eerste.refresh_from_db()
    assert eerste.status == "open"


def test_een_claim_kost_een_vast_aantal_vragen(django_assert_num_queries):
    """Agreements, percelen, lock with head, UPDATE, three INSERTs, the day on the case, and a transaction around."""
    gemeente = lijstgemeente()
    eerste, door = plek(gemeente), planner(gemeente)
    for dag in range(1, 4):
        plek(gemeente, dag=dag)
    with django_assert_num_queries(8 + 2):
        claim(eerste, door)


def test_bevestigen_maakt_de_opdracht_en_rondt_de_taak_af(django_capture_on_commit_callbacks):
    gemeente = lijstgemeente()
    eerste, door = plek(gemeente), planner(gemeente)
    claim(eerste, door, contactpersoon="E. Planmans")
    toewijzing = claims.bevestig(plek=eerste, opmerking="Bel eerst.", door=backoffice(gemeente), nu=moment())
    eerste.refresh_from_db()
    assert (eerste.status, eerste.toewijzing) == ("toegewezen", toewijzing)
    assert (toewijzing.aanbieder, toewijzing.ingangsdatum, toewijzing.volume) == (door.aanbieder, START, 165)
    assert (toewijzing.contactpersoon, toewijzing.opmerking) == ("E. Planmans", "Bel eerst.")
    assert Taak.objects.get().afgerond_op == moment()
    assert eerste.uiterste_start == toewijzing.uiterste_startdatum == date(2026, 12, 21)


def test_bevestigen_kan_een_keer():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    claim(eerste, planner(gemeente))
    oud = Plek.objects.get(pk=eerste.pk)
    claims.bevestig(plek=eerste, door=backoffice(gemeente), nu=moment())
    with pytest.raises(Geweigerd):
        claims.bevestig(plek=oud, door=backoffice(gemeente), nu=moment())
    assert Toewijzing.objects.count() == 1


def test_niet_aannemen_laat_de_plek_aan_de_beurt():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    kan_niet = planner(gemeente)
    claims.weiger(
        plek=eerste,
        grond="niet_mogelijk",
        toelichting="Wij hebben op dit moment niemand met de juiste opleiding.",
        door=kan_niet,
        nu=moment(),
    )
    assert Weigering.objects.get().aanbieder == kan_niet.aanbieder
    claim(eerste, planner(gemeente))


@pytest.mark.parametrize(("tekst", "reden"), [("Geen tijd.", "TOELICHTING_TE_KORT"), (" " * 60, "TOELICHTING_TE_KORT")])
def test_niet_aannemen_vraagt_een_hele_zin(tekst, reden):
    gemeente = lijstgemeente()
    with pytest.raises(Geweigerd) as fout:
        claims.weiger(
            plek=plek(gemeente), grond="niet_mogelijk", toelichting=tekst, door=planner(gemeente), nu=moment()
        )
    assert fout.value.reden == reden
    assert not Weigering.objects.exists()


def test_vervallen_claim_houdt_haar_plaats():
    gemeente = lijstgemeente()
    eerste, tweede = plek(gemeente), plek(gemeente, dag=1)
    door = planner(gemeente)
    claim(eerste, door)
    plekken.laat_vervallen(plek=eerste, reden="Geen opdracht gemaakt", door=backoffice(gemeente), nu=moment(uur=11))
    eerste.refresh_from_db()
    assert (eerste.status, eerste.geclaimd_door, eerste.startdatum) == ("open", None, None)
    assert geweigerd(tweede, planner(gemeente)).reden == "NIET_AAN_DE_BEURT"
    assert not Taak.objects.open().exists()
    laatste = Plekgebeurtenis.objects.latest("id")
    assert (laatste.soort, laatste.aanbieder, laatste.reden) == ("vervallen", door.aanbieder, "Geen opdracht gemaakt")
    claim(eerste, planner(gemeente))


def test_een_claim_met_opdracht_vervalt_niet():
    gemeente = lijstgemeente()
    eerste = plek(gemeente)
    claim(eerste, planner(gemeente))
    claims.bevestig(plek=eerste, door=backoffice(gemeente), nu=moment())
    with pytest.raises(IntussenGewijzigd):
        plekken.laat_vervallen(plek=eerste, reden="Te laat", door=backoffice(gemeente), nu=moment())

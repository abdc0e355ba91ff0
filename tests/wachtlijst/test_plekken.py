"""Placing, putting back, lapsing, starting; the list of a gemeente that has none (R-100, R-110, R-130)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tests.factories import VANDAAG, GemeenteFactory, PerceelFactory, aanstelling, moment
from tests.factories.wachtlijst import START, backoffice, consulent, lijstgemeente, planner, plek, toegekend
from wachtlijst import tasks
from wachtlijst.actions import claims, plekken
from wachtlijst.models import Plek, Plekgebeurtenis, lijst_op
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Logregel, OngeldigeOvergang, Toewijzing
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def plaats(voorziening, **velden):
    gemeente = voorziening.beschikking.zaak.gemeente
    return plekken.plaats(voorziening=voorziening, **{"door": consulent(gemeente), "nu": moment(), **velden})


def test_een_plek_weet_alles_wat_de_lijst_nodig_heeft():
    voorziening = toegekend(lijstgemeente(), volume=3, eenheid="04", client={"postcode": "3448QX"})
    p = plaats(voorziening, huisdieren="kat", niet_op_dagen=[5, 2])
    assert (p.code, p.minuten_per_week, p.postcode4, p.geplaatst_op) == ("WRD-0001", 180, "3448", moment())
    assert (p.beschikking_datum, p.niet_op_dagen) == (date(2026, 11, 2), [2, 5])
    assert (p.zaak, p.client) == (voorziening.beschikking.zaak, voorziening.client)
    regel = Logregel.objects.latest("id")
    assert (regel.tekst, regel.zaak) == ("Op de wachtlijst gezet: plek WRD-0001", p.zaak)


def test_nummers_lopen_per_gemeente():
    woerden, montfoort = lijstgemeente(), lijstgemeente("0335")
    codes = [plek(woerden).code, plek(montfoort).code, plek(woerden, dag=1).code]
    assert codes == ["WRD-0001", "MNF-0001", "WRD-0002"]


def test_eerst_het_besluit_dan_de_lijst():
    voorziening = toegekend(lijstgemeente())
    voorziening.beschikking.status = "ter_ondertekening"
    with pytest.raises(Geweigerd) as fout:
        plaats(voorziening)
    assert fout.value.zin == "Er is nog geen besluit. Eerst het besluit, dan de wachtlijst."


def test_oudewater_heeft_geen_lijst():
    with pytest.raises(Geweigerd) as fout:
        plaats(toegekend(GemeenteFactory(code="0589")))
    assert fout.value.zin == "Oudewater werkt zonder wachtlijst. Kies een aanbieder."


def test_pgb_en_dubbel_kunnen_niet_op_de_lijst():
    gemeente = lijstgemeente()
    with pytest.raises(Geweigerd) as pgb:
        plaats(toegekend(gemeente, vorm="pgb"))
    p = plek(gemeente)
    with pytest.raises(Geweigerd) as dubbel:
        plaats(p.voorziening)
    assert (pgb.value.reden, dubbel.value.reden) == ("PGB", "AL_OP_LIJST")


def test_spoedlabel_is_een_keuze_van_de_gemeente():
    with pytest.raises(Geweigerd) as fout:
        plaats(toegekend(lijstgemeente(spoedlabel_op_wachtlijst=False)), spoed=True)
    assert fout.value.reden == "SPOEDLABEL_UIT"


@pytest.mark.parametrize("rol", [Rol.PLANNING, Rol.REGIO, Rol.MANDAATHOUDER, Rol.BELEIDSMEDEWERKER])
def test_wie_niet_mag_plaatsen(rol):
    voorziening = toegekend(lijstgemeente())
    with pytest.raises(PermissionDenied):
        plaats(voorziening, door=aanstelling(rol))
    assert not Plek.objects.exists()


def test_terug_op_de_lijst_is_een_nieuw_moment():
    gemeente = lijstgemeente()
    eerste, tweede = plek(gemeente, huisdieren="hond"), plek(gemeente, dag=1)
    claims.claim(plek=eerste, startdatum=START, door=planner(gemeente), nu=moment())
    claims.bevestig(plek=eerste, door=backoffice(gemeente), nu=moment())
    nieuw = plekken.plaats_terug(plek=eerste, reden="Hervat na pauze", door=consulent(gemeente), nu=moment(uur=15))
    assert (eerste.status, nieuw.status, nieuw.huisdieren) == ("teruggeplaatst", "open", "hond")
    assert [rij.plek.code for rij in lijst_op(gemeente, moment(uur=16))] == [tweede.code, nieuw.code]


def test_een_open_plek_gaat_niet_terug():
    gemeente = lijstgemeente()
    p = plek(gemeente)
    with pytest.raises(Geweigerd):
        plekken.plaats_terug(plek=p, reden="Zomaar", door=consulent(gemeente), nu=moment())


def test_gestart_twee_keer_melden_is_een_keer_gestart():
    gemeente = lijstgemeente()
    p, door = plek(gemeente), planner(gemeente)
    claims.claim(plek=p, startdatum=START, door=door, nu=moment())
    claims.bevestig(plek=p, door=backoffice(gemeente), nu=moment())
    for _ in range(2):
        plekken.markeer_gestart(plek=p, begindatum=START, door=door, nu=moment(START))
    p.refresh_from_db()
    assert (p.status, p.gestart_op) == ("gestart", START)


def test_geschiedenis_is_alleen_toevoegen():
    plek()
    for poging in (
        lambda: Plekgebeurtenis.objects.update(status="open"),
        lambda: Plekgebeurtenis.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="nooit gewijzigd"), transaction.atomic():
            poging()


@pytest.mark.parametrize("van", Plek.Status)
@pytest.mark.parametrize("naar", Plek.Status)
def test_alle_paren_van_statussen(van, naar):
    p = plek()
    p.status = van
    if naar in Plek.OVERGANGEN.get(van, ()):
        assert p.kan_naar(naar)
    else:
        with pytest.raises(OngeldigeOvergang):
            p.zet_status(naar)


def test_rechtstreeks_waar_geen_lijst_is():
    gemeente = GemeenteFactory(code="0589")
    voorziening = toegekend(gemeente)
    aanbieder = PerceelFactory(gemeente=gemeente).aanbieder
    toewijzing = plekken.wijs_rechtstreeks_toe(
        voorziening=voorziening, aanbieder=aanbieder, ingangsdatum=START, door=backoffice(gemeente), nu=moment()
    )
    assert (toewijzing.aanbieder, toewijzing.gewenste_startdatum) == (aanbieder, START)


def test_niet_rechtstreeks_langs_de_lijst():
    gemeente = lijstgemeente()
    voorziening = toegekend(gemeente)
    with pytest.raises(Geweigerd) as fout:
        plekken.wijs_rechtstreeks_toe(
            voorziening=voorziening,
            aanbieder=PerceelFactory(gemeente=gemeente).aanbieder,
            ingangsdatum=START,
            door=backoffice(gemeente),
            nu=moment(),
        )
    assert fout.value.reden == "WEL_WACHTLIJST"
    assert not Toewijzing.objects.exists()


@pytest.mark.parametrize(("werkdagen", "vervalt"), [(0, False), (10_000, False), (1, True)])
def test_claims_vervallen_alleen_waar_de_gemeente_dat_wil(werkdagen, vervalt):
    gemeente = lijstgemeente(claim_vervalt_na_werkdagen=werkdagen)
    p = plek(gemeente, nu=moment(date(2025, 1, 6)))
    claims.claim(plek=p, startdatum=date(2025, 1, 20), door=planner(gemeente), nu=moment(date(2025, 1, 7)))
    assert tasks.laat_claims_vervallen() == int(vervalt)
    assert tasks.laat_claims_vervallen() == 0  # twice is harmless
    p.refresh_from_db()
    assert p.status == ("open" if vervalt else "geclaimd")


def test_vervallen_ziet_dat_de_backoffice_eerder_was():
    gemeente = lijstgemeente()
    p = plek(gemeente)
    claims.claim(plek=p, startdatum=START, door=planner(gemeente), nu=moment())
    oud = Plek.objects.select_related("gemeente", "geclaimd_door").get(pk=p.pk)
    claims.bevestig(plek=p, door=backoffice(gemeente), nu=moment())
    with pytest.raises(IntussenGewijzigd):
        plekken.laat_vervallen(plek=oud, reden="Te laat", door=backoffice(gemeente), nu=moment())


def test_de_lijst_op_een_dag_in_het_verleden():
    gemeente = lijstgemeente()
    eerste, tweede = plek(gemeente), plek(gemeente, dag=2)
    claims.claim(plek=eerste, startdatum=START, door=planner(gemeente), nu=moment())
    assert [p.plek.code for p in lijst_op(gemeente, moment(date(2026, 11, 4)))] == [eerste.code]
    assert [p.plek.code for p in lijst_op(gemeente, moment(date(2026, 11, 6)))] == [eerste.code, tweede.code]
    assert [p.plek.code for p in lijst_op(gemeente, moment(VANDAAG))] == [tweede.code]
    assert lijst_op(gemeente, moment(date(2026, 11, 1))) == []

"""Policy per municipality: R-082, R-089, R-137 to R-154, R-230 to R-233. The data decides, never a name."""

from datetime import date, datetime, timedelta

import pytest

from wmo.data import cbs_gemeenten, gemeenteregels, rijen
from wmo.periodes import AMSTERDAM, Periode
from wmo.rules import afspraken, eigen_bijdrage
from wmo.rules.gemeenteregels import Aanleiding, Bericht, Gemeenteregels, PauzeActie, na_overlijden, pauze

REGIO = {
    "Woerden": "0632",
    "Oudewater": "0589",
    "Montfoort": "0335",
    "De Ronde Venen": "0736",
    "Stichtse Vecht": "1904",
}
VANAF = date(2026, 3, 2)


def regels(naam: str) -> Gemeenteregels:
    return Gemeenteregels.uit(gemeenteregels(REGIO[naam]))


class TestGegevens:
    def test_de_vijf_gemeenten_hebben_regels_met_een_bron(self) -> None:
        assert {rij["gemeente"] for rij in rijen("gemeenteregels")} == set(REGIO.values())
        assert all(rij["bron"] and rij["geldig_vanaf"] for rij in rijen("gemeenteregels"))

    def test_elke_gemeente_is_overal_dezelfde(self) -> None:
        assert {naam: code for code, naam in cbs_gemeenten().items() if naam in REGIO} == REGIO

    def test_oudewater_heeft_geen_wachtlijst(self) -> None:
        assert [naam for naam in REGIO if not regels(naam).wachtlijst_actief] == ["Oudewater"]

    def test_een_onbekende_gemeente_heeft_niets_vastgelegd(self) -> None:
        assert gemeenteregels("0344") == {}
        assert not Gemeenteregels.uit({}).wachtlijst_actief

    def test_een_sleutel_die_geen_regel_kent_stoort_niet(self) -> None:
        assert Gemeenteregels.uit({"toegang": "SWOM", "overlijden_weken": 6}).overlijden_weken == 6


class TestPauze:
    def test_waar_een_317_hoort_is_die_zonder_wijziging_ongeldig(self) -> None:
        uitkomst = pauze(regels("Woerden"), vanaf=VANAF)
        assert uitkomst.bij_pauze == ()
        assert PauzeActie.WAARSCHUWING_317 in uitkomst.acties
        assert PauzeActie.MELDING_BUITEN_IWMO in uitkomst.acties

    def test_met_een_echte_wijziging_gaat_de_317_wel(self) -> None:
        uitkomst = pauze(regels("Oudewater"), vanaf=VANAF, echte_wijziging=True)
        assert uitkomst.bij_pauze == (Bericht("317"),)
        assert PauzeActie.WAARSCHUWING_317 not in uitkomst.acties

    def test_waar_een_307_hoort_volgt_bij_hervatten_een_305(self) -> None:
        uitkomst = pauze(regels("Stichtse Vecht"), vanaf=VANAF)
        assert uitkomst.bij_pauze == (Bericht("307", "20"),)
        assert uitkomst.bij_hervatting == (Bericht("305"),)
        assert PauzeActie.GEEN_307 not in uitkomst.acties

    @pytest.mark.parametrize("naam", ["Montfoort", "De Ronde Venen"])
    def test_waar_de_indicatie_doorloopt_gaat_er_geen_bericht(self, naam: str) -> None:
        uitkomst = pauze(regels(naam), vanaf=VANAF, echte_wijziging=True)
        assert uitkomst.bij_pauze == uitkomst.bij_hervatting == ()
        assert PauzeActie.INDICATIE_LOOPT_DOOR in uitkomst.acties

    @pytest.mark.parametrize("naam", REGIO)
    def test_factureren_stopt_overal(self, naam: str) -> None:
        assert pauze(regels(naam), vanaf=VANAF).facturatie_stopt == VANAF

    @pytest.mark.parametrize(
        ("hervat_op", "overleg_op"),
        [(None, date(2026, 4, 27)), (date(2026, 4, 27), None), (date(2026, 4, 28), date(2026, 4, 27))],
    )
    def test_na_acht_weken_overleg_tenzij_de_hulp_al_terug_is(
        self, hervat_op: date | None, overleg_op: date | None
    ) -> None:
        assert pauze(regels("Stichtse Vecht"), vanaf=VANAF, hervat_op=hervat_op).overleg_op == overleg_op

    def test_op_verzoek_van_de_client_loopt_de_eigen_bijdrage_door(self) -> None:
        wens = pauze(regels("Woerden"), vanaf=VANAF)
        storing = pauze(regels("Woerden"), vanaf=VANAF, aanleiding=Aanleiding.LEVERINGSPROBLEEM)
        assert PauzeActie.EIGEN_BIJDRAGE_LOOPT_DOOR in wens.acties
        assert PauzeActie.EIGEN_BIJDRAGE_LOOPT_DOOR not in storing.acties


class TestOverlijden:
    @pytest.mark.parametrize(("naam", "einde"), [("Woerden", date(2026, 6, 29)), ("Stichtse Vecht", date(2026, 7, 13))])
    def test_hulp_voor_de_achterblijver(self, naam: str, einde: date) -> None:
        uitkomst = na_overlijden(regels(naam), overleden=date(2026, 6, 1), huisgenoot_met_behoefte=True)
        assert uitkomst.hulp_tot_en_met == uitkomst.tijdelijk_tot_en_met == einde
        assert uitkomst.heronderzoek is (naam == "Stichtse Vecht")

    def test_zonder_achterblijver_eindigt_het_op_de_dag_zelf(self) -> None:
        uitkomst = na_overlijden(regels("Woerden"), overleden=date(2026, 6, 1), huisgenoot_met_behoefte=False)
        assert (uitkomst.hulp_tot_en_met, uitkomst.tijdelijk_tot_en_met) == (date(2026, 6, 1), None)
        assert uitkomst.reden_wijziging == "02"

    def test_weken_schuiven_niet_voor_een_feestdag(self) -> None:
        uitkomst = na_overlijden(regels("Woerden"), overleden=date(2026, 11, 27), huisgenoot_met_behoefte=True)
        assert uitkomst.hulp_tot_en_met == date(2026, 12, 25)


class TestKalendermaandGeenZorg:
    """R-089."""

    def bereken(self, van: date, tot: date | None, hervat: date | None, **anders: str) -> eigen_bijdrage.Bijdragestop:
        return eigen_bijdrage.maanden_zonder_zorg(
            regels(anders.get("naam", "Woerden")),
            van=van,
            tot_en_met=tot,
            hervat_op=hervat,
            oorzaak=anders.get("oorzaak", "leveringsprobleem"),
        )

    def test_van_drie_maart_tot_en_met_dertig_april_telt_alleen_april(self) -> None:
        uitkomst = self.bereken(date(2026, 3, 3), date(2026, 4, 30), date(2026, 5, 1))
        assert uitkomst.maanden == (Periode.maand(2026, 4),)
        assert uitkomst.terugvragen_tot_en_met == date(2026, 5, 1) + timedelta(days=42)

    @pytest.mark.parametrize("anders", [{"oorzaak": "vakantie"}, {"oorzaak": "ziekenhuis"}, {"naam": "Montfoort"}])
    def test_alleen_bij_leveringsprobleem_en_waar_de_gemeente_dat_kent(self, anders: dict[str, str]) -> None:
        assert self.bereken(date(2026, 3, 1), date(2026, 4, 30), date(2026, 5, 1), **anders).maanden == ()

    def test_zolang_de_zorg_niet_terug_is_is_er_geen_laatste_dag(self) -> None:
        uitkomst = self.bereken(date(2026, 3, 1), date(2026, 3, 31), None)
        assert (len(uitkomst.maanden), uitkomst.terugvragen_tot_en_met) == (1, None)

    def test_zonder_einde_telt_tot_de_dag_voor_hervatten(self) -> None:
        assert self.bereken(date(2026, 3, 1), None, date(2026, 4, 1)).maanden == (Periode.maand(2026, 3),)
        assert self.bereken(date(2026, 3, 1), None, None).maanden == ()


@pytest.mark.parametrize(
    ("kostprijs", "per_maand", "maanden", "laatste"),
    [(57000, 1900, 30, 1900), (57001, 1900, 31, 1), (100, 1900, 1, 100), (0, 1900, 0, 0)],
)
def test_eigen_bijdrage_stopt_bij_de_kostprijs(kostprijs: int, per_maand: int, maanden: int, laatste: int) -> None:
    verloop = eigen_bijdrage.tot_kostprijs(kostprijs, per_maand)
    assert (verloop.maanden, verloop.laatste_maand) == (maanden, laatste)


class TestAfspraken:
    """R-140 to R-143."""

    @pytest.mark.parametrize(
        ("vooraf", "soort"),
        [
            (timedelta(hours=24), afspraken.Afzegging.MEER_DAN_24_UUR),
            (timedelta(hours=23, minutes=59), afspraken.Afzegging.MINDER_DAN_24_UUR),
            (timedelta(0), afspraken.Afzegging.NO_SHOW),
            (None, afspraken.Afzegging.NO_SHOW),
        ],
    )
    def test_soort_afzegging(self, vooraf: timedelta | None, soort: afspraken.Afzegging) -> None:
        afspraak = datetime(2026, 6, 3, 9, tzinfo=AMSTERDAM)
        assert afspraken.soort_afzegging(afspraak, None if vooraf is None else afspraak - vooraf) is soort

    def test_in_het_weekend_van_de_zomertijd_zijn_dezelfde_kloktijden_23_uur(self) -> None:
        afspraak = datetime(2026, 3, 29, 9, tzinfo=AMSTERDAM)
        zelfde_kloktijd = datetime(2026, 3, 28, 9, tzinfo=AMSTERDAM)
        assert afspraken.soort_afzegging(afspraak, zelfde_kloktijd) is afspraken.Afzegging.MINDER_DAN_24_UUR

    @pytest.mark.parametrize(
        ("tweede", "teller"), [(date(2026, 3, 3), 2), (date(2026, 3, 4), 1)], ids=["op de dag af", "een dag later"]
    )
    def test_teller_loopt_over_twaalf_maanden(self, tweede: date, teller: int) -> None:
        rij = afspraken.no_shows([tweede, date(2025, 3, 3)])[-1]
        assert (rij.datum, rij.teller, rij.contact_toegang) == (tweede, teller, teller > 1)
        assert rij.melden_aan_gemeente

    def test_factuur_aan_de_client_alleen_na_overleg(self) -> None:
        assert afspraken.factuur_aan_client(overleg_geweest=False) is afspraken.FactuurAanClient.EERST_OVERLEG
        assert afspraken.factuur_aan_client(overleg_geweest=True) is afspraken.FactuurAanClient.TOEGESTAAN

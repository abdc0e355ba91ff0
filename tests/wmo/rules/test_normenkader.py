"""Normenkader, HHT, begeleiding and social return: R-170, R-172, R-200 to R-217, R-221."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo.rules import begeleiding, normenkader
from wmo.rules.afronden import rond_af
from wmo.rules.normenkader import Frequentie, Post, Soort, Wie
from wmo.rules.social_return import Contractjaar, verplichtingen

HUIS, WAS = "schoon en leefbaar huis", "wasverzorging"
BASIS = Post.uren(HUIS, "basis", 108, Soort.BASIS)


class TestAfronden:
    @pytest.mark.parametrize(
        ("waarde", "rond"),
        [("0.005", "0.01"), ("0.0049", "0.00"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1", "1.00")],
    )
    def test_half_omhoog(self, waarde: str, rond: str) -> None:
        assert str(rond_af(Decimal(waarde))) == rond
        assert str(rond_af(Fraction(waarde))) == rond

    def test_een_derde_gaat_nooit_door_een_afgekapte_decimaal(self) -> None:
        assert rond_af(Fraction(1, 3) * 3 / 2, 0) == 1

    def test_floats_worden_geweigerd(self) -> None:
        with pytest.raises(TypeError, match="floats"):
            rond_af(0.5)  # type: ignore[arg-type]

    @given(st.fractions(), st.integers(0, 4))
    def test_nooit_verder_dan_een_halve_stap(self, waarde: Fraction, decimalen: int) -> None:
        assert abs(Fraction(rond_af(waarde, decimalen)) - waarde) <= Fraction(1, 2 * 10**decimalen)


class TestHuishoudelijkeOndersteuning:
    @pytest.mark.parametrize(
        ("posten", "minuten"),
        [
            pytest.param([], 125, id="basis"),
            pytest.param([("meer", 4, 1)], 129, id="eenmaal afronden: 129, geen 130"),
            pytest.param([("meer", 16, 2)], 162, id="twee kamers in gebruik"),
            pytest.param([("minder", 23, 1)], 98, id="minder inzet"),
            pytest.param([("minder", 200, 1)], 0, id="nooit onder nul"),
        ],
    )
    def test_som(self, posten: list[tuple[str, int, int]], minuten: int) -> None:
        rijen = [BASIS, *(Post.uren(HUIS, soort, uren, Soort(soort), aantal) for soort, uren, aantal in posten)]
        assert normenkader.bereken(rijen).minuten_per_week == minuten

    @pytest.mark.parametrize(
        ("frequentie", "minuten"),
        [
            (Frequentie.PER_WEEK, 30),
            (Frequentie.PER_TWEE_WEKEN, 15),
            (Frequentie.PER_VIER_WEKEN, 8),
            (Frequentie.PER_JAAR, 1),
        ],
    )
    def test_frequentie_naar_week(self, frequentie: Frequentie, minuten: int) -> None:
        post = Post.activiteit(WAS, "strijken", minuten=30, keer_per_jaar=frequentie.per_jaar)
        assert normenkader.bereken([post]).minuten_per_week == minuten

    @pytest.mark.parametrize("wie", [wie for wie in Wie if wie is not Wie.HULP])
    def test_alleen_wat_de_hulp_doet_telt(self, wie: Wie) -> None:
        post = Post.activiteit(WAS, "de was", minuten=21, keer_per_jaar=52, wie=wie)
        assert normenkader.bereken([BASIS, post]).minuten_per_week == 125

    def test_een_gebied_onder_nul_gaat_niet_van_een_ander_af(self) -> None:
        minder = Post.uren(WAS, "netwerk doet de was", 50, Soort.MINDER)
        assert normenkader.bereken([BASIS, minder]).per_resultaatgebied == {HUIS: 125, WAS: 0}

    @given(st.lists(st.tuples(st.sampled_from(Soort), st.integers(0, 200)), max_size=8))
    def test_de_volgorde_van_de_rijen_doet_er_niet_toe(self, rijen: list[tuple[Soort, int]]) -> None:
        posten = [Post.uren(HUIS, "rij", uren, soort) for soort, uren in rijen]
        assert normenkader.bereken(posten) == normenkader.bereken(posten[::-1])

    def test_tweewekelijks_past_tot_de_referentie(self) -> None:
        assert normenkader.Normtijd(75, {}).past_in_tweewekelijks
        assert not normenkader.Normtijd(76, {}).past_in_tweewekelijks

    def test_tijd_als_uren_en_minuten(self) -> None:
        assert normenkader.uren_en_minuten(165) == "2:45"
        assert normenkader.uren_en_minuten(5) == "0:05"

    @pytest.mark.parametrize(
        ("vastgesteld", "reden", "geweigerd"),
        [
            (125, "", None),
            (138, "COPD", "Leg in minstens één hele zin uit waarom 13 minuten extra nodig zijn."),
            (112, "COPD", "Leg in minstens één hele zin uit waarom 13 minuten minder nodig zijn."),
            (138, "Door de rolstoel moet de vloer elke week twee keer worden gedweild.", None),
            (
                -1,
                "Door de rolstoel moet de vloer elke week twee keer worden gedweild.",
                "De tijd kan niet onder 0 komen.",
            ),
        ],
    )
    def test_een_afwijking_heeft_een_hele_zin_nodig(self, vastgesteld: int, reden: str, geweigerd: str | None) -> None:
        assert normenkader.weiger_afwijking(125, vastgesteld, reden) == geweigerd

    def test_hht_hoogstens_36_uur_per_jaar(self) -> None:
        assert normenkader.weiger_hht(al_toegekend_uren=Decimal(30), nieuw_uren=Decimal(6)) is None
        zin = normenkader.weiger_hht(al_toegekend_uren=Decimal("30.5"), nieuw_uren=Decimal(6))
        assert zin == "De HHT is hoogstens 36 uur per kalenderjaar. Er is nog 5,5 uur over."


class TestBegeleiding:
    @pytest.mark.parametrize(
        ("niveau", "naast_hulp", "soort"),
        [
            (begeleiding.Niveau.ZWAAR, False, begeleiding.SoortBegeleiding.SPECIALISTISCH),
            (begeleiding.Niveau.MIDDEN, True, begeleiding.SoortBegeleiding.PRAKTISCH),
            (begeleiding.Niveau.MIDDEN, False, begeleiding.SoortBegeleiding.BASIS),
        ],
    )
    def test_de_behoefte_bepaalt_de_soort(
        self, niveau: begeleiding.Niveau, naast_hulp: bool, soort: begeleiding.SoortBegeleiding
    ) -> None:
        uitkomst = begeleiding.soort_begeleiding(persoonlijk_functioneren=niveau, naast_huishoudelijke_hulp=naast_hulp)
        assert uitkomst is soort

    def test_banden_tellen_op(self) -> None:
        licht, zwaar = begeleiding.Band(30, 60), begeleiding.Band(300, None)
        assert begeleiding.totaalband([licht, licht]) == begeleiding.Band(60, 120)
        assert begeleiding.totaalband([licht, zwaar]) == begeleiding.Band(330, None)

    @pytest.mark.parametrize(
        ("minuten", "reden", "geweigerd"), [(45, "Passend bij het plan.", False), (45, "", True), (61, "Veel.", True)]
    )
    def test_een_keuze_ligt_in_de_band_en_heeft_een_reden(self, minuten: int, reden: str, geweigerd: bool) -> None:
        assert (begeleiding.weiger_bandkeuze(begeleiding.Band(30, 60), minuten, reden) is not None) is geweigerd

    def test_een_blijvend_enkel_dagdeel_vraagt_een_gesprek(self) -> None:
        assert begeleiding.vraagt_gesprek(1, blijvend=True)
        assert not begeleiding.vraagt_gesprek(1, blijvend=False)
        assert not begeleiding.vraagt_gesprek(2, blijvend=True)
        assert [begeleiding.dagdelen(minuten) for minuten in (0, 240, 241)] == [0, 1, 2]


class TestSocialReturn:
    def test_het_tweede_jaar_gaat_over_de_omzet_van_het_eerste(self) -> None:
        eerste, tweede = verplichtingen(
            [Contractjaar(Decimal(450_000), inzet=Decimal(12_500)), Contractjaar(Decimal(470_000))],
            geschatte_omzet=Decimal(400_000),
        )
        assert (eerste.verschuldigd, eerste.nog_te_doen, eerste.nieuw_tegoed) == (12_000, 0, 500)
        assert (tweede.verschuldigd, tweede.tegoed, tweede.nog_te_doen) == (13_500, 500, 13_000)

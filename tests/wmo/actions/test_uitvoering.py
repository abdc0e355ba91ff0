"""Between start and stop: what a report leaves behind, whom it asks for what, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import ProductFactory, ToewijzingFactory, aanstelling, moment
from tests.factories.levering import TEKST, vast_plan, verstuurd_plan
from wmo.actions import bezoeken, evaluaties, overlijden, uitvoering, zaken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Evaluatie, Gemeenteregel, Logregel, Taak, Uitvoeringsplan
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
PLAN = {
    "resultaten": TEKST,
    "werkafspraken": TEKST,
    "zelf_doen": TEKST,
    "ritme": "twee_weken",
    "ritme_reden": "",
    "besproken_op": date(2026, 11, 20),
}
VERSLAG = "Besproken wat er goed gaat en wat er nog moet gebeuren."


@pytest.fixture
def toewijzing():
    return ToewijzingFactory(uiterste_startdatum=date(2026, 12, 1))


@pytest.fixture
def zaak(toewijzing):
    return toewijzing.voorziening.beschikking.zaak


@pytest.fixture
def planner(toewijzing):
    return aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)


@pytest.fixture
def consulent(toewijzing):
    return aanstelling(Rol.CONSULENT, gemeente=toewijzing.gemeente)


def taken(**filter_) -> dict[str, str]:
    return dict(Taak.objects.open().filter(**filter_).values_list("sleutel", "titel"))


class TestNietThuis:
    def meld(self, toewijzing, planner, dag, **velden):
        return bezoeken.meld(
            toewijzing=toewijzing, afspraak_op=moment(dag, 9), toelichting="Aangebeld en gebeld.", door=planner,
            nu=moment(), **velden,
        )  # fmt: skip

    def test_komt_altijd_bij_de_gemeente_en_de_tweede_keer_vraagt_overleg(self, toewijzing, planner):
        """R-141, R-142."""
        eerste = self.meld(toewijzing, planner, date(2026, 10, 5))
        tweede = self.meld(toewijzing, planner, date(2026, 11, 16))
        nummer = toewijzing.toewijzingnummer
        assert taken(soort=Taak.Soort.NIET_THUIS, aanbieder=None) == {
            f"niet-thuis:{eerste.pk}": f"Niet thuis gemeld bij opdracht {nummer}",
            f"niet-thuis:{tweede.pk}": f"Niet thuis gemeld bij opdracht {nummer}, 2 keer in een jaar: overleg nodig",
        }
        assert [stand.teller for stand in bezoeken.teller(toewijzing, op=date(2026, 11, 23))] == [1, 2]

    def test_venster_is_beleid(self, toewijzing, planner):
        Gemeenteregel.objects.create(
            gemeente=toewijzing.gemeente, sleutel="no_show_venster_maanden", waarde=1, ingangsdatum=date(2026, 1, 1),
            bron="Keuze",
        )  # fmt: skip
        self.meld(toewijzing, planner, date(2026, 10, 5))
        tweede = self.meld(toewijzing, planner, date(2026, 11, 16))
        assert "overleg" not in taken()[f"niet-thuis:{tweede.pk}"]

    @pytest.mark.parametrize(
        ("uren", "soort"),
        [(30, "MEER_DAN_24_UUR"), (24, "MEER_DAN_24_UUR"), (3, "MINDER_DAN_24_UUR")],
    )
    def test_afzeggen_is_alleen_vastgelegd(self, toewijzing, planner, uren, soort):
        """R-140: the soort follows from the clock, and nobody gets work of it."""
        afspraak = moment(date(2026, 11, 20), 9)
        bezoek = bezoeken.meld(
            toewijzing=toewijzing, afspraak_op=afspraak, afgezegd_op=afspraak - timedelta(hours=uren), door=planner,
            nu=moment(),
        )  # fmt: skip
        assert (bezoek.soort, taken()) == (soort, {})

    def test_een_bezoek_een_keer_en_niet_in_de_toekomst(self, toewijzing, planner):
        self.meld(toewijzing, planner, date(2026, 11, 16))
        for dag, reden in ((date(2026, 11, 16), "AL_GEMELD"), (date(2026, 11, 30), "TOEKOMST")):
            with pytest.raises(Geweigerd) as fout:
                self.meld(toewijzing, planner, dag)
            assert fout.value.reden == reden
        assert Logregel.objects.filter(handeling="bezoeken.meld").count() == 1

    def test_rekening_pas_na_overleg_en_een_keer_beoordeeld(self, toewijzing, planner, consulent):
        """R-143, S-163."""
        bezoek = self.meld(toewijzing, planner, date(2026, 11, 16))
        assert bezoek.get_rekening_display() == "Nog geen overleg"
        gegevens = {"bezoek": bezoek, "rekening": "niet", "overleg": "Zij was in de war.", "nu": moment()}
        with pytest.raises(PermissionDenied):
            bezoeken.beoordeel(door=planner, **gegevens)
        bezoeken.beoordeel(door=consulent, **gegevens)
        bezoek.refresh_from_db()
        assert (bezoek.get_rekening_display(), taken(soort=Taak.Soort.NIET_THUIS)) == ("Geen rekening", {})
        with pytest.raises(IntussenGewijzigd):
            bezoeken.beoordeel(door=consulent, **gegevens)


class TestVoorDeStart:
    @pytest.mark.parametrize(("verplicht", "soort"), [(True, "intake"), (False, "kennismaking")])
    def test_intake_waar_de_gemeente_dat_wil_anders_kennismaken(self, toewijzing, planner, verplicht, soort):
        """R-074, S-068, S-069, S-130."""
        Gemeenteregel.objects.create(
            gemeente=toewijzing.gemeente, sleutel="intake_verplicht", waarde=verplicht, ingangsdatum=date(2023, 1, 1),
            bron="Werkafspraken",
        )  # fmt: skip
        uitvoering.zet_taken(toewijzing=toewijzing, nu=moment())
        assert (f"kennismaking:{toewijzing.pk}" in taken(aanbieder=toewijzing.aanbieder)) is verplicht
        gesprek = uitvoering.leg_kennismaking_vast(
            toewijzing=toewijzing, gesprek_op=date(2026, 11, 20), verwachtingen=TEKST, afspraken=TEKST, door=planner,
            nu=moment(),
        )  # fmt: skip
        assert gesprek.soort == soort
        assert f"kennismaking:{toewijzing.pk}" not in taken()

    def test_uitvoeringsplan_heeft_de_klok_van_de_start(self, toewijzing, planner):
        """R-104, S-131: only where an uitvoeringsplan belongs."""
        begeleiding = ToewijzingFactory(voorziening__product=ProductFactory(code="02A05"))
        for opdracht in (toewijzing, begeleiding):
            uitvoering.zet_taken(toewijzing=opdracht, nu=moment())
        taak = Taak.objects.open().get(soort=Taak.Soort.UITVOERINGSPLAN)
        assert (taak.sleutel, taak.uiterlijk) == (f"uitvoeringsplan:{toewijzing.pk}", date(2026, 12, 1))

    def test_bewaren_mag_half_versturen_niet(self, toewijzing, planner):
        half = PLAN | {"zelf_doen": ""}
        wie = {"toewijzing": toewijzing, "door": planner, "nu": moment()}
        uitvoering.bewaar_plan(inhoud=half, **wie)
        with pytest.raises(Geweigerd) as fout:
            uitvoering.stuur_plan(inhoud=half, **wie)
        assert fout.value.reden == "ONVOLLEDIG"
        assert Uitvoeringsplan.objects.get().verstuurd_op is None

    def test_na_versturen_volgt_een_nieuwe_versie(self, toewijzing, planner):
        wie = {"toewijzing": toewijzing, "door": planner, "nu": moment()}
        uitvoering.zet_taken(toewijzing=toewijzing, nu=moment())
        uitvoering.bewaar_plan(inhoud=PLAN, **wie)
        verstuurd = uitvoering.stuur_plan(inhoud=PLAN, **wie)
        assert f"uitvoeringsplan:{toewijzing.pk}" not in taken()
        nieuw = uitvoering.bewaar_plan(inhoud=PLAN | {"werkafspraken": "Voortaan op vrijdagmiddag."}, **wie)
        verstuurd.refresh_from_db()
        assert (verstuurd.versie, verstuurd.werkafspraken, nieuw.versie) == (1, TEKST, 2)


class TestOverlijden:
    def meld(self, toewijzing, planner, **velden):
        gegevens = {"overleden_op": date(2026, 11, 20), "huisgenoot": "nee", **velden}
        return overlijden.meld(toewijzing=toewijzing, door=planner, nu=moment(), **gegevens)

    def test_melding_wordt_werk_en_sluit_nog_niets(self, toewijzing, planner, zaak):
        """R-150, S-165."""
        self.meld(toewijzing, planner)
        client = toewijzing.client
        client.refresh_from_db()
        assert client.overleden_op is None
        assert taken() == {f"overlijdensmelding:{client.pk}": "Aanbieder meldt een overlijden"}
        assert Taak.objects.get().pad == f"/zaken/{zaak.zaaknummer}/overlijden/"

    def test_verwerken_sluit_wat_dicht_moet(self, toewijzing, planner, zaak, consulent):
        zaken_status = zaak
        uitvoering.zet_taken(toewijzing=toewijzing, nu=moment())
        evaluatie = Evaluatie.objects.create(zaak=zaak, gepland_op=date(2027, 1, 4))
        pauze = toewijzing.pauzes.create(vanaf=date(2026, 11, 2), aanleiding="verzoek_client", reden="Logeert.")
        melding = self.meld(toewijzing, planner)
        zaken.meld_overlijden(
            client=toewijzing.client, overleden_op=date(2026, 11, 20), door=consulent, nu=moment(uur=11)
        )
        for rij in (zaken_status, evaluatie, pauze, melding):
            rij.refresh_from_db()
        assert (zaak.status, evaluatie.status, pauze.status, melding.status) == (
            "overleden",
            "vervallen",
            "beeindigd",
            "verwerkt",
        )
        titel = f"Toewijzing {toewijzing.toewijzingnummer} beëindigen na overlijden"
        assert taken() == {f"overlijden:{toewijzing.pk}": titel}

    @pytest.mark.parametrize(
        ("weken", "heronderzoek", "tot"),
        [(4, False, "hulp t/m 18-12-2026"), (6, True, "hulp t/m 01-01-2027 en nieuw onderzoek")],
    )
    def test_huisgenoot_krijgt_de_weken_van_de_gemeente(self, toewijzing, planner, consulent, weken, heronderzoek, tot):
        """R-151, R-152, S-166 to S-169."""
        for sleutel, waarde in (("overlijden_weken", weken), ("overlijden_heronderzoek", heronderzoek)):
            Gemeenteregel.objects.create(
                gemeente=toewijzing.gemeente, sleutel=sleutel, waarde=waarde, ingangsdatum=date(2023, 1, 1), bron="B"
            )
        self.meld(toewijzing, planner, huisgenoot="ja")
        zaken.meld_overlijden(
            client=toewijzing.client, overleden_op=date(2026, 11, 20), huisgenoot=True, door=consulent, nu=moment()
        )
        titel = f"Neem een melding op voor de huisgenoot: {tot}"
        assert taken(soort=Taak.Soort.OVERLIJDEN) == {f"achterblijver:{toewijzing.client_id}": titel}

    def test_twee_bronnen_een_datum(self, toewijzing, planner, consulent):
        """The gemeente knew it already: the same date asks nothing, another date asks to look (R-150)."""
        toewijzing.client.overleden_op = date(2026, 11, 20)
        toewijzing.client.save()
        assert self.meld(toewijzing, planner).status == "verwerkt"
        assert taken() == {}
        self.meld(toewijzing, planner, overleden_op=date(2026, 11, 19))
        assert list(taken().values()) == ["Aanbieder meldt een overlijden (andere datum dan bekend)"]

    def test_melding_die_niet_klopt_verandert_niets(self, toewijzing, planner, zaak, consulent):
        melding = self.meld(toewijzing, planner)
        overlijden.wijs_af(client=toewijzing.client, reden="Vergissing.", door=consulent, nu=moment())
        melding.refresh_from_db()
        zaak.refresh_from_db()
        assert (melding.status, zaak.status, taken()) == ("onjuist", "bekendgemaakt", {})


class TestEvaluatie:
    @pytest.fixture
    def open_(self, zaak, consulent):
        vast_plan(zaak)
        return evaluaties.plan(
            zaak=zaak, gepland_op=date(2026, 12, 1), aanleiding="verlenging", door=consulent, nu=moment()
        )

    def inhoud(self, evaluatie, **velden):
        doelen = {doel.pk: ("vooruit", "") for doel in evaluatie.plan.doelen.all()}
        begin = {"gesprek_op": date(2026, 11, 20), "verslag": VERSLAG, "uitkomst": "ongewijzigd", "doelen": doelen}
        return evaluaties.Inhoud(**{**begin, **velden})

    def formulier(self, toewijzing, planner, soort="evaluatie", **velden):
        begin = {"resultaten": TEKST, "advies": "ongewijzigd", "motivering": TEKST}
        return evaluaties.dien_formulier_in(
            toewijzing=toewijzing, soort=soort, door=planner, nu=moment(), **{**begin, **velden}
        )

    def test_aanbieder_wordt_gevraagd_en_antwoordt(self, open_, toewijzing, planner, consulent):
        with pytest.raises(Geweigerd) as fout:
            self.formulier(toewijzing, planner)
        assert fout.value.reden == "NIET_GEVRAAGD"
        assert evaluaties.nodig_uit(evaluatie=open_, door=consulent, nu=moment()) == 1
        assert f"evaluatieformulier:{toewijzing.pk}" in taken(aanbieder=toewijzing.aanbieder)
        self.formulier(toewijzing, planner)
        open_.refresh_from_db()
        assert (open_.status, taken(aanbieder=toewijzing.aanbieder)) == ("input", {})

    def test_verlengen_vraagt_uitvoeringsplan_en_productcode(self, open_, toewijzing, planner, consulent):
        """R-136, S-060, S-141, S-142."""
        evaluaties.nodig_uit(evaluatie=open_, door=consulent, nu=moment())
        for velden, reden in (({}, "PRODUCTCODE"), ({"nieuw_product": toewijzing.product}, "UITVOERINGSPLAN")):
            with pytest.raises(Geweigerd) as fout:
                self.formulier(toewijzing, planner, advies="verlengen", **velden)
            assert fout.value.reden == reden
        rond_af = {"evaluatie": open_, "door": consulent, "nu": moment(uur=14)}
        with pytest.raises(Geweigerd, match="eerst het uitvoeringsplan") as fout:
            evaluaties.rond_af(inhoud=self.inhoud(open_, uitkomst="verlengd"), **rond_af)
        verstuurd_plan(toewijzing)
        self.formulier(toewijzing, planner, advies="verlengen", nieuw_product=ProductFactory(code="01A04"))
        open_.refresh_from_db()
        evaluaties.rond_af(inhoud=self.inhoud(open_, uitkomst="verlengd"), **rond_af)
        titel = f"Verleng opdracht {toewijzing.toewijzingnummer} na de evaluatie"
        assert taken() == {f"na-evaluatie:{toewijzing.pk}": titel}
        assert open_.formulieren.get().nieuw_product.code == "01A04"

    def test_mutatieformulier_begint_zelf_een_evaluatie(self, toewijzing, planner, zaak):
        """R-139, S-043."""
        self.formulier(toewijzing, planner, soort="mutatie", advies="meer")
        evaluatie = Evaluatie.objects.get()
        assert (evaluatie.aanleiding, evaluatie.status, evaluatie.gepland_op) == (
            "mutatie",
            "input",
            date(2026, 11, 23),
        )
        assert taken() == {f"evaluatie:{zaak.pk}": f"Mutatieformulier ontvangen bij {zaak.zaaknummer}"}

    def test_crisis_komt_terug_in_de_evaluatie(self, open_, toewijzing, planner, consulent):
        """R-163, S-040 to S-042."""
        melding = bezoeken.meld_crisis(
            toewijzing=toewijzing, datum=date(2026, 11, 19), wat="Gevallen.", extra_hulp="Elke dag langs.",
            door=planner, nu=moment(date(2026, 11, 19)),
        )  # fmt: skip
        assert f"crisis:{melding.pk}" in taken(soort=Taak.Soort.CRISIS)
        bezoeken.zie_crisis(melding=melding, door=consulent, nu=moment())
        wie = {"evaluatie": open_, "door": consulent, "nu": moment(uur=14)}
        with pytest.raises(Geweigerd, match="meldde een crisis"):
            evaluaties.rond_af(inhoud=self.inhoud(open_), **wie)
        evaluaties.rond_af(inhoud=self.inhoud(open_, crisis="Besproken: er komt een alarm."), **wie)
        volgende = evaluaties.plan(
            zaak=open_.zaak, gepland_op=date(2027, 3, 1), aanleiding="plan", door=consulent, nu=moment(uur=15)
        )
        assert not evaluaties.crises(volgende).exists()

    def test_wie_later_bewaart_moet_gelezen_hebben_wat_er_staat(self, open_, consulent):
        wie = {"evaluatie": open_, "door": consulent, "nu": moment()}
        evaluaties.bewaar(inhoud=self.inhoud(open_), bewerkt=0, **wie)
        with pytest.raises(IntussenGewijzigd):
            evaluaties.bewaar(inhoud=self.inhoud(open_, verslag="Anders."), bewerkt=0, **wie)
        open_.refresh_from_db()
        assert (open_.verslag, open_.doelen.count()) == (VERSLAG, 2)

    def test_een_open_evaluatie_verschuift_en_een_lopende_niet(self, open_, consulent, zaak):
        plan = {"zaak": zaak, "aanleiding": "plan", "door": consulent, "nu": moment()}
        assert evaluaties.plan(gepland_op=date(2026, 12, 8), **plan).pk == open_.pk
        open_.refresh_from_db()
        evaluaties.nodig_uit(evaluatie=open_, door=consulent, nu=moment())
        with pytest.raises(Geweigerd) as fout:
            evaluaties.plan(gepland_op=date(2026, 12, 15), **plan)
        assert fout.value.reden == "AL_BEZIG"
        open_.refresh_from_db()
        assert open_.gepland_op == date(2026, 12, 8)

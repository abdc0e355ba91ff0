"""The pages between start and stop: what they ask, what they say afterwards, and who sees what."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import PerceelFactory, ToewijzingFactory
from tests.factories.levering import TEKST, clientenstop, vast_plan, verstuurd_plan
from wmo.actions import bezoeken
from wmo.models import Clientenstop, Evaluatie, Gemeenteregel, GemistBezoek, Overlijdensmelding, Taak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@pytest.fixture
def toewijzing():
    opdracht = ToewijzingFactory(
        uiterste_startdatum=timezone.localdate() + timedelta(days=9), einddatum=date(2027, 10, 31)
    )
    PerceelFactory(aanbieder=opdracht.aanbieder, gemeente=opdracht.gemeente)
    opdracht.gemeente.telefoon = "0348-00 00 00"
    opdracht.gemeente.save()
    return opdracht


@pytest.fixture
def zaak(toewijzing):
    return toewijzing.voorziening.beschikking.zaak


@pytest.fixture
def planner(als, toewijzing):
    return als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)


@pytest.fixture
def consulent(als, toewijzing):
    return als(Rol.CONSULENT, gemeente=toewijzing.gemeente)


def dag(verschil: int = 0) -> str:
    return f"{timezone.localdate() + timedelta(days=verschil):%d-%m-%Y}"


def tekst(antwoord) -> str:
    return antwoord.content.decode()


def stuur(bezoeker, toewijzing, deel, gegevens):
    """Post one of the short pages, and read the opdracht where it leads to."""
    return tekst(bezoeker.post(f"/aanbieder/clienten/{toewijzing.pk}/{deel}/", gegevens, follow=True))


def test_tweede_keer_niet_thuis_zegt_wie_te_bellen(planner, toewijzing):
    """R-142 to R-144."""
    gegevens = {"tijd": "09:30", "toelichting": "Aangebeld en gebeld."}
    eerste = stuur(planner, toewijzing, "niet-thuis", gegevens | {"datum": dag(-9)})
    assert "Bel de toegang" not in eerste
    tweede = stuur(planner, toewijzing, "niet-thuis", gegevens | {"datum": dag(-2)})
    assert "Dit is keer 2. Bel de toegang: 0348-00 00 00. Stuur de cliënt geen rekening" in tweede
    assert "Een bezoek dat niet doorging kunt u niet declareren." in tweede


def test_afzegging_noemt_de_eigen_richtlijn_en_de_soort(planner, toewijzing):
    """R-140, S-158, S-159."""
    toewijzing.aanbieder.afzegrichtlijn = "Bel een dag van tevoren."
    toewijzing.aanbieder.save()
    pad = f"/aanbieder/clienten/{toewijzing.pk}/afzegging/"
    assert "Uw eigen richtlijn: Bel een dag van tevoren." in tekst(planner.get(pad))
    gegevens = {"datum": dag(1), "tijd": "9.00", "afgezegd_datum": dag(-1), "afgezegd_tijd": "0800"}
    assert "Vastgelegd: afgezegd, meer dan 24 uur van tevoren." in stuur(planner, toewijzing, "afzegging", gegevens)
    andersom = gegevens | {"datum": dag(-3)}
    assert "Zegde de cliënt niet af? Meld dan niet thuis." in tekst(planner.post(pad, andersom))


def test_de_consulent_beoordeelt_en_de_aanbieder_leest_het(planner, consulent, toewijzing, zaak):
    """S-161 to S-163: with the vulnerability and the guideline beside it."""
    nu = timezone.now()
    bezoek = bezoeken.meld(
        toewijzing=toewijzing, afspraak_op=nu - timedelta(days=1), toelichting="Gebeld.", kwetsbaar=True,
        door=planner.aanstelling, nu=nu,
    )  # fmt: skip
    pad = f"/zaken/{zaak.zaaknummer}/uitvoering/bezoek/{bezoek.pk}/"
    pagina = tekst(consulent.get(pad))
    assert "De aanbieder noemt deze cliënt extra kwetsbaar." in pagina
    assert Taak.objects.get(soort=Taak.Soort.NIET_THUIS).pad == pad
    consulent.post(pad, {"rekening": "niet", "overleg": "Zij was in het ziekenhuis."})
    assert "geen rekening. Zij was in het ziekenhuis." in tekst(planner.get(f"/aanbieder/clienten/{toewijzing.pk}/"))
    assert GemistBezoek.objects.get().beoordeeld_op is not None


@pytest.mark.parametrize(
    ("huisgenoot", "zin"),
    [("nee", "Meld daarna de stop met als reden overlijden."), ("ja", "Geef de huisgenoot hulp tot en met")],
)
def test_overlijden_zegt_wat_er_nu_moet(planner, toewijzing, huisgenoot, zin):
    gegevens = {"overleden_op": dag(-1), "huisgenoot": huisgenoot}
    assert zin in stuur(planner, toewijzing, "overlijden", gegevens)


def test_melding_van_overlijden_staat_klaar_bij_de_gemeente(consulent, planner, toewijzing, zaak):
    """S-165: filled in from the report; a report that is wrong changes nothing."""
    stuur(planner, toewijzing, "overlijden", {"overleden_op": dag(-1), "huisgenoot": "ja"})
    pad = f"/zaken/{zaak.zaaknummer}/overlijden/"
    assert "Verwerk de melding" in tekst(consulent.get(f"/zaken/{zaak.zaaknummer}/uitvoering/"))
    pagina = tekst(consulent.get(pad))
    assert f'value="{dag(-1)}"' in pagina
    assert f"{toewijzing.aanbieder} meldde dit op {dag()}" in pagina
    consulent.post(pad, {"wat": "onjuist", "overleden_op": dag(-1)})
    zaak.refresh_from_db()
    assert (Overlijdensmelding.objects.get().status, zaak.status) == ("onjuist", "bekendgemaakt")


def test_stoppen_na_overlijden_staat_ingevuld(als, toewijzing, zaak):
    """R-153."""
    toewijzing.client.overleden_op = date(2026, 11, 20)
    toewijzing.client.save()
    kantoor = als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    pagina = tekst(kantoor.get(f"/zaken/{zaak.zaaknummer}/toewijzingen/{toewijzing.pk}/stoppen/"))
    assert 'value="20-11-2026"' in pagina
    assert "checked" in pagina.split('value="02"')[1][:200]


@pytest.mark.parametrize(("verplicht", "kop"), [(True, "Intakegesprek vastleggen"), (False, "Kennismaking vastleggen")])
def test_intake_of_kennismaking(planner, toewijzing, verplicht, kop):
    Gemeenteregel.objects.create(
        gemeente=toewijzing.gemeente, sleutel="intake_verplicht", waarde=verplicht, ingangsdatum=date(2023, 1, 1),
        bron="Werkafspraken",
    )  # fmt: skip
    assert kop in tekst(planner.get(f"/aanbieder/clienten/{toewijzing.pk}/kennismaking/"))
    gegevens = {"gesprek_op": dag(-1), "verwachtingen": "Elke week hulp.", "afspraken": "Op dinsdag."}
    assert "is vastgelegd." in stuur(planner, toewijzing, "kennismaking", gegevens)


def test_start_melden_zegt_wat_er_eerst_hoort_en_houdt_niets_tegen(planner, toewijzing):
    """S-130: a start is a fact; the page says what should have come before it."""
    Gemeenteregel.objects.create(
        gemeente=toewijzing.gemeente, sleutel="intake_verplicht", waarde=True, ingangsdatum=date(2023, 1, 1), bron="W"
    )
    toewijzing.aanbieder.eigen_software = False
    toewijzing.aanbieder.save()
    pad = reverse("berichten:start-melden", args=[toewijzing.pk])
    pagina = tekst(planner.get(pad))
    assert "houdt u eerst een intakegesprek" in pagina
    assert "Meld de start" in pagina
    gegevens = {"gesprek_op": dag(-1), "verwachtingen": "Hulp.", "afspraken": "Op dinsdag."}
    stuur(planner, toewijzing, "kennismaking", gegevens)
    assert "houdt u eerst een intakegesprek" not in tekst(planner.get(pad))


def test_uitvoeringsplan_bewaren_versturen_en_lezen(planner, consulent, toewijzing, zaak):
    """R-091: the gemeente reads what was sent and never a concept."""
    gegevens = {"resultaten": TEKST, "werkafspraken": TEKST, "ritme": "week", "besproken_op": dag(-1)}
    half = stuur(planner, toewijzing, "uitvoeringsplan", gegevens | {"wat": "bewaar"})
    assert "Versie 1 is bewaard." in half
    assert "Concept bewaard" in half or "Nog 7 werkdagen" in half or "uiterlijk" in half
    assert TEKST not in tekst(consulent.get(f"/zaken/{zaak.zaaknummer}/uitvoering/"))
    onvolledig = planner.post(f"/aanbieder/clienten/{toewijzing.pk}/uitvoeringsplan/", gegevens | {"wat": "verstuur"})
    assert onvolledig.status_code == 422
    assert "Elke week is niet vanzelfsprekend. Leg uit waarom het nodig is." in tekst(onvolledig)
    heel = gegevens | {"wat": "verstuur", "zelf_doen": TEKST, "ritme_reden": "Een longziekte: stof moet weg."}
    assert "is bij de gemeente." in stuur(planner, toewijzing, "uitvoeringsplan", heel)
    assert TEKST in tekst(consulent.get(f"/zaken/{zaak.zaaknummer}/uitvoering/"))


def test_mijn_clienten_zegt_wie_nog_een_plan_mist(planner, toewijzing):
    """S15."""
    toewijzing.levering.zet_status("gestart", begindatum=timezone.localdate())
    assert "Maak het uitvoeringsplan" in tekst(planner.get("/aanbieder/clienten/"))
    verstuurd_plan(toewijzing)
    assert "Maak het uitvoeringsplan" not in tekst(planner.get("/aanbieder/clienten/"))


def test_evaluatie_van_plannen_tot_verlengen(als, planner, consulent, toewijzing, zaak):
    """R-136 through the pages, as a consulent, an aanbieder and the backoffice do it."""
    plan = vast_plan(zaak)
    pad = f"/zaken/{zaak.zaaknummer}/evaluatie/"
    consulent.post(pad, {"wat": "plan", "gepland_op": dag(3), "aanleiding": "verlenging"})
    assert zaak.client.achternaam in tekst(consulent.get("/werkvoorraad/evaluaties/"))
    consulent.post(pad, {"wat": "vraag"})
    assert "Vul het evaluatieformulier in" in tekst(planner.get(f"/aanbieder/clienten/{toewijzing.pk}/"))
    verstuurd_plan(toewijzing)
    formulier = {
        "resultaten": TEKST, "advies": "verlengen", "motivering": TEKST, "nieuw_product": toewijzing.product_id,
    }  # fmt: skip
    assert "De gemeente heeft uw formulier" in stuur(planner, toewijzing, "evaluatie", formulier)
    pagina = tekst(consulent.get(pad))
    assert f"langer doorgaan, productcode {toewijzing.product.code}" in pagina
    gegevens = {
        "wat": "afronden", "bewerkt": "0", "gesprek_op": dag(), "uitkomst": "verlengd",
        "verslag": "Besproken wat er goed gaat en wat er nog moet gebeuren.",
    }  # fmt: skip
    zonder_doelen = consulent.post(pad, gegevens)
    assert (zonder_doelen.status_code, "Zeg bij elk doel hoe het gaat" in tekst(zonder_doelen)) == (422, True)
    gegevens |= {f"doel{doel.pk}": "vooruit" for doel in plan.doelen.all()}
    assert consulent.post(pad, gegevens).status_code == 302
    assert "De hulp gaat langer door." in tekst(consulent.get(pad))
    kantoor = als(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    taak = Taak.objects.open().get(sleutel=f"na-evaluatie:{toewijzing.pk}")
    kantoor.post(taak.pad, {"einddatum": "31-12-2027"})
    taak.refresh_from_db()
    toewijzing.refresh_from_db()
    assert (toewijzing.einddatum, taak.afgerond_op is not None) == (date(2027, 12, 31), True)


def test_wie_tegelijk_schrijft_krijgt_409_en_houdt_zijn_tekst(consulent, zaak):
    vast_plan(zaak)
    Evaluatie.objects.create(zaak=zaak, plan=zaak.plannen.get(), gepland_op=timezone.localdate())
    pad, gegevens = f"/zaken/{zaak.zaaknummer}/evaluatie/", {"wat": "bewaar", "bewerkt": "0", "verslag": "Eerste."}
    consulent.post(pad, gegevens)
    te_laat = consulent.post(pad, gegevens | {"verslag": "Tweede tekst."})
    assert te_laat.status_code == 409
    assert "Tweede tekst." in tekst(te_laat)
    assert Evaluatie.objects.get().verslag == "Eerste."


def test_backoffice_leest_de_evaluatie_en_schrijft_niet(als, zaak):
    kantoor = als(Rol.BACKOFFICE, gemeente=zaak.gemeente)
    pad = f"/zaken/{zaak.zaaknummer}/evaluatie/"
    assert "Plan de evaluatie" not in tekst(kantoor.get(pad))
    kantoor.post(pad, {"wat": "plan", "gepland_op": dag(3), "aanleiding": "plan"})
    assert not Evaluatie.objects.exists()


def test_crisis_gelezen(planner, consulent, toewijzing, zaak):
    stuur(planner, toewijzing, "crisis", {"datum": dag(), "wat": "Gevallen in huis.", "extra_hulp": "Elke dag."})
    pad = f"/zaken/{zaak.zaaknummer}/uitvoering/"
    assert "Gevallen in huis." in tekst(consulent.get(pad))
    consulent.post(pad, {"crisis": toewijzing.crisismeldingen.get().pk})
    assert not Taak.objects.open().filter(soort=Taak.Soort.CRISIS).exists()


def test_clientenstop_van_aanvraag_tot_besluit(als, planner, toewijzing):
    """R-162 through the pages; the regio reads it with the aanbieder."""
    gegevens = {
        "gemeenten": [toewijzing.gemeente_id], "ingangsdatum": dag(14), "einddatum": dag(40), "overleg_op": dag(-1),
        "overleg_met": "Team contracten", "reden": "Twee medewerkers zijn ziek.",
    }  # fmt: skip
    te_vroeg = planner.post("/aanbieder/gegevens/clientenstop/", gegevens | {"ingangsdatum": dag(13)})
    assert "minstens 14 dagen vooraf" in tekst(te_vroeg)
    planner.post("/aanbieder/gegevens/clientenstop/", gegevens)
    stop = Clientenstop.objects.get()
    beleid = als(Rol.BELEIDSMEDEWERKER, gemeente=toewijzing.gemeente)
    assert toewijzing.aanbieder.naam in tekst(beleid.get("/clientenstops/"))
    beleid.post(f"/clientenstops/{stop.pk}/", {"toestaan": "ja", "besluit": "Akkoord tot het nieuwe jaar."})
    assert "Akkoord tot het nieuwe jaar." in tekst(planner.get("/aanbieder/gegevens/"))
    planner.post(f"/aanbieder/gegevens/clientenstop/{stop.pk}/")
    stop.refresh_from_db()
    assert stop.status == "ingetrokken"


def test_geldende_stop_staat_bij_de_aanbieder(als, toewijzing):
    op = timezone.localdate()
    clientenstop(toewijzing.aanbieder, toewijzing.gemeente, ingangsdatum=op, einddatum=op + timedelta(days=20))
    regio = als(Rol.REGIO)
    zin = f"Cliëntenstop in {toewijzing.gemeente} tot en met {dag(20)}."
    assert zin in tekst(regio.get(f"/aanbieders/{toewijzing.aanbieder.slug}/"))
    assert f"Cliëntenstop {toewijzing.gemeente}" in tekst(regio.get("/aanbieders/"))


def test_onze_gegevens_zegt_wie_er_ontbreekt(planner, toewijzing):
    pagina = tekst(planner.get("/aanbieder/gegevens/"))
    assert "casussen, contract, administratie" in pagina
    persoon = {"wat": "contact", "doel": "casussen", "naam": "E. Planmans", "email": "e@example.nl", "telefoon": "x"}
    assert planner.post("/aanbieder/gegevens/", persoon).status_code == 422
    planner.post("/aanbieder/gegevens/", persoon | {"telefoon": "06-00 00 00 12"})
    assert "bellen voor: contract, administratie" in tekst(planner.get("/aanbieder/gegevens/"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen(consulent, als, toewijzing, zaak, aantal, django_assert_num_queries):
    """One opdracht with more reports, and more evaluations, cost no more queries."""
    nu = timezone.now()
    planner = als(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    for nummer in range(aantal):
        bezoeken.meld(
            toewijzing=toewijzing, afspraak_op=nu - timedelta(days=nummer + 1), toelichting="Gebeld.",
            door=planner.aanstelling, nu=nu,
        )  # fmt: skip
        ander = ToewijzingFactory().voorziening.beschikking.zaak
        Evaluatie.objects.create(zaak=ander, gepland_op=timezone.localdate())
    with django_assert_num_queries(5):
        consulent.get("/werkvoorraad/evaluaties/")
    with django_assert_num_queries(14):
        planner.get(f"/aanbieder/clienten/{toewijzing.pk}/")

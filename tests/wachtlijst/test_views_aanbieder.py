"""The list as an aanbieder sees it: whose turn, no person, and what happens when somebody was faster."""

import dataclasses
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from openpyxl import load_workbook

from tests.factories import AanbiederFactory, PerceelFactory, aanstelling
from tests.factories.levering import clientenstop
from tests.factories.wachtlijst import backoffice, lijstgemeente, planner, plek, toegekend
from wachtlijst import weergave
from wachtlijst.actions import claims
from wachtlijst.models import Plek, Weigering
from wmo.models import Gemeenteregel, Perceel
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def op_dag(dagen: int):
    return timezone.now() - timedelta(days=dagen)


def start() -> str:
    return f"{vandaag(timezone.now()) + timedelta(days=3):%d-%m-%Y}"


def lijst_url(gemeente) -> str:
    return reverse("wachtlijst:aanbieder-gemeente", args=[gemeente.slug])


def claim(browser, p, **velden):
    url = reverse("wachtlijst:claim", args=[p.gemeente.slug, p.code])
    namen = browser.get(lijst_url(p.gemeente)).context["form"].fields["contactpersoon"].choices
    return browser.post(url, {"startdatum": start(), "contactpersoon": namen[0][0], **velden})


def test_kaart_toont_de_plek_die_aan_de_beurt_is_met_alles_wat_goed_is_om_te_weten(als):
    gemeente = lijstgemeente()
    voorkeur = AanbiederFactory(naam="Zorgbureau Test")
    plek(gemeente, nu=op_dag(5), huisdieren="kat", roken="nee", niet_op_dagen=[2, 5], voorkeuraanbieder=voorkeur)
    plek(gemeente, nu=op_dag(3))
    tekst = strip_tags(als(planner(gemeente)).get(lijst_url(gemeente)).content.decode())
    for stuk in (
        "Plek WRD-0001", "Wacht 5 dagen", "2:45 uur", "3441", "Kat in huis", "Er wordt niet gerookt",
        "Kan niet op dinsdag en vrijdag", "Zorgbureau Test", "Claim plek WRD-0001", "Nu aan de beurt",
        "WRD-0002", "binnen 2 werkdagen de opdracht",
    ):  # fmt: skip
        assert stuk in tekst
    assert "Claim plek WRD-0002" not in tekst


def test_spoed_op_de_lijst_heeft_een_eigen_zin(als):
    gemeente = lijstgemeente()
    plek(gemeente, nu=op_dag(9))
    plek(gemeente, nu=op_dag(1), spoed=True)
    tekst = als(planner(gemeente)).get(lijst_url(gemeente)).content.decode()
    assert "Plek WRD-0002" in tekst
    assert "Deze plek heeft spoed. Daarom gaat zij voor." in tekst


def test_op_de_lijst_staat_niets_dat_een_mens_aanwijst(als):
    """R-120. The client has all of it, so that there is something that could leak."""
    gemeente = lijstgemeente()
    wie = {
        "bsn": "999900006", "voornamen": "Geertruida", "achternaam": "Fictiefsma", "straatnaam": "Lekstraat",
        "huisnummer": 4711, "postcode": "3448QX", "plaatsnaam": "Harmelen", "telefoon": "0600000099",
        "email": "geertruida@example.nl",
    }  # fmt: skip
    p = plek(
        gemeente, nu=op_dag(5), voorziening=toegekend(gemeente, client=wie, resultaat="Kan door reuma niet bukken.")
    )
    browser = als(planner(gemeente))
    kaart = browser.get(lijst_url(gemeente)).content.decode()
    weigeren = browser.get(reverse("wachtlijst:niet-aannemen", args=[gemeente.slug, p.code])).content.decode()
    assert p.code in kaart
    for tekst in (kaart, weigeren):
        geheim = (*wie.values(), p.zaak.zaaknummer, p.voorziening.beschikking.beschikkingnummer, "reuma")
        assert not [waarde for waarde in geheim if str(waarde) in tekst]
        assert not re.search(r"\bQX\b", tekst)  # as a word: a token of the page may hold these two letters by chance
    claim(browser, p)
    assert "Fictiefsma" not in browser.get(lijst_url(gemeente)).content.decode()


def test_de_projectie_leest_geen_kolom_van_een_mens(django_assert_num_queries):
    gemeente = lijstgemeente()
    plek(gemeente)
    with django_assert_num_queries(1) as vragen:
        [gezien] = weergave.voor_aanbieder(Plek.objects.open(), nu=timezone.now())
    sql = vragen.captured_queries[0]["sql"]
    assert not [tabel for tabel in ("wmo_client", "wmo_zaak", "wmo_voorziening", "wmo_beschikking") if tabel in sql]
    assert {veld.name for veld in dataclasses.fields(gezien)} == {
        "nummer", "code", "gemeente", "beschikking_datum", "wachtdagen", "minuten_per_week", "postcode4", "spoed",
        "kenmerken", "voorkeur",
    }  # fmt: skip


def test_na_de_opdracht_staat_de_naam_bij_onze_claims(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    door = planner(gemeente)
    browser = als(door)
    claim(browser, p)
    p.refresh_from_db()
    claims.bevestig(plek=p, door=backoffice(gemeente), nu=timezone.now())
    tekst = browser.get(lijst_url(gemeente)).content.decode()
    assert p.client.weergavenaam in tekst
    ander = als(planner(gemeente)).get(lijst_url(gemeente)).content.decode()
    assert p.client.weergavenaam not in ander
    assert p.code not in ander


def test_claimen_lukt_en_zegt_wat_er_volgt(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    browser = als(planner(gemeente))
    antwoord = claim(browser, p)
    assert antwoord.status_code == 302
    p.refresh_from_db()
    tekst = browser.get(lijst_url(gemeente)).content.decode()
    assert f"Plek {p.code} is van u. De gemeente stuurt uiterlijk {p.opdracht_uiterlijk:%d-%m-%Y} de opdracht" in tekst
    assert "Er wacht nu niemand in Woerden." in tekst


def test_twee_keer_drukken_is_een_claim(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    browser = als(planner(gemeente))
    claim(browser, p)
    antwoord = browser.post(reverse("wachtlijst:claim", args=[gemeente.slug, p.code]), _velden(browser, gemeente))
    assert antwoord.status_code == 302
    assert p.gebeurtenissen.filter(soort="geclaimd").count() == 1


def _velden(browser, gemeente):
    namen = browser.get(lijst_url(gemeente)).context["form"].fields["contactpersoon"].choices
    return {"startdatum": start(), "contactpersoon": namen[0][0]}


def test_iemand_was_eerder_409_met_de_nieuwe_plek_en_de_ingevulde_datum(als):
    gemeente = lijstgemeente()
    p, volgende = plek(gemeente, nu=op_dag(5)), plek(gemeente, nu=op_dag(4))
    snel = planner(gemeente)
    als(snel)
    claims.claim(plek=p, startdatum=vandaag(timezone.now()), door=snel, nu=timezone.now())
    antwoord = claim(als(planner(gemeente)), p)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 409
    assert "Een andere aanbieder was eerder" in tekst
    assert f"Plek {p.code} is om " in tekst
    assert "Uw claim is niet doorgegaan en u hoeft niets te doen." in tekst
    assert f"Nu is plek {volgende.code} aan de beurt. Uw startdatum staat al ingevuld." in tekst
    assert f'value="{start()}"' in tekst
    assert f"Claim plek {volgende.code}" in tekst
    assert snel.eigen_aanbieder.naam not in tekst
    volgende.refresh_from_db()
    assert volgende.status == "open"  # never claimed by itself


def test_een_oude_link_op_een_latere_plek_noemt_wie_eerst_is(als):
    gemeente = lijstgemeente()
    p, later = plek(gemeente, nu=op_dag(5)), plek(gemeente, nu=op_dag(4))
    antwoord = claim(als(planner(gemeente)), later)
    assert antwoord.status_code == 409
    zin = f"Plek {later.code} is nog niet aan de beurt. Eerst is {p.code} aan de beurt, want die wacht langer."
    assert zin in antwoord.content.decode()


@pytest.mark.parametrize(
    ("startdatum", "zin"),
    [
        ("", "Vul in op welke datum u begint."),
        ("morgen", "Vul een datum in, bijvoorbeeld 07-12-2026."),
        ("01-01-2020", "De startdatum is al voorbij. Kies vandaag of een latere datum."),
        ("01-01-2099", "U moet uiterlijk op"),
    ],
)
def test_een_datum_die_niet_kan_blijft_staan_met_de_reden(als, startdatum, zin):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    antwoord = claim(als(planner(gemeente)), p, startdatum=startdatum)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 422
    assert zin in tekst
    assert f'value="{startdatum}"' in tekst or not startdatum
    assert "<title>Fout:" in tekst


def test_clientenstop_haalt_het_formulier_weg(als):
    gemeente = lijstgemeente()
    plek(gemeente, nu=op_dag(5))
    door = planner(gemeente)
    vandaag_ = vandaag(timezone.now())
    clientenstop(door.eigen_aanbieder, gemeente, ingangsdatum=vandaag_, einddatum=vandaag_ + timedelta(days=30))
    tekst = als(door).get(lijst_url(gemeente)).content.decode()
    assert "U hebt een goedgekeurde cliëntenstop tot" in tekst
    assert "Claim plek" not in tekst


@pytest.mark.parametrize(("verbruikt", "waarschuwt"), [(69_999, False), (70_000, True)])
def test_bestedingsruimte_waarschuwt_vanaf_zeventig_procent_en_blokkeert_niet(als, verbruikt, waarschuwt):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    door = planner(gemeente)
    Perceel.objects.filter(aanbieder=door.aanbieder).update(bestedingsruimte=100_000, verbruikt=verbruikt)
    browser = als(door)
    assert ("van uw bestedingsruimte" in browser.get(lijst_url(gemeente)).content.decode()) is waarschuwt
    assert claim(browser, p).status_code == 302


def test_niet_aannemen_gaat_naar_de_gemeente_en_de_plek_blijft(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    browser = als(planner(gemeente))
    url = reverse("wachtlijst:niet-aannemen", args=[gemeente.slug, p.code])
    kort = browser.post(url, {"grond": "niet_mogelijk", "toelichting": "Te druk."})
    assert kort.status_code == 422
    assert "Leg in minstens één hele zin uit" in kort.content.decode()
    reden = "Wij hebben in dit gebied tot januari geen medewerkers."
    assert browser.post(url, {"grond": "niet_mogelijk", "toelichting": reden}).status_code == 302
    assert Weigering.objects.get().toelichting == reden
    assert f"Claim plek {p.code}" in browser.get(lijst_url(gemeente)).content.decode()


def test_zonder_perceel_bestaat_de_gemeente_niet(als):
    woerden, montfoort = lijstgemeente(), lijstgemeente("0335")
    p = plek(montfoort, nu=op_dag(5))
    browser = als(planner(woerden))
    assert browser.get(lijst_url(montfoort)).status_code == 404
    assert browser.post(reverse("wachtlijst:claim", args=[montfoort.slug, p.code])).status_code == 404
    assert browser.get(reverse("wachtlijst:niet-aannemen", args=[montfoort.slug, p.code])).status_code == 404
    p.refresh_from_db()
    assert p.status == "open"


def test_tabs_tonen_alleen_gemeenten_met_contract_en_lijst(als):
    woerden, montfoort, oudewater = lijstgemeente(), lijstgemeente("0335"), lijstgemeente("0589")
    Gemeenteregel.objects.filter(gemeente=oudewater).update(waarde=False)
    plek(woerden, nu=op_dag(5))
    door = planner(woerden, oudewater)
    tabs = als(door).get(lijst_url(woerden)).context["tabs"]
    assert [(tab.label, tab.aantal) for tab in tabs] == [("Woerden", 1)]
    PerceelFactory(aanbieder=door.aanbieder, gemeente=montfoort)
    tabs = als(door).get(lijst_url(woerden)).context["tabs"]
    assert {tab.label for tab in tabs} == {"Woerden", "Montfoort"}


def test_start_gaat_naar_de_eerste_lijst_of_zegt_dat_er_geen_is(als):
    gemeente = lijstgemeente()
    assert als(planner(gemeente)).get(reverse("wachtlijst:aanbieder")).url == lijst_url(gemeente)
    leeg = als(planner()).get(reverse("wachtlijst:aanbieder"))
    assert "geen contract in een gemeente met een wachtlijst" in leeg.content.decode()


@pytest.mark.parametrize("rol", [Rol.ADMINISTRATIE, Rol.CONSULENT, Rol.BELEIDSMEDEWERKER, Rol.REGIO, Rol.BEHEERDER])
def test_andere_rollen_komen_er_niet_in(als, rol):
    gemeente = lijstgemeente()
    assert als(aanstelling(rol)).get(lijst_url(gemeente)).status_code == 403


def test_ververs_stuurt_alleen_het_blok(als):
    gemeente = lijstgemeente()
    plek(gemeente, nu=op_dag(5))
    browser = als(planner(gemeente))
    deel = browser.get(lijst_url(gemeente), headers={"HX-Request": "true"})
    assert deel.content.decode().lstrip().startswith('<div class="wmo-stapel" id="lijst"')
    assert "<html" not in deel.content.decode()
    assert "HX-Request" in deel["Vary"]


def test_meer_plekken_dan_er_passen_staan_achter_een_link(als):
    gemeente = lijstgemeente()
    for dag in range(10):
        plek(gemeente, nu=op_dag(20 - dag))
    browser = als(planner(gemeente))
    assert "Toon alle 10 plekken" in strip_tags(browser.get(lijst_url(gemeente)).content.decode())
    assert "WRD-0010" in browser.get(lijst_url(gemeente), {"alle": "1"}).content.decode()


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_groeit_niet_met_de_lijst(als, aantal, django_assert_num_queries):
    gemeente = lijstgemeente()
    door = planner(gemeente)
    for dag in range(3 * aantal):
        p = plek(gemeente, nu=op_dag(20 - dag))
        if dag < 2 * aantal:
            claims.claim(plek=p, startdatum=vandaag(timezone.now()), door=door, nu=timezone.now())
        if dag < aantal:
            claims.bevestig(plek=p, door=backoffice(gemeente), nu=timezone.now())
    browser = als(door)
    with django_assert_num_queries(14):
        browser.get(lijst_url(gemeente))


def test_download_van_eigen_claims_heeft_codes_en_geen_namen(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(5))
    browser = als(planner(gemeente))
    claim(browser, p)
    antwoord = browser.get(reverse("wachtlijst:claims-download"))
    cellen = [str(cel) for rij in load_workbook(BytesIO(antwoord.content)).active.values for cel in rij if cel]
    assert p.code in cellen
    assert not [cel for cel in cellen if "Fictief" in cel]

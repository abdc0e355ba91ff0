"""The list as the gemeente sees it, and putting somebody on it from the dossier."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from openpyxl import load_workbook

from tests.factories import ClientFactory, GemeenteFactory, PerceelFactory, VoorzieningFactory, ZaakFactory, aanstelling
from tests.factories.wachtlijst import backoffice, consulent, lijstgemeente, planner, plek, toegekend
from wachtlijst.actions import claims, ingrepen
from wachtlijst.models import Ingreep, Plek
from wmo.models import Logregel, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
REDEN = "De mantelzorger is plotseling uitgevallen."


def op_dag(dagen: int):
    return timezone.now() - timedelta(days=dagen)


def tekst_van(antwoord) -> str:
    return " ".join(strip_tags(antwoord.content.decode()).split())


def lijst(browser, gemeente, **vraag):
    return browser.get(reverse("wachtlijst:gemeente", args=[gemeente.slug]), vraag)


def geclaimd(gemeente, dagen=5, door=None):
    p = plek(gemeente, nu=op_dag(dagen))
    claims.claim(plek=p, startdatum=vandaag(timezone.now()), door=door or planner(gemeente), nu=timezone.now())
    return p


def test_overzicht_gaat_naar_de_eigen_lijst(als):
    gemeente = lijstgemeente()
    antwoord = als(consulent(gemeente)).get(reverse("wachtlijst:overzicht"))
    assert antwoord.url == reverse("wachtlijst:gemeente", args=[gemeente.slug])


def test_lijst_staat_op_volgorde_met_namen_en_tegels(als):
    gemeente = lijstgemeente()
    lang, spoed, kort = (
        plek(gemeente, nu=op_dag(30)),
        plek(gemeente, nu=op_dag(2), spoed=True),
        plek(gemeente, nu=op_dag(10)),
    )
    antwoord = lijst(als(consulent(gemeente)), gemeente)
    assert [(r["nummer"], r["plek"]) for r in antwoord.context["rijen"]] == [(1, spoed), (2, lang), (3, kort)]
    assert lang.client.weergavenaam in tekst_van(antwoord)
    cijfers = antwoord.context["cijfers"]
    assert (cijfers["wachtend"], cijfers["langst"], cijfers["gemiddeld"]) == (3, 30, 14)


def test_nummer_is_dat_van_de_hele_lijst_ook_met_een_filter(als):
    gemeente = lijstgemeente()
    plek(gemeente, nu=op_dag(30))
    p = plek(gemeente, nu=op_dag(10), voorziening=toegekend(gemeente, volume=300))
    rijen = lijst(als(consulent(gemeente)), gemeente, uren="241-9999").context["rijen"]
    assert [(r["nummer"], r["plek"]) for r in rijen] == [(2, p)]


@pytest.mark.parametrize(
    ("vraag", "codes"),
    [
        ({"wacht": "4"}, ["WRD-0001"]),
        ({"postcode": "3448"}, ["WRD-0002"]),
        ({"status": "geclaimd"}, ["WRD-0003"]),
        ({"status": "bestaat niet"}, ["WRD-0001", "WRD-0002"]),
    ],
)
def test_filters(als, vraag, codes):
    gemeente = lijstgemeente()
    plek(gemeente, nu=op_dag(31))
    plek(gemeente, nu=op_dag(3), voorziening=toegekend(gemeente, client={"postcode": "3448AA"}))
    snel = plek(gemeente, nu=op_dag(2), spoed=True)
    claims.claim(plek=snel, startdatum=vandaag(timezone.now()), door=planner(gemeente), nu=timezone.now())
    antwoord = lijst(als(consulent(gemeente)), gemeente, **vraag)
    assert [r["plek"].code for r in antwoord.context["rijen"]] == codes


def test_lege_lijst_en_gemeente_zonder_lijst(als):
    gemeente, oudewater = lijstgemeente(), GemeenteFactory(code="0589")
    assert "Er wacht nu niemand in Woerden." in tekst_van(lijst(als(consulent(gemeente)), gemeente))
    zin = "Oudewater werkt zonder wachtlijst. Kies een aanbieder in het dossier."
    assert zin in tekst_van(lijst(als(consulent(oudewater)), oudewater))


def test_de_lijst_van_een_ander_bestaat_niet(als):
    gemeente, ander = lijstgemeente(), lijstgemeente("0335")
    p = plek(ander, nu=op_dag(3))
    browser = als(backoffice(gemeente))
    assert lijst(browser, ander).status_code == 404
    for naam, args in (("waarom", [ander.slug, p.code]), ("terugkijken", [ander.slug]), ("download", [ander.slug])):
        assert browser.get(reverse(f"wachtlijst:{naam}", args=args)).status_code == 404
    assert browser.get(reverse("wachtlijst:opdracht", args=[p.code])).status_code == 404
    eigen = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente)
    assert als(eigen).get(reverse("wachtlijst:ingrijpen", args=[p.code])).status_code == 404


@pytest.mark.parametrize("rol", [Rol.PLANNING, Rol.ADMINISTRATIE, Rol.REGIO, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_wie_de_lijst_niet_mag_lezen_krijgt_403(als, rol):
    assert lijst(als(aanstelling(rol)), lijstgemeente()).status_code == 403


@pytest.mark.parametrize("aantal", [1, 3])
def test_aantal_vragen_groeit_niet_met_de_lijst(als, aantal, django_assert_num_queries):
    gemeente = lijstgemeente()
    for dag in range(aantal):
        plek(gemeente, nu=op_dag(20 - dag))
    browser = als(consulent(gemeente))
    with django_assert_num_queries(11):
        lijst(browser, gemeente)


def test_waarom_geeft_de_zin_het_bewijs_en_de_regel(als):
    gemeente = lijstgemeente()
    voor = [plek(gemeente, nu=op_dag(30 - dag)) for dag in range(3)]
    spoed = plek(gemeente, nu=op_dag(1), spoed=True)
    p = plek(gemeente, nu=op_dag(9))
    antwoord = als(consulent(gemeente)).get(reverse("wachtlijst:waarom", args=[gemeente.slug, p.code]))
    tekst = tekst_van(antwoord)
    assert f"{p.client.weergavenaam} staat op plek 5" in tekst
    assert (
        "Deze plek is nummer 5. Ervoor staan 1 persoon met spoed en 3 personen die eerder op de lijst zijn gezet."
        in tekst
    )
    assert "Er zijn 4 mensen voor u." in tekst
    assert "Geldt sinds 07-10-2024. Bron: Werkinstructie wachtlijst." in tekst
    for eerder in (*voor, spoed):
        assert eerder.code in tekst
        assert eerder.client.weergavenaam not in tekst  # nothing about others
    assert f"(toen van 4 naar 5: {spoed.code} is op de lijst gezet)" in tekst


def test_waarom_zegt_sinds_wanneer_iemand_voor_ging(als):
    gemeente = lijstgemeente()
    voor = plek(gemeente, nu=op_dag(30))
    p = plek(gemeente, nu=op_dag(9))
    claims.claim(plek=voor, startdatum=vandaag(timezone.now()), door=planner(gemeente), nu=timezone.now())
    tekst = tekst_van(als(consulent(gemeente)).get(reverse("wachtlijst:waarom", args=[gemeente.slug, p.code])))
    assert f"(toen van 2 naar 1: {voor.code} is geclaimd)" in tekst
    assert "U bent als eerste aan de beurt." in tekst


def test_terugkijken_toont_de_lijst_van_toen(als):
    gemeente = lijstgemeente()
    weg, blijft = plek(gemeente, nu=op_dag(30)), plek(gemeente, nu=op_dag(20))
    claims.claim(plek=weg, startdatum=vandaag(timezone.now()), door=planner(gemeente), nu=op_dag(5))
    browser, url = als(consulent(gemeente)), reverse("wachtlijst:terugkijken", args=[gemeente.slug])
    toen = browser.get(url, {"datum": f"{op_dag(10):%d-%m-%Y}", "tijd": "12:00"})
    assert [plaats.plek.code for plaats in toen.context["lijst"]] == [weg.code, blijft.code]
    nu = browser.get(url, {"datum": f"{op_dag(1):%d-%m-%Y}", "tijd": "12:00"})
    assert [plaats.plek.code for plaats in nu.context["lijst"]] == [blijft.code]
    fout = browser.get(url, {"datum": "gisteren", "tijd": "12:00"})
    assert fout.status_code == 422
    assert "Vul een datum in" in fout.content.decode()


def test_opdracht_maken_vanaf_de_controlepagina(als):
    gemeente = lijstgemeente()
    p = geclaimd(gemeente)
    browser, url = als(backoffice(gemeente)), reverse("wachtlijst:opdracht", args=[p.code])
    tekst = tekst_van(browser.get(url))
    assert p.client.adresregel in tekst
    p.refresh_from_db()
    antwoord = browser.post(
        url, {"ingangsdatum": f"{p.startdatum:%d-%m-%Y}", "opmerking": "Bel eerst aan."}, follow=True
    )
    toewijzing = Toewijzing.objects.get()
    assert toewijzing.opmerking == "Bel eerst aan."
    assert f"Opdracht {toewijzing.toewijzingnummer} voor plek {p.code} is gemaakt." in tekst_van(antwoord)
    weer = browser.post(url, {"ingangsdatum": f"{p.startdatum:%d-%m-%Y}"})
    assert weer.status_code == 409
    assert Toewijzing.objects.count() == 1


def test_opdracht_zonder_bsn_zegt_dat_er_geen_bericht_gaat(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(4), voorziening=toegekend(gemeente, client={"bsn": None}))
    claims.claim(plek=p, startdatum=vandaag(timezone.now()), door=planner(gemeente), nu=timezone.now())
    url = reverse("wachtlijst:opdracht", args=[p.code])
    antwoord = als(backoffice(gemeente)).post(url, {"ingangsdatum": f"{p.startdatum:%d-%m-%Y}"}, follow=True)
    assert "De cliënt heeft geen BSN. Er gaat geen bericht." in tekst_van(antwoord)


def test_een_consulent_maakt_geen_opdracht(als):
    gemeente = lijstgemeente()
    p = geclaimd(gemeente)
    assert als(consulent(gemeente)).get(reverse("wachtlijst:opdracht", args=[p.code])).status_code == 403
    assert "Opdracht maken" not in tekst_van(lijst(als(consulent(gemeente)), gemeente, status="geclaimd"))
    assert "Opdracht maken" in tekst_van(lijst(als(backoffice(gemeente)), gemeente, status="geclaimd"))


def test_ingrijpen_vraagt_een_tweede_persoon_en_de_lijst_toont_het(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(4))
    een, twee = (aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente) for _ in range(2))
    url = reverse("wachtlijst:ingrijpen", args=[p.code])
    assert als(een).post(url, {"soort": "spoed_aan", "reden": REDEN}).status_code == 302
    ingreep = Ingreep.objects.get()
    assert REDEN in tekst_van(lijst(als(consulent(gemeente)), gemeente))
    besluit = reverse("wachtlijst:ingreep", args=[ingreep.pk])
    zelf = als(een).post(besluit, {"besluit": "ja"})
    assert zelf.status_code == 422
    assert "Vraag een collega om akkoord" in tekst_van(zelf)
    p.refresh_from_db()
    assert not p.spoed
    assert als(twee).post(besluit, {"besluit": "ja"}).status_code == 302
    p.refresh_from_db()
    assert p.spoed
    waarom = tekst_van(als(consulent(gemeente)).get(reverse("wachtlijst:waarom", args=[gemeente.slug, p.code])))
    assert "Spoed gezet" in waarom
    assert een.gebruiker.naam in waarom
    assert twee.gebruiker.naam in waarom


def test_niet_akkoord_vraagt_een_reden(als):
    gemeente = lijstgemeente()
    een, twee = (aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente) for _ in range(2))
    ingreep = ingrepen.stel_ingreep_voor(
        plek=plek(gemeente, nu=op_dag(4)), soort="van_de_lijst", reden=REDEN, door=een, nu=timezone.now()
    )
    url = reverse("wachtlijst:ingreep", args=[ingreep.pk])
    assert als(twee).post(url, {"besluit": "nee", "reden": ""}).status_code == 422
    assert als(twee).post(url, {"besluit": "nee", "reden": "De reden klopt niet."}).status_code == 302
    ingreep.refresh_from_db()
    assert (ingreep.status, ingreep.beslisreden) == ("afgewezen", "De reden klopt niet.")
    te_laat = als(twee).post(url, {"besluit": "ja"})
    assert te_laat.status_code == 409
    assert "Over deze ingreep is al beslist." in tekst_van(te_laat)


def test_zelf_toewijzen_vraagt_aanbieder_en_datum(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(4))
    aanbieder = PerceelFactory(gemeente=gemeente).aanbieder
    browser = als(aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente))
    url = reverse("wachtlijst:ingrijpen", args=[p.code])
    leeg = browser.post(url, {"soort": "wijs_toe", "reden": REDEN})
    assert leeg.status_code == 422
    assert "Kies een aanbieder." in tekst_van(leeg)
    morgen = vandaag(timezone.now()) + timedelta(days=1)
    velden = {"soort": "wijs_toe", "reden": REDEN, "aanbieder": aanbieder.pk, "startdatum": f"{morgen:%d-%m-%Y}"}
    assert browser.post(url, velden).status_code == 302
    assert Ingreep.objects.get().aanbieder == aanbieder


def test_download_zonder_namen_en_met_namen_na_een_reden(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(4))
    browser = als(consulent(gemeente))
    zonder = _cellen(browser.get(reverse("wachtlijst:download", args=[gemeente.slug])))
    assert p.code in zonder
    assert p.client.weergavenaam not in zonder
    url = reverse("wachtlijst:download-namen", args=[gemeente.slug])
    assert browser.get(url).headers["Content-Type"].startswith("text/html")
    assert browser.post(url, {"reden": ""}).status_code == 422
    assert p.client.weergavenaam in _cellen(browser.post(url, {"reden": "Overleg met aanbieders"}))
    regel = Logregel.objects.filter(soort="export").latest("id")
    assert (regel.tekst, regel.reden) == ("Wachtlijst Woerden gedownload met namen: 1 rijen", "Overleg met aanbieders")


def _cellen(antwoord) -> list[str]:
    return [str(cel) for rij in load_workbook(BytesIO(antwoord.content)).active.values for cel in rij if cel]


def test_werkinstructie_is_voor_beide_kanten(als):
    url = reverse("wachtlijst:werkinstructie")
    for door in (consulent(lijstgemeente()), planner()):
        assert "Spoed gaat voor" in tekst_van(als(door).get(url))


# --- from the dossier ---


def test_op_de_lijst_zetten_vanuit_het_dossier(als):
    gemeente = lijstgemeente()
    plek(gemeente, nu=op_dag(4))
    voorziening = toegekend(gemeente)
    zaak = voorziening.beschikking.zaak
    browser, url = als(consulent(gemeente)), reverse("wachtlijst:plaatsen", args=[zaak.zaaknummer])
    assert "Dit ziet de aanbieder" in tekst_van(browser.get(url))
    velden = {"voorziening": voorziening.pk, "huisdieren": "hond", "niet_op_dagen": ["1", "4"]}
    voorbeeld = browser.post(url, {**velden, "stap": "voorbeeld"})
    assert "Hond in huis" in tekst_van(voorbeeld)
    assert "Kan niet op maandag en donderdag" in tekst_van(voorbeeld)
    assert Plek.objects.count() == 1
    klaar = browser.post(url, {**velden, "stap": "plaats"}, follow=True)
    assert "Plek WRD-0002 staat op nummer 2 van 2." in tekst_van(klaar)
    nieuw = Plek.objects.latest("id")
    assert (nieuw.voorziening, nieuw.huisdieren, nieuw.niet_op_dagen, nieuw.minuten_per_week) == (
        voorziening, "hond", [1, 4], 165,
    )  # fmt: skip
    assert "Waarom op plek 2?" in tekst_van(browser.get(url))


def test_voorbeeld_via_htmx_is_alleen_het_blok(als):
    voorziening = toegekend(lijstgemeente())
    zaak = voorziening.beschikking.zaak
    antwoord = als(consulent(zaak.gemeente)).post(
        reverse("wachtlijst:plaatsen", args=[zaak.zaaknummer]),
        {"voorziening": voorziening.pk, "roken": "ja"},
        headers={"HX-Request": "true"},
    )
    assert "Er wordt gerookt" in tekst_van(antwoord)
    assert "<html" not in antwoord.content.decode()
    assert not Plek.objects.exists()


def test_zonder_besluit_geen_plek(als):
    gemeente = lijstgemeente()
    zaak = ZaakFactory(client=ClientFactory(gemeente=gemeente))
    tekst = tekst_van(als(consulent(gemeente)).get(reverse("wachtlijst:plaatsen", args=[zaak.zaaknummer])))
    assert "Er is nog geen besluit. Eerst het besluit, dan de wachtlijst." in tekst


def test_spoedlabel_staat_er_alleen_als_de_gemeente_het_gebruikt(als):
    gemeente = lijstgemeente(spoedlabel_op_wachtlijst=False)
    voorziening = toegekend(gemeente)
    url = reverse("wachtlijst:plaatsen", args=[voorziening.beschikking.zaak.zaaknummer])
    assert 'name="spoed"' not in als(consulent(gemeente)).get(url).content.decode()


def test_oudewater_kiest_zelf_een_aanbieder(als):
    gemeente = GemeenteFactory(code="0589")
    voorziening = toegekend(gemeente)
    zaak = voorziening.beschikking.zaak
    aanbieder = PerceelFactory(gemeente=gemeente).aanbieder
    browser = als(backoffice(gemeente))
    tekst = tekst_van(browser.get(reverse("wachtlijst:plaatsen", args=[zaak.zaaknummer])))
    assert "Oudewater werkt zonder wachtlijst. Kies een aanbieder." in tekst
    velden = {"voorziening": voorziening.pk, "aanbieder": aanbieder.pk, "ingangsdatum": "07-12-2026"}
    url = reverse("wachtlijst:rechtstreeks", args=[zaak.zaaknummer])
    assert browser.post(url, velden).status_code == 302
    assert Toewijzing.objects.get().aanbieder == aanbieder


def test_wat_al_op_de_lijst_staat_kan_er_niet_nog_eens_op(als):
    gemeente = lijstgemeente()
    p = plek(gemeente, nu=op_dag(4))
    tweede = VoorzieningFactory(beschikking=p.voorziening.beschikking, product__code="01A04", van_kracht=False)
    antwoord = als(consulent(gemeente)).get(reverse("wachtlijst:plaatsen", args=[p.zaak.zaaknummer]))
    assert antwoord.context["te_plaatsen"] == [tweede]

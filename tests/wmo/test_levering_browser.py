"""The pages between start and stop in Chromium: axe on both widths, filled, empty and with errors."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.browser import BREEDTES, keur
from tests.factories import PerceelFactory, ToewijzingFactory, aanstelling
from tests.factories.levering import TEKST, clientenstop, geevalueerd, vast_plan, verstuurd_plan
from tests.factories.wachtlijst import consulent, lijstgemeente, planner, spoed
from wachtlijst.actions import spoed as spoedacties
from wmo.actions import bezoeken, evaluaties, overlijden, uitvoering
from wmo.models import Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def toewijzing() -> Toewijzing:
    """An opdracht about which everything was reported that can be."""
    nu = timezone.now()
    gemeente = lijstgemeente(intake_verplicht=True, overlijden_weken=4)
    opdracht = ToewijzingFactory(status="actief", uiterste_startdatum=vandaag(nu) + timedelta(days=9))
    opdracht.gemeente.telefoon = "0348-00 00 00"
    opdracht.gemeente.save()
    aanbieder = opdracht.aanbieder
    PerceelFactory(aanbieder=aanbieder, gemeente=gemeente)
    door = aanstelling(Rol.PLANNING, aanbieder=aanbieder)
    wie: dict[str, Any] = {"toewijzing": opdracht, "door": door, "nu": nu}
    for dagen in (40, 2):
        bezoeken.meld(afspraak_op=nu - timedelta(days=dagen), toelichting=TEKST, kwetsbaar=True, **wie)
    bezoeken.meld_crisis(datum=vandaag(nu), wat="Gevallen in huis.", extra_hulp="Elke dag langs.", **wie)
    overlijden.meld(overleden_op=vandaag(nu), huisgenoot="ja", toelichting="De dochter belde.", **wie)
    uitvoering.leg_kennismaking_vast(gesprek_op=vandaag(nu), verwachtingen=TEKST, afspraken=TEKST, indruk=TEKST, **wie)
    verstuurd_plan(opdracht)
    zaak = opdracht.voorziening.beschikking.zaak
    vast_plan(zaak)
    geevalueerd(zaak, uitkomst="ongewijzigd", afgerond_op=nu - timedelta(days=90))
    consulent_ = consulent(gemeente)
    evaluatie = evaluaties.plan(zaak=zaak, gepland_op=vandaag(nu), aanleiding="verlenging", door=consulent_, nu=nu)
    evaluaties.nodig_uit(evaluatie=evaluatie, door=consulent_, nu=nu)
    formulier: dict[str, Any] = {
        "resultaten": TEKST,
        "advies": "verlengen",
        "motivering": TEKST,
        "nieuw_product": opdracht.product,
    }
    evaluaties.dien_formulier_in(soort="evaluatie", **formulier, **wie)
    clientenstop(aanbieder, gemeente, status="aangevraagd")
    return opdracht


@pytest.mark.parametrize("breedte", BREEDTES)
def test_paginas_van_de_aanbieder(toewijzing, kijk, breedte):
    door = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    begin = f"/aanbieder/clienten/{toewijzing.pk}/"
    for deel in ("", "niet-thuis/", "afzegging/", "crisis/", "overlijden/", "kennismaking/", "uitvoeringsplan/",
                 "evaluatie/", "mutatie/"):  # fmt: skip
        page = kijk(door, begin + deel, breedte)
        keur(page)
        if deel and deel != "kennismaking/":
            page.locator("main form button").first.click()
            keur(page)
    for pad in ("/aanbieder/gegevens/", "/aanbieder/gegevens/clientenstop/"):
        keur(kijk(door, pad, breedte))


@pytest.mark.parametrize("breedte", BREEDTES)
def test_paginas_van_de_gemeente(toewijzing, kijk, breedte):
    toegang = consulent(toewijzing.gemeente)
    zaak = toewijzing.voorziening.beschikking.zaak
    bezoek = toewijzing.gemiste_bezoeken.first()
    for deel in ("uitvoering/", f"uitvoering/bezoek/{bezoek.pk}/", "evaluatie/", "overlijden/"):
        page = kijk(toegang, f"/zaken/{zaak.zaaknummer}/{deel}", breedte)
        keur(page)
        if deel == "evaluatie/":
            page.get_by_role("button", name="Rond de evaluatie af").click()
            keur(page)
    keur(kijk(toegang, "/werkvoorraad/evaluaties/", breedte))
    beleid = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=toewijzing.gemeente)
    for pad in ("/clientenstops/", f"/clientenstops/{toewijzing.aanbieder.clientenstops.get().pk}/"):
        keur(kijk(beleid, pad, breedte))


@pytest.mark.parametrize("breedte", BREEDTES)
def test_spoedbord_van_beide_kanten(kijk, breedte):
    gemeente = lijstgemeente()
    spelers, nu = [planner(gemeente) for _ in range(2)], timezone.now()
    loopt, vergeven, niemand = (spoed(gemeente, nu=nu) for _ in range(3))
    spoedacties.zeg_ja(traject=vergeven, startdatum=vandaag(nu) + timedelta(days=1), door=spelers[0], nu=nu)
    for speler in spelers:
        spoedacties.zeg_nee(traject=niemand, reden="afstand", door=speler, nu=nu)
    toegang = consulent(gemeente)
    page = kijk(toegang, "/spoed/", breedte)
    keur(page)
    for traject in (loopt, vergeven, niemand):
        keur(kijk(toegang, f"/spoed/{traject.code}/", breedte))
    for pad in ("/aanbieder/spoed/", f"/aanbieder/spoed/{loopt.code}/"):
        keur(kijk(spelers[1], pad, breedte))
    page = kijk(spelers[1], f"/aanbieder/spoed/{loopt.code}/", breedte)
    page.get_by_role("button", name="Nee, stuur dit antwoord").click()
    keur(page)

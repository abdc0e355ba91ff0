"""The whole chain in a browser: from the melding of a resident to money that can be paid.

Every step is done by the person whose work it is, on the screen of that person; messages travel through a real worker.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from berichten.models import Bericht
from declaraties.models import Declaratie
from tests.browser import keur
from tests.werker import Werker, wacht_met_berichten
from wachtlijst.models import Plek
from wmo.models import Levering, Toewijzing, Zaak
from wmo.periodes import maanden_later, vandaag
from wmo.permissions import Rol

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("celery"), pytest.mark.django_db(transaction=True)]


def nl(dag: date) -> str:
    return f"{dag:%d-%m-%Y}"


def vul(page: Page, **velden: str) -> None:
    """Fill by the end of the field's name, whatever prefix the form has."""
    for naam, waarde in velden.items():
        vak = page.locator(f"main [name='{naam}'], main [name$='-{naam}']").first
        if vak.evaluate("vak => vak.tagName") == "SELECT":
            vak.select_option(waarde)
        else:
            vak.fill(waarde)


def klik(page: Page, knop: str) -> None:
    page.get_by_role("button", name=knop).first.click()


def klaar(page: Page, kop: str) -> None:
    """The confirmation or heading that shows the step was taken; the page itself is judged too."""
    expect(page.get_by_text(re.compile(kop)).first).to_be_visible()
    keur(page)


@pytest.fixture
def werker(maak_werker: Callable[..., Werker], settings: Any) -> Werker:
    return maak_werker(BERICHTEN_MAP=settings.BERICHTEN_MAP)


def test_van_melding_tot_betaalbaar(wereld, woerden, zonder_software, kijk, beeld, werker):
    vandaag_ = vandaag(timezone.now())
    vorige_maand = maanden_later(vandaag_.replace(day=1), -1)
    consulent = wereld.iemand(Rol.CONSULENT, gemeente=woerden)

    zaak = _melding(kijk, beeld, consulent, vorige_maand - timedelta(days=20))
    _onderzoek(kijk, beeld, consulent, zaak, vandaag_)
    _plan_en_normenkader(kijk, beeld, consulent, zaak, vandaag_)
    _besluit(kijk, beeld, wereld, zaak, consulent, vorige_maand, vandaag_)
    plek = _wachtlijst(kijk, beeld, wereld, zaak, consulent, zonder_software, vandaag_)
    opdracht = _opdracht(kijk, beeld, wereld, plek, werker, vorige_maand)
    _start(kijk, beeld, wereld, opdracht, werker, vorige_maand)
    _declareer(kijk, beeld, wereld, opdracht, werker, vorige_maand)


def _melding(kijk, beeld, consulent, dag: date) -> Zaak:
    page = kijk(consulent, "/meldingen/nieuw/", 1366)
    vul(page, bsn="999900006", voorletters="G", achternaam="Fictief-de Test", geslacht="2", geboortedatum="14-03-1941")
    vul(page, straatnaam="Proefsteeg", huisnummer="12", postcode="3441 ZZ", plaatsnaam="Woerden")
    vul(page, hulpvraag="Het schoonmaken lukt niet meer.", datum=nl(dag), tijd="10:15")
    page.get_by_label("Gewezen op gratis cliëntondersteuning").check()
    klik(page, "Controleer de melding")
    klik(page, "Melding vastleggen")
    klaar(page, "Onderzoek, 6 weken vanaf melding")
    beeld(page, "melding")
    return Zaak.objects.get()


def _onderzoek(kijk, beeld, consulent, zaak: Zaak, vandaag_: date) -> None:
    page = kijk(consulent, f"/zaken/{zaak.zaaknummer}/onderzoek/", 1366)
    klik(page, "Start het onderzoek")
    for blok in page.locator("details:has(textarea)").all():
        blok.evaluate("blok => { blok.open = true }")
    for vak in page.locator("textarea[name$='-tekst']").all():
        vak.fill("Besproken met de cliënt en de dochter.")
    for keuze in page.locator("select[name$='-oordeel']").all():
        keuze.select_option("deels")
    klik(page, "Bewaar de onderwerpen")
    for keuze in page.locator("select[name$='-uitkomst']").all():
        keuze.select_option("deels")
    for vak in page.locator("[name$='-reden']:not([type=hidden])").all():
        vak.fill("Lost het niet helemaal op.")
    klik(page, "Bewaar de toetsen")
    vul(page, gespreksdatum=nl(vandaag_), id_soort="paspoort", id_laatste_vier="21F4")
    vul(page, id_geldig_tot=nl(vandaag_ + timedelta(days=900)), id_gecontroleerd_op=nl(vandaag_))
    if page.get_by_label("Waarom duurde het langer dan zes weken?").is_visible():
        vul(page, reden_overschrijding="Het gesprek is verzet na een ziekenhuisopname.")
    klik(page, "Bewaar het gesprek")
    keur(page)
    beeld(page, "onderzoek")
    klik(page, "Verstuur verslag")
    klaar(page, "Het verslag is verstuurd")
    page = kijk(consulent, f"/zaken/{zaak.zaaknummer}/aanvraag/", 1366)
    vul(page, ontvangen_op=nl(vandaag_))
    klik(page, "Aanvraag vastleggen")
    klaar(page, "Besluit, 2 weken vanaf aanvraag")


def _plan_en_normenkader(kijk, beeld, consulent, zaak: Zaak, vandaag_: date) -> None:
    page = kijk(consulent, f"/zaken/{zaak.zaaknummer}/normenkader/", 1366)
    klik(page, "Vul het normenkader in")
    keur(page)
    beeld(page, "normenkader")
    klik(page, "Normenkader vaststellen")
    klaar(page, "125 minuten")
    page = kijk(consulent, f"/zaken/{zaak.zaaknummer}/plan/", 1366)
    klik(page, "Begin het plan")
    expect(page.get_by_label("In de woorden van de cliënt")).to_have_value("Het schoonmaken lukt niet meer.")
    vul(page, evaluatiedatum=nl(vandaag_ + timedelta(days=300)))
    page.locator("[name$='-leefgebied']").select_option(label="Huishouden en zelf wonen")
    vul(page, situatie="Stofzuigen en dweilen lukken niet meer.")
    vul(page, resultaat="Een schoon huis.", indicator="Het huis is schoon.", wie="de aanbieder")
    vul(page, streefdatum=nl(vandaag_ + timedelta(days=180)))
    expect(page.get_by_label("Nodig per week")).to_have_value("125")  # from the normenkader
    klik(page, "Bewaar en controleer")
    keur(page)
    beeld(page, "plan")
    klik(page, "Plan vaststellen")
    klaar(page, "vastgesteld")


def _besluit(kijk, beeld, wereld, zaak: Zaak, consulent, vanaf: date, vandaag_: date) -> None:
    basis = f"/zaken/{zaak.zaaknummer}/beschikking/"
    page = kijk(consulent, basis, 1366)
    page.get_by_label("Toekenning", exact=True).check()
    klik(page, "Begin de beschikking")
    vul(page, ingangsdatum=nl(vanaf), einddatum=nl(vandaag_ + timedelta(days=700)))
    klik(page, "Ga door")
    vul(page, motivering="U kunt licht werk zelf doen. Zwaar werk lukt niet meer en niemand kan het overnemen.")
    klik(page, "Ga door")
    keur(page)
    beeld(page, "klopt-alles")
    uitleg = page.locator("[name=uitleg_verschillen]")
    if uitleg.is_visible():
        uitleg.fill("Besproken met de cliënt.")
        klik(page, "Ga door")
    else:
        page.get_by_role("link", name="Ga door").click()
    klik(page, "Vraag handtekening")
    mandaathouder = wereld.iemand(Rol.MANDAATHOUDER, gemeente=zaak.gemeente)
    page = kijk(mandaathouder, basis, 1366)
    page.get_by_role("link", name="Lees en onderteken").click()
    keur(page)
    klik(page, "Onderteken en verstuur")
    klaar(page, "bezwaar maken")
    beeld(page, "besluit")


def _wachtlijst(kijk, beeld, wereld, zaak: Zaak, consulent, aanbieder, vandaag_: date) -> Plek:
    page = kijk(consulent, f"/zaken/{zaak.zaaknummer}/wachtlijst/", 1366)
    keur(page)
    klik(page, "Zet op de wachtlijst")
    klaar(page, "staat op nummer 1 van 1")
    planner = wereld.iemand(Rol.PLANNING, aanbieder=aanbieder)
    page = kijk(planner, "/aanbieder/wachtlijst/woerden/", 1366)
    expect(page.get_by_text("Nu aan de beurt")).to_be_visible()
    assert "Fictief" not in page.content()
    keur(page)
    beeld(page, "claimen")
    vul(page, startdatum=nl(vandaag_ + timedelta(days=7)))
    klik(page, "Claim plek")
    klaar(page, "is van u")
    return Plek.objects.get()


def _opdracht(kijk, beeld, wereld, plek: Plek, werker: Werker, vanaf: date) -> Toewijzing:
    backoffice = wereld.iemand(Rol.BACKOFFICE, gemeente=plek.gemeente)
    page = kijk(backoffice, f"/wachtlijst/plek/{plek.code}/opdracht/", 1366)
    vul(page, ingangsdatum=nl(vanaf), opmerking="Bel eerst de dochter.")
    keur(page)
    klik(page, "Maak opdracht (301)")
    wacht_met_berichten(
        lambda: Bericht.objects.filter(kant="gemeente", soort="302", status="goedgekeurd").exists(), werker
    )
    opdracht = Toewijzing.objects.get()
    page = kijk(backoffice, f"/berichten/toewijzing/{opdracht.pk}/", 1366)
    klaar(page, "301")
    beeld(page, "berichten")
    return opdracht


def _start(kijk, beeld, wereld, opdracht: Toewijzing, werker: Werker, vanaf: date) -> None:
    planner = wereld.iemand(Rol.PLANNING, aanbieder=opdracht.aanbieder)
    page = kijk(planner, f"/aanbieder/clienten/{opdracht.pk}/", 1366)
    expect(page.get_by_text("Bel eerst de dochter.")).to_be_visible()
    klik(page, "Ik heb dit gelezen")
    keur(page)
    beeld(page, "opdracht-aanbieder")
    page.get_by_role("link", name="Start melden").click()
    vul(page, begindatum=nl(vanaf))
    keur(page)
    klik(page, "Meld de start")
    wacht_met_berichten(lambda: Levering.objects.filter(status="gestart").exists(), werker)
    wacht_met_berichten(lambda: Plek.objects.filter(status="gestart").exists(), werker)


def _declareer(kijk, beeld, wereld, opdracht: Toewijzing, werker: Werker, maand: date) -> None:
    administratie = wereld.iemand(Rol.ADMINISTRATIE, aanbieder=opdracht.aanbieder)
    page = kijk(administratie, f"/aanbieder/declaraties/?maand={maand:%Y-%m}", 1366)
    page.locator("main table input[type=text], main table input:not([type])").first.fill("500")
    keur(page)
    beeld(page, "declareren")
    klik(page, "Bewaar leveringen")
    klik(page, "Controleer declaratie")
    keur(page)
    page.get_by_role("link", name="Dien declaratie in").or_(page.get_by_role("link", name="Ga door")).first.click()
    klik(page, "Dien declaratie in")
    klaar(page, "ingediend")
    wacht_met_berichten(lambda: Declaratie.objects.exclude(ontvangen_op=None).exists(), werker)
    declaratie = Declaratie.objects.get()
    backoffice = wereld.iemand(Rol.BACKOFFICE, gemeente=opdracht.gemeente)
    page = kijk(backoffice, f"/declaraties/{declaratie.pk}/", 1366)
    keur(page)
    beeld(page, "declaratie")
    page = kijk(backoffice, f"/declaraties/{declaratie.pk}/antwoord/", 1366)
    klik(page, "Verstuur antwoord (325)")
    klaar(page, "[Bb]eantwoord")
    wacht_met_berichten(lambda: Bericht.objects.filter(soort="325", kant="aanbieder").exists(), werker)
    page = kijk(backoffice, f"/declaraties/{declaratie.pk}/", 1366)
    klik(page, "Stel betaalbaar")
    klaar(page, "[Bb]etaalbaar")
    declaratie.refresh_from_db()
    # 500 minutes at 32.85 an hour, rounded to 0.55 a minute
    assert (declaratie.status, declaratie.toegekend_bedrag) == ("betaalbaar", Decimal("275.00"))

"""Plan, normenkader and beschikking in Chromium: axe on both widths, no sideways scroll, a total that reckons along."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import BREEDTES, keur, log_in
from tests.factories import ProductFactory, aanstelling, moment
from tests.factories.besluit import (
    concept,
    klaar_om_te_tekenen,
    met_plan,
    planinhoud,
    toekenning,
    zaak_met_aanvraag,
)
from wmo.actions import beschikkingen, normenkaders, normtabellen, plannen
from wmo.data import rijen
from wmo.models import Aanstelling, Normtabel, Zaak
from wmo.permissions import Rol
from wmo.rules.plannen import Aftrek

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def zaak() -> Zaak:
    zaak = zaak_met_aanvraag()
    for soort in Normtabel.Soort.values:
        normtabellen.laad(
            soort=soort,
            naam="Normenkader HO 2025",
            ingangsdatum=date(2026, 1, 1),
            bron="openbare cijfers, aangevuld met verzonnen tijden",
            rijen=rijen(f"normtabel_{soort}"),
            door=Aanstelling.objects.systeem(),
            nu=moment(),
        )
    return zaak


def plan_in_concept(zaak: Zaak) -> str:
    door = aanstelling(Rol.CONSULENT)
    plan = plannen.maak_concept(zaak=zaak, door=door, nu=moment())
    deel = plannen.Ondersteuningdeel(ProductFactory(), 200, (Aftrek("mantelzorg", 35, "Dochter doet de was."),))
    plannen.bewaar(plan=plan, inhoud=planinhoud(ondersteuning=[deel]), door=door, nu=moment())
    return reverse("wmo:plan", args=[zaak.zaaknummer])


def plan_te_controleren(zaak: Zaak) -> str:
    return plan_in_concept(zaak) + "vaststellen/"


def plan_vast(zaak: Zaak) -> str:
    met_plan(zaak)
    return reverse("wmo:plan", args=[zaak.zaaknummer])


def normenkader_in_concept(zaak: Zaak, soort: str = "huishouden") -> str:
    normenkaders.maak_concept(zaak=zaak, soort=soort, door=aanstelling(Rol.CONSULENT), nu=moment())
    return reverse("wmo:normenkader-soort", args=[zaak.zaaknummer, soort])


def begeleiding(zaak: Zaak) -> str:
    return normenkader_in_concept(zaak, "begeleiding")


def normenkader_vast(zaak: Zaak) -> str:
    pad, door = normenkader_in_concept(zaak), aanstelling(Rol.CONSULENT)
    berekening = zaak.normberekeningen.get()
    keuzes = [normenkaders.Keuze(regel) for regel in berekening.tabel.regels.filter(code__in=["basis", "wassen"])]
    normenkaders.stel_vast(berekening=berekening, invulling=normenkaders.Invulling(keuzes), door=door, nu=moment())
    return pad


def besluit_begin(zaak: Zaak) -> str:
    return reverse("wmo:beschikking", args=[zaak.zaaknummer])


def stap(naam: str) -> Callable[[Zaak], str]:
    def pad(zaak: Zaak) -> str:
        met_plan(zaak, netto=165)
        concept(zaak, toekenning(125))
        return reverse("wmo:beschikking-stap", args=[zaak.zaaknummer, naam])

    pad.__name__ = f"stap_{naam}"
    return pad


def tekenen(zaak: Zaak) -> str:
    klaar_om_te_tekenen(zaak)
    return reverse("wmo:beschikking-tekenen", args=[zaak.zaaknummer])


def besluit_verstuurd(zaak: Zaak) -> str:
    besluit = klaar_om_te_tekenen(zaak)
    beschikkingen.stel_vast(beschikking=besluit, door=aanstelling(Rol.MANDAATHOUDER), nu=moment())
    return reverse("wmo:beschikking", args=[zaak.zaaknummer])


PAGINAS = [
    (Rol.CONSULENT, plan_in_concept),
    (Rol.CONSULENT, plan_te_controleren),
    (Rol.CONSULENT, plan_vast),
    (Rol.CONSULENT, normenkader_in_concept),
    (Rol.CONSULENT, begeleiding),
    (Rol.CONSULENT, normenkader_vast),
    (Rol.CONSULENT, besluit_begin),
    *((Rol.BACKOFFICE, stap(naam)) for naam in ("soort", "ondersteuning", "motivering", "controle", "voorbeeld")),
    (Rol.MANDAATHOUDER, tekenen),
    (Rol.BACKOFFICE, besluit_verstuurd),
]


@pytest.mark.parametrize(("rol", "maak"), PAGINAS, ids=[maak.__name__ for _, maak in PAGINAS])
def test_pagina_is_toegankelijk_op_twee_breedtes(zaak, kijk, rol, maak):
    pad, wie = maak(zaak), aanstelling(rol)
    for breedte in BREEDTES:
        keur(kijk(wie, pad, breedte))


def test_totaal_rekent_mee_en_fouten_zijn_toegankelijk(zaak, kijk):
    """htmx shows the server's sum; the page says out loud what the total became."""
    page = kijk(aanstelling(Rol.CONSULENT), normenkader_in_concept(zaak), 1366)
    page.get_by_label("Beperking: enige extra inzet nodig").check()
    expect(page.locator("#totaal output")).to_contain_text("2:35")
    expect(page.locator("#status")).to_have_text("Totaal 2:35 uur per week")
    page.get_by_label("Wie doet: Wassen, drogen en vouwen").select_option("hulp")
    expect(page.locator("#totaal output")).to_contain_text("2:56")
    page.get_by_label("Vastgestelde tijd per week, in minuten").fill("190")
    page.get_by_role("button", name="Normenkader vaststellen").click()
    expect(page.get_by_role("heading", name="U moet nog 1 ding aanpassen")).to_be_visible()
    keur(page)


@pytest.fixture
def zonder_javascript(browser: Any, live_server: Any) -> Any:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context
    context.close()


def test_reken_opnieuw_zonder_javascript(zaak, zonder_javascript, live_server):
    pad = normenkader_in_concept(zaak)
    log_in(zonder_javascript, aanstelling(Rol.CONSULENT), live_server.url)
    page = zonder_javascript.new_page()
    page.goto(pad)
    page.get_by_label("Beperking: enige extra inzet nodig").check()
    page.get_by_role("button", name="Reken opnieuw").click()
    expect(page.locator("#totaal output")).to_contain_text("2:35")

"""Steps, "Wat nu?" and fair division: truth tables."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo.rules.delen import mag_naar_aanbieder
from wmo.rules.kalender import Kalender
from wmo.rules.stappen import Feiten, Stand, stappen
from wmo.rules.werkvoorraad import Rijfeiten, verdeel, wat_nu

KALENDER = Kalender()
MELDING = date(2026, 10, 6)
OP = date(2026, 11, 9)
NIEUW = Feiten(status="melding", melding=MELDING)
GEWEZEN = replace(NIEUW, bevestigd=True, clientondersteuning=True)
ONDERZOEK = replace(GEWEZEN, status="onderzoek", onderwerpen=5)
AFGEROND = replace(ONDERZOEK, status="onderzoek_afgerond", onderwerpen=7, verslag_verstrekt_op=OP)
AANVRAAG = replace(AFGEROND, status="aanvraag", aanvraag_op=OP)
KLAAR_VOOR_BESLUIT = replace(AANVRAAG, plan_vastgesteld=True, normenkader_vastgesteld=True)
BESLOTEN = replace(KLAAR_VOOR_BESLUIT, status="bekendgemaakt", bekendgemaakt=True)


@pytest.mark.parametrize(
    ("feiten", "nu"),
    [
        pytest.param(NIEUW, "melding", id="nieuw"),
        pytest.param(GEWEZEN, "onderzoek", id="gewezen-op-steun"),
        pytest.param(ONDERZOEK, "onderzoek", id="vijf-van-zeven"),
        pytest.param(AFGEROND, "aanvraag", id="verslag-weg"),
        pytest.param(AANVRAAG, "normenkader", id="aanvraag-binnen"),
        pytest.param(replace(AANVRAAG, normenkader_vastgesteld=True), "plan", id="norm-vast"),
        pytest.param(replace(AANVRAAG, plan_vastgesteld=True), "beschikking", id="plan-zonder-norm"),
        pytest.param(KLAAR_VOOR_BESLUIT, "beschikking", id="plan-en-norm-vast"),
        pytest.param(replace(KLAAR_VOOR_BESLUIT, status="besluit_concept"), "beschikking", id="te-tekenen"),
        pytest.param(BESLOTEN, None, id="besloten"),
        pytest.param(replace(NIEUW, status="ingetrokken"), None, id="gesloten"),
    ],
)
def test_precies_een_stap_is_nu(feiten, nu):
    assert [s.sleutel for s in stappen(feiten, KALENDER, OP) if s.stand is Stand.NU] == ([nu] if nu else [])


def reden(feiten, sleutel, op=OP):
    return next(s for s in stappen(feiten, KALENDER, op) if s.sleutel == sleutel).reden


def test_aanvraag_zegt_waarom_zij_nog_niet_kan():
    """R-020, in the words that the page shows."""
    assert reden(ONDERZOEK, "aanvraag") == (
        "Kan nog niet: het verslag is nog niet verstuurd (of 6 weken voorbij op 17-11-2026)."
    )


def test_na_zes_weken_kan_de_aanvraag_ook_zonder_verslag():
    uit = {s.sleutel: s.stand for s in stappen(ONDERZOEK, KALENDER, date(2026, 11, 18))}
    assert uit["aanvraag"] is Stand.KAN


def test_onderzoek_wacht_zeven_dagen_op_het_persoonlijk_plan():
    assert "tot en met 13-10-2026" in reden(GEWEZEN, "onderzoek", op=date(2026, 10, 13))
    assert reden(GEWEZEN, "onderzoek", op=date(2026, 10, 14)) == "0 van 7 onderwerpen besproken"
    assert reden(replace(GEWEZEN, afgezien=True), "onderzoek", op=date(2026, 10, 7)) == "0 van 7 onderwerpen besproken"


RIJ = Rijfeiten(status="melding", melding=MELDING)


@pytest.mark.parametrize(
    ("rij", "op", "woorden"),
    [
        pytest.param(RIJ, OP, "Ontvangst bevestigen", id="nieuw"),
        pytest.param(replace(RIJ, bevestigd=True), OP, "Wijzen op cliëntondersteuning", id="bevestigd"),
        pytest.param(
            replace(RIJ, bevestigd=True, clientondersteuning=True),
            MELDING,
            "Wacht op persoonlijk plan",
            id="zeven-dagen",
        ),
        pytest.param(replace(RIJ, bevestigd=True, clientondersteuning=True), OP, "Onderzoek starten", id="daarna"),
        pytest.param(replace(RIJ, status="onderzoek"), OP, "Gesprek plannen", id="geen-gesprek"),
        pytest.param(
            replace(RIJ, status="onderzoek", gespreksdatum=date(2026, 11, 12)),
            OP,
            "Gesprek op 12-11-2026",
            id="gepland",
        ),
        pytest.param(replace(RIJ, status="onderzoek", gespreksdatum=OP), OP, "Verslag maken", id="gesproken"),
        pytest.param(replace(RIJ, status="onderzoek_afgerond"), OP, "Wacht op aanvraag", id="verslag-weg"),
        pytest.param(replace(RIJ, status="aanvraag", uiterste_datum=OP), OP, "Beschikking maken", id="besluiten"),
        pytest.param(
            replace(RIJ, status="aanvraag", uiterste_datum=OP, stilstand_tot=OP),
            OP,
            "Wacht op ontbrekend stuk",
            id="stil",
        ),
        pytest.param(
            replace(RIJ, status="aanvraag", uiterste_datum=OP, stilstand_tot=date(2026, 11, 8)),
            OP,
            "Klok weer laten lopen",
            id="stilstand-voorbij",
        ),
        pytest.param(replace(RIJ, status="aanvraag"), OP, "Wacht op antwoord", id="open-einde"),
        pytest.param(replace(RIJ, status="ingetrokken"), OP, "", id="gesloten"),
    ],
)
def test_wat_nu(rij, op, woorden):
    assert wat_nu(rij, KALENDER, op) == woorden


def test_verdelen_vult_wie_het_minste_heeft():
    assert verdeel(["a", "b", "c"], {"N.": 4, "S.": 2}) == [("a", "S."), ("b", "S."), ("c", "N.")]
    assert verdeel(["a"], {}) == []


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(0, 40))
def test_verdelen_maakt_het_verschil_nooit_groter(werk, aantal):
    """Everything is given out, and nobody who got something ends more than one above who has the least."""
    werkvoorraad = {str(i): n for i, n in enumerate(werk)}
    uit = verdeel(list(range(aantal)), werkvoorraad)
    assert [zaak for zaak, _ in uit] == list(range(aantal))
    na = dict(werkvoorraad)
    for _, wie in uit:
        na[wie] += 1
    assert all(na[wie] <= min(na.values()) + 1 for _, wie in uit)


@pytest.mark.parametrize(
    ("soort", "toestemming", "opdracht", "mag"),
    [
        ("perspectiefplan", False, True, True),
        ("normenkader", False, True, True),
        ("normenkader_begeleiding", True, True, False),
        ("perspectiefplan", True, False, False),
        ("verslag", False, True, False),
        ("verslag", True, True, True),
        ("beschikking", True, True, False),
    ],
)
def test_wat_naar_de_aanbieder_mag(soort, toestemming, opdracht, mag):
    assert mag_naar_aanbieder(soort, toestemming=toestemming, opdracht=opdracht).mag is mag

"""Uitvoeringsplan, evaluation, spoed and stop of new clients: what the rules say, as tables."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import VANDAAG, moment
from wmo.rules import clientenstop, evaluaties, spoed, uitvoering

ZIN = "Wij dweilen en stofzuigen elke keer."
VOL = uitvoering.Uitvoeringsplan(ZIN, ZIN, ZIN, "twee_weken", "", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({}, ""),
        ({"resultaten": " "}, "Schrijf op hoe u de resultaten haalt en wat u daarvoor doet."),
        ({"werkafspraken": ""}, "Schrijf op wat u met de cliënt afspreekt."),
        ({"zelf_doen": "niets"}, "Schrijf op wat de cliënt of het netwerk zelf doet."),
        ({"ritme": ""}, "Kies hoe vaak u komt."),
        ({"ritme": "week"}, "Elke week is niet vanzelfsprekend. Leg uit waarom het nodig is."),
        ({"ritme": "week", "ritme_reden": ZIN}, ""),
        ({"besproken_op": None}, "Vul in wanneer u het plan met de cliënt besprak."),
        ({"besproken_op": date(2026, 11, 24)}, "De datum van het gesprek ligt in de toekomst."),
    ],
)
def test_uitvoeringsplan_heeft_zijn_onderdelen_en_geen_handtekening(anders, zin):
    """R-091, S-134 to S-138."""
    plan = uitvoering.Uitvoeringsplan(**{**VOL.__dict__, **anders})
    assert " ".join(uitvoering.weiger_versturen(plan, op=VANDAAG)) == zin


@pytest.mark.parametrize(("categorie", "hoort"), [("01", True), ("02", False), ("07", False)])
def test_uitvoeringsplan_hoort_bij_huishoudelijke_hulp(categorie, hoort):
    assert uitvoering.hoort_uitvoeringsplan(categorie) is hoort


KLAAR = {
    "gesprek_op": date(2026, 11, 20),
    "verslag": "Besproken wat er goed gaat en wat er nog moet gebeuren.",
    "doelen": 2,
    "beoordeeld": 2,
    "uitkomst": "ongewijzigd",
}
ZONDER_PLAN = evaluaties.Opdrachtstand(7, plan_verstuurd=False, formulier_ingediend=True)
ZONDER_FORMULIER = evaluaties.Opdrachtstand(8, plan_verstuurd=True, formulier_ingediend=False)


@pytest.mark.parametrize(
    ("anders", "zinnen"),
    [
        ({}, []),
        ({"gesprek_op": None}, ["Vul in wanneer u met de cliënt sprak."]),
        ({"gesprek_op": date(2026, 11, 24)}, ["De datum van het gesprek ligt in de toekomst."]),
        ({"beoordeeld": 1}, ["Zeg bij elk doel hoe het gaat (1 van 2 ingevuld)."]),
        ({"verslag": "Goed."}, ["Schrijf een verslag van minstens één hele zin."]),
        ({"crisis_gemeld": True}, ["De aanbieder meldde een crisis. Schrijf op wat u daarover besprak."]),
        ({"crisis_gemeld": True, "crisis": "Besproken."}, []),
        ({"uitkomst": ""}, ["Kies wat er uit de evaluatie komt."]),
        ({"opdrachten": (ZONDER_PLAN, ZONDER_FORMULIER)}, []),
        (
            {"uitkomst": "verlengd", "opdrachten": (ZONDER_PLAN, ZONDER_FORMULIER)},
            [
                "Voor verlengen is eerst het uitvoeringsplan van opdracht 7 nodig.",
                "Voor verlengen is eerst het formulier van de aanbieder bij opdracht 8 nodig.",
            ],
        ),
    ],
)
def test_afronden_vraagt_een_hele_evaluatie(anders, zinnen):
    """R-136, R-163."""
    assert evaluaties.weiger_afronden(evaluaties.Evaluatie(**{**KLAAR, **anders}), op=VANDAAG) == zinnen


@pytest.mark.parametrize(
    ("afgerond", "mag"),
    [
        ([], False),
        ([(moment(), "ongewijzigd")], False),
        ([(moment(uur=8), "verlengd")], False),
        ([(moment(uur=9), "verlengd")], True),
        ([(moment(), "beeindigd"), (moment(), "verlengd")], True),
    ],
    ids=["geen", "andere uitkomst", "voor de vorige verlenging", "op het moment zelf", "een van de twee"],
)
def test_verlengen_na_een_evaluatie(afgerond, mag):
    assert evaluaties.mag_verlengen(afgerond, sinds=moment(uur=9)) is mag


@pytest.mark.parametrize(
    ("startdatum", "zin"),
    [
        (None, "Vul in op welke dag u begint."),
        (date(2026, 11, 22), "De startdatum is al voorbij. Kies vandaag of een latere datum."),
        (date(2026, 11, 23), None),
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), "Kies een datum uiterlijk 30-11-2026."),
    ],
)
def test_spoed_start_binnen_zeven_dagen(startdatum, zin):
    """R-128."""
    assert spoed.weiger_startdatum(startdatum, op=VANDAAG, uiterlijk=date(2026, 11, 30)) == zin


@pytest.mark.parametrize(
    ("antwoorden", "uren", "niemand"),
    [
        (["", ""], 1, False),
        (["nee", ""], 24, False),
        (["nee", "nee"], 1, True),
        (["nee", ""], 25, True),
        (["ja", ""], 25, False),
    ],
    ids=["wachten", "op de grens", "allemaal nee", "stilte telt na 24 uur", "een ja"],
)
def test_niemand_kan(antwoorden, uren, niemand):
    nu = moment()
    uiterlijk = nu + timedelta(hours=24)
    assert spoed.geen_match(antwoorden, uiterlijk=uiterlijk, nu=nu + timedelta(hours=uren)) is niemand


@pytest.mark.parametrize(
    ("over", "tekst", "toon"),
    [
        (timedelta(hours=6, minutes=20), "Nog 6 uur en 20 minuten", "groen"),
        (timedelta(hours=4), "Nog 4 uur en 0 minuten", "oranje"),
        (timedelta(minutes=1), "Nog 1 minuut", "oranje"),
        (timedelta(0), "De tijd is om", "rood"),
    ],
)
def test_spoedklok_in_woorden(over, tekst, toon):
    klok = spoed.klok(moment() + over, moment())
    assert (klok.tekst, klok.toon) == (tekst, toon)


def test_spoedklok_telt_het_verzetten_van_de_klok():
    """25 October 2026 has 25 hours in Amsterdam (R-045)."""
    van, tot = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)
    assert spoed.klok(tot, van).tekst == "Nog 25 uur en 0 minuten"


@pytest.mark.parametrize(
    ("overleg", "van", "tot", "begin"),
    [
        (VANDAAG, date(2026, 12, 7), date(2026, 12, 31), None),
        (VANDAAG, date(2026, 12, 6), date(2026, 12, 31), "Vraag een cliëntenstop minstens 14 dagen vooraf aan."),
        (date(2026, 11, 24), date(2026, 12, 7), date(2026, 12, 31), "Overleg eerst met de gemeente."),
        (VANDAAG, date(2026, 12, 7), date(2026, 12, 6), "De laatste dag ligt voor de eerste dag."),
    ],
)
def test_clientenstop_na_overleg_en_veertien_dagen_vooraf(overleg, van, tot, begin):
    """R-162."""
    zin = clientenstop.weiger_aanvraag(ingangsdatum=van, einddatum=tot, overleg_op=overleg, op=VANDAAG)
    assert zin is None if begin is None else (zin or "").startswith(begin)

"""The chain control: red where two fields contradict, orange where it asks, green where it compared."""

from dataclasses import replace
from datetime import date

import pytest

from wmo.periodes import Periode
from wmo.rules import beschikkingen as regels
from wmo.rules.beschikkingen import Keten, Normstand, Onderzoekstand, Oordeel, Planregel, Planstand, Voorzieningstand

ONDERZOEK = Onderzoekstand(date(2026, 11, 10), 7, frozenset("1234567"))
REGEL = Planregel("01A03", "Hulp bij het huishouden", "01", 200, 165)
PLAN = Planstand(1, date(2027, 6, 1), 2, (REGEL,))
NORM = Normstand("huishouden", 165, 165, "")
VOORZIENING = Voorzieningstand(
    product="01A03",
    categorie="01",
    naam="Hulp bij het huishouden",
    vorm="zin",
    volume=165,
    eenheid="01",
    eenheidnaam="minuut",
    frequentie="2",
    frequentienaam="per week",
    ingangsdatum=date(2026, 12, 1),
    einddatum=date(2028, 11, 30),
    via_wachtlijst=True,
)
MEER_DAN_PLAN = "In het plan staat 165 minuten, in de beschikking 180 minuten. Pas één van de twee aan."
KETEN = Keten(ONDERZOEK, PLAN, (NORM,), "toekenning", (VOORZIENING,))


def zinnen(keten: Keten, oordeel: Oordeel) -> list[str]:
    return [b.zin for b in regels.ketencontrole(keten) if b.oordeel is oordeel]


def met(**velden) -> Keten:
    """The chain with another voorziening."""
    return replace(KETEN, voorzieningen=(replace(VOORZIENING, **velden),))


def test_alles_klopt_is_helemaal_groen():
    bevindingen = regels.ketencontrole(KETEN)
    assert {b.oordeel for b in bevindingen} == {Oordeel.KLOPT}
    assert "Hulp bij het huishouden: plan en beschikking zeggen allebei 165 minuten per week." in zinnen(
        KETEN, Oordeel.KLOPT
    )


@pytest.mark.parametrize(
    ("keten", "zin"),
    [
        (replace(met(volume=180), normen=()), MEER_DAN_PLAN),
        (replace(met(volume=3, eenheid="04", eenheidnaam="uur"), normen=()), MEER_DAN_PLAN),
        (
            replace(KETEN, normen=(replace(NORM, berekend=180, vastgesteld=180),)),
            "In het normenkader staat 180 minuten vastgesteld, in de beschikking 165 minuten per week. "
            "Pas één van de twee aan.",
        ),
        (
            replace(KETEN, normen=(replace(NORM, berekend=152),)),
            "De norm is 152 minuten, vastgesteld is 165 minuten. Leg uit waarom.",
        ),
        (replace(KETEN, plan=None), "Er is nog geen vastgesteld perspectiefplan. Stel eerst het plan vast."),
        (
            replace(KETEN, plan=replace(PLAN, regels=())),
            "Hulp bij het huishouden staat in de beschikking, maar niet in het plan.",
        ),
        (
            replace(KETEN, plan=replace(PLAN, evaluatiedatum=date(2028, 12, 1))),
            "De evaluatie (01-12-2028) ligt na het einde van de beschikking (30-11-2028).",
        ),
        (
            replace(KETEN, onderzoek=replace(ONDERZOEK, toetsen=frozenset("1245"))),
            "Bij 3 van de 7 toetsen staat nog geen uitkomst. Vul de toetsvolgorde in.",
        ),
        (
            met(eenheid="82", eenheidnaam="stuks (output)"),
            "Hulp bij het huishouden is toegekend in stuks (output). Kies uren, minuten, dagdelen of etmalen.",
        ),
        (
            met(loopt_al=Periode(date(2025, 1, 1), date(2026, 12, 31))),
            "Voor Hulp bij het huishouden loopt al een besluit (01-01-2025 t/m 31-12-2026). "
            "Kies een latere ingangsdatum, of herzie eerst dat besluit.",
        ),
        (
            met(via_wachtlijst=False, aanbieder="Thuishulp Proef", aanbieder_mag=False),
            "Thuishulp Proef heeft op 01-12-2026 in deze gemeente geen contract voor Hulp bij het huishouden.",
        ),
        (met(via_wachtlijst=False), "Kies een aanbieder voor Hulp bij het huishouden, of kies voor de wachtlijst."),
        (replace(KETEN, wachtlijst_actief=False), "Uw gemeente werkt zonder wachtlijst. Kies een aanbieder."),
        (met(vorm="pgb", via_wachtlijst=False), "Bij het pgb voor Hulp bij het huishouden ontbreken bedrag en uitleg."),
    ],
    ids=[
        "plan en beschikking", "uren tegen minuten", "norm en beschikking", "afwijking zonder reden", "geen plan",
        "niet in plan", "evaluatie te laat", "toetsen missen", "alleen resultaat", "loopt al", "buiten perceel",
        "geen aanbieder", "geen wachtlijst", "pgb zonder uitleg",
    ],
)  # fmt: skip
def test_rood_noemt_beide_velden_met_hun_waarde(keten, zin):
    assert zinnen(keten, Oordeel.BLOKKEERT) == [zin]


@pytest.mark.parametrize(
    ("keten", "zin"),
    [
        (
            replace(KETEN, onderzoek=replace(ONDERZOEK, verslag_op=None)),
            "Het verslag van het onderzoek is nog niet verstuurd.",
        ),
        (replace(KETEN, onderzoek=replace(ONDERZOEK, onderwerpen=5)), "Er zijn 5 van de 7 onderwerpen besproken."),
        (replace(KETEN, plan=replace(PLAN, doelen=0)), "Het plan heeft geen doelen."),
        (
            replace(KETEN, plan=replace(PLAN, regels=(REGEL, Planregel("02A01", "Begeleiding", "01", 60, 60)))),
            "Begeleiding staat in het plan, maar niet in de beschikking.",
        ),
    ],
    ids=["geen verslag", "vijf onderwerpen", "geen doelen", "vergeten product"],
)
def test_oranje_vraagt_uitleg_en_blokkeert_niet(keten, zin):
    assert zinnen(keten, Oordeel.LET_OP) == [zin]
    assert not regels.blokkades(regels.ketencontrole(keten))


def test_plan_en_normenkader_staan_naast_elkaar_voordat_er_een_besluit_is():
    keten = Keten(ONDERZOEK, PLAN, (replace(NORM, berekend=167, vastgesteld=180, reden="Hulphond."),), None)
    assert zinnen(keten, Oordeel.LET_OP) == ["In het plan staat 165 minuten, in het normenkader 180 minuten."]
    assert "De afwijking van de normtijd heeft een reden." in zinnen(keten, Oordeel.KLOPT)


@pytest.mark.parametrize("soort", ["afwijzing", "beeindiging"])
def test_wat_niets_toekent_hoeft_geen_plan_of_toetsen(soort):
    keten = Keten(replace(ONDERZOEK, toetsen=frozenset()), None, (), soort)
    assert not regels.blokkades(regels.ketencontrole(keten))


def test_elke_bevinding_wijst_naar_een_pagina():
    slecht = replace(KETEN, plan=None, normen=(replace(NORM, berekend=1),), wachtlijst_actief=False)
    for bevinding in [*regels.ketencontrole(KETEN), *regels.ketencontrole(slecht)]:
        assert bevinding.links
        assert set(bevinding.links) <= {"onderzoek", "plan", "normenkader", "beschikking"}


@pytest.mark.parametrize(
    ("velden", "minuten"),
    [
        ({}, 165),
        (
            {"volume": 165 * 4, "frequentie": "6", "ingangsdatum": date(2026, 12, 1), "einddatum": date(2026, 12, 28)},
            165,
        ),
        (
            {"volume": 181, "frequentie": "6", "ingangsdatum": date(2026, 12, 1), "einddatum": date(2026, 12, 14)},
            91,
        ),
        ({"volume": 2, "eenheid": "16"}, 480),
        ({"volume": 650, "frequentie": "4"}, 150),
        ({"volume": 15, "frequentie": "1"}, 105),
        ({"volume": 2, "eenheid": "14"}, None),
        ({"volume": 10, "frequentie": "6", "einddatum": None}, None),
    ],
    ids=[
        "per week",
        "totaal over vier weken",
        "een halve minuut gaat omhoog",
        "dagdelen",
        "per maand",
        "per dag",
        "etmalen",
        "totaal zonder einde",
    ],
)
def test_minuten_per_week(velden, minuten):
    assert regels.weekminuten(replace(VOORZIENING, **velden)) == minuten


def test_etmalen_worden_als_aantal_vergeleken():
    regel = Planregel("04A01", "Kortdurend verblijf", "14", 2, 2)
    etmalen = {
        "product": "04A01",
        "categorie": "04",
        "naam": "Kortdurend verblijf",
        "eenheid": "14",
        "eenheidnaam": "etmaal",
    }
    keten = replace(met(volume=3, **etmalen), plan=replace(PLAN, regels=(regel,)), normen=())
    assert zinnen(keten, Oordeel.BLOKKEERT) == [
        "In het plan staat 2, in de beschikking 3 etmalen per week. Pas één van de twee aan."
    ]

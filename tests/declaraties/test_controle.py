"""The control of a line as a truth table: one accepted and one refused case per rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from declaraties.rules.controle import (
    Boekhouding,
    Prijs,
    Regel,
    Toegewezen,
    beoordeel,
    beoordeel_alle,
    beoordeel_geheel,
)
from declaraties.rules.maximum import Frequentie, Omvang
from declaraties.rules.tarieven import Methode
from declaraties.rules.uitleg import ONBEKEND, mag_toch_goed, uitleg
from declaraties.rules.verbruik import signaal
from wmo.periodes import Periode

MAAND = Periode.maand(2026, 11)
LOOPTIJD = Periode(date(2026, 11, 2), date(2028, 10, 31))
DEEL = Periode(date(2026, 11, 2), date(2026, 11, 30))
OMVANG = Omvang(165, "01", Frequentie.WEEK, "01", LOOPTIJD)
TOEGEWEZEN = Toegewezen("01", "01A03", LOOPTIJD, OMVANG)
MINUUT = Prijs(D("32.85"), Methode.MINUUT_AFGEROND)
UUR = Prijs(D("32.85"), Methode.UUR_NAAR_RATO)
GOED = Regel("P1", 101, "01", "01A03", DEEL, 600, "01", D("0.55"), D("330.00"))
CREDIT = GOED._replace(referentienummer="P2", is_credit=True, vorig_referentienummer="P1")


def codes(regel: Regel, toewijzing=TOEGEWEZEN, prijs=MINUUT, boek=None, maand=MAAND) -> list[str]:
    boek = boek or Boekhouding()
    return [b.code for b in beoordeel(regel, maand=maand, toewijzing=toewijzing, prijs=prijs, boek=boek)]


def geboekt(*regels: Regel) -> Boekhouding:
    boek = Boekhouding()
    for regel in regels:
        boek.boek(regel)
    return boek


def test_een_goede_regel_heeft_geen_bevinding():
    assert codes(GOED) == []


@pytest.mark.parametrize(
    ("wat", "regel", "toewijzing", "verwacht"),
    [
        ("TR338 onbekend", GOED, None, ["9338"]),
        ("TR384 verwijderd", GOED, replace(TOEGEWEZEN, verwijderd=True), ["9384"]),
        ("TR339 categorie", GOED, replace(TOEGEWEZEN, categorie="02", omvang=None), ["9339"]),
        ("TR340 code", GOED, replace(TOEGEWEZEN, productcode="01A04"), ["9340"]),
        ("TR340 lege code mag alles", GOED, replace(TOEGEWEZEN, productcode=""), []),
        ("TR341 eenheid", GOED._replace(eenheid="16", tarief=D("32.85"), bedrag=D("19710")), TOEGEWEZEN, ["9341"]),
        ("TR321 maximum", GOED._replace(volume=991, bedrag=D("545.05")), TOEGEWEZEN, ["9321"]),
        ("TR321 precies", GOED._replace(volume=990, bedrag=D("544.50")), TOEGEWEZEN, []),
        ("TR369 budget", GOED, replace(TOEGEWEZEN, omvang=None, budget=D("329.99")), ["9369"]),
        ("TR369 precies", GOED, replace(TOEGEWEZEN, omvang=None, budget=D("330.00")), []),
        ("TR418 tarief", GOED._replace(tarief=D("0.60"), bedrag=D("360.00")), TOEGEWEZEN, ["0611"]),
        ("TR346 bedrag", GOED._replace(bedrag=D("330.01")), TOEGEWEZEN, ["9346"]),
        ("TR381 code past niet", GOED._replace(categorie="02"), replace(TOEGEWEZEN, categorie="02"), ["S329"]),
    ],
    ids=lambda w: w if isinstance(w, str) else "",
)
def test_regel_voor_regel(wat, regel, toewijzing, verwacht):
    assert codes(regel, toewijzing) == verwacht


@pytest.mark.parametrize(
    ("van", "tot", "verwacht"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), ["9307"]),  # TR307: before the toewijzing
        (date(2026, 11, 3), date(2026, 11, 30), ["9387"]),  # TR387: later than need be
        (date(2026, 11, 2), date(2026, 11, 29), ["9388"]),  # TR388
        (date(2026, 12, 1), date(2026, 12, 31), ["9319"]),  # TR319: after the declaratiemaand
    ],
)
def test_productperiode_is_de_afgekapte_maand(van, tot, verwacht):
    assert codes(GOED._replace(periode=Periode(van, tot))) == verwacht


def test_periode_na_het_einde_van_de_toewijzing():
    """TR308; the amounts are right, only the period is not."""
    kort = Periode(date(2026, 11, 2), date(2026, 11, 20))
    assert codes(GOED, Toegewezen("01", "01A03", kort)) == ["9308"]


def test_eerdere_maand_mag_later_gedeclareerd():
    """R-283: a late declaration of an older productperiode."""
    assert codes(GOED, maand=Periode.maand(2027, 3)) == []


def test_uurtarief_naar_rato_van_minuten():
    """TR346: 125 minutes at 32.85 an hour is 68.44, not 125 times the rounded minute."""
    regel = GOED._replace(volume=125, bedrag=D("68.44"))
    assert codes(regel, prijs=UUR) == []
    assert codes(regel._replace(bedrag=D("68.75")), prijs=UUR) == ["9346"]
    assert codes(regel._replace(bedrag=D("68.75")), prijs=MINUUT) == []


def test_zonder_tarief_op_die_datum():
    assert codes(GOED, prijs=None) == ["0611"]


def test_euros_hebben_geen_tarief():
    """Unit 83: volume is the amount in cents (CS339)."""
    toewijzing = Toegewezen("10", "10A01", LOOPTIJD, Omvang(100000, "83", Frequentie.TOTAAL, "10", LOOPTIJD))
    regel = Regel("P1", 101, "10", "10A01", DEEL, 25000, "83", None, D("250.00"))
    assert codes(regel, toewijzing, prijs=None) == []
    assert codes(regel._replace(bedrag=D("249.99")), toewijzing, prijs=None) == ["9346"]


def test_totaalbudget_kijkt_niet_naar_de_maand():
    """R-251: a high month is fine while the total lasts; TR322 stops what goes over it."""
    omvang = Omvang(1000, "01", Frequentie.TOTAAL, "01", LOOPTIJD)
    toewijzing = replace(TOEGEWEZEN, omvang=omvang)
    assert codes(GOED._replace(volume=1000, bedrag=D("550.00")), toewijzing) == []
    eerder = GOED._replace(referentienummer="P0", periode=Periode.maand(2026, 10))
    assert codes(GOED, toewijzing, boek=geboekt(eerder)) == ["9322"]


def test_dubbele_debet_tot_hij_gecrediteerd_is():
    """TR389."""
    nieuw = GOED._replace(referentienummer="P3")
    assert codes(nieuw, boek=geboekt(GOED)) == ["9389"]
    assert codes(nieuw, boek=geboekt(GOED, CREDIT)) == []


def test_credit_herhaalt_een_goedgekeurde_debet():
    """TR323 and TR390."""
    assert codes(CREDIT, boek=geboekt(GOED)) == []
    assert codes(CREDIT) == ["8017"]
    assert codes(CREDIT._replace(bedrag=D("1.00")), boek=geboekt(GOED)) == ["8017"]
    assert codes(CREDIT, boek=geboekt(GOED, CREDIT)) == ["9390"]


def test_credits_eerst_ook_als_ze_later_staan():
    """OP366: the new debet stands before the credit and is still right."""
    nieuw = GOED._replace(referentienummer="P3", volume=480, bedrag=D("264.00"))
    boeken = {101: geboekt(GOED)}
    uitkomst = beoordeel_alle(
        [nieuw, CREDIT],
        maand=MAAND,
        toewijzingen={101: TOEGEWEZEN},
        prijzen={("01A03", DEEL.ingangsdatum): MINUUT},
        boeken=boeken,
        bekende_nummers=set(),
    )
    assert uitkomst == [[], []]
    assert boeken[101].bedrag == D("264.00")


def test_regels_tellen_binnen_dezelfde_declaratie_mee():
    """TR369 over two lines of one declaration, and TR314: a number is used once."""
    ander = GOED._replace(referentienummer="P1", periode=Periode.maand(2026, 10))
    ruim = Toegewezen("01", "01A03", Periode(date(2026, 1, 1)), None, D("600"))
    uitkomst = beoordeel_alle(
        [ander, GOED._replace(periode=MAAND)],
        maand=MAAND,
        toewijzingen={101: ruim},
        prijzen={("01A03", date(2026, 10, 1)): MINUUT, ("01A03", date(2026, 11, 1)): MINUUT},
        boeken={},
        bekende_nummers=set(),
    )
    assert [[b.code for b in regel] for regel in uitkomst] == [[], ["9369", "8021"]]


def test_start_en_stop_bestaan_niet_voor_de_controle():
    """R-285, OP364: what the rules cannot see, they cannot refuse on."""
    gezien = {naam for soort in (Regel, Toegewezen, Prijs, Boekhouding) for naam in soort.__annotations__}
    assert not {naam for naam in gezien if "start" in naam or "stop" in naam or "levering" in naam}


def test_declaratie_als_geheel():
    november, oktober = date(2026, 11, 1), date(2026, 10, 1)
    assert beoordeel_geheel(november, nummer_bekend=False, laatste_maand=None) == []
    assert beoordeel_geheel(november, nummer_bekend=False, laatste_maand=november) == []  # again in the same month
    assert beoordeel_geheel(november, nummer_bekend=False, laatste_maand=date(2026, 8, 1)) == []  # a gap may be
    assert beoordeel_geheel(november, nummer_bekend=True, laatste_maand=None)[0].code == "9333"  # TR333
    assert beoordeel_geheel(oktober, nummer_bekend=False, laatste_maand=november)[0].code == "8214"  # TR318


def test_afwijking_van_verwacht_is_een_opmerking():
    """R-252: 29 days of 165 a week is some 684 minutes; the limit of category 01 is 990."""
    assert signaal(GOED._replace(volume=684), OMVANG) == ""
    assert signaal(GOED._replace(volume=850), OMVANG).startswith("Meer dan 120%")
    assert signaal(GOED._replace(volume=400), OMVANG) == "Minder dan 80% van verwacht."
    assert signaal(GOED, None) == ""


def test_uitleg_kent_elke_code_van_de_controle():
    assert uitleg("9999") is ONBEKEND
    assert mag_toch_goed(["9321", "9369"])
    assert not mag_toch_goed(["9321", "9338"])
    assert not mag_toch_goed([])

"""Lenient Dutch input: what people type, what it becomes, and what they read when it cannot be understood."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wmo import weergave
from wmo.forms.velden import (
    BedragVeld,
    BsnVeld,
    DatumVeld,
    GetalVeld,
    MinutenVeld,
    PercentageVeld,
    PostcodeVeld,
    TelefoonVeld,
)


def fout(veld: forms.Field, invoer: str) -> str:
    with pytest.raises(ValidationError) as gevangen:
        veld.clean(invoer)
    return str(gevangen.value.messages[0])


@pytest.mark.parametrize(
    "invoer",
    ["26-11-2026", "26/11/26", "26112026", "26 nov 2026", "26.11.2026", " 26 November 2026 ", "26-nov-26"],
)
def test_datum_in_alle_vormen(invoer: str) -> None:
    assert DatumVeld().clean(invoer) == date(2026, 11, 26)


def test_datum_kent_maart_in_beide_afkortingen() -> None:
    assert DatumVeld().clean("1 mrt 2026") == DatumVeld().clean("1 maart 2026") == date(2026, 3, 1)


@pytest.mark.parametrize("invoer", ["2026-11-26", "morgen", "26 foo 2026", "261126", "٢٦-11-2026"])
def test_onleesbare_datum_krijgt_een_voorbeeld(invoer: str) -> None:
    assert fout(DatumVeld(), invoer) == "Vul een datum in, bijvoorbeeld 07-12-2026."


def test_datum_die_niet_bestaat() -> None:
    assert fout(DatumVeld(), "31-02-2026").startswith("Deze datum bestaat niet.")


def test_geboortedatum_ligt_in_het_verleden() -> None:
    assert DatumVeld(verleden=True).clean("14-03-41") == date(1941, 3, 14)
    assert DatumVeld().clean("14-03-41") == date(2041, 3, 14)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_wat_het_portaal_toont_leest_het_ook(dag: date) -> None:
    veld = DatumVeld()
    assert veld.clean(veld.prepare_value(dag)) == dag


@pytest.mark.parametrize(
    ("invoer", "bedrag"),
    [
        ("1234,56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("€ 1234.56", "1234.56"),
        ("€\u00a01.234,56", "1234.56"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("0,5", "0.5"),
        ("\u2212\u00a0€\u00a00,41", "-0.41"),
        ("-12,00", "-12.00"),
        ("\u221212,00", "-12.00"),
    ],
)
def test_bedrag_in_alle_vormen(invoer: str, bedrag: str) -> None:
    assert BedragVeld().clean(invoer) == Decimal(bedrag)


@pytest.mark.parametrize("invoer", ["twaalf", "1,234.56", "1.23.456", "12,", "€", "--5", "1e3", "NaN"])
def test_onleesbaar_bedrag_krijgt_een_voorbeeld(invoer: str) -> None:
    assert fout(BedragVeld(), invoer) == "Vul een bedrag in, bijvoorbeeld 1.234,56."


def test_bedrag_heeft_niet_meer_dan_twee_decimalen() -> None:
    with pytest.raises(ValidationError):
        BedragVeld().clean("0,575")
    assert GetalVeld(decimalen=3).clean("0,575") == Decimal("0.575")


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=2))
def test_getoond_bedrag_is_leesbaar_bedrag(bedrag: Decimal) -> None:
    veld = BedragVeld()
    assert veld.clean(veld.prepare_value(bedrag)) == bedrag


@pytest.mark.parametrize("invoer", ["4,96", "4.96", "4,96%", "4,96 %"])
def test_percentage(invoer: str) -> None:
    assert PercentageVeld().clean(invoer) == Decimal("4.96")


@pytest.mark.parametrize(
    "invoer", ["165", "2:45", "2,75 uur", "2.75 uur", "2 uur 45", "2u45", "165 minuten", "165 min", "2:45 uur"]
)
def test_minuten_in_alle_vormen(invoer: str) -> None:
    assert MinutenVeld().clean(invoer) == 165


def test_hele_uren() -> None:
    assert MinutenVeld().clean("3 uur") == 180


def test_uren_die_geen_hele_minuten_zijn() -> None:
    assert fout(MinutenVeld(), "2,33 uur").startswith("2,33 uur is geen heel aantal minuten.")


@pytest.mark.parametrize("invoer", ["2,75", "2:60", "veel", "-5"])
def test_onleesbare_tijd(invoer: str) -> None:
    assert fout(MinutenVeld(), invoer) == "Vul een tijd in, bijvoorbeeld 165 of 2:45."


@pytest.mark.parametrize("invoer", ["999900006", "9999 00 006", "9999.00.006", " 9999-00-006 "])
def test_bsn_wordt_schoongemaakt(invoer: str) -> None:
    assert BsnVeld().clean(invoer) == "999900006"


@pytest.mark.parametrize("invoer", ["999900007", "99990000", "9999000066", "abcdefghi", "000000000"])
def test_bsn_dat_niet_klopt(invoer: str) -> None:
    assert "klopt niet" in fout(BsnVeld(), invoer)


def test_leeg_bsn_mag_als_het_veld_dat_zegt() -> None:
    assert BsnVeld(required=False).clean("") == ""
    assert fout(BsnVeld(), "  ") == "Vul het burgerservicenummer in: 9 cijfers."


@pytest.mark.parametrize("invoer", ["3441 ZZ", "3441zz", "3441-zz", "3441 z z"])
def test_postcode(invoer: str) -> None:
    assert PostcodeVeld().clean(invoer) == "3441ZZ"


@pytest.mark.parametrize("invoer", ["0441 ZZ", "3441", "ZZ 3441", "34411 ZZ"])
def test_postcode_die_niet_bestaat(invoer: str) -> None:
    assert fout(PostcodeVeld(), invoer) == "Vul een postcode in, bijvoorbeeld 1234 AB."


@pytest.mark.parametrize(
    "invoer", ["06-00 00 00 12", "0600000012", "+31 6 00 00 00 12", "0031 (0)6 00000012", "06.00.00.00.12"]
)
def test_telefoon(invoer: str) -> None:
    assert TelefoonVeld().clean(invoer) == "0600000012"


def test_telefoon_uit_het_buitenland_blijft() -> None:
    assert TelefoonVeld().clean("+32 470 00 00 00") == "+32470000000"


@pytest.mark.parametrize("invoer", ["06-0000", "nul zes", "16-00 00 00 12"])
def test_telefoon_die_niet_klopt(invoer: str) -> None:
    assert "10 cijfers" in fout(TelefoonVeld(), invoer)


def test_waarde_uit_de_database_staat_nederlands_in_het_veld() -> None:
    class Formulier(forms.Form):
        dag = DatumVeld()
        bedrag = BedragVeld()

    form = Formulier(initial={"dag": date(2026, 12, 7), "bedrag": Decimal("1234.5")})
    assert 'value="07-12-2026"' in str(form["dag"])
    assert f'value="{weergave.getal(Decimal("1234.5"), 2)}"' in str(form["bedrag"])

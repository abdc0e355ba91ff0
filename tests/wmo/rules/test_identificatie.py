"""Identifiers: R-001, R-320 to R-322."""

import pytest

from wmo.rules import identificatie


def test_de_testreeks_heeft_9091_geldige_nummers() -> None:
    reeks = (f"{nummer:09d}" for nummer in range(999_900_000, 1_000_000_000))
    assert sum(identificatie.is_test_bsn(bsn) for bsn in reeks) == 9091


@pytest.mark.parametrize("bsn", ["999900006", "999996770"])
def test_bekende_geldige_nummers(bsn: str) -> None:
    assert identificatie.normaliseer_bsn(bsn) == bsn
    assert identificatie.is_bsn_in_bericht(bsn)


def test_acht_cijfers_krijgen_een_voorloopnul_maar_zo_staan_ze_niet_in_een_bericht() -> None:
    kort = next(str(nummer) for nummer in range(10_000_000, 10_000_100) if identificatie.elfproef(f"{nummer:09d}"))
    assert identificatie.normaliseer_bsn(kort) == f"0{kort}"
    assert not identificatie.is_bsn_in_bericht(kort)


@pytest.mark.parametrize(
    "waarde",
    [None, "", "000000000", "00000000", "9999000", "9999000060", "999900007", " 999900006", "999900006\n", "99990000²"],
)
def test_geen_bsn(waarde: str | None) -> None:
    assert identificatie.normaliseer_bsn(waarde) is None
    assert not identificatie.is_test_bsn(waarde)


@pytest.mark.parametrize(
    ("waarde", "masker"), [("999900006", "*****0006"), ("9999", "*********"), ("", ""), (None, "")]
)
def test_masker(waarde: str | None, masker: str) -> None:
    assert identificatie.masker_bsn(waarde) == masker


@pytest.mark.parametrize(
    ("waarde", "geldig"),
    [("42420001", True), ("4242000", False), ("4242000A", False), ("42420001\n", False), (None, False)],
)
def test_agb(waarde: str | None, geldig: bool) -> None:
    assert identificatie.is_agb(waarde) is geldig


@pytest.mark.parametrize(
    ("waarde", "nl", "bericht"),
    [
        ("3441AA", True, True),
        ("0441AA", False, True),
        ("3441aa", False, True),
        ("B-1000", False, True),
        ("        ", False, False),
        ("123456789", False, False),
        ("34\n41", False, False),
        ("", False, False),
        (None, False, False),
    ],
)
def test_postcode(waarde: str | None, nl: bool, bericht: bool) -> None:
    assert (identificatie.is_postcode_nl(waarde), identificatie.is_postcode_in_bericht(waarde)) == (nl, bericht)


@pytest.mark.parametrize(
    ("waarde", "iban", "nl"),
    [
        ("NL91ABNA0417164300", True, True),
        ("DE89370400440532013000", True, False),
        ("NL92ABNA0417164300", False, False),
        ("NL91 ABNA 0417 1643 00", False, False),
        (None, False, False),
    ],
)
def test_iban(waarde: str | None, iban: bool, nl: bool) -> None:
    assert (identificatie.is_iban(waarde), identificatie.is_iban_nl(waarde)) == (iban, nl)


def test_gemeentecode_staat_op_de_lijst_of_niet() -> None:
    lijst = {"0632": "Woerden"}
    assert identificatie.gemeentenaam("0632", lijst) == "Woerden"
    assert identificatie.gemeentenaam("632", lijst) is None
    assert identificatie.gemeentenaam("9999", lijst) is None
    assert identificatie.gemeentenaam(None, lijst) is None

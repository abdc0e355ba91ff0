"""Identifiers: BSN, AGB, municipality code, postcode and IBAN (R-001, R-320 to R-323). Digits are ASCII 0-9 only."""

from __future__ import annotations

import re
from collections.abc import Mapping

BSN_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
TESTREEKS_BEGIN = "9999"
MASKER = "*****"

# `\d` would let through Arabic and Devanagari digits, so every pattern names its digits
_BSN = re.compile(r"[0-9]{8,9}")
_AGB = re.compile(r"[0-9]{8}")
_GEMEENTECODE = re.compile(r"[0-9]{4}")
_POSTCODE_NL = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")
_NIET_LEEG = re.compile(r"[^\n\r]*[^ \t\n\r][^\n\r]*")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_IBAN_NL = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}")
POSTCODE_MAXIMUM = 8


def elfproef(bsn: str) -> bool:
    """The weighted sum of nine digits is a multiple of eleven; all zeros is no number (R-320)."""
    som = sum(gewicht * int(cijfer) for gewicht, cijfer in zip(BSN_GEWICHTEN, bsn, strict=True))
    return som % 11 == 0 and int(bsn) != 0


def normaliseer_bsn(waarde: str | None) -> str | None:
    """Nine digits when `waarde` is a valid BSN (eight digits get a leading zero), else None. Markup is not removed."""
    if not isinstance(waarde, str) or not _BSN.fullmatch(waarde):
        return None
    bsn = waarde.zfill(9)
    return bsn if elfproef(bsn) else None


def is_bsn_in_bericht(waarde: str | None) -> bool:
    """A message carries exactly nine digits (CS002)."""
    return waarde is not None and normaliseer_bsn(waarde) == waarde


def is_test_bsn(waarde: str | None) -> bool:
    """A valid number of the official test range 999900000-999999999."""
    bsn = normaliseer_bsn(waarde)
    return bsn is not None and bsn.startswith(TESTREEKS_BEGIN)


def masker_bsn(waarde: str | None) -> str:
    """Five stars and the last four digits; anything that is not as long as a BSN is hidden whole (R-321)."""
    if not waarde:
        return ""
    return MASKER + waarde[-4:] if len(waarde) >= 8 else MASKER + "****"


def is_agb(waarde: str | None) -> bool:
    """Eight digits; the standard has no check digit (R-322)."""
    return isinstance(waarde, str) and _AGB.fullmatch(waarde) is not None


def is_gemeentecode(waarde: str | None) -> bool:
    """Four digits with the leading zero kept (R-001); says nothing about the CBS list."""
    return isinstance(waarde, str) and _GEMEENTECODE.fullmatch(waarde) is not None


def gemeentenaam(code: str | None, lijst: Mapping[str, str]) -> str | None:
    """The name on the given CBS list, or None for an unknown or malformed code (TR378, S300)."""
    return lijst.get(code) if code is not None and is_gemeentecode(code) else None


def is_postcode_nl(waarde: str | None) -> bool:
    """Four digits, the first no 0, and two capitals without a space (CS089)."""
    return isinstance(waarde, str) and _POSTCODE_NL.fullmatch(waarde) is not None


def is_postcode_in_bericht(waarde: str | None) -> bool:
    """What LDT_Postcode allows: at most eight characters on one line, not only white space."""
    return isinstance(waarde, str) and len(waarde) <= POSTCODE_MAXIMUM and _NIET_LEEG.fullmatch(waarde) is not None


def is_iban(waarde: str | None) -> bool:
    """ISO 13616: country, check digits and account, remainder 1 modulo 97; capitals without spaces."""
    if not isinstance(waarde, str) or not _IBAN.fullmatch(waarde):
        return False
    cijfers = "".join(str(int(teken, 36)) for teken in waarde[4:] + waarde[:4])
    return int(cijfers) % 97 == 1


def is_iban_nl(waarde: str | None) -> bool:
    """A Dutch account: eighteen characters, bank code of four letters."""
    return isinstance(waarde, str) and _IBAN_NL.fullmatch(waarde) is not None and is_iban(waarde)

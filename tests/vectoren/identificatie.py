"""Answers about identifiers (R-001, R-320 to R-322) in the words of the vectors."""

from typing import Any

from tests.vectoren.lezen import Vector
from wmo.data import cbs_gemeenten, gemeenteregels
from wmo.rules import identificatie


def bsn(vector: Vector) -> dict[str, Any]:
    waarde = vector.invoer["waarde"]
    genormaliseerd = identificatie.normaliseer_bsn(waarde)
    return {
        "geldig_na_normalisatie": genormaliseerd is not None,
        "genormaliseerd": genormaliseerd,
        "geldig_in_bericht": identificatie.is_bsn_in_bericht(waarde),
        "in_testreeks": identificatie.is_test_bsn(waarde),
    }


def masker(vector: Vector) -> dict[str, Any]:
    return {"masker": identificatie.masker_bsn(vector.invoer["waarde"])}


def agb(vector: Vector) -> dict[str, Any]:
    return {"geldig": identificatie.is_agb(vector.invoer["waarde"])}


def postcode(vector: Vector) -> dict[str, Any]:
    waarde = vector.invoer["waarde"]
    return {
        "geldig_nl": identificatie.is_postcode_nl(waarde),
        "geldig_xsd": identificatie.is_postcode_in_bericht(waarde),
    }


def iban(vector: Vector) -> dict[str, Any]:
    waarde = vector.invoer["waarde"]
    return {"geldig_mod97": identificatie.is_iban(waarde), "geldig_nl": identificatie.is_iban_nl(waarde)}


def gemeentecode(vector: Vector) -> dict[str, Any]:
    code = vector.invoer["waarde"]
    naam = identificatie.gemeentenaam(code, cbs_gemeenten())
    return {
        "formaat_goed": identificatie.is_gemeentecode(code),
        "in_cbs_lijst": naam is not None,
        "naam": naam,
        "wachtlijst": gemeenteregels(code or "").get("wachtlijst_actief"),
    }


SOORTEN = {
    "bsn": bsn,
    "bsn_masker": masker,
    "agb": agb,
    "postcode": postcode,
    "iban": iban,
    "gemeentecode": gemeentecode,
}

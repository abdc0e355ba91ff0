"""Hypothesis strategies for every message, worked out from the declarations."""

import re
from functools import cache
from typing import Any

from hypothesis import strategies as st

from berichten.datatypes import DATUM, GETAL, NIET_LEEG, TIJD, Simpel
from berichten.schema import Veld, velden
from berichten.standaard import berichtsoorten
from wmo.rules.identificatie import elfproef

# Every character XML 1.0 can hold except the line breaks, which XSD's dot leaves out.
OP_EEN_REGEL = st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
ALLES = st.one_of(OP_EEN_REGEL, st.sampled_from("\t\n\r<&>\"'"))
LETTERS = st.one_of(
    st.sampled_from("abcXYZ"), st.characters(min_codepoint=ord("À"), max_codepoint=ord("ỳ"), exclude_categories=["Cn"])
)
WITRUIMTE = set(" \t\n\r")
BSNS = [str(nummer) for nummer in range(999_900_000, 999_901_000) if elfproef(str(nummer))]


def van_simpel(soort: Simpel) -> st.SearchStrategy[Any]:
    if soort.waarden:
        return st.sampled_from(soort.waarden)
    if soort.naam == "LDT_BurgerServicenummer":
        return st.sampled_from(BSNS)
    if soort.bereik:
        return st.integers(*soort.bereik)
    if soort.basis in (DATUM, TIJD):
        return st.dates() if soort.basis == DATUM else st.times()
    return _tekst(soort)


def _tekst(soort: Simpel) -> st.SearchStrategy[str]:
    hoogste = soort.max_lengte or 12
    if soort.naam == "LDT_Voorletters":
        return st.text(LETTERS, min_size=1, max_size=hoogste)
    if soort.patroon and soort.patroon not in (NIET_LEEG, r"[\s\S]*\S[\s\S]*"):
        return st.from_regex(soort.patroon.replace("[0-9]*", f"[0-9]{{1,{hoogste}}}"), fullmatch=True)
    letters = OP_EEN_REGEL if soort.patroon == NIET_LEEG else ALLES
    tekst = st.text(letters, min_size=1, max_size=hoogste)
    return tekst.filter(lambda waarde: not set(waarde) <= WITRUIMTE) if soort.patroon else tekst


def van_veld(veld: Veld) -> st.SearchStrategy[Any]:
    if veld.vast:
        return st.just(int(veld.vast) if veld.type.basis == GETAL else veld.vast)
    if veld.patroon:
        return st.from_regex(re.compile(veld.patroon, re.ASCII), fullmatch=True).filter(lambda tekst: len(tekst) <= 12)
    een = van_simpel(veld.type) if veld.simpel else van_klasse(veld.type)
    if veld.houder:
        return st.lists(een, min_size=int(veld.verplicht), max_size=3).map(tuple)
    return een if veld.verplicht else st.none() | een


@cache
def van_klasse(cls: type) -> st.SearchStrategy[Any]:
    return st.builds(cls, **{veld.naam: van_veld(veld) for veld in velden(cls)})


def bericht(nummer: str) -> st.SearchStrategy[Any]:
    return van_klasse(berichtsoorten[nummer].klasse)

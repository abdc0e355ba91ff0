"""What kind of value a municipal rule holds, how it reads, and which municipality differs (R-230)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Waardesoort(StrEnum):
    JA_NEE = "ja_nee"
    GETAL = "getal"
    TEKST = "tekst"


JA_NEE = frozenset({
    "wachtlijst_actief", "voorkeur_respecteren", "spoedlabel_op_wachtlijst", "besluitdag_is_werkdag", "pauze_307",
    "pauze_317", "pauze_indicatie_opschorten", "pauze_factuurstop", "eb_stop_alleen_leveringsprobleem",
    "overlijden_heronderzoek", "gespreksverslag_delen", "intake_verplicht", "vier_ogen_beschikking",
})  # fmt: skip
GETAL = frozenset({
    "claim_vervalt_na_werkdagen", "opdracht_werkdagen", "start_werkdagen", "spoed_norm_uren", "pauze_overleg_na_weken",
    "eb_terugvraag_weken", "overlijden_weken", "no_show_venster_maanden",
})  # fmt: skip
TEKST = frozenset({"sr_contact", "cak_startmoment", "ketenpartner", "toegang"})


def soort(sleutel: str) -> Waardesoort:
    """ValueError for a key that stands in none of the three lists: a new rule must say what it holds."""
    for naam, sleutels in ((Waardesoort.JA_NEE, JA_NEE), (Waardesoort.GETAL, GETAL), (Waardesoort.TEKST, TEKST)):
        if sleutel in sleutels:
            return naam
    raise ValueError(f"Van de regel {sleutel!r} is niet bekend wat voor waarde zij heeft.")


def in_woorden(waarde: Any) -> str:
    """Ja, Nee, a number or the text; a rule that was never laid down is "Niet vastgelegd"."""
    if waarde is None:
        return "Niet vastgelegd"
    if isinstance(waarde, bool):
        return "Ja" if waarde else "Nee"
    return str(waarde)


def afwijkend(waarden: Mapping[str, Any]) -> set[str]:
    """Who differs from what more than half of them have; nobody when there is no such value."""
    if not waarden:
        return set()
    meest, aantal = Counter(map(in_woorden, waarden.values())).most_common(1)[0]
    if aantal * 2 <= len(waarden):
        return set()
    return {naam for naam, waarde in waarden.items() if in_woorden(waarde) != meest}

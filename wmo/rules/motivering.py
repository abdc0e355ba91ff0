"""Is this a reason that a client can follow, or only a diagnosis? (R-203, R-060.5, Awb 3:46)

A diagnosis does not say why more or less time is needed. Words are judged, not grammar: whatever is left after names
of conditions and small words must still say something.
"""

from __future__ import annotations

import re

from wmo.rules.normenkader import weiger_afwijking

WOORDEN_OVER = 3
LANGSTE_ZIN = 20
DIAGNOSEN = frozenset([
    "aandoening", "aandoeningen", "adhd", "als", "alzheimer", "angststoornis", "artritis", "artrose", "asd", "astma",
    "autisme", "beperking", "beperkingen", "beroerte", "burn-out", "copd", "cva", "dementie", "depressie",
    "diabetes", "diagnose", "diagnoses", "epilepsie", "fibromyalgie", "hartfalen", "hartklachten", "hernia",
    "kanker", "klachten", "knieklachten", "longklachten", "lymfoedeem", "me/cvs", "migraine", "ms", "nah",
    "obesitas", "osteoporose", "parkinson", "psoriasis", "ptss", "reuma", "rugklachten", "schizofrenie",
    "suikerziekte", "ziekte",
])  # fmt: skip
KLEINE_WOORDEN = frozenset([
    "aan", "al", "bij", "chronisch", "chronische", "dat", "de", "deze", "dhr", "die", "door", "een", "en", "er",
    "erg", "ernstig", "ernstige", "haar", "heb", "hebt", "heeft", "het", "hij", "hun", "ik", "in", "is", "last",
    "licht", "lichte", "lijdt", "meneer", "met", "mevrouw", "mijn", "mogelijk", "mw", "naast", "niet", "nog", "om",
    "ook", "op", "te", "ten", "tot", "type", "u", "uw", "van", "vanwege", "veel", "voor", "want", "wegens", "wel",
    "wij", "ze", "zeer", "zij", "zijn", "zwaar", "zware",
])  # fmt: skip


def is_alleen_diagnose(reden: str) -> bool:
    """True when at least one condition is named and next to nothing else is said."""
    woorden = [woord.strip(".,;:()-") for woord in re.split(r"\s+", reden.lower()) if woord.strip(".,;:()-")]
    over = [woord for woord in woorden if woord not in DIAGNOSEN | KLEINE_WOORDEN and not woord.isdigit()]
    return len(over) < WOORDEN_OVER and any(woord in DIAGNOSEN for woord in woorden)


def weiger_reden(berekend: int, vastgesteld: int, reden: str) -> str | None:
    """The refusal of a deviation: too short, or only a diagnosis. None when it may stand."""
    if zin := weiger_afwijking(berekend, vastgesteld, reden):
        return zin
    if vastgesteld != berekend and is_alleen_diagnose(reden):
        return "Een diagnose alleen is geen uitleg. Schrijf op wat de cliënt daardoor niet kan en waarom dat tijd kost."
    return None


def lange_zinnen(tekst: str) -> list[str]:
    """Sentences of more than twenty words: advice for B1, never a refusal."""
    zinnen = (zin.strip() for zin in re.split(r"(?<=[.!?])\s+", tekst))
    return [zin for zin in zinnen if len(zin.split()) > LANGSTE_ZIN]

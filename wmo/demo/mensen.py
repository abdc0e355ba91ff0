"""Invented people: names nobody has, streets that do not exist, BSNs of the official test range."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from wmo.rules.identificatie import elfproef

BEGINSELS = (
    "Fictief",
    "Proef",
    "Oefen",
    "Verzin",
    "Namaak",
    "Schijn",
    "Voorbeeld",
    "Droom",
    "Nergens",
    "Doen",
    "Quasi",
    "Pseudo",
)
UITGANGEN = ("stra", "ma", "veld", "huis", "berg", "dijk", "meer", "hof", "land", "waard", "kamp", "brink")
VOORVOEGSELS = ("", "", "", "", "van", "de", "van der", "ter")
VOORLETTERS = "ABCDEFGHJKLMNPRSTVW"
STRATEN = (
    "Proefsteeg",
    "Oefenlaan",
    "Voorbeeldweg",
    "Testplein",
    "Fictiekade",
    "Verzonnenpad",
    "Modelstraat",
    "Schetsdijk",
)
# wijk -> (plaats, postcodegebied); the letters ZZ are not given out
WIJKEN: dict[str, tuple[tuple[str, str], ...]] = {
    "0632": (("Woerden", "3441"), ("Woerden", "3443"), ("Woerden", "3446"), ("Harmelen", "3481")),
    "0589": (("Oudewater", "3421"), ("Hekendorp", "3467")),
    "0335": (("Montfoort", "3417"), ("Linschoten", "3461")),
    "0736": (("Mijdrecht", "3641"), ("Vinkeveen", "3645"), ("Wilnis", "3648"), ("Abcoude", "1391")),
    "1904": (("Maarssen", "3601"), ("Maarssen", "3607"), ("Breukelen", "3621"), ("Loenen aan de Vecht", "3632")),
}
HULPVRAGEN = (
    "Het schoonmaken lukt niet meer door pijn in de rug en knieën.",
    "Mevrouw kan na een val niet meer zelf stofzuigen en dweilen.",
    "Meneer woont alleen en houdt het huis niet meer bij.",
    "De dochter deed het huishouden, maar kan dat niet volhouden.",
    "Door een beperkt uithoudingsvermogen blijft zwaar werk liggen.",
    "Na het overlijden van de partner is het huishouden te veel.",
)
BEGELEIDINGSVRAGEN = (
    "Meneer heeft moeite met structuur in de dag en met de post.",
    "Mevrouw heeft hulp nodig bij het regelen van haar administratie.",
    "Het lukt niet om alleen afspraken en contacten te onderhouden.",
)
DAGBESTEDINGSVRAGEN = (
    "Mevrouw vereenzaamt en heeft een vaste dag met anderen nodig.",
    "De partner van meneer heeft enkele dagdelen rust nodig.",
)


def testbsns() -> Iterator[str]:
    """All 9,091 valid numbers of the test range, in order (R-320)."""
    return (str(nummer) for nummer in range(999_900_000, 1_000_000_000) if elfproef(str(nummer)))


def achternaam(rng: random.Random) -> tuple[str, str]:
    """(voorvoegsel, achternaam)"""
    return rng.choice(VOORVOEGSELS), rng.choice(BEGINSELS) + rng.choice(UITGANGEN)


def naam(rng: random.Random) -> str:
    """A name for an employee: N. Oefenstra."""
    voorvoegsel, achter = achternaam(rng)
    return " ".join(deel for deel in (f"{rng.choice(VOORLETTERS)}.", voorvoegsel, achter) if deel)


def geboortedatum(rng: random.Random, op: date) -> date:
    """Most clients are old: between 45 and 97, around 78."""
    jaren = min(97, max(45, round(rng.gauss(78, 11))))
    return op - timedelta(days=jaren * 365 + rng.randint(0, 364))

"""What a return code means and what to do now: our own words where a region has them, else those of the code list.

And the same for a fault on the way (Fo01), where the text that came along decides what its code means.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from berichten.codelijsten import GEEN_FOUT, KETENLIJSTEN, Code, lijst
from berichten.models import Retourcodeuitleg


@dataclass(frozen=True)
class Uitleg:
    """`officieel` is the description of the standard, for under "Technisch"."""

    code: str
    titel: str
    wat: str
    wat_nu: str
    officieel: str


def uitleg(codes: Iterable[str]) -> dict[str, Uitleg]:
    """By code, in the order asked; codes that say nothing is wrong are left out. One query."""
    gevraagd = [code for code in dict.fromkeys(codes) if code and code not in GEEN_FOUT]
    eigen = {rij.code: rij for rij in Retourcodeuitleg.objects.filter(code__in=gevraagd)} if gevraagd else {}
    return {code: _uitleg(code, eigen.get(code)) for code in gevraagd}


def _uitleg(code: str, eigen: Retourcodeuitleg | None) -> Uitleg:
    standaard = lijst("WJ001").get(code)
    officieel = standaard.omschrijving if standaard else ""
    if eigen is not None:
        return Uitleg(code, eigen.titel, eigen.wat_is_er_mis, eigen.wat_nu, officieel)
    if standaard is None:
        zin = f"De ontvanger keurde dit af met code {code}. Wij hebben nog geen uitleg bij deze code."
        return Uitleg(code, f"Code {code}", zin, "Vraag de ontvanger wat er mis is.", "")
    return Uitleg(code, officieel, officieel, standaard.wat_nu, officieel)


def foutuitleg(code: str, omschrijving: str) -> Uitleg:
    """What a Fo01 says. Of lists that give one code different meanings the one whose words are most like its text."""
    kandidaten = [lijst(naam)[code] for naam in KETENLIJSTEN if code in lijst(naam)]
    officieel = ": ".join(deel for deel in (code, omschrijving) if deel)
    if not kandidaten:
        zin = "Het knooppunt bracht een bericht niet over. Wij hebben nog geen uitleg bij deze code."
        return Uitleg(code, "Bericht niet afgeleverd", zin, "Vraag beheer om na te gaan wat er mis is.", officieel)
    gekozen: Code = max(kandidaten, key=lambda eigen: len(_woorden(eigen.omschrijving) & _woorden(omschrijving)))
    return Uitleg(code, "Bericht niet afgeleverd", gekozen.omschrijving, gekozen.wat_nu, officieel)


def _woorden(tekst: str) -> set[str]:
    return set(re.findall(r"\w{4,}", tekst.lower()))

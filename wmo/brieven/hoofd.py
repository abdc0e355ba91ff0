"""From rows to the data of a letter: plain values only, every text as it will be read.

One builder per letter. `concept=True` gives a decision that is not signed yet: it says so at the top.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from wmo import weergave
from wmo.models import Client, Gemeente, Zaak

KLEUR = "#0a5663"
AANSPREEKVORM: dict[str, str] = {Client.Geslacht.MAN: "heer", Client.Geslacht.VROUW: "mevrouw"}
COLLEGE = "het college van burgemeester en wethouders"


def datum(waarde: date | None) -> str:
    """26 november 2026, for a sentence in a letter; empty when there is none."""
    return f"{waarde.day} {weergave.MAANDEN[waarde.month - 1]} {waarde.year}" if waarde else ""


def zin_periode(van: date, tot: date | None) -> str:
    return f"{datum(van)} tot en met {datum(tot)}" if tot else f"vanaf {datum(van)}, zonder einddatum"


def aanhef(client: Client) -> str:
    """Geachte mevrouw van Fictief: with a capital where no first name stands before it."""
    wie = AANSPREEKVORM.get(client.geslacht, "heer of mevrouw")
    voorvoegsel = client.voorvoegsel[:1].upper() + client.voorvoegsel[1:]
    return " ".join(deel for deel in ("Geachte", wie, voorvoegsel, client.achternaam) if deel)


def huisstijl(gemeente: Gemeente) -> dict[str, str]:
    return {
        "afzender": gemeente.weergavenaam,
        "toegang": gemeente.toegang,
        "postadres": gemeente.postadres or f"{gemeente.weergavenaam}, {gemeente.toegang}",
        "telefoon": weergave.telefoon(gemeente.telefoon)
        if gemeente.telefoon
        else "het algemene nummer van de gemeente",
        "email": gemeente.email,
        "kleur": KLEUR,
    }


def briefhoofd(zaak: Zaak, *, titel: str, kenmerk: str, op: date, concept: bool = False) -> dict[str, Any]:
    """What every letter begins with. Never a BSN: a letter needs none (R-321)."""
    client = zaak.client
    return {
        "titel": titel,
        "dag": [op.year, op.month, op.day],
        "datum": datum(op),
        "kenmerk": kenmerk,
        "zaaknummer": zaak.zaaknummer,
        "concept": concept,
        "huisstijl": huisstijl(zaak.gemeente),
        "ontvanger": {
            "naam": client.weergavenaam,
            "adres": client.adresregel,
            "postcode_plaats": f"{weergave.postcode(client.postcode)} {client.plaatsnaam}",
            "aanhef": aanhef(client),
        },
    }


def toetsen(zaak: Zaak) -> list[dict[str, str]]:
    """The order of tests with outcome and reason (R-024)."""
    return [
        {"stap": t.get_stap_display(), "uitkomst": t.get_uitkomst_display(), "reden": t.reden}
        for t in zaak.toetsen.all()
    ]

"""When is an answer right: equal to `verwacht`, or, for a vector marked `keuze`, to a reading that it states itself.

Only keys that the vector names are compared; a key that our answer lacks is a difference. `verwacht_zonder_kb` is our
reading for contract terms alone, where decree days are ordinary working days (R-045).
"""

from collections.abc import Iterator
from typing import Any

from tests.vectoren.lezen import Vector

CONTRACTTERMIJNEN = frozenset({"werkdagen", "start_signalen"})
GEEN_UITKOMST = frozenset({"lezing", "toelichting", "reden"})


def verschillen(verwacht: Any, antwoord: Any, *, keuze: bool, pad: str = "") -> Iterator[str]:
    """Where the answer is not what was expected, as readable lines."""
    if isinstance(verwacht, dict) and isinstance(antwoord, dict):
        for sleutel, waarde in verwacht.items():
            if sleutel == "ook_toegestaan":
                continue
            if sleutel not in antwoord:
                yield f"{pad}{sleutel}: verwacht {waarde!r}, geen antwoord"
            elif not (keuze and sleutel == "reden" and antwoord[sleutel] in verwacht.get("ook_toegestaan", [])):
                yield from verschillen(waarde, antwoord[sleutel], keuze=keuze, pad=f"{pad}{sleutel}.")
    elif isinstance(verwacht, list) and isinstance(antwoord, list) and len(verwacht) == len(antwoord):
        for nummer, (links, rechts) in enumerate(zip(verwacht, antwoord, strict=True)):
            yield from verschillen(links, rechts, keuze=keuze, pad=f"{pad}{nummer}.")
    elif verwacht != antwoord or isinstance(verwacht, bool) is not isinstance(antwoord, bool):
        yield f"{pad.rstrip('.')}: verwacht {verwacht!r}, antwoord {antwoord!r}"


def lezingen(vector: Vector) -> Iterator[dict[str, Any]]:
    """What counts as right: `verwacht`, and for a `keuze` the alternatives that the vector states."""
    yield vector.verwacht
    if not vector.is_keuze:
        return
    genoemd = [vector.inhoud.get("verwacht_alternatief"), *(vector.inhoud.get("alternatieven") or {}).values()]
    if vector.soort in CONTRACTTERMIJNEN:
        genoemd.append(vector.inhoud.get("verwacht_zonder_kb"))
    for lezing in genoemd:
        if isinstance(lezing, dict):
            uitkomst = {sleutel: waarde for sleutel, waarde in lezing.items() if sleutel not in GEEN_UITKOMST}
            # a reading may name only what differs; what it leaves out stays as in `verwacht`
            yield {**vector.verwacht, **uitkomst} if uitkomst.keys() <= vector.verwacht.keys() else uitkomst


def oordeel(vector: Vector, antwoord: dict[str, Any]) -> list[str]:
    """The differences with `verwacht`, or nothing when the answer is right."""
    if any(not list(verschillen(lezing, antwoord, keuze=vector.is_keuze)) for lezing in lezingen(vector)):
        return []
    return list(verschillen(vector.verwacht, antwoord, keuze=vector.is_keuze))

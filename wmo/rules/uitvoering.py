"""What must be there before the help starts and before it is extended (R-074, R-091, R-104, R-136)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

HUISHOUDEN = "01"
WEKELIJKS = "week"
KORTSTE_TEKST = 15  # characters: one sentence


def hoort_uitvoeringsplan(categorie: str) -> bool:
    """The uitvoeringsplan belongs to help in the household; other help goes by the perspectiefplan (R-091, R-071)."""
    return categorie == HUISHOUDEN


@dataclass(frozen=True)
class Uitvoeringsplan:
    """What is judged when a plan is sent."""

    resultaten: str = ""
    werkafspraken: str = ""
    zelf_doen: str = ""
    ritme: str = ""
    ritme_reden: str = ""
    besproken_op: date | None = None


def weiger_versturen(plan: Uitvoeringsplan, *, op: date) -> list[str]:
    """Dutch sentences in the order of the page, empty when it may go. A signature is never asked (R-091, S-138)."""
    return list(_ontbrekend(plan, op))


def _ontbrekend(plan: Uitvoeringsplan, op: date) -> Iterator[str]:
    if len(plan.resultaten.strip()) < KORTSTE_TEKST:
        yield "Schrijf op hoe u de resultaten haalt en wat u daarvoor doet."
    if len(plan.werkafspraken.strip()) < KORTSTE_TEKST:
        yield "Schrijf op wat u met de cliënt afspreekt."
    if len(plan.zelf_doen.strip()) < KORTSTE_TEKST:
        yield "Schrijf op wat de cliënt of het netwerk zelf doet."
    if not plan.ritme:
        yield "Kies hoe vaak u komt."
    if plan.ritme == WEKELIJKS and len(plan.ritme_reden.strip()) < KORTSTE_TEKST:
        yield "Elke week is niet vanzelfsprekend. Leg uit waarom het nodig is."
    if plan.besproken_op is None:
        yield "Vul in wanneer u het plan met de cliënt besprak."
    elif plan.besproken_op > op:
        yield "De datum van het gesprek ligt in de toekomst."

"""May this delivery be registered? Sentences for the person who types or uploads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wmo.periodes import Periode

MINUTEN_PER_DAG = 24 * 60


@dataclass(frozen=True, slots=True)
class Leverbaar:
    """What is known of a toewijzing when minutes come in. `vast` are months (first day) with a live declared line."""

    periode: Periode
    in_minuten: bool
    vast: frozenset[date]
    met_maandtotaal: frozenset[date]


def weigering(levering: Leverbaar, periode: Periode, aantal: int, *, op: date) -> str:
    """Why not, in one sentence without capital; empty when it may. `periode` is one day or a whole month, clipped."""
    maand = periode.ingangsdatum.replace(day=1)
    is_dag = periode.aantal_dagen == 1
    if periode.ingangsdatum > op:
        return f"{periode.ingangsdatum:%d-%m-%Y} ligt in de toekomst. Vul in wat al geleverd is."
    if not levering.periode.bevat(periode):
        return f"{periode.ingangsdatum:%d-%m-%Y} ligt buiten de toewijzing ({levering.periode})."
    if maand in levering.vast:
        return f"{maand:%m-%Y} is al gedeclareerd. Corrigeer de regel na het antwoord van de gemeente."
    if is_dag and maand in levering.met_maandtotaal:
        return f"voor {maand:%m-%Y} staat al een maandtotaal. Vul het maandtotaal opnieuw in."
    if levering.in_minuten and aantal > periode.aantal_dagen * MINUTEN_PER_DAG:
        return f"{aantal} minuten is meer dan 24 uur per dag. Controleer het aantal."
    return ""


def geknipt(maand: Periode, toewijzing: Periode) -> Periode | None:
    """The productperiode: a calendar month clipped to the toewijzing (R-280, IV089)."""
    return maand.doorsnede(toewijzing)

"""When a perspectiefplan may be fixed, and what deserves a talk (R-070, R-073, R-210, R-220, R-221). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wmo.rules.begeleiding import vraagt_gesprek

DAGDEEL = "16"
KORTSTE_STEM = 10
DAGDEEL_GESPREK = (
    "Eén dagdeel voor lange tijd hoort meestal bij voorliggende voorzieningen. "
    "Plan een gesprek met cliënt en aanbieder."
)


@dataclass(frozen=True)
class Aftrek:
    """What somebody else does, in the unit of the product, with the reason that must be there (R-210)."""

    bron: str
    volume: int
    reden: str


@dataclass(frozen=True)
class Ondersteuning:
    """Gross need a week and what goes off. `product` is the name as the consulent reads it."""

    product: str
    eenheid: str
    bruto: int
    aftrekken: tuple[Aftrek, ...] = ()

    @property
    def netto(self) -> int:
        """What is asked from a provider; can come out below 0, which `weiger_ondersteuning` refuses."""
        return self.bruto - sum(aftrek.volume for aftrek in self.aftrekken)


@dataclass(frozen=True)
class Plan:
    """What is judged when a plan is fixed. `einde_besluit` is the last day of the decision, if there is one."""

    stem: str
    leefgebieden: int
    streefdata: tuple[date | None, ...]
    evaluatiedatum: date | None
    ondersteuning: tuple[Ondersteuning, ...]
    einde_besluit: date | None = None


def weiger_ondersteuning(regels: Iterable[Ondersteuning]) -> Iterator[str]:
    """R-210: net is never more than gross nor below 0, and every deduction says why."""
    for regel in regels:
        if regel.netto < 0:
            yield f"Bij {regel.product} gaat er meer af ({regel.bruto - regel.netto}) dan er nodig is ({regel.bruto})."
        for aftrek in regel.aftrekken:
            if not aftrek.reden.strip():
                yield f"Leg bij {regel.product} uit waarom er {aftrek.volume} af gaat."


def weiger_vaststellen(plan: Plan, *, op: date) -> list[str]:
    """Dutch sentences, in the order of the page; empty when the plan may be fixed."""
    zinnen: list[str] = []
    if len(plan.stem.strip()) < KORTSTE_STEM:
        zinnen.append("Begin met de woorden van de cliënt.")
    if not plan.leefgebieden:
        zinnen.append("Beschrijf minstens één leefgebied dat bij deze vraag hoort.")
    if not plan.streefdata:
        zinnen.append("Vul minstens één doel in, met een datum.")
    zinnen += [f"Doel {nummer} heeft geen datum." for nummer, dag in enumerate(plan.streefdata, 1) if dag is None]
    zinnen += weiger_ondersteuning(plan.ondersteuning)
    return zinnen + _weiger_evaluatie(plan, op)


def _weiger_evaluatie(plan: Plan, op: date) -> list[str]:
    """R-073: always there, in the future, and not later than the decision runs."""
    dag = plan.evaluatiedatum
    if dag is None:
        return ["Kies een datum voor de evaluatie."]
    if dag <= op:
        return ["De datum van de evaluatie ligt niet in de toekomst."]
    if plan.einde_besluit is not None and dag > plan.einde_besluit:
        return [f"De evaluatie ({dag:%d-%m-%Y}) ligt na het einde van de beschikking ({plan.einde_besluit:%d-%m-%Y})."]
    return []


def waarschuwingen(regels: Iterable[Ondersteuning]) -> list[str]:
    """R-221: a lasting single dagdeel asks for a talk; it does not stop the plan."""
    dagdelen = [regel.netto for regel in regels if regel.eenheid == DAGDEEL]
    return [DAGDEEL_GESPREK] if any(vraagt_gesprek(aantal, blijvend=True) for aantal in dagdelen) else []

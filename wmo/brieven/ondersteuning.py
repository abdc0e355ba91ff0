"""The data of the perspectiefplan and of the filled-in normenkader."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from wmo import weergave
from wmo.brieven.hoofd import briefhoofd, datum
from wmo.models import Normberekening, Normkeuze, Normregel, Normtabel, Perspectiefplan, PlanOndersteuning
from wmo.rules.beschikkingen import eenheid_meervoud
from wmo.rules.normenkader import Frequentie, minuten_per_week, per_week

FREQUENTIES = {
    Frequentie.PER_WEEK.per_jaar: "per week",
    Frequentie.PER_TWEE_WEKEN.per_jaar: "per 2 weken",
    Frequentie.PER_VIER_WEKEN.per_jaar: "per 4 weken",
    Frequentie.PER_JAAR.per_jaar: "per jaar",
}
FICTIEF = "Let op: deze tabel bevat verzonnen waarden. Zij zijn alleen om te oefenen."


def perspectiefplan(plan: Perspectiefplan, *, op: date) -> dict[str, Any]:
    """The whole story (R-070); a vervolgdeel also says how it went since (R-071)."""
    titel = "Perspectiefplan, vervolgdeel" if plan.is_vervolg else "Perspectiefplan"
    kenmerk = f"{plan.zaak.zaaknummer}-P{plan.versie}"
    return briefhoofd(plan.zaak, titel=titel, kenmerk=kenmerk, op=op) | {
        "plan": {
            "versie": str(plan.versie),
            "stem": plan.stem_client,
            "risico": plan.risico,
            "evaluatiedatum": datum(plan.evaluatiedatum),
        },
        "leefgebieden": [
            {
                "naam": deel.leefgebied.naam,
                "situatie": deel.situatie,
                "ontwikkeling": deel.get_ontwikkeling_display() if deel.ontwikkeling else "",
                "eigen_kracht": deel.eigen_kracht,
                "netwerk": deel.netwerk,
                "voorliggend": deel.voorliggend,
                "nodig": deel.nodig,
            }
            for deel in plan.leefgebieden.select_related("leefgebied")
        ],
        "doelen": [
            {
                "resultaat": doel.resultaat,
                "indicator": doel.indicator,
                "streefdatum": weergave.datum(doel.streefdatum),
                "wie": doel.wie,
            }
            for doel in plan.doelen.all()
        ],
        "ondersteuning": [
            _ondersteuning(deel) for deel in plan.ondersteuning.select_related("product").prefetch_related("aftrekken")
        ],
    }


def hoeveel(deel: PlanOndersteuning, volume: int) -> str:
    """165 minuten per week, in the unit of the product."""
    return f"{volume} {eenheid_meervoud(deel.product.get_eenheid_display(), volume)} per week"


def _ondersteuning(deel: PlanOndersteuning) -> dict[str, Any]:
    return {
        "product": deel.product.naam,
        "bruto": hoeveel(deel, deel.bruto),
        "netto": hoeveel(deel, deel.netto),
        "aftrekken": [
            {"bron": a.get_bron_display(), "volume": hoeveel(deel, a.volume), "reden": a.reden}
            for a in deel.aftrekken.all()
        ],
    }


def normenkader(berekening: Normberekening, *, op: date) -> dict[str, Any]:
    """What counted and what came out; only of household help does the provider get this letter (R-205, S-022)."""
    tabel = berekening.tabel
    kenmerk = f"{berekening.zaak.zaaknummer}-N{berekening.versie}"
    titel = f"Normenkader {tabel.get_soort_display().lower()}"
    return briefhoofd(berekening.zaak, titel=titel, kenmerk=kenmerk, op=op) | {
        "tabel": {
            "naam": tabel.naam,
            "geldig": f"vanaf {datum(tabel.ingangsdatum)}",
            "bron": tabel.bron,
            "waarschuwing": FICTIEF if tabel.fictief else "",
        },
        "regels": [_regel(keuze) for keuze in berekening.keuzes.select_related("regel")],
        "toelichting": berekening.toelichting,
        "uitkomst": _uitkomst(berekening),
        "uitleg": [berekening.afwijking_reden] if berekening.afwijking_reden else [],
    }


def _regel(keuze: Normkeuze) -> dict[str, str]:
    regel = keuze.regel
    return {
        "omschrijving": regel.omschrijving,
        "wie": keuze.get_wie_display(),
        "hoe_vaak": hoe_vaak(keuze),
        "per_week": _per_week(keuze),
    }


def hoe_vaak(keuze: Normkeuze) -> str:
    """Times and period for an activity; a basis or modifier always is a week."""
    if keuze.regel.soort != Normregel.Soort.ACTIVITEIT or not keuze.keer_per_jaar:
        return "per week"
    return f"{keuze.aantal} keer {FREQUENTIES.get(keuze.keer_per_jaar, f'{keuze.keer_per_jaar} keer per jaar')}"


def _per_week(keuze: Normkeuze) -> str:
    """Minutes that this row counts for, shown rounded; the total is rounded once, from the exact sum (R-202)."""
    regel = keuze.regel
    if keuze.wie != Normkeuze.Wie.HULP:
        return "telt niet mee"
    if regel.soort == Normregel.Soort.BAND:
        tot = f"tot {regel.minuten_max}" if regel.minuten_max else "of meer"
        return f"{regel.minuten_min} {tot} minuten"
    if regel.uren_per_jaar is not None:
        minuten = minuten_per_week(regel.uren_per_jaar * keuze.aantal)
        return f"{weergave.MIN if regel.soort == Normregel.Soort.MINDER else ''}{minuten} minuten"
    return f"{per_week(Fraction((keuze.minuten_per_keer or 0) * (keuze.keer_per_jaar or 0) * keuze.aantal))} minuten"


def _uitkomst(berekening: Normberekening) -> list[dict[str, str]]:
    soort = "Laagste van de band" if berekening.tabel.soort == Normtabel.Soort.BEGELEIDING else "Berekend"
    regels = [
        {"label": soort, "waarde": f"{weergave.minuten(berekening.berekend)} per week"},
        {"label": "Vastgesteld", "waarde": f"{weergave.minuten(berekening.vastgesteld)} per week"},
    ]
    if berekening.tweewekelijks:
        regels.append({"label": "Bezoek", "waarde": "één keer per twee weken"})
    return regels

"""Answers about product periods and maxima (R-280 to R-282, TR321, TR322) in the words of the vectors."""

from datetime import date
from typing import Any

from declaraties.rules import maximum
from declaraties.rules.maximum import Frequentie, Omvang, Prestatieregel
from tests.vectoren.lezen import Vector
from wmo.periodes import Periode, iso_weken_in_jaar


def _periode(rij: dict[str, Any], begin: str, eind: str) -> Periode:
    einde = rij.get(eind)
    return Periode(date.fromisoformat(rij[begin]), date.fromisoformat(einde) if einde else None)


def _toewijzing(vector: Vector) -> Periode:
    return _periode(vector.invoer, "ingangsdatum", "einddatum")


def _tot_en_met(vector: Vector) -> date | None:
    maand = vector.invoer.get("tot_en_met_maand")
    return None if maand is None else Periode.maand_van(date.fromisoformat(f"{maand}-01")).laatste_dag


def _omvang(vector: Vector) -> Omvang:
    invoer = vector.invoer
    return Omvang(
        volume=invoer["volume"],
        eenheid=invoer["eenheid"],
        frequentie=Frequentie(int(invoer["frequentie"])),
        categorie=invoer["categorie"],
        periode=_toewijzing(vector),
    )


def _begin_eind(periode: Periode) -> dict[str, Any]:
    return {"begin": periode.ingangsdatum.isoformat(), "eind": periode.laatste_dag.isoformat()}


def productperioden(vector: Vector) -> dict[str, Any]:
    perioden = maximum.productperioden(_toewijzing(vector), _tot_en_met(vector))
    return {"perioden": [_begin_eind(periode) for periode in perioden]}


def volume(vector: Vector) -> dict[str, Any]:
    """Every frequency: each product period with its maximum and what it was counted from."""
    omvang = _omvang(vector)
    perioden = maximum.productperioden(omvang.periode, _tot_en_met(vector))
    rijen = [
        _begin_eind(periode)
        | {
            "iso_weken": periode.aantal_iso_weken,
            "zondagen": periode.aantal_zondagen,
            "dagen": periode.aantal_dagen,
            "plus_een": not omvang.periode.is_open and maximum.krijgt_weekvolume_erbij(omvang.periode, periode),
            "max": maximum.max_per_productperiode(omvang, periode),
        }
        for periode in perioden
    ]
    return {
        "perioden": rijen,
        "aantal_perioden": len(rijen),
        "max_eerste_periode": rijen[0]["max"],
        "iso_weken_totaal": None if omvang.periode.is_open else omvang.periode.aantal_iso_weken,
        "max_totaal": maximum.max_totaal(omvang),
    }


def cumulatief(vector: Vector) -> dict[str, Any]:
    invoer, nieuw = vector.invoer, vector.invoer["nieuw"]
    uitkomst = maximum.toets(
        _omvang(vector),
        productperiode=_periode(nieuw["productperiode"], "begin", "eind"),
        volume=nieuw["volume"],
        eenheid=invoer.get("eenheid_prestatie") or invoer["eenheid"],
        eerder=[
            Prestatieregel(rij["volume"], is_credit=rij.get("debet_credit") == "C")
            for rij in invoer.get("eerder_goedgekeurd") or []
        ],
    )
    return {
        "max_periode": uitkomst.max_periode,
        "max_totaal": uitkomst.max_totaal,
        "al_goedgekeurd": uitkomst.al_goedgekeurd,
        "restant_totaal": uitkomst.restant,
        "retourcodes": sorted(uitkomst.codes),
    }


def iso_week(vector: Vector) -> dict[str, Any]:
    week = date.fromisoformat(vector.invoer["datum"]).isocalendar()
    return {"isojaar": week.year, "isoweek": week.week}


def iso_weken_jaar(vector: Vector) -> dict[str, Any]:
    return {"weken": iso_weken_in_jaar(vector.invoer["jaar"])}


SOORTEN = {
    "productperioden": productperioden,
    "week_inspanning": volume,
    "week_categorie_01": volume,
    "week_output": volume,
    "maand": volume,
    "dag": volume,
    "totaal": volume,
    "cumulatief": cumulatief,
    "iso_week": iso_week,
    "iso_weken_jaar": iso_weken_jaar,
}

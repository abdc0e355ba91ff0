"""Answers about money and normtijd (R-200 to R-202, R-243, R-260 to R-271, IV079) in the words of the vectors."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from declaraties.rules import indexatie, tarieven
from declaraties.rules.tarieven import Methode
from tests.vectoren.lezen import Vector
from wmo.rules import normenkader
from wmo.rules.afronden import rond_af


def _getal(waarde: Fraction | None, decimalen: int = 6) -> str | None:
    """Without trailing zeros: 6 and 5.71."""
    return None if waarde is None else f"{rond_af(waarde, decimalen).normalize():f}"


def bedrag(vector: Vector) -> dict[str, Any]:
    uurtarief, minuten = Decimal(vector.invoer["uurtarief"]), vector.invoer["minuten"]
    per_minuut = tarieven.minuuttarief(uurtarief)
    uitkomst: dict[str, Any] = {
        "minuuttarief": str(per_minuut),
        "minuuttarief_cent": tarieven.centen(per_minuut),
        "producttarief_in_323_cent": tarieven.centen(per_minuut),
    }
    per_methode = {methode: tarieven.bedrag(methode, uurtarief, minuten) for methode in Methode}
    for methode, euro in per_methode.items():
        uitkomst |= {methode.value: f"{euro:.2f}", f"{methode.value}_cent": tarieven.centen(euro)}
    verschil = per_methode[Methode.MINUUT_AFGEROND] - per_methode[Methode.UUR_NAAR_RATO]
    return uitkomst | {"verschil": f"{verschil:.2f}"}


def controle(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    codes = tarieven.controleer_bedrag(
        methode=Methode(invoer["methode"]),
        uurtarief=Decimal(invoer["contract_uurtarief"]),
        minuten=invoer["minuten"],
        producttarief=tarieven.euros(invoer["producttarief_cent"]),
        ingediend=tarieven.euros(invoer["bedrag_cent"]),
    )
    return {"retourcodes": sorted(codes)}


def deelbaar(vector: Vector) -> dict[str, Any]:
    uurtarief = Decimal(vector.invoer["uurtarief"])
    gelijk = all(
        tarieven.bedrag(Methode.MINUUT_AFGEROND, uurtarief, minuten)
        == tarieven.bedrag(Methode.UUR_NAAR_RATO, uurtarief, minuten)
        for minuten in range(1, 601)
    )
    return {
        "deelbaar_door_0_60": tarieven.deelbaar_door_060(uurtarief),
        "methoden_gelijk_voor_elk_aantal_minuten": gelijk,
    }


def _cijfers(reeks: dict[str, Any]) -> indexatie.Indexcijfers:
    definitief = reeks.get("definitief_t")
    return indexatie.Indexcijfers(
        voorlopig_t=Decimal(reeks["voorlopig_t"]),
        definitief_t=None if definitief is None else Decimal(definitief),
        voorlopig_t1=Decimal(reeks["voorlopig_t1"]),
    )


def index(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    uitkomst = indexatie.bereken_index(
        gewicht_personeel=Decimal(invoer["gewicht_personeel"]),
        personeel=_cijfers(invoer["personeel"]),
        materieel=_cijfers(invoer["materieel"]),
        methode=indexatie.Correctiemethode(invoer.get("correctiemethode") or "verschil"),
        eerste_jaar_na_inkoop=bool(invoer.get("eerste_jaar_na_inkoop")),
    )
    nieuw = indexatie.geindexeerd(Decimal(invoer["tarief"]), uitkomst.percentage)
    return {
        "gewogen_voorlopig_t": _getal(uitkomst.voorlopig_t),
        "gewogen_definitief_t": _getal(uitkomst.definitief_t),
        "gewogen_voorlopig_t1": _getal(uitkomst.voorlopig_t1),
        "index_pct": _getal(uitkomst.percentage),
        "index_pct_2dec": str(rond_af(uitkomst.percentage)),
        "nieuw_tarief": str(nieuw),
        "nieuw_tarief_cent": tarieven.centen(nieuw),
    }


def keten(vector: Vector) -> dict[str, Any]:
    uurtarief, basis = Decimal(vector.invoer["uurtarief_start"]), indexatie.Basis(vector.invoer["indexeer_basis"])
    jaren = []
    for percentage in vector.invoer["jaarindex_pct"]:
        uurtarief = indexatie.nieuw_uurtarief(uurtarief, Decimal(percentage), basis)
        per_minuut = tarieven.minuuttarief(uurtarief)
        jaren.append(
            {
                "uurtarief": f"{uurtarief:.2f}",
                "minuuttarief": f"{per_minuut:.2f}",
                "effectief_per_uur": f"{per_minuut * 60:.2f}",
            }
        )
    return {"jaren": jaren}


def centen(vector: Vector) -> dict[str, Any]:
    cent = tarieven.centen(Decimal(vector.invoer["euro"]))
    return {"cent": cent, "terug": str(tarieven.euros(cent))}


def hele_uren(vector: Vector) -> dict[str, Any]:
    minuten = vector.invoer["minuten_per_levering"]
    return {"minuten_totaal": sum(minuten), "volume_uren": tarieven.hele_uren(minuten)}


def _uren(waarde: Any) -> Decimal:
    return Decimal(str(waarde))


def uren_per_jaar(vector: Vector) -> dict[str, Any]:
    return {"minuten_per_week": normenkader.minuten_per_week(_uren(vector.invoer["uren_per_jaar"]))}


def normtijd(vector: Vector) -> dict[str, Any]:
    uren, gebied = vector.invoer["uren_per_jaar"], "schoon en leefbaar huis"
    posten = [normenkader.Post.uren(gebied, "basis", _uren(uren["basis"]), normenkader.Soort.BASIS)]
    for soort in (normenkader.Soort.MEER, normenkader.Soort.MINDER):
        posten += [normenkader.Post.uren(gebied, soort.value, _uren(rij), soort) for rij in uren.get(soort.value) or []]
    return {"minuten_per_week": normenkader.bereken(posten).minuten_per_week}


SOORTEN = {
    "bedrag": bedrag,
    "controle_323": controle,
    "deelbaar_060": deelbaar,
    "indexatie": index,
    "keten": keten,
    "centen": centen,
    "uren_afronding": hele_uren,
    "uren_per_jaar": uren_per_jaar,
    "normenkader_som": normtijd,
}

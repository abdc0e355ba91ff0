"""Yearly indexation of tariffs (R-260, R-261, R-270 to R-274). Percentages as Decimal: 4.957 means 4.957 %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from declaraties.rules.tarieven import minuuttarief
from wmo.rules.afronden import rond_af

MINUTEN_PER_UUR = 60


class Correctiemethode(StrEnum):
    """How the provisional index of last year is set right: by adding the difference (R-270) or by the ratio."""

    VERSCHIL = "verschil"
    VERHOUDING = "verhouding"


class Basis(StrEnum):
    """Which rounded tariff the next indexation starts from; a field of the contract (R-271)."""

    UUR = "uur"
    MINUUT = "minuut"


@dataclass(frozen=True)
class Indexcijfers:
    """One index series (OVA or PPC) in percent: year t provisional and definitive, year t+1 provisional."""

    voorlopig_t: Decimal
    definitief_t: Decimal | None
    voorlopig_t1: Decimal


@dataclass(frozen=True)
class Index:
    """The weighted figures and the resulting percentage, unrounded."""

    voorlopig_t: Fraction
    definitief_t: Fraction | None
    voorlopig_t1: Fraction
    percentage: Fraction
    methode: str


def gewogen(gewicht_personeel: Decimal, personeel: Decimal, materieel: Decimal) -> Fraction:
    """Personnel and material part together; the weights add up to 1 (R-270)."""
    gewicht = Fraction(gewicht_personeel)
    if not 0 <= gewicht <= 1:
        raise ValueError("het gewicht van personeel ligt tussen 0 en 1")
    return gewicht * Fraction(personeel) + (1 - gewicht) * Fraction(materieel)


def bereken_index(
    *,
    gewicht_personeel: Decimal,
    personeel: Indexcijfers,
    materieel: Indexcijfers,
    methode: Correctiemethode = Correctiemethode.VERSCHIL,
    eerste_jaar_na_inkoop: bool = False,
) -> Index:
    """The index for year t+1 (R-270, R-271).

    In the first year after a procurement at current prices there is nothing to correct: only the provisional figure
    counts. In other years ValueError when a definitive figure is missing.
    """
    voorlopig_t = gewogen(gewicht_personeel, personeel.voorlopig_t, materieel.voorlopig_t)
    voorlopig_t1 = gewogen(gewicht_personeel, personeel.voorlopig_t1, materieel.voorlopig_t1)
    definitief_t = None
    if personeel.definitief_t is not None and materieel.definitief_t is not None:
        definitief_t = gewogen(gewicht_personeel, personeel.definitief_t, materieel.definitief_t)
    if eerste_jaar_na_inkoop:
        return Index(voorlopig_t, definitief_t, voorlopig_t1, voorlopig_t1, "alleen voorlopig")
    if definitief_t is None:
        raise ValueError("zonder definitief cijfer van het lopende jaar is er geen correctie te berekenen")
    percentage = _gecorrigeerd(methode, voorlopig_t, definitief_t, voorlopig_t1)
    return Index(voorlopig_t, definitief_t, voorlopig_t1, percentage, methode.value)


def _gecorrigeerd(methode: Correctiemethode, voorlopig_t: Fraction, definitief_t: Fraction, t1: Fraction) -> Fraction:
    if methode is Correctiemethode.VERSCHIL:
        return t1 + definitief_t - voorlopig_t
    return ((100 + t1) * (100 + definitief_t) / (100 + voorlopig_t)) - 100


def geindexeerd(tarief: Decimal, percentage: Fraction | Decimal) -> Decimal:
    """The new tariff on two decimals; the percentage itself is not rounded first (R-260)."""
    return rond_af(Fraction(tarief) * (100 + Fraction(percentage)) / 100)


def nieuw_uurtarief(uurtarief: Decimal, percentage: Fraction | Decimal, basis: Basis) -> Decimal:
    """The hour tariff after indexation; on basis MINUUT it is sixty times the rounded new minute tariff (R-271)."""
    if basis is Basis.MINUUT:
        return geindexeerd(minuuttarief(uurtarief), percentage) * MINUTEN_PER_UUR
    return geindexeerd(uurtarief, percentage)

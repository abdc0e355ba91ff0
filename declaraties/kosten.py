"""What a decision costs a week, for the normenkader of wmo (wmo/kosten.py)."""

from __future__ import annotations

from datetime import date

from declaraties.models import Tarief
from declaraties.models.tarieven import PER_UUR
from declaraties.rules.tarieven import Methode, bedrag, minuuttarief
from wmo import weergave
from wmo.kosten import Kosten
from wmo.models import Gemeente
from wmo.rules.normenkader import WEKEN_PER_JAAR


def kosten(gemeente: Gemeente, categorie: str, minuten: int, op: date) -> list[Kosten]:
    """By the tariff of that day and the method of the contract (R-262); what is bought by the piece is left out."""
    tarieven = Tarief.objects.op(op).filter(
        product__categorie=categorie, product__eenheid__in=PER_UUR, contract__percelen__gemeente=gemeente
    )
    gevonden = tarieven.select_related("product", "contract").distinct().order_by("product__code", "contract_id")
    return [_regel(tarief, minuten) for tarief in gevonden]


def _regel(tarief: Tarief, minuten: int) -> Kosten:
    methode = Methode(tarief.contract.rekenmethode)
    if methode is Methode.MINUUT_AFGEROND:
        woorden = f"{weergave.bedrag(minuuttarief(tarief.tarief))} per minuut"
    else:
        woorden = f"{weergave.bedrag(tarief.tarief)} per uur, naar rato"
    return Kosten(
        product=tarief.product.naam,
        per_week=bedrag(methode, tarief.tarief, minuten),
        per_jaar=bedrag(methode, tarief.tarief, minuten * WEKEN_PER_JAAR),
        tarief=woorden,
    )

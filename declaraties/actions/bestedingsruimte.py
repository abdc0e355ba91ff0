"""How much of the yearly room of a perceel is used, and a warning at 70 % (R-290). Inside an action."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from declaraties.models import Declaratie, Declaratieregel
from wmo.actions import taken
from wmo.models import Perceel, Taak
from wmo.periodes import vandaag

SIGNAAL_BIJ = Decimal("0.70")
OVERLEG_BINNEN = timedelta(weeks=2)


def werk_bij(declaratie: Declaratie, *, nu: datetime) -> None:
    """Count again what this provider was granted at this gemeente in the year of `nu`, per perceel.

    Counting anew instead of adding keeps a repeated answer harmless.
    """
    op = vandaag(nu)
    percelen = Perceel.objects.op(op).filter(aanbieder=declaratie.aanbieder_id, gemeente=declaratie.gemeente_id)
    for perceel in percelen.select_related("contract", "gemeente", "aanbieder"):
        perceel.verbruikt = _toegekend(perceel, op.year)
        perceel.save(update_fields=["verbruikt"])
        _waarschuw(perceel, nu)


def _toegekend(perceel: Perceel, jaar: int) -> Decimal:
    regels = Declaratieregel.objects.goedgekeurd().filter(
        declaratie__status__in=Declaratie.BEANTWOORDE,
        declaratie__aanbieder=perceel.aanbieder_id,
        declaratie__gemeente=perceel.gemeente_id,
        product__contracten=perceel.contract_id,
        ingangsdatum__year=jaar,
    )
    return regels.saldo()


def _waarschuw(perceel: Perceel, nu: datetime) -> None:
    ruimte = perceel.bestedingsruimte
    if not ruimte or perceel.verbruikt < ruimte * SIGNAAL_BIJ:
        return
    jaar = vandaag(nu).year
    sleutel = f"bestedingsruimte:{perceel.pk}:{jaar}"
    # one warning a year, also when the task was done
    if not Taak.objects.filter(sleutel=sleutel).exists():
        taken.zet_klaar(
            sleutel=sleutel,
            soort=Taak.Soort.OVERIG,
            titel=f"Overleg met {perceel.aanbieder}: 70% van de bestedingsruimte {jaar} is gebruikt",
            gemeente=perceel.gemeente,
            nu=nu,
            uiterlijk=vandaag(nu) + OVERLEG_BINNEN,
        )

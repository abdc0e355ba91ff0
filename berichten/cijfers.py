"""What messages count for the report of a gemeente."""

from __future__ import annotations

from django.db.models import Count, F, Q

from berichten.models import Bericht
from wmo.models import Gemeente
from wmo.periodes import Periode
from wmo.rules.rapportage import aandeel


def berichten(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """One query."""
    uit = Q(richting=Bericht.Richting.UIT, antwoord_uiterlijk__isnull=False)
    tel = Bericht.objects.filter(
        gemeente=gemeente,
        kant=Bericht.Kant.GEMEENTE,
        ontstaan_op__date__range=(periode.ingangsdatum, periode.laatste_dag),
    ).aggregate(
        ontvangen=Count("pk", filter=Q(richting=Bericht.Richting.IN)),
        geweigerd=Count("pk", filter=Q(richting=Bericht.Richting.IN, status=Bericht.Status.AFGEKEURD)),
        gevraagd=Count("pk", filter=uit),
        op_tijd=Count("pk", filter=uit & Q(beantwoord_op__date__lte=F("antwoord_uiterlijk"))),
    )
    return {
        "Ontvangen berichten": str(tel["ontvangen"]),
        "Waarvan afgekeurd": aandeel(tel["geweigerd"], tel["ontvangen"]),
        "Antwoord op tijd gekregen": aandeel(tel["op_tijd"], tel["gevraagd"]),
    }

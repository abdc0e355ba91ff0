"""What declarations count for the report of a gemeente."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.db.models import Count, Sum

from declaraties.models import Declaratie, Declaratieregel
from declaraties.rules.uitleg import UITLEG
from wmo import weergave
from wmo.models import Gemeente
from wmo.periodes import Periode
from wmo.rules.rapportage import GEEN, aandeel

MEEST = 3


def declaraties(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """By the day of submission. Two queries."""
    ingediend = Declaratie.objects.filter(
        gemeente=gemeente, ingediend_op__date__range=(periode.ingangsdatum, periode.laatste_dag)
    )
    geld = ingediend.aggregate(gevraagd=Sum("ingediend_bedrag"), toegekend=Sum("toegekend_bedrag"))
    regels = Declaratieregel.objects.filter(declaratie__in=ingediend)
    codes: Counter[str] = Counter()
    totaal = uitval = 0
    for rij_codes, aantal in regels.values_list("afkeurcodes").annotate(aantal=Count("pk")).order_by():
        totaal += aantal
        uitval += aantal if rij_codes else 0
        for code in rij_codes:
            codes[code] += aantal
    return {
        "Ingediend": weergave.bedrag(geld["gevraagd"] or Decimal(0)),
        "Toegekend": weergave.bedrag(geld["toegekend"] or Decimal(0)),
        "Regels met uitval": aandeel(uitval, totaal),
        "Vaakst waarom": "; ".join(f"{UITLEG[code].titel} ({n})" for code, n in codes.most_common(MEEST)) or GEEN,
    }

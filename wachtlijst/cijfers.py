"""What the list counts for the report of a gemeente."""

from __future__ import annotations

from django.db.models import Count, F, Q

from wachtlijst.models import Plek
from wachtlijst.models.plekken import Mediaan
from wmo.models import Gemeente
from wmo.periodes import Periode


def wachtlijst(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """One query."""
    binnen = (periode.ingangsdatum, periode.laatste_dag)
    geclaimd = Q(geclaimd_op__date__range=binnen)
    tel = Plek.objects.filter(gemeente=gemeente).aggregate(
        geplaatst=Count("pk", filter=Q(geplaatst_op__date__range=binnen)),
        geclaimd=Count("pk", filter=geclaimd),
        mediaan=Mediaan(F("geclaimd_op") - F("geplaatst_op"), filter=geclaimd),
    )
    mediaan = tel["mediaan"]
    return {
        "Op de lijst gezet": str(tel["geplaatst"]),
        "Geclaimd door een aanbieder": str(tel["geclaimd"]),
        "Van plaatsing tot claim (mediaan)": "geen" if mediaan is None else f"{mediaan.days} dagen",
    }

"""How places came to stand where they stand: append-only, enough to rebuild the list as it was at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import F

from wachtlijst import rules
from wachtlijst.models.plekken import Plek
from wmo.models import Aanbieder, Aanstelling, Gemeente


class Plekgebeurtenis(models.Model):
    """What happened to a place, and how it stood afterwards. Append-only: a trigger refuses update and delete."""

    class Soort(models.TextChoices):
        GEPLAATST = "geplaatst", "Op de lijst gezet"
        GECLAIMD = "geclaimd", "Geclaimd"
        AANGEWEZEN = "aangewezen", "Door de gemeente toegewezen"
        VERVALLEN = "vervallen", "Claim vervallen"
        TOEGEWEZEN = "toegewezen", "Opdracht gemaakt"
        GESTART = "gestart", "Gestart"
        SPOED_AAN = "spoed_aan", "Spoed gezet"
        SPOED_UIT = "spoed_uit", "Spoed weggehaald"
        INGETROKKEN = "ingetrokken", "Van de lijst gehaald"
        TERUGGEPLAATST = "teruggeplaatst", "Opnieuw geplaatst"

    plek = models.ForeignKey(Plek, models.PROTECT, related_name="gebeurtenissen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    soort = models.CharField(max_length=16, choices=Soort)
    moment = models.DateTimeField()
    door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="+")
    reden = models.CharField(max_length=400, blank=True)
    # how the place stood from this moment on: all that the order needs
    status = models.CharField(max_length=16, choices=Plek.Status)
    spoed = models.BooleanField()
    geplaatst_op = models.DateTimeField()

    class Meta:
        verbose_name = "gebeurtenis op de wachtlijst"
        verbose_name_plural = "gebeurtenissen op de wachtlijst"
        ordering = ["moment", "id"]
        indexes = [
            models.Index("gemeente", "plek", F("moment").desc(), F("id").desc(), name="plekgebeurtenis_stand"),
            models.Index(F("gemeente"), F("moment").desc(), F("id").desc(), name="plekgebeurtenis_geschiedenis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.moment:%d-%m-%Y %H:%M}"


@dataclass(frozen=True)
class Stand:
    """How a place stood at some moment: what `rules.volgorde` needs, and its code. `id` is that of the place."""

    id: int
    code: str
    geplaatst_op: datetime
    spoed: bool


def lijst_op(gemeente: Gemeente, moment: datetime) -> list[rules.Plaats[Stand]]:
    """The list as it stood at `moment`, in order and with reasons, rebuilt from what happened. One query."""
    laatste = (
        Plekgebeurtenis.objects.filter(gemeente=gemeente, moment__lte=moment)
        .order_by("plek_id", "-moment", "-id")
        .distinct("plek_id")
        .values_list("plek_id", "plek__code", "geplaatst_op", "spoed", "status")
    )
    return rules.volgorde(
        Stand(plek, code, geplaatst_op, spoed)
        for plek, code, geplaatst_op, spoed, status in laatste
        if status == Plek.Status.OPEN
    )

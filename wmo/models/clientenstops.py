"""No new clients for a while: asked by the aanbieder, allowed by the gemeente in writing (R-162)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from wmo.models.aanbieders import Aanbieder
from wmo.models.gebruikers import Aanstelling, periode_uitdrukking
from wmo.models.gemeenten import Gemeente
from wmo.models.status import MetStatus, overgangen
from wmo.permissions import Recht


class ClientenstopQuerySet(models.QuerySet["Clientenstop"]):
    def voor(self, aanstelling: Aanstelling | None) -> ClientenstopQuerySet:
        """The own ones of an aanbieder, those in the own gemeente, and all for who reads contracts of the region."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente:
            return self.filter(gemeente=aanstelling.gemeente)
        return self.all() if aanstelling.mag(Recht.CONTRACTEN_LEZEN) else self.none()

    def geldend(self, op: date) -> ClientenstopQuerySet:
        """Allowed, and in force on `op`."""
        return self.filter(status=Clientenstop.Status.TOEGESTAAN, ingangsdatum__lte=op, einddatum__gte=op)


class Clientenstop(MetStatus):
    """A request and its answer, per gemeente: only after a talk, fourteen days before, and in writing (R-162)."""

    class Status(models.TextChoices):
        AANGEVRAAGD = "aangevraagd", "Aangevraagd"
        TOEGESTAAN = "toegestaan", "Toegestaan"
        AFGEWEZEN = "afgewezen", "Niet toegestaan"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    OVERGANGEN = overgangen({
        Status.AANGEVRAAGD: {Status.TOEGESTAAN, Status.AFGEWEZEN, Status.INGETROKKEN},
        Status.TOEGESTAAN: {Status.INGETROKKEN},
    })  # fmt: skip

    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="clientenstops")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="clientenstops")
    status = models.CharField(max_length=12, choices=Status, default=Status.AANGEVRAAGD)
    ingangsdatum = models.DateField("van")
    einddatum = models.DateField("tot en met")
    reden = models.TextField()
    overleg_op = models.DateField("overleg met de gemeente")
    overleg_met = models.CharField(max_length=120)
    aangevraagd_op = models.DateTimeField()
    aangevraagd_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    besluit = models.TextField("toelichting van de gemeente", blank=True)
    besloten_op = models.DateTimeField(null=True, blank=True)
    besloten_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClientenstopQuerySet.as_manager()

    class Meta:
        verbose_name = "cliëntenstop"
        verbose_name_plural = "cliëntenstops"
        ordering = ["-ingangsdatum", "aanbieder_id", "gemeente_id"]
        constraints = [
            models.CheckConstraint(name="clientenstop_einde_na_begin", condition=Q(einddatum__gte=F("ingangsdatum"))),
            ExclusionConstraint(
                name="clientenstop_geen_overlap",
                expressions=[
                    ("aanbieder", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["aangevraagd", "toegestaan"]),
                violation_error_message="Voor deze periode loopt al een aanvraag of een cliëntenstop.",
            ),
        ]

    def __str__(self) -> str:
        return f"Cliëntenstop {self.aanbieder} in {self.gemeente}"

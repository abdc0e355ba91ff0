"""What a provider delivered, before it becomes money."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from wmo.fields import VersleuteldeBytes
from wmo.models import Aanbieder, Aanstelling, Toewijzing
from wmo.models.gebruikers import periode_uitdrukking
from wmo.permissions import Recht


class PrestatieQuerySet(models.QuerySet["Prestatie"]):
    def voor(self, aanstelling: Aanstelling | None) -> PrestatieQuerySet:
        """A provider sees what it delivered itself; a gemeente sees it only as a declared line."""
        if aanstelling is None or not aanstelling.is_aanbieder:
            return self.none()
        return self.filter(toewijzing__aanbieder=aanstelling.aanbieder)

    def in_maand(self, eerste: date, laatste: date) -> PrestatieQuerySet:
        return self.filter(ingangsdatum__gte=eerste, einddatum__lte=laatste)


class Prestatie(models.Model):
    """Delivered on one day, or over one month clipped to the toewijzing (R-280); the source of a declared line.

    `aantal` is minutes for products in minutes or hours, whole units for others, cents for eenheid 83. A new entry
    replaces the one it overlaps: two entries for one day cannot exist.
    """

    class Bron(models.TextChoices):
        SCHERM = "scherm", "Ingevuld"
        BESTAND = "bestand", "Bestand"
        CORRECTIE = "correctie", "Correctie"

    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="prestaties")
    ingangsdatum = models.DateField()
    einddatum = models.DateField()
    aantal = models.PositiveIntegerField()
    bron = models.CharField(max_length=10, choices=Bron, default=Bron.SCHERM)
    geregistreerd_op = models.DateTimeField()
    geregistreerd_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    objects = PrestatieQuerySet.as_manager()

    class Meta:
        verbose_name = "prestatie"
        verbose_name_plural = "prestaties"
        ordering = ["toewijzing", "ingangsdatum"]
        constraints = [
            # within one calendar month, because the month decides the productperiode (R-283, IV076)
            models.CheckConstraint(
                name="prestatie_binnen_een_maand",
                condition=Q(
                    einddatum__gte=F("ingangsdatum"),
                    einddatum__month=F("ingangsdatum__month"),
                    einddatum__year=F("ingangsdatum__year"),
                ),
            ),
            ExclusionConstraint(
                name="prestatie_geen_overlap",
                expressions=[
                    ("toewijzing", RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Voor deze dag staat al een levering.",
            ),
        ]
        indexes = [models.Index(fields=["einddatum", "toewijzing"], name="prestatie_maand")]

    def __str__(self) -> str:
        return f"{self.toewijzing} {self.ingangsdatum:%d-%m-%Y}: {self.aantal}"


class LeveringsbestandQuerySet(models.QuerySet["Leveringsbestand"]):
    def voor(self, aanstelling: Aanstelling | None) -> LeveringsbestandQuerySet:
        if aanstelling is None or not aanstelling.is_aanbieder or not aanstelling.mag(Recht.EIGEN_DECLARATIES):
            return self.none()
        return self.filter(aanbieder=aanstelling.aanbieder)


class Leveringsbestand(models.Model):
    """An uploaded csv: a row first, so that nothing is lost when the worker dies halfway. Encrypted at rest.

    `fouten` is a list of {"regel", "kolom", "waarde", "tekst"}; good lines are kept whatever the others are.
    """

    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="leveringsbestanden")
    naam = models.CharField(max_length=120)
    inhoud = VersleuteldeBytes()
    ontvangen_op = models.DateTimeField()
    ontvangen_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    verwerkt_op = models.DateTimeField(null=True, blank=True)
    aantal_goed = models.PositiveIntegerField(default=0)
    aantal_fout = models.PositiveIntegerField(default=0)
    fouten = models.JSONField(default=list, blank=True)

    objects = LeveringsbestandQuerySet.as_manager()

    class Meta:
        verbose_name = "leveringsbestand"
        verbose_name_plural = "leveringsbestanden"
        ordering = ["-ontvangen_op", "-id"]

    def __str__(self) -> str:
        return self.naam

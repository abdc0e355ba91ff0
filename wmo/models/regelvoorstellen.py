"""A change of municipal policy before it holds: proposed by one person, laid down by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wmo.models.gebruikers import Aanstelling
from wmo.models.gemeenten import Gemeente, Regelsleutel
from wmo.models.status import MetStatus, overgangen
from wmo.permissions import Recht


class RegelvoorstelQuerySet(models.QuerySet["Regelvoorstel"]):
    def voor(self, aanstelling: Aanstelling | None) -> RegelvoorstelQuerySet:
        """Staff of a gemeente see the proposals of their own gemeente, regional roles all of them."""
        if aanstelling is None or not aanstelling.mag(Recht.GEMEENTEREGELS_LEZEN):
            return self.none()
        return self.filter(gemeente=aanstelling.gemeente) if aanstelling.gemeente_id else self.all()

    def open(self) -> RegelvoorstelQuerySet:
        return self.filter(status=Regelvoorstel.Status.VOORGESTELD)


class Regelvoorstel(MetStatus):
    """A new value from `ingangsdatum` on; becomes a Gemeenteregel when somebody else lays it down."""

    class Status(models.TextChoices):
        VOORGESTELD = "voorgesteld", "Wacht op een collega"
        VASTGESTELD = "vastgesteld", "Vastgesteld"
        AFGEWEZEN = "afgewezen", "Afgewezen"

    OVERGANGEN = overgangen({Status.VOORGESTELD: {Status.VASTGESTELD, Status.AFGEWEZEN}})

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="regelvoorstellen")
    sleutel = models.CharField(max_length=40, choices=Regelsleutel)
    waarde = models.JSONField()
    ingangsdatum = models.DateField()
    bron = models.CharField(max_length=200)
    toelichting = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.VOORGESTELD)
    voorgesteld_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField()
    besloten_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    besloten_op = models.DateTimeField(null=True, blank=True)
    reden = models.CharField(max_length=400, blank=True)

    objects = RegelvoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "regelvoorstel"
        verbose_name_plural = "regelvoorstellen"
        ordering = ["-voorgesteld_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "sleutel"], condition=Q(status="voorgesteld"), name="regelvoorstel_een_open"
            ),
            models.CheckConstraint(
                name="regelvoorstel_vier_ogen",
                condition=Q(besloten_door=None) | ~Q(besloten_door=F("voorgesteld_door")),
                violation_error_message="Een ander dan de voorsteller beslist.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gemeente}: {self.get_sleutel_display()} vanaf {self.ingangsdatum:%d-%m-%Y}"

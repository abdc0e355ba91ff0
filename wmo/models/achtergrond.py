"""Long work in the background: a row that says how far it is, so that a page can show it and a sweep can resume it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q

from wmo.models.gebruikers import Aanstelling
from wmo.models.status import MetStatus, overgangen

STIL_NA = timedelta(minutes=10)


class AchtergrondtaakQuerySet(models.QuerySet["Achtergrondtaak"]):
    def voor(self, aanstelling: Aanstelling | None) -> AchtergrondtaakQuerySet:
        """Whoever started it, and no one else: a message may name an organisation."""
        if aanstelling is None:
            return self.none()
        return self.filter(gestart_door=aanstelling)

    def open(self) -> AchtergrondtaakQuerySet:
        return self.filter(status__in=Achtergrondtaak.OPEN)

    def stilgevallen(self, nu: datetime) -> AchtergrondtaakQuerySet:
        """Never picked up, or no progress for ten minutes: the worker died or the broker lost the message."""
        return self.open().filter(bijgewerkt_op__lt=nu - STIL_NA)


class Achtergrondtaak(MetStatus):
    """One run of a Celery task that a person waits for. `gedaan` of `totaal` units; `pad` is where the result is."""

    class Status(models.TextChoices):
        WACHT = "wacht", "Wacht op een vrije plek"
        BEZIG = "bezig", "Bezig"
        KLAAR = "klaar", "Klaar"
        MISLUKT = "mislukt", "Mislukt"

    OPEN = (Status.WACHT, Status.BEZIG)
    # a task that is delivered again starts again: BEZIG stays BEZIG, and the work itself is idempotent
    OVERGANGEN = overgangen({
        Status.WACHT: {Status.BEZIG, Status.MISLUKT},
        Status.BEZIG: {Status.KLAAR, Status.MISLUKT},
    })  # fmt: skip

    soort = models.CharField(max_length=60, help_text="Naam van de Celery-taak.")
    titel = models.CharField(max_length=120)
    sleutel = models.CharField(max_length=120, help_text="Een open taak per sleutel.")
    gestart_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="achtergrondtaken")
    gestart_op = models.DateTimeField()
    bijgewerkt_op = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WACHT)
    totaal = models.PositiveIntegerField(default=0)
    gedaan = models.PositiveIntegerField(default=0)
    melding = models.CharField(max_length=400, blank=True)
    pad = models.CharField(max_length=200, blank=True)
    invoer = models.JSONField(default=dict, blank=True)

    objects = AchtergrondtaakQuerySet.as_manager()

    class Meta:
        verbose_name = "achtergrondtaak"
        verbose_name_plural = "achtergrondtaken"
        ordering = ["-gestart_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sleutel"], condition=Q(status__in=["wacht", "bezig"]), name="achtergrondtaak_een_open"
            ),
            models.CheckConstraint(name="achtergrondtaak_gedaan_tot_totaal", condition=Q(gedaan__lte=F("totaal"))),
        ]
        indexes = [
            models.Index(
                fields=["bijgewerkt_op"], name="achtergrondtaak_open", condition=Q(status__in=["wacht", "bezig"])
            )
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    def begin(self, totaal: int, *, nu: datetime) -> None:
        """Start, or start again after a crash."""
        velden: dict[str, Any] = {"totaal": totaal, "gedaan": 0, "bijgewerkt_op": nu}
        if self.status == self.Status.WACHT:
            self.zet_status(self.Status.BEZIG, **velden)
        else:
            self._schrijf(**velden)

    def vorder(self, gedaan: int, *, nu: datetime) -> None:
        self._schrijf(gedaan=min(gedaan, self.totaal), bijgewerkt_op=nu)

    def _schrijf(self, **velden: Any) -> None:
        type(self).objects.filter(pk=self.pk).update(**velden)
        for naam, waarde in velden.items():
            setattr(self, naam, waarde)

    def rond_af(self, melding: str, *, nu: datetime, pad: str = "") -> None:
        """Ready: everything counted is done. A task that was delivered twice is ready once."""
        if self.status == self.Status.BEZIG:
            pad = pad or self.pad
            self.zet_status(self.Status.KLAAR, gedaan=self.totaal, melding=melding, pad=pad, bijgewerkt_op=nu)

    def mislukt(self, melding: str, *, nu: datetime) -> None:
        if self.is_open:
            self.zet_status(self.Status.MISLUKT, melding=melding, bijgewerkt_op=nu)

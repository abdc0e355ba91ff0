"""Before and during the help: the first talk and the uitvoeringsplan (R-074, R-091, R-103, R-104)."""

from __future__ import annotations

from django.db import models

from wmo.models.gebruikers import Aanstelling
from wmo.models.toewijzingen import Toewijzing


class Kennismaking(models.Model):
    """The talk before the start: an intake where the gemeente wants one, else getting acquainted (R-074)."""

    class Soort(models.TextChoices):
        INTAKE = "intake", "Intakegesprek"
        KENNISMAKING = "kennismaking", "Kennismaking"

    toewijzing = models.OneToOneField(Toewijzing, models.PROTECT, related_name="kennismaking")
    soort = models.CharField(max_length=12, choices=Soort)
    gesprek_op = models.DateField("datum van het gesprek")
    verwachtingen = models.TextField("wat verwacht de cliënt?")
    afspraken = models.TextField("wat spreekt u af?")
    indruk = models.TextField("indruk", blank=True)
    vastgelegd_op = models.DateTimeField()
    vastgelegd_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "kennismaking"
        verbose_name_plural = "kennismakingen"

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.gesprek_op:%d-%m-%Y}"


class Uitvoeringsplan(models.Model):
    """A version of how the results are reached (R-091). No signature of the client; sent is final, then a new version.

    A weekly visit is not automatic: it needs its reason (S-137).
    """

    class Ritme(models.TextChoices):
        WEEK = "week", "Elke week"
        TWEE_WEKEN = "twee_weken", "Om de week"
        WISSELEND = "wisselend", "Wisselend"

    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="uitvoeringsplannen")
    versie = models.PositiveSmallIntegerField()
    resultaten = models.TextField("hoe worden de resultaten gehaald?", blank=True)
    werkafspraken = models.TextField("werkafspraken", blank=True)
    zelf_doen = models.TextField("wat doet de cliënt of het netwerk zelf?", blank=True)
    ritme = models.CharField("hoe vaak komt u?", max_length=10, choices=Ritme, blank=True)
    ritme_reden = models.TextField("waarom elke week?", blank=True)
    besproken_op = models.DateField("besproken met de cliënt", null=True, blank=True)
    bewaard_op = models.DateTimeField()
    bewaard_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    verstuurd_op = models.DateTimeField("verstuurd aan de gemeente", null=True, blank=True)

    class Meta:
        verbose_name = "uitvoeringsplan"
        verbose_name_plural = "uitvoeringsplannen"
        ordering = ["toewijzing_id", "-versie"]
        constraints = [
            models.UniqueConstraint(fields=["toewijzing", "versie"], name="uitvoeringsplan_versie_uniek"),
            models.UniqueConstraint(
                fields=["toewijzing"],
                condition=models.Q(verstuurd_op=None),
                name="uitvoeringsplan_een_concept",
            ),
        ]

    def __str__(self) -> str:
        return f"Uitvoeringsplan {self.toewijzing_id} versie {self.versie}"

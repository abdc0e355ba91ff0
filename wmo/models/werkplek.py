"""What belongs to the desk of one person: unsaved text, views of the werkvoorraad, signals that were seen.

None of it is a fact of the domain: it goes with the aanstelling, and nobody else reads it.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from django.db import models

from wmo.fields import VersleuteldeTekst
from wmo.models.dossiers import Zaak
from wmo.models.gebruikers import Aanstelling

M = TypeVar("M", bound=models.Model)


class EigenQuerySet(models.QuerySet[M], Generic[M]):
    def voor(self, aanstelling: Aanstelling | None) -> EigenQuerySet[M]:
        return self.filter(aanstelling=aanstelling)


class Concept(models.Model):
    """A form as somebody left it, kept until it is saved or thrown away: a session that ends costs no text."""

    class Formulier(models.TextChoices):
        ONDERWERPEN = "onderwerpen", "Onderwerpen van het onderzoek"
        GESPREK = "gesprek", "Gesprek en identiteit"
        TOETSEN = "toetsen", "Wat gaat voor?"
        PLAN = "plan", "Perspectiefplan"
        NORMENKADER_HUISHOUDEN = "huishouden", "Normenkader huishoudelijke ondersteuning"
        NORMENKADER_BEGELEIDING = "begeleiding", "Normenkader begeleiding"
        MOTIVERING = "motivering", "Motivering van het besluit"

    aanstelling = models.ForeignKey(Aanstelling, models.CASCADE, related_name="concepten")
    zaak = models.ForeignKey(Zaak, models.CASCADE, related_name="concepten")
    formulier = models.CharField(max_length=20, choices=Formulier)
    invoer = VersleuteldeTekst(help_text="Zoals een browser het formulier verstuurt.")
    bewaard_op = models.DateTimeField()

    objects = EigenQuerySet["Concept"].as_manager()

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        ordering = ["-bewaard_op"]
        constraints = [
            models.UniqueConstraint(fields=["aanstelling", "zaak", "formulier"], name="concept_een_per_formulier")
        ]

    def __str__(self) -> str:
        return self.get_formulier_display()


class Weergave(models.Model):
    """A list of the werkvoorraad with a filter and an order, under a name: an ordinary link (S02)."""

    aanstelling = models.ForeignKey(Aanstelling, models.CASCADE, related_name="weergaven")
    lijst = models.CharField(max_length=20)
    naam = models.CharField(max_length=40)
    vraag = models.CharField(max_length=200, blank=True, help_text="Filter en sortering, zoals in het adres.")

    objects = EigenQuerySet["Weergave"].as_manager()

    class Meta:
        verbose_name = "weergave"
        verbose_name_plural = "weergaven"
        ordering = ["naam"]
        constraints = [models.UniqueConstraint(fields=["aanstelling", "naam"], name="weergave_naam_een_keer")]

    def __str__(self) -> str:
        return self.naam


class GezienSignaal(models.Model):
    """A signal that this person has seen. `sleutel` says what about and for which day: a new day is a new signal."""

    aanstelling = models.ForeignKey(Aanstelling, models.CASCADE, related_name="geziene_signalen")
    sleutel = models.CharField(max_length=80)
    gezien_op = models.DateTimeField()

    objects = EigenQuerySet["GezienSignaal"].as_manager()

    class Meta:
        verbose_name = "gezien signaal"
        verbose_name_plural = "geziene signalen"
        ordering = ["-gezien_op"]
        constraints = [models.UniqueConstraint(fields=["aanstelling", "sleutel"], name="signaal_een_keer_gezien")]

    def __str__(self) -> str:
        return self.sleutel

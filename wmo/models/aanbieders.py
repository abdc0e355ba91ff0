"""Providers and whom to call there."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models


class Aanbieder(models.Model):
    """A contracted provider. `agb` is 8 digits as text, no check digit (R-322)."""

    naam = models.CharField(max_length=120, unique=True)
    agb = models.CharField(
        "AGB-code",
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{8}$", "Een AGB-code heeft 8 cijfers.")],
    )
    slug = models.SlugField(unique=True)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    eigen_software = models.BooleanField(
        "heeft eigen berichtensoftware",
        default=True,
        help_text="Zo niet, dan maakt het portaal de berichten van deze aanbieder.",
    )
    afzegrichtlijn = models.TextField(
        "eigen richtlijn voor afzeggen", blank=True, help_text="Wat cliënten weten over afzeggen en niet thuis zijn."
    )

    class Meta:
        verbose_name = "aanbieder"
        verbose_name_plural = "aanbieders"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam


class Contactpersoon(models.Model):
    """Contacts for the three purposes of R-005."""

    class Doel(models.TextChoices):
        CASUSSEN = "casussen", "Casussen"
        CONTRACT = "contract", "Contract"
        ADMINISTRATIE = "administratie", "Administratie"

    aanbieder = models.ForeignKey(Aanbieder, models.CASCADE, related_name="contactpersonen")
    doel = models.CharField(max_length=20, choices=Doel)
    naam = models.CharField(max_length=120)
    email = models.EmailField()
    telefoon = models.CharField(max_length=20)

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ["aanbieder_id", "doel", "naam"]

    def __str__(self) -> str:
        return f"{self.naam} ({self.get_doel_display()})"

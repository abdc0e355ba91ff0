"""What a unit costs, per contract and product, from one day on (R-260 to R-264)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from declaraties.rules import tarieven
from wmo.fields import Geld
from wmo.models import Aanstelling, Contract, Eenheid, Product
from wmo.models.gebruikers import periode_uitdrukking
from wmo.periodes import Periode
from wmo.permissions import Recht

PER_UUR = (Eenheid.MINUUT, Eenheid.UUR)


class TariefQuerySet(models.QuerySet["Tarief"]):
    def voor(self, aanstelling: Aanstelling | None) -> TariefQuerySet:
        """Tariffs hold no person: whoever may read them reads all; a provider reads those of its own contracts."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(contract__percelen__aanbieder=aanstelling.aanbieder).distinct()
        return self if aanstelling.mag(Recht.TARIEVEN_LEZEN) else self.none()

    def op(self, datum: date) -> TariefQuerySet:
        return self.filter(Q(einddatum=None) | Q(einddatum__gte=datum), ingangsdatum__lte=datum)


class Tarief(models.Model):
    """One price in one period. Never overwritten: a trigger allows `einddatum` to change and nothing else.

    `tarief` is euros per hour for products in minutes or hours, euros per unit for all others.
    """

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="tarieven")
    product = models.ForeignKey(Product, models.PROTECT, related_name="tarieven")
    tarief = Geld()
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    bron = models.CharField(max_length=200)
    indexatie = models.ForeignKey(
        "declaraties.Indexatie", models.PROTECT, null=True, blank=True, related_name="tarieven"
    )

    objects = TariefQuerySet.as_manager()

    class Meta:
        verbose_name = "tarief"
        verbose_name_plural = "tarieven"
        ordering = ["contract", "product__code", "-ingangsdatum"]
        constraints = [
            models.CheckConstraint(
                name="tarief_positief", condition=Q(tarief__gt=0), violation_error_message="Een tarief is meer dan 0."
            ),
            models.CheckConstraint(
                name="tarief_einde_na_begin",
                condition=Q(einddatum=None) | Q(einddatum__gte=F("ingangsdatum")),
                violation_error_message="De einddatum ligt voor de ingangsdatum.",
            ),
            ExclusionConstraint(
                name="tarief_geen_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Dit tarief overlapt met een tarief dat er al is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.tarief} vanaf {self.ingangsdatum:%d-%m-%Y}"

    @property
    def periode(self) -> Periode:
        return Periode(self.ingangsdatum, self.einddatum)

    @property
    def is_uurtarief(self) -> bool:
        return self.product.eenheid in PER_UUR

    @property
    def per_minuut(self) -> Decimal | None:
        """Rounded to cents (R-261); None for a product that is not counted in time."""
        return tarieven.minuuttarief(self.tarief) if self.is_uurtarief else None

    @property
    def effectief_per_uur(self) -> Decimal | None:
        """What an hour costs when every minute is rounded: 60 times `per_minuut`."""
        return self.per_minuut * 60 if self.per_minuut is not None else None

    @property
    def verbergt_een_afronding(self) -> bool:
        """R-264: the hour tariff is not divisible by 0.60, so both methods differ."""
        return self.is_uurtarief and not tarieven.deelbaar_door_060(self.tarief)

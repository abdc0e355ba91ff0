"""The yearly indexation of a contract: figures, dry run, approval by a second person (R-270 to R-274)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q

from declaraties.rules import indexatie as som
from declaraties.rules import tarieven
from wmo.fields import Geld
from wmo.models import Aanstelling, Contract, Gemeente, MetStatus, Product, overgangen
from wmo.permissions import Recht
from wmo.rules.afronden import rond_af


class Percentage(models.DecimalField):
    """A percentage as people write it: 4.94 means 4,94 %."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 6)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)


class Indexcijfer(models.Model):
    """The published figures of one year (OVA for wages, PPC for prices): reference data with a source."""

    jaar = models.PositiveSmallIntegerField(unique=True)
    ova_voorlopig = Percentage("OVA voorlopig")
    ova_definitief = Percentage("OVA definitief", null=True, blank=True)
    ppc_voorlopig = Percentage("PPC voorlopig")
    ppc_definitief = Percentage("PPC definitief", null=True, blank=True)
    bron = models.CharField(max_length=200)

    class Meta:
        verbose_name = "indexcijfer"
        verbose_name_plural = "indexcijfers"
        ordering = ["-jaar"]

    def __str__(self) -> str:
        return f"Indexcijfers {self.jaar}"


class IndexatieQuerySet(models.QuerySet["Indexatie"]):
    def voor(self, aanstelling: Aanstelling | None) -> IndexatieQuerySet:
        """Totals without persons (R-289): everybody who may read tariffs."""
        if aanstelling is None or not aanstelling.mag(Recht.TARIEVEN_LEZEN):
            return self.none()
        return self

    def lopend(self) -> IndexatieQuerySet:
        """On its way or done: at most one per contract and year."""
        return self.filter(status__in=Indexatie.LOPEND)


class Indexatie(MetStatus):
    """Raise the tariffs of one contract from 1 January of `jaar`; a proof until somebody else approves it."""

    class Status(models.TextChoices):
        PROEF = "proef", "Proefberekening"
        VOORGESTELD = "voorgesteld", "Wacht op akkoord"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"
        AFGEWEZEN = "afgewezen", "Afgewezen"

    LOPEND = (Status.VOORGESTELD, Status.GOEDGEKEURD, Status.GEPUBLICEERD)
    OVERGANGEN = overgangen({
        Status.PROEF: {Status.VOORGESTELD},
        Status.VOORGESTELD: {Status.GOEDGEKEURD, Status.AFGEWEZEN},
        Status.GOEDGEKEURD: {Status.GEPUBLICEERD},
    })  # fmt: skip

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="indexaties")
    jaar = models.PositiveSmallIntegerField("nieuw jaar")
    status = models.CharField(max_length=12, choices=Status, default=Status.PROEF)
    loongewicht = Percentage("loon (OVA)", help_text="De rest is prijs (PPC).")
    ova_voorlopig = Percentage("OVA vorig jaar, voorlopig")
    ppc_voorlopig = Percentage("PPC vorig jaar, voorlopig")
    ova_definitief = Percentage("OVA vorig jaar, definitief", null=True, blank=True)
    ppc_definitief = Percentage("PPC vorig jaar, definitief", null=True, blank=True)
    ova_nieuw = Percentage("OVA nieuw jaar, voorlopig")
    ppc_nieuw = Percentage("PPC nieuw jaar, voorlopig")
    correctiemethode = models.CharField(max_length=12, choices=Contract.Correctie)
    eerste_jaar = models.BooleanField("eerste jaar na de inkoop: zonder correctie", default=False)
    bron = models.CharField("bron van de percentages", max_length=200)
    gemaakt_op = models.DateTimeField()
    voorgesteld_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    voorgesteld_op = models.DateTimeField(null=True, blank=True)
    beoordeeld_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    reden = models.CharField("reden van afwijzing", max_length=400, blank=True)
    gepubliceerd_op = models.DateTimeField(null=True, blank=True)

    objects = IndexatieQuerySet.as_manager()

    class Meta:
        verbose_name = "indexatie"
        verbose_name_plural = "indexaties"
        ordering = ["-jaar", "contract", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "jaar"],
                condition=Q(status__in=["voorgesteld", "goedgekeurd", "gepubliceerd"]),
                name="indexatie_een_per_contract_en_jaar",
            ),
            models.CheckConstraint(name="indexatie_loongewicht", condition=Q(loongewicht__gte=0, loongewicht__lte=100)),
            models.CheckConstraint(
                name="indexatie_vier_ogen",
                condition=Q(beoordeeld_door=None) | ~Q(beoordeeld_door=F("voorgesteld_door")),
            ),
        ]

    def __str__(self) -> str:
        return f"Indexatie {self.jaar} {self.contract.naam}"

    def bereken(self, methode: str = "") -> som.Index:
        """The weighted figures and the percentage; `methode` asks for the other correction (what-if)."""
        return som.bereken_index(
            gewicht_personeel=self.loongewicht / 100,
            personeel=som.Indexcijfers(self.ova_voorlopig, self.ova_definitief, self.ova_nieuw),
            materieel=som.Indexcijfers(self.ppc_voorlopig, self.ppc_definitief, self.ppc_nieuw),
            methode=som.Correctiemethode(methode or self.correctiemethode),
            eerste_jaar_na_inkoop=self.eerste_jaar,
        )

    @property
    def percentage(self) -> Fraction:
        return self.bereken().percentage

    @property
    def prijsgewicht(self) -> Decimal:
        return 100 - self.loongewicht


class Indexatieregel(models.Model):
    """Old and new tariff of one product, frozen at the dry run."""

    indexatie = models.ForeignKey(Indexatie, models.CASCADE, related_name="regels")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    oud = Geld()
    nieuw = Geld()

    class Meta:
        verbose_name = "regel van een indexatie"
        verbose_name_plural = "regels van een indexatie"
        ordering = ["indexatie", "product__code"]
        constraints = [models.UniqueConstraint(fields=["indexatie", "product"], name="indexatieregel_een_per_product")]

    def __str__(self) -> str:
        return f"{self.product}: {self.oud} -> {self.nieuw}"


class Indexatievolume(models.Model):
    """What the running toewijzingen of one gemeente add up to in a year: minutes, or units for other products."""

    regel = models.ForeignKey(Indexatieregel, models.CASCADE, related_name="volumes")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    aantal_per_jaar = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "jaarvolume van een gemeente"
        verbose_name_plural = "jaarvolumes van gemeenten"
        ordering = ["regel", "gemeente__naam"]
        constraints = [models.UniqueConstraint(fields=["regel", "gemeente"], name="indexatievolume_een_per_gemeente")]

    def __str__(self) -> str:
        return f"{self.gemeente}: {self.aantal_per_jaar}"

    def kosten(self, tarief: Decimal, *, methode: str, is_uurtarief: bool) -> Decimal:
        """Euros a year at `tarief`, by the method of the contract."""
        if is_uurtarief:
            return tarieven.bedrag(tarieven.Methode(methode), tarief, self.aantal_per_jaar)
        return rond_af(tarief * self.aantal_per_jaar)

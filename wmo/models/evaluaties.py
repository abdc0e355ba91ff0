"""The evaluation of a plan: what became of the goals, and what the aanbieder brings in (R-071, R-073, R-136)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wmo.models.contracten import Product
from wmo.models.dossiers import Zaak
from wmo.models.gebruikers import Aanstelling
from wmo.models.perspectiefplannen import Doel, Perspectiefplan
from wmo.models.status import MetStatus, overgangen
from wmo.models.toewijzingen import Toewijzing


class EvaluatieQuerySet(models.QuerySet["Evaluatie"]):
    def voor(self, aanstelling: Aanstelling | None) -> EvaluatieQuerySet:
        return self.filter(zaak__in=Zaak.objects.voor(aanstelling))

    def open(self) -> EvaluatieQuerySet:
        return self.filter(status__in=Evaluatie.OPEN)


class Evaluatie(MetStatus):
    """One evaluation of one case. The consulent chooses its date (R-073); the outcome decides about extending."""

    class Status(models.TextChoices):
        GEPLAND = "gepland", "Gepland"
        UITGENODIGD = "uitgenodigd", "Aanbieder gevraagd"
        INPUT = "input", "Aanbieder antwoordde"
        AFGEROND = "afgerond", "Afgerond"
        VERVALLEN = "vervallen", "Vervallen"

    OPEN = (Status.GEPLAND, Status.UITGENODIGD, Status.INPUT)
    OVERGANGEN = overgangen({
        # a mutatieformulier comes without being asked
        Status.GEPLAND: {Status.UITGENODIGD, Status.INPUT, Status.AFGEROND, Status.VERVALLEN},
        Status.UITGENODIGD: {Status.INPUT, Status.AFGEROND, Status.VERVALLEN},
        Status.INPUT: {Status.AFGEROND, Status.VERVALLEN},
    })  # fmt: skip

    class Aanleiding(models.TextChoices):
        PLAN = "plan", "Datum uit het plan"
        VERLENGING = "verlenging", "Verlenging"
        MUTATIE = "mutatie", "Mutatieformulier van de aanbieder"
        CRISIS = "crisis", "Crisis"
        TUSSENTIJDS = "tussentijds", "Tussentijds gesprek"

    class Uitkomst(models.TextChoices):
        ONGEWIJZIGD = "ongewijzigd", "De hulp blijft zoals zij is"
        AANGEPAST = "aangepast", "De hulp verandert: er komt een nieuw besluit"
        VERLENGD = "verlengd", "De hulp gaat langer door"
        BEEINDIGD = "beeindigd", "De hulp stopt"

    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="evaluaties")
    plan = models.ForeignKey(Perspectiefplan, models.PROTECT, null=True, blank=True, related_name="+")
    aanleiding = models.CharField(max_length=12, choices=Aanleiding, default=Aanleiding.PLAN)
    status = models.CharField(max_length=12, choices=Status, default=Status.GEPLAND)
    gepland_op = models.DateField("geplande datum")
    uitgenodigd_op = models.DateTimeField(null=True, blank=True)
    gesprek_op = models.DateField("datum van het gesprek", null=True, blank=True)
    verslag = models.TextField(blank=True)
    crisis = models.TextField("over de crisis", blank=True)
    uitkomst = models.CharField(max_length=12, choices=Uitkomst, blank=True)
    afgerond_op = models.DateTimeField(null=True, blank=True)
    afgerond_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    bewerkt = models.PositiveIntegerField("aantal keer bewaard", default=0)

    objects = EvaluatieQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        ordering = ["gepland_op", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["zaak"],
                condition=Q(status__in=["gepland", "uitgenodigd", "input"]),
                name="evaluatie_een_open_per_zaak",
            ),
            models.CheckConstraint(
                name="evaluatie_afgerond_heeft_uitkomst",
                condition=~Q(status="afgerond") | ~Q(uitkomst="") & Q(gesprek_op__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Evaluatie {self.zaak} {self.gepland_op:%d-%m-%Y}"


class Evaluatiedoel(models.Model):
    """How it went with one goal of the plan."""

    class Ontwikkeling(models.TextChoices):
        GEHAALD = "gehaald", "Gehaald"
        VOORUIT = "vooruit", "Gaat vooruit"
        GELIJK = "gelijk", "Blijft gelijk"
        ACHTERUIT = "achteruit", "Gaat achteruit"

    evaluatie = models.ForeignKey(Evaluatie, models.CASCADE, related_name="doelen")
    doel = models.ForeignKey(Doel, models.PROTECT, related_name="+")
    ontwikkeling = models.CharField(max_length=10, choices=Ontwikkeling)
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name = "doel in evaluatie"
        verbose_name_plural = "doelen in evaluatie"
        ordering = ["evaluatie_id", "doel__volgorde"]
        constraints = [models.UniqueConstraint(fields=["evaluatie", "doel"], name="evaluatie_doel_een_keer")]

    def __str__(self) -> str:
        return f"{self.doel}: {self.get_ontwikkeling_display()}"


class Evaluatieformulier(models.Model):
    """What the aanbieder brings in: evaluatieformulier, or mutatieformulier when it asks itself (S-043, S-060).

    `nieuw_product` names the new product code at an extension; `volume` is in the unit of that product.
    """

    class Soort(models.TextChoices):
        EVALUATIE = "evaluatie", "Evaluatieformulier"
        MUTATIE = "mutatie", "Mutatieformulier"

    class Advies(models.TextChoices):
        ONGEWIJZIGD = "ongewijzigd", "Zo laten"
        MEER = "meer", "Meer hulp"
        MINDER = "minder", "Minder hulp"
        ANDERS = "anders", "Andere hulp"
        VERLENGEN = "verlengen", "Langer doorgaan"
        STOPPEN = "stoppen", "Stoppen"

    evaluatie = models.ForeignKey(Evaluatie, models.PROTECT, related_name="formulieren")
    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="evaluatieformulieren")
    soort = models.CharField(max_length=10, choices=Soort)
    resultaten = models.TextField("wat is er bereikt?")
    verandering = models.TextField("wat is er veranderd?", blank=True)
    advies = models.CharField(max_length=12, choices=Advies)
    motivering = models.TextField("waarom?")
    nieuw_product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    volume = models.PositiveIntegerField("omvang per week", null=True, blank=True)
    ingediend_op = models.DateTimeField()
    ingediend_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "evaluatieformulier"
        verbose_name_plural = "evaluatieformulieren"
        ordering = ["evaluatie_id", "-ingediend_op"]
        constraints = [
            models.UniqueConstraint(fields=["evaluatie", "toewijzing"], name="evaluatieformulier_een_per_opdracht")
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.toewijzing_id}"

"""Time norms as versioned data and the calculation that was made with them (R-200 to R-206)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from wmo.models.dossiers import Zaak
from wmo.models.gebruikers import Aanstelling, periode_uitdrukking
from wmo.models.gemeenten import Gemeente


class NormtabelQuerySet(models.QuerySet["Normtabel"]):
    def geldend(self, gemeente: Gemeente, *, op: date, soort: str = "huishouden") -> Normtabel | None:
        """The table of the gemeente itself, else the regional one (gemeente empty)."""
        op_datum = self.filter(Q(einddatum=None) | Q(einddatum__gte=op), soort=soort, ingangsdatum__lte=op)
        return (
            op_datum.filter(Q(gemeente=gemeente) | Q(gemeente=None))
            .order_by(F("gemeente").asc(nulls_last=True))
            .first()
        )


class Normtabel(models.Model):
    """A version of a normenkader of one gemeente or the region: period, source, and whether it is fictitious."""

    class Soort(models.TextChoices):
        HUISHOUDEN = "huishouden", "Huishoudelijke ondersteuning"
        BEGELEIDING = "begeleiding", "Begeleiding en dagbesteding"

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="normtabellen")
    soort = models.CharField(max_length=20, choices=Soort)
    naam = models.CharField(max_length=120)
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    bron = models.CharField(max_length=200)
    fictief = models.BooleanField("bevat verzonnen waarden", default=True)

    objects = NormtabelQuerySet.as_manager()

    class Meta:
        verbose_name = "normtabel"
        verbose_name_plural = "normtabellen"
        ordering = ["soort", "gemeente_id", "-ingangsdatum"]
        constraints = [
            ExclusionConstraint(
                name="normtabel_geen_overlap",
                expressions=[
                    ("soort", RangeOperators.EQUAL),
                    (Func(F("gemeente"), Value(0), function="COALESCE"), RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Er is al een normtabel in deze periode.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Normregel(models.Model):
    """A row of the table.

    BASIS, MEER and MINDER are hours a year (kept in hours, rounded once at the end: R-202); an ACTIVITEIT is
    minutes each time with a usual frequency. A norm of the kind BAND (begeleiding) has a minimum and a maximum.
    """

    class Soort(models.TextChoices):
        BASIS = "basis", "Basis"
        MEER = "meer", "Meer inzet"
        MINDER = "minder", "Minder inzet"
        ACTIVITEIT = "activiteit", "Activiteit"
        BAND = "band", "Band"

    class Niveau(models.TextChoices):
        """How heavy the need is on one item of a BAND row (R-217)."""

        GEEN = "geen", "Geen"
        LICHT = "licht", "Licht"
        MIDDEN = "midden", "Midden"
        ZWAAR = "zwaar", "Zwaar"

    tabel = models.ForeignKey(Normtabel, models.CASCADE, related_name="regels")
    code = models.SlugField(max_length=40)
    resultaatgebied = models.CharField(max_length=80)
    omschrijving = models.CharField(max_length=160)
    soort = models.CharField(max_length=12, choices=Soort)
    uren_per_jaar = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    minuten_per_keer = models.PositiveSmallIntegerField(null=True, blank=True)
    keer_per_jaar = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="52 is elke week, 26 om de week, 13 elke vier weken."
    )
    niveau = models.CharField(max_length=6, choices=Niveau, blank=True)
    minuten_min = models.PositiveSmallIntegerField(null=True, blank=True)
    minuten_max = models.PositiveSmallIntegerField(null=True, blank=True)
    groep = models.SlugField(
        max_length=40, blank=True, help_text="Van de rijen met dezelfde groep kan er één worden gekozen."
    )
    volgorde = models.PositiveSmallIntegerField()
    bron = models.CharField(max_length=200, blank=True)
    fictief = models.BooleanField("verzonnen waarde", default=True)

    class Meta:
        verbose_name = "normregel"
        verbose_name_plural = "normregels"
        ordering = ["tabel_id", "volgorde"]
        constraints = [models.UniqueConstraint(fields=["tabel", "code"], name="normregel_code_uniek")]

    def __str__(self) -> str:
        return self.omschrijving


class Normberekening(models.Model):
    """The filled-in normenkader of one case: what came out, what was decided, and why that differs (R-203)."""

    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="normberekeningen")
    tabel = models.ForeignKey(Normtabel, models.PROTECT, related_name="berekeningen")
    versie = models.PositiveSmallIntegerField()
    berekend = models.PositiveIntegerField("berekende minuten per week")
    vastgesteld = models.PositiveIntegerField("vastgestelde minuten per week")
    afwijking_reden = models.TextField(blank=True)
    toelichting = models.TextField(blank=True)
    tweewekelijks = models.BooleanField("één bezoek per twee weken", default=False)
    vastgesteld_op = models.DateTimeField(null=True, blank=True)
    vastgesteld_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    bewerkt = models.PositiveIntegerField("aantal keer bewaard", default=0)  # a stale form is told so

    class Meta:
        verbose_name = "ingevuld normenkader"
        verbose_name_plural = "ingevulde normenkaders"
        ordering = ["zaak_id", "-versie"]
        constraints = [
            models.UniqueConstraint(fields=["zaak", "versie"], name="normberekening_versie_uniek"),
            models.UniqueConstraint(
                fields=["zaak", "tabel"], condition=Q(vastgesteld_op=None), name="normberekening_een_concept"
            ),
            models.CheckConstraint(
                name="normberekening_afwijking_heeft_reden",
                condition=Q(vastgesteld_op=None) | Q(berekend=F("vastgesteld")) | ~Q(afwijking_reden=""),
                violation_error_message="Leg uit waarom de tijd afwijkt van de norm.",
            ),
        ]

    def __str__(self) -> str:
        return f"Normenkader {self.zaak} versie {self.versie}: {self.vastgesteld} minuten"


class Normkeuze(models.Model):
    """A chosen row: who does it and how often. Only rows done by the hulp count (R-201)."""

    class Wie(models.TextChoices):
        HULP = "hulp", "Hulp"
        CLIENT = "client", "Cliënt zelf"
        HUISGENOOT = "huisgenoot", "Huisgenoot"
        NETWERK = "netwerk", "Mantelzorg of netwerk"
        VOORLIGGEND = "voorliggend", "Voorliggende voorziening"

    berekening = models.ForeignKey(Normberekening, models.CASCADE, related_name="keuzes")
    regel = models.ForeignKey(Normregel, models.PROTECT, related_name="+")
    wie = models.CharField(max_length=12, choices=Wie, default=Wie.HULP)
    aantal = models.PositiveSmallIntegerField(default=1, help_text="Bijvoorbeeld het aantal extra kamers.")
    minuten_per_keer = models.PositiveSmallIntegerField(null=True, blank=True)
    keer_per_jaar = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "keuze in normenkader"
        verbose_name_plural = "keuzes in normenkader"
        ordering = ["berekening_id", "regel__volgorde"]
        constraints = [models.UniqueConstraint(fields=["berekening", "regel"], name="normkeuze_een_keer")]

    def __str__(self) -> str:
        return f"{self.regel} ({self.get_wie_display()})"

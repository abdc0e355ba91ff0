"""What is bought, under which agreement, where, and from whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from wmo.fields import Geld
from wmo.models.aanbieders import Aanbieder
from wmo.models.gebruikers import periode_uitdrukking
from wmo.models.gemeenten import Gemeente


class Eenheid(models.TextChoices):
    """Code list WJ756."""

    MINUUT = "01", "minuut"
    UUR = "04", "uur"
    ETMAAL = "14", "etmaal"
    DAGDEEL = "16", "dagdeel (4 uur)"
    STUKS_OUTPUT = "82", "stuks (output)"
    EURO = "83", "euro"
    STUKS = "84", "stuks (inspanning)"


class Frequentie(models.TextChoices):
    """Code list WMO757."""

    DAG = "1", "per dag"
    WEEK = "2", "per week"
    MAAND = "4", "per maand"
    TOTAAL = "6", "totaal binnen de looptijd"


class Productcategorie(models.TextChoices):
    """WMO020: obligatory list of the standard."""

    HUISHOUDEN = "01", "Hulp bij het huishouden"
    BEGELEIDING = "02", "Begeleiding"
    VERZORGING = "03", "Persoonlijke verzorging"
    KORTDUREND_VERBLIJF = "04", "Kortdurend verblijf"
    WOONDIENSTEN = "05", "Woondiensten"
    OVERIG_INDIVIDU = "06", "Overige ondersteuning individu/gezin"
    DAGBESTEDING = "07", "Dagbesteding"
    VERVOERDIENSTEN = "08", "Vervoerdiensten"
    OVERIG_GROEP = "09", "Overige groepsgerichte ondersteuning"
    ARRANGEMENTEN = "10", "Overige maatwerkarrangementen"
    ROLSTOELEN = "11", "Rolstoelen"
    VERVOERVOORZIENINGEN = "12", "Vervoervoorzieningen"
    WOONVOORZIENINGEN = "13", "Woonvoorzieningen"
    HULPMIDDELEN = "14", "Overige hulpmiddelen"
    BESCHERMD_WONEN = "15", "Beschermd wonen"
    OPVANG = "16", "Opvang"
    SPOEDOPVANG = "17", "Spoedopvang"
    OVERIG_BW = "18", "Overige beschermd wonen en opvang"


class Product(models.Model):
    """Product of the catalogue: category fixed by the standard, 5-character code agreed per contract (R-240)."""

    code = models.CharField(
        max_length=5,
        unique=True,
        validators=[
            RegexValidator(r"^[0-9]{2}[0-9A-Z]{3}$", "Een productcode is 5 tekens en begint met de categorie.")
        ],
    )
    categorie = models.CharField(max_length=2, choices=Productcategorie)
    naam = models.CharField(max_length=100)
    eenheid = models.CharField(
        max_length=2, choices=Eenheid, default=Eenheid.MINUUT, help_text="Eenheid waarin wordt toegewezen."
    )
    frequentie = models.CharField(max_length=1, choices=Frequentie, default=Frequentie.WEEK)
    geldig_vanaf = models.DateField()
    geldig_tot = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "product"
        verbose_name_plural = "producten"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="product_code_begint_met_categorie",  # TR381
                condition=Q(code__startswith=F("categorie")),
                violation_error_message="De code begint met de twee cijfers van de categorie.",
            )
        ]

    def __str__(self) -> str:
        return self.naam


class Contract(models.Model):
    """A regional agreement that several providers joined (R-370). Money rules are its fields (R-262, R-273)."""

    class Rekenmethode(models.TextChoices):
        MINUUT_AFGEROND = "MINUUT_AFGEROND", "minuuttarief afgerond op centen"
        UUR_NAAR_RATO = "UUR_NAAR_RATO", "uurtarief naar rato van minuten"

    class Indexatiebasis(models.TextChoices):
        UUR = "uur", "uurtarief"
        MINUUT = "minuut", "afgerond minuuttarief"

    class Correctie(models.TextChoices):
        VERSCHIL = "verschil", "verschil: definitief min voorlopig"
        VERHOUDING = "verhouding", "verhouding: definitief gedeeld door voorlopig"

    nummer = models.CharField(max_length=20, unique=True)
    naam = models.CharField(max_length=120)
    ingangsdatum = models.DateField()
    einddatum = models.DateField()
    uiterste_einddatum = models.DateField(help_text="Einde na alle verlengingen.")
    verlengingen = models.CharField(max_length=80, blank=True)
    producten = models.ManyToManyField(Product, related_name="contracten")
    rekenmethode = models.CharField(max_length=20, choices=Rekenmethode)
    indexatiebasis = models.CharField(max_length=10, choices=Indexatiebasis, default=Indexatiebasis.UUR)
    correctiemethode = models.CharField(max_length=12, choices=Correctie, default=Correctie.VERSCHIL)
    loongewicht = models.DecimalField("gewicht lonen (%)", max_digits=5, decimal_places=2, default=Decimal("90"))
    betaaltermijn_dagen = models.PositiveSmallIntegerField(default=30)

    class Meta:
        verbose_name = "contract"
        verbose_name_plural = "contracten"
        ordering = ["nummer"]
        constraints = [
            models.CheckConstraint(
                name="contract_einde_na_begin",
                condition=Q(einddatum__gte=F("ingangsdatum"), uiterste_einddatum__gte=F("einddatum")),
                violation_error_message="De einddatum ligt voor de ingangsdatum.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.naam}"


class PerceelQuerySet(models.QuerySet["Perceel"]):
    def op(self, datum: date) -> PerceelQuerySet:
        return self.filter(Q(einddatum=None) | Q(einddatum__gte=datum), ingangsdatum__lte=datum)

    def voor_product(self, product: Product) -> PerceelQuerySet:
        return self.filter(contract__producten=product)


class Perceel(models.Model):
    """This provider may deliver this contract in this gemeente (R-006). declaraties writes `verbruikt` (R-290)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="percelen")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="percelen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="percelen")
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    bestedingsruimte = Geld("bestedingsruimte per jaar", null=True, blank=True)
    verbruikt = Geld("verbruikt dit jaar", default=Decimal("0"))

    objects = PerceelQuerySet.as_manager()

    class Meta:
        verbose_name = "perceel"
        verbose_name_plural = "percelen"
        ordering = ["aanbieder_id", "gemeente_id"]
        constraints = [
            ExclusionConstraint(
                name="perceel_geen_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    ("aanbieder", RangeOperators.EQUAL),
                    ("gemeente", RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze aanbieder heeft dit perceel in deze periode al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.aanbieder} in {self.gemeente}"

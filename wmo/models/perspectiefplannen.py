"""The perspectiefplan: the whole story, written by the gemeente, never by the provider (R-070, S-061)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wmo.models.contracten import Product
from wmo.models.dossiers import Zaak
from wmo.models.gebruikers import Aanstelling
from wmo.models.onderzoeken import Onderwerp


class Leefgebied(models.Model):
    """Configurable list of life domains (R-070); the seed loads the 13 domain names of the ZRM."""

    code = models.SlugField(max_length=30, unique=True)
    naam = models.CharField(max_length=80)
    volgorde = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "leefgebied"
        verbose_name_plural = "leefgebieden"
        ordering = ["volgorde"]

    def __str__(self) -> str:
        return self.naam


class Perspectiefplan(models.Model):
    """A version of the plan. A fixed version never changes; a vervolgdeel is the next one (R-071)."""

    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="plannen")
    versie = models.PositiveSmallIntegerField()
    is_vervolg = models.BooleanField("vervolgdeel", default=False)
    stem_client = models.TextField("in de woorden van de cliënt", blank=True)
    risico = models.TextField("risico en veiligheid", blank=True)
    evaluatiedatum = models.DateField(null=True, blank=True)  # no default
    vastgesteld_op = models.DateTimeField(null=True, blank=True)
    vastgesteld_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    ontvangen_door_aanbieder_op = models.DateField(null=True, blank=True)
    bewerkt = models.PositiveIntegerField("aantal keer bewaard", default=0)  # a stale form is told so

    class Meta:
        verbose_name = "perspectiefplan"
        verbose_name_plural = "perspectiefplannen"
        ordering = ["zaak_id", "-versie"]
        constraints = [
            models.UniqueConstraint(fields=["zaak", "versie"], name="plan_versie_uniek"),
            models.UniqueConstraint(fields=["zaak"], condition=Q(vastgesteld_op=None), name="plan_een_concept"),
        ]

    def __str__(self) -> str:
        return f"Perspectiefplan {self.zaak} versie {self.versie}"


class PlanLeefgebied(models.Model):
    """Only the life domains that matter for this question: nobody has to score the rest."""

    class Ontwikkeling(models.TextChoices):
        """How it goes since the version before; only in a vervolgdeel (R-071)."""

        VOORUIT = "vooruit", "Gaat vooruit"
        GELIJK = "gelijk", "Blijft gelijk"
        ACHTERUIT = "achteruit", "Gaat achteruit"

    plan = models.ForeignKey(Perspectiefplan, models.CASCADE, related_name="leefgebieden")
    leefgebied = models.ForeignKey(Leefgebied, models.PROTECT, related_name="+")
    situatie = models.TextField()
    eigen_kracht = models.TextField(blank=True)
    netwerk = models.TextField(blank=True)
    voorliggend = models.TextField(blank=True)
    nodig = models.TextField(blank=True)
    ontwikkeling = models.CharField(max_length=10, choices=Ontwikkeling, blank=True)

    class Meta:
        verbose_name = "leefgebied in plan"
        verbose_name_plural = "leefgebieden in plan"
        ordering = ["plan_id", "leefgebied__volgorde"]
        constraints = [models.UniqueConstraint(fields=["plan", "leefgebied"], name="plan_leefgebied_een_keer")]

    def __str__(self) -> str:
        return str(self.leefgebied)


class Doel(models.Model):
    """What the support should lead to, how one sees it, when, and who works on it; `onderwerp` says where it arose."""

    plan = models.ForeignKey(Perspectiefplan, models.CASCADE, related_name="doelen")
    volgorde = models.PositiveSmallIntegerField()
    resultaat = models.TextField()
    indicator = models.TextField("waaraan zien we het")
    streefdatum = models.DateField()
    wie = models.CharField(max_length=120)
    onderwerp = models.CharField("komt uit onderwerp", max_length=1, choices=Onderwerp, blank=True)

    class Meta:
        verbose_name = "doel"
        verbose_name_plural = "doelen"
        ordering = ["plan_id", "volgorde"]

    def __str__(self) -> str:
        return self.resultaat[:60]


class PlanOndersteuning(models.Model):
    """Gross need, deductions with a reason, net volume that is asked from a provider (R-210). Minutes a week."""

    plan = models.ForeignKey(Perspectiefplan, models.CASCADE, related_name="ondersteuning")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    bruto = models.PositiveIntegerField("bruto per week", help_text="In de eenheid van het product.")
    netto = models.PositiveIntegerField("netto per week", help_text="In de eenheid van het product.")

    class Meta:
        verbose_name = "ondersteuning in plan"
        verbose_name_plural = "ondersteuning in plan"
        ordering = ["plan_id", "product__code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "product"], name="plan_product_een_keer"),
            models.CheckConstraint(
                name="plan_netto_niet_boven_bruto",
                condition=Q(netto__lte=models.F("bruto")),
                violation_error_message="Netto kan niet meer zijn dan bruto.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.netto}"


class Aftrek(models.Model):
    """Why net is less than gross, per source (R-210)."""

    class Bron(models.TextChoices):
        EIGEN_KRACHT = "eigen_kracht", "Eigen kracht"
        GEBRUIKELIJKE_HULP = "gebruikelijke_hulp", "Gebruikelijke hulp"
        MANTELZORG = "mantelzorg", "Mantelzorg en netwerk"
        ALGEMEEN = "algemeen", "Algemene voorziening"
        VOORLIGGEND = "voorliggend", "Voorliggende voorziening of andere wet"

    ondersteuning = models.ForeignKey(PlanOndersteuning, models.CASCADE, related_name="aftrekken")
    bron = models.CharField(max_length=20, choices=Bron)
    volume = models.PositiveIntegerField()
    reden = models.TextField()

    class Meta:
        verbose_name = "aftrek"
        verbose_name_plural = "aftrekken"
        ordering = ["ondersteuning_id", "bron"]

    def __str__(self) -> str:
        return f"{self.get_bron_display()}: {self.volume}"

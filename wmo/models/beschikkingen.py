"""The decision. It is not the toewijzing: one decision can lead to several (R-063, R-067)."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from wmo.fields import Geld
from wmo.models.aanbieders import Aanbieder
from wmo.models.contracten import Eenheid, Frequentie, Product
from wmo.models.dossiers import Document, Zaak
from wmo.models.gebruikers import Aanstelling, periode_uitdrukking
from wmo.models.status import MetStatus, overgangen


class BeschikkingQuerySet(models.QuerySet["Beschikking"]):
    def voor(self, aanstelling: Aanstelling | None) -> BeschikkingQuerySet:
        return self.filter(zaak__in=Zaak.objects.voor(aanstelling))

    def ter_ondertekening(self) -> BeschikkingQuerySet:
        return self.filter(status=Beschikking.Status.TER_ONDERTEKENING)


class Beschikking(MetStatus):
    """A written decision with a unique number (UP037). Blocks of R-060; the letter is made from these fields only."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "Concept"
        TER_ONDERTEKENING = "ter_ondertekening", "Ter ondertekening"
        VASTGESTELD = "vastgesteld", "Vastgesteld en verstuurd"
        VERVALLEN = "vervallen", "Vervallen"

    class Soort(models.TextChoices):
        TOEKENNING = "toekenning", "Toekenning"
        GEDEELTELIJK = "gedeeltelijk", "Gedeeltelijke toekenning"
        AFWIJZING = "afwijzing", "Afwijzing"
        BEEINDIGING = "beeindiging", "Beëindiging"
        HERZIENING = "herziening", "Herziening"

    class Grond(models.TextChoices):
        """The only five grounds to change or end a decision (R-030, art. 2.3.10)."""

        ONJUIST = "a", "De gegevens waren onjuist of niet compleet"
        NIET_NODIG = "b", "De cliënt heeft de ondersteuning niet meer nodig"
        NIET_TOEREIKEND = "c", "De ondersteuning is niet meer genoeg of niet meer passend"
        VOORWAARDEN = "d", "De cliënt houdt zich niet aan de voorwaarden"
        NIET_GEBRUIKT = "e", "De ondersteuning wordt niet of voor iets anders gebruikt"

    TOEKENNEND = (Soort.TOEKENNING, Soort.GEDEELTELIJK, Soort.HERZIENING)
    WIJZIGEND = (Soort.BEEINDIGING, Soort.HERZIENING)
    OVERGANGEN = overgangen({
        Status.CONCEPT: {Status.TER_ONDERTEKENING, Status.VERVALLEN},
        Status.TER_ONDERTEKENING: {Status.CONCEPT, Status.VASTGESTELD, Status.VERVALLEN},
    })  # fmt: skip

    beschikkingnummer = models.CharField(max_length=20, unique=True)
    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="beschikkingen")
    status = models.CharField(max_length=20, choices=Status, default=Status.CONCEPT)
    soort = models.CharField(max_length=20, choices=Soort)
    grond = models.CharField("grond om te wijzigen of te stoppen", max_length=1, choices=Grond, blank=True)
    werkt_vanaf = models.DateField("wijzigt of stopt vanaf", null=True, blank=True)  # a decision states it
    beeindigt = models.ManyToManyField("wmo.Voorziening", blank=True, related_name="beeindigd_door")
    motivering = models.TextField(blank=True)
    eigen_bijdrage = models.TextField("eigen bijdrage", blank=True)
    uitleg_verschillen = models.TextField("uitleg bij wat niet helemaal klopt", blank=True)
    bewerkt = models.PositiveIntegerField("aantal keer bewaard", default=0)  # a stale form is told so
    opgesteld_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    ondertekend_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    teruggestuurd_reden = models.TextField(blank=True)
    besluitdatum = models.DateField(null=True, blank=True)
    bekendgemaakt_op = models.DateField(null=True, blank=True)  # start of the bezwaar term
    bezwaar_tot = models.DateField(null=True, blank=True)
    brief = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="beschikking")

    objects = BeschikkingQuerySet.as_manager()

    class Meta:
        verbose_name = "beschikking"
        verbose_name_plural = "beschikkingen"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["zaak"],
                condition=Q(status__in=["concept", "ter_ondertekening"]),
                name="beschikking_een_in_voorbereiding",
            ),
            models.CheckConstraint(
                name="beschikking_vastgesteld_is_bekend",
                condition=~Q(status="vastgesteld")
                | Q(
                    besluitdatum__isnull=False,
                    bekendgemaakt_op__isnull=False,
                    bezwaar_tot__isnull=False,
                    ondertekend_door__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.beschikkingnummer


class VoorzieningQuerySet(models.QuerySet["Voorziening"]):
    def voor(self, aanstelling: Aanstelling | None) -> VoorzieningQuerySet:
        return self.filter(beschikking__zaak__in=Zaak.objects.voor(aanstelling))

    def zonder_toewijzing(self) -> VoorzieningQuerySet:
        """Granted in natura and still without opdracht."""
        return self.filter(
            beschikking__status=Beschikking.Status.VASTGESTELD, vorm=Voorziening.Vorm.ZIN, toewijzingen=None
        )


class Voorziening(models.Model):
    """One granted provision: volume in time or dagdelen, never "result only" (R-060.4)."""

    class Vorm(models.TextChoices):
        ZIN = "zin", "Zorg in natura"
        PGB = "pgb", "Persoonsgebonden budget"

    beschikking = models.ForeignKey(Beschikking, models.CASCADE, related_name="voorzieningen")
    client = models.ForeignKey("wmo.Client", models.PROTECT, related_name="voorzieningen")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    vorm = models.CharField(max_length=3, choices=Vorm, default=Vorm.ZIN)
    volume = models.PositiveIntegerField()
    eenheid = models.CharField(max_length=2, choices=Eenheid)
    frequentie = models.CharField(max_length=1, choices=Frequentie)
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    resultaat = models.TextField("resultaat of doel")
    via_wachtlijst = models.BooleanField("aanbieder volgt via de wachtlijst", default=True)
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="+")
    # copied when the decision is signed: only a decision that stands may forbid another
    van_kracht = models.BooleanField(default=False)

    objects = VoorzieningQuerySet.as_manager()

    class Meta:
        verbose_name = "voorziening"
        verbose_name_plural = "voorzieningen"
        ordering = ["beschikking_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="voorziening_einde_na_begin",
                condition=Q(einddatum=None) | Q(einddatum__gte=F("ingangsdatum")),
                violation_error_message="De einddatum ligt voor de ingangsdatum.",
            ),
            models.CheckConstraint(
                name="voorziening_week_heeft_einde",
                condition=~Q(frequentie="2") | Q(einddatum__isnull=False),
                violation_error_message="Bij een omvang per week hoort een einddatum (R-242).",
            ),
            ExclusionConstraint(
                name="voorziening_geen_overlap",  # pgb and natura cannot overlap for the same product
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("product", RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                condition=Q(van_kracht=True),
                violation_error_message="Voor deze ondersteuning loopt in deze periode al een besluit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.volume} {self.get_eenheid_display()} {self.get_frequentie_display()}"


class Pgb(models.Model):
    """What a decision on a persoonsgebonden budget has to say on top of the rest (R-061, art. 2.3.6)."""

    voorziening = models.OneToOneField(Voorziening, models.CASCADE, related_name="pgb")
    doel = models.TextField("waarvoor is het budget")
    bedrag = Geld("budget per jaar")
    berekening = models.TextField("hoe is het bedrag berekend")
    kwaliteitseisen = models.TextField("eisen aan de kwaliteit")
    wens = models.TextField("waarom de cliënt een pgb wil")
    bekwaamheid = models.TextField("wie beheert het budget en waarom kan die dat")

    class Meta:
        verbose_name = "pgb bij voorziening"
        verbose_name_plural = "pgb's bij voorziening"

    def __str__(self) -> str:
        return f"Pgb bij {self.voorziening_id}"

"""A month of one provider at one gemeente, and its lines (323/325, R-280 to R-286)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wmo.fields import Geld
from wmo.models import Aanbieder, Aanstelling, Eenheid, Gemeente, MetStatus, Product, Toewijzing, overgangen
from wmo.periodes import Periode
from wmo.permissions import Recht


class DeclaratieQuerySet(models.QuerySet["Declaratie"]):
    def voor(self, aanstelling: Aanstelling | None) -> DeclaratieQuerySet:
        """A provider: its own. A gemeente: what was submitted to it. The regio sees no declaration (R-002)."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder and aanstelling.mag(Recht.EIGEN_DECLARATIES):
            return self.filter(aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.DECLARATIES_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente).exclude(status=Declaratie.Status.OPGESTELD)
        return self.none()

    def open(self) -> DeclaratieQuerySet:
        """Concepts: the provider can still change them."""
        return self.filter(status=Declaratie.Status.OPGESTELD)

    def te_beantwoorden(self) -> DeclaratieQuerySet:
        return self.filter(status=Declaratie.Status.INGEDIEND)

    def met_partijen(self) -> DeclaratieQuerySet:
        return self.select_related("aanbieder", "gemeente")

    def voor_323(self) -> DeclaratieQuerySet:
        """Submitted here and not yet back as a message: what berichten turns into a 323."""
        return self.filter(status=Declaratie.Status.INGEDIEND, herkomst=Declaratie.Herkomst.PORTAAL, ontvangen_op=None)

    def voor_325(self) -> DeclaratieQuerySet:
        """Answered: each needs exactly one 325, also when all is right. berichten leaves out those it has sent."""
        return self.filter(status__in=Declaratie.BEANTWOORDE)


class Declaratie(MetStatus):
    """The claims of one provider on one gemeente for one declaratieperiode; more than one per month may exist."""

    class Status(models.TextChoices):
        OPGESTELD = "opgesteld", "Concept"
        INGEDIEND = "ingediend", "Ingediend"
        BEANTWOORD = "beantwoord", "Beantwoord"
        BETAALBAAR = "betaalbaar", "Betaalbaar"
        BETAALD = "betaald", "Betaald"

    class Herkomst(models.TextChoices):
        PORTAAL = "portaal", "Gemaakt in het portaal"
        BERICHT = "bericht", "Declaratiebericht (323)"

    BEANTWOORDE = (Status.BEANTWOORD, Status.BETAALBAAR, Status.BETAALD)
    OVERGANGEN = overgangen({
        Status.OPGESTELD: {Status.INGEDIEND},
        Status.INGEDIEND: {Status.BEANTWOORD},
        Status.BEANTWOORD: {Status.BETAALBAAR},
        Status.BETAALBAAR: {Status.BETAALD},
    })  # fmt: skip

    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="declaraties")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="declaraties")
    maand = models.DateField("declaratieperiode", help_text="Eerste dag van de maand.")
    declaratienummer = models.CharField(max_length=12)
    status = models.CharField(max_length=12, choices=Status, default=Status.OPGESTELD)
    herkomst = models.CharField(max_length=10, choices=Herkomst, default=Herkomst.PORTAAL)
    opgesteld_op = models.DateTimeField()
    ingediend_op = models.DateTimeField(null=True, blank=True)
    ontvangen_op = models.DateTimeField("als 323 ontvangen op", null=True, blank=True)
    gecontroleerd_op = models.DateTimeField(null=True, blank=True)
    antwoord_uiterlijk = models.DateField(null=True, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    betalen_uiterlijk = models.DateField(null=True, blank=True)
    betaald_op = models.DateField(null=True, blank=True)
    # copies of the lines' sums, written in the transaction that changes the lines: lists show them without counting
    aantal_regels = models.PositiveIntegerField(default=0)
    aantal_uitval = models.PositiveIntegerField(default=0)
    ingediend_bedrag = Geld(default=0)
    toegekend_bedrag = Geld(default=0)

    objects = DeclaratieQuerySet.as_manager()

    class Meta:
        verbose_name = "declaratie"
        verbose_name_plural = "declaraties"
        ordering = ["-maand", "gemeente", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["aanbieder", "declaratienummer"], name="declaratienummer_uniek"),  # TR333
            models.UniqueConstraint(
                fields=["aanbieder", "gemeente", "maand"],
                condition=Q(status="opgesteld"),
                name="declaratie_een_concept",
            ),
            models.CheckConstraint(name="declaratie_maand_is_eerste_dag", condition=Q(maand__day=1)),
            models.CheckConstraint(
                name="declaratie_ingediend_heeft_moment",
                condition=Q(status="opgesteld") | Q(ingediend_op__isnull=False, antwoord_uiterlijk__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["gemeente", "status", "antwoord_uiterlijk"], name="declaratie_lijst"),
            models.Index(fields=["aanbieder", "-maand"], name="declaratie_aanbieder"),
        ]

    def __str__(self) -> str:
        return f"Declaratie {self.declaratienummer}"

    @property
    def periode(self) -> Periode:
        return Periode.maand_van(self.maand)

    @property
    def uitval_bedrag(self) -> Decimal:
        return self.ingediend_bedrag - self.toegekend_bedrag

    @property
    def is_beantwoord(self) -> bool:
        return self.status in self.BEANTWOORDE


class DeclaratieregelQuerySet(models.QuerySet["Declaratieregel"]):
    def uitval(self) -> DeclaratieregelQuerySet:
        """Lines that the control stopped, whatever a person decided later."""
        return self.exclude(afkeurcodes=[])

    def goedgekeurd(self) -> DeclaratieregelQuerySet:
        return self.filter(status=Declaratieregel.Status.GOEDGEKEURD)

    def afgekeurd(self) -> DeclaratieregelQuerySet:
        return self.filter(status=Declaratieregel.Status.AFGEKEURD)

    def saldo(self) -> Decimal:
        """Euros: debets minus credits."""
        return self.aggregate(som=_saldo("bedrag", Geld()))["som"]

    def goedgekeurd_per_toewijzing(self) -> models.QuerySet[Any, tuple[int, int, Decimal]]:
        """(toewijzingnummer, units, euros) of approved lines: debets minus credits.

        The status is asked while adding up: as a condition it draws a planner without figures to the wrong index.
        """
        goed = Q(status=Declaratieregel.Status.GOEDGEKEURD)
        volume, bedrag = _saldo("volume", models.BigIntegerField(), goed), _saldo("bedrag", Geld(), goed)
        return self.order_by().values_list("toewijzingnummer").annotate(_volume=volume, _bedrag=bedrag)


def _saldo(veld: str, soort: models.Field[Any, Any], van: Q | None = None) -> models.Sum:
    met_teken = models.Case(models.When(is_credit=True, then=-F(veld)), default=F(veld), output_field=soort)
    return models.Sum(met_teken, default=0, filter=van)


class Declaratieregel(models.Model):
    """One prestatie of a 323. Price, volume and amount are frozen once the declaration is submitted (a trigger).

    `toewijzing` is empty when the number in the message is unknown; `volgnummer` then finds the line back in it.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Nog te beoordelen"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        AFGEKEURD = "afgekeurd", "Afgekeurd"

    # No single indexes of their own: the constraints and indexes below start with the same columns. `aanbieder` and
    # `product` repeat what declaratie and toewijzing say, for the sake of a constraint and of sums; those two are not
    # checked once more at commit, which would cost a quarter of the monthly run.
    declaratie = models.ForeignKey(Declaratie, models.CASCADE, related_name="regels", db_index=False)
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    volgnummer = models.PositiveIntegerField(default=0, help_text="Plaats in het bericht.")
    toewijzing = models.ForeignKey(
        Toewijzing, models.PROTECT, null=True, blank=True, related_name="declaratieregels", db_index=False
    )
    toewijzingnummer = models.BigIntegerField()
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, db_constraint=False
    )
    categorie = models.CharField(max_length=2)
    productcode = models.CharField(max_length=5)
    ingangsdatum = models.DateField()
    einddatum = models.DateField()
    eenheid = models.CharField(max_length=2, choices=Eenheid)
    volume = models.PositiveIntegerField()
    tarief = Geld("ProductTarief", null=True, blank=True)
    bedrag = Geld()
    is_credit = models.BooleanField(default=False)
    referentienummer = models.CharField(max_length=20)
    vorig_referentienummer = models.CharField(max_length=20, blank=True)
    vorige = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="credits", db_index=False)
    gecrediteerd = models.BooleanField(default=False, help_text="Een creditregel die niet is afgekeurd wijst hierheen.")
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    afkeurcodes = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    bevindingen = models.JSONField(default=list, blank=True)
    besluitreden = models.CharField(max_length=400, blank=True)
    besloten_door = models.ForeignKey(
        Aanstelling, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = DeclaratieregelQuerySet.as_manager()

    class Meta:
        verbose_name = "declaratieregel"
        verbose_name_plural = "declaratieregels"
        ordering = ["declaratie", "volgnummer", "id"]
        constraints = [
            # TR389, R-280: one live debet per toewijzing, product and productperiode, until it is credited
            models.UniqueConstraint(
                fields=["toewijzing", "productcode", "ingangsdatum", "einddatum"],
                condition=Q(is_credit=False, gecrediteerd=False) & ~Q(status="afgekeurd"),
                name="declaratieregel_een_debet",
            ),
            # TR390: a debet is credited once
            models.UniqueConstraint(
                fields=["vorige"],
                condition=Q(is_credit=True) & ~Q(status="afgekeurd"),
                name="declaratieregel_een_credit",
            ),
            # TR314
            models.UniqueConstraint(
                fields=["aanbieder", "referentienummer"],
                condition=~Q(status="afgekeurd"),
                name="declaratieregel_referentie_uniek",
            ),
            models.CheckConstraint(
                name="declaratieregel_credit_verwijst",  # CD060
                condition=Q(is_credit=True) & ~Q(vorig_referentienummer="")
                | Q(is_credit=False, vorig_referentienummer=""),
            ),
            models.CheckConstraint(
                name="declaratieregel_einde_na_begin", condition=Q(einddatum__gte=F("ingangsdatum"))
            ),
        ]
        indexes = [
            models.Index(fields=["declaratie", "status"], name="declaratieregel_status"),
            models.Index(fields=["toewijzing", "ingangsdatum"], name="declaratieregel_toewijzing"),
            models.Index(fields=["vorige"], name="declaratieregel_vorige", condition=Q(vorige__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{'Credit' if self.is_credit else 'Debet'} {self.referentienummer}"

    @property
    def periode(self) -> Periode:
        return Periode(self.ingangsdatum, self.einddatum)

    @property
    def is_correctie_mogelijk(self) -> bool:
        """R-284: an approved debet, once, and only after the answer."""
        return (
            not self.is_credit
            and not self.gecrediteerd
            and self.status == self.Status.GOEDGEKEURD
            and self.declaratie.is_beantwoord
        )


def eerste_van(dag: date) -> date:
    """The day by which a declaratieperiode is known."""
    return dag.replace(day=1)

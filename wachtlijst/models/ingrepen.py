"""What people say about a place outside the order: an aanbieder that cannot take it, a gemeente that intervenes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wachtlijst.models.plekken import Plek
from wmo.models import Aanbieder, Aanstelling, MetStatus, overgangen
from wmo.permissions import Recht


class Weigering(models.Model):
    """An aanbieder cannot take this place. It stays next for the others; the gemeente judges the ground (R-160)."""

    class Grond(models.TextChoices):
        CLIENTENSTOP = "clientenstop", "Wij hebben een goedgekeurde cliëntenstop"
        NIET_MOGELIJK = "niet_mogelijk", "Wij kunnen deze hulp aantoonbaar niet leveren"
        BESTEDINGSRUIMTE = "bestedingsruimte", "Onze bestedingsruimte is bereikt"

    plek = models.ForeignKey(Plek, models.PROTECT, related_name="weigeringen")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="weigeringen")
    grond = models.CharField(max_length=20, choices=Grond)
    toelichting = models.TextField()
    moment = models.DateTimeField()
    door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "weigering"
        verbose_name_plural = "weigeringen"
        ordering = ["-moment", "-id"]
        constraints = [models.UniqueConstraint(fields=["plek", "aanbieder"], name="weigering_een_per_aanbieder")]

    def __str__(self) -> str:
        return f"{self.aanbieder} kan {self.plek} niet aannemen"


class IngreepQuerySet(models.QuerySet["Ingreep"]):
    def voor(self, aanstelling: Aanstelling | None) -> IngreepQuerySet:
        if aanstelling is None or not aanstelling.is_gemeente or not aanstelling.mag(Recht.WACHTLIJST_LEZEN):
            return self.none()
        return self.filter(plek__gemeente=aanstelling.gemeente)

    def open(self) -> IngreepQuerySet:
        return self.filter(status=Ingreep.Status.VOORGESTELD)


class Ingreep(MetStatus):
    """A beleidsmedewerker takes off, re-labels or assigns; a second person agrees; the list shows it (R-114)."""

    class Soort(models.TextChoices):
        VAN_DE_LIJST = "van_de_lijst", "Haal van de lijst"
        SPOED_AAN = "spoed_aan", "Zet het label spoed"
        SPOED_UIT = "spoed_uit", "Haal het label spoed weg"
        WIJS_TOE = "wijs_toe", "Wijs zelf een aanbieder aan"

    class Status(models.TextChoices):
        VOORGESTELD = "voorgesteld", "Wacht op akkoord"
        UITGEVOERD = "uitgevoerd", "Uitgevoerd"
        AFGEWEZEN = "afgewezen", "Niet akkoord"

    OVERGANGEN = overgangen({Status.VOORGESTELD: {Status.UITGEVOERD, Status.AFGEWEZEN}})

    plek = models.ForeignKey(Plek, models.PROTECT, related_name="ingrepen")
    soort = models.CharField(max_length=16, choices=Soort)
    status = models.CharField(max_length=12, choices=Status, default=Status.VOORGESTELD)
    reden = models.CharField(max_length=400)
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="+")
    startdatum = models.DateField(null=True, blank=True)
    voorgesteld_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    voorgesteld_op = models.DateTimeField()
    beslist_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    beslist_op = models.DateTimeField(null=True, blank=True)
    beslisreden = models.CharField(max_length=400, blank=True)

    objects = IngreepQuerySet.as_manager()

    class Meta:
        verbose_name = "ingreep"
        verbose_name_plural = "ingrepen"
        ordering = ["-voorgesteld_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plek"],
                condition=Q(status="voorgesteld"),
                name="ingreep_een_open",
                violation_error_message="Er wacht al een ingreep op deze plek.",
            ),
            models.CheckConstraint(
                name="ingreep_vier_ogen", condition=Q(beslist_door=None) | ~Q(beslist_door=F("voorgesteld_door"))
            ),
            models.CheckConstraint(
                name="ingreep_toewijzen_noemt_aanbieder",
                condition=~Q(soort="wijs_toe") | Q(aanbieder__isnull=False, startdatum__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.plek})"

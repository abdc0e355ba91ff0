"""Places on the list, everything that ever happened to them, refusals and interventions (R-110 to R-120).

`Plek` holds how it stands now. `Plekgebeurtenis` holds how it came to stand so: append-only, enough to rebuild the list
as it was at any moment (`lijst_op`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from wachtlijst import rules
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Client,
    Gemeente,
    MetStatus,
    Perceel,
    Product,
    Toewijzing,
    Voorziening,
    Zaak,
    overgangen,
)
from wmo.permissions import Recht


class PlekQuerySet(models.QuerySet["Plek"]):
    def voor(self, aanstelling: Aanstelling | None) -> PlekQuerySet:
        """Staff sees the list of its gemeente, an aanbieder its own claims (what it may claim: `claimbaar`)."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder and aanstelling.mag(Recht.PLEK_CLAIMEN):
            return self.filter(geclaimd_door=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.WACHTLIJST_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente)
        return self.none()

    def claimbaar(self, aanbieder: Aanbieder, *, op: date) -> PlekQuerySet:
        """Places whose product this aanbieder has a perceel for in that gemeente on `op` (R-006), claimed or not."""
        percelen = Perceel.objects.op(op).filter(
            aanbieder=aanbieder,
            gemeente=models.OuterRef("gemeente"),
            contract__producten=models.OuterRef("product"),
        )
        return self.filter(models.Exists(percelen))

    def open(self) -> PlekQuerySet:
        return self.filter(status=Plek.Status.OPEN)

    def op_volgorde(self) -> PlekQuerySet:
        """Whose turn it is: the order of `rules.volgorde`, carried by the index `plek_volgorde` (R-112)."""
        return self.order_by(*rules.VOLGORDE)


class Plek(MetStatus):
    """One place on the list of one gemeente, for one granted provision. Code WRD-0212 names nobody (R-120)."""

    class Status(models.TextChoices):
        OPEN = "open", "Wacht"
        GECLAIMD = "geclaimd", "Geclaimd"
        TOEGEWEZEN = "toegewezen", "Opdracht gemaakt"
        GESTART = "gestart", "Gestart"
        INGETROKKEN = "ingetrokken", "Van de lijst"
        TERUGGEPLAATST = "teruggeplaatst", "Opnieuw geplaatst"

    LOPEND = (Status.OPEN, Status.GECLAIMD, Status.TOEGEWEZEN, Status.GESTART)
    OVERGANGEN = overgangen({
        Status.OPEN: {Status.GECLAIMD, Status.INGETROKKEN},
        Status.GECLAIMD: {Status.OPEN, Status.TOEGEWEZEN, Status.INGETROKKEN},
        Status.TOEGEWEZEN: {Status.GESTART, Status.TERUGGEPLAATST, Status.INGETROKKEN},
        Status.GESTART: {Status.TERUGGEPLAATST},
    })  # fmt: skip

    class Huisdieren(models.TextChoices):
        ONBEKEND = "", "Niet gevraagd"
        GEEN = "geen", "Geen huisdieren"
        KAT = "kat", "Kat in huis"
        HOND = "hond", "Hond in huis"
        KAT_EN_HOND = "kat_hond", "Kat en hond in huis"
        ANDERS = "anders", "Ander huisdier"

    class Roken(models.TextChoices):
        ONBEKEND = "", "Niet gevraagd"
        NEE = "nee", "Er wordt niet gerookt"
        JA = "ja", "Er wordt gerookt"

    class Dag(models.IntegerChoices):
        """ISO weekdays."""

        MAANDAG = 1, "maandag"
        DINSDAG = 2, "dinsdag"
        WOENSDAG = 3, "woensdag"
        DONDERDAG = 4, "donderdag"
        VRIJDAG = 5, "vrijdag"

    code = models.CharField(max_length=12, unique=True)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="plekken")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, related_name="plekken")
    # copies of what never changes for a voorziening: the list, its index and its log need them without four joins
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="plekken")
    client = models.ForeignKey(Client, models.PROTECT, related_name="plekken")
    beschikking_datum = models.DateField()
    minuten_per_week = models.PositiveIntegerField(null=True, blank=True, help_text="Leeg bij een omvang zonder week.")
    postcode4 = models.CharField("postcodegebied", max_length=4)

    geplaatst_op = models.DateTimeField()
    spoed = models.BooleanField(default=False)
    status = models.CharField(max_length=16, choices=Status, default=Status.OPEN)
    huisdieren = models.CharField(max_length=10, choices=Huisdieren, blank=True)
    roken = models.CharField(max_length=3, choices=Roken, blank=True)
    voorkeuraanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="+")
    niet_op_dagen = ArrayField(models.PositiveSmallIntegerField(choices=Dag), default=list, blank=True)

    geclaimd_door = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="plekken")
    geclaimd_op = models.DateTimeField(null=True, blank=True)
    startdatum = models.DateField(null=True, blank=True)  # as the aanbieder promised it
    contactpersoon = models.CharField(max_length=120, blank=True)
    opdracht_uiterlijk = models.DateField(null=True, blank=True)
    uiterste_start = models.DateField(null=True, blank=True)  # besluiten 8
    toewijzing = models.OneToOneField(Toewijzing, models.PROTECT, null=True, blank=True, related_name="plek")
    gestart_op = models.DateField(null=True, blank=True)

    objects = PlekQuerySet.as_manager()

    class Meta:
        verbose_name = "plek"
        verbose_name_plural = "plekken"
        ordering = ["gemeente", *rules.VOLGORDE]
        indexes = [
            models.Index(
                F("gemeente"),
                F("spoed").desc(),
                F("geplaatst_op"),
                F("id"),
                name="plek_volgorde",
                condition=Q(status="open"),
            ),
            models.Index(fields=["geclaimd_door", "-geclaimd_op"], name="plek_claims"),
            models.Index(
                fields=["gemeente", "opdracht_uiterlijk"], name="plek_geclaimd", condition=Q(status="geclaimd")
            ),
            models.Index(
                fields=["gemeente", "uiterste_start"], name="plek_startklok", condition=Q(status="toegewezen")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["voorziening"],
                condition=Q(status__in=["open", "geclaimd", "toegewezen", "gestart"]),
                name="plek_een_per_voorziening",
                violation_error_message="Deze ondersteuning staat al op de wachtlijst.",
            ),
            models.CheckConstraint(
                name="plek_open_is_van_niemand",
                condition=~Q(status="open") | Q(geclaimd_door=None, geclaimd_op=None, startdatum=None),
            ),
            models.CheckConstraint(
                name="plek_claim_is_van_iemand",
                condition=~Q(status__in=["geclaimd", "toegewezen", "gestart"])
                | Q(geclaimd_door__isnull=False, geclaimd_op__isnull=False, startdatum__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Plekgebeurtenis(models.Model):
    """What happened to a place, and how it stood afterwards. Append-only: a trigger refuses update and delete."""

    class Soort(models.TextChoices):
        GEPLAATST = "geplaatst", "Op de lijst gezet"
        GECLAIMD = "geclaimd", "Geclaimd"
        AANGEWEZEN = "aangewezen", "Door de gemeente toegewezen"
        VERVALLEN = "vervallen", "Claim vervallen"
        TOEGEWEZEN = "toegewezen", "Opdracht gemaakt"
        GESTART = "gestart", "Gestart"
        SPOED_AAN = "spoed_aan", "Spoed gezet"
        SPOED_UIT = "spoed_uit", "Spoed weggehaald"
        INGETROKKEN = "ingetrokken", "Van de lijst gehaald"
        TERUGGEPLAATST = "teruggeplaatst", "Opnieuw geplaatst"

    plek = models.ForeignKey(Plek, models.PROTECT, related_name="gebeurtenissen")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    soort = models.CharField(max_length=16, choices=Soort)
    moment = models.DateTimeField()
    door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="+")
    reden = models.CharField(max_length=400, blank=True)
    # how the place stood from this moment on: all that the order needs
    status = models.CharField(max_length=16, choices=Plek.Status)
    spoed = models.BooleanField()
    geplaatst_op = models.DateTimeField()

    class Meta:
        verbose_name = "gebeurtenis op de wachtlijst"
        verbose_name_plural = "gebeurtenissen op de wachtlijst"
        ordering = ["moment", "id"]
        indexes = [
            models.Index("gemeente", "plek", F("moment").desc(), F("id").desc(), name="plekgebeurtenis_stand"),
            models.Index(F("gemeente"), F("moment").desc(), F("id").desc(), name="plekgebeurtenis_geschiedenis"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.moment:%d-%m-%Y %H:%M}"


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
    """A beleidsmedewerker takes off, re-labels or assigns; a second person agrees; the list shows it (besluiten 6)."""

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


@dataclass(frozen=True)
class Stand:
    """How a place stood at some moment: what `rules.volgorde` needs, and its code. `id` is that of the place."""

    id: int
    code: str
    geplaatst_op: datetime
    spoed: bool


def lijst_op(gemeente: Gemeente, moment: datetime) -> list[rules.Plaats[Stand]]:
    """The list as it stood at `moment`, in order and with reasons, rebuilt from what happened. One query."""
    laatste = (
        Plekgebeurtenis.objects.filter(gemeente=gemeente, moment__lte=moment)
        .order_by("plek_id", "-moment", "-id")
        .distinct("plek_id")
        .values_list("plek_id", "plek__code", "geplaatst_op", "spoed", "status")
    )
    return rules.volgorde(
        Stand(plek, code, geplaatst_op, spoed)
        for plek, code, geplaatst_op, spoed, status in laatste
        if status == Plek.Status.OPEN
    )

"""Places on the list as they stand now (R-110 to R-120)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Avg, Count, F, Min, Q

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
from wmo.periodes import vandaag
from wmo.permissions import Recht

NUMMERS = """
SELECT id, nummer FROM (
    SELECT id, row_number() OVER (ORDER BY spoed DESC, geplaatst_op, id) AS nummer
      FROM wachtlijst_plek WHERE gemeente_id = %s AND status = 'open') lijst WHERE id = ANY(%s)
"""


class Mediaan(models.Aggregate):
    """The middle one: one person who waited a year does not move it."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.DurationField()


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

    def ervoor(self, plek: Plek) -> PlekQuerySet:
        """Open places of the same list that come before this one."""
        eerder = Q(geplaatst_op__lt=plek.geplaatst_op) | Q(geplaatst_op=plek.geplaatst_op, pk__lt=plek.pk)
        voorrang = Q(spoed=True) & eerder if plek.spoed else Q(spoed=True) | eerder
        return self.open().filter(voorrang, gemeente=plek.gemeente_id)

    def nummers(self, gemeente: Gemeente, plekken: Iterable[Plek]) -> dict[int, int]:
        """Number on the list per key, for those that are open. One query, whatever filter found them."""
        gevraagd = [plek.pk for plek in plekken if plek.status == Plek.Status.OPEN]
        if not gevraagd:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(NUMMERS, [gemeente.pk, gevraagd])
            return dict(cursor.fetchall())

    def cijfers(self, *, nu: datetime, op: date) -> dict[str, Any]:
        """The tiles of a list: who waits and how long (days), what waits for its opdracht or start. Three queries."""
        wachtend = (
            self.open()
            .order_by()
            .aggregate(wachtend=Count("pk"), eerste=Min("geplaatst_op"), duur=Avg(nu - F("geplaatst_op")))
        )
        geclaimd = self.filter(status=Plek.Status.GECLAIMD).order_by()
        start = self.filter(status=Plek.Status.TOEGEWEZEN, uiterste_start__lt=op).order_by()
        return {
            "wachtend": wachtend["wachtend"],
            "langst": (op - vandaag(wachtend["eerste"])).days if wachtend["eerste"] else 0,
            "gemiddeld": round(wachtend["duur"].total_seconds() / 86_400) if wachtend["duur"] else 0,
            "start_te_laat": start.count(),
            **geclaimd.aggregate(
                geclaimd=Count("pk"), opdracht_te_laat=Count("pk", filter=Q(opdracht_uiterlijk__lt=op))
            ),
        }

    def wachttijden(self, *, sinds: datetime) -> models.QuerySet[Plek, dict[str, Any]]:
        """Per product and gemeente who waits now, who was claimed since then, and half of those waited how long."""
        geclaimd = Q(geclaimd_op__gte=sinds)
        return (
            self.order_by("product__naam", "gemeente__naam")
            .values(product_naam=F("product__naam"), gemeente_naam=F("gemeente__naam"))
            .annotate(
                wachtend=Count("pk", filter=Q(status=Plek.Status.OPEN)),
                geclaimd=Count("pk", filter=geclaimd),
                mediaan=Mediaan(F("geclaimd_op") - F("geplaatst_op"), filter=geclaimd),
            )
        )

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
    uiterste_start = models.DateField(null=True, blank=True)  # 2 + 20 working days
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

"""The spoedtraject: every aanbieder asked at once, the first that says yes has it (R-125 to R-130)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from wmo.models import (
    Aanbieder,
    Aanstelling,
    Client,
    Gemeente,
    MetStatus,
    Product,
    Toewijzing,
    Voorziening,
    Zaak,
    overgangen,
)
from wmo.permissions import Recht


class SpoedtrajectQuerySet(models.QuerySet["Spoedtraject"]):
    def voor(self, aanstelling: Aanstelling | None) -> SpoedtrajectQuerySet:
        """Staff that reads the list of its gemeente; an aanbieder those it was asked for."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder and aanstelling.mag(Recht.PLEK_CLAIMEN):
            return self.filter(antwoorden__aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.WACHTLIJST_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente)
        return self.none()

    def lopend(self) -> SpoedtrajectQuerySet:
        return self.filter(status__in=Spoedtraject.LOPEND)


class Spoedtraject(MetStatus):
    """Spoed beside the list (R-127). `code` names nobody; what an aanbieder sees is copied here (R-120)."""

    class Status(models.TextChoices):
        UITGEVRAAGD = "uitgevraagd", "Uitgevraagd"
        GEEN_MATCH = "geen_match", "Niemand kan"
        OVERLEG = "overleg", "Overleg met alle aanbieders"
        RUIMTE_GEMAAKT = "ruimte", "Ruimte gemaakt"
        MATCH = "match", "Aanbieder gevonden"
        TOEGEWEZEN = "toegewezen", "Opdracht gemaakt"
        ALTERNATIEF = "alternatief", "Anders opgelost"
        INGETROKKEN = "ingetrokken", "Ingetrokken"

    TE_BEANTWOORDEN = (Status.UITGEVRAAGD, Status.GEEN_MATCH, Status.OVERLEG, Status.RUIMTE_GEMAAKT)
    LOPEND = (*TE_BEANTWOORDEN, Status.MATCH)
    OVERGANGEN = overgangen({
        Status.UITGEVRAAGD: {Status.MATCH, Status.GEEN_MATCH, Status.INGETROKKEN},
        # a late yes still counts while nobody has it
        Status.GEEN_MATCH: {Status.MATCH, Status.OVERLEG, Status.INGETROKKEN},
        Status.OVERLEG: {Status.MATCH, Status.RUIMTE_GEMAAKT, Status.ALTERNATIEF, Status.INGETROKKEN},
        Status.RUIMTE_GEMAAKT: {Status.MATCH, Status.ALTERNATIEF, Status.INGETROKKEN},
        Status.MATCH: {Status.TOEGEWEZEN, Status.INGETROKKEN},
    })  # fmt: skip

    code = models.CharField(max_length=14, unique=True)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="spoedtrajecten")
    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="spoedtrajecten")
    client = models.ForeignKey(Client, models.PROTECT, related_name="spoedtrajecten")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, related_name="spoedtrajecten")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    grond = models.CharField(max_length=20, choices=Zaak.Spoedgrond)
    minuten_per_week = models.PositiveIntegerField(null=True, blank=True)
    postcode4 = models.CharField("postcodegebied", max_length=4)
    status = models.CharField(max_length=12, choices=Status, default=Status.UITGEVRAAGD)
    uitgevraagd_op = models.DateTimeField()
    antwoord_uiterlijk = models.DateTimeField()  # 24 clock hours
    leveren_uiterlijk = models.DateField()  # seven days
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="+")
    startdatum = models.DateField(null=True, blank=True)
    toewijzing = models.OneToOneField(Toewijzing, models.PROTECT, null=True, blank=True, related_name="spoedtraject")
    overleg_op = models.DateTimeField("overleg met alle aanbieders", null=True, blank=True)
    overleg_waar = models.CharField(max_length=160, blank=True)
    afloop = models.TextField("hoe het afliep", blank=True)

    objects = SpoedtrajectQuerySet.as_manager()

    class Meta:
        verbose_name = "spoedtraject"
        verbose_name_plural = "spoedtrajecten"
        ordering = ["-uitgevraagd_op", "-id"]
        indexes = [models.Index(fields=["gemeente", "status"], name="spoed_bord")]
        constraints = [
            models.UniqueConstraint(
                fields=["voorziening"],
                condition=Q(status__in=["uitgevraagd", "geen_match", "overleg", "ruimte", "match"]),
                name="spoed_een_lopend_per_voorziening",
            ),
            models.CheckConstraint(
                name="spoed_match_is_van_iemand",
                condition=~Q(status__in=["match", "toegewezen"]) | Q(aanbieder__isnull=False, startdatum__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_te_laat(self, op: date) -> bool:
        return self.leveren_uiterlijk < op


class Spoedantwoord(models.Model):
    """One aanbieder that was asked: yes with a start, no with a reason, or nothing yet (R-128)."""

    class Antwoord(models.TextChoices):
        GEEN = "", "Geen antwoord"
        JA = "ja", "Ja"
        NEE = "nee", "Nee"

    class Reden(models.TextChoices):
        """Why not. A stop of new clients is no ground for spoed (R-162)."""

        GEEN_PERSONEEL = "geen_personeel", "Wij hebben binnen 7 dagen geen medewerker"
        AFSTAND = "afstand", "Wij komen niet in dit gebied"
        DESKUNDIGHEID = "deskundigheid", "Wij hebben de juiste deskundigheid niet"

    traject = models.ForeignKey(Spoedtraject, models.PROTECT, related_name="antwoorden")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="spoedantwoorden")
    antwoord = models.CharField(max_length=3, choices=Antwoord, blank=True)
    startdatum = models.DateField(null=True, blank=True)
    reden = models.CharField(max_length=20, choices=Reden, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    gemaild_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "antwoord op spoed"
        verbose_name_plural = "antwoorden op spoed"
        ordering = ["traject_id", "aanbieder__naam"]
        constraints = [models.UniqueConstraint(fields=["traject", "aanbieder"], name="spoedantwoord_een_per_aanbieder")]

    def __str__(self) -> str:
        return f"{self.aanbieder}: {self.get_antwoord_display()}"


class Spoedruimte(models.Model):
    """Room that the gemeente made for spoed by changing another decision: never done by an aanbieder (R-129)."""

    traject = models.ForeignKey(Spoedtraject, models.PROTECT, related_name="ruimte")
    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="+")
    toelichting = models.TextField()
    moment = models.DateTimeField()
    door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "ruimte voor spoed"
        verbose_name_plural = "ruimte voor spoed"
        ordering = ["traject_id", "moment"]

    def __str__(self) -> str:
        return f"{self.traject}: {self.toewijzing}"


def telling(traject: Spoedtraject) -> dict[str, Any]:
    """Answers of one traject: asked, yes, no, waiting. Reads prefetched answers when they are there."""
    antwoorden = [antwoord.antwoord for antwoord in traject.antwoorden.all()]
    ja, nee = antwoorden.count(Spoedantwoord.Antwoord.JA), antwoorden.count(Spoedantwoord.Antwoord.NEE)
    return {"gevraagd": len(antwoorden), "ja": ja, "nee": nee, "wachten": len(antwoorden) - ja - nee}

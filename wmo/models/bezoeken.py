"""What an aanbieder reports beside start and stop: a visit that failed, a crisis, a death (R-140 to R-150, R-163)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wmo.models.clienten import Client
from wmo.models.gebruikers import Aanstelling
from wmo.models.status import MetStatus, overgangen
from wmo.models.toewijzingen import Toewijzing
from wmo.permissions import Recht


class MeldingQuerySet(models.QuerySet):
    def voor(self, aanstelling: Aanstelling | None) -> MeldingQuerySet:
        """Those of the opdrachten that this person may see."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(toewijzing__aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.DOSSIER_LEZEN):
            return self.filter(toewijzing__gemeente=aanstelling.gemeente)
        return self.none()


class GemistBezoek(models.Model):
    """A visit that did not take place. `soort` follows from the two moments (wmo/rules/afspraken.py).

    Nothing of it can be declared (R-144). Only a no-show is judged by the gemeente: may the client get an invoice?
    """

    class Soort(models.TextChoices):
        LANG = "MEER_DAN_24_UUR", "Afgezegd, meer dan 24 uur van tevoren"
        KORT = "MINDER_DAN_24_UUR", "Afgezegd, minder dan 24 uur van tevoren"
        NIET_THUIS = "NO_SHOW", "Niet thuis"

    class Rekening(models.TextChoices):
        """What gemeente and aanbieder agreed about an invoice to the client (R-143)."""

        OPEN = "", "Nog geen overleg"
        TOEGESTAAN = "toegestaan", "Rekening mag"
        NIET = "niet", "Geen rekening"

    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="gemiste_bezoeken")
    soort = models.CharField(max_length=20, choices=Soort)
    afspraak_op = models.DateTimeField("afspraak")
    afgezegd_op = models.DateTimeField("afgezegd", null=True, blank=True)
    overmacht = models.BooleanField(default=False)  # the exception of R-140
    kwetsbaar = models.BooleanField("extra kwetsbaar", default=False)
    toelichting = models.TextField("wat deed u?", blank=True)
    gemeld_op = models.DateTimeField()
    gemeld_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    rekening = models.CharField("rekening aan de cliënt", max_length=10, choices=Rekening, blank=True)
    overleg = models.TextField("uitkomst van het overleg", blank=True)
    beoordeeld_op = models.DateTimeField(null=True, blank=True)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "gemist bezoek"
        verbose_name_plural = "gemiste bezoeken"
        ordering = ["-afspraak_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["toewijzing", "afspraak_op"],
                name="gemist_bezoek_een_per_afspraak",
                violation_error_message="Dit bezoek is al gemeld.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.toewijzing_id})"

    @property
    def is_niet_thuis(self) -> bool:
        return self.soort == self.Soort.NIET_THUIS


class Crisismelding(models.Model):
    """A crisis, always reported (R-163). Extra help may go on at once; the next evaluation discusses it."""

    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="crisismeldingen")
    datum = models.DateField()
    wat = models.TextField("wat is er gebeurd?")
    extra_hulp = models.TextField("welke hulp geeft u extra?", blank=True)
    gemeld_op = models.DateTimeField()
    gemeld_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "crisismelding"
        verbose_name_plural = "crisismeldingen"
        ordering = ["-datum", "-id"]

    def __str__(self) -> str:
        return f"Crisis {self.datum:%d-%m-%Y}"


class Overlijdensmelding(MetStatus):
    """An aanbieder says that a client died (R-150). The gemeente reconciles it with its own source on one date."""

    class Status(models.TextChoices):
        GEMELD = "gemeld", "Gemeld"
        VERWERKT = "verwerkt", "Verwerkt"
        ONJUIST = "onjuist", "Klopt niet"

    OVERGANGEN = overgangen({Status.GEMELD: {Status.VERWERKT, Status.ONJUIST}})

    class Huisgenoot(models.TextChoices):
        NEE = "nee", "Nee, er woont niemand meer die hulp nodig heeft"
        JA = "ja", "Ja, er woont iemand die zelf hulp nodig heeft"
        ONBEKEND = "onbekend", "Dat weten wij niet"

    client = models.ForeignKey(Client, models.PROTECT, related_name="overlijdensmeldingen")
    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="overlijdensmeldingen")
    status = models.CharField(max_length=10, choices=Status, default=Status.GEMELD)
    overleden_op = models.DateField()
    huisgenoot = models.CharField("huisgenoot met eigen hulpvraag", max_length=10, choices=Huisgenoot)
    toelichting = models.TextField(blank=True)
    gemeld_op = models.DateTimeField()
    gemeld_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    afgehandeld_op = models.DateTimeField(null=True, blank=True)

    objects = MeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "overlijdensmelding"
        verbose_name_plural = "overlijdensmeldingen"
        ordering = ["-gemeld_op", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["toewijzing"], condition=Q(status="gemeld"), name="overlijdensmelding_een_open_per_opdracht"
            )
        ]

    def __str__(self) -> str:
        return f"Overlijdensmelding {self.toewijzing_id}"

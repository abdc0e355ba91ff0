"""What the knooppunt says about the delivery of a message: a Fo01, from them to us or from us to them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from berichten.models.berichten import Bericht
from wmo.models import Aanstelling, Gemeente
from wmo.permissions import Recht


class FoutmeldingQuerySet(models.QuerySet["Foutmelding"]):
    def voor(self, aanstelling: Aanstelling | None) -> FoutmeldingQuerySet:
        """The gemeente's own; what concerns one message is shown with that message as well."""
        if aanstelling is None or not (aanstelling.is_gemeente and aanstelling.mag(Recht.BERICHTEN_LEZEN)):
            return self.none()
        return self.filter(gemeente=aanstelling.gemeente)

    def actie_nodig(self) -> FoutmeldingQuerySet:
        """What no message in the list "Actie nodig" stands for: about an unknown number, or ours that cannot leave."""
        onbekend = Q(richting=Bericht.Richting.IN, bericht=None)
        opgegeven = Q(richting=Bericht.Richting.UIT, verzonden_op=None, volgende_poging_op=None, pogingen__gt=0)
        return self.filter(onbekend | opgegeven, afgehandeld_op=None)

    def te_verzenden(self, nu: datetime, max_pogingen: int) -> FoutmeldingQuerySet:
        wacht = Q(volgende_poging_op=None) | Q(volgende_poging_op__lte=nu)
        uit = self.filter(wacht, richting=Bericht.Richting.UIT, verzonden_op=None, pogingen__lt=max_pogingen)
        return uit.order_by("id")


class Foutmelding(models.Model):
    """One Fo01. Code and text are kept as they came: one code means different things in different years."""

    richting = models.CharField(max_length=3, choices=Bericht.Richting)
    bericht = models.ForeignKey(
        Bericht,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="foutmeldingen",
        help_text="Leeg als het nummer bij geen bericht van ons hoort.",
    )
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="+")
    tegenpartij = models.CharField(max_length=200, help_text="De organisatie aan de andere kant.")
    referentienummer = models.CharField(max_length=40)
    cross_refnummer = models.CharField(max_length=40, help_text="Nummer van de envelop waar dit over gaat.")
    code = models.CharField(max_length=7)
    omschrijving = models.CharField(max_length=200)
    details = models.CharField(max_length=1000, blank=True)
    ontstaan_op = models.DateTimeField()
    # delivery
    verzonden_op = models.DateTimeField(null=True, blank=True)
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging_op = models.DateTimeField(null=True, blank=True)
    laatste_fout = models.CharField(max_length=400, blank=True)
    afgehandeld_op = models.DateTimeField("door een mens afgehandeld", null=True, blank=True)

    objects = FoutmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "foutmelding van het knooppunt"
        verbose_name_plural = "foutmeldingen van het knooppunt"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["richting", "tegenpartij", "referentienummer"], name="foutmelding_nummer_uniek"
            ),
            models.UniqueConstraint(
                fields=["bericht"], condition=Q(richting="uit"), name="foutmelding_een_per_bericht"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.get_richting_display().lower()})"

    @property
    def is_ontvangen(self) -> bool:
        return self.richting == Bericht.Richting.IN

    @property
    def is_opgegeven(self) -> bool:
        """One of ours that did not leave and is not tried again by itself."""
        return not self.is_ontvangen and not self.verzonden_op and not self.volgende_poging_op and self.pogingen > 0

    @property
    def vraagt_actie(self) -> bool:
        """As the queryset `actie_nodig`."""
        onbekend = self.is_ontvangen and self.bericht_id is None
        return (onbekend or self.is_opgegeven) and self.afgehandeld_op is None

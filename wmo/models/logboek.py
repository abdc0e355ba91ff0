"""Who did what, and who looked (NEN 7513, R-347). Append-only: a trigger refuses update and delete."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wmo.models.clienten import Client
from wmo.models.dossiers import Zaak
from wmo.models.gebruikers import Aanstelling
from wmo.models.gemeenten import Gemeente


class Zegel(models.Model):
    """A link of the hash chain of one gemeente (or none): sha256 over the previous hash and the sealed lines.

    Lines are sealed in batches by beat, so that logging serialises nobody (ADR 0003).
    """

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="zegels")
    volgnummer = models.PositiveIntegerField()
    moment = models.DateTimeField()
    aantal = models.PositiveIntegerField()
    afdrukken = models.BinaryField(help_text="Per regel 40 bytes: id en sha256 (wmo/rules/zegels.py).")
    vorige_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "zegel"
        verbose_name_plural = "zegels"
        ordering = ["gemeente_id", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "volgnummer"], name="zegel_volgnummer_uniek", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"Zegel {self.volgnummer}"


class LogregelQuerySet(models.QuerySet["Logregel"]):
    def voor(self, aanstelling: Aanstelling | None) -> LogregelQuerySet:
        """A toezichthouder reads the log of its gemeente, a beheerder the whole log (without content), others none."""
        from wmo.permissions import Recht, Rol

        if aanstelling is None or not aanstelling.mag(Recht.LOGBOEK_LEZEN):
            return self.none()
        if aanstelling.rol == Rol.TOEZICHTHOUDER:
            return self.filter(gemeente=aanstelling.gemeente)
        return self

    def tijdlijn(self, zaak: Zaak) -> LogregelQuerySet:
        """What happened in a case, newest first; looking is left out (that is the tab "Wie keek mee?")."""
        return self.filter(zaak=zaak, soort=Logregel.Soort.WIJZIGING).order_by("-moment", "-id")

    def laatste(self, handeling: str) -> Logregel | None:
        """The newest line of a kind of act, with the person."""
        return self.filter(handeling__startswith=handeling).select_related("aanstelling__gebruiker").first()


class Logregel(models.Model):
    """One act. `tekst` is a sentence without name or BSN; rol and organisatie are as they were at that moment."""

    class Soort(models.TextChoices):
        WIJZIGING = "wijziging", "Wijziging"
        LEZEN = "lezen", "Bekeken"
        ZOEKEN = "zoeken", "Gezocht"
        BSN = "bsn", "BSN getoond"
        EXPORT = "export", "Gedownload of afgedrukt"
        TOEGANG = "toegang", "Toegang"

    moment = models.DateTimeField()
    aanstelling = models.ForeignKey(Aanstelling, models.PROTECT, related_name="logregels")
    rol = models.CharField(max_length=30)
    organisatie = models.CharField(max_length=120)
    soort = models.CharField(max_length=10, choices=Soort)
    handeling = models.CharField(max_length=60)
    tekst = models.CharField(max_length=400)
    reden = models.CharField(max_length=400, blank=True)
    details = models.JSONField(default=dict, blank=True)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="+")
    zaak = models.ForeignKey(Zaak, models.PROTECT, null=True, blank=True, related_name="logregels")
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="logregels")
    object_soort = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    zegel = models.ForeignKey(Zegel, models.PROTECT, null=True, blank=True, related_name="regels")

    objects = LogregelQuerySet.as_manager()

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        ordering = ["-moment", "-id"]
        indexes = [
            models.Index(F("zaak"), F("moment").desc(), name="logregel_zaak", condition=Q(zaak__isnull=False)),
            models.Index(F("moment").desc(), F("id").desc(), name="logregel_moment"),
            models.Index(fields=["gemeente", "id"], name="logregel_onverzegeld", condition=Q(zegel=None)),
        ]

    def __str__(self) -> str:
        return f"{self.moment:%d-%m-%Y %H:%M} {self.tekst}"

"""The opdracht to a provider, its append-only versions, delivery and requests for change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from wmo.fields import Geld
from wmo.models.aanbieders import Aanbieder
from wmo.models.beschikkingen import Voorziening
from wmo.models.clienten import Client
from wmo.models.contracten import Eenheid, Frequentie, Product
from wmo.models.gebruikers import Aanstelling
from wmo.models.gemeenten import Gemeente
from wmo.models.status import MetStatus, overgangen
from wmo.periodes import AMSTERDAM
from wmo.permissions import Recht


class ToewijzingQuerySet(models.QuerySet["Toewijzing"]):
    def voor(self, aanstelling: Aanstelling | None) -> ToewijzingQuerySet:
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.DOSSIER_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente)
        return self.none()

    def actueel(self, op: date) -> ToewijzingQuerySet:
        """Running on or after `op` and not deleted: what a 301 always carries (OP087)."""
        return self.exclude(status=Toewijzing.Status.VERWIJDERD).filter(Q(einddatum=None) | Q(einddatum__gte=op))


class Toewijzing(MetStatus):
    """An opdracht: one client, one provider, one product. Its content lives in versions; the newest is copied here.

    `toewijzingnummer` is unique within the gemeente (TR332) and at most nine digits (LDT_Nummer).
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", "Nog te versturen"
        VERZONDEN = "verzonden", "Verzonden"
        ONTVANGEN = "ontvangen", "Ontvangen"
        AFGEKEURD = "afgekeurd", "Afgekeurd"
        ACTIEF = "actief", "Loopt"
        BEEINDIGD = "beeindigd", "Beëindigd"
        VERWIJDERD = "verwijderd", "Verwijderd"

    OVERGANGEN = overgangen({
        Status.CONCEPT: {Status.VERZONDEN, Status.VERWIJDERD},
        Status.VERZONDEN: {Status.ONTVANGEN, Status.AFGEKEURD, Status.ACTIEF, Status.VERWIJDERD, Status.BEEINDIGD},
        Status.AFGEKEURD: {Status.VERZONDEN, Status.VERWIJDERD},
        # a 305 may come before the 302 (OP080: order of arrival has no meaning)
        Status.ONTVANGEN: {Status.ACTIEF, Status.VERWIJDERD, Status.BEEINDIGD},
        Status.ACTIEF: {Status.BEEINDIGD, Status.VERWIJDERD},
        Status.BEEINDIGD: {Status.ACTIEF},
    })  # fmt: skip

    toewijzingnummer = models.BigIntegerField()
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="toewijzingen")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="toewijzingen")
    client = models.ForeignKey(Client, models.PROTECT, related_name="toewijzingen")
    voorziening = models.ForeignKey(Voorziening, models.PROTECT, related_name="toewijzingen")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status, default=Status.CONCEPT)
    opmerking = models.TextField("opmerking voor de aanbieder", blank=True)  # Commentaar of the 301
    opmerking_gelezen_op = models.DateTimeField(null=True, blank=True)
    uiterste_startdatum = models.DateField(null=True, blank=True)
    gewenste_startdatum = models.DateField(null=True, blank=True)  # from the claim
    contactpersoon = models.CharField(max_length=120, blank=True)
    # copy of the newest version, kept by wmo/actions/toewijzingen.py in the same transaction
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    eenheid = models.CharField(max_length=2, choices=Eenheid, blank=True)
    frequentie = models.CharField(max_length=1, choices=Frequentie, blank=True)
    budget = Geld(null=True, blank=True)

    objects = ToewijzingQuerySet.as_manager()

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "toewijzingnummer"], name="toewijzingnummer_uniek_per_gemeente"
            ),
            models.CheckConstraint(
                name="toewijzing_einde_na_begin", condition=Q(einddatum=None) | Q(einddatum__gte=F("ingangsdatum"))
            ),
        ]
        indexes = [models.Index(fields=["aanbieder", "client"], name="toewijzing_aanbieder_client")]

    def __str__(self) -> str:
        return f"Toewijzing {self.toewijzingnummer}"

    def einddatum_sinds(self) -> datetime:
        """When the present einddatum was laid down: the oldest of the newest versions that share it. One query."""
        moment = None
        for versie in self.versies.all():
            if versie.einddatum != self.einddatum:
                break
            moment = datetime.combine(versie.toewijzingsdatum, versie.toewijzingstijd, tzinfo=AMSTERDAM)
        assert moment is not None  # an opdracht has a version from its first moment
        return moment


class ToewijzingVersie(models.Model):
    """What was assigned from one moment on. Append-only: a trigger refuses update and delete.

    Newest is the highest (toewijzingsdatum, toewijzingstijd): order of sending or arrival means nothing (OP080, IV013).
    """

    class RedenWijziging(models.TextChoices):
        """WMO002; empty for new and unchanged (IV099)."""

        GEEN = "", "geen wijziging"
        OVERLIJDEN = "02", "Overlijden"
        CONTRACT = "03", "Contractwijziging"
        HERINDICATIE = "04", "Herindicatie"
        GEEINDIGD = "05", "Ondersteuning volgens plan geëindigd"
        VERHUISD = "07", "Verhuizing naar andere gemeente"
        WLZ = "09", "Overgang naar andere wet"
        OP_VERZOEK = "12", "Gewijzigd na verzoek om wijziging"
        VERWIJDERD = "13", "Toewijzing verwijderd"
        ANDERS = "14", "Gewijzigd door de gemeente"

    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="versies")
    versie = models.PositiveSmallIntegerField()
    toewijzingsdatum = models.DateField()
    toewijzingstijd = models.TimeField()
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    eenheid = models.CharField(max_length=2, choices=Eenheid, blank=True)
    frequentie = models.CharField(max_length=1, choices=Frequentie, blank=True)
    budget = Geld(null=True, blank=True)
    reden_wijziging = models.CharField(max_length=2, blank=True)
    referentie_aanbieder = models.CharField(max_length=36, blank=True)  # IV097: only after a VOT or VOW
    door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "versie van een toewijzing"
        verbose_name_plural = "versies van toewijzingen"
        ordering = ["toewijzing_id", "-toewijzingsdatum", "-toewijzingstijd", "-versie"]
        constraints = [models.UniqueConstraint(fields=["toewijzing", "versie"], name="toewijzing_versie_uniek")]

    def __str__(self) -> str:
        return f"{self.toewijzing} versie {self.versie}"

    @property
    def reden(self) -> str:
        return str(self.RedenWijziging(self.reden_wijziging).label)


class Levering(MetStatus):
    """Where the delivery of one toewijzing stands, told by 305 and 307."""

    class Status(models.TextChoices):
        NIET_GESTART = "niet_gestart", "Niet gestart"
        GESTART = "gestart", "Loopt"
        TIJDELIJK_GESTOPT = "tijdelijk_gestopt", "Pauze"
        DEFINITIEF_GESTOPT = "definitief_gestopt", "Gestopt"

    OVERGANGEN = overgangen({
        Status.NIET_GESTART: {Status.GESTART},
        # back through a message with StatusAanlevering 3: the state before the deleted start or stop
        Status.GESTART: {Status.NIET_GESTART, Status.TIJDELIJK_GESTOPT, Status.DEFINITIEF_GESTOPT},
        Status.TIJDELIJK_GESTOPT: {Status.GESTART, Status.DEFINITIEF_GESTOPT},
        Status.DEFINITIEF_GESTOPT: {Status.GESTART, Status.TIJDELIJK_GESTOPT},
    })  # fmt: skip

    toewijzing = models.OneToOneField(Toewijzing, models.PROTECT, related_name="levering")
    status = models.CharField(max_length=20, choices=Status, default=Status.NIET_GESTART)
    begindatum = models.DateField(null=True, blank=True)
    einddatum = models.DateField(null=True, blank=True)
    reden_beeindiging = models.CharField(max_length=2, blank=True)
    geaccepteerd_op = models.DateTimeField("opdracht geaccepteerd", null=True, blank=True)

    class Meta:
        verbose_name = "levering"
        verbose_name_plural = "leveringen"

    def __str__(self) -> str:
        return f"Levering {self.toewijzing_id}: {self.get_status_display()}"


class Leveringsfeit(models.Model):
    """A start or stop that was accepted; `vervallen_op` is set when a message deletes it (StatusAanlevering 3)."""

    class Soort(models.TextChoices):
        START = "start", "Start"
        STOP = "stop", "Stop"

    levering = models.ForeignKey(Levering, models.PROTECT, related_name="feiten")
    soort = models.CharField(max_length=5, choices=Soort)
    begindatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    reden_beeindiging = models.CharField(max_length=2, blank=True)
    gemeld_op = models.DateTimeField()
    vervallen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "leveringsfeit"
        verbose_name_plural = "leveringsfeiten"
        ordering = ["levering_id", "gemeld_op", "id"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.begindatum:%d-%m-%Y}"


class VerzoekQuerySet(models.QuerySet["Verzoek"]):
    def voor(self, aanstelling: Aanstelling | None) -> VerzoekQuerySet:
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.DOSSIER_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente)
        return self.none()

    def open(self) -> VerzoekQuerySet:
        return self.filter(status__in=Verzoek.OPEN)

    def samen(self, eerste: Any) -> VerzoekQuerySet:
        """Everything asked in one message, of which `eerste` (a key or an OuterRef) came first."""
        return self.filter(Q(pk=eerste) | Q(samen_met=eerste))


class Verzoek(MetStatus):
    """A request of a provider: VOT (315) or VOW (317). One open request per client and provider (TR374).

    Each product of a 315 is a request of its own; those of one message hang together by `samen_met`.
    """

    class Soort(models.TextChoices):
        VOT = "315", "Verzoek om toewijzing"
        VOW = "317", "Verzoek om wijziging"

    class Status(models.TextChoices):
        INGEDIEND = "ingediend", "Ingediend"
        IN_ONDERZOEK = "in_onderzoek", "In onderzoek"
        GEHONOREERD = "gehonoreerd", "Gehonoreerd"
        AFGEWEZEN = "afgewezen", "Afgewezen"

    OPEN = (Status.INGEDIEND, Status.IN_ONDERZOEK)
    OVERGANGEN = overgangen({
        Status.INGEDIEND: {Status.IN_ONDERZOEK, Status.GEHONOREERD, Status.AFGEWEZEN},
        Status.IN_ONDERZOEK: {Status.GEHONOREERD, Status.AFGEWEZEN},  # "in onderzoek" only once (TR360)
    })  # fmt: skip

    soort = models.CharField(max_length=3, choices=Soort)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="verzoeken")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, related_name="verzoeken")
    client = models.ForeignKey(Client, models.PROTECT, related_name="verzoeken")
    referentie = models.CharField(max_length=36)
    samen_met = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ook_gevraagd",
        help_text="Het eerste verzoek uit hetzelfde bericht; elk krijgt een eigen uitkomst (R-303).",
    )
    dagtekening = models.DateField()
    status = models.CharField(max_length=12, choices=Status, default=Status.INGEDIEND)
    reden = models.CharField("reden verzoek", max_length=1, blank=True)
    toelichting = models.TextField(blank=True)
    uiterlijk = models.DateField("antwoord uiterlijk")
    antwoord_reden = models.CharField("reden afwijzing", max_length=2, blank=True)  # WJ759, R-307
    antwoord_toelichting = models.TextField(blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)

    objects = VerzoekQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek"
        verbose_name_plural = "verzoeken"
        ordering = ["uiterlijk", "id"]
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "aanbieder", "referentie"], name="verzoek_referentie_uniek"),
            models.UniqueConstraint(
                fields=["client", "aanbieder"],
                condition=Q(status__in=["ingediend", "in_onderzoek"], samen_met=None),
                name="verzoek_een_open_per_client",  # TR374
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.referentie}"


class VerzoekProduct(models.Model):
    """A line of a request: unchanged, to change, or new (317); asked (315). Volume in the unit given."""

    class Soort(models.TextChoices):
        ONGEWIJZIGD = "ongewijzigd", "Ongewijzigd"
        TE_WIJZIGEN = "te_wijzigen", "Te wijzigen"
        NIEUW = "nieuw", "Nieuw"
        GEVRAAGD = "gevraagd", "Gevraagd"

    verzoek = models.ForeignKey(Verzoek, models.CASCADE, related_name="producten")
    soort = models.CharField(max_length=12, choices=Soort)
    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, null=True, blank=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, blank=True, related_name="+")
    gewenste_ingangsdatum = models.DateField(null=True, blank=True)
    einddatum = models.DateField(null=True, blank=True)
    volume = models.PositiveIntegerField(null=True, blank=True)
    eenheid = models.CharField(max_length=2, choices=Eenheid, blank=True)
    frequentie = models.CharField(max_length=1, choices=Frequentie, blank=True)
    budget = Geld(null=True, blank=True)

    class Meta:
        verbose_name = "product in verzoek"
        verbose_name_plural = "producten in verzoek"
        ordering = ["verzoek_id", "id"]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.verzoek})"


class Pauze(MetStatus):
    """A pause as agreed with the resident; what it means for messages and money is policy of the gemeente (R-230)."""

    class Status(models.TextChoices):
        ACTIEF = "actief", "Pauze"
        HERVAT = "hervat", "Hervat"
        BEEINDIGD = "beeindigd", "Beëindigd"

    OVERGANGEN = overgangen({Status.ACTIEF: {Status.HERVAT, Status.BEEINDIGD}})

    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="pauzes")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIEF)
    vanaf = models.DateField()
    verwacht_tot = models.DateField(null=True, blank=True)
    hervat_op = models.DateField(null=True, blank=True)
    aanleiding = models.CharField(max_length=30)
    reden = models.TextField()

    class Meta:
        verbose_name = "pauze"
        verbose_name_plural = "pauzes"
        ordering = ["toewijzing_id", "-vanaf"]
        constraints = [
            models.UniqueConstraint(fields=["toewijzing"], condition=Q(status="actief"), name="pauze_een_actieve")
        ]

    def __str__(self) -> str:
        return f"Pauze vanaf {self.vanaf:%d-%m-%Y}"

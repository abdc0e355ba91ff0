"""In- and outbox. One table for both directions, so that a conversation reads as one list."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from declaraties.models import Declaratie
from wmo.fields import IngepakteBytes, pak_uit
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Client,
    Gemeente,
    MetStatus,
    Toewijzing,
    ToewijzingVersie,
    Verzoek,
    overgangen,
)
from wmo.permissions import Recht

DEELGROOTTE = 1024 * 1024  # bytes of a message per encrypted row


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def voor(self, aanstelling: Aanstelling | None) -> BerichtQuerySet:
        """Each party sees its own side of the road; the regio sees none (R-002).

        An aanbieder with its own software has no side here: it sees what the gemeente sent and received.
        """
        if aanstelling is None:
            return self.none()
        if aanstelling.aanbieder and aanstelling.mag(Recht.EIGEN_BERICHTEN):
            kant = Bericht.Kant.GEMEENTE if aanstelling.aanbieder.eigen_software else Bericht.Kant.AANBIEDER
            return self.filter(aanbieder=aanstelling.aanbieder, kant=kant)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.BERICHTEN_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente, kant=Bericht.Kant.GEMEENTE)
        return self.none()

    def te_verzenden(self, nu: datetime) -> BerichtQuerySet:
        wacht = Q(volgende_poging_op=None) | Q(volgende_poging_op__lte=nu)
        return self.filter(wacht, richting=Bericht.Richting.UIT, status=Bericht.Status.KLAAR).order_by("id")

    def te_verwerken(self) -> BerichtQuerySet:
        return self.filter(richting=Bericht.Richting.IN, status=Bericht.Status.ONTVANGEN).order_by("id")

    def wacht_op_antwoord(self) -> BerichtQuerySet:
        return self.filter(
            richting=Bericht.Richting.UIT, status=Bericht.Status.VERZONDEN, antwoord_uiterlijk__isnull=False
        )

    def te_volgen(self, sinds: datetime) -> BerichtQuerySet:
        """Of the aanbieders for whom the portal makes the messages: sent, and not answered."""
        return self.filter(
            kant=Bericht.Kant.AANBIEDER,
            richting=Bericht.Richting.UIT,
            status=Bericht.Status.VERZONDEN,
            verzonden_op__gte=sinds,
        ).order_by("id")

    def antwoord_te_laat(self, op: date) -> BerichtQuerySet:
        return self.wacht_op_antwoord().filter(antwoord_uiterlijk__lt=op)

    def te_herinneren(self) -> BerichtQuerySet:
        """Somebody asked to remind the aanbieder, and the mail has not left yet."""
        return self.filter(herinnerd_op__isnull=False, herinnering_weg_op=None)

    def actie_nodig(self, op: date) -> BerichtQuerySet:
        """What a person must look at: refused by the other, parked, not delivered, or an answer that did not come."""
        fout = Q(status__in=[Bericht.Status.GEPARKEERD, Bericht.Status.MISLUKT]) | Q(
            status=Bericht.Status.AFGEKEURD, richting=Bericht.Richting.UIT
        )
        laat = Q(richting=Bericht.Richting.UIT, status=Bericht.Status.VERZONDEN, antwoord_uiterlijk__lt=op)
        return self.filter(fout | laat, afgehandeld_op=None)


class Bericht(MetStatus):
    """One message on one side of the road.

    `kant` is whose side this row is on: the portal plays the gemeente, and the aanbieder that has no software of its
    own. A message that the portal sends to itself is two rows: one out, one in.
    """

    class Kant(models.TextChoices):
        GEMEENTE = "gemeente", "Gemeente"
        AANBIEDER = "aanbieder", "Aanbieder"

    class Richting(models.TextChoices):
        IN = "in", "Ontvangen"
        UIT = "uit", "Verstuurd"

    class Status(models.TextChoices):
        KLAAR = "klaar", "Wacht op verzenden"
        VERZONDEN = "verzonden", "Verzonden"
        MISLUKT = "mislukt", "Niet verzonden"
        ONTVANGEN = "ontvangen", "Ontvangen"
        GEPARKEERD = "geparkeerd", "Apart gezet"
        GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
        AFGEKEURD = "afgekeurd", "Afgekeurd"

    # an answer proves delivery, also when the sender died before it could write so down
    OVERGANGEN = overgangen({
        Status.KLAAR: {Status.VERZONDEN, Status.MISLUKT, Status.GOEDGEKEURD, Status.AFGEKEURD},
        Status.MISLUKT: {Status.KLAAR, Status.GOEDGEKEURD, Status.AFGEKEURD},  # a person sends again
        Status.VERZONDEN: {Status.GOEDGEKEURD, Status.AFGEKEURD, Status.MISLUKT},
        Status.ONTVANGEN: {Status.GOEDGEKEURD, Status.AFGEKEURD, Status.GEPARKEERD},
        Status.GEPARKEERD: {Status.ONTVANGEN},  # a person tries again
    })  # fmt: skip

    kant = models.CharField(max_length=9, choices=Kant)
    richting = models.CharField(max_length=3, choices=Richting)
    soort = models.CharField(
        max_length=3, blank=True, help_text="301 tot en met 325; leeg als het bericht niet te lezen is."
    )
    afzender = models.CharField(max_length=8, blank=True)
    ontvanger = models.CharField(max_length=8, blank=True)
    identificatie = models.CharField(max_length=12, blank=True)
    dagtekening = models.DateField(null=True, blank=True)
    referentienummer = models.UUIDField(default=uuid.uuid4, editable=False)
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, null=True, blank=True, related_name="berichten")
    aanbieder = models.ForeignKey(Aanbieder, models.PROTECT, null=True, blank=True, related_name="berichten")
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="berichten")
    status = models.CharField(max_length=12, choices=Status, default=Status.KLAAR)
    antwoord_op = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="antwoorden")
    verzoek = models.ForeignKey(Verzoek, models.PROTECT, null=True, blank=True, related_name="berichten")
    declaratie = models.ForeignKey(Declaratie, models.PROTECT, null=True, blank=True, related_name="berichten")
    sleutel = models.CharField(
        max_length=40, blank=True, help_text="Waarvoor dit bericht er is; hoogstens één bericht per sleutel."
    )
    bevindingen = models.JSONField(
        default=list, blank=True, help_text="regel, code, pad, tekst; zonder persoonsgegevens"
    )
    toelichting = models.TextField(blank=True, help_text="Wat de afzender erbij schreef; reist niet mee.")
    # moments
    ontstaan_op = models.DateTimeField()
    verzonden_op = models.DateTimeField(null=True, blank=True)
    verwerkt_op = models.DateTimeField(null=True, blank=True)
    antwoord_uiterlijk = models.DateField(null=True, blank=True)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_op = models.DateTimeField("door een mens afgehandeld", null=True, blank=True)
    # people
    behandelaar = models.ForeignKey(
        Aanstelling, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="op naam van"
    )
    herinnerd_op = models.DateTimeField(null=True, blank=True)
    herinnering_weg_op = models.DateTimeField("mail met de herinnering verstuurd", null=True, blank=True)
    herinnerd_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")
    # delivery
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging_op = models.DateTimeField(null=True, blank=True)
    laatste_fout = models.CharField(max_length=400, blank=True)
    grootte = models.PositiveBigIntegerField(default=0, help_text="bytes")
    vingerafdruk = models.CharField(max_length=64, blank=True, help_text="sha256 van de bytes")

    toewijzingen = models.ManyToManyField(Toewijzing, through="Berichtkoppeling", related_name="berichten")

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["-id"]
        constraints = [
            # the same bytes that come twice are one message
            models.UniqueConstraint(
                fields=["kant", "vingerafdruk"], condition=Q(richting="in"), name="bericht_dubbele_levering"
            ),
            # TR056: an identification is used once; a second message under it is refused, and kept as refused
            models.UniqueConstraint(
                fields=["kant", "afzender", "soort", "identificatie"],
                condition=Q(richting="in", status="goedgekeurd") & ~Q(identificatie=""),
                name="bericht_in_identificatie_uniek",
            ),
            models.UniqueConstraint(
                fields=["kant", "afzender", "soort", "identificatie"],
                condition=Q(richting="uit") & ~Q(identificatie=""),
                name="bericht_uit_identificatie_uniek",
            ),
            models.UniqueConstraint(fields=["kant", "sleutel"], condition=~Q(sleutel=""), name="bericht_sleutel_uniek"),
        ]
        indexes = [
            models.Index(F("id"), name="bericht_outbox", condition=Q(status="klaar")),
            models.Index(F("id"), name="bericht_inbox", condition=Q(status="ontvangen")),
            models.Index(fields=["gemeente", "kant", "status", "-id"], name="bericht_monitor"),
            models.Index(fields=["aanbieder", "-id"], name="bericht_aanbieder"),
            models.Index(fields=["antwoord_uiterlijk"], name="bericht_wacht", condition=Q(status="verzonden")),
            models.Index(
                F("id"),
                name="bericht_herinner",
                condition=Q(herinnerd_op__isnull=False) & Q(herinnering_weg_op=None),
            ),
            models.Index(fields=["identificatie"], name="bericht_identificatie"),
            models.Index(fields=["referentienummer"], name="bericht_referentienummer"),
        ]

    def __str__(self) -> str:
        return f"{self.soort or 'onleesbaar'} {self.identificatie} ({self.get_richting_display().lower()})"

    def delen_van_inhoud(self) -> Iterator[bytes]:
        """The raw bytes, unpacked one part at a time: packed they are a thirtieth of that. The database is asked now,
        and not again while they are read."""
        ingepakt = self.delen.order_by("volgnummer").annotate(_pak=Cast("inhoud", models.BinaryField()))
        return map(pak_uit, list(ingepakt.values_list("_pak", flat=True)))

    def antwoord_ontbreekt(self, op: date) -> bool:
        """The term in which the other had to answer is over (OP090), and nobody settled it otherwise."""
        wacht = self.status == self.Status.VERZONDEN and self.afgehandeld_op is None
        return wacht and self.antwoord_uiterlijk is not None and self.antwoord_uiterlijk < op

    @property
    def pad(self) -> str:
        """Its page, for the tasks of whoever has this side."""
        return f"{'/aanbieder' if self.kant == self.Kant.AANBIEDER else ''}/berichten/{self.pk}/"

    @property
    def inhoud(self) -> bytes:
        return b"".join(self.delen_van_inhoud())


class Berichtdeel(models.Model):
    """A part of the raw bytes, packed and encrypted at rest. Kept as received: the evidence of what was said."""

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="delen")
    volgnummer = models.PositiveIntegerField()
    inhoud = IngepakteBytes()

    class Meta:
        verbose_name = "deel van een bericht"
        verbose_name_plural = "delen van berichten"
        ordering = ["bericht_id", "volgnummer"]
        constraints = [models.UniqueConstraint(fields=["bericht", "volgnummer"], name="berichtdeel_uniek")]

    def __str__(self) -> str:
        return f"Deel {self.volgnummer} van {self.bericht_id}"


class Berichtkoppeling(models.Model):
    """Which toewijzing a message speaks of: the conversation of a toewijzing."""

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="koppelingen")
    toewijzing = models.ForeignKey(Toewijzing, models.PROTECT, related_name="koppelingen")

    class Meta:
        verbose_name = "koppeling van een bericht"
        verbose_name_plural = "koppelingen van berichten"
        ordering = ["bericht_id", "toewijzing_id"]
        constraints = [models.UniqueConstraint(fields=["bericht", "toewijzing"], name="berichtkoppeling_uniek")]

    def __str__(self) -> str:
        return f"{self.bericht_id} over {self.toewijzing_id}"


class Berichtversie(models.Model):
    """Which version travelled in which 301. A version without a row here still has to leave (ADR 0012)."""

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="versies")
    versie = models.ForeignKey(ToewijzingVersie, models.PROTECT, related_name="verzendingen")

    class Meta:
        verbose_name = "verzonden versie"
        verbose_name_plural = "verzonden versies"
        ordering = ["bericht_id", "versie"]
        constraints = [models.UniqueConstraint(fields=["bericht", "versie"], name="berichtversie_uniek")]

    def __str__(self) -> str:
        return f"versie {self.versie_id} in {self.bericht_id}"

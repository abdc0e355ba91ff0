"""The investigation of a case: seven topics, identity, and the order of tests that follows from it."""

from __future__ import annotations

from django.db import models

from wmo.models.dossiers import Zaak
from wmo.models.gebruikers import Aanstelling


class Onderzoek(models.Model):
    """The investigation of art. 2.3.2; identity without a copy of the document (R-016)."""

    class Identiteitsbewijs(models.TextChoices):
        PASPOORT = "paspoort", "Paspoort"
        IDENTITEITSKAART = "identiteitskaart", "Identiteitskaart"
        RIJBEWIJS = "rijbewijs", "Rijbewijs"
        VERBLIJFSDOCUMENT = "verblijfsdocument", "Verblijfsdocument"

    zaak = models.OneToOneField(Zaak, models.PROTECT, related_name="onderzoek")
    gespreksdatum = models.DateField(null=True, blank=True)
    aanwezigen = models.CharField(max_length=200, blank=True)
    id_soort = models.CharField("identiteitsbewijs", max_length=20, choices=Identiteitsbewijs, blank=True)
    id_laatste_vier = models.CharField("laatste 4 tekens", max_length=4, blank=True)
    id_geldig_tot = models.DateField("geldig tot", null=True, blank=True)
    id_gecontroleerd_op = models.DateField("gecontroleerd op", null=True, blank=True)
    pgb_uitleg_op = models.DateField("uitleg pgb gegeven op", null=True, blank=True)
    reden_overschrijding = models.TextField("waarom langer dan zes weken", blank=True)
    versie = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "onderzoek"
        verbose_name_plural = "onderzoeken"

    def __str__(self) -> str:
        return f"Onderzoek {self.zaak}"


class Onderwerp(models.TextChoices):
    """Seven obligatory topics (R-014, art. 2.3.2 lid 4 a-g) in words for people."""

    BEHOEFTEN = "a", "Wat heeft de cliënt nodig en wat wil die?"
    EIGEN_KRACHT = "b", "Wat kan de cliënt zelf, of huisgenoten?"
    MANTELZORG = "c", "Wat kunnen mantelzorg en netwerk?"
    MANTELZORGER = "d", "Wat heeft de mantelzorger nodig?"
    ALGEMEEN = "e", "Helpt een algemene voorziening?"
    SAMENWERKING = "f", "Met wie stemmen we af?"
    BIJDRAGE = "g", "Welke eigen bijdrage hoort hierbij?"


class Onderzoeksonderwerp(models.Model):
    """What was found on one topic; empty text means "nog niet besproken"."""

    class Oordeel(models.TextChoices):
        LOST_OP = "lost_op", "Lost het op"
        DEELS = "deels", "Lost het deels op"
        NIET = "niet", "Lost het niet op"
        NVT = "nvt", "Niet van toepassing"

    onderzoek = models.ForeignKey(Onderzoek, models.CASCADE, related_name="onderwerpen")
    onderwerp = models.CharField(max_length=1, choices=Onderwerp)
    tekst = models.TextField()
    oordeel = models.CharField(max_length=10, choices=Oordeel)
    versie = models.PositiveIntegerField(default=1)  # per topic: two people may write two topics at once
    gewijzigd_op = models.DateTimeField(null=True, blank=True)
    gewijzigd_door = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "onderwerp van het onderzoek"
        verbose_name_plural = "onderwerpen van het onderzoek"
        ordering = ["onderzoek_id", "onderwerp"]
        constraints = [models.UniqueConstraint(fields=["onderzoek", "onderwerp"], name="onderwerp_een_keer")]

    def __str__(self) -> str:
        return self.get_onderwerp_display()


class Toets(models.Model):
    """One step of the order of tests before a maatwerkvoorziening (R-024), with outcome and reason."""

    class Stap(models.TextChoices):
        EIGEN_KRACHT = "1", "Eigen kracht"
        GEBRUIKELIJK = "2", "Algemeen gebruikelijke voorziening"
        GEBRUIKELIJKE_HULP = "3", "Gebruikelijke hulp"
        MANTELZORG = "4", "Mantelzorg"
        NETWERK = "5", "Sociaal netwerk"
        ALGEMEEN = "6", "Algemene voorziening"
        ANDERE_WET = "7", "Andere wet (Wlz, Zvw)"

    class Uitkomst(models.TextChoices):
        LOST_OP = "lost_op", "Lost het op"
        DEELS = "deels", "Lost het deels op"
        NIET = "niet", "Lost het niet op"

    zaak = models.ForeignKey(Zaak, models.CASCADE, related_name="toetsen")
    stap = models.CharField(max_length=1, choices=Stap)
    uitkomst = models.CharField(max_length=10, choices=Uitkomst)
    reden = models.TextField()

    class Meta:
        verbose_name = "toets"
        verbose_name_plural = "toetsen"
        ordering = ["zaak_id", "stap"]
        constraints = [models.UniqueConstraint(fields=["zaak", "stap"], name="toets_een_keer_per_stap")]

    def __str__(self) -> str:
        return f"{self.get_stap_display()}: {self.get_uitkomst_display()}"

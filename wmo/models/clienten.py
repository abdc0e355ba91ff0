"""Residents who ask for support, and the people around them."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from wmo.fields import VersleuteldeTekst, sleutelhash
from wmo.models.gebruikers import Aanstelling
from wmo.models.gemeenten import Gemeente
from wmo.permissions import Recht


def sorteersleutel(*delen: str) -> str:
    """lower + unaccent, for sorting and searching names without ICU (ADR 0005)."""
    tekst = unicodedata.normalize("NFKD", " ".join(delen).lower())
    return "".join(teken for teken in tekst if not unicodedata.combining(teken)).strip()


class ClientQuerySet(models.QuerySet["Client"]):
    def voor(self, aanstelling: Aanstelling | None) -> ClientQuerySet:
        """Municipal staff: own gemeente. A provider: whom it has an opdracht for. Nobody else sees a person (R-002)."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_gemeente and aanstelling.mag(Recht.DOSSIER_LEZEN):
            return self.filter(gemeente=aanstelling.gemeente)
        if aanstelling.is_aanbieder:
            return self.filter(toewijzingen__aanbieder=aanstelling.aanbieder).distinct()
        return self.none()

    def met_bsn(self, bsn: str) -> ClientQuerySet:
        """Exact search on the keyed hash; `bsn` is nine digits."""
        return self.filter(bsn_hash=sleutelhash(bsn))


class Client(models.Model):
    """A resident of one gemeente; unique (gemeente, BSN); a move makes a new Client.

    Without BSN everything works but iWmo messages (R-017). Names as iWmo spells them.
    """

    class Geslacht(models.TextChoices):
        ONBEKEND = "0", "onbekend"
        MAN = "1", "man"
        VROUW = "2", "vrouw"

    class DatumGebruik(models.TextChoices):
        """COD170: which part of the birth date is unknown (R-324)."""

        VOLLEDIG = "", "volledige datum"
        DAG = "1", "dag onbekend"
        DAG_MAAND = "2", "dag en maand onbekend"
        ALLES = "3", "hele datum onbekend"

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="clienten")
    bsn = VersleuteldeTekst("BSN", null=True, blank=True, editable=True)
    bsn_hash = models.CharField(max_length=64, null=True, blank=True, editable=False)
    voornamen = models.CharField(max_length=100, blank=True)
    voorletters = models.CharField(max_length=6, blank=True)
    voorvoegsel = models.CharField(max_length=10, blank=True)
    achternaam = models.CharField(max_length=100)
    partnernaam = models.CharField(max_length=100, blank=True)
    geboortedatum = models.DateField()
    datum_gebruik = models.CharField(max_length=1, choices=DatumGebruik, default=DatumGebruik.VOLLEDIG, blank=True)
    geslacht = models.CharField(max_length=1, choices=Geslacht, default=Geslacht.ONBEKEND)
    straatnaam = models.CharField(max_length=24)
    huisnummer = models.PositiveIntegerField()
    huisletter = models.CharField(max_length=1, blank=True)
    huisnummer_toevoeging = models.CharField(max_length=4, blank=True)
    postcode = models.CharField(max_length=6, help_text="1234AB, zonder spatie.")
    plaatsnaam = models.CharField(max_length=80)
    telefoon = models.CharField(max_length=15, blank=True)
    email = models.EmailField(blank=True)
    overleden_op = models.DateField(null=True, blank=True)
    afgeschermd = models.BooleanField(default=False)
    geen_berichtenverkeer = models.BooleanField(
        "geen berichtenverkeer", default=False, help_text="Overdracht is een ernstig veiligheidsrisico (OP003, R-304)."
    )
    sorteernaam = models.CharField(max_length=220, editable=False, db_index=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = "cliënt"
        verbose_name_plural = "cliënten"
        ordering = ["sorteernaam", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gemeente", "bsn_hash"],
                name="client_bsn_uniek_per_gemeente",
                violation_error_message="Deze persoon is al bekend in deze gemeente. Zoek het dossier op.",
            ),
            models.CheckConstraint(
                name="client_bsn_met_hash",
                condition=Q(bsn=None, bsn_hash=None) | Q(bsn__isnull=False, bsn_hash__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.weergavenaam

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.bsn_hash = sleutelhash(self.bsn) if self.bsn else None
        self.sorteernaam = sorteersleutel(self.achternaam, self.voorvoegsel, self.voorletters)
        super().save(*args, **kwargs)

    @property
    def weergavenaam(self) -> str:
        aanhef = {"1": "dhr.", "2": "mw."}.get(self.geslacht, "")
        letters = ".".join(self.voorletters) + "." if self.voorletters else ""
        return " ".join(deel for deel in (aanhef, letters, self.voorvoegsel, self.achternaam) if deel)

    @property
    def adresregel(self) -> str:
        toevoeging = f"-{self.huisnummer_toevoeging}" if self.huisnummer_toevoeging else ""
        return f"{self.straatnaam} {self.huisnummer}{self.huisletter}{toevoeging}"

    @property
    def postcode4(self) -> str:
        return self.postcode[:4]


class Relatie(models.Model):
    """Somebody around the client: mantelzorger, contact, vertegenwoordiger, huisgenoot."""

    class Soort(models.TextChoices):
        MANTELZORGER = "mantelzorger", "Mantelzorger"
        CONTACT = "contact", "Contactpersoon"
        VERTEGENWOORDIGER = "vertegenwoordiger", "Vertegenwoordiger"
        HUISGENOOT = "huisgenoot", "Huisgenoot"

    client = models.ForeignKey(Client, models.CASCADE, related_name="relaties")
    soort = models.CharField(max_length=20, choices=Soort)
    naam = models.CharField(max_length=120)
    verband = models.CharField(max_length=60, blank=True, help_text="Bijvoorbeeld dochter.")
    telefoon = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = "relatie"
        verbose_name_plural = "relaties"
        ordering = ["client_id", "soort", "naam"]

    def __str__(self) -> str:
        return f"{self.naam} ({self.get_soort_display()})"


class ToestemmingQuerySet(models.QuerySet["Toestemming"]):
    def geldend(self, doel: str, partij: str, *, op: date) -> ToestemmingQuerySet:
        """Consent for one purpose and one party says nothing about another."""
        return self.filter(doel=doel, partij__iexact=partij, ingetrokken_op=None, gegeven_op__lte=op)


class Toestemming(models.Model):
    """Consent with purpose, party, date and withdrawal (R-343)."""

    class Doel(models.TextChoices):
        GESPREKSVERSLAG = "gespreksverslag", "Gespreksverslag delen met de aanbieder"
        ZORGGEGEVENS = "zorggegevens", "Gegevens van zorgverlener of zorgverzekeraar"

    client = models.ForeignKey(Client, models.CASCADE, related_name="toestemmingen")
    doel = models.CharField(max_length=30, choices=Doel)
    partij = models.CharField(max_length=120)
    gegeven_op = models.DateField()
    ingetrokken_op = models.DateField(null=True, blank=True)

    objects = ToestemmingQuerySet.as_manager()

    class Meta:
        verbose_name = "toestemming"
        verbose_name_plural = "toestemmingen"
        ordering = ["client_id", "-gegeven_op"]

    def __str__(self) -> str:
        return f"{self.get_doel_display()} sinds {self.gegeven_op:%d-%m-%Y}"

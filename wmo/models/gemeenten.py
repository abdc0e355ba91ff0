"""Municipalities and their policy as dated data (R-230): never an if on a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

from wmo.rules.kalender import Kalender


class Gemeente(models.Model):
    """A municipality of the region. `code` is the CBS code: 4 digits, leading zero kept (R-001)."""

    code = models.CharField(
        "CBS-code",
        max_length=4,
        unique=True,
        validators=[RegexValidator(r"^[0-9]{4}$", "Een gemeentecode heeft 4 cijfers.")],
    )
    code_vanaf = models.DateField("code geldt vanaf", null=True, blank=True, help_text="Leeg: altijd al.")
    code_tot = models.DateField(
        "code geldt tot en met", null=True, blank=True, help_text="De laatste dag voor een herindeling (TR378)."
    )
    naam = models.CharField(max_length=80, unique=True)
    afkorting = models.CharField(max_length=3, unique=True, help_text="Begin van plekcodes, bijvoorbeeld WRD.")
    slug = models.SlugField(unique=True)
    toegang = models.CharField("naam van de toegang", max_length=80)
    telefoon = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    postadres = models.CharField(max_length=160, blank=True)
    verordening = models.CharField(
        max_length=160, blank=True, help_text="Naam van de verordening voor in de beschikking."
    )
    heeft_portaal = models.BooleanField("werkt met dit portaal", default=True)

    class Meta:
        verbose_name = "gemeente"
        verbose_name_plural = "gemeenten"
        ordering = ["naam"]

    def __str__(self) -> str:
        return self.naam

    @property
    def weergavenaam(self) -> str:
        return f"Gemeente {self.naam}"


class Regelsleutel(models.TextChoices):
    """Keys of R-230, R-119 and R-130, and when a claim lapses."""

    WACHTLIJST_ACTIEF = "wachtlijst_actief", "Werkt met de centrale wachtlijst"
    VOORKEUR_RESPECTEREN = "voorkeur_respecteren", "Voorkeur voor een aanbieder tonen op de lijst"
    SPOEDLABEL_OP_WACHTLIJST = "spoedlabel_op_wachtlijst", "Spoed mag op de wachtlijst"
    CLAIM_VERVALT_NA_WERKDAGEN = (
        "claim_vervalt_na_werkdagen",
        "Claim vervalt zonder start na zoveel werkdagen (0 = nooit)",
    )
    OPDRACHT_WERKDAGEN = "opdracht_werkdagen", "Opdracht na claim binnen werkdagen"
    START_WERKDAGEN = "start_werkdagen", "Start na opdracht binnen werkdagen"
    BESLUITDAG_IS_WERKDAG = "besluitdag_is_werkdag", "Gelijkgestelde dag telt als werkdag bij contracttermijnen"
    SPOED_NORM_UREN = "spoed_norm_uren", "Streefnorm voor spoed in uren"
    PAUZE_307 = "pauze_307", "Pauze met stopbericht reden 20"
    PAUZE_317 = "pauze_317", "Pauze met verzoek om wijziging"
    PAUZE_INDICATIE_OPSCHORTEN = "pauze_indicatie_opschorten", "Indicatie opschorten bij pauze"
    PAUZE_FACTUURSTOP = "pauze_factuurstop", "Declareren stopt tijdens pauze"
    PAUZE_OVERLEG_NA_WEKEN = "pauze_overleg_na_weken", "Overleg met inwoner na zoveel weken pauze (0 = nooit)"
    EB_STOP_ALLEEN_LEVERINGSPROBLEEM = (
        "eb_stop_alleen_leveringsprobleem",
        "Eigen bijdrage stopt alleen bij leveringsprobleem",
    )
    EB_TERUGVRAAG_WEKEN = "eb_terugvraag_weken", "Eigen bijdrage terugvragen tot zoveel weken na herstart"
    OVERLIJDEN_WEKEN = "overlijden_weken", "Hulp loopt door na overlijden (weken)"
    OVERLIJDEN_HERONDERZOEK = "overlijden_heronderzoek", "Nieuw onderzoek voor achterblijver"
    SR_CONTACT = "sr_contact", "Aanspreekpunt social return"
    GESPREKSVERSLAG_DELEN = "gespreksverslag_delen", "Gespreksverslag delen met aanbieder"
    INTAKE_VERPLICHT = "intake_verplicht", "Intakegesprek voor de start"
    CAK_STARTMOMENT = "cak_startmoment", "Start eigen bijdrage"
    KETENPARTNER = "ketenpartner", "Ketenpartner"
    TOEGANG = "toegang", "Naam van de toegang"
    NO_SHOW_VENSTER_MAANDEN = "no_show_venster_maanden", "No-shows tellen mee in zoveel maanden"
    VIER_OGEN_BESCHIKKING = "vier_ogen_beschikking", "Beschikking door een ander ondertekend"


class GemeenteregelQuerySet(models.QuerySet["Gemeenteregel"]):
    def geldend(self, gemeente: Gemeente | int, *, op: date) -> dict[str, Any]:
        """All values in force for `gemeente` on `op`: newest ingangsdatum wins. One query."""
        rijen = self.filter(gemeente=gemeente, ingangsdatum__lte=op).order_by("ingangsdatum")
        return {rij.sleutel: rij.waarde for rij in rijen}

    def waarde(self, gemeente: Gemeente, sleutel: str, *, op: date, standaard: Any = None) -> Any:
        rij = self.filter(gemeente=gemeente, sleutel=sleutel, ingangsdatum__lte=op).order_by("-ingangsdatum").first()
        return standaard if rij is None else rij.waarde


class Gemeenteregel(models.Model):
    """One policy value of one gemeente from one day on, with its source. Older rows stay for replay."""

    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="regels")
    sleutel = models.CharField(max_length=40, choices=Regelsleutel)
    waarde = models.JSONField()
    ingangsdatum = models.DateField()
    bron = models.CharField(max_length=200)

    objects = GemeenteregelQuerySet.as_manager()

    class Meta:
        verbose_name = "gemeenteregel"
        verbose_name_plural = "gemeenteregels"
        ordering = ["gemeente_id", "sleutel", "-ingangsdatum"]
        constraints = [
            models.UniqueConstraint(fields=["gemeente", "sleutel", "ingangsdatum"], name="gemeenteregel_een_per_dag")
        ]

    def __str__(self) -> str:
        return f"{self.gemeente}: {self.get_sleutel_display()} = {self.waarde} vanaf {self.ingangsdatum:%d-%m-%Y}"


class GelijkgesteldeDagQuerySet(models.QuerySet["GelijkgesteldeDag"]):
    def kalender(self, *, besluitdag_is_werkdag: bool = True) -> Kalender:
        """The calendar of the terms with every decree day known now. One query."""
        return Kalender(
            besluitdagen=frozenset(self.values_list("datum", flat=True)), besluitdag_is_werkdag=besluitdag_is_werkdag
        )


class GelijkgesteldeDag(models.Model):
    """A day equated with a holiday by royal decree (ATW 3 lid 3): data, to be checked in the Staatscourant."""

    datum = models.DateField(unique=True)
    bron = models.CharField(max_length=200)

    objects = GelijkgesteldeDagQuerySet.as_manager()

    class Meta:
        verbose_name = "gelijkgestelde dag"
        verbose_name_plural = "gelijkgestelde dagen"
        ordering = ["datum"]

    def __str__(self) -> str:
        return f"{self.datum:%d-%m-%Y}"


class Nummerreeks(models.Model):
    """Last number given out per series; see wmo/actions/nummers.py."""

    sleutel = models.CharField(max_length=60, primary_key=True)
    laatste = models.BigIntegerField()

    class Meta:
        verbose_name = "nummerreeks"
        verbose_name_plural = "nummerreeksen"

    def __str__(self) -> str:
        return f"{self.sleutel}: {self.laatste}"

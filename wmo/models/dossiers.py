"""The case: from melding to end, its notes, documents and tasks."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least

from wmo.fields import VersleuteldeBytes
from wmo.models.clienten import Client
from wmo.models.gebruikers import Aanstelling
from wmo.models.gemeenten import Gemeente
from wmo.models.status import MetStatus, overgangen
from wmo.permissions import Recht

# LEAST leaves NULLs out: the last day, the day on which the clock runs again, or that of the first task
WERKDATUM = Least(F("uiterste_datum"), F("stilstand_tot"), F("taak_uiterlijk"))
# spoed goes before everything until the decision is there; after that it is history
SPOED_NU = models.ExpressionWrapper(Q(spoed=True) & Q(bekendgemaakt_op=None), output_field=models.BooleanField())


class ZaakQuerySet(models.QuerySet["Zaak"]):
    def voor(self, aanstelling: Aanstelling | None) -> ZaakQuerySet:
        """Staff of the gemeente that may read dossiers; nobody else (R-002, R-355)."""
        if aanstelling is None or not aanstelling.is_gemeente or not aanstelling.mag(Recht.DOSSIER_LEZEN):
            return self.none()
        return self.filter(gemeente=aanstelling.gemeente)

    def lopend(self) -> ZaakQuerySet:
        return self.exclude(status__in=Zaak.EINDE)

    def open(self) -> ZaakQuerySet:
        """Not closed: the same as `lopend`, in the words of the partial indexes of the werkvoorraad."""
        return self.filter(afgesloten_op=None)

    def niet_toegewezen(self) -> ZaakQuerySet:
        return self.filter(behandelaar=None)

    def op_termijn(self) -> ZaakQuerySet:
        """Spoed first, then the day on which something must happen: the end of standing still counts too."""
        return self.order_by(SPOED_NU.desc(), WERKDATUM.asc(), "id")


class Zaak(MetStatus):
    """Everything about one question of one client. Two legal clocks run on it: see wmo/rules/klokken.py."""

    class Status(models.TextChoices):
        MELDING = "melding", "Melding"
        ONDERZOEK = "onderzoek", "Onderzoek"
        ONDERZOEK_AFGEROND = "onderzoek_afgerond", "Onderzoek afgerond"
        AANVRAAG = "aanvraag", "Besluit voorbereiden"
        BESLUIT_CONCEPT = "besluit_concept", "Besluit ter ondertekening"
        BEKENDGEMAAKT = "bekendgemaakt", "Besluit verstuurd"
        UITVOERING = "uitvoering", "Uitvoering"
        AFGEWEZEN = "afgewezen", "Afgewezen"
        INGETROKKEN = "ingetrokken", "Ingetrokken"
        DOORVERWEZEN = "doorverwezen", "Doorverwezen"
        OVERLEDEN = "overleden", "Cliënt overleden"
        BEEINDIGD = "beeindigd", "Beëindigd"

    EINDE = (Status.AFGEWEZEN, Status.INGETROKKEN, Status.DOORVERWEZEN, Status.OVERLEDEN, Status.BEEINDIGD)
    _ALTIJD = {Status.INGETROKKEN, Status.DOORVERWEZEN, Status.OVERLEDEN}
    OVERGANGEN = overgangen({
        Status.MELDING: {Status.ONDERZOEK, *_ALTIJD},
        # an aanvraag without verslag is possible once the six weeks have passed
        Status.ONDERZOEK: {Status.ONDERZOEK_AFGEROND, Status.AANVRAAG, *_ALTIJD},
        Status.ONDERZOEK_AFGEROND: {Status.AANVRAAG, *_ALTIJD},
        Status.AANVRAAG: {Status.BESLUIT_CONCEPT, *_ALTIJD},
        Status.BESLUIT_CONCEPT: {Status.AANVRAAG, Status.BEKENDGEMAAKT, *_ALTIJD},
        Status.BEKENDGEMAAKT: {Status.UITVOERING, Status.AFGEWEZEN, *_ALTIJD},
        Status.UITVOERING: {Status.BEEINDIGD, Status.OVERLEDEN},
    })  # fmt: skip

    class Kanaal(models.TextChoices):
        TELEFOON = "telefoon", "Telefoon"
        BALIE = "balie", "Balie"
        FORMULIER = "formulier", "Webformulier"
        POST = "post", "Post"
        EMAIL = "email", "E-mail"
        HUISARTS = "verwijzer", "Huisarts of ziekenhuis"

    class Spoedgrond(models.TextChoices):
        """R-126."""

        TERMINAAL = "terminaal", "Ongeneeslijk ziek, beperkte levensverwachting"
        ZIEKENHUIS = "ziekenhuis", "Verwezen door (transfer)verpleegkundige van het ziekenhuis"
        VERVUILING = "vervuiling", "Zware vervuiling of groot risico daarop"

    zaaknummer = models.CharField(max_length=20, unique=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="zaken")
    gemeente = models.ForeignKey(Gemeente, models.PROTECT, related_name="zaken")
    status = models.CharField(max_length=20, choices=Status, default=Status.MELDING)
    behandelaar = models.ForeignKey(Aanstelling, models.PROTECT, null=True, blank=True, related_name="zaken")
    versie = models.PositiveIntegerField(default=1)

    melding_op = models.DateTimeField()
    kanaal = models.CharField(max_length=20, choices=Kanaal)
    namens = models.CharField("gemeld door", max_length=120, blank=True, help_text="Leeg als de cliënt zelf meldde.")
    hulpvraag = models.TextField()
    spoed = models.BooleanField(default=False)
    spoedgrond = models.CharField(max_length=20, choices=Spoedgrond, blank=True)
    bevestigd_op = models.DateTimeField("ontvangst bevestigd", null=True, blank=True)
    clientondersteuning_op = models.DateField("gewezen op cliëntondersteuning", null=True, blank=True)
    clientondersteuning_kanaal = models.CharField(max_length=20, choices=Kanaal, blank=True)
    persoonlijk_plan_op = models.DateField("persoonlijk plan ingeleverd", null=True, blank=True)
    persoonlijk_plan_afgezien_op = models.DateField("ziet af van persoonlijk plan", null=True, blank=True)
    verslag_verstrekt_op = models.DateField(null=True, blank=True)
    aanvraag_op = models.DateField(null=True, blank=True)
    ingebrekestelling_op = models.DateField("ingebrekestelling ontvangen", null=True, blank=True)
    besluit_op = models.DateField(null=True, blank=True)
    bekendgemaakt_op = models.DateField(null=True, blank=True)
    afgesloten_op = models.DateField(null=True, blank=True)
    # the clock that runs now, written by every action that touches one: list pages sort on it without computing
    uiterste_datum = models.DateField(null=True, blank=True)
    stilstand_tot = models.DateField(null=True, blank=True)
    # written by actions/taken.py
    taak_uiterlijk = models.DateField(null=True, blank=True)

    objects = ZaakQuerySet.as_manager()

    class Meta:
        verbose_name = "zaak"
        verbose_name_plural = "zaken"
        ordering = ["-spoed", "uiterste_datum", "id"]
        indexes = [
            models.Index(
                F("gemeente"),
                SPOED_NU.desc(),
                WERKDATUM.asc(),
                F("id"),
                name="zaak_werkvoorraad",
                condition=Q(afgesloten_op=None),
            ),
            models.Index(fields=["gemeente", "uiterste_datum"], name="zaak_termijn", condition=Q(afgesloten_op=None)),
            models.Index(
                fields=["gemeente", "stilstand_tot"],
                name="zaak_stilstand",
                condition=Q(afgesloten_op=None, stilstand_tot__isnull=False),
            ),
            models.Index(
                fields=["gemeente", "taak_uiterlijk"],
                name="zaak_taak",
                condition=Q(afgesloten_op=None, taak_uiterlijk__isnull=False),
            ),
            models.Index(
                fields=["gemeente"], name="zaak_van_niemand", condition=Q(afgesloten_op=None, behandelaar=None)
            ),
            models.Index(
                fields=["behandelaar", "uiterste_datum"], name="zaak_behandelaar", condition=Q(afgesloten_op=None)
            ),
            models.Index(
                fields=["gemeente"],
                name="zaak_spoed",
                condition=Q(afgesloten_op=None, bekendgemaakt_op=None, spoed=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="zaak_spoed_heeft_grond",
                condition=Q(spoed=False, spoedgrond="") | Q(spoed=True) & ~Q(spoedgrond=""),
                violation_error_message="Kies waarom dit spoed is.",
            ),
        ]

    def __str__(self) -> str:
        return self.zaaknummer

    @property
    def is_lopend(self) -> bool:
        return self.status not in self.EINDE


class Opschorting(models.Model):
    """The decision clock stands still (R-046): first and last day both count as suspended. An open end runs on."""

    class Grond(models.TextChoices):
        AANVULLING = "4:15-1a", "Wachten op aanvulling van de aanvraag"
        BUITENLAND = "4:15-1b", "Wachten op informatie uit het buitenland"
        INSTEMMING = "4:15-2a", "Cliënt stemt schriftelijk in met uitstel"
        AAN_CLIENT = "4:15-2b", "Vertraging ligt aan de cliënt"
        OVERMACHT = "4:15-2c", "Overmacht"

    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="opschortingen")
    grond = models.CharField(max_length=10, choices=Grond)
    eerste_dag = models.DateField()
    laatste_dag = models.DateField(null=True, blank=True)
    hersteltermijn_tot = models.DateField(
        null=True, blank=True, help_text="Verplicht bij aanvulling: zonder termijn staat de klok niet stil."
    )
    toelichting = models.TextField(blank=True)

    class Meta:
        verbose_name = "opschorting"
        verbose_name_plural = "opschortingen"
        ordering = ["zaak_id", "eerste_dag"]
        constraints = [
            models.CheckConstraint(
                name="opschorting_einde_na_begin", condition=Q(laatste_dag=None) | Q(laatste_dag__gte=F("eerste_dag"))
            ),
            models.CheckConstraint(
                name="opschorting_aanvulling_heeft_termijn",
                condition=~Q(grond="4:15-1a") | Q(hersteltermijn_tot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grond_display()} vanaf {self.eerste_dag:%d-%m-%Y}"


class Notitie(models.Model):
    """A note; the client may read it later. `alleen_toegang` hides it from backoffice."""

    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="notities")
    auteur = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    moment = models.DateTimeField()
    tekst = models.TextField()
    alleen_toegang = models.BooleanField(default=False)

    class Meta:
        verbose_name = "notitie"
        verbose_name_plural = "notities"
        ordering = ["zaak_id", "-moment"]

    def __str__(self) -> str:
        return f"Notitie {self.moment:%d-%m-%Y}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def voor(self, aanstelling: Aanstelling | None) -> DocumentQuerySet:
        """Seeing a document requires access to its case; a provider sees what was shared with it."""
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(gedeeld_met=aanstelling.aanbieder)
        return self.filter(zaak__in=Zaak.objects.voor(aanstelling))


class Document(models.Model):
    """A file of the case, encrypted at rest. `bestandsnaam` carries the kenmerk, never a name or BSN (R-321)."""

    class Soort(models.TextChoices):
        ONTVANGSTBEVESTIGING = "ontvangstbevestiging", "Ontvangstbevestiging"
        VERSLAG = "verslag", "Verslag van het onderzoek"
        PERSOONLIJK_PLAN = "persoonlijk_plan", "Persoonlijk plan"
        PERSPECTIEFPLAN = "perspectiefplan", "Perspectiefplan"
        NORMENKADER = "normenkader", "Ingevuld normenkader"
        NORMENKADER_BEGELEIDING = "normenkader_begeleiding", "Ingevuld normenkader begeleiding"
        BESCHIKKING = "beschikking", "Beschikking"
        UITVOERINGSPLAN = "uitvoeringsplan", "Uitvoeringsplan"
        OVERIG = "overig", "Overig"

    zaak = models.ForeignKey(Zaak, models.PROTECT, related_name="documenten")
    soort = models.CharField(max_length=30, choices=Soort)
    titel = models.CharField(max_length=120)
    bestandsnaam = models.CharField(max_length=120)
    mimetype = models.CharField(max_length=80)
    grootte = models.PositiveIntegerField(help_text="bytes")
    inhoud = VersleuteldeBytes()
    gemaakt_op = models.DateTimeField()
    gemaakt_door = models.ForeignKey(Aanstelling, models.PROTECT, related_name="+")
    gedeeld_met = models.ManyToManyField("wmo.Aanbieder", blank=True, related_name="gedeelde_documenten")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["zaak_id", "-gemaakt_op"]

    def __str__(self) -> str:
        return self.titel


class TaakQuerySet(models.QuerySet["Taak"]):
    def voor(self, aanstelling: Aanstelling | None) -> TaakQuerySet:
        if aanstelling is None:
            return self.none()
        if aanstelling.is_aanbieder:
            return self.filter(aanbieder=aanstelling.aanbieder)
        if aanstelling.is_gemeente and aanstelling.mag(Recht.WERKVOORRAAD):
            return self.filter(gemeente=aanstelling.gemeente, aanbieder=None)
        return self.none()

    def open(self) -> TaakQuerySet:
        return self.filter(afgerond_op=None)


class Taak(models.Model):
    """Something to do before a date. Apps above wmo write rows here, so that one list shows all work (ADR 0012).

    `sleutel` makes a repeated job harmless: one open task per sleutel.
    """

    class Soort(models.TextChoices):
        OPDRACHT_MAKEN = "opdracht_maken", "Opdracht (301) maken"
        BERICHT_AFGEKEURD = "bericht_afgekeurd", "Afgekeurd bericht herstellen"
        RETOUR_TE_LAAT = "retour_te_laat", "Retour ontbreekt"
        VERZOEK_BEOORDELEN = "verzoek_beoordelen", "Verzoek beoordelen"
        DECLARATIE_BEANTWOORDEN = "declaratie_beantwoorden", "Declaratie beantwoorden"
        OVERLEG_PAUZE = "overleg_pauze", "Overleg met inwoner na pauze"
        EVALUATIE = "evaluatie", "Evaluatie"
        OPMERKING_LEZEN = "opmerking_lezen", "Opmerking van de gemeente lezen"
        START_MELDEN = "start_melden", "Start melden"
        KENNISMAKING = "kennismaking", "Gesprek voor de start"
        UITVOERINGSPLAN = "uitvoeringsplan", "Uitvoeringsplan maken"
        NIET_THUIS = "niet_thuis", "Niet thuis: melding bekijken"
        CRISIS = "crisis", "Crisis: melding bekijken"
        OVERLIJDEN = "overlijden", "Overlijden verwerken"
        SPOED = "spoed", "Spoed"
        INGREEP_AKKOORD = "ingreep_akkoord", "Akkoord geven op ingreep"
        TERUGBELLEN = "terugbellen", "Terugbellen"
        OVERIG = "overig", "Overig"

    sleutel = models.CharField(max_length=120)
    soort = models.CharField(max_length=30, choices=Soort)
    titel = models.CharField(max_length=160, help_text="Zonder naam of BSN.")
    gemeente = models.ForeignKey(Gemeente, models.CASCADE, related_name="taken")
    aanbieder = models.ForeignKey("wmo.Aanbieder", models.CASCADE, null=True, blank=True, related_name="taken")
    zaak = models.ForeignKey(Zaak, models.CASCADE, null=True, blank=True, related_name="taken")
    uiterlijk = models.DateField(null=True, blank=True)
    pad = models.CharField(max_length=200, blank=True, help_text="Waar het werk ligt, als pad zonder persoonsgegevens.")
    ontstaan_op = models.DateTimeField()
    afgerond_op = models.DateTimeField(null=True, blank=True)

    objects = TaakQuerySet.as_manager()

    class Meta:
        verbose_name = "taak"
        verbose_name_plural = "taken"
        ordering = ["uiterlijk", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sleutel"], condition=Q(afgerond_op=None), name="taak_een_keer_open")
        ]
        indexes = [
            models.Index(fields=["gemeente", "uiterlijk"], name="taak_open", condition=Q(afgerond_op=None)),
            models.Index(fields=["soort", "zaak"], name="taak_soort", condition=Q(afgerond_op=None)),
            # beside the cases: what a gemeente must do that belongs to none
            models.Index(
                fields=["gemeente", "uiterlijk", "id"], name="taak_los", condition=Q(afgerond_op=None, zaak=None)
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    def is_te_laat(self, op: date) -> bool:
        return self.uiterlijk is not None and self.uiterlijk < op

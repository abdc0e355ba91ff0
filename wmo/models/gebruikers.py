"""People and the hats they wear."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, LANDELIJK, ROLRECHTEN, Recht, Rol

SYSTEEM_EMAIL = "systeem@example.nl"


class DateRange(Func):
    """daterange(van, tot, '[]'): periods are inclusive, an empty end is open."""

    function = "DATERANGE"


def periode_uitdrukking() -> DateRange:
    return DateRange(F("ingangsdatum"), F("einddatum"), Value("[]"))


class GebruikerManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **velden: object) -> Gebruiker:
        gebruiker = self.model(email=self.normalize_email(email).lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **velden: object) -> Gebruiker:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. Carries no rights of its own: see Aanstelling."""

    email = models.EmailField("e-mailadres", unique=True)
    naam = models.CharField(max_length=120)
    telefoon = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField("actief", default=True)
    is_staff = models.BooleanField("mag in de admin", default=False)

    objects = GebruikerManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        ordering = ["naam", "id"]

    def __str__(self) -> str:
        return self.naam

    def get_full_name(self) -> str:
        return self.naam


class AanstellingQuerySet(models.QuerySet["Aanstelling"]):
    def actief(self, *, op: date) -> AanstellingQuerySet:
        return self.filter(Q(einddatum=None) | Q(einddatum__gte=op), ingangsdatum__lte=op, gebruiker__is_active=True)

    def met_organisatie(self) -> AanstellingQuerySet:
        return self.select_related("gebruiker", "gemeente", "aanbieder").order_by("id")

    def systeem(self) -> Aanstelling:
        """The actor behind what no person did; made when first needed, cannot sign in."""
        aanstelling = self.met_organisatie().filter(rol=Rol.SYSTEEM).first()
        if aanstelling is None:
            gebruiker, _ = Gebruiker.objects.get_or_create(
                email=SYSTEEM_EMAIL, defaults={"naam": "Systeem", "password": "!"}
            )
            aanstelling, _ = self.get_or_create(
                gebruiker=gebruiker, rol=Rol.SYSTEEM, defaults={"ingangsdatum": date(2000, 1, 1)}
            )
        return aanstelling


class Aanstelling(models.Model):
    """gebruiker x rol x organisatie x periode: the only carrier of rights (besluiten 1)."""

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="aanstellingen")
    rol = models.CharField(max_length=30, choices=Rol)
    gemeente = models.ForeignKey("wmo.Gemeente", models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    aanbieder = models.ForeignKey("wmo.Aanbieder", models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    gecontroleerd_op = models.DateField("laatst gecontroleerd op", null=True, blank=True)

    objects = AanstellingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanstelling"
        verbose_name_plural = "aanstellingen"
        ordering = ["gebruiker__naam", "id"]
        constraints = [
            models.CheckConstraint(
                name="aanstelling_organisatie_past_bij_rol",
                condition=Q(rol__in=sorted(GEMEENTEROLLEN), gemeente__isnull=False, aanbieder__isnull=True)
                | Q(rol__in=sorted(AANBIEDERROLLEN), gemeente__isnull=True, aanbieder__isnull=False)
                | Q(rol__in=sorted(LANDELIJK), gemeente__isnull=True, aanbieder__isnull=True),
                violation_error_message="Kies een gemeente bij een gemeenterol en een aanbieder bij een aanbiederrol.",
            ),
            models.CheckConstraint(
                name="aanstelling_einde_na_begin",
                condition=Q(einddatum=None) | Q(einddatum__gte=F("ingangsdatum")),
                violation_error_message="De einddatum ligt voor de ingangsdatum.",
            ),
            ExclusionConstraint(
                name="aanstelling_geen_overlap",
                expressions=[
                    ("gebruiker", RangeOperators.EQUAL),
                    ("rol", RangeOperators.EQUAL),
                    (Func(F("gemeente"), Value(0), function="COALESCE"), RangeOperators.EQUAL),
                    (Func(F("aanbieder"), Value(0), function="COALESCE"), RangeOperators.EQUAL),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Deze persoon heeft deze rol in deze periode al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker.naam}, {self.rolnaam} ({self.organisatienaam})"

    @property
    def rolnaam(self) -> str:
        return Rol(self.rol).label

    @property
    def organisatienaam(self) -> str:
        if self.gemeente:
            return self.gemeente.weergavenaam
        return self.aanbieder.naam if self.aanbieder else self.rolnaam

    def mag(self, recht: Recht) -> bool:
        return recht in ROLRECHTEN[Rol(self.rol)]

    @property
    def is_gemeente(self) -> bool:
        return self.rol in GEMEENTEROLLEN

    @property
    def is_aanbieder(self) -> bool:
        return self.rol in AANBIEDERROLLEN


class Demo(models.Model):
    """The one row that makes this an exercise region: exists only on the embedded database (besluiten 16)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    gemaakt_op = models.DateTimeField()
    seed = models.IntegerField(default=1)

    class Meta:
        verbose_name = "oefenomgeving"
        verbose_name_plural = "oefenomgeving"
        constraints = [models.CheckConstraint(name="demo_een_rij", condition=Q(id=1))]

    def __str__(self) -> str:
        return "Oefenomgeving"

"""People and the hats they wear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, SmallIntegerField, Value, When
from django.utils.crypto import salted_hmac

from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, LANDELIJK, PERSOONSROLLEN, ROLRECHTEN, Recht, Rol

if TYPE_CHECKING:
    from wmo.models import Aanbieder, Gemeente

SYSTEEM_EMAIL = "systeem@example.nl"


class DateRange(Func):
    """daterange(van, tot, '[]'): periods are inclusive, an empty end is open."""

    function = "DATERANGE"


def periode_uitdrukking() -> DateRange:
    return DateRange(F("ingangsdatum"), F("einddatum"), Value("[]"))


class GebruikerManager(BaseUserManager["Gebruiker"]):
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
    sneltoetsen = models.BooleanField(default=False, help_text="Toetsen van een letter; standaard uit (WCAG 2.1.4).")
    sessieronde = models.PositiveIntegerField(default=0, help_text="Een hoger getal beëindigt elke lopende sessie.")

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

    def get_session_auth_hash(self) -> str:
        """Sessions live in a cache that cannot be searched by person: another hash makes all of them worthless."""
        return self._sessiehash()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for sleutel in settings.SECRET_KEY_FALLBACKS:
            yield self._sessiehash(sleutel)

    def _sessiehash(self, sleutel: str | None = None) -> str:
        waarde = f"{self.password}:{self.sessieronde}"
        return salted_hmac("wmo.gebruiker.sessie", waarde, secret=sleutel, algorithm="sha256").hexdigest()


class AanstellingQuerySet(models.QuerySet["Aanstelling"]):
    def actief(self, *, op: date) -> AanstellingQuerySet:
        loopt = Q(einddatum=None) | Q(einddatum__gte=op)
        return self.filter(loopt, ingangsdatum__lte=op, gestopt_op=None, gebruiker__is_active=True)

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
    """gebruiker x rol x organisatie x periode: the only carrier of rights (ADR 0001)."""

    gebruiker = models.ForeignKey(Gebruiker, models.PROTECT, related_name="aanstellingen")
    rol = models.CharField(max_length=30, choices=Rol)
    gemeente = models.ForeignKey("wmo.Gemeente", models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    aanbieder = models.ForeignKey("wmo.Aanbieder", models.PROTECT, null=True, blank=True, related_name="aanstellingen")
    ingangsdatum = models.DateField()
    einddatum = models.DateField(null=True, blank=True)
    gecontroleerd_op = models.DateField("laatst gecontroleerd op", null=True, blank=True)
    gestopt_op = models.DateTimeField(null=True, blank=True, help_text="Toegang per direct gestopt (R-116).")

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
            ExclusionConstraint(
                name="aanstelling_regio_ziet_geen_personen",
                expressions=[
                    ("gebruiker", RangeOperators.EQUAL),
                    (
                        Case(When(rol=Rol.REGIO, then=Value(1)), default=Value(0), output_field=SmallIntegerField()),
                        RangeOperators.NOT_EQUAL,
                    ),
                    (periode_uitdrukking(), RangeOperators.OVERLAPS),
                ],
                condition=Q(rol__in=sorted({*PERSOONSROLLEN, Rol.REGIO})),
                violation_error_message="Regionale inkoop kan niet samen met een rol die personen ziet.",
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

    @property
    def eigen_gemeente(self) -> Gemeente:
        """For what only roles of a gemeente may do; the check on the table makes it certain."""
        assert self.gemeente is not None
        return self.gemeente

    @property
    def eigen_aanbieder(self) -> Aanbieder:
        """For what only roles of an aanbieder may do."""
        assert self.aanbieder is not None
        return self.aanbieder

    def mag(self, recht: Recht) -> bool:
        return recht in ROLRECHTEN[Rol(self.rol)]

    @property
    def is_gemeente(self) -> bool:
        return self.rol in GEMEENTEROLLEN

    @property
    def is_aanbieder(self) -> bool:
        return self.rol in AANBIEDERROLLEN


class Demo(models.Model):
    """The one row that makes this an exercise region: exists only on the embedded database (ADR 0005)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    gemaakt_op = models.DateTimeField()
    seed = models.IntegerField(default=1)

    class Meta:
        verbose_name = "oefenomgeving"
        verbose_name_plural = "oefenomgeving"
        constraints = [models.CheckConstraint(name="demo_een_rij", condition=Q(id=1))]

    def __str__(self) -> str:
        return "Oefenomgeving"

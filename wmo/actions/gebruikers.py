"""Who gets in, as what, and until when (R-116)."""

from __future__ import annotations

from datetime import date, datetime

from celery import current_app
from django.db import transaction
from django.db.models import F, Q

from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanbieder, Aanstelling, Gebruiker, Gemeente, Logregel
from wmo.periodes import vandaag
from wmo.permissions import AANBIEDERROLLEN, GEMEENTEROLLEN, PERSOONSROLLEN, Recht, Rol

UITNODIGING = "wmo.tasks.stuur_uitnodiging"


@actie(Recht.GEBRUIKERS_BEHEREN)
def nodig_uit(
    *,
    email: str,
    naam: str,
    rol: Rol,
    gemeente: Gemeente | None,
    aanbieder: Aanbieder | None,
    ingangsdatum: date,
    adres: str,
    door: Aanstelling,
    nu: datetime,
) -> Aanstelling:
    """A role for a person, who is made when the e-mail address is new and then gets a mail to choose a password.

    `adres` is where the portal is, such as https://wmo.example.nl. A person who had access before is let in again.
    Refused: the system's role, an organisation that does not fit the role, regio beside a role that sees persons.
    """
    if rol == Rol.SYSTEEM:
        raise Geweigerd("Deze rol is er alleen voor het portaal zelf.", reden="ROL")
    gemeente, aanbieder = _organisatie(rol, gemeente, aanbieder)
    gebruiker, nieuw = Gebruiker.objects.get_or_create(
        email=Gebruiker.objects.normalize_email(email).lower(), defaults={"naam": naam, "password": "!"}
    )
    Gebruiker.objects.select_for_update().get(pk=gebruiker.pk)  # two invitations at once are looked at one by one
    _weiger_dubbel(gebruiker, rol, gemeente, aanbieder, ingangsdatum)
    aanstelling = Aanstelling.objects.create(
        gebruiker=gebruiker, rol=rol, gemeente=gemeente, aanbieder=aanbieder, ingangsdatum=ingangsdatum,
        gecontroleerd_op=vandaag(nu),
    )  # fmt: skip
    if not gebruiker.is_active or (rol == Rol.BEHEERDER and not gebruiker.is_staff):
        is_staff = gebruiker.is_staff or rol == Rol.BEHEERDER
        Gebruiker.objects.filter(pk=gebruiker.pk).update(is_active=True, is_staff=is_staff)
    _noteer(aanstelling, "nodig_uit", f"Toegang gegeven als {aanstelling.rolnaam}", door, nu)
    if nieuw or not gebruiker.has_usable_password():
        _mail(gebruiker, adres)
    return aanstelling


def _organisatie(
    rol: Rol, gemeente: Gemeente | None, aanbieder: Aanbieder | None
) -> tuple[Gemeente | None, Aanbieder | None]:
    """The organisation that belongs to the role; the other one is dropped."""
    if rol in GEMEENTEROLLEN:
        if gemeente is None:
            raise Geweigerd("Kies de gemeente waar deze persoon werkt.", reden="ORGANISATIE")
        return gemeente, None
    if rol in AANBIEDERROLLEN:
        if aanbieder is None:
            raise Geweigerd("Kies de aanbieder waar deze persoon werkt.", reden="ORGANISATIE")
        return None, aanbieder
    return None, None


def _weiger_dubbel(
    gebruiker: Gebruiker, rol: Rol, gemeente: Gemeente | None, aanbieder: Aanbieder | None, vanaf: date
) -> None:
    """What the constraints of Aanstelling forbid, in words."""
    lopend = gebruiker.aanstellingen.filter(Q(einddatum=None) | Q(einddatum__gte=vanaf))
    if lopend.filter(rol=rol, gemeente=gemeente, aanbieder=aanbieder).exists():
        raise Geweigerd("Deze persoon heeft deze rol al. Kies een andere rol of een latere datum.", reden="BESTAAT")
    botst = PERSOONSROLLEN if rol == Rol.REGIO else {Rol.REGIO} if rol in PERSOONSROLLEN else set()
    ander = lopend.filter(rol__in=botst).first()
    if ander is not None:
        raise Geweigerd(f"De rol {rol.label} kan niet samen met {ander.rolnaam}.", reden="ROLLEN")


@actie(Recht.GEBRUIKERS_BEHEREN)
def stuur_opnieuw(*, aanstelling: Aanstelling, adres: str, door: Aanstelling, nu: datetime) -> None:
    """Another mail to choose a password: the link in the first one works for three days."""
    if aanstelling.gebruiker.has_usable_password():
        raise Geweigerd("Deze persoon heeft al een wachtwoord. Gebruik bij het inloggen Wachtwoord vergeten.")
    _noteer(aanstelling, "stuur_opnieuw", "Uitnodiging opnieuw gestuurd", door, nu)
    _mail(aanstelling.gebruiker, adres)


@actie(Recht.GEBRUIKERS_BEHEREN)
def stop_toegang(*, aanstelling: Aanstelling, reden: str, door: Aanstelling, nu: datetime) -> int:
    """End this role at once, and every session of the person. Returns how many cases are left to hand over."""
    if aanstelling.gebruiker_id == door.gebruiker_id:
        raise Geweigerd("U kunt uw eigen toegang niet stoppen. Vraag een collega.", reden="ZELF")
    dag = vandaag(nu)
    einde = max(dag, aanstelling.ingangsdatum)
    geraakt = Aanstelling.objects.filter(pk=aanstelling.pk, gestopt_op=None).update(gestopt_op=nu, einddatum=einde)
    if not geraakt:
        raise Geweigerd("De toegang is al gestopt.", reden="GESTOPT")
    Gebruiker.objects.filter(pk=aanstelling.gebruiker_id).update(sessieronde=F("sessieronde") + 1)
    if aanstelling.rol == Rol.BEHEERDER:
        Gebruiker.objects.filter(pk=aanstelling.gebruiker_id).update(is_staff=False)
    _noteer(aanstelling, "stop_toegang", f"Toegang gestopt als {aanstelling.rolnaam}", door, nu, reden)
    return aanstelling.zaken.lopend().count()


@actie(Recht.GEBRUIKERS_BEHEREN)
def bevestig(*, aanstelling: Aanstelling, door: Aanstelling, nu: datetime) -> None:
    """Somebody asked the organisation whether this person still works there, and heard yes (R-116)."""
    Aanstelling.objects.filter(pk=aanstelling.pk).update(gecontroleerd_op=vandaag(nu))
    _noteer(aanstelling, "bevestig", f"Gecontroleerd: werkt hier nog als {aanstelling.rolnaam}", door, nu)


@actie(Recht.GEBRUIKERS_BEHEREN)
def download(*, aantal: int, door: Aanstelling, nu: datetime) -> None:
    """Record that somebody took the overview of access away (ENSIA, R-349)."""
    tekst = f"Toegangsoverzicht gedownload: {aantal} rijen"
    noteer(door=door, nu=nu, handeling="gebruikers.download", over=None, tekst=tekst, soort=Logregel.Soort.EXPORT)


def _noteer(aanstelling: Aanstelling, wat: str, tekst: str, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    """A line of access, in the log of the gemeente that the role belongs to; the person is the object, not a name."""
    noteer(
        door=door, nu=nu, handeling=f"gebruikers.{wat}", over=aanstelling, tekst=tekst, reden=reden,
        soort=Logregel.Soort.TOEGANG, gemeente=aanstelling.gemeente,
        details={"organisatie": aanstelling.organisatienaam, "rol": aanstelling.rol},
    )  # fmt: skip


def _mail(gebruiker: Gebruiker, adres: str) -> None:
    """The worker makes the link: a token in the broker could be read there."""
    invoer = {"gebruiker_id": gebruiker.pk, "adres": adres}
    transaction.on_commit(lambda: current_app.send_task(UITNODIGING, kwargs=invoer, ignore_result=True), robust=True)

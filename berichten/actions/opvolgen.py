"""What people do with messages that wait: remind the aanbieder, put them on a colleague's name, say "seen"."""

from datetime import datetime

from berichten.actions.herstel import noteer, sluit
from berichten.actions.schrijven import wek
from berichten.models import Bericht
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanbieder, Aanstelling, Contactpersoon
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.weergave import datum


def kan_herinneren(bericht: Bericht, nu: datetime) -> bool:
    return _waarom_niet(bericht, nu) is None


@actie(Recht.BERICHTEN_VERWERKEN)
def herinner(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    """Ask the aanbieder for an answer that is late, at most once a day: Geweigerd WACHT_NIET, NOG_TIJD, AL_HERINNERD or
    GEEN_ADRES. The worker mails, one mail per aanbieder without anything about a person."""
    if weigering := _waarom_niet(bericht, nu):
        raise weigering
    assert bericht.aanbieder is not None
    if not adressen(bericht.aanbieder):
        raise Geweigerd(
            f"{bericht.aanbieder} heeft geen e-mailadres voor de administratie. Bel de aanbieder.", reden="GEEN_ADRES"
        )
    Bericht.objects.filter(pk=bericht.pk).update(herinnerd_op=nu, herinnerd_door=door, herinnering_weg_op=None)
    bericht.herinnerd_op, bericht.herinnerd_door = nu, door
    wek("berichten.tasks.stuur_herinneringen")
    noteer("herinner", bericht, f"{bericht.aanbieder} herinnerd aan het antwoord op bericht {bericht.soort}", door, nu)


def _waarom_niet(bericht: Bericht, nu: datetime) -> Geweigerd | None:
    wacht = bericht.status == Bericht.Status.VERZONDEN and bericht.kant == Bericht.Kant.GEMEENTE
    uiterlijk = bericht.antwoord_uiterlijk
    if not wacht or uiterlijk is None or bericht.afgehandeld_op is not None:
        return Geweigerd("Dit bericht wacht niet op een antwoord van de aanbieder.", reden="WACHT_NIET")
    if not bericht.antwoord_ontbreekt(vandaag(nu)):
        return Geweigerd(f"Het antwoord mag nog komen tot en met {datum(uiterlijk)}.", reden="NOG_TIJD")
    if bericht.herinnerd_op is not None and vandaag(bericht.herinnerd_op) == vandaag(nu):
        return Geweigerd("De aanbieder is vandaag al herinnerd. Bel als het haast heeft.", reden="AL_HERINNERD")
    return None


def adressen(aanbieder: Aanbieder) -> list[str]:
    """The contacts for administration (R-005), else the general address."""
    contacten = aanbieder.contactpersonen.filter(doel=Contactpersoon.Doel.ADMINISTRATIE)
    gevonden = sorted(set(contacten.exclude(email="").values_list("email", flat=True)))
    return gevonden or [adres for adres in (aanbieder.email,) if adres]


@actie(Recht.LEVERING_MELDEN)
def gezien(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    """An aanbieder for whom the portal plays knows what was wrong with its message; what it reports next is new."""
    if bericht.kant != Bericht.Kant.AANBIEDER or bericht.afgehandeld_op is not None:
        raise Geweigerd("Dit bericht staat niet meer bij Actie nodig.", reden="AL_GEZIEN")
    sluit(bericht, nu)
    noteer("gezien", bericht, f"Bericht {bericht.soort} gezien door {bericht.aanbieder}", door, nu)


@actie(Recht.BERICHTEN_VERWERKEN)
def zet_op_naam(*, bericht: Bericht, collega: Aanstelling | None, door: Aanstelling, nu: datetime) -> None:
    """Who takes this up; None releases it."""
    if collega is not None and not _mag(collega, bericht, nu):
        raise Geweigerd(f"{collega.gebruiker.naam} mag dit bericht niet behandelen.", reden="COLLEGA")
    bericht.behandelaar = collega
    bericht.save(update_fields=["behandelaar"])
    naam = collega.gebruiker.naam if collega else "niemand"
    noteer("zet_op_naam", bericht, f"Bericht {bericht.soort or 'zonder soort'} staat op naam van {naam}", door, nu)


def _mag(collega: Aanstelling, bericht: Bericht, nu: datetime) -> bool:
    actief = Aanstelling.objects.actief(op=vandaag(nu)).filter(pk=collega.pk, gemeente=bericht.gemeente_id)
    return collega.mag(Recht.BERICHTEN_VERWERKEN) and actief.exists()

"""Notes on a case."""

from datetime import datetime, timedelta

from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Notitie, Zaak
from wmo.permissions import Recht

WIJZIGTIJD = timedelta(minutes=15)


@actie(Recht.DOSSIER_LEZEN)
def voeg_toe(*, zaak: Zaak, tekst: str, door: Aanstelling, nu: datetime, alleen_toegang: bool = False) -> Notitie:
    """Add a note; the logboek says that, not what it says."""
    notitie = Notitie.objects.create(zaak=zaak, auteur=door, moment=nu, tekst=tekst, alleen_toegang=alleen_toegang)
    noteer(door=door, nu=nu, handeling="notities.voeg_toe", over=notitie, zaak=zaak, tekst="Notitie")
    return notitie


@actie(Recht.DOSSIER_LEZEN)
def wijzig(*, notitie: Notitie, tekst: str, door: Aanstelling, nu: datetime) -> None:
    """Correct one's own note within fifteen minutes; later one adds a new one."""
    if notitie.auteur_id != door.pk or nu - notitie.moment > WIJZIGTIJD:
        raise Geweigerd("Deze notitie kunt u niet meer wijzigen. Voeg een nieuwe notitie toe.", reden="TE_LAAT")
    notitie.tekst = tekst
    notitie.save(update_fields=["tekst"])
    noteer(door=door, nu=nu, handeling="notities.wijzig", over=notitie, zaak=notitie.zaak, tekst="Notitie gewijzigd")

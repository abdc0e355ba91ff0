"""Notes on a case, and the promise to call back."""

from datetime import date, datetime, timedelta

from wmo.actions import taken
from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Notitie, Taak, Zaak
from wmo.permissions import Recht

WIJZIGTIJD = timedelta(minutes=15)


@actie(Recht.DOSSIER_LEZEN)
def voeg_toe(
    *,
    zaak: Zaak,
    tekst: str,
    door: Aanstelling,
    nu: datetime,
    alleen_toegang: bool = False,
    terugbellen_op: date | None = None,
) -> Notitie:
    """Add a note; the logboek says that, not what it says. With `terugbellen_op` a task for that day is left open."""
    notitie = Notitie.objects.create(zaak=zaak, auteur=door, moment=nu, tekst=tekst, alleen_toegang=alleen_toegang)
    noteer(door=door, nu=nu, handeling="notities.voeg_toe", over=notitie, zaak=zaak, tekst="Notitie")
    if terugbellen_op is not None:
        taken.zet_klaar(
            sleutel=f"terugbellen:{notitie.pk}",
            soort=Taak.Soort.TERUGBELLEN,
            titel="Terugbellen",
            gemeente=zaak.gemeente,
            zaak=zaak,
            uiterlijk=terugbellen_op,
            pad=f"/zaken/{zaak.zaaknummer}/notities/",
            nu=nu,
        )
    return notitie


@actie(Recht.DOSSIER_LEZEN)
def meld_gebeld(*, taak: Taak, zaak: Zaak, door: Aanstelling, nu: datetime) -> None:
    """The call was made; what was said is another note."""
    if not taken.rond_af(sleutel=taak.sleutel, nu=nu):
        raise Geweigerd("Een collega heeft al gebeld.", reden="AL_GEBELD")
    noteer(door=door, nu=nu, handeling="notities.meld_gebeld", over=taak, zaak=zaak, tekst="Teruggebeld")


@actie(Recht.DOSSIER_LEZEN)
def wijzig(*, notitie: Notitie, tekst: str, door: Aanstelling, nu: datetime) -> None:
    """Correct one's own note within fifteen minutes; later one adds a new one."""
    if notitie.auteur_id != door.pk or nu - notitie.moment > WIJZIGTIJD:
        raise Geweigerd("Deze notitie kunt u niet meer wijzigen. Voeg een nieuwe notitie toe.", reden="TE_LAAT")
    notitie.tekst = tekst
    notitie.save(update_fields=["tekst"])
    noteer(door=door, nu=nu, handeling="notities.wijzig", over=notitie, zaak=notitie.zaak, tekst="Notitie gewijzigd")

"""What an aanbieder keeps up to date about itself: whom to call, and its own rule for cancelling (R-005, R-140)."""

from __future__ import annotations

from datetime import datetime

from wmo.actions import logboek
from wmo.actions.kader import actie
from wmo.models import Aanstelling, Contactpersoon
from wmo.permissions import Recht


@actie(Recht.CLIENTENSTOP_AANVRAGEN)
def bewaar_afzegrichtlijn(*, richtlijn: str, door: Aanstelling, nu: datetime) -> None:
    """What clients were told about cancelling: the gemeente reads it beside a no-show."""
    aanbieder = door.eigen_aanbieder
    aanbieder.afzegrichtlijn = richtlijn
    aanbieder.save(update_fields=["afzegrichtlijn"])
    _noteer("bewaar_afzegrichtlijn", "Richtlijn voor afzeggen bijgewerkt", door, nu)


@actie(Recht.CLIENTENSTOP_AANVRAGEN)
def bewaar_contactpersoon(
    *, doel: str, naam: str, email: str, telefoon: str, door: Aanstelling, nu: datetime
) -> Contactpersoon:
    """Whom to call for this purpose from now on; the one before goes (R-005)."""
    aanbieder = door.eigen_aanbieder
    aanbieder.contactpersonen.filter(doel=doel).delete()
    persoon = aanbieder.contactpersonen.create(doel=doel, naam=naam, email=email, telefoon=telefoon)
    _noteer("bewaar_contactpersoon", f"Contactpersoon voor {persoon.get_doel_display().lower()} gewijzigd", door, nu)
    return persoon


def _noteer(handeling: str, tekst: str, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(door=door, nu=nu, handeling=f"aanbieders.{handeling}", over=door.aanbieder, tekst=tekst)

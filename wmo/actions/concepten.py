"""Text that was typed and not saved: kept and thrown away for one person.

A draft changes nothing in the case, so there is no right to check and no line in the logboek: the action that saves
the form has both.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from wmo.models import Aanstelling, Concept, Zaak

BEWAAR = timedelta(days=30)


def bewaar(*, van: Aanstelling, zaak: Zaak, formulier: str, invoer: str, nu: datetime) -> None:
    """`invoer` is the form as a browser sends it (name=value&...); the newest replaces what there was."""
    Concept.objects.update_or_create(
        aanstelling=van, zaak=zaak, formulier=formulier, defaults={"invoer": invoer, "bewaard_op": nu}
    )


def wis(*, van: Aanstelling, zaak: Zaak, formulier: str) -> None:
    """After the form was saved, or because the person wants to be rid of it."""
    Concept.objects.voor(van).filter(zaak=zaak, formulier=formulier).delete()


def laat_los(*, van: Aanstelling, zaak: Zaak, formulier: str, delen: Iterable[str]) -> None:
    """Forget a part of a draft: the fields that begin with one of `delen` and a dash. Without fields it is gone."""
    weg = tuple(f"{deel}-" for deel in delen)
    for rij in Concept.objects.voor(van).filter(zaak=zaak, formulier=formulier):
        rest = [(naam, waarde) for naam, waarde in parse_qsl(rij.invoer, True) if not naam.startswith(weg)]
        if any("-" in naam for naam, _ in rest):
            bewaar(van=van, zaak=zaak, formulier=formulier, invoer=urlencode(rest), nu=rij.bewaard_op)
        else:
            rij.delete()


def ruim_op(*, nu: datetime) -> int:
    """Throw away what nobody came back for, and what belongs to a closed case; returns how many."""
    oud = Concept.objects.filter(bewaard_op__lt=nu - BEWAAR)
    gesloten = Concept.objects.filter(zaak__afgesloten_op__isnull=False)
    return (oud | gesloten).delete()[0]

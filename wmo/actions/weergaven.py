"""Views of the werkvoorraad under a name: of the desk of one person, so no right and no line in the logboek."""

from wmo.actions.kader import Geweigerd
from wmo.models import Aanstelling, Weergave

HOOGSTENS = 10


def bewaar(*, van: Aanstelling, lijst: str, naam: str, vraag: str) -> Weergave:
    """Under a name that exists: the new one takes its place. Raises Geweigerd: VOL."""
    eigen = Weergave.objects.voor(van)
    if not eigen.filter(naam=naam).exists() and eigen.count() >= HOOGSTENS:
        raise Geweigerd(f"U hebt al {HOOGSTENS} weergaven. Verwijder er eerst een.", reden="VOL")
    return Weergave.objects.update_or_create(aanstelling=van, naam=naam, defaults={"lijst": lijst, "vraag": vraag})[0]


def verwijder(*, van: Aanstelling, naam: str) -> None:
    Weergave.objects.voor(van).filter(naam=naam).delete()

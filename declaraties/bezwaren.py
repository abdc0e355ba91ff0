"""What money has to say about an opdracht that somebody wants to delete (TR385, R-302)."""

from declaraties.models import Declaratieregel
from wmo.models import Toewijzing


def tegen_verwijderen(toewijzing: Toewijzing) -> str | None:
    """A Dutch sentence when something was approved and not taken back, else None. One query."""
    regels = Declaratieregel.objects.goedgekeurd().filter(toewijzing=toewijzing, is_credit=False, gecrediteerd=False)
    if not regels.exists():
        return None
    return "Er zijn al declaraties goedgekeurd voor deze opdracht. Kort de einddatum in."

"""After a death nobody waits any more: places and spoedtrajecten end with the cases (R-150)."""

from __future__ import annotations

from datetime import datetime

from wachtlijst.actions import claims, spoedspoor
from wachtlijst.actions.spoor import leg_vast, vergrendel_lijst
from wachtlijst.models import Plek, Plekgebeurtenis, Spoedtraject
from wmo.actions import taken
from wmo.models import Aanstelling, Client

REDEN = "De cliënt is overleden"


def sluit(client: Client, wie: Aanstelling, nu: datetime) -> None:
    """Registered with `wmo.actions.overlijden`, which calls it inside its own action."""
    plekken = Plek.objects.filter(client=client, status__in=[Plek.Status.OPEN, Plek.Status.GECLAIMD])
    if plekken.exists():
        vergrendel_lijst(client.gemeente_id)
    for plek in plekken.select_related("gemeente"):
        plek.zet_status(Plek.Status.INGETROKKEN, **claims.GEEN_CLAIM)
        taken.rond_af(sleutel=claims.taaksleutel(plek), nu=nu)
        tekst = f"Plek {plek.code} is van de lijst gehaald"
        leg_vast(plek, Plekgebeurtenis.Soort.INGETROKKEN, tekst, door=wie, nu=nu, reden=REDEN)
    for traject in Spoedtraject.objects.lopend().filter(client=client).select_related("gemeente"):
        traject.zet_status(Spoedtraject.Status.INGETROKKEN, afloop=REDEN)
        for open_ in (spoedspoor.sleutel(traject), f"spoedopdracht:{traject.code}"):
            taken.rond_af(sleutel=open_, nu=nu)
        spoedspoor.noteer(traject, "trek_in", f"Spoed {traject.code} is ingetrokken", wie, nu, REDEN)

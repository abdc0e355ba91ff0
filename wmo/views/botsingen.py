"""A page that a colleague saved first: both texts side by side, nothing merged by itself (ADR 0014)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wmo.forms.verschil import Verschil
from wmo.models import Logregel, Zaak


@dataclass(frozen=True)
class Botsing:
    """What `_components/botsing.html` draws; `formulier` names the draft, `verschillen` may be none."""

    formulier: str
    door: str
    wanneer: datetime | None
    verschillen: list[Verschil]

    @property
    def samen_te_voegen(self) -> bool:
        return any(deel.veld for deel in self.verschillen)


def vergelijk(zaak: Zaak, handeling: str, formulier: str, verschillen: list[Verschil]) -> Botsing:
    """Who was first is in the logboek: the newest line of `handeling`."""
    regel = Logregel.objects.tijdlijn(zaak).laatste(handeling)
    if regel is None:
        return Botsing(formulier, "Iemand anders", None, verschillen)
    return Botsing(formulier, regel.aanstelling.gebruiker.naam, regel.moment, verschillen)

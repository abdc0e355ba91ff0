"""Which code processes which message: one table, read by the inbox.

A handler gets an Ontvangst whose message passed both gates and every rule. It works through actions, and raises
Afgekeurd (refused with a code) or Onverwerkbaar (a person must look); then nothing of it stays.
"""

from collections.abc import Callable
from dataclasses import dataclass

from berichten.ontvangst import Ontvangst
from berichten.router import antwoorden, declareren, leveren, toewijzen, verzoeken


@dataclass(frozen=True)
class Route:
    """`antwoord_direct`: the answer leaves with the processing. The 325 waits for a person."""

    verwerk: Callable[[Ontvangst], None]
    antwoord_direct: bool = True


ROUTES: dict[str, Route] = {
    "301": Route(toewijzen.opdracht),
    "302": Route(toewijzen.antwoord_op_opdracht),
    "305": Route(leveren.start),
    "306": Route(antwoorden.retour),
    "307": Route(leveren.stop),
    "308": Route(antwoorden.retour),
    "315": Route(verzoeken.om_toewijzing),
    "316": Route(antwoorden.retour),
    "317": Route(verzoeken.om_wijziging),
    "318": Route(antwoorden.retour),
    "319": Route(verzoeken.antwoord),
    "320": Route(antwoorden.retour),
    "323": Route(declareren.declaratie, antwoord_direct=False),
    "325": Route(declareren.antwoord),
}

"""Loaded by a worker with --include: kills its own process at a named point, the first time it gets there.

The points are the seams between the database and the outside; nothing of the portal is replaced, only preceded.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from berichten.actions import inbox, opdrachten, schrijven
from berichten.router import ROUTES, Route
from berichten.transport.bestand import Map

PUNT = os.environ.get("STERF_OP", "")
MERK = Path(os.environ.get("STERF_MERK", "/nergens"))


def sterf_een_keer() -> None:
    if not MERK.exists():
        MERK.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def ervoor(functie: Callable[..., Any]) -> Callable[..., Any]:
    def eerst(*args: Any, **kwargs: Any) -> Any:
        sterf_een_keer()
        return functie(*args, **kwargs)

    return eerst


def erna(functie: Callable[..., Any]) -> Callable[..., Any]:
    def daarna(*args: Any, **kwargs: Any) -> Any:
        uitkomst = functie(*args, **kwargs)
        sterf_een_keer()
        return uitkomst

    return daarna


match PUNT:
    case "301 geschreven, niet verzonden":
        opdrachten.leg_klaar = erna(schrijven.leg_klaar)
    case "bestand weg, niet opgeschreven":
        Map.verstuur = erna(Map.verstuur)  # type: ignore[method-assign]
    case "opgeslagen, niet verwerkt":
        Map.bevestig = ervoor(Map.bevestig)  # type: ignore[method-assign]
    case "midden in":
        ROUTES["302"] = Route(erna(ROUTES["302"].verwerk))

assert inbox.ROUTES is ROUTES

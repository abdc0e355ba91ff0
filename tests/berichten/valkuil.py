"""Loaded by a worker with --include: kills a process at every named point, once, the first time that it gets there.

The points are the seams between the database and the outside; nothing of the portal is replaced, only preceded or
followed. Which process dies is in the file `VALKUIL/pid`, renewed by the test whenever it starts one; 0 is the worker's
own. Without that file nothing happens.
"""

import importlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from berichten.actions import behandelen
from berichten.router import ROUTES, Route
from declaraties.actions import ontvangst

MAP = Path(os.environ["VALKUIL"])
ERVOOR, ERNA = "ervoor", "erna"
# Where, what is called there, and whether the process dies before it begins or after it came back.
PUNTEN = {
    # out
    "geschreven, niet vastgelegd": ("berichten.actions.schrijven", "koppel", ERNA),
    "vastgelegd, niet verzonden": ("berichten.actions.opdrachten", "verzend_paar", ERNA),
    "vlak voor het overhandigen": ("berichten.transport.bestand:Map", "verstuur", ERVOOR),
    "overhandigd, niet opgeschreven": ("berichten.transport.bestand:Map", "verstuur", ERNA),
    "envelop vlak voor het overhandigen": ("berichten.transport.ggk:Ggk", "verstuur", ERVOOR),
    "envelop overhandigd, niet opgeschreven": ("berichten.transport.ggk:Ggk", "verstuur", ERNA),
    "opgeschreven, niet vastgelegd": ("berichten.actions.outbox", "verzend", ERNA),
    "verzending vastgelegd": ("berichten.actions.outbox", "verzend_volgende", ERNA),
    # in
    "opgehaald, niet vastgelegd": ("berichten.actions.inbox", "_bewaar", ERNA),
    "opgeslagen, niet bevestigd": ("berichten.transport.bestand:Map", "bevestig", ERVOOR),
    "bevestigd": ("berichten.transport.bestand:Map", "bevestig", ERNA),
    "poging geteld, niet verwerkt": ("berichten.actions.inbox", "verwerk", ERVOOR),
    "halverwege verwerken": ("", "302", ERNA),
    "deel van de regels opgeslagen": ("declaraties.models.invoer", "_kopieer", ERNA),
    "alle regels beoordeeld, bericht niet uit": ("", "323", ERNA),
    "verwerkt, niet vastgelegd": ("berichten.actions.inbox", "verwerk", ERNA),
    "verwerking vastgelegd": ("berichten.actions.inbox", "verwerk_volgende", ERNA),
}


def leeft(pid: int) -> bool:
    """A zombie that waits for its parent is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def kinderen(pid: int) -> list[int]:
    return [int(kind) for kind in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def slachtoffer() -> int:
    """The process that must die; one that died before is waited for until it runs again."""
    einde = time.monotonic() + 60
    while time.monotonic() < einde:
        pid = int((MAP / "pid").read_text())
        if pid == 0 or leeft(pid):
            return pid or os.getpid()
        time.sleep(0.02)
    raise TimeoutError("de server is niet teruggekomen")


def sla_toe(punt: str) -> None:
    merk = MAP / "gesprongen" / punt
    if merk.exists() or not (MAP / "pid").exists():
        return
    pid = slachtoffer()
    merk.touch()
    dood(pid)


def dood(pid: int) -> None:
    """kill -9 of a process and its children, and all of them gone before the next step."""
    allen = [pid, *kinderen(pid)] if pid != os.getpid() else [pid]
    for ieder in allen:
        os.kill(ieder, signal.SIGKILL)
    einde = time.monotonic() + 5
    while any(map(leeft, allen)) and time.monotonic() < einde:
        time.sleep(0.005)


def omgeven(functie: Callable[..., Any], punt: str, wanneer: str) -> Callable[..., Any]:
    def omheen(*args: Any, **kwargs: Any) -> Any:
        if wanneer == ERVOOR:
            sla_toe(punt)
        uitkomst = functie(*args, **kwargs)
        if wanneer == ERNA:
            sla_toe(punt)
        return uitkomst

    return omheen


def leg() -> None:
    # small enough for a test, and still handled while it is read, batch after batch
    behandelen.IN_EEN_KEER, ontvangst.PORTIE = 0, 20
    for punt, (waar, naam, wanneer) in PUNTEN.items():
        if not waar:
            ROUTES[naam] = Route(omgeven(ROUTES[naam].verwerk, punt, wanneer))
            continue
        module, _, klasse = waar.partition(":")
        eigenaar = importlib.import_module(module)
        eigenaar = getattr(eigenaar, klasse) if klasse else eigenaar
        setattr(eigenaar, naam, omgeven(getattr(eigenaar, naam), punt, wanneer))


if os.environ["VALKUIL"] != "nergens":
    leg()

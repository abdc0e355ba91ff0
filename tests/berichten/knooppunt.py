"""A knooppunt that says what a test wants, behind the HTTPS server of the simulator."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from berichten.knooppunt import controle, soap
from berichten.knooppunt.envelop import Bericht, Bevestiging, Partij, Stuur
from berichten.simulator.papieren import Paar
from berichten.simulator.server import Antwoord, Server


def bevestig(bericht: Bericht) -> Antwoord:
    """What a healthy knooppunt says."""
    kop = antwoordkop(bericht.stuur)
    return 200, soap.pak_in(Bevestiging(kop))


def weiger(code: str, tekst: str) -> Callable[[Bericht], Antwoord]:
    return lambda bericht: (500, soap.pak_in(controle.fout("Fo03", antwoordkop(bericht.stuur), code, tekst)))


def antwoordkop(stuur: Stuur) -> Stuur:
    return controle.stuur(Partij("IB", "GGk"), stuur.zender, datetime.now(UTC), kruis=stuur.nummer)


@dataclass
class Knooppunt:
    """`zeg` decides the answer to what came in; `wacht` seconds and it hangs up, or when the server stops."""

    ontvangen: list[Bericht] = field(default_factory=list)
    acties: list[str] = field(default_factory=list)
    zeg: Callable[[Bericht], Antwoord] = bevestig
    wacht: float = 0
    klaar: threading.Event = field(default_factory=threading.Event)
    endpoint: str = ""

    def luister(self, bericht: Bericht, actie: str) -> Antwoord | None:
        self.ontvangen.append(bericht)
        self.acties.append(actie)
        if self.wacht:
            self.klaar.wait(self.wacht)
            return None
        return self.zeg(bericht)


@contextmanager
def luisterend(server: Paar, ca: Paar) -> Iterator[Knooppunt]:
    knooppunt = Knooppunt()
    luisteraar = Server(server, ca, knooppunt.luister)
    knooppunt.endpoint = luisteraar.adres
    yield knooppunt
    knooppunt.klaar.set()
    luisteraar.stop()

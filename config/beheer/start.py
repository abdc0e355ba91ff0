"""`./portaal start`: everything that one machine needs to run the portal, until Ctrl-C."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import FrameType
from typing import NoReturn

from config import frontend, mappen
from config.beheer import servers
from config.beheer.toezicht import Bewaakt, Programma, Toezicht
from config.server import Storing

EERSTE_POORT, POORTEN = 8000, 20
WACHTRIJ = 512  # callers who wait while the web server comes back


def main(argumenten: list[str]) -> int:
    """Prepare, start, watch, stop. Returns 0 after Ctrl-C or SIGTERM."""
    opties = _opties(argumenten)
    # SIGINT too: a shell starts a background job with Ctrl-C ignored, and Python then leaves it so.
    for signaal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signaal, _onderbreek)
    servers.lees_env()
    try:
        frontend.bouw(meld)
        with contextlib.ExitStack() as open_:
            _draai(opties, open_)
    except KeyboardInterrupt:
        meld("Gestopt.")
    return 0


def meld(tekst: str) -> None:
    print(f"  {tekst}", flush=True)


def _opties(argumenten: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./portaal start")
    parser.add_argument(
        "--poort", type=int, help=f"vaste poort; zonder deze keuze de eerste vrije vanaf {EERSTE_POORT}"
    )
    parser.add_argument("--zonder-demo", action="store_true", help="vul de database niet met de oefenregio")
    return parser.parse_args(argumenten)


def _onderbreek(signaal: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _draai(opties: argparse.Namespace, open_: contextlib.ExitStack) -> None:
    eigen: list[Bewaakt] = []
    if ingebouwd := servers.ingebouwd():
        open_.enter_context(servers.slot())
        os.environ.setdefault("TLS_ERVOOR", "0")  # the one exception: plain HTTP on 127.0.0.1, own database
        meld("Database en broker starten")
        eigen += open_.enter_context(servers.draaiend())
    else:
        meld("Database en broker van .env gebruiken")
        servers.eis_bereikbaar()
    deur = open_.enter_context(neem_poort(opties.poort))
    poort = deur.getsockname()[1]
    _bereid_voor(demo=ingebouwd and not opties.zonder_demo)
    toezicht = Toezicht([*eigen, *programmas(deur)])
    open_.callback(_stop_programmas, toezicht)
    for programma in toezicht.onderdelen[len(eigen) :]:
        programma.start()
    _wacht_op_web(toezicht, poort)
    if ingebouwd:
        servers.zet_slottekst(f"http://127.0.0.1:{poort}/")
    _vertel(poort, ingebouwd=ingebouwd)
    toezicht.waak()


def neem_poort(gewenst: int | None) -> socket.socket:
    """Listening on the port that was asked for, or Storing; without a wish on the first free one.

    It is ours from here on, also while the web server is started or comes back: of two portals that start at once the
    second gets another port.
    """
    if gewenst is not None:
        if deur := _luister(gewenst):
            return deur
        raise Storing(f"Poort {gewenst} is al in gebruik: kies een andere met --poort, of laat --poort weg.")
    for poort in range(EERSTE_POORT, EERSTE_POORT + POORTEN):
        if deur := _luister(poort):
            return deur
    laatste = EERSTE_POORT + POORTEN - 1
    raise Storing(f"De poorten {EERSTE_POORT} tot en met {laatste} zijn in gebruik: kies een vrije met --poort.")


def _luister(poort: int) -> socket.socket | None:
    deur = socket.socket()
    deur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        deur.bind(("127.0.0.1", poort))
        deur.listen(WACHTRIJ)
    except OSError:
        deur.close()
        return None
    return deur


def _bereid_voor(*, demo: bool) -> None:
    """Migrate, collect static files, fill the demo region: one process, so that Django is loaded once."""
    opdracht = [sys.executable, "-m", "config.beheer.voorbereiden", *(["--demo"] if demo else [])]
    if subprocess.run(opdracht, stdin=subprocess.DEVNULL).returncode:
        raise Storing("De database is niet klaargemaakt; de reden staat hierboven.")


def programmas(deur: socket.socket) -> list[Programma]:
    """Web, which answers at `deur`, worker and beat, as direct children."""
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"fd://{deur.fileno()}", "--no-control-socket"]
    web += ["--workers", "2", "--threads", "4", "--graceful-timeout", "10"]
    werker = [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile=", "--schedule", str(mappen.DATA / "celerybeat")]
    return [
        Programma("web", web, {"DATABASE_POOL": "1"}, geduld=15, erft=(deur.fileno(),)),
        Programma("worker", werker),
        Programma("beat", beat, geduld=5),
    ]


def _wacht_op_web(toezicht: Toezicht, poort: int, geduld: float = 60) -> None:
    einde = time.monotonic() + geduld
    while not _antwoordt(poort):
        for melding in toezicht.kijk(time.monotonic()):
            meld(melding)
        if time.monotonic() > einde:
            raise Storing(
                f"De webserver antwoordt na {geduld:.0f} seconden nog niet; kijk in {mappen.DATA / 'logboeken'}."
            )
        time.sleep(0.1)


def _antwoordt(poort: int) -> bool:
    """Any HTTP answer counts: right after a start the worker has no heartbeat yet, so health says 503."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{poort}/gezondheid/", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _vertel(poort: int, *, ingebouwd: bool) -> None:
    print(f"\nHet portaal draait op http://127.0.0.1:{poort}/  (stoppen: Ctrl-C)\n", flush=True)
    if ingebouwd and mappen.DEMO_ACCOUNTS.exists():
        print(mappen.DEMO_ACCOUNTS.read_text(), flush=True)
    if os.environ.get("TLS_ERVOOR", "1").lower() not in ("0", "false", "off", "no"):
        print(
            "TLS_ERVOOR staat aan: bereik het portaal via de webserver die https doet, niet rechtstreeks.\n", flush=True
        )


def _stop_programmas(toezicht: Toezicht) -> None:
    """Ours first; the servers stop after them, by the context that started them. A second Ctrl-C may not break this."""
    for signaal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signaal, signal.SIG_IGN)
    meld("Stoppen")
    for deel in reversed(toezicht.onderdelen):
        if isinstance(deel, Programma):
            deel.stop()

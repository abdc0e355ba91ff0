"""Supervision: whatever dies is started again with back-off, and what keeps dying stops the whole with a sentence."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from config import mappen
from config.server import LOG_MAX, Storing, kind

MAX_DODEN = 5  # within VENSTER: then it is no accident any more
VENSTER = 60.0  # seconds
LANGSTE_PAUZE = 8.0


class Bewaakt(Protocol):
    """A server of config/embedded.py or a Programma."""

    naam: str

    def start(self) -> None: ...
    def leeft(self) -> bool: ...
    def staart(self) -> str: ...
    def stop(self) -> None: ...


class Programma:
    """Web, worker or beat: a child that gets SIGTERM when we are gone and writes to its own log file. `erft` are the
    open files that it gets from us."""

    def __init__(
        self,
        naam: str,
        opdracht: list[str],
        omgeving: dict[str, str] | None = None,
        geduld: float = 30,
        erft: tuple[int, ...] = (),
    ) -> None:
        self.naam, self.opdracht, self.geduld, self.erft = naam, opdracht, geduld, erft
        self.omgeving = {**os.environ, "PYTHONUNBUFFERED": "1", **(omgeving or {})}
        self.logpad: Path = mappen.DATA / "logboeken" / f"{naam}.log"
        self.proces: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.logpad.parent.mkdir(mode=0o700, exist_ok=True)
        if self.logpad.exists() and self.logpad.stat().st_size > LOG_MAX:
            self.logpad.replace(self.logpad.with_suffix(".log.1"))
        with open(os.open(self.logpad, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            opdracht = kind(self.opdracht, doodsignaal=signal.SIGTERM)
            self.proces = subprocess.Popen(
                opdracht,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self.omgeving,
                start_new_session=True,
                pass_fds=self.erft,
            )

    def leeft(self) -> bool:
        return self.proces is not None and self.proces.poll() is None

    def staart(self) -> str:
        return self.logpad.read_text(errors="replace")[-800:]

    def stop(self) -> None:
        """SIGTERM lets running work end; after `geduld` seconds the whole process group goes."""
        if self.proces is None or self.proces.poll() is not None:
            return
        self.proces.terminate()
        try:
            self.proces.wait(self.geduld)
        except subprocess.TimeoutExpired:
            os.killpg(self.proces.pid, signal.SIGKILL)
            self.proces.wait()


class Toezicht:
    """Starts in the given order, stops in reverse, and restarts what died in between."""

    def __init__(self, onderdelen: Iterable[Bewaakt]) -> None:
        self.onderdelen = list(onderdelen)
        self.doden: dict[str, list[float]] = {}
        self.hervat_op: dict[str, float] = {}

    def kijk(self, nu: float) -> list[str]:
        """One round. Returns what to tell: a name that died or came back."""
        meldingen = []
        for deel in self.onderdelen:
            if deel.leeft():
                continue
            if deel.naam not in self.hervat_op:
                meldingen.append(self._noteer_dood(deel, nu))
            elif nu >= self.hervat_op[deel.naam]:
                del self.hervat_op[deel.naam]
                meldingen += self._hervat(deel, nu)
        return meldingen

    def _noteer_dood(self, deel: Bewaakt, nu: float) -> str:
        recent = [moment for moment in self.doden.get(deel.naam, []) if moment > nu - VENSTER] + [nu]
        self.doden[deel.naam] = recent
        if len(recent) > MAX_DODEN:
            raise Storing(f"{deel.naam} stopt telkens weer; het portaal is gestopt. Laatste regels:\n{deel.staart()}")
        pauze = 0.0 if len(recent) == 1 else min(0.5 * 2 ** len(recent), LANGSTE_PAUZE)
        self.hervat_op[deel.naam] = nu + pauze
        return f"{deel.naam} is gestopt en wordt over {pauze:.0f} seconden opnieuw gestart"

    def _hervat(self, deel: Bewaakt, nu: float) -> list[str]:
        """A server that refuses to start counts as one more death: its port or folder may come free in a moment."""
        try:
            deel.start()
        except Storing:
            return [self._noteer_dood(deel, nu)]
        return [f"{deel.naam} draait weer"]

    def waak(self) -> None:
        """Until something raises: Ctrl-C, SIGTERM or a Storing."""
        while True:
            for melding in self.kijk(time.monotonic()):
                print(melding, flush=True)
            time.sleep(0.2)

    def stop(self) -> None:
        for deel in reversed(self.onderdelen):
            deel.stop()

"""A real Celery worker for tests: its own process, the test's database, the test's prefix in Redis."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from celery import Celery
from django.conf import settings
from django.db import connection
from kombu.exceptions import OperationalError as GeenMakelaar
from redis.exceptions import RedisError

from config.celery import app as portaal


def omgeving(**extra: str) -> dict[str, str]:
    """The environment in which a child process works on the same test database and the same queues."""
    d = connection.settings_dict
    adres = f"postgresql://{d['USER']}:{d['PASSWORD']}@{d['HOST']}:{d['PORT']}/{d['NAME']}"
    return {**os.environ, "DATABASE_URL": adres, **extra}


class Werker:
    """Start, stop and kill one worker with two processes, as `./portaal start` runs it."""

    def __init__(self, *opties: str, app: Celery = portaal, **omgeving: str) -> None:
        """`opties` go to the worker's command line, `omgeving` over the environment of the tests, and `app` speaks to
        it: the portal's own, unless the worker has another broker."""
        self.opties, self.app, self.extra = opties, app, omgeving
        self.proces: subprocess.Popen[bytes] | None = None
        self.log = Path(tempfile.mkstemp(prefix="wmo-werker-", suffix=".log")[1])

    def start(self) -> None:
        opdracht = [sys.executable, "-W", "default", "-m", "celery", "-A", "config", "worker", "-l", "INFO"]
        opdracht += ["--concurrency", "2", "--without-mingle", "--without-gossip", *self.opties]
        with self.log.open("ab") as log:
            self.proces = subprocess.Popen(
                opdracht,
                stdout=log,
                stderr=log,
                env=omgeving(**self.extra),
                start_new_session=True,
                cwd=settings.BASE_DIR,
            )
        try:
            self._wacht_op_antwoord()
        except BaseException:
            self.stop()
            raise

    def _antwoordt(self) -> bool:
        """A broker that died and came back closes the connections that were kept from before."""
        try:
            return bool(self.app.control.inspect(timeout=0.2).ping())
        except (GeenMakelaar, RedisError):
            return False

    def _wacht_op_antwoord(self) -> None:
        einde = time.monotonic() + 40
        while not self._antwoordt():
            assert self.proces is not None
            assert self.proces.poll() is None, self.log.read_text()
            assert time.monotonic() < einde, self.log.read_text()

    def zorg_dat_hij_draait(self) -> None:
        self.app.control.purge()
        if self.proces is None or self.proces.poll() is not None:
            self.start()

    def kill(self) -> None:
        """kill -9 of the worker and its children: what a power cut does."""
        assert self.proces is not None
        os.killpg(self.proces.pid, signal.SIGKILL)
        self.proces.wait()

    def wacht_tot_leeg(self) -> None:
        """Let running tasks end, so that none touches the database of the next test."""
        if self.proces is None or self.proces.poll() is not None:
            return
        self.app.control.purge()
        einde = time.monotonic() + 20
        while any((self.app.control.inspect(timeout=0.5).active() or {}).values()) and time.monotonic() < einde:
            time.sleep(0.05)

    def stop(self) -> None:
        if self.proces is not None and self.proces.poll() is None:
            self.proces.terminate()
            try:
                self.proces.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.log.unlink(missing_ok=True)


def wacht_met_berichten(tot: Callable[[], object], werker: Werker, seconden: float = 60) -> None:
    """Until it is true; the wake-ups that beat would give come every second."""
    einde = time.monotonic() + seconden
    while not tot():
        assert time.monotonic() < einde, werker.log.read_text()[-3000:]
        for taak in ("verzend_outbox", "verwerk_inbox"):
            portaal.send_task(f"berichten.tasks.{taak}")
        time.sleep(1)

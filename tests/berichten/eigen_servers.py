"""A database and a broker for one module of tests, to be killed: the shared ones must live."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from celery import Celery
from django.db import connection

from config.embedded import DATABASE, GEBRUIKER, Postgres, Valkey
from config.server import Server
from config.sleutels import MAKERS
from tests.werker import omgeving


class TeDodenPostgres(Postgres):
    """A commit is with the kernel before it is confirmed, and that survives kill -9. To force it on to the disk is for
    the day the power fails, and would make every one of the many restarts here last."""

    def opdracht(self) -> list[str]:
        return [*super().opdracht(), "--fsync=off"]


class EigenServers:
    """Both write before they say so (`vluchtig` is off): what is confirmed must survive kill -9."""

    def __init__(self, huis: Path) -> None:
        self.postgres = TeDodenPostgres(huis, MAKERS["POSTGRES"]())
        self.valkey = Valkey(huis, MAKERS["VALKEY"]())

    def hersteld(self) -> bool:
        """What the supervisor of a machine does: start what died. True when there was something to do."""
        dood = [server for server in (self.postgres, self.valkey) if not server.leeft()]
        for server in dood:
            server.start()
        return bool(dood)

    def pid(self, server: Server) -> int:
        assert server.proces is not None
        return server.proces.pid

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()

    def celery(self) -> Celery:
        """Our application on this broker; the one of the other tests keeps its own."""
        app = Celery("eigen", set_as_current=False)
        app.config_from_object("django.conf:settings", namespace="CELERY")
        app.conf.update(broker_url=self.valkey.url(), result_backend=self.valkey.url())
        return app


@contextmanager
def eigen_servers(huis: Path) -> Iterator[EigenServers]:
    """Started, with the tables and rows of the test database, and with the connection of this process turned to it."""
    servers = EigenServers(huis)
    try:
        servers.hersteld()
        _neem_over(servers.postgres)
        with _gericht_op(servers.postgres):
            yield servers
    finally:
        servers.stop()


def _neem_over(postgres: Postgres) -> None:
    bron = omgeving()["DATABASE_URL"]
    opties = ["--no-owner", "--no-privileges", "--no-comments"]
    dump = subprocess.run([str(postgres.bin / "pg_dump"), *opties, bron], capture_output=True, check=True)
    psql = [str(postgres.bin / "psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", postgres.url()]
    subprocess.run(psql, input=dump.stdout, capture_output=True, check=True)


@contextmanager
def _gericht_op(postgres: Postgres) -> Iterator[None]:
    oud: dict[str, Any] = dict(connection.settings_dict)
    connection.close()
    adres = {"HOST": "127.0.0.1", "PORT": postgres.poort, "NAME": DATABASE}
    connection.settings_dict.update({**adres, "USER": GEBRUIKER, "PASSWORD": postgres.wachtwoord})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(oud)

"""Early pytest plugin (`addopts = -p config.proefservers`): the servers that the tests run on.

pytest-django reads the settings before any conftest.py, so addresses must stand in the environment before that. One
PostgreSQL and one Valkey serve all xdist workers: each has its own database name (pytest-django) and its own prefix in
Redis. DATABASE_URL and REDIS_URL together replace them; Django then makes a `test_` database beside the real one.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.embedded import Postgres, Server, Valkey
from config.sleutels import MAKERS

_servers: list[Server] = []
_huis: Path | None = None


def _start() -> None:
    global _huis
    _huis = Path(tempfile.mkdtemp(prefix="wmo-proef-"))
    postgres, valkey = (soort(_huis, MAKERS["POSTGRES"](), vluchtig=True) for soort in (Postgres, Valkey))
    for server in (postgres, valkey):
        server.start()
        _servers.append(server)
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = postgres.url(), valkey.url


def _zet_omgeving() -> None:
    os.environ["PORTAAL_PROEF"] = "1"
    os.environ["TLS_ERVOOR"] = "0"
    os.environ["EMAIL_URL"] = "memorymail://"
    for naam in ("SECRET_KEY", "VERSLEUTEL_SLEUTELS", "ZOEKSLEUTEL"):
        os.environ.setdefault(naam, MAKERS[naam]())
    # The synchronous playwright fixtures keep an event loop alive in the thread that also runs the ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    if not os.environ.get("DATABASE_URL"):
        _start()


def pytest_unconfigure(config: pytest.Config) -> None:
    for server in reversed(_servers):
        server.stop()
    _servers.clear()
    if _huis:
        shutil.rmtree(_huis, ignore_errors=True)


_zet_omgeving()
os.environ["REDIS_PREFIX"] = "proef-" + os.environ.get("PYTEST_XDIST_WORKER", "gw")

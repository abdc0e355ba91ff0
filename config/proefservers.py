"""Early pytest plugin (`addopts = -p config.proefservers`): the servers that the tests run on.

pytest-django reads the settings before any conftest.py, so addresses must stand in the environment before that. One
PostgreSQL and one Valkey serve all xdist workers: each has its own database name (pytest-django) and its own prefix in
Redis. DATABASE_URL and REDIS_URL in the real environment replace them (Django then makes a `test_` database beside the
real one); a `.env` file is not read, so that no test can reach an installation by accident.
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import frontend
from config.embedded import Postgres, Valkey
from config.server import Storing
from config.sleutels import MAKERS

_open = contextlib.ExitStack()


@contextlib.contextmanager
def tijdelijke_servers(*, vluchtig: bool = True) -> Iterator[dict[str, str]]:
    """A new PostgreSQL and Valkey in a folder that goes away again; yields DATABASE_URL and REDIS_URL."""
    huis = Path(tempfile.mkdtemp(prefix="wmo-proef-"))
    postgres, valkey = (soort(huis, MAKERS["POSTGRES"](), vluchtig=vluchtig) for soort in (Postgres, Valkey))
    try:
        postgres.start()
        valkey.start()
        yield {"DATABASE_URL": postgres.url(), "REDIS_URL": valkey.url}
    finally:
        valkey.stop()
        postgres.stop()
        for map_ in {postgres.map, huis}:
            shutil.rmtree(map_, ignore_errors=True)


def proefomgeving() -> dict[str, str]:
    """Settings for tests: throw-away keys, plain HTTP, mail in memory, nothing of this installation."""
    return {
        "PORTAAL_PROEF": "1",
        "PORTAAL_ENV": os.devnull,
        "TLS_ERVOOR": "0",
        "EMAIL_URL": "memorymail://",
        # The synchronous playwright fixtures keep an event loop alive in the thread that also runs the ORM.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        **{naam: MAKERS[naam]() for naam in ("SECRET_KEY", "VERSLEUTEL_SLEUTELS", "ZOEKSLEUTEL")},
    }


def _begin() -> None:
    """In the controller, or in a pytest without xdist; workers inherit the result."""
    try:
        frontend.bouw()
        os.environ.update(proefomgeving())
        if not os.environ.get("DATABASE_URL"):
            os.environ.update(_open.enter_context(tijdelijke_servers()))
    except Storing as storing:
        pytest.exit(str(storing), returncode=3)


def pytest_unconfigure(config: pytest.Config) -> None:
    _open.close()


_werker = os.environ.get("PYTEST_XDIST_WORKER")
if _werker is None:
    _begin()
os.environ["REDIS_PREFIX"] = f"proef-{os.getpid()}" if _werker is None else f"{os.environ['REDIS_PREFIX']}-{_werker}"

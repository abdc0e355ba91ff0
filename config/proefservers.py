"""Early pytest plugin (`addopts = -p config.proefservers`): the servers that the tests run on.

pytest-django reads the settings before any conftest.py, so addresses must stand in the environment before that. One
PostgreSQL and one Valkey serve all xdist workers: each has its own database name (pytest-django) and its own prefix in
Redis. DATABASE_URL and REDIS_URL in the real environment replace them (Django then makes a `test_` database beside the
real one); a `.env` file is not read, so that no test can reach an installation by accident.
"""

import contextlib
import os

import pytest

from config import frontend
from config.server import Storing
from config.tijdelijk import proefomgeving, tijdelijke_servers

_open = contextlib.ExitStack()


def _begin() -> None:
    """In the controller, or in a pytest without xdist; workers inherit the result."""
    try:
        frontend.bouw()
        os.environ.update(proefomgeving())
        # The synchronous playwright fixtures keep an event loop alive in the thread that also runs the ORM.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
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

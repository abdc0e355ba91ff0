"""Servers and settings for a run that may leave nothing behind: tests, checks, measurements."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from config.embedded import Postgres, Valkey
from config.sleutels import MAKERS


@contextlib.contextmanager
def tijdelijke_servers(*, vluchtig: bool = True) -> Iterator[dict[str, str]]:
    """A new PostgreSQL and Valkey in a folder that goes away again; yields DATABASE_URL and REDIS_URL."""
    huis = Path(tempfile.mkdtemp(prefix="wmo-proef-"))
    postgres = Postgres(huis, MAKERS["POSTGRES"](), vluchtig=vluchtig)
    valkey = Valkey(huis, MAKERS["VALKEY"](), vluchtig=vluchtig)
    try:
        postgres.start()
        valkey.start()
        yield {"DATABASE_URL": postgres.url(), "REDIS_URL": valkey.url()}
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
        **{naam: MAKERS[naam]() for naam in ("SECRET_KEY", "VERSLEUTEL_SLEUTELS", "ZOEKSLEUTEL")},
    }

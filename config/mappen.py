"""Where things lie on disk. Standard library only: the servers and the tests need it before Django."""

import json
import os
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
ENV_BESTAND = Path(os.environ.get("PORTAAL_ENV") or BASIS / ".env")
DATA = Path(os.environ.get("PORTAAL_DATA") or BASIS / ".data")  # servers, keys, messages: private (0700) and kept
SERVERS = DATA / "servers.json"  # addresses of the running embedded servers, 0600, gone when they stop
DEMO_ACCOUNTS = DATA / "demo-accounts.txt"  # written by `manage.py seed`, 0600, printed at every start

BOUW = BASIS / ".bouw"  # everything that can be made again: stylesheet, fonts, collected static files
FRONTEND = BOUW / "frontend"  # served: nlds.css, iconen/, fonts/
LETTERTYPEN = BOUW / "lettertypen"  # TTF for typst, which does not read woff2
STATISCH = BOUW / "statisch"  # STATIC_ROOT
AXE = BOUW / "axe" / "axe.min.js"  # for browser tests only, never served


def lees_servers() -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the embedded servers; empty when they do not run."""
    try:
        return json.loads(SERVERS.read_text())
    except FileNotFoundError:
        return {}

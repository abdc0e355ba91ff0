"""Where things lie on disk. Standard library only: the servers and the tests need it before Django."""

import json
from pathlib import Path

BASIS = Path(__file__).resolve().parent.parent
DATA = BASIS / ".data"  # servers, keys, incoming files: private (0700) and kept
BOUW = BASIS / ".bouw"  # everything that can be made again: stylesheet, fonts, collected static files
FRONTEND = BOUW / "frontend"  # served: nlds.css, iconen/, fonts/
LETTERTYPEN = BOUW / "lettertypen"  # TTF for typst, which does not read woff2
STATISCH = BOUW / "statisch"  # STATIC_ROOT
AXE = BOUW / "axe" / "axe.min.js"  # for browser tests only, never served
SERVERS = DATA / "servers.json"  # addresses of the running embedded servers, 0600, gone when they stop


def lees_servers() -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the embedded servers; empty when they do not run."""
    try:
        return json.loads(SERVERS.read_text())
    except FileNotFoundError:
        return {}

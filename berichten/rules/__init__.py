"""The rules of the standard: TR (technical), CD (conditions) and CS (constraints), one small generator each.

Importing this package fills the register.
"""

from berichten.rules import (
    antwoorden,
    bedragen,
    binnen,
    condities,
    constraints,
    declareren,
    extern,
    leveren,
    sommen,
    toewijzen,
    verzoeken,
)
from berichten.rules.kern import DOOR_HET_SCHEMA, REGELS, Beoordeling, Fout, InPorties, Regel, beoordeel, regels_voor

__all__ = [
    "DOOR_HET_SCHEMA",
    "REGELS",
    "Beoordeling",
    "Fout",
    "InPorties",
    "Regel",
    "antwoorden",
    "bedragen",
    "beoordeel",
    "binnen",
    "condities",
    "constraints",
    "declareren",
    "extern",
    "leveren",
    "regels_voor",
    "sommen",
    "toewijzen",
    "verzoeken",
]

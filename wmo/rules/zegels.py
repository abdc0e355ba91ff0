"""What a seal of the logboek is made of: pure bytes in, hash out (R-347, docs/adr/0003-zegels.md).

Canonical form of a line, version 1: the JSON object of `VELDEN`, keys sorted, no white space, UTF-8 without escapes,
moments as UTC with microseconds ("2026-11-23T09:41:07.000000+00:00"), missing values as null. The print (`afdruk`) of
a line is the sha256 of that text.

A seal holds, per line in order of id, 40 bytes: the id (8 bytes, big-endian) and the print (32). Its hash is the
sha256 of `vorige hash \n volgnummer \n moment \n` followed by those bytes; the first seal follows on 64 zeros. So the
chain can be checked by anybody who has the rows, and a break points at one line instead of at a batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

VELDEN = (
    "id", "moment", "aanstelling_id", "rol", "organisatie", "soort", "handeling", "tekst", "reden", "details",
    "gemeente_id", "zaak_id", "client_id", "object_soort", "object_id",
)  # fmt: skip
BEGIN = "0" * 64
REGELMAAT = 40


class Breuk(StrEnum):
    """What is wrong at one place of the chain."""

    GEWIJZIGD = "gewijzigd"
    VERDWENEN = "verdwenen"
    INGEVOEGD = "ingevoegd"
    NAGEKOMEN = "nagekomen"
    ZEGEL = "zegel"


@dataclass(frozen=True)
class Breukplek:
    """One break: `regel` is the id of the line; None when the seal itself does not add up."""

    soort: Breuk
    zegel: int
    regel: int | None = None


def canoniek(regel: Mapping[str, Any]) -> bytes:
    """The canonical form of one line, from a mapping with at least `VELDEN`. KeyError when one is missing."""
    inhoud = {veld: _tekst(regel[veld]) for veld in VELDEN}
    return json.dumps(inhoud, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _tekst(waarde: Any) -> Any:
    if isinstance(waarde, datetime):
        return waarde.astimezone(UTC).isoformat(timespec="microseconds")
    return waarde.isoformat() if isinstance(waarde, date) else waarde


def afdruk(regel: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canoniek(regel)).digest()


def afdrukken(regels: Iterable[Mapping[str, Any]]) -> bytes:
    """Ids and prints of these lines, 40 bytes each."""
    return b"".join(regel["id"].to_bytes(8, "big") + afdruk(regel) for regel in regels)


def zegelhash(*, vorige: str, volgnummer: int, moment: datetime, inhoud: bytes) -> str:
    """Hexadecimal hash of a seal."""
    kop = f"{vorige}\n{volgnummer}\n{moment.astimezone(UTC).isoformat(timespec='microseconds')}\n"
    return hashlib.sha256(kop.encode() + inhoud).hexdigest()


def vergelijk(volgnummer: int, inhoud: bytes, regels: Iterable[Mapping[str, Any]]) -> list[Breukplek]:
    """The lines under one seal against the prints in it, in order of id."""
    verwacht = _uitgelezen(inhoud)
    gevonden = {regel["id"]: afdruk(regel) for regel in regels}
    breuken = []
    for nummer in sorted(verwacht.keys() | gevonden.keys()):
        if nummer not in gevonden:
            breuken.append(Breukplek(Breuk.VERDWENEN, volgnummer, nummer))
        elif nummer not in verwacht:
            breuken.append(Breukplek(Breuk.INGEVOEGD, volgnummer, nummer))
        elif verwacht[nummer] != gevonden[nummer]:
            breuken.append(Breukplek(Breuk.GEWIJZIGD, volgnummer, nummer))
    return breuken


def _uitgelezen(inhoud: bytes) -> dict[int, bytes]:
    stukken = (inhoud[i : i + REGELMAAT] for i in range(0, len(inhoud), REGELMAAT))
    return {int.from_bytes(stuk[:8], "big"): stuk[8:] for stuk in stukken}

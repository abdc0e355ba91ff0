"""The road of one machine: files in folders.

    <map>/<gemeente>/<aanbieder>/naar-aanbieder/WMO301-000000000012.xml
    <map>/<gemeente>/<aanbieder>/naar-gemeente/WMO302-000000000013.xml

A file appears under its name only when it is whole and on disk. What was collected moves to `verwerkt/` beside it.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from berichten.transport import AlOpgehaald, Onbestelbaar, Post, Postbus, Zending

VERWERKT = "verwerkt"


@dataclass(frozen=True, slots=True)
class Bestand:
    """A file that lies ready."""

    postbus: Postbus
    pad: Path
    grootte: int
    referentienummer: str = ""

    def open(self) -> IO[bytes]:
        try:
            return self.pad.open("rb")
        except FileNotFoundError as fout:
            raise AlOpgehaald from fout


class Map:
    """The folder transport; needs no database, so the simulator uses it as well."""

    def __init__(self, wortel: str | Path) -> None:
        self.wortel = Path(wortel)

    def vak(self, postbus: Postbus) -> Path:
        return self.wortel / postbus.gemeente / postbus.aanbieder / f"naar-{postbus.kant}"

    def verstuur(self, zending: Zending, inhoud: Iterable[bytes]) -> None:
        vak = self.vak(zending.postbus)
        try:
            vak.mkdir(parents=True, exist_ok=True, mode=0o700)
            tijdelijk = vak / f".{zending.naam}.{os.getpid()}.tmp"
            _schrijf(tijdelijk, inhoud)
            tijdelijk.replace(vak / f"{zending.naam}.xml")
            _op_schijf(vak)
        except OSError as fout:
            raise Onbestelbaar(f"De map voor berichten is niet te beschrijven ({fout.strerror}).") from fout

    def haal_op(self, postbussen: Iterable[Postbus]) -> Iterator[Bestand]:
        for postbus in postbussen:
            vak = self.vak(postbus)
            if vak.is_dir():
                yield from _bestanden(postbus, vak)

    def bevestig(self, post: Post) -> None:
        assert isinstance(post, Bestand)
        klaar = post.pad.parent / VERWERKT
        klaar.mkdir(exist_ok=True, mode=0o700)
        try:
            post.pad.replace(klaar / post.pad.name)
        except FileNotFoundError:  # another worker collected the same file: it is stored, and counted once
            return

    def verwerkt(self, postbus: Postbus, soort: str) -> list[Path]:
        """Messages of one kind that were collected before, oldest first."""
        return sorted((self.vak(postbus) / VERWERKT).glob(f"WMO{soort}-*.xml"))


def _bestanden(postbus: Postbus, vak: Path) -> Iterator[Bestand]:
    for pad in sorted(vak.glob("*.xml")):
        if pad.name.startswith("."):
            continue
        try:
            yield Bestand(postbus, pad, pad.stat().st_size)
        except FileNotFoundError:  # collected by another worker between listing and looking
            continue


def _schrijf(pad: Path, inhoud: Iterable[bytes]) -> None:
    with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as bestand:
        for deel in inhoud:
            bestand.write(deel)
        bestand.flush()
        os.fsync(bestand.fileno())


def _op_schijf(vak: Path) -> None:
    """The name of a file is only safe once its folder is on disk too."""
    folder = os.open(vak, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

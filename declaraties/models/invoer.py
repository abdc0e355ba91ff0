"""Lines of a received declaration go in with COPY, one batch in the background while the next is judged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import asdict
from types import TracebackType
from typing import Any, NamedTuple, Self

from django.db import connection

from declaraties.models.declaraties import Declaratie, Declaratieregel
from declaraties.rules.controle import Bevinding, Regel

KOLOMMEN = (
    "declaratie_id", "aanbieder_id", "status", "afkeurcodes", "bevindingen", "volgnummer", "toewijzing_id",
    "toewijzingnummer", "product_id", "categorie", "productcode", "ingangsdatum", "einddatum", "eenheid", "volume",
    "tarief", "bedrag", "is_credit", "referentienummer", "vorig_referentienummer", "vorige_id", "gecrediteerd",
    "besluitreden",
)  # fmt: skip
KOPIEER = f"COPY declaraties_declaratieregel ({', '.join(KOLOMMEN)}) FROM STDIN"
LEEG = r"\N"
Status = Declaratieregel.Status
GOED = f"{Status.GOEDGEKEURD.value}\t{{}}\t[]"
# how COPY writes what would end a value or a row
ONTSNAPT = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Beoordeeld(NamedTuple):
    """One line with its place in the message, what it was matched with, and the outcome."""

    volgnummer: int
    regel: Regel
    toewijzing_id: int | None
    product_id: int | None
    vorige_id: int | None
    bevindingen: list[Bevinding]

    @property
    def is_goed(self) -> bool:
        return not self.bevindingen


class Invoer:
    """Stores judged lines, and lets PostgreSQL check their references, while the caller goes on.

    From `begin` until `wacht` the connection belongs to the copy: ask it nothing. What the database refuses is raised
    by `wacht`, which the end of the `with` calls too.
    """

    def __init__(self, declaratie: Declaratie) -> None:
        self._voorop = f"{declaratie.pk}\t{declaratie.aanbieder_id}\t"
        self._draad = ThreadPoolExecutor(1, thread_name_prefix="invoer")
        self._klaar = b""
        self._bezig: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, soort: type[BaseException] | None, fout: BaseException | None, tb: TracebackType | None) -> None:
        with self._draad:
            if fout is None:
                self.wacht()
            elif self._bezig is not None:
                wait([self._bezig])

    def zet_klaar(self, regels: Iterable[Beoordeeld]) -> None:
        """What the next `begin` stores. Mark what is credited first: the constraint on live debets looks at once."""
        voorop = self._voorop
        self._klaar = "".join([voorop + _rij(regel) for regel in regels]).encode()

    def begin(self) -> None:
        klaar, self._klaar = self._klaar, b""
        if klaar:
            connection.ensure_connection()
            self._bezig = self._draad.submit(_kopieer, connection.connection, klaar)

    def wacht(self) -> None:
        """Until it is stored."""
        bezig, self._bezig = self._bezig, None
        if bezig is not None:
            with connection.wrap_database_errors:
                bezig.result()


def _kopieer(verbinding: Any, rijen: bytes) -> None:
    with verbinding.cursor() as cursor:
        with cursor.copy(KOPIEER) as kopie:
            kopie.write(rijen)
        # now and here, instead of all at once at the commit
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _rij(beoordeeld: Beoordeeld) -> str:
    """In the order of KOLOMMEN, after those that all lines share."""
    volgnummer, regel, toewijzing_id, product_id, vorige_id, bevindingen = beoordeeld
    nummer, toewijzingnummer, categorie, code, periode, volume, eenheid, tarief, bedrag, is_credit, vorig, _ = regel
    if not f"{nummer}{categorie}{code}{eenheid}{vorig}".isalnum():
        nummer, categorie, code, eenheid, vorig = map(_veilig, (nummer, categorie, code, eenheid, vorig))
    uitkomst = _uitkomst(bevindingen) if bevindingen else GOED
    return (
        f"{uitkomst}\t{volgnummer}\t{_of_leeg(toewijzing_id)}\t{toewijzingnummer}\t{_of_leeg(product_id)}\t{categorie}\t"
        f"{code}\t{periode.ingangsdatum}\t{periode.laatste_dag}\t{eenheid}\t{volume}\t{_of_leeg(tarief)}\t{bedrag}\t"
        f"{is_credit}\t{nummer}\t{vorig}\t{_of_leeg(vorige_id)}\tf\t\n"
    )


def _uitkomst(bevindingen: list[Bevinding]) -> str:
    codes = ",".join(bevinding.code for bevinding in bevindingen)
    return f"{Status.AFGEKEURD.value}\t{{{codes}}}\t{_veilig(json.dumps(list(map(asdict, bevindingen))))}"


def _of_leeg(waarde: object) -> object:
    return LEEG if waarde is None else waarde


def _veilig(tekst: str) -> str:
    return tekst.translate(ONTSNAPT)

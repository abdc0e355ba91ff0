"""Lines of a received declaration go in with COPY: fifty thousand in about a second."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from declaraties.models.declaraties import Declaratie, Declaratieregel
from declaraties.rules.controle import Bevinding, Regel

KOLOMMEN = (
    "declaratie_id", "aanbieder_id", "volgnummer", "toewijzing_id", "toewijzingnummer", "product_id", "categorie",
    "productcode", "ingangsdatum", "einddatum", "eenheid", "volume", "tarief", "bedrag", "is_credit",
    "referentienummer", "vorig_referentienummer", "vorige_id", "gecrediteerd", "status", "afkeurcodes", "bevindingen",
    "besluitreden",
)  # fmt: skip
KOPIEER = f"COPY declaraties_declaratieregel ({', '.join(KOLOMMEN)}) FROM STDIN"


@dataclass(frozen=True, slots=True)
class Beoordeeld:
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

    @property
    def codes(self) -> list[str]:
        return [bevinding.code for bevinding in self.bevindingen]


def voeg_toe(declaratie: Declaratie, regels: Iterable[Beoordeeld]) -> None:
    """Store judged lines. Mark what is credited first: the constraint on live debets looks at once."""
    with connection.cursor() as cursor, cursor.copy(KOPIEER) as kopie:
        for regel in regels:
            kopie.write_row(_rij(declaratie, regel))


def _rij(declaratie: Declaratie, beoordeeld: Beoordeeld) -> tuple[object, ...]:
    regel = beoordeeld.regel
    status = Declaratieregel.Status.GOEDGEKEURD if beoordeeld.is_goed else Declaratieregel.Status.AFGEKEURD
    bevindingen = [
        {v: getattr(b, v) for v in ("code", "tekst", "verwacht", "ingediend")} for b in beoordeeld.bevindingen
    ]
    return (
        declaratie.pk, declaratie.aanbieder_id, beoordeeld.volgnummer, beoordeeld.toewijzing_id, regel.toewijzingnummer,
        beoordeeld.product_id, regel.categorie, regel.productcode, regel.periode.ingangsdatum,
        regel.periode.laatste_dag, regel.eenheid, regel.volume, regel.tarief, regel.bedrag, regel.is_credit,
        regel.referentienummer, regel.vorig_referentienummer, beoordeeld.vorige_id, False, status.value,
        beoordeeld.codes or "{}", json.dumps(bevindingen) if bevindingen else "[]", "",
    )  # fmt: skip

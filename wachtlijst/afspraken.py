"""What a gemeente has laid down about its list, read once per act: dated rows and the calendar (R-130, R-230)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection

from wmo.models import Regelsleutel
from wmo.rules.contracttermijnen import OPDRACHT_WERKDAGEN, START_WERKDAGEN
from wmo.rules.kalender import Kalender

# Rules and calendar in one round trip: every claim reads them, and this is a third of what two querysets cost.
LEES = """
SELECT (SELECT coalesce(jsonb_object_agg(sleutel, jsonb_build_array(waarde, ingangsdatum, bron)), '{}')
          FROM (SELECT DISTINCT ON (sleutel) sleutel, waarde, ingangsdatum, bron FROM wmo_gemeenteregel
                 WHERE gemeente_id = %s AND ingangsdatum <= %s ORDER BY sleutel, ingangsdatum DESC) geldend),
       (SELECT coalesce(array_agg(datum), '{}') FROM wmo_gelijkgesteldedag)
"""

TOELATING = """
SELECT coalesce(array_agg(DISTINCT inhoud.product_id), '{}'),
       (SELECT max(einddatum) FROM wmo_clientenstop stop
         WHERE stop.aanbieder_id = %(aanbieder)s AND stop.gemeente_id = %(gemeente)s AND stop.status = 'toegestaan'
           AND %(op)s BETWEEN stop.ingangsdatum AND stop.einddatum)
  FROM wmo_perceel perceel
  JOIN wmo_contract_producten inhoud ON inhoud.contract_id = perceel.contract_id
 WHERE perceel.aanbieder_id = %(aanbieder)s AND perceel.gemeente_id = %(gemeente)s
   AND perceel.ingangsdatum <= %(op)s AND coalesce(perceel.einddatum, 'infinity') >= %(op)s
"""


@dataclass(frozen=True)
class Toelating:
    """What an aanbieder may deliver in a gemeente (R-006), as product keys; `stop_tot` while it may refuse (R-162)."""

    producten: frozenset[int]
    stop_tot: date | None = None

    @classmethod
    def van(cls, aanbieder_id: int, gemeente_id: int, *, op: date) -> Toelating:
        """One query: every claim reads it."""
        with connection.cursor() as cursor:
            cursor.execute(TOELATING, {"aanbieder": aanbieder_id, "gemeente": gemeente_id, "op": op})
            producten, stop_tot = cursor.fetchone()
        return cls(frozenset(producten), stop_tot)


def producten_van(aanbieder_id: int, gemeente_id: int, *, op: date) -> frozenset[int]:
    return Toelating.van(aanbieder_id, gemeente_id, op=op).producten


@dataclass(frozen=True)
class Afspraken:
    """`sinds` and `bron` are those of the row that turned the list on: the evidence behind "Waarom op plek 7?"."""

    actief: bool
    spoedlabel: bool
    opdracht_werkdagen: int
    start_werkdagen: int
    vervalt_na_werkdagen: int
    kalender: Kalender
    sinds: date | None = None
    bron: str = ""

    @classmethod
    def van(cls, gemeente_id: int, *, op: date) -> Afspraken:
        """The agreements of a gemeente on `op`. One query."""
        with connection.cursor() as cursor:
            cursor.execute(LEES, [gemeente_id, op])
            rij = cursor.fetchone()
        regels, besluitdagen = json.loads(rij[0]), rij[1]
        waarden = {sleutel: waarde for sleutel, (waarde, _, _) in regels.items()}
        _, sinds, bron = regels.get(Regelsleutel.WACHTLIJST_ACTIEF, (None, None, ""))
        return cls(
            actief=waarden.get(Regelsleutel.WACHTLIJST_ACTIEF, False),
            spoedlabel=waarden.get(Regelsleutel.SPOEDLABEL_OP_WACHTLIJST, True),
            opdracht_werkdagen=waarden.get(Regelsleutel.OPDRACHT_WERKDAGEN, OPDRACHT_WERKDAGEN),
            start_werkdagen=waarden.get(Regelsleutel.START_WERKDAGEN, START_WERKDAGEN),
            vervalt_na_werkdagen=waarden.get(Regelsleutel.CLAIM_VERVALT_NA_WERKDAGEN, 0),
            kalender=Kalender(frozenset(besluitdagen), waarden.get(Regelsleutel.BESLUITDAG_IS_WERKDAG, True)),
            sinds=date.fromisoformat(sinds) if sinds else None,
            bron=bron,
        )

    def opdracht_uiterlijk(self, claim: date) -> date:
        """Last day for the 301 (R-101)."""
        return self.kalender.werkdagen_na(claim, self.opdracht_werkdagen)

    def uiterste_start(self, claim: date) -> date:
        """Latest start that a claim of this day may name: two terms in working days (R-101, R-103)."""
        return self.kalender.werkdagen_na(claim, self.opdracht_werkdagen + self.start_werkdagen)

    def vervalt_op(self, claim: date) -> date | None:
        """The day after which a claim without opdracht lapses; None where claims never lapse."""
        if not self.vervalt_na_werkdagen:
            return None
        return self.kalender.werkdagen_na(claim, self.vervalt_na_werkdagen)

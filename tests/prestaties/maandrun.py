"""The monthly run of 100,000 prestaties against one raw INSERT ... SELECT of the same lines.

Sixty pairs of provider and gemeente. Our side is the task as beat starts it: locks, numbers, prices by date, doubles,
sums, a line in the logboek per pair, and sixty commits. The raw side writes the same lines into the same table, with
its indexes and constraints, in one statement that knows the price beforehand.
"""

from __future__ import annotations

import time
from datetime import date

from django.db import connection

from declaraties import tasks
from declaraties.models import Declaratieregel
from tests.factories import AanbiederFactory, GemeenteFactory, PerceelFactory, ToewijzingFactory, aanstelling
from tests.factories.declaraties import TariefFactory
from tests.prestaties import Uitkomst, meting
from wmo.models import Aanstelling, Toewijzing
from wmo.permissions import Rol

AANTAL = 100_000
AANBIEDERS, GEMEENTEN = 12, 5
MAAND = date(2026, 10, 1)

TOEWIJZINGEN = """
INSERT INTO wmo_toewijzing ({kolommen})
SELECT {waarden} FROM wmo_toewijzing m, generate_series(1, %(aantal)s) i WHERE m.id = %(model)s
"""
PRESTATIES = """
INSERT INTO declaraties_prestatie
    (toewijzing_id, ingangsdatum, einddatum, aantal, bron, geregistreerd_op, geregistreerd_door_id)
SELECT id, '2026-10-01', '2026-10-31', 300 + id %% 400, 'bestand', now(), %(door)s
FROM wmo_toewijzing WHERE id <> %(model)s
"""
CONCEPTEN = """
INSERT INTO declaraties_declaratie (aanbieder_id, gemeente_id, maand, declaratienummer, status, herkomst, opgesteld_op,
    aantal_regels, aantal_uitval, ingediend_bedrag, toegekend_bedrag)
SELECT aanbieder_id, gemeente_id, '2026-10-01', 'R' || row_number() OVER (), 'opgesteld', 'portaal', now(), 0, 0, 0, 0
FROM wmo_perceel
"""
KAAL = """
INSERT INTO declaraties_declaratieregel (declaratie_id, aanbieder_id, volgnummer, toewijzing_id, toewijzingnummer,
    product_id, categorie, productcode, ingangsdatum, einddatum, eenheid, volume, tarief, bedrag, is_credit,
    referentienummer, vorig_referentienummer, gecrediteerd, status, afkeurcodes, bevindingen, besluitreden)
SELECT d.id, t.aanbieder_id, 0, t.id, t.toewijzingnummer, t.product_id, p.categorie, p.code, pr.ingangsdatum,
    pr.einddatum, '01', pr.aantal, 0.55, 0.55 * pr.aantal, false, 'P' || t.id, '', false, 'open', '{}', '[]', ''
FROM declaraties_prestatie pr JOIN wmo_toewijzing t ON t.id = pr.toewijzing_id JOIN wmo_product p ON p.id = t.product_id
JOIN declaraties_declaratie d ON d.aanbieder_id = t.aanbieder_id AND d.gemeente_id = t.gemeente_id
"""


@meting("maandrun")
def maandrun() -> Uitkomst:
    _bouw()
    _sql(CONCEPTEN)
    kaal = _tijd(lambda: _sql(KAAL))
    assert Declaratieregel.objects.count() == AANTAL
    _sql("TRUNCATE declaraties_declaratie CASCADE")
    ons = _tijd(lambda: tasks.bouw_maanddeclaraties(MAAND.isoformat()))
    assert Declaratieregel.objects.count() == AANTAL
    nogmaals = _tijd(lambda: tasks.bouw_maanddeclaraties(MAAND.isoformat()))
    return Uitkomst(
        verhouding=round(ons / kaal, 2),
        eis=4.0,
        doel=2.0,
        hoogstens=True,
        uitleg=f"{AANTAL} prestaties in {ons:.1f} s, één kale INSERT ... SELECT in {kaal:.1f} s",
        cijfers={"maandrun_s": round(ons, 2), "kaal_s": round(kaal, 2), "nog_eens_zonder_werk_s": round(nogmaals, 2)},
    )


def _tijd(werk: object) -> float:
    begin = time.perf_counter()
    werk()  # type: ignore[operator]
    return time.perf_counter() - begin


def _sql(opdracht: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(opdracht)


def _bouw() -> None:
    """One toewijzing as the actions leave it, copied to the wanted number, and a month of delivery for each."""
    TariefFactory()
    aanbieders = [AanbiederFactory(naam=f"Meetaanbieder {n}") for n in range(AANBIEDERS)]
    gemeenten = [
        GemeenteFactory(code=f"8{n:03d}", naam=f"Maandgemeente {n}", afkorting=f"N{n}") for n in range(GEMEENTEN)
    ]
    for aanbieder in aanbieders:
        for gemeente in gemeenten:
            PerceelFactory(aanbieder=aanbieder, gemeente=gemeente)
    model = ToewijzingFactory(ingangsdatum=date(2026, 1, 1))
    door = aanstelling(Rol.ADMINISTRATIE, aanbieder=aanbieders[0])
    Aanstelling.objects.systeem()
    velden: dict[str, str] = {
        str(veld.column): f"m.{veld.column}" for veld in Toewijzing._meta.concrete_fields if not veld.primary_key
    }
    velden["toewijzingnummer"] = "500000 + i"
    velden["aanbieder_id"] = f"{aanbieders[0].pk} + i %% {AANBIEDERS}"
    velden["gemeente_id"] = f"{gemeenten[0].pk} + (i / {AANBIEDERS}) %% {GEMEENTEN}"
    opdracht = TOEWIJZINGEN.format(kolommen=", ".join(velden), waarden=", ".join(velden.values()))
    with connection.cursor() as cursor:
        cursor.execute(opdracht, {"aantal": AANTAL, "model": model.pk})
        cursor.execute(PRESTATIES, {"model": model.pk, "door": door.pk})
        cursor.execute("ANALYZE")

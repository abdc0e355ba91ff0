"""A large region out of a small one: the database copies every row of the clients that lived through their days.

A copy has the shape of what the actions made, since it is made of it: only keys move, and what must be unique gets a
new value. There are 9,091 test BSNs, so a copy has none. Letters, messages and the logboek are not copied.
"""

from __future__ import annotations

from django.db import connection, models, transaction

from wmo import models as wmo
from wmo.demo.wereld import Kopie, fasen
from wmo.models import Client, Nummerreeks

# bigint: the number of the copy times the distance between keys does not fit an integer
KOPIEEN_NR = "generate_series(1::bigint, %s::bigint)"
STAP = 1_000  # numbers given out per copy: more than the base region ever uses


def opgehoogd(kolom: str, cijfers: int) -> str:
    """SQL: the last `cijfers` digits of a code, moved up for copy k; a number that outgrows them gets more digits."""
    begin = f"left({kolom}, length({kolom}) - {cijfers})"
    nummer = f"(right({kolom}, {cijfers})::int + k * {STAP})::text"
    return f"{begin} || lpad({nummer}, greatest({cijfers}, length({nummer})), '0')"


KOPIEEN = (
    Kopie(wmo.Client, {"bsn": "NULL", "bsn_hash": "NULL"}),
    Kopie(wmo.Relatie),
    Kopie(wmo.Toestemming),
    Kopie(wmo.Zaak, {"zaaknummer": opgehoogd("zaaknummer", 6)}),
    Kopie(wmo.Opschorting),
    Kopie(wmo.Onderzoek),
    Kopie(wmo.Onderzoeksonderwerp),
    Kopie(wmo.Toets),
    Kopie(wmo.Notitie),
    Kopie(wmo.Perspectiefplan),
    Kopie(wmo.PlanLeefgebied),
    Kopie(wmo.Doel),
    Kopie(wmo.PlanOndersteuning),
    Kopie(wmo.Aftrek),
    Kopie(wmo.Normberekening),
    Kopie(wmo.Normkeuze),
    Kopie(wmo.Beschikking, {"beschikkingnummer": opgehoogd("beschikkingnummer", 6), "brief_id": "NULL"}),
    Kopie(wmo.Voorziening),
    Kopie(wmo.Toewijzing, {"toewijzingnummer": f"toewijzingnummer + k * {STAP}"}),
    Kopie(wmo.ToewijzingVersie),
    Kopie(wmo.Levering),
    Kopie(wmo.Leveringsfeit),
    Kopie(wmo.Taak, {"sleutel": "sleutel || ':' || k"}),
)


def vermenigvuldig(totaal: int) -> int:
    """Copy all clients until there are at least `totaal`; returns how many there are now."""
    keer = -(-totaal // Client.objects.count()) - 1
    kopieen = [kopie for fase in fasen() for kopie in fase.kopieen]
    gekopieerd = {kopie.model for kopie in kopieen}
    with transaction.atomic():
        for kopie in kopieen:
            _kopieer(kopie, keer, gekopieerd)
        Nummerreeks.objects.update(laatste=models.F("laatste") + (keer + 1) * STAP)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Client.objects.count()


def _kopieer(kopie: Kopie, keer: int, gekopieerd: set[type[models.Model]]) -> None:
    """One INSERT ... SELECT per table: the database does the walking."""
    tabel, velden = kopie.model._meta.db_table, kopie.model._meta.local_concrete_fields
    kolommen = ", ".join(f'"{veld.column}"' for veld in velden)
    waarden = ", ".join(_waarde(kopie, veld, gekopieerd) for veld in velden)
    with connection.cursor() as cursor:
        # k first: rows of one copy lie together, as they would when people came one after the other
        cursor.execute(
            f"INSERT INTO {tabel} ({kolommen}) SELECT {waarden} FROM {KOPIEEN_NR} AS k, {tabel} AS bron",
            [keer],
        )
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{tabel}', 'id'), (SELECT max(id) FROM {tabel}))")


def _waarde(kopie: Kopie, veld: models.Field, gekopieerd: set[type[models.Model]]) -> str:
    if veld.column in kopie.waarden:
        return kopie.waarden[veld.column]
    doel = veld.remote_field.model if veld.remote_field else None
    if veld.primary_key or doel in gekopieerd:
        return f'"{veld.column}" + k * 100000000'
    return f'"{veld.column}"'

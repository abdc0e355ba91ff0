"""Claims a second through the action against hand-written SQL that leaves the same rows.

Eight connections, each on the list of its own gemeente, so that neither side waits for a lock. Both sides run in
threads of one process with a commit that syncs to disk; rounds alternate, so that a slow moment hits both.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import connection

from tests.factories import VANDAAG, AanbiederFactory, GemeenteFactory, PerceelFactory, aanstelling, moment
from tests.factories.wachtlijst import START, lijstgemeente, toegekend
from tests.prestaties import Uitkomst, meting
from wachtlijst.actions import claims
from wachtlijst.models import Plek
from wmo.models import Aanstelling, Beschikking, Client, Gemeente, Voorziening, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Rol

VERBINDINGEN = 8
PER_LIJST = 60  # claims per connection per round
RONDES = 5

EERSTE = """SELECT id, code, zaak_id, client_id, spoed, geplaatst_op FROM wachtlijst_plek
    WHERE gemeente_id = %s AND status = 'open' ORDER BY spoed DESC, geplaatst_op, id LIMIT 1 FOR UPDATE"""
CLAIM = """UPDATE wachtlijst_plek SET status = 'geclaimd', geclaimd_door_id = %s, geclaimd_op = %s, startdatum = %s,
    contactpersoon = '', opdracht_uiterlijk = %s, uiterste_start = %s WHERE id = %s AND status = 'open'"""
TAAK = """INSERT INTO wmo_taak (sleutel, soort, titel, gemeente_id, zaak_id, uiterlijk, pad, ontstaan_op)
    VALUES (%s, 'opdracht_maken', %s, %s, %s, %s, %s, %s)"""
GEBEURTENIS = """INSERT INTO wachtlijst_plekgebeurtenis
    (plek_id, gemeente_id, soort, moment, door_id, aanbieder_id, reden, status, spoed, geplaatst_op)
    VALUES (%s, %s, 'geclaimd', %s, %s, %s, '', 'geclaimd', %s, %s)"""
LOGREGEL = """INSERT INTO wmo_logregel
    (moment, aanstelling_id, rol, organisatie, soort, handeling, tekst, reden, details, gemeente_id, zaak_id, client_id,
    object_soort, object_id)
    VALUES (%s, %s, %s, %s, 'wijziging', 'wachtlijst.geclaimd', %s, '', '{}', %s, %s, %s, 'wachtlijst.plek', %s)"""


@meting("claims")
def claims_per_seconde() -> Uitkomst:
    lijsten = _bouw()
    raw, actie = [], []
    for _ in range(RONDES):
        raw.append(_tempo(lijsten, _claim_sql))
        actie.append(_tempo(lijsten, _claim_actie))
    assert Plek.objects.filter(status=Plek.Status.GECLAIMD).count() == 2 * RONDES * VERBINDINGEN * PER_LIJST
    snel, onze = max(raw), max(actie)  # what disturbs a round can only slow it: the best of each says most
    return Uitkomst(
        verhouding=round(onze / snel, 3),
        eis=0.15,
        doel=0.3,
        uitleg=f"{onze:.0f} claims/s door de actie, {snel:.0f}/s in kale SQL, {VERBINDINGEN} verbindingen",
        cijfers={"sql_per_seconde": [round(t) for t in raw], "actie_per_seconde": [round(t) for t in actie]},
    )


def _bouw() -> list[tuple[Gemeente, Aanstelling]]:
    """As many gemeenten as connections, each with a list and somebody who may claim; rows by COPY-like bulk inserts."""
    aanbieder = AanbiederFactory()
    lijsten = []
    for nummer in range(VERBINDINGEN):
        gemeente = GemeenteFactory(code=f"9{nummer:03d}", naam=f"Meetgemeente {nummer}", afkorting=f"M{nummer}")
        lijstgemeente(gemeente.code)
        PerceelFactory(aanbieder=aanbieder, gemeente=gemeente)
        _vul(gemeente, 2 * RONDES * PER_LIJST)
        lijsten.append((gemeente, aanstelling(Rol.PLANNING, aanbieder=aanbieder)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return lijsten


def _vul(gemeente: Gemeente, aantal: int) -> None:
    """`aantal` places like one that went through the actions: the same columns, another client each."""
    model = toegekend(gemeente, client={"bsn": None})
    besluit, zaak = model.beschikking, model.beschikking.zaak
    clienten = Client.objects.bulk_create(_kopie(zaak.client) for _ in range(aantal))
    zaken = Zaak.objects.bulk_create(
        _kopie(zaak, client=client, zaaknummer=f"{gemeente.afkorting}-{i}") for i, client in enumerate(clienten)
    )
    besluiten = Beschikking.objects.bulk_create(
        _kopie(besluit, zaak=rij, beschikkingnummer=f"B-{rij.zaaknummer}") for rij in zaken
    )
    voorzieningen = Voorziening.objects.bulk_create(
        _kopie(model, beschikking=rij, client=rij.zaak.client) for rij in besluiten
    )
    Plek.objects.bulk_create(
        Plek(
            code=f"{gemeente.afkorting}-{i:04d}",
            gemeente=gemeente,
            voorziening=voorziening,
            product=voorziening.product,
            zaak=voorziening.beschikking.zaak,
            client=voorziening.client,
            beschikking_datum=VANDAAG,
            minuten_per_week=165,
            postcode4="3441",
            geplaatst_op=moment() - timedelta(days=100) + timedelta(minutes=i),
        )
        for i, voorziening in enumerate(voorzieningen)
    )


def _kopie(rij: Any, **velden: Any) -> Any:
    """The same row without its key."""
    waarden = {veld.attname: getattr(rij, veld.attname) for veld in rij._meta.concrete_fields if not veld.primary_key}
    kopie = type(rij)(**waarden)
    for naam, waarde in velden.items():
        setattr(kopie, naam, waarde)
    return kopie


def _tempo(lijsten: list[tuple[Gemeente, Aanstelling]], werk: Callable[[Gemeente, Aanstelling], None]) -> float:
    """Claims a second over all connections together."""
    with ThreadPoolExecutor(VERBINDINGEN) as pool:
        begin = time.perf_counter()
        list(pool.map(lambda lijst: werk(*lijst), lijsten))
        return VERBINDINGEN * PER_LIJST / (time.perf_counter() - begin)


def _claim_actie(gemeente: Gemeente, door: Aanstelling) -> None:
    """The places a person has on the screen are read first; finding out whose turn it is is part of the action."""
    try:
        lijst = Plek.objects.filter(gemeente=gemeente).select_related("gemeente").open().op_volgorde()
        for plek in lijst[:PER_LIJST]:
            claims.claim(plek=plek, startdatum=START, door=door, nu=moment())
    finally:
        connection.close()


def _claim_sql(gemeente: Gemeente, door: Aanstelling) -> None:
    instelling = connection.settings_dict
    with psycopg.connect(
        host=instelling["HOST"],
        port=instelling["PORT"],
        user=instelling["USER"],
        password=instelling["PASSWORD"],
        dbname=instelling["NAME"],
    ) as verbinding:
        for _ in range(PER_LIJST):
            with verbinding.transaction(), verbinding.cursor() as cursor:
                _een_claim(cursor, gemeente.pk, door, moment())


def _een_claim(cursor: psycopg.Cursor, gemeente: int, door: Aanstelling, nu: datetime) -> None:
    plek, code, zaak, client, spoed, geplaatst = cursor.execute(EERSTE, [gemeente]).fetchone()  # type: ignore[misc]
    uiterlijk, uiterste = vandaag(nu) + timedelta(2), vandaag(nu) + timedelta(30)
    cursor.execute(CLAIM, [door.aanbieder_id, nu, START, uiterlijk, uiterste, plek])
    titel, pad = f"Opdracht maken voor plek {code}", f"/wachtlijst/plek/{code}/opdracht/"
    cursor.execute(TAAK, [f"opdracht:{code}", titel, gemeente, zaak, uiterlijk, pad, nu])
    cursor.execute(GEBEURTENIS, [plek, gemeente, nu, door.pk, door.aanbieder_id, spoed, geplaatst])
    tekst = f"Plek {code} geclaimd door {door.organisatienaam}, start {START:%d-%m-%Y}"
    cursor.execute(LOGREGEL, [nu, door.pk, door.rol, door.organisatienaam, tekst, gemeente, zaak, client, str(plek)])

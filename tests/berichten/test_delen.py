"""The raw bytes of a message: packed and encrypted in parts, and given back as they came."""

import zlib
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from berichten.actions.schrijven import bewaar_delen, stukken
from berichten.models import Bericht, Berichtdeel
from berichten.models.berichten import DEELGROOTTE
from tests.factories import moment
from wmo.fields import ontsleutel

pytestmark = pytest.mark.django_db
INHOUD = b"<Client><Bsn>999900043</Bsn></Client>\n" * 60_000


@pytest.fixture
def bericht() -> Bericht:
    return Bericht.objects.create(kant="gemeente", richting="in", ontstaan_op=moment())


def op_schijf() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhoud FROM berichten_berichtdeel ORDER BY volgnummer")
        return [bytes(rij[0]) for rij in cursor.fetchall()]


def test_bytes_komen_terug_zoals_ze_kwamen_en_liggen_klein_en_versleuteld(bericht):
    bewaar_delen(bericht, stukken(INHOUD))
    assert bericht.inhoud == INHOUD
    assert [len(deel) for deel in bericht.delen_van_inhoud()] == [DEELGROOTTE, DEELGROOTTE, len(INHOUD) % DEELGROOTTE]
    assert sum(map(len, op_schijf())) < len(INHOUD) / 20
    assert b"999900043" not in b"".join(op_schijf())


def test_wat_er_al_lag_wordt_alsnog_ingepakt_en_kan_terug(bericht):
    """The migration sees the field as it was: encrypted, not packed."""
    oud = MigrationExecutor(connection).loader.project_state(("berichten", "0006_herinnering")).apps
    oud.get_model("berichten", "Berichtdeel").objects.create(bericht_id=bericht.pk, volgnummer=0, inhoud=INHOUD)
    migratie = import_module("berichten.migrations.0007_delen_ingepakt")
    migratie.pak_in(oud, None)
    assert Berichtdeel.objects.get().inhoud == INHOUD
    assert zlib.decompress(ontsleutel(op_schijf()[0])) == INHOUD
    migratie.pak_uit(oud, None)
    assert ontsleutel(op_schijf()[0]) == INHOUD

"""The hash chain of the logboek: every way to tamper with a sealed line is seen, and points at that line."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from tests.factories import GemeenteFactory, aanstelling, moment
from wmo.actions import zegels
from wmo.actions.logboek import noteer
from wmo.models import Gemeente, Logregel, Zegel
from wmo.permissions import Rol
from wmo.rules.zegels import BEGIN, Breuk, Breukplek, canoniek

pytestmark = pytest.mark.django_db


def schrijf(gemeente: Gemeente | None, aantal: int = 1, **velden: Any) -> list[Logregel]:
    door = velden.pop("door", None) or aanstelling(Rol.BEHEERDER)
    vast: dict[str, Any] = {"nu": moment(), "handeling": "test.doe", "over": None, "tekst": "Een proefregel."} | velden
    return [noteer(door=door, gemeente=gemeente, **vast) for _ in range(aantal)]


def geknoei(sql: str, *waarden: Any) -> None:
    """What somebody with the password of the database owner can do: turn the guards off and write."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with waiting checks cannot be altered
        for tabel in ("wmo_logregel", "wmo_zegel"):
            cursor.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        cursor.execute(sql, waarden)
        assert cursor.rowcount > 0
        for tabel in ("wmo_logregel", "wmo_zegel"):
            cursor.execute(f"ALTER TABLE {tabel} ENABLE TRIGGER USER")


@pytest.fixture
def gemeente() -> Gemeente:
    return GemeenteFactory()


@pytest.fixture
def regels(gemeente: Gemeente) -> list[Logregel]:
    """Seven lines under three seals."""
    regels = schrijf(gemeente, 7, details={"was": 1, "wordt": "é"})
    assert zegels.verzegel(gemeente=gemeente, nu=moment(uur=11), per_zegel=3) == 7
    return regels


def test_gave_keten_klopt(gemeente: Gemeente, regels: list[Logregel]) -> None:
    schrijf(gemeente, 2)
    keten = zegels.controleer_keten(gemeente)
    assert (keten.klopt, keten.regels, keten.zegels, keten.wachtend) == (True, 7, 3, 2)
    assert keten.laatste_hash == Zegel.objects.get(volgnummer=3).hash
    assert Zegel.objects.get(volgnummer=1).vorige_hash == BEGIN


def test_verzegelen_is_idempotent_en_laat_andere_ketens_met_rust(gemeente: Gemeente, regels: list[Logregel]) -> None:
    ander = GemeenteFactory(code="0335")
    schrijf(ander, 2)
    schrijf(None, 3)
    assert zegels.verzegel(gemeente=gemeente, nu=moment()) == 0
    assert zegels.verzegel_alles(nu=moment()) == 5
    assert zegels.verzegel_alles(nu=moment()) == 0
    ketens = [zegels.controleer_keten(keten) for keten in (ander, gemeente, None)]
    assert [(keten.regels, keten.klopt) for keten in ketens] == [(2, True), (7, True), (3, True)]


@pytest.mark.parametrize("veld", ["tekst", "reden", "rol", "organisatie", "handeling", "soort"])
def test_gewijzigde_regel_wordt_genoemd(gemeente: Gemeente, regels: list[Logregel], veld: str) -> None:
    geknoei(f"UPDATE wmo_logregel SET {veld} = 'anders' WHERE id = %s", regels[4].pk)
    assert zegels.controleer_keten(gemeente).breuken == [Breukplek(Breuk.GEWIJZIGD, 2, regels[4].pk)]


def test_gewijzigd_moment_en_details(gemeente: Gemeente, regels: list[Logregel]) -> None:
    geknoei("UPDATE wmo_logregel SET moment = moment + interval '1 microsecond' WHERE id = %s", regels[0].pk)
    geknoei("UPDATE wmo_logregel SET details = '{\"was\": 2}' WHERE id = %s", regels[6].pk)
    breuken = zegels.controleer_keten(gemeente).breuken
    assert breuken == [Breukplek(Breuk.GEWIJZIGD, 1, regels[0].pk), Breukplek(Breuk.GEWIJZIGD, 3, regels[6].pk)]


def test_verdwenen_regel_wordt_genoemd(gemeente: Gemeente, regels: list[Logregel]) -> None:
    geknoei("DELETE FROM wmo_logregel WHERE id = %s", regels[1].pk)
    assert zegels.controleer_keten(gemeente).breuken == [Breukplek(Breuk.VERDWENEN, 1, regels[1].pk)]


def test_ingevoegde_regel_wordt_genoemd(gemeente: Gemeente, regels: list[Logregel]) -> None:
    [vals] = schrijf(gemeente)
    geknoei("UPDATE wmo_logregel SET zegel_id = %s WHERE id = %s", Zegel.objects.get(volgnummer=2).pk, vals.pk)
    assert zegels.controleer_keten(gemeente).breuken == [Breukplek(Breuk.INGEVOEGD, 2, vals.pk)]


def test_teruggedateerde_regel_valt_op(gemeente: Gemeente, regels: list[Logregel]) -> None:
    """Written now, for last month: nothing breaks, but no honest line waits a month for its seal."""
    [vals] = schrijf(gemeente, nu=moment() - timedelta(days=30))
    zegels.verzegel(gemeente=gemeente, nu=moment(uur=12))
    assert zegels.controleer_keten(gemeente).breuken == [Breukplek(Breuk.NAGEKOMEN, 4, vals.pk)]


def test_herschreven_zegel_breekt_de_keten_erna(gemeente: Gemeente, regels: list[Logregel]) -> None:
    """Whoever changes a line and recomputes its seal breaks the next one, which holds the old hash."""
    geknoei("UPDATE wmo_logregel SET tekst = 'anders' WHERE id = %s", regels[0].pk)
    zegel = Zegel.objects.get(volgnummer=1)
    inhoud = zegels.zegels.afdrukken(Logregel.objects.filter(zegel=zegel).order_by("id").values(*zegels.zegels.VELDEN))
    nieuw = zegels.zegels.zegelhash(vorige=BEGIN, volgnummer=1, moment=zegel.moment, inhoud=inhoud)
    geknoei("UPDATE wmo_zegel SET afdrukken = %s, hash = %s WHERE id = %s", inhoud, nieuw, zegel.pk)
    assert zegels.controleer_keten(gemeente).breuken == [Breukplek(Breuk.ZEGEL, 2)]


def test_verwijderd_zegel_met_zijn_regels(gemeente: Gemeente, regels: list[Logregel]) -> None:
    anker = Zegel.objects.get(volgnummer=3).hash
    middelste = Zegel.objects.get(volgnummer=2)
    geknoei("DELETE FROM wmo_logregel WHERE zegel_id = %s", middelste.pk)
    geknoei("DELETE FROM wmo_zegel WHERE id = %s", middelste.pk)
    assert zegels.controleer_keten(gemeente).breuken == [Breukplek(Breuk.ZEGEL, 3)]
    assert zegels.controleer_keten(gemeente, anker=anker).breuken == [Breukplek(Breuk.ZEGEL, 3)]


def test_afgeknipt_einde_ziet_alleen_wie_een_anker_bewaarde(gemeente: Gemeente, regels: list[Logregel]) -> None:
    laatste = Zegel.objects.get(volgnummer=3)
    geknoei("DELETE FROM wmo_logregel WHERE zegel_id = %s", laatste.pk)
    geknoei("DELETE FROM wmo_zegel WHERE id = %s", laatste.pk)
    assert zegels.controleer_keten(gemeente).klopt
    assert zegels.controleer_keten(gemeente, anker=laatste.hash).breuken == [Breukplek(Breuk.ZEGEL, 3)]


def test_de_database_weigert_wijzigen_en_verwijderen(gemeente: Gemeente, regels: list[Logregel]) -> None:
    for knoei in (
        lambda: Logregel.objects.filter(pk=regels[0].pk).update(tekst="anders"),
        lambda: Logregel.objects.filter(pk=regels[0].pk).update(zegel=None),
        lambda: Logregel.objects.filter(pk=regels[0].pk).delete(),
        lambda: Zegel.objects.update(hash="0" * 64),
    ):
        with pytest.raises(DatabaseError, match="nooit gewijzigd"), transaction.atomic():
            knoei()


def test_canonieke_vorm_staat_vast() -> None:
    """Written out, so that a chain of today can be checked in ten years by somebody else's program."""
    regel = {
        "id": 7, "moment": moment(), "aanstelling_id": 3, "rol": "consulent", "organisatie": "Gemeente Woerden",
        "soort": "wijziging", "handeling": "zaken.open", "tekst": "Café geopend.", "reden": "",
        "details": {"b": 1, "a": None},
        "gemeente_id": 1, "zaak_id": None, "client_id": None, "object_soort": "", "object_id": "",
    }  # fmt: skip
    assert canoniek(regel).decode() == (
        '{"aanstelling_id":3,"client_id":null,"details":{"a":null,"b":1},"gemeente_id":1,"handeling":"zaken.open",'
        '"id":7,"moment":"2026-11-23T09:00:00.000000+00:00","object_id":"","object_soort":"",'
        '"organisatie":"Gemeente Woerden","reden":"","rol":"consulent","soort":"wijziging",'
        '"tekst":"Café geopend.","zaak_id":null}'
    )


def test_opdracht_noemt_de_breuk_en_eindigt_met_een_fout(
    gemeente: Gemeente, regels: list[Logregel], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("controleer_logboek")
    assert "Gemeente Woerden: 7 regels" in capsys.readouterr().out
    geknoei("DELETE FROM wmo_logregel WHERE id = %s", regels[1].pk)
    with pytest.raises(CommandError, match="Waarschuw de CISO"):
        call_command("controleer_logboek", gemeente="0632")
    assert f"BREUK in zegel 1: regel {regels[1].pk} (verdwenen)" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_twee_verzegelaars_maken_samen_een_keten() -> None:
    """Two workers at once: every line sealed once, and one unbroken chain."""
    gemeente = GemeenteFactory()
    schrijf(gemeente, 40)
    aantallen: list[int] = []
    start = threading.Barrier(2)

    def werk() -> None:
        try:
            start.wait(5)
            aantallen.append(zegels.verzegel(gemeente=gemeente, nu=moment(), per_zegel=5))
        finally:
            connections.close_all()

    draden = [threading.Thread(target=werk) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join(30)
    keten = zegels.controleer_keten(gemeente)
    assert sum(aantallen) == 40
    assert (keten.klopt, keten.regels, keten.zegels, keten.wachtend) == (True, 40, 8, 0)

"""The round trip 301 -> 302 -> 305 -> 306 -> 307 -> 308 through rows and files."""

from datetime import date

import pytest

from berichten.actions import aanbieder, opdrachten
from berichten.models import Bericht
from tests.factories import aanstelling, moment
from wmo.models import Levering, Taak, Toewijzing
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def stand() -> list[tuple[str, str, str, str]]:
    return list(Bericht.objects.order_by("id").values_list("kant", "richting", "soort", "status"))


def maak_opdrachten(nu=None) -> None:
    for paar in list(opdrachten.te_verzenden()):
        opdrachten.verzend_paar(*paar, nu=nu or moment())


def test_opdracht_gaat_heen_en_het_antwoord_komt_terug(toewijzing, loop):
    maak_opdrachten()
    loop()
    assert stand() == [
        ("gemeente", "uit", "301", "goedgekeurd"),
        ("aanbieder", "in", "301", "goedgekeurd"),
        ("aanbieder", "uit", "302", "verzonden"),
        ("gemeente", "in", "302", "goedgekeurd"),
    ]
    toewijzing.refresh_from_db()
    assert toewijzing.status == Toewijzing.Status.ONTVANGEN
    open_ = set(Taak.objects.open().values_list("soort", flat=True))
    assert open_ == {"opmerking_lezen", "start_melden", "uitvoeringsplan"}


def test_start_en_stop_reizen_als_bericht(toewijzing, loop):
    maak_opdrachten()
    loop()
    door = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=date(2026, 11, 9), door=door, nu=moment())
    assert Levering.objects.get().status == "niet_gestart"  # only the gemeente's processing counts
    loop()
    assert Levering.objects.get().status == "gestart"
    aanbieder.meld_stop(toewijzing=toewijzing, einddatum=date(2026, 11, 20), reden="19", door=door, nu=moment())
    loop()
    assert Levering.objects.get().status == "definitief_gestopt"
    assert [rij for rij in stand() if rij[0] == "aanbieder" and rij[1] == "uit"] == [
        ("aanbieder", "uit", "302", "verzonden"),
        ("aanbieder", "uit", "305", "goedgekeurd"),
        ("aanbieder", "uit", "307", "goedgekeurd"),
    ]

"""The gemeente in default: when it counts, and what the fourth clock says (R-050)."""

from datetime import date, timedelta

import pytest

from tests.factories import ZaakFactory, aanstelling, moment
from wmo.actions import ingebrekestellingen
from wmo.actions.kader import Geweigerd
from wmo.data import dwangsombedragen
from wmo.models import GelijkgesteldeDag, Logregel
from wmo.permissions import Rol
from wmo.rules.dwangsom import klok

pytestmark = pytest.mark.django_db
AANVRAAG, LAATSTE = date(2026, 11, 2), date(2026, 11, 16)


@pytest.fixture
def zaak():
    return ZaakFactory(status="aanvraag", aanvraag_op=AANVRAAG, uiterste_datum=LAATSTE)


def leg_vast(zaak, dag, nu=date(2026, 11, 23)):
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)
    ingebrekestellingen.leg_vast(zaak=zaak, ontvangen_op=dag, door=door, nu=moment(nu))


def test_na_de_termijn_telt_zij_en_staat_op_de_tijdlijn(zaak):
    leg_vast(zaak, date(2026, 11, 17))
    zaak.refresh_from_db()
    assert zaak.ingebrekestelling_op == date(2026, 11, 17)
    assert Logregel.objects.tijdlijn(zaak).get().tekst == "Ingebrekestelling ontvangen. Op 17-11-2026."


@pytest.mark.parametrize(
    ("velden", "dag", "reden"),
    [
        ({}, LAATSTE, "TE_VROEG"),
        ({}, date(2026, 11, 24), "TOEKOMST"),
        ({"status": "onderzoek", "aanvraag_op": None}, date(2026, 11, 20), "BESLOTEN"),
        ({"status": "bekendgemaakt"}, date(2026, 11, 20), "BESLOTEN"),
        ({"ingebrekestelling_op": date(2026, 11, 18)}, date(2026, 11, 20), "AL_VASTGELEGD"),
    ],
    ids=["laatste dag", "toekomst", "geen aanvraag", "besloten", "tweede"],
)
def test_weigering_zegt_waarom(zaak, velden, dag, reden):
    for naam, waarde in velden.items():
        setattr(zaak, naam, waarde)
    zaak.save()
    with pytest.raises(Geweigerd) as fout:
        leg_vast(zaak, dag)
    assert fout.value.reden == reden
    zaak.refresh_from_db()
    assert zaak.ingebrekestelling_op == velden.get("ingebrekestelling_op")


def test_een_klok_die_stilstaat_schuift_de_termijn_op(zaak):
    zaak.opschortingen.create(grond="4:15-2a", eerste_dag=date(2026, 11, 10), laatste_dag=date(2026, 11, 19))
    with pytest.raises(Geweigerd, match="te vroeg"):
        leg_vast(zaak, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("op", "bekendgemaakt", "tekst", "dag"),
    [
        (date(2026, 12, 1), None, "Besluit nu, dan is er geen dwangsom", None),
        (date(2026, 12, 2), None, "Nu 23.00", 1),
        (date(2026, 12, 8), None, "Nu 161.00", 7),
        (date(2027, 2, 20), None, "Nu 1442.00", 42),
        (date(2027, 2, 20), date(2026, 12, 1), "Niets verschuldigd", None),
        (date(2027, 2, 20), date(2026, 12, 9), "161.00 verschuldigd", None),
    ],
)
def test_vierde_klok(op, bekendgemaakt, tekst, dag):
    """Received on 17 November 2026: two weeks to 1 December, euros from the 2nd; the day of the decision is not one."""
    vierde = klok(
        uiterste_beslisdatum=LAATSTE, ingebrekestelling=date(2026, 11, 17), bekendgemaakt=bekendgemaakt, op=op,
        tabel=dwangsombedragen(), kalender=GelijkgesteldeDag.objects.kalender(), in_woorden=lambda b: f"{b:.2f}",
    )  # fmt: skip
    assert (vierde.tekst, vierde.dag) == (tekst, dag)


def test_te_vroeg_ontvangen_telt_niet():
    vierde = klok(
        uiterste_beslisdatum=LAATSTE, ingebrekestelling=LAATSTE, bekendgemaakt=None, op=LAATSTE + timedelta(days=60),
        tabel=dwangsombedragen(), kalender=GelijkgesteldeDag.objects.kalender(), in_woorden=str,
    )  # fmt: skip
    assert vierde.tekst == "Telt niet: te vroeg"

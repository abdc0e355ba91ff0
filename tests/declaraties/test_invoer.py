"""Lines go in beside the judging: exactly as they are, all or none, and what the database refuses is heard."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from declaraties.models import Declaratie, Declaratieregel
from declaraties.models.invoer import Beoordeeld, Invoer
from declaraties.rules.controle import Bevinding, Regel
from tests.declaraties.conftest import NOVEMBER, NU
from wmo.periodes import Periode

pytestmark = pytest.mark.django_db
DEEL = Periode(date(2026, 11, 2), date(2026, 11, 30))
GOED = Regel("E1", 101, "01", "01A03", DEEL, 600, "01", D("0.55"), D("330.00"))
VREEMD = "a\\b\tc\nd\re 'f' \"g\" {h,i} \\N NULL é"


@pytest.fixture
def declaratie(wereld) -> Declaratie:
    return Declaratie.objects.create(
        aanbieder=wereld.aanbieder, gemeente=wereld.gemeente, declaratienummer="I1", maand=NOVEMBER, opgesteld_op=NU
    )


def beoordeeld(regel: Regel, *bevindingen: Bevinding, nummer: int = 1, toewijzing_id: int | None = None) -> Beoordeeld:
    return Beoordeeld(nummer, regel, toewijzing_id, None, None, list(bevindingen))


def voeg_toe(declaratie: Declaratie, *regels: Beoordeeld) -> None:
    with Invoer(declaratie) as invoer:
        invoer.zet_klaar(regels)
        invoer.begin()


def test_alles_staat_er_zoals_het_was(declaratie, wereld):
    fout = Bevinding("9346", f"Niet goed: {VREEMD}", "1,00", "2,00")
    goed = Beoordeeld(1, GOED, wereld.toewijzing.pk, wereld.toewijzing.product_id, None, [])
    zonder = GOED._replace(referentienummer="E2", tarief=None, eenheid="83", volume=33000)
    voeg_toe(declaratie, goed, beoordeeld(zonder, fout, Bevinding("0611", "Tarief."), nummer=2))
    een, twee = declaratie.regels.order_by("volgnummer")
    assert (een.status, een.toewijzing, een.product) == ("goedgekeurd", wereld.toewijzing, wereld.toewijzing.product)
    assert (een.periode, een.volume, een.tarief, een.bedrag) == (DEEL, 600, D("0.55"), D("330.00"))
    assert (een.is_credit, een.gecrediteerd, een.afkeurcodes, een.bevindingen) == (False, False, [], [])
    assert (twee.status, twee.toewijzing, twee.tarief, twee.eenheid) == ("afgekeurd", None, None, "83")
    assert twee.afkeurcodes == ["9346", "0611"]
    assert twee.bevindingen[0] == {"code": "9346", "tekst": fout.tekst, "verwacht": "1,00", "ingediend": "2,00"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nummer=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=20))
def test_een_nummer_mag_alles_bevatten(declaratie, nummer):
    with transaction.atomic():
        voeg_toe(declaratie, beoordeeld(GOED._replace(referentienummer=nummer)))
        assert declaratie.regels.get().referentienummer == nummer
        transaction.set_rollback(True)


def test_vreemde_tekens(declaratie):
    voeg_toe(declaratie, beoordeeld(GOED._replace(referentienummer=VREEMD[:20])))
    assert declaratie.regels.get().referentienummer == VREEMD[:20]


@pytest.mark.parametrize(
    ("regels", "fout"),
    [
        ([beoordeeld(GOED._replace(referentienummer="X" * 21))], DataError),
        ([beoordeeld(GOED), beoordeeld(GOED, nummer=2)], IntegrityError),
        ([beoordeeld(GOED, toewijzing_id=999_999_999)], IntegrityError),  # checked at once, not only at the commit
    ],
    ids=["te lang", "dubbel", "bestaat niet"],
)
def test_wat_de_database_weigert_komt_naar_voren_en_laat_niets_achter(declaratie, regels, fout):
    with pytest.raises(fout), transaction.atomic():
        voeg_toe(declaratie, *regels)
    assert not Declaratieregel.objects.exists()
    assert connection.is_usable()


def test_een_fout_van_de_aanroeper_wacht_op_wat_bezig_is(declaratie):
    """The transaction is taken back: that must not cross a copy that is still running."""

    def struikel() -> None:
        with transaction.atomic(), Invoer(declaratie) as invoer:
            invoer.zet_klaar(beoordeeld(GOED._replace(referentienummer=f"E{n}"), nummer=n) for n in range(5000))
            invoer.begin()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        struikel()
    assert not Declaratieregel.objects.exists()


def test_na_wachten_is_de_verbinding_vrij(declaratie):
    with Invoer(declaratie) as invoer:
        for nummer in range(3):
            invoer.zet_klaar([beoordeeld(GOED._replace(referentienummer=f"E{nummer}"), nummer=nummer)])
            invoer.begin()
            invoer.wacht()
            assert declaratie.regels.count() == nummer + 1

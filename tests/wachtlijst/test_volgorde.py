"""The order of the database, of the pure rule and of the replay are one order, whatever happens (R-112)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import aanstelling, moment
from tests.factories.wachtlijst import START, backoffice, lijstgemeente, planner, plek, toegekend
from wachtlijst import rules
from wachtlijst.actions import claims, ingrepen, plekken
from wachtlijst.models import Plek, lijst_op
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
BEGIN = moment()
STAPPEN = st.lists(
    st.tuples(st.sampled_from(["plaats", "spoedplaats", "claim", "verval", "label", "weg"]), st.integers(0, 9)),
    min_size=1,
    max_size=12,
)


class Lijst:
    """Drives the actions; remembers after each step how the list of the database stood."""

    def __init__(self) -> None:
        self.gemeente = lijstgemeente()
        self.planner, self.kantoor = planner(self.gemeente), backoffice(self.gemeente)
        self.beleid = [aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=self.gemeente) for _ in range(2)]
        self.standen: list[tuple] = []

    def doe(self, nummer: int, wat: str, welke: int) -> None:
        nu = BEGIN + timedelta(minutes=nummer // 2)  # two steps share a moment: then the id decides
        getattr(self, f"_{wat}")(welke, nu)
        self.standen.append((nu, self.codes()))

    def codes(self) -> list[str]:
        return [p.code for p in Plek.objects.filter(gemeente=self.gemeente).open().op_volgorde()]

    def _plaats(self, welke, nu, spoed=False):
        plek(self.gemeente, voorziening=toegekend(self.gemeente, client={"bsn": None}), nu=nu, spoed=spoed)

    def _spoedplaats(self, welke, nu):
        self._plaats(welke, nu, spoed=True)

    def _claim(self, welke, nu):
        if eerste := Plek.objects.open().op_volgorde().first():
            claims.claim(plek=eerste, startdatum=START, door=self.planner, nu=nu)

    def _verval(self, welke, nu):
        geclaimd = list(Plek.objects.filter(status="geclaimd").order_by("pk"))
        if geclaimd:
            plekken.laat_vervallen(plek=geclaimd[welke % len(geclaimd)], reden="Te laat", door=self.kantoor, nu=nu)

    def _label(self, welke, nu):
        if (p := self._een(welke)) is not None:
            self._grijp_in(p, "spoed_uit" if p.spoed else "spoed_aan", nu)

    def _weg(self, welke, nu):
        if (p := self._een(welke)) is not None:
            self._grijp_in(p, "van_de_lijst", nu)

    def _een(self, welke):
        open_ = list(Plek.objects.open().order_by("pk"))
        return open_[welke % len(open_)] if open_ else None

    def _grijp_in(self, p, soort, nu):
        een, twee = self.beleid
        voorstel = ingrepen.stel_ingreep_voor(plek=p, soort=soort, reden="Een reden van een hele zin.", door=een, nu=nu)
        ingrepen.keur_ingreep_goed(ingreep=voorstel, door=twee, nu=nu)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stappen=STAPPEN)
def test_database_regel_en_terugspelen_geven_een_volgorde(db, stappen):
    from django.db import transaction

    with transaction.atomic():
        lijst = Lijst()
        for nummer, (wat, welke) in enumerate(stappen):
            lijst.doe(nummer, wat, welke)
            open_ = list(Plek.objects.filter(gemeente=lijst.gemeente).open())
            geregeld = rules.volgorde(open_)
            assert [plaats.plek.code for plaats in geregeld] == lijst.codes()
            assert Plek.objects.all().nummers(lijst.gemeente, open_) == {p.plek.pk: p.nummer for p in geregeld}
            for plaats in geregeld:
                ervoor = Plek.objects.ervoor(plaats.plek)
                assert (ervoor.count(), ervoor.filter(spoed=True).count()) == (
                    plaats.aantal_ervoor,
                    plaats.spoed_ervoor,
                )
        laatste = dict(lijst.standen)  # of two steps at one moment the last one is how it stood then
        for nu, codes in laatste.items():
            assert [plaats.plek.code for plaats in lijst_op(lijst.gemeente, nu)] == codes
        transaction.set_rollback(True)


def test_de_lijst_loopt_over_de_index(django_assert_num_queries):
    """Whose turn it is may not cost a sort of the whole list."""
    gemeente = lijstgemeente()
    plek(gemeente)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        sql = str(Plek.objects.filter(gemeente=gemeente).open().op_volgorde()[:1].query).replace("= open", "= 'open'")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(regel for (regel,) in cursor.fetchall())
    assert "plek_volgorde" in plan
    assert "Sort" not in plan

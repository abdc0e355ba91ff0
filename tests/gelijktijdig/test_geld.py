"""Money under two hands at once: nothing doubled, nothing lost."""

from datetime import date
from decimal import Decimal as D

import pytest

from declaraties import tasks
from declaraties.actions import correcties, declaraties, indexaties, leveringen, ontvangst
from declaraties.models import Declaratie, Declaratieregel, Prestatie, Tarief
from tests.declaraties.conftest import NOVEMBER, NU, geleverd, wereld  # noqa: F401  fixtures of the other room
from tests.declaraties.test_indexaties import VNG
from tests.declaraties.test_ontvangst import regel
from tests.factories import aanstelling
from tests.factories.declaraties import PrestatieFactory
from wmo.actions.kader import Geweigerd
from wmo.models import Aanstelling, Logregel, Taak
from wmo.periodes import Periode
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def bouw(w) -> Declaratie:
    return declaraties.bouw_maand(
        aanbieder=w.aanbieder, gemeente=w.gemeente, maand=NOVEMBER, door=w.administratie, nu=NU
    )


def test_publiceren_door_vier_tegelijk(tegelijk, wereld):  # noqa: F811
    regio, beleid = aanstelling(Rol.REGIO), aanstelling(Rol.BELEIDSMEDEWERKER)
    Aanstelling.objects.systeem()
    indexatie = indexaties.stel_voor(
        contract=wereld.perceel.contract, jaar=2027, uitgangspunten=VNG, op=date(2026, 11, 23), door=regio, nu=NU
    )
    indexaties.vraag_goedkeuring(indexatie=indexatie, door=regio, nu=NU)
    indexaties.keur_goed(indexatie=indexatie, door=beleid, nu=NU)
    rijen = [type(indexatie).objects.select_related("contract").get(pk=indexatie.pk) for _ in range(3)]
    werk = [lambda rij=rij: indexaties.publiceer(indexatie=rij, door=regio, nu=NU) for rij in rijen]
    uitkomsten = tegelijk([*werk, lambda: tasks.publiceer_indexatie(2027)])
    assert sum(uitkomst == 1 for uitkomst in uitkomsten) == 1
    assert {u.reden for u in uitkomsten if isinstance(u, Geweigerd)} <= {"GEPUBLICEERD"}
    assert list(Tarief.objects.order_by("ingangsdatum").values_list("tarief", flat=True)) == [D("32.85"), D("34.48")]
    assert Logregel.objects.filter(handeling="indexaties.publiceer").count() == 1


@pytest.mark.parametrize("ronde", range(3))
def test_maand_bouwen_door_zes_tegelijk(tegelijk, geleverd, ronde):  # noqa: F811
    for _ in range(10):
        PrestatieFactory(toewijzing=geleverd.toewijzing_erbij())
    uitkomsten = tegelijk([lambda: bouw(geleverd)] * 6)
    assert {uitkomst.pk for uitkomst in uitkomsten} == {Declaratie.objects.get().pk}
    assert Declaratieregel.objects.count() == 11


@pytest.mark.parametrize("ronde", range(3))
def test_registreren_en_indienen_door_elkaar_verliest_geen_minuut(tegelijk, geleverd, ronde):  # noqa: F811
    """Either the new minutes are in the line, or the registration was refused: never silently beside it."""
    concept = bouw(geleverd)

    def registreer():
        leveringen.registreer_minuten(
            toewijzing=geleverd.toewijzing,
            periode=Periode.maand(2026, 11),
            aantal=700,
            door=geleverd.administratie,
            nu=NU,
        )

    def dien_in():
        return declaraties.dien_in(declaratie=Declaratie.objects.get(pk=concept.pk), door=geleverd.administratie, nu=NU)

    uitkomsten = tegelijk([registreer, dien_in])
    geleverd_nu, gedeclareerd = Prestatie.objects.get().aantal, Declaratieregel.objects.get().volume
    assert geleverd_nu == gedeclareerd
    assert isinstance(uitkomsten[0], Geweigerd) == (gedeclareerd == 600)


def test_twee_keer_indienen_tegelijk(tegelijk, geleverd):  # noqa: F811
    concept = bouw(geleverd)
    rijen = [Declaratie.objects.get(pk=concept.pk) for _ in range(4)]
    uitkomsten = tegelijk(
        [lambda rij=rij: declaraties.dien_in(declaratie=rij, door=geleverd.administratie, nu=NU) for rij in rijen]
    )
    assert sum(isinstance(uitkomst, declaraties.Indiening) for uitkomst in uitkomsten) == 1
    assert Taak.objects.open().count() == 1


def test_een_regel_wordt_een_keer_gecorrigeerd(tegelijk, geleverd):  # noqa: F811
    declaratie = declaraties.dien_in(declaratie=bouw(geleverd), door=geleverd.administratie, nu=NU).declaratie
    declaraties.beantwoord(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    rijen = [Declaratieregel.objects.select_related("declaratie").get(is_credit=False) for _ in range(3)]
    uitkomsten = tegelijk(
        [
            lambda rij=rij: correcties.corrigeer(regel=rij, aantal=480, door=geleverd.administratie, nu=NU)
            for rij in rijen
        ]
    )
    assert sum(isinstance(uitkomst, Declaratie) for uitkomst in uitkomsten) == 1
    assert Declaratieregel.objects.filter(is_credit=True).count() == 1


def test_twee_berichten_met_dezelfde_regel(tegelijk, wereld):  # noqa: F811
    """TR389 under two workers: one line stands, the other is refused with its code."""

    def ontvang(nummer):
        return ontvangst.ontvang(
            aanbieder=wereld.aanbieder,
            gemeente=wereld.gemeente,
            declaratienummer=nummer,
            maand=NOVEMBER,
            ingediend_bedrag=D("330.00"),
            regels=[regel(wereld.toewijzing, f"R{nummer}")],
            door=wereld.backoffice,
            nu=NU,
        )

    uitkomsten = tegelijk([lambda nummer=nummer: ontvang(nummer) for nummer in ("A1", "A2", "A3")])
    assert all(isinstance(uitkomst, Declaratie) for uitkomst in uitkomsten), uitkomsten
    codes = sorted(tuple(c) for c in Declaratieregel.objects.values_list("afkeurcodes", flat=True))
    assert codes == [(), ("9389",), ("9389",)]

"""Spoed under many hands: the first yes has it, the others read so, and no answer is lost (R-128)."""

import pytest

from tests.factories import VANDAAG, ToewijzingFactory, aanstelling, moment
from tests.factories.wachtlijst import consulent, lijstgemeente, planner, plek, spoed, toegekend
from wachtlijst.actions import plekken, spoedvervolg
from wachtlijst.actions import spoed as acties
from wachtlijst.models import Plek, Spoedantwoord, Spoedtraject
from wmo.actions import uitvoering
from wmo.actions.kader import Geweigerd
from wmo.models import Logregel, Taak, Uitvoeringsplan
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db(transaction=True)


def ja(traject, door):
    return acties.zeg_ja(traject=traject, startdatum=VANDAAG, door=door, nu=moment())


@pytest.mark.parametrize("ronde", range(5))
def test_vier_aanbieders_tegelijk_geeft_een_winnaar(tegelijk, ronde):
    gemeente = lijstgemeente()
    spelers = [planner(gemeente) for _ in range(4)]
    traject = spoed(gemeente)
    uitkomsten = tegelijk([lambda door=door: ja(Spoedtraject.objects.get(pk=traject.pk), door) for door in spelers])
    winnaars = [uitkomst for uitkomst in uitkomsten if isinstance(uitkomst, Spoedtraject)]
    assert len(winnaars) == 1
    assert {uitkomst.reden for uitkomst in uitkomsten if isinstance(uitkomst, Geweigerd)} == {"AL_VERGEVEN"}
    traject.refresh_from_db()
    assert traject.aanbieder == winnaars[0].aanbieder
    assert Spoedantwoord.objects.filter(antwoord="ja").get().aanbieder == traject.aanbieder
    assert Taak.objects.open().get().sleutel == f"spoedopdracht:{traject.code}"
    assert Logregel.objects.filter(handeling="spoed.zeg_ja").count() == 1


@pytest.mark.parametrize("ronde", range(3))
def test_ja_nee_en_het_einde_van_de_termijn_tegelijk(tegelijk, ronde):
    """A yes that comes with the last no, or while the 24 hours end, still counts."""
    gemeente = lijstgemeente()
    spelers = [planner(gemeente) for _ in range(3)]
    traject = spoed(gemeente)
    systeem, laat = aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente), moment(VANDAAG, 23)
    werk = [
        lambda: ja(traject, spelers[0]),
        lambda: acties.zeg_nee(traject=traject, reden="afstand", door=spelers[1], nu=moment()),
        lambda: acties.zeg_nee(traject=traject, reden="afstand", door=spelers[2], nu=moment()),
        lambda: acties.sluit_termijn(traject=traject, door=systeem, nu=laat),
    ]
    for uitkomst in tegelijk(werk):
        assert not isinstance(uitkomst, Exception) or getattr(uitkomst, "reden", "") == "AL_VERGEVEN", uitkomst
    traject.refresh_from_db()
    assert (traject.status, traject.aanbieder) == ("match", spelers[0].aanbieder)


@pytest.mark.parametrize("ronde", range(3))
def test_op_de_lijst_of_spoed_maar_niet_allebei(tegelijk, ronde):
    """R-130."""
    gemeente = lijstgemeente()
    planner(gemeente)
    voorziening, door = toegekend(gemeente), consulent(gemeente)
    tegelijk([
        lambda: plekken.plaats(voorziening=voorziening, door=door, nu=moment()),
        lambda: acties.vraag_uit(voorziening=voorziening, grond="ziekenhuis", door=door, nu=moment()),
    ])  # fmt: skip
    assert Plek.objects.count() + Spoedtraject.objects.count() == 1


def test_overleg_en_intrekken_tegelijk_kiezen_een_van_beide(tegelijk):
    gemeente = lijstgemeente()
    eerste = planner(gemeente)
    traject, door = spoed(gemeente), consulent(gemeente)
    acties.zeg_nee(traject=traject, reden="afstand", door=eerste, nu=moment())
    rijen = [Spoedtraject.objects.select_related("gemeente").get(pk=traject.pk) for _ in range(2)]
    uitkomsten = tegelijk([
        lambda: spoedvervolg.plan_overleg(
            traject=rijen[0], moment=moment(VANDAAG, 15), waar="Gemeentehuis", door=door, nu=moment()
        ),
        lambda: spoedvervolg.trek_in(traject=rijen[1], reden="Niet meer nodig.", door=door, nu=moment()),
    ])  # fmt: skip
    assert sum(isinstance(uitkomst, Geweigerd) for uitkomst in uitkomsten) == 1


def test_twee_collegas_op_een_uitvoeringsplan_geven_een_concept(tegelijk):
    toewijzing = ToewijzingFactory()
    mensen = [aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder) for _ in range(3)]
    inhoud = dict.fromkeys(uitvoering.PLANVELDEN, "") | {"besproken_op": None}
    uitkomsten = tegelijk([
        lambda door=door: uitvoering.bewaar_plan(toewijzing=toewijzing, inhoud=inhoud, door=door, nu=moment())
        for door in mensen
    ])  # fmt: skip
    assert all(isinstance(uitkomst, Uitvoeringsplan) for uitkomst in uitkomsten), uitkomsten
    assert Uitvoeringsplan.objects.get().versie == 1


def test_een_plek_zonder_spoed_blijft_te_claimen(tegelijk):
    """The other list goes on: asking spoed for one never holds the list of the gemeente."""
    gemeente = lijstgemeente()
    planner(gemeente)
    nog_een = plek(gemeente)
    [uitkomst] = tegelijk([lambda: spoed(gemeente)])
    assert isinstance(uitkomst, Spoedtraject), uitkomst
    assert Plek.objects.open().get() == nog_een

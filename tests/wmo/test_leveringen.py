"""Delivery: what a start or stop does to levering and toewijzing, and which code a refusal carries."""

from datetime import date

import pytest

from tests.factories import ToewijzingFactory, aanstelling, moment
from wmo.actions import leveringen, pauzes
from wmo.actions.kader import Geweigerd
from wmo.models import Levering, Logregel, Taak, Toewijzing
from wmo.permissions import Rol
from wmo.rules.gemeenteregels import Aanleiding

pytestmark = pytest.mark.django_db
BEGIN, EIND = date(2026, 11, 9), date(2026, 11, 20)


@pytest.fixture
def toewijzing():
    return ToewijzingFactory(opmerking="Bel voor u komt.", uiterste_startdatum=date(2026, 11, 30))


@pytest.fixture
def door(toewijzing):
    return aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)


def stand(toewijzing: Toewijzing) -> tuple:
    levering = Levering.objects.get(toewijzing=toewijzing)
    toewijzing.refresh_from_db()
    return levering.status, levering.begindatum, levering.einddatum, toewijzing.status


def meld(toewijzing: Toewijzing, door, stap: str, einddatum: date) -> None:
    """A start, or a stop with this reason."""
    gedeeld = {"toewijzing": toewijzing, "begindatum": BEGIN, "door": door, "nu": moment()}
    if stap == "start":
        leveringen.meld_start(**gedeeld)
    else:
        leveringen.meld_stop(**gedeeld, einddatum=einddatum, reden=stap)


def test_start_maakt_de_opdracht_lopend_en_rondt_de_taak_af(toewijzing, door):
    leveringen.zet_starttaken(toewijzing=toewijzing, nu=moment())
    leveringen.meld_start(toewijzing=toewijzing, begindatum=BEGIN, door=door, nu=moment())
    assert stand(toewijzing) == ("gestart", BEGIN, None, "actief")
    open_ = set(Taak.objects.open().values_list("soort", flat=True))
    assert open_ == {Taak.Soort.OPMERKING_LEZEN, Taak.Soort.UITVOERINGSPLAN}
    assert (
        Logregel.objects.get().tekst == f"De hulp is gestart op 09-11-2026 (toewijzing {toewijzing.toewijzingnummer})"
    )


def test_opmerking_gelezen_blijft_bij_de_eerste_keer(toewijzing, door):
    leveringen.lees_opmerking(toewijzing=toewijzing, door=door, nu=moment())
    leveringen.lees_opmerking(toewijzing=toewijzing, door=door, nu=moment(uur=15))
    toewijzing.refresh_from_db()
    assert toewijzing.opmerking_gelezen_op == moment()


@pytest.mark.parametrize(
    ("reden", "levering", "opdracht"),
    [("20", "tijdelijk_gestopt", "actief"), ("19", "definitief_gestopt", "beeindigd")],
)
def test_stop_met_reden(toewijzing, door, reden, levering, opdracht):
    leveringen.meld_start(toewijzing=toewijzing, begindatum=BEGIN, door=door, nu=moment())
    leveringen.meld_stop(toewijzing=toewijzing, begindatum=BEGIN, einddatum=EIND, reden=reden, door=door, nu=moment())
    assert stand(toewijzing) == (levering, BEGIN, EIND, opdracht)


def test_ingetrokken_stop_brengt_de_vorige_stand_terug(toewijzing, door):
    leveringen.meld_start(toewijzing=toewijzing, begindatum=BEGIN, door=door, nu=moment())
    stop = {
        "toewijzing": toewijzing,
        "begindatum": BEGIN,
        "einddatum": EIND,
        "reden": "19",
        "door": door,
        "nu": moment(),
    }
    leveringen.meld_stop(**stop)
    leveringen.verwijder_stop(**stop)
    assert stand(toewijzing) == ("gestart", BEGIN, None, "actief")


def test_ingetrokken_start_brengt_niet_gestart_terug(toewijzing, door):
    leveringen.meld_start(toewijzing=toewijzing, begindatum=BEGIN, door=door, nu=moment())
    leveringen.verwijder_start(toewijzing=toewijzing, begindatum=BEGIN, door=door, nu=moment())
    assert stand(toewijzing)[:2] == ("niet_gestart", None)


@pytest.mark.parametrize(
    ("eerder", "melding", "code"),
    [
        ([], "19", "9069"),
        (["start"], "start", "9074"),
        (["start", "20"], "20", "9413"),
        (["start", "19"], "22", "9415"),
    ],
    ids=["stop-zonder-start", "zelfde-start", "tweede-tijdelijke-stop", "stop-na-definitief"],
)
def test_weigering_noemt_de_code_en_verandert_niets(toewijzing, door, eerder, melding, code):
    for stap in eerder:
        meld(toewijzing, door, stap, EIND)
    vooraf = stand(toewijzing)
    with pytest.raises(Geweigerd) as weigering:
        meld(toewijzing, door, melding, date(2026, 11, 25))
    assert weigering.value.reden == code
    assert stand(toewijzing) == vooraf


def test_pauze_kan_pas_na_de_start_en_een_keer(toewijzing, door):
    pauze = {
        "toewijzing": toewijzing,
        "vanaf": EIND,
        "aanleiding": Aanleiding.VERZOEK_CLIENT,
        "reden": "Op reis.",
        "door": door,
    }
    with pytest.raises(Geweigerd, match="nog niet gestart"):
        pauzes.begin(**pauze, nu=moment())
    leveringen.meld_start(toewijzing=toewijzing, begindatum=BEGIN, door=door, nu=moment())
    loopt = pauzes.begin(**pauze, nu=moment())
    with pytest.raises(Geweigerd, match="loopt al een pauze"):
        pauzes.begin(**pauze, nu=moment())
    pauzes.hervat(pauze=loopt, hervat_op=date(2026, 12, 1), door=door, nu=moment())
    assert toewijzing.pauzes.get().status == "hervat"

"""The monthly run and a large file with a real worker, also when it is killed halfway."""

import time
from datetime import date

import pytest

from config.celery import app
from declaraties.actions import bestanden, declaraties, indexaties
from declaraties.models import Declaratie, Declaratieregel, Leveringsbestand, Prestatie
from tests.declaraties.conftest import NOVEMBER, NU
from tests.factories import AanbiederFactory, PerceelFactory, ToewijzingFactory, aanstelling
from tests.factories.declaraties import IndexcijferFactory, PrestatieFactory
from wmo.actions import achtergrond
from wmo.models import Aanstelling, Achtergrondtaak
from wmo.permissions import Rol

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("celery")]
Status = Achtergrondtaak.Status


def wacht(taak: Achtergrondtaak, op: str = Status.KLAAR, seconden: int = 40) -> Achtergrondtaak:
    einde = time.monotonic() + seconden
    while True:
        taak.refresh_from_db()
        if taak.status == op:
            return taak
        assert taak.is_open, taak.melding
        assert time.monotonic() < einde, f"bleef {taak.status} op {taak.gedaan} van {taak.totaal}"
        time.sleep(0.05)


def aanbieders_met_levering(wereld, aantal: int) -> None:
    for nummer in range(aantal):
        aanbieder = AanbiederFactory(naam=f"Thuishulp Oefen {nummer:02d}")
        PerceelFactory(aanbieder=aanbieder)
        PrestatieFactory(toewijzing=ToewijzingFactory(aanbieder=aanbieder))


def test_maandrun_vanaf_het_scherm(celery_werker, geleverd):
    aanbieders_met_levering(geleverd, 3)
    taak = declaraties.start_maandrun(gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.backoffice, nu=NU)
    wacht(taak)
    assert (taak.gedaan, taak.totaal) == (4, 4)
    assert taak.melding == "4 concepten staan klaar bij de aanbieders."
    assert Declaratieregel.objects.count() == 4


@pytest.mark.storing
def test_maandrun_overleeft_kill_9(maak_werker, geleverd):
    """Killed between two providers: the next worker gets the task back, and each has one declaration of one line."""
    aanbieders_met_levering(geleverd, 40)
    Aanstelling.objects.systeem()
    eerste = maak_werker(VISIBILITY_TIMEOUT="3")
    taak = declaraties.start_maandrun(gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.backoffice, nu=NU)
    while Declaratie.objects.count() < 5:
        time.sleep(0.005)
    eerste.kill()
    halverwege = Declaratie.objects.count()
    assert 5 <= halverwege < 41, "de werker was al klaar"
    maak_werker(VISIBILITY_TIMEOUT="3")
    wacht(taak)
    assert (taak.gedaan, taak.totaal) == (41, 41)
    assert Declaratie.objects.count() == Declaratieregel.objects.count() == 41
    assert set(Declaratie.objects.values_list("aantal_regels", flat=True)) == {1}


def test_stilgevallen_taak_wordt_gewekt(celery_werker, geleverd):
    """The broker forgot it: the sweep finds the row and the work is done."""
    taak = declaraties.start_maandrun(gemeente=geleverd.gemeente, maand=NOVEMBER, door=geleverd.backoffice, nu=NU)
    wacht(taak)
    Declaratie.objects.all().delete()
    verloren = Achtergrondtaak.objects.create(
        soort=taak.soort, titel=taak.titel, sleutel="nog een keer", gestart_door=geleverd.backoffice, gestart_op=NU,
        bijgewerkt_op=NU, invoer=taak.invoer,
    )  # fmt: skip
    assert achtergrond.hervat_stilgevallen(nu=NU) == 0  # it may still be on its way
    assert achtergrond.hervat_stilgevallen(nu=NU.replace(hour=11)) == 1
    wacht(verloren)
    assert Declaratie.objects.count() == 1


def test_groot_bestand_in_delen(celery_werker, wereld):
    """2,500 lines, two of them wrong: the rest is there, and the errors carry their line numbers.

    In the past, because the worker reads the real clock and refuses what lies in the future.
    """
    toewijzingen = [wereld.toewijzing_erbij(ingangsdatum=date(2025, 1, 1)) for _ in range(90)]
    regels = [f"0632;{t.toewijzingnummer};{dag:02d}-11-2025;30" for t in toewijzingen for dag in range(2, 30)][:2498]
    regels[1500:1500] = ["0632;abc;02-11-2025;30", "0632;1;02-11-2025;anderhalf uur"]
    inhoud = "gemeente;toewijzingnummer;datum;minuten\n" + "\n".join(regels) + "\n"
    bestand, taak = bestanden.neem_aan(
        aanbieder=wereld.aanbieder, naam="groot.csv", inhoud=inhoud.encode(), door=wereld.administratie, nu=NU
    )
    assert taak is not None
    wacht(taak)
    bestand = Leveringsbestand.objects.get(pk=bestand.pk)
    assert (bestand.aantal_goed, bestand.aantal_fout) == (2498, 2)
    assert [fout["regel"] for fout in bestand.fouten] == [1502, 1503]
    assert Prestatie.objects.count() == 2498
    assert taak.melding == "2498 regels overgenomen, 2 fout."


def test_indexatie_voorbereiden_vanaf_het_scherm(celery_werker, wereld):
    IndexcijferFactory(jaar=2026)
    IndexcijferFactory(jaar=2027)
    taak = indexaties.start_taak(soort="bereid_indexatie_voor", jaar=2027, door=aanstelling(Rol.REGIO), nu=NU)
    assert wacht(taak).melding == "1 proefberekeningen gemaakt voor 2027."
    taak = indexaties.start_taak(soort="publiceer_indexatie", jaar=2027, door=aanstelling(Rol.REGIO), nu=NU)
    assert wacht(taak).melding == "0 nieuwe tarieven vanaf 01-01-2027."


def test_de_klok_kent_deze_taken():
    namen = {taak["task"] for taak in app.conf.beat_schedule.values() if taak["task"].startswith("declaraties.")}
    assert namen <= set(app.tasks)
    assert len(namen) == 3

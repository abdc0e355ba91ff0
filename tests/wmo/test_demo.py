"""The exercise region: lived through with the actions, the same every time, and large on demand."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction

from wmo.demo import fasen, schaal
from wmo.models import (
    Aanbieder,
    Beschikking,
    Client,
    Clientenstop,
    Contactpersoon,
    Contract,
    Evaluatie,
    Gemeente,
    Gemeenteregel,
    GemistBezoek,
    Kennismaking,
    Logregel,
    Perceel,
    Taak,
    Uitvoeringsplan,
    Zaak,
)
from wmo.rules.identificatie import is_test_bsn

DOELEN = {doel.value for doel in Contactpersoon.Doel}

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]


@pytest.fixture(scope="module")
def regio(django_db_setup, django_db_blocker):
    """Lived through once for all tests of this module, and rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed", clienten=25, dagen=120, seed=3, verbosity=0)
        yield
        transaction.set_rollback(True)


def test_regio_heeft_de_juiste_vorm(regio):
    assert Gemeente.objects.count() == 5
    per_aanbieder = sorted(
        Perceel.objects.values_list("aanbieder")
        .annotate(n=models.Count("gemeente", distinct=True))
        .values_list("n", flat=True)
    )
    assert (Aanbieder.objects.count(), per_aanbieder) == (12, [1] * 3 + [2] * 3 + [5] * 6)


def test_feiten_van_de_regio_zijn_die_van_de_bron(regio):
    """The public facts only: terms of the contract, names of a toegang and of partners (R-005, R-171, R-175, R-370)."""
    contract = Contract.objects.get(nummer="UW-HH-2023")
    assert (contract.ingangsdatum, contract.uiterste_einddatum) == (date(2023, 1, 1), date(2031, 12, 31))
    assert contract.rekenmethode == Contract.Rekenmethode.MINUUT_AFGEROND
    assert all(set(a.contactpersonen.values_list("doel", flat=True)) == DOELEN for a in Aanbieder.objects.all())
    woerden = Gemeente.objects.get(code="0632")
    assert woerden.toegang == "WoerdenWijzer"
    regels = Gemeenteregel.objects.geldend(woerden, op=date(2026, 11, 2))
    assert (regels["ketenpartner"], regels["sr_contact"]) == ("Hart van Woerden", "Ferm Werk")


def test_elke_zaak_heeft_een_spoor_en_elk_bsn_komt_uit_de_testreeks(regio):
    assert Zaak.objects.count() == 25
    assert set(Logregel.objects.filter(handeling="meldingen.registreer").values_list("zaak", flat=True)) == set(
        Zaak.objects.values_list("pk", flat=True)
    )
    assert all(is_test_bsn(client.bsn) for client in Client.objects.all() if client.bsn)
    assert Beschikking.objects.filter(status="vastgesteld").exists()
    assert Zaak.objects.values("status").distinct().count() >= 4


def test_tussen_start_en_stop_gebeurt_er_iets(regio):
    """The pages of the delivery have something to show: talks, plans, evaluations, and stops of new clients."""
    assert Uitvoeringsplan.objects.filter(verstuurd_op__isnull=False).exists()
    assert Kennismaking.objects.filter(soort="intake").exists()
    assert {evaluatie.status for evaluatie in Evaluatie.objects.open()} >= {"gepland", "uitgenodigd"}
    assert GemistBezoek.objects.filter(soort="NO_SHOW", beoordeeld_op=None).exists()
    assert {stop.status for stop in Clientenstop.objects.all()} == {"toegestaan", "aangevraagd"}
    assert not Aanbieder.objects.filter(afzegrichtlijn="").exists()


def test_er_is_te_bellen(regio):
    """The page with signals has something to show."""
    bellen = Taak.objects.open().filter(soort=Taak.Soort.TERUGBELLEN)
    assert bellen.exists()
    assert set(bellen.values_list("zaak__status", flat=True)) <= set(Zaak.Status.values)


def test_tweede_keer_verandert_niets(regio):
    call_command("seed", eenmalig=True, verbosity=0)
    assert Client.objects.count() == 25
    with pytest.raises(CommandError, match="al een regio"):
        call_command("seed", verbosity=0)


def test_vermenigvuldigde_rijen_hebben_dezelfde_vorm(regio):
    vooraf = {kopie.model: kopie.model._base_manager.count() for fase in fasen() for kopie in fase.kopieen}
    assert schaal.vermenigvuldig(575) == 575, "de sleutels van de laatste kopie passen niet in een integer"
    for model, aantal in vooraf.items():
        assert model._base_manager.count() == 23 * aantal, model
    kopie = Beschikking.objects.filter(status="vastgesteld").order_by("-id")[0]
    assert (
        kopie.zaak.client == kopie.voorzieningen.get().client
        if kopie.voorzieningen.exists()
        else kopie.soort == "afwijzing"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "keer", "nieuw"),
    [("MNF-0042", 3, "MNF-3042"), ("MNF-0042", 10, "MNF-10042"), ("MNF-0042", 334, "MNF-334042")],
)
def test_nummer_van_een_kopie_groeit_met_de_kopieen_mee(code, keer, nieuw):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {schaal.opgehoogd('code', 4)} FROM (VALUES (%s, %s::bigint)) AS rij (code, k)", [code, keer]
        )
        assert cursor.fetchone() == (nieuw,)

"""From deliveries to payment (R-280 to R-290)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from declaraties.actions import controle, correcties, declaraties
from declaraties.models import Declaratie, Declaratieregel, Prestatie
from tests.declaraties.conftest import NOVEMBER, NU
from tests.factories import ClientFactory, GemeenteFactory, ToewijzingFactory, aanstelling, moment
from tests.factories.declaraties import PrestatieFactory, TariefFactory
from wmo.actions.kader import Geweigerd
from wmo.models import Logregel, Taak
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def bouw(w, maand=NOVEMBER, nu=NU) -> Declaratie:
    return declaraties.bouw_maand(aanbieder=w.aanbieder, gemeente=w.gemeente, maand=maand, door=w.administratie, nu=nu)


def dien_in(w, maand=NOVEMBER, nu=NU) -> Declaratie:
    return declaraties.dien_in(declaratie=bouw(w, maand, nu), door=w.administratie, nu=nu).declaratie


def beantwoord(w, maand=NOVEMBER, nu=NU) -> Declaratie:
    declaratie = dien_in(w, maand, nu)
    declaraties.beantwoord(declaratie=declaratie, door=w.backoffice, nu=nu)
    return declaratie


def test_concept_telt_dagen_op_per_productperiode(wereld):
    for dag, minuten in ((2, 150), (9, 165)):
        PrestatieFactory(
            toewijzing=wereld.toewijzing,
            ingangsdatum=date(2026, 11, dag),
            einddatum=date(2026, 11, dag),
            aantal=minuten,
        )
    regel = bouw(wereld).regels.get()
    assert (regel.volume, regel.tarief, regel.bedrag) == (315, Decimal("0.55"), Decimal("173.25"))
    # clipped to the toewijzing, which starts on the second
    assert (regel.ingangsdatum, regel.einddatum) == (date(2026, 11, 2), date(2026, 11, 30))
    assert regel.eenheid == "01"
    assert Logregel.objects.filter(handeling="declaraties.bouw_maand").count() == 1


def test_twee_keer_bouwen_verandert_niets(geleverd):
    eerste = bouw(geleverd)
    vooraf = list(eerste.regels.values())
    tweede = bouw(geleverd)
    assert tweede.pk == eerste.pk
    assert list(tweede.regels.values()) == vooraf
    assert Declaratie.objects.count() == 1


def test_bouwen_volgt_een_gewijzigde_levering(geleverd):
    regel = bouw(geleverd).regels.get()
    Prestatie.objects.update(aantal=300)
    nieuw = bouw(geleverd).regels.get()
    assert (nieuw.pk, nieuw.volume, nieuw.bedrag) == (regel.pk, 300, Decimal("165.00"))
    Prestatie.objects.all().delete()
    with pytest.raises(Geweigerd, match="niets te declareren"):
        bouw(geleverd)


def test_vergeten_maand_komt_mee_en_een_keer(geleverd):
    beantwoord(geleverd)
    laat = PrestatieFactory(toewijzing=geleverd.toewijzing_erbij(), aantal=120)
    PrestatieFactory(
        toewijzing=geleverd.toewijzing, ingangsdatum=date(2026, 12, 1), einddatum=date(2026, 12, 31), aantal=200
    )
    december = bouw(geleverd, date(2026, 12, 1), moment(date(2027, 1, 2)))
    assert set(december.regels.values_list("toewijzing", "volume")) == {
        (laat.toewijzing_id, 120),
        (geleverd.toewijzing.pk, 200),
    }


def test_tarief_van_de_eerste_dag_van_de_productperiode(geleverd):
    """R-274: November keeps its own price when the tariff rises on 1 January."""
    TariefFactory._meta.model.objects.update(einddatum=date(2026, 12, 31))
    TariefFactory(tarief=Decimal("34.48"), ingangsdatum=date(2027, 1, 1))
    PrestatieFactory(
        toewijzing=geleverd.toewijzing, ingangsdatum=date(2027, 1, 1), einddatum=date(2027, 1, 31), aantal=600
    )
    regels = bouw(geleverd, date(2027, 1, 1), moment(date(2027, 2, 2))).regels.order_by("ingangsdatum")
    assert [regel.tarief for regel in regels] == [Decimal("0.55"), Decimal("0.57")]


def test_indienen_zet_klok_taak_en_bevriest(geleverd):
    declaratie = dien_in(geleverd)
    assert declaratie.status == Declaratie.Status.INGEDIEND
    assert declaratie.antwoord_uiterlijk == date(2026, 12, 17)  # ten working days after 3 December
    taak = Taak.objects.open().get()
    assert (taak.gemeente, taak.uiterlijk) == (geleverd.gemeente, declaratie.antwoord_uiterlijk)
    assert declaratie.regels.get().status == Declaratieregel.Status.GOEDGEKEURD
    with pytest.raises(IntegrityError, match="staat vast"), transaction.atomic():
        declaratie.regels.update(bedrag=1)
    with pytest.raises(IntegrityError, match="staat vast"), transaction.atomic():
        declaratie.regels.all().delete()


def test_lopende_maand_is_niet_in_te_dienen(geleverd):
    Prestatie.objects.update(einddatum=date(2026, 11, 30))
    declaratie = bouw(geleverd, nu=moment(date(2026, 11, 30)))
    with pytest.raises(Geweigerd, match="nog niet voorbij"):
        declaraties.dien_in(declaratie=declaratie, door=geleverd.administratie, nu=moment(date(2026, 11, 30)))
    declaratie.refresh_from_db()
    assert declaratie.status == Declaratie.Status.OPGESTELD


def test_uitval_blijft_achter_en_komt_terug(geleverd):
    """More than six times the weekly volume in category 01 is too much (IV077); the good line goes, the other waits."""
    veel = PrestatieFactory(toewijzing=geleverd.toewijzing_erbij(), aantal=991)
    uitkomst = declaraties.dien_in(declaratie=bouw(geleverd), door=geleverd.administratie, nu=NU)
    assert uitkomst.achtergebleven == 1
    assert uitkomst.declaratie.regels.get().toewijzing == geleverd.toewijzing
    declaraties.beantwoord(declaratie=uitkomst.declaratie, door=geleverd.backoffice, nu=NU)
    Prestatie.objects.filter(pk=veel.pk).update(aantal=990)
    assert bouw(geleverd).regels.get().toewijzing == veel.toewijzing


def test_alles_uitval_is_geen_declaratie(geleverd):
    Prestatie.objects.update(aantal=5000)
    with pytest.raises(Geweigerd, match="Geen enkele regel is goed"):
        declaraties.dien_in(declaratie=bouw(geleverd), door=geleverd.administratie, nu=NU)
    assert Declaratie.objects.get().regels.count() == 1


def test_eerdere_maand_na_een_latere_wordt_geweigerd(geleverd):
    """TR318."""
    beantwoord(geleverd)
    PrestatieFactory(
        toewijzing=geleverd.toewijzing_erbij(ingangsdatum=date(2026, 10, 1)),
        ingangsdatum=date(2026, 10, 1),
        einddatum=date(2026, 10, 31),
    )
    oktober = bouw(geleverd, date(2026, 10, 1))
    with pytest.raises(Geweigerd, match="latere maand ingediend") as weigering:
        declaraties.dien_in(declaratie=oktober, door=geleverd.administratie, nu=NU)
    assert weigering.value.reden == "8214"


def test_start_ontbreekt_is_geen_grond(geleverd):
    """R-285, OP364: the levering has not started, and still the line is right."""
    assert geleverd.toewijzing.levering.status == "niet_gestart"
    assert dien_in(geleverd).aantal_uitval == 0


def test_controle_op_de_rijen_in_gewone_taal(geleverd):
    geleverd.toewijzing.__class__.objects.update(budget=Decimal("100.00"))
    declaratie = bouw(geleverd)
    assert controle.controleer(declaratie=declaratie, door=geleverd.administratie, nu=NU) == 1
    regel = declaratie.regels.get()
    assert regel.afkeurcodes == ["9369"]
    assert regel.bevindingen == [
        {"code": "9369", "tekst": "Het budget is op.", "verwacht": "100.00", "ingediend": "330.00"}
    ]
    assert regel.status == Declaratieregel.Status.OPEN


def test_gemeente_keurt_toch_goed_met_reden(geleverd):
    declaratie = dien_in(geleverd)
    geleverd.toewijzing.__class__.objects.update(budget=Decimal("100.00"))
    controle.controleer_opnieuw(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    regel = declaratie.regels.get()
    assert regel.status == Declaratieregel.Status.AFGEKEURD
    with pytest.raises(Geweigerd, match="Schrijf waarom"):
        controle.beslis(regel=regel, goed=True, reden=" ", door=geleverd.backoffice, nu=NU)
    controle.beslis(regel=regel, goed=True, reden="Budget wordt verhoogd", door=geleverd.backoffice, nu=NU)
    controle.controleer_opnieuw(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    regel.refresh_from_db()
    assert (regel.status, regel.afkeurcodes) == (Declaratieregel.Status.GOEDGEKEURD, ["9369"])


def test_na_het_antwoord_verandert_geen_regel_meer_ook_niet_op_een_pagina_van_ervoor(geleverd):
    """A colleague answered while this page was open: its declaration and lines still say that it can be judged."""
    declaratie = dien_in(geleverd)
    te_oud = Declaratieregel.objects.select_related("declaratie").get(declaratie=declaratie)
    te_oud.afkeurcodes = ["9369"]
    declaraties.beantwoord(declaratie=Declaratie.objects.get(pk=declaratie.pk), door=geleverd.backoffice, nu=NU)
    for doe in (
        lambda: controle.beslis(regel=te_oud, goed=False, reden="", door=geleverd.backoffice, nu=NU),
        lambda: controle.controleer_opnieuw(declaratie=declaratie, door=geleverd.backoffice, nu=NU),
    ):
        with pytest.raises(Geweigerd) as fout:
            doe()
        assert fout.value.reden == "BEANTWOORD"
    te_oud.refresh_from_db()
    assert te_oud.status == Declaratieregel.Status.GOEDGEKEURD


def test_aanbieder_controleert_alleen_zijn_concept(geleverd):
    declaratie = dien_in(geleverd)
    geleverd.toewijzing.__class__.objects.update(budget=Decimal("100.00"))
    with pytest.raises(Geweigerd) as fout:
        controle.controleer(declaratie=declaratie, door=geleverd.administratie, nu=NU)
    assert fout.value.reden == "INGEDIEND"
    assert declaratie.regels.get().status == Declaratieregel.Status.GOEDGEKEURD


def test_wat_de_standaard_verbiedt_kan_niemand_goedkeuren(geleverd):
    declaratie = dien_in(geleverd)
    declaratie.regels.update(status="afgekeurd", afkeurcodes=["9338"])
    with pytest.raises(Geweigerd, match="standaard staat dat niet toe"):
        controle.beslis(regel=declaratie.regels.get(), goed=True, reden="Ja", door=geleverd.backoffice, nu=NU)


def test_beantwoorden_sluit_de_taak_en_telt_het_verbruik(geleverd):
    geleverd.perceel.bestedingsruimte = Decimal("450")
    geleverd.perceel.save()
    declaratie = beantwoord(geleverd)
    geleverd.perceel.refresh_from_db()
    assert declaratie.toegekend_bedrag == Decimal("330.00")
    assert geleverd.perceel.verbruikt == Decimal("330.00")
    # 73 %: a talk within two weeks
    signaal = Taak.objects.open().get()
    assert "70% van de bestedingsruimte" in signaal.titel
    assert signaal.uiterlijk == date(2026, 12, 17)


def test_tweemaal_beantwoorden_wordt_geweigerd(geleverd):
    declaratie = beantwoord(geleverd)
    with pytest.raises(Geweigerd, match="al beantwoord"):
        declaraties.beantwoord(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    assert Logregel.objects.filter(handeling="declaraties.beantwoord").count() == 1


def test_betaalbaar_en_betaald(geleverd):
    declaratie = beantwoord(geleverd)
    uiterlijk = declaraties.stel_betaalbaar(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    assert uiterlijk == date(2026, 12, 3) + timedelta(days=30)  # R-286, from the contract
    declaraties.meld_betaald(
        declaratie=declaratie, betaald_op=date(2026, 12, 20), door=geleverd.backoffice, nu=moment(date(2026, 12, 21))
    )
    declaratie.refresh_from_db()
    assert (declaratie.status, declaratie.betaald_op) == (Declaratie.Status.BETAALD, date(2026, 12, 20))


def test_corrigeren_is_credit_en_nieuwe_debet(geleverd):
    """R-284, IV091: only after the 325; the credit repeats the debet, and both can go together."""
    regel = beantwoord(geleverd).regels.get()
    concept = correcties.corrigeer(regel=regel, aantal=480, door=geleverd.administratie, nu=NU)
    credit, debet = concept.regels.order_by("-is_credit")
    assert (credit.bedrag, credit.vorig_referentienummer) == (regel.bedrag, regel.referentienummer)
    assert credit.referentienummer != regel.referentienummer
    assert (debet.volume, debet.bedrag) == (480, Decimal("264.00"))
    assert concept.ingediend_bedrag == Decimal("-66.00")
    nieuw = declaraties.dien_in(declaratie=concept, door=geleverd.administratie, nu=NU).declaratie
    declaraties.beantwoord(declaratie=nieuw, door=geleverd.backoffice, nu=NU)
    geleverd.perceel.refresh_from_db()
    assert geleverd.perceel.verbruikt == Decimal("264.00")
    regel.refresh_from_db()
    with pytest.raises(Geweigerd, match="al gecorrigeerd"):
        correcties.corrigeer(regel=regel, aantal=1, door=geleverd.administratie, nu=NU)


def test_corrigeren_wacht_op_het_antwoord(geleverd):
    regel = dien_in(geleverd).regels.get()
    with pytest.raises(Geweigerd, match="na het antwoord"):
        correcties.corrigeer(regel=regel, aantal=480, door=geleverd.administratie, nu=NU)


def test_een_debet_per_productperiode_bewaakt_de_database(geleverd):
    regel = dien_in(geleverd).regels.get()
    regel.pk, regel.referentienummer = None, "ANDERS"
    with pytest.raises(IntegrityError, match="declaratieregel_een_debet"), transaction.atomic():
        regel.save(force_insert=True)


def test_rechten_en_bereik(geleverd):
    declaratie = dien_in(geleverd)
    ander = GemeenteFactory(code="0335")
    zien = Declaratie.objects.voor
    assert list(zien(geleverd.backoffice)) == [declaratie] == list(zien(geleverd.administratie))
    assert not zien(aanstelling(Rol.BACKOFFICE, gemeente=ander)).exists()
    assert not zien(aanstelling(Rol.REGIO)).exists()
    assert not zien(aanstelling(Rol.ADMINISTRATIE)).exists()
    assert not zien(aanstelling(Rol.PLANNING, aanbieder=geleverd.aanbieder)).exists()
    with pytest.raises(PermissionDenied):
        declaraties.beantwoord(declaratie=declaratie, door=geleverd.administratie, nu=NU)


def test_concept_is_nog_van_de_aanbieder_alleen(geleverd):
    declaratie = bouw(geleverd)
    assert not Declaratie.objects.voor(geleverd.backoffice).exists()
    assert list(Declaratie.objects.voor(geleverd.administratie)) == [declaratie]


def test_hooks_voor_de_berichten(geleverd):
    declaratie = dien_in(geleverd)
    assert list(Declaratie.objects.voor_323()) == [declaratie]
    assert not Declaratie.objects.voor_325().exists()
    declaraties.beantwoord(declaratie=declaratie, door=geleverd.backoffice, nu=NU)
    assert not Declaratie.objects.voor_323().exists()
    assert list(Declaratie.objects.voor_325()) == [declaratie]


def test_ander_gemeente_blijft_erbuiten(geleverd):
    elders = ToewijzingFactory(
        aanbieder=geleverd.aanbieder,
        voorziening__beschikking__zaak__client=ClientFactory(gemeente=GemeenteFactory(code="0335")),
    )
    PrestatieFactory(toewijzing=elders)
    assert bouw(geleverd).regels.get().toewijzing == geleverd.toewijzing

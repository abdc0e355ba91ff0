"""What goes out: built as the schemas want, tried again with growing pauses, and set apart with work for a person."""

from datetime import date, timedelta

import pytest
from django.core import mail

from berichten.actions import herstel, outbox
from berichten.dagoverzicht import verstuur_dagoverzicht
from berichten.models import Bericht
from berichten.poort import Grenzen
from berichten.transport.bestand import Map
from berichten.validate import controleer
from tests.berichten.bron import BRON, met_bron
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import aanstelling, moment
from wmo.models import Aanstelling, Logregel, Taak, Toewijzing
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def test_301_voldoet_aan_onze_schemas_en_regels(toewijzing, map_):
    maak_opdrachten()
    assert controleer(Bericht.objects.get().inhoud).goedgekeurd


@met_bron
def test_301_voldoet_aan_het_officiele_schema(toewijzing, map_):
    maak_opdrachten()
    grenzen = Grenzen(xsd_map=BRON / "bron" / "xsd")
    assert controleer(Bericht.objects.get().inhoud, grenzen=grenzen).goedgekeurd


def test_opdracht_is_pas_verzonden_als_het_bestand_er_ligt(toewijzing, map_):
    maak_opdrachten()
    assert Toewijzing.objects.get().status == "concept"
    outbox.verzend_volgende(map_, nu=moment())
    (pad,) = (map_.wortel / toewijzing.gemeente.code / toewijzing.aanbieder.agb / "naar-aanbieder").glob("*.xml")
    assert pad.stat().st_mode & 0o777 == 0o600
    assert Toewijzing.objects.get().status == "verzonden"
    rij = Bericht.objects.get()
    assert (rij.status, rij.antwoord_uiterlijk) == ("verzonden", date(2026, 11, 26))


@pytest.fixture
def dichte_map(tmp_path) -> Map:
    """A road that is closed: where the folder should be there is a file."""
    (tmp_path / "weg").write_text("dicht")
    return Map(tmp_path / "weg")


def test_dichte_weg_wordt_steeds_later_weer_geprobeerd(toewijzing, dichte_map):
    maak_opdrachten()
    nu, pauzes = moment(), []
    for _ in range(outbox.MAX_POGINGEN - 1):
        outbox.verzend_volgende(dichte_map, nu=nu)
        rij = Bericht.objects.get()
        assert "niet te beschrijven" in rij.laatste_fout
        assert not outbox.verzend_volgende(dichte_map, nu=nu), "te vroeg"
        assert rij.volgende_poging_op is not None
        pauzes.append(rij.volgende_poging_op - nu)
        nu = rij.volgende_poging_op
    assert pauzes == [timedelta(minutes=2**keer) for keer in range(outbox.MAX_POGINGEN - 1)]
    outbox.verzend_volgende(dichte_map, nu=nu)
    assert Bericht.objects.get().status == "mislukt"
    assert Taak.objects.open().filter(soort=Taak.Soort.BERICHT_AFGEKEURD).count() == 1
    assert Toewijzing.objects.get().status == "concept"


def test_bericht_dat_de_standaard_weigert_gaat_niet_weg_en_zegt_waarom(toewijzing, map_):
    client = toewijzing.client
    client.postcode = "1234"
    client.save()
    maak_opdrachten()
    rij = Bericht.objects.get()
    assert rij.status == "mislukt"
    assert "Dit bericht is niet gemaakt" in rij.laatste_fout
    assert not outbox.verzend_volgende(map_, nu=moment())
    maak_opdrachten()
    assert Bericht.objects.count() == 1
    client.postcode = "3441ZZ"
    client.save()
    herstel.stuur_opnieuw(bericht=rij, door=aanstelling(Rol.BACKOFFICE, gemeente=toewijzing.gemeente), nu=moment())
    outbox.verzend_volgende(map_, nu=moment())
    assert Toewijzing.objects.get().status == "verzonden"


def test_antwoord_dat_uitblijft_wordt_werk_en_verdwijnt_met_het_antwoord(toewijzing, map_, loop):
    maak_opdrachten()
    outbox.verzend_volgende(map_, nu=moment())
    later = moment() + timedelta(days=4)
    assert herstel.bewaak_antwoorden(door=Aanstelling.objects.systeem(), nu=later) == 1
    assert Taak.objects.open().get(soort=Taak.Soort.RETOUR_TE_LAAT).titel.startswith("Antwoord op 301 ontbreekt")
    loop(later)
    assert not Taak.objects.open().filter(soort=Taak.Soort.RETOUR_TE_LAAT).exists()


def test_dagoverzicht_noemt_aantallen_en_niemand(toewijzing, map_, loop):
    kantoor = aanstelling(Rol.BACKOFFICE, gemeente=toewijzing.gemeente)
    maak_opdrachten()
    outbox.verzend_volgende(map_, nu=moment())
    assert verstuur_dagoverzicht(moment()) == 0
    assert verstuur_dagoverzicht(moment() + timedelta(days=4)) == 1
    (bericht,) = mail.outbox
    assert bericht.to == [kantoor.gebruiker.email]
    assert "Antwoord te laat: 1" in bericht.body
    assert toewijzing.client.achternaam not in bericht.body
    assert str(toewijzing.toewijzingnummer) not in bericht.body


def test_elk_bericht_laat_een_regel_in_het_logboek(toewijzing, loop):
    maak_opdrachten()
    loop()
    handelingen = set(Logregel.objects.values_list("handeling", flat=True))
    assert {"opdrachten.verzend", "outbox.verzend", "inbox.neem_aan", "inbox.verwerk"} <= handelingen
    assert not Logregel.objects.filter(tekst__contains=toewijzing.client.achternaam).exists()

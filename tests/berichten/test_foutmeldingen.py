"""Fo01, both ways: what we could not read, and what of ours was not delivered."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from berichten.actions import foutmeldingen, herstel
from berichten.actions.outbox import MAX_POGINGEN
from berichten.knooppunt import soap
from berichten.knooppunt.envelop import Partij
from berichten.models import Bericht, Foutmelding
from berichten.parse import parse
from berichten.translate.kop import met_kenmerk
from berichten.transport import Onbestelbaar
from berichten.voorbeelden import voorbeeld
from tests.berichten.koppelvlak import NUMMER, fo01, startbericht, verwerk, verzonden
from tests.berichten.test_inbox import start
from tests.factories import GemeenteFactory, aanstelling, moment
from wmo.actions.kader import IntussenGewijzigd
from wmo.models import Taak
from wmo.permissions import Rol

# ------------------------------------------------------------------------------- Fo01 from us


class Keten:
    """The sending half, with the last word on whether it goes."""

    def __init__(self) -> None:
        self.gekregen: list[Any] = []
        self.dicht = False

    def lever_af(self, bericht: Any) -> None:
        if self.dicht:
            raise Onbestelbaar("Het knooppunt is niet te bereiken (dicht).")
        soap.pak_in(bericht)  # what may not leave would fail here
        self.gekregen.append(bericht)


def test_bericht_tegen_het_schema_wordt_apart_gezet_en_met_fo01_beantwoord(onderweg, bied_aan):
    stuk = start(onderweg, "A1").replace(b"BerichtIdentificatie>", b"Berichtkenmerk>")
    assert bied_aan(startbericht(onderweg, inhoud=stuk))[0] == 200, "aangekomen is het wel"
    verwerk()
    rij = Bericht.objects.get(richting="in")
    assert rij.status == "geparkeerd"
    keten = Keten()
    assert foutmeldingen.verzend_volgende(keten, nu=moment())
    assert not foutmeldingen.verzend_volgende(keten, nu=moment())
    (fout,) = keten.gekregen
    assert (fout.code, fout.foutcode, fout.stuur.kruis) == ("Fo01", "StUF055", NUMMER)
    assert (fout.stuur.zender.organisatie, fout.stuur.ontvanger.organisatie, fout.stuur.ontvanger.applicatie) == (
        onderweg.gemeente.code,
        onderweg.aanbieder.agb,
        "GGk",
    )
    herstel.verwerk_opnieuw(bericht=rij, door=aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente), nu=moment())
    verwerk()
    assert Foutmelding.objects.count() == 1


def test_bericht_dat_om_iets_anders_apart_staat_krijgt_geen_fo01(onderweg, bied_aan):
    """A message that took the worker down each time: a person looks, the schema has nothing to say about it."""
    bied_aan(startbericht(onderweg))
    rij = Bericht.objects.get(richting="in")
    Bericht.objects.filter(pk=rij.pk).update(pogingen=99)
    verwerk()
    rij.refresh_from_db()
    assert (rij.status, Foutmelding.objects.count()) == ("geparkeerd", 0)


def test_fo01_die_niet_weg_kan_wordt_opnieuw_geprobeerd_en_ten_slotte_werk(onderweg, bied_aan):
    bied_aan(startbericht(onderweg, inhoud=b"<kapot"))
    verwerk()
    keten, nu = Keten(), moment()
    keten.dicht = True
    for _ in range(MAX_POGINGEN - 1):
        assert foutmeldingen.verzend_volgende(keten, nu=nu)
        assert not foutmeldingen.verzend_volgende(keten, nu=nu), "te vroeg"
        volgende = Foutmelding.objects.get().volgende_poging_op
        assert volgende is not None
        nu = volgende
    assert not Foutmelding.objects.actie_nodig().exists()
    assert foutmeldingen.verzend_volgende(keten, nu=nu)
    assert not foutmeldingen.verzend_volgende(keten, nu=nu + timedelta(days=9))
    assert Foutmelding.objects.actie_nodig().get().is_opgegeven
    assert Taak.objects.open().filter(titel__contains="StUF055").count() == 1


# ------------------------------------------------------------------------------- Fo01 to us


def test_fo01_maakt_het_bericht_niet_afgeleverd_met_code_en_tekst(onderweg, bied_aan):
    vraag = verzonden()
    for _ in range(2):
        assert bied_aan(fo01(vraag))[0] == 200
    vraag.refresh_from_db()
    assert (vraag.status, vraag.laatste_fout) == ("mislukt", "Niet afgeleverd. IB210: Ontvangende organisatie onbekend")
    assert Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD).pad == vraag.pad
    assert Foutmelding.objects.get().details == "WMO301-00010000"
    door = aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    nieuw = herstel.stuur_opnieuw(bericht=vraag, door=door, nu=moment())
    assert nieuw.identificatie != vraag.identificatie
    assert nieuw.referentienummer != vraag.referentienummer, "een volgende poging is een andere envelop"
    assert nieuw.status == "klaar"
    assert not Taak.objects.open().filter(soort=Taak.Soort.BERICHT_AFGEKEURD).exists()


def test_fo01_na_een_antwoord_verandert_niets(onderweg, bied_aan):
    vraag = verzonden()
    vraag.zet_status("goedgekeurd")
    assert bied_aan(fo01(vraag))[0] == 200
    vraag.refresh_from_db()
    assert (vraag.status, Foutmelding.objects.get().bericht) == ("goedgekeurd", vraag)
    assert not Taak.objects.open().filter(soort=Taak.Soort.BERICHT_AFGEKEURD).exists()


@pytest.mark.parametrize("kruis", [NUMMER, "geen-uuid"])
def test_fo01_over_een_onbekend_nummer_wordt_bewaard_en_werk(kruis, onderweg, bied_aan):
    vraag = verzonden()
    assert bied_aan(fo01(vraag, kruis=kruis))[0] == 200
    vraag.refresh_from_db()
    assert (vraag.status, Foutmelding.objects.get().bericht) == ("verzonden", None)
    assert "IB210" in Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD).titel


def test_fo01_raakt_geen_bericht_van_een_andere_gemeente(onderweg, bied_aan):
    vraag = verzonden()
    andere = GemeenteFactory(code="0589", naam="Oudewater")
    assert andere != vraag.gemeente
    fout = fo01(vraag)
    bied_aan(replace(fout, stuur=replace(fout.stuur, ontvanger=Partij(andere.code, "Wmo-portaal"))))
    vraag.refresh_from_db()
    assert vraag.status == "verzonden"


def test_fo01_voor_een_vreemde_organisatie_wordt_geweigerd(onderweg, bied_aan):
    fout = fo01(verzonden())
    status, antwoord = bied_aan(replace(fout, stuur=replace(fout.stuur, ontvanger=Partij("9998", "abc"))))
    assert (status, antwoord.code) == (500, "Fo03")
    assert not Foutmelding.objects.exists()


# ------------------------------------------------------------------------------- and then again


@pytest.fixture
def antwoord(onderweg, bied_aan) -> Bericht:
    """The 306 to a start, handed to the chain."""
    bied_aan(startbericht(onderweg))
    verwerk()
    rij = Bericht.objects.get(soort="306")
    rij.zet_status("verzonden", verzonden_op=moment(), pogingen=1)
    return rij


def test_niet_afgeleverd_antwoord_gaat_als_nieuw_bericht_met_dezelfde_inhoud(onderweg, antwoord, bied_aan):
    """The chain takes an identification once (BRS20): a new one, in a row and an envelope of its own."""
    bied_aan(fo01(antwoord))
    antwoord.refresh_from_db()
    door = aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    nieuw = herstel.stuur_opnieuw(bericht=antwoord, door=door, nu=moment() + timedelta(days=1))
    assert (nieuw.status, nieuw.soort, nieuw.antwoord_op) == ("klaar", "306", antwoord.antwoord_op)
    oud_kop, kop = parse(antwoord.inhoud).header, parse(nieuw.inhoud).header
    assert kop.identificatie_retour == nieuw.identificatie != antwoord.identificatie == oud_kop.identificatie_retour
    assert (kop.dagtekening_retour - oud_kop.dagtekening_retour).days == 1
    assert kop.bericht_identificatie == oud_kop.bericht_identificatie, "het antwoordt nog steeds op de 305"
    assert list(nieuw.toewijzingen.all()) == [onderweg]
    antwoord.refresh_from_db()
    assert (antwoord.status, antwoord.afgehandeld_op is not None) == ("mislukt", True)
    assert not herstel.kan_opnieuw(antwoord), "een keer is genoeg"


def test_fo01_die_er_eerder_is_dan_wij_het_verzenden_opschreven(onderweg, antwoord, bied_aan):
    """The sender died between handing over and writing so down; the chain was faster with its refusal."""
    Bericht.objects.filter(pk=antwoord.pk).update(status="klaar", pogingen=0, verzonden_op=None)
    bied_aan(fo01(antwoord))
    antwoord.refresh_from_db()
    assert antwoord.status == "mislukt"
    assert herstel.kan_opnieuw(antwoord)


def test_wie_tweede_is_maakt_geen_tweede_antwoord(onderweg, antwoord, bied_aan):
    bied_aan(fo01(antwoord))
    een, twee = Bericht.objects.get(pk=antwoord.pk), Bericht.objects.get(pk=antwoord.pk)
    door = aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    herstel.stuur_opnieuw(bericht=een, door=door, nu=moment())
    with pytest.raises(IntussenGewijzigd):
        herstel.stuur_opnieuw(bericht=twee, door=door, nu=moment())
    assert Bericht.objects.filter(soort="306").count() == 2


def test_bericht_dat_niet_weg_kon_gaat_onder_hetzelfde_kenmerk(onderweg, antwoord):
    """Perhaps the chain has it and only its Bv03 was lost: only the same envelope can do no harm."""
    antwoord.zet_status("mislukt", pogingen=MAX_POGINGEN, laatste_fout="Het knooppunt antwoordt niet.")
    door = aanstelling(Rol.BACKOFFICE, gemeente=onderweg.gemeente)
    zelfde = herstel.stuur_opnieuw(bericht=antwoord, door=door, nu=moment())
    zelfde.refresh_from_db()
    assert (zelfde.pk, zelfde.status, zelfde.afgehandeld_op) == (antwoord.pk, "klaar", None)
    assert zelfde.referentienummer == antwoord.referentienummer


@pytest.mark.parametrize("soort", ["301", "319", "325"])
def test_een_nieuw_kenmerk_verandert_verder_niets(soort):
    bericht = voorbeeld(soort)
    nieuw = met_kenmerk(bericht, "N1", date(2026, 12, 1))
    eigen = nieuw.header.bericht_identificatie
    assert (eigen.identificatie, eigen.dagtekening) == ("N1", date(2026, 12, 1))
    assert replace(nieuw.header, bericht_identificatie=bericht.header.bericht_identificatie) == bericht.header
    assert replace(nieuw, header=bericht.header) == bericht

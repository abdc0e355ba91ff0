"""What comes in: refused with a code, set apart, delivered twice, out of order; and one bad message stops nobody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from berichten.actions import aanbieder, inbox, opdrachten
from berichten.actions.schrijven import stukken
from berichten.build import build
from berichten.models import Bericht
from berichten.parse import parse
from berichten.poort import Bevinding
from berichten.retour import retour
from berichten.simulator import Aanbiedersoftware
from berichten.standaard import berichtsoorten
from berichten.translate.kop import header
from berichten.translate.leveren import naar_305
from berichten.transport import Postbus, Zending
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import AanbiederFactory, ToewijzingFactory, aanstelling, moment
from wmo.actions import toewijzingen
from wmo.models import Levering, Taak, Toewijzing
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
BEGIN = date(2026, 11, 9)


@pytest.fixture
def extern() -> Toewijzing:
    """An opdracht at an aanbieder with software of its own: nothing answers by itself."""
    return ToewijzingFactory(status="concept", aanbieder=AanbiederFactory(eigen_software=True))


def bus(toewijzing: Toewijzing) -> Postbus:
    return Postbus(toewijzing.gemeente.code, toewijzing.aanbieder.agb, "gemeente")


def start(toewijzing: Toewijzing, kenmerk: str, begin: date = BEGIN, dagtekening: date = BEGIN) -> bytes:
    kop = header(
        "305",
        gemeente=toewijzing.gemeente.code,
        aanbieder=toewijzing.aanbieder.agb,
        identificatie=kenmerk,
        dagtekening=dagtekening,
    )
    return build(naar_305(kop, toewijzing, begin))


def stuur(map_, toewijzing: Toewijzing, soort: str, kenmerk: str, inhoud: bytes) -> None:
    map_.verstuur(Zending(bus(toewijzing), soort, kenmerk), stukken(inhoud))


def gekregen(soort: str) -> Bericht:
    return Bericht.objects.get(richting="in", soort=soort)


def antwoorden(map_, toewijzing: Toewijzing, soort: str) -> list:
    """The answers that lie ready for the aanbieder, read again."""
    vak = map_.vak(Postbus(toewijzing.gemeente.code, toewijzing.aanbieder.agb, "aanbieder"))
    return [parse(pad.read_bytes()) for pad in sorted(vak.glob(f"WMO{soort}-*.xml"))]


def test_dezelfde_bytes_twee_keer_zijn_een_bericht(extern, map_, loop):
    maak_opdrachten()
    stuur(map_, extern, "305", "A1", start(extern, "A1"))
    stuur(map_, extern, "305", "A1-kopie", start(extern, "A1"))
    loop()
    assert gekregen("305").status == "goedgekeurd"
    assert Levering.objects.get().feiten.count() == 1
    assert len(antwoorden(map_, extern, "306")) == 1


def test_een_ander_bericht_onder_hetzelfde_kenmerk_wordt_geweigerd(extern, map_, loop):
    """TR056: the second one gets 9056 and changes nothing."""
    maak_opdrachten()
    stuur(map_, extern, "305", "A1", start(extern, "A1"))
    loop()
    stuur(map_, extern, "305", "B1", start(extern, "A1", begin=date(2026, 11, 10), dagtekening=date(2026, 11, 12)))
    loop()
    assert [b.status for b in Bericht.objects.filter(richting="in", soort="305").order_by("id")] == [
        "goedgekeurd",
        "afgekeurd",
    ]
    assert antwoorden(map_, extern, "306")[-1].header.retour_codes == ("9056",)
    assert Levering.objects.get().begindatum == BEGIN


def test_start_voor_het_antwoord_op_de_opdracht_telt(extern, map_, loop):
    """OP080: order of arrival has no meaning. The 302 that comes later does not turn the clock back."""
    maak_opdrachten()
    loop()
    opdracht = parse(Bericht.objects.get(soort="301").inhoud)
    stuur(map_, extern, "305", "A1", start(extern, "A1"))
    loop()
    stuur(map_, extern, "302", "A2", build(retour(opdracht, (), identificatie="A2", dagtekening=BEGIN)))
    loop()
    extern.refresh_from_db()
    assert extern.status == Toewijzing.Status.ACTIEF
    assert Bericht.objects.get(soort="301").status == "goedgekeurd"


def test_afgekeurde_opdracht_wordt_werk_en_gaat_opnieuw(extern, map_, loop):
    maak_opdrachten()
    loop()
    opdracht = parse(Bericht.objects.get(soort="301").inhoud)
    fout = Bevinding("TR332", "9332", "", "", "ToegewezenProduct[1]")
    stuur(map_, extern, "302", "A2", build(retour(opdracht, (fout,), identificatie="A2", dagtekening=BEGIN)))
    loop()
    extern.refresh_from_db()
    assert extern.status == Toewijzing.Status.AFGEKEURD
    vraag = Bericht.objects.get(soort="301")
    assert [b["code"] for b in vraag.bevindingen] == ["9332"]
    taak = Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD)
    assert taak.pad == f"/berichten/{vraag.pk}/"
    from berichten.actions import herstel

    herstel.stuur_opnieuw(bericht=vraag, door=aanstelling(Rol.BACKOFFICE, gemeente=extern.gemeente), nu=moment())
    loop()
    extern.refresh_from_db()
    assert extern.status == Toewijzing.Status.VERZONDEN
    assert Bericht.objects.filter(soort="301").count() == 2
    assert not Taak.objects.open().filter(soort=Taak.Soort.BERICHT_AFGEKEURD).exists()


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"<geen xml", "geen welgevormde XML"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
        (b"<a/>", "kennen wij niet"),
    ],
    ids=["kapot", "onveilig", "onbekend"],
)
def test_onleesbaar_bericht_staat_apart_en_de_rest_gaat_door(extern, map_, loop, inhoud, zin):
    maak_opdrachten()
    stuur(map_, extern, "305", "A0", inhoud)
    stuur(map_, extern, "305", "A1", start(extern, "A1"))
    loop()
    apart = Bericht.objects.get(status="geparkeerd")
    assert zin in apart.laatste_fout
    assert apart.inhoud == inhoud
    assert Levering.objects.get().status == "gestart"
    assert Taak.objects.open().get(soort=Taak.Soort.BERICHT_AFGEKEURD).pad == f"/berichten/{apart.pk}/"


def test_bericht_dat_de_werker_meeneemt_staat_na_vijf_keer_apart(extern, map_, loop):
    """Killed each time before it could commit: the count of tries is committed first."""
    maak_opdrachten()
    stuur(map_, extern, "305", "A1", start(extern, "A1"))
    loop(rondes=0)
    for post in map_.haal_op([bus(extern)]):
        inbox.neem_aan(post=post, door=aanstelling(Rol.BACKOFFICE, gemeente=extern.gemeente), nu=moment())
    Bericht.objects.filter(richting="in").update(pogingen=inbox.MAX_POGINGEN)
    inbox.verwerk_volgende(nu=moment())
    assert Bericht.objects.get(richting="in").status == "geparkeerd"
    assert Levering.objects.get().status == "niet_gestart"


def test_bericht_in_de_verkeerde_postbus_staat_apart(extern, map_, loop):
    ander = ToewijzingFactory(aanbieder=AanbiederFactory(eigen_software=True))
    map_.verstuur(Zending(bus(ander), "305", "A1"), stukken(start(extern, "A1")))
    loop()
    assert "past niet bij de postbus" in Bericht.objects.get(richting="in").laatste_fout


def test_start_van_morgen_wordt_geweigerd_met_de_datumcode(extern, map_, loop):
    maak_opdrachten()
    stuur(map_, extern, "305", "A1", start(extern, "A1", dagtekening=date(2026, 11, 24)))
    loop()
    assert antwoorden(map_, extern, "306")[0].header.retour_codes == ("8848",)
    assert gekregen("305").status == "afgekeurd"


def test_alle_lopende_opdrachten_gaan_mee_in_een_301(extern, map_, loop):
    """OP087: what changed and what is current, in one message per client and aanbieder."""
    tweede = ToewijzingFactory(
        status="concept",
        aanbieder=extern.aanbieder,
        voorziening=extern.voorziening,
        product__code="02A05",
        toewijzingnummer=777,
    )
    maak_opdrachten()
    loop()
    door = aanstelling(Rol.BACKOFFICE, gemeente=extern.gemeente)
    toewijzingen.beeindig(toewijzing=extern, einddatum=date(2026, 12, 31), reden="05", door=door, nu=moment())
    maak_opdrachten()
    laatste = parse(Bericht.objects.filter(soort="301").latest("id").inhoud)
    producten = {p.toewijzing_nummer: p for p in laatste.client.toegewezen_producten}
    assert set(producten) == {extern.toewijzingnummer, tweede.toewijzingnummer}
    assert producten[extern.toewijzingnummer].reden_wijziging == "05"
    assert producten[tweede.toewijzingnummer].reden_wijziging is None
    assert not opdrachten.zonder_bericht().exists()


def test_client_zonder_bsn_krijgt_geen_bericht_en_wel_hulp(loop, map_):
    """R-017: the aanbieder finds the opdracht in the portal and reports there."""
    toewijzing = ToewijzingFactory(
        status="concept",
        aanbieder=AanbiederFactory(eigen_software=False),
        voorziening__beschikking__zaak__client__bsn=None,
    )
    systeem = aanstelling(Rol.PLANNING, aanbieder=toewijzing.aanbieder)
    for stil in opdrachten.buiten_berichten():
        opdrachten.geef_zonder_bericht(
            toewijzing=stil, door=aanstelling(Rol.BACKOFFICE, gemeente=stil.gemeente), nu=moment()
        )
    maak_opdrachten()
    loop()
    assert not Bericht.objects.exists()
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=BEGIN, door=systeem, nu=moment())
    assert Levering.objects.get().status == "gestart"


@pytest.mark.parametrize("fouten", [(), ("dubbel",), ("volgorde",)], ids=lambda f: "-".join(f) or "goed")
def test_simulator_speelt_de_aanbieder(extern, map_, loop, fouten):
    maak_opdrachten()
    loop()
    software = Aanbiedersoftware(map_, extern.gemeente.code, extern.aanbieder.agb, moment(), fouten=frozenset(fouten))
    namen = software.speel()
    assert {naam[:6] for naam in namen} == {"WMO302", "WMO305"}
    loop()
    assert Levering.objects.get().status == "gestart"
    later = replace(software, nu=moment() + timedelta(hours=1))
    assert next(iter(later.speel("307"))).startswith("WMO307")
    loop()
    assert Levering.objects.get().status == "definitief_gestopt"


def test_simulator_die_kapotte_berichten_stuurt(extern, map_, loop):
    maak_opdrachten()
    loop()
    Aanbiedersoftware(map_, extern.gemeente.code, extern.aanbieder.agb, moment(), fouten=frozenset({"kapot"})).speel()
    loop()
    assert Bericht.objects.filter(richting="in", status="geparkeerd").count() == 2
    assert Levering.objects.get().status == "niet_gestart"


def test_elke_soort_heeft_een_weg():
    from berichten.router import ROUTES

    assert set(ROUTES) == set(berichtsoorten)

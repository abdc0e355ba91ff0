"""The opdracht: numbers, versions, what may change, and what stands in the way (R-101, R-103, R-302, TR302, TR385)."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import (
    VANDAAG,
    AanbiederFactory,
    BeschikkingFactory,
    ClientFactory,
    ContractFactory,
    GemeenteFactory,
    PerceelFactory,
    ProductFactory,
    ToewijzingFactory,
    VoorzieningFactory,
    aanstelling,
    moment,
)
from tests.factories.levering import geevalueerd
from wmo.actions import toewijzingen
from wmo.actions.kader import Geweigerd
from wmo.models import Gemeenteregel, Levering, Logregel, Toewijzing
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
START = date(2026, 12, 7)


@pytest.fixture
def kantoor():
    return aanstelling(Rol.BACKOFFICE, gemeente=GemeenteFactory())


@pytest.fixture
def voorziening():
    return VoorzieningFactory(beschikking__zaak__status="bekendgemaakt")


@pytest.fixture
def aanbieder(voorziening):
    return PerceelFactory(gemeente=voorziening.client.gemeente).aanbieder


def wijs_toe(voorziening, aanbieder, door, **velden):
    velden = {"ingangsdatum": START, "nu": moment(), **velden}
    return toewijzingen.wijs_toe(voorziening=voorziening, aanbieder=aanbieder, door=door, **velden)


def test_opdracht_met_nummer_versie_levering_en_uiterste_start(voorziening, aanbieder, kantoor):
    toewijzing = wijs_toe(voorziening, aanbieder, kantoor, opmerking="Bel eerst.", contactpersoon="E. Planmans")
    assert (toewijzing.toewijzingnummer, toewijzing.status) == (1, "concept")
    assert (toewijzing.volume, toewijzing.einddatum) == (165, voorziening.einddatum)
    assert toewijzing.uiterste_startdatum == date(2026, 12, 21)  # 20 working days
    versie = toewijzing.versies.get()
    assert (versie.versie, versie.toewijzingsdatum, versie.toewijzingstijd) == (1, VANDAAG, time(10, 0))
    assert (versie.reden_wijziging, versie.volume, versie.ingangsdatum) == ("", 165, START)
    assert Levering.objects.get(toewijzing=toewijzing).status == "niet_gestart"
    zaak = voorziening.beschikking.zaak
    zaak.refresh_from_db()
    assert zaak.status == "uitvoering"
    assert Logregel.objects.filter(zaak=zaak).latest("id").tekst == f"Opdracht 1 gemaakt voor {aanbieder}"


def test_nummers_lopen_per_gemeente(kantoor):
    nummers = []
    for code in ("0632", "0335", "0632"):
        gemeente = GemeenteFactory(code=code)
        voorziening = VoorzieningFactory(beschikking=BeschikkingFactory(zaak__client=ClientFactory(gemeente=gemeente)))
        nummers.append(wijs_toe(voorziening, PerceelFactory(gemeente=gemeente).aanbieder, kantoor).toewijzingnummer)
    assert nummers == [1, 1, 2]


def test_de_termijn_voor_de_start_is_beleid(voorziening, aanbieder, kantoor):
    Gemeenteregel.objects.create(
        gemeente=voorziening.client.gemeente, sleutel="start_werkdagen", waarde=5, ingangsdatum=VANDAAG, bron="proef"
    )
    assert wijs_toe(voorziening, aanbieder, kantoor).uiterste_startdatum == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("verander", "reden"),
    [
        (lambda v: setattr(v.beschikking, "status", "concept"), "GEEN_BESLUIT"),
        (lambda v: setattr(v, "vorm", "pgb"), "PGB"),
        (lambda v: setattr(v, "ingangsdatum", START + timedelta(days=1)), "BUITEN_BESLUIT"),
        (lambda v: setattr(v, "einddatum", START - timedelta(days=1)), "BUITEN_BESLUIT"),
    ],
)
def test_zonder_passend_besluit_geen_opdracht(voorziening, aanbieder, kantoor, verander, reden):
    verander(voorziening)
    with pytest.raises(Geweigerd) as fout:
        wijs_toe(voorziening, aanbieder, kantoor)
    assert fout.value.reden == reden
    assert not Toewijzing.objects.exists()


def test_buiten_het_perceel(voorziening, kantoor):
    with pytest.raises(Geweigerd) as fout:
        wijs_toe(voorziening, AanbiederFactory(), kantoor)
    assert fout.value.reden == "BUITEN_PERCEEL"


def test_stapelen_mag_niet_maar_aansluiten_en_hulpmiddelen_wel(voorziening, aanbieder, kantoor):
    """TR302."""
    eerste = wijs_toe(voorziening, aanbieder, kantoor)
    with pytest.raises(Geweigerd) as fout:
        wijs_toe(voorziening, aanbieder, kantoor, ingangsdatum=START + timedelta(days=30))
    assert (fout.value.reden, f"Opdracht {eerste.toewijzingnummer} loopt" in fout.value.zin) == ("STAPELING", True)
    toewijzingen.beeindig(toewijzing=eerste, einddatum=START, reden="05", door=kantoor, nu=moment())
    wijs_toe(voorziening, aanbieder, kantoor, ingangsdatum=START + timedelta(days=1))
    rolstoel = ProductFactory(code="11A01", naam="Rolstoel")
    ContractFactory(nummer="UW-HM", producten=[rolstoel])
    PerceelFactory(aanbieder=aanbieder, gemeente=voorziening.client.gemeente, contract=ContractFactory(nummer="UW-HM"))
    hulpmiddel = VoorzieningFactory(beschikking=voorziening.beschikking, product=rolstoel)
    wijs_toe(hulpmiddel, aanbieder, kantoor)
    wijs_toe(hulpmiddel, aanbieder, kantoor)


def test_een_consulent_wijst_niet_toe(voorziening, aanbieder):
    with pytest.raises(PermissionDenied):
        wijs_toe(voorziening, aanbieder, aanstelling(Rol.CONSULENT))


def test_versies_krijgen_altijd_een_later_tijdstip(voorziening, aanbieder, kantoor):
    """(toewijzingsdatum, toewijzingstijd) decides what holds (IV013): also twice in one second, and over midnight."""
    laat = moment(VANDAAG, 23, 59).replace(second=59)
    toewijzing = wijs_toe(voorziening, aanbieder, kantoor, nu=laat)
    for dagen in (400, 300):
        toewijzingen.beeindig(
            toewijzing=toewijzing, einddatum=START + timedelta(days=dagen), reden="05", door=kantoor, nu=laat
        )
    momenten = [(v.toewijzingsdatum, v.toewijzingstijd) for v in toewijzing.versies.order_by("versie")]
    morgen = VANDAAG + timedelta(days=1)
    assert momenten == [(VANDAAG, time(23, 59, 59)), (morgen, time(0, 0, 0)), (morgen, time(0, 0, 1))]


@pytest.mark.parametrize(
    ("frequentie", "velden", "mag"),
    [
        ("2", {"einddatum": START}, True),
        ("2", {"volume": 60}, False),
        ("6", {"volume": 60}, True),
        ("2", {"ingangsdatum": START}, False),
        ("2", {}, False),
    ],
)
def test_alleen_wat_de_standaard_toestaat_verandert(kantoor, frequentie, velden, mag):
    """OP033x1."""
    toewijzing = ToewijzingFactory(frequentie=frequentie)
    if mag:
        versie = toewijzingen.leg_versie_vast(toewijzing, reden="14", door=kantoor, nu=moment(), **velden)
        assert versie.versie == 2
        toewijzing.refresh_from_db()
        assert all(getattr(toewijzing, veld) == waarde == getattr(versie, veld) for veld, waarde in velden.items())
        return
    with pytest.raises(Geweigerd) as fout:
        toewijzingen.leg_versie_vast(toewijzing, reden="14", door=kantoor, nu=moment(), **velden)
    assert fout.value.reden == "NIET_WIJZIGBAAR"


def test_verlengen_binnen_het_besluit(kantoor):
    toewijzing = ToewijzingFactory(einddatum=date(2027, 6, 30))
    geevalueerd(toewijzing.voorziening.beschikking.zaak)
    toewijzingen.verleng(toewijzing=toewijzing, einddatum=date(2027, 12, 31), door=kantoor, nu=moment())
    assert toewijzing.versies.all()[0].einddatum == date(2027, 12, 31)
    with pytest.raises(Geweigerd) as fout:
        toewijzingen.verleng(toewijzing=toewijzing, einddatum=date(2029, 1, 1), door=kantoor, nu=moment())
    assert fout.value.zin == "Het besluit loopt tot en met 31-10-2028. Neem eerst een nieuw besluit."


def test_verlengen_vraagt_eerst_een_evaluatie_en_elke_keer_een_nieuwe(kantoor):
    """R-136: an evaluation that ends in something else opens nothing, and one opens one extension."""
    toewijzing = ToewijzingFactory(einddatum=date(2027, 3, 31))
    zaak = toewijzing.voorziening.beschikking.zaak
    verleng = {"toewijzing": toewijzing, "door": kantoor, "nu": moment(uur=12)}
    geevalueerd(zaak, uitkomst="ongewijzigd")
    with pytest.raises(Geweigerd) as fout:
        toewijzingen.verleng(einddatum=date(2027, 6, 30), **verleng)
    assert fout.value.reden == "EVALUATIE"
    geevalueerd(zaak)
    toewijzingen.verleng(einddatum=date(2027, 6, 30), **verleng)
    with pytest.raises(Geweigerd) as fout:
        toewijzingen.verleng(einddatum=date(2027, 9, 30), **verleng)
    assert fout.value.reden == "EVALUATIE"
    assert toewijzing.versies.count() == 2


def test_wat_afgelopen_is_wordt_niet_verlengd(kantoor):
    """OP380."""
    toewijzing = ToewijzingFactory(ingangsdatum=date(2026, 1, 1), einddatum=date(2026, 11, 22))
    with pytest.raises(Geweigerd) as fout:
        toewijzingen.verleng(toewijzing=toewijzing, einddatum=date(2027, 1, 1), door=kantoor, nu=moment())
    assert fout.value.reden == "AFGELOPEN"


@pytest.mark.parametrize(
    ("einddatum", "instemming", "reden"),
    [
        (VANDAAG, False, None),
        (VANDAAG - timedelta(days=1), False, "INSTEMMING_NODIG"),
        (VANDAAG - timedelta(days=1), True, None),
        (date(2026, 11, 1), True, "VOOR_BEGIN"),
        (date(2028, 10, 31), False, "GEEN_BEEINDIGING"),
    ],
)
def test_stoppen(kantoor, einddatum, instemming, reden):
    """OP186: an end in the past only with consent."""
    toewijzing = ToewijzingFactory()

    def stop():
        return toewijzingen.beeindig(
            toewijzing=toewijzing, einddatum=einddatum, reden="07", instemming=instemming, door=kantoor, nu=moment()
        )

    if reden is None:
        assert stop().reden_wijziging == "07"
        return
    with pytest.raises(Geweigerd) as fout:
        stop()
    assert fout.value.reden == reden


def test_verwijderen_zet_einde_op_begin_met_reden_13(kantoor):
    toewijzing = ToewijzingFactory()
    versie = toewijzingen.verwijder(toewijzing=toewijzing, toelichting="Dubbel gemaakt.", door=kantoor, nu=moment())
    toewijzing.refresh_from_db()
    assert (toewijzing.status, toewijzing.einddatum) == ("verwijderd", toewijzing.ingangsdatum)
    assert (versie.reden_wijziging, versie.einddatum) == ("13", toewijzing.ingangsdatum)
    assert toewijzing not in Toewijzing.objects.actueel(VANDAAG)


def test_een_app_erboven_kan_bezwaar_hebben(kantoor, monkeypatch):
    """TR385 is judged by declaraties, which wmo does not know."""
    toewijzing = ToewijzingFactory()
    monkeypatch.setattr(toewijzingen, "BEZWAREN", [lambda t: None, lambda t: f"Op {t.toewijzingnummer} is al betaald."])
    with pytest.raises(Geweigerd, match="is al betaald"):
        toewijzingen.verwijder(toewijzing=toewijzing, toelichting="Fout.", door=kantoor, nu=moment())
    toewijzing.refresh_from_db()
    assert toewijzing.status == "verzonden"


@pytest.mark.parametrize(("veilig", "wekt"), [(False, 1), (True, 0)])
def test_de_berichten_worden_gewekt_tenzij_dat_niet_mag(
    voorziening, aanbieder, kantoor, veilig, wekt, django_capture_on_commit_callbacks
):
    """OP003: no traffic about somebody for whom it is a danger."""
    voorziening.client.geen_berichtenverkeer = veilig
    voorziening.client.save()
    with django_capture_on_commit_callbacks() as na_afloop:
        wijs_toe(voorziening, aanbieder, kantoor)
    assert [stap.__name__ for stap in na_afloop].count("_wek_berichten") == wekt

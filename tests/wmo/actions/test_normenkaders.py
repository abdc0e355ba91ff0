"""Time a week: exact sum, one rounding, and a deviation that explains itself (R-200 to R-206, R-217)."""

import pytest

from tests.factories import NormregelFactory, NormtabelFactory, ZaakFactory, aanstelling, moment
from tests.factories.besluit import REDEN, adres, met_normenkader, normtabel
from tests.wmo.brieven import pdf
from wmo.actions import normenkaders
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.actions.normenkaders import Invulling, Keuze
from wmo.models import Document, Logregel, Normberekening
from wmo.permissions import Rol
from wmo.rules.begeleiding import Band

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabel():
    return normtabel()


@pytest.fixture
def zaak():
    zaak = ZaakFactory(status="onderzoek")
    adres(zaak.gemeente)
    return zaak


@pytest.fixture
def consulent(zaak):
    return aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)


def keuze(tabel, code, **velden):
    return Keuze(tabel.regels.get(code=code), **velden)


def test_rekenen_rondt_een_keer_af_en_schrijft_niets(tabel):
    keuzes = [keuze(tabel, "basis"), keuze(tabel, "meer"), keuze(tabel, "wassen")]
    uitkomst = normenkaders.reken("huishouden", keuzes)
    assert (uitkomst.berekend, uitkomst.per_resultaatgebied) == (176, {"Schoon en leefbaar huis": 155, "De was": 21})
    assert not Logregel.objects.exists()


def test_wat_een_ander_doet_telt_niet(tabel):
    keuzes = [keuze(tabel, "basis"), keuze(tabel, "wassen", wie="netwerk")]
    assert normenkaders.reken("huishouden", keuzes).berekend == 125


def test_twee_keer_per_week_telt_dubbel(tabel):
    assert normenkaders.reken("huishouden", [keuze(tabel, "wassen", aantal=2)]).berekend == 42


def test_concept_begint_met_de_basis_aan(zaak, tabel, consulent):
    berekening = normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    assert [k.regel.code for k in berekening.keuzes.all()] == ["basis"]
    assert (berekening.berekend, berekening.vastgesteld, berekening.versie) == (125, 125, 1)


def test_zonder_normtabel_zegt_het_portaal_wie_te_vragen(zaak, consulent):
    with pytest.raises(Geweigerd, match="nog geen normtabel"):
        normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())


def test_de_eigen_tabel_gaat_voor_die_van_de_regio(zaak, tabel, consulent):
    eigen = NormtabelFactory(gemeente=zaak.gemeente, naam="Eigen tabel")
    NormregelFactory(tabel=eigen, uren_per_jaar=100)
    assert normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment()).tabel == eigen


def test_huishouden_en_begeleiding_naast_elkaar(zaak, tabel, consulent):
    NormtabelFactory(soort="begeleiding")
    normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    normenkaders.maak_concept(zaak=zaak, soort="begeleiding", door=consulent, nu=moment())
    with pytest.raises(Geweigerd, match="al een concept"):
        normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    assert set(Normberekening.objects.values_list("versie", flat=True)) == {1, 2}


def test_concept_mag_een_afwijking_zonder_reden_bewaren(zaak, tabel, consulent):
    berekening = normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    invulling = Invulling([keuze(tabel, "basis")], vastgesteld=180)
    normenkaders.bewaar(berekening=berekening, invulling=invulling, door=consulent, nu=moment())
    berekening.refresh_from_db()
    assert (berekening.berekend, berekening.vastgesteld) == (125, 180)


def test_oud_formulier_overschrijft_niets(zaak, tabel, consulent):
    berekening = normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    opties = {"berekening": berekening, "invulling": Invulling([]), "bewerkt": 0, "door": consulent, "nu": moment()}
    normenkaders.bewaar(**opties)
    with pytest.raises(IntussenGewijzigd):
        normenkaders.bewaar(**opties)


@pytest.mark.parametrize(
    ("vastgesteld", "reden", "zin"),
    [
        (138, "", "waarom 13 minuten extra nodig zijn"),
        (138, "U hebt COPD.", "waarom 13 minuten extra nodig zijn"),
        (112, "Kan minder.", "waarom 13 minuten minder nodig zijn"),
        (
            138,
            "Mevrouw heeft ernstige COPD, artrose, reuma en ook diabetes type 2.",
            "Een diagnose alleen is geen uitleg",
        ),
    ],
    ids=["geen reden", "te kort", "minder", "alleen diagnoses"],
)
def test_afwijking_zonder_goede_reden_wordt_niet_vastgesteld(zaak, tabel, vastgesteld, reden, zin):
    with pytest.raises(Geweigerd) as fout:
        met_normenkader(zaak, vastgesteld, reden)
    assert zin in fout.value.zin
    assert not Document.objects.exists()


def test_de_tijd_komt_niet_onder_nul(tabel):
    uitkomst = normenkaders.reken("huishouden", [keuze(tabel, "basis")])
    assert uitkomst.weiger(-1, REDEN) == "De tijd kan niet onder 0 komen."


def test_vaststellen_met_reden_maakt_de_brief(zaak, tabel):
    berekening = met_normenkader(zaak, 138, REDEN)
    assert (berekening.berekend, berekening.vastgesteld) == (125, 138)
    document = Document.objects.get(soort=Document.Soort.NORMENKADER)
    tekst = pdf.tekst(document.inhoud)
    assert "138 minuten (2:18 uur) per week" in tekst
    assert REDEN in tekst
    assert "verzonnen waarden" in tekst
    assert Logregel.objects.filter(handeling="normenkaders.stel_vast", tekst__contains="2:18 uur").exists()


def test_vastgesteld_normenkader_verandert_niet_meer(zaak, tabel, consulent):
    berekening = met_normenkader(zaak)
    with pytest.raises(Geweigerd, match="nieuwe versie"):
        normenkaders.bewaar(berekening=berekening, invulling=Invulling([]), door=consulent, nu=moment())
    assert normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment()).versie == 2


@pytest.mark.parametrize(("vastgesteld", "mag"), [(75, True), (76, False)])
def test_een_bezoek_per_twee_weken_kan_tot_150_minuten(zaak, tabel, consulent, vastgesteld, mag):
    berekening = normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    invulling = Invulling([keuze(tabel, "basis")], vastgesteld=vastgesteld, afwijking_reden=REDEN, tweewekelijks=True)
    opties = {"berekening": berekening, "invulling": invulling, "door": consulent, "nu": moment()}
    if mag:
        assert normenkaders.stel_vast(**opties).tweewekelijks
    else:
        with pytest.raises(Geweigerd, match="Nu is het 152 minuten per twee weken"):
            normenkaders.stel_vast(**opties)


def test_rijen_die_elkaar_uitsluiten_gaan_niet_samen(zaak, tabel, consulent):
    """The table says which do; the form offers one of them, the action refuses both."""
    veel = NormregelFactory(
        tabel=tabel, code="veel", omschrijving="Veel extra inzet", soort="meer", uren_per_jaar=52, groep="inzet"
    )
    enige = tabel.regels.get(code="meer")
    enige.groep = "inzet"
    enige.save()
    berekening = normenkaders.maak_concept(zaak=zaak, door=consulent, nu=moment())
    opties = {"berekening": berekening, "door": consulent, "nu": moment()}
    with pytest.raises(Geweigerd) as fout:
        normenkaders.bewaar(invulling=Invulling([Keuze(enige), Keuze(veel)]), **opties)
    assert fout.value.reden == "SLUIT_UIT"
    assert fout.value.zin == "Kies er één: „Enige extra inzet” of „Veel extra inzet”. Samen kan niet."
    assert normenkaders.bewaar(invulling=Invulling([Keuze(veel)]), **opties).berekend == 60


@pytest.fixture
def bandtabel():
    tabel = NormtabelFactory(soort="begeleiding")
    for code, laag, hoog in [("post-licht", 15, 30), ("geld-midden", 31, 75), ("functioneren-zwaar", 300, None)]:
        NormregelFactory(tabel=tabel, code=code, soort="band", uren_per_jaar=None, minuten_min=laag, minuten_max=hoog)
    return tabel


def test_begeleiding_telt_banden_op(bandtabel):
    uitkomst = normenkaders.reken("begeleiding", [keuze(bandtabel, "post-licht"), keuze(bandtabel, "geld-midden")])
    assert (uitkomst.berekend, uitkomst.band) == (46, Band(46, 105))


def test_een_open_band_maakt_het_totaal_open(bandtabel):
    uitkomst = normenkaders.reken(
        "begeleiding", [keuze(bandtabel, "post-licht"), keuze(bandtabel, "functioneren-zwaar")]
    )
    assert uitkomst.band == Band(315, None)


@pytest.mark.parametrize(
    ("minuten", "reden", "zin"),
    [
        (60, "", "Leg uit waarom u dit aantal minuten kiest."),
        (60, "Past bij twee bezoeken.", None),
        (200, "Te kort.", "waarom 154 minuten extra nodig zijn"),
        (200, REDEN, None),
    ],
    ids=["in de band zonder reden", "in de band", "erbuiten, te kort", "erbuiten met uitleg"],
)
def test_keuze_in_of_buiten_de_band(bandtabel, minuten, reden, zin):
    uitkomst = normenkaders.reken("begeleiding", [keuze(bandtabel, "post-licht"), keuze(bandtabel, "geld-midden")])
    geweigerd = uitkomst.weiger(minuten, reden)
    assert (geweigerd is None) if zin is None else (zin in (geweigerd or ""))

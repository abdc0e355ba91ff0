"""Policy changes with four eyes, and old values stay (R-230)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import VANDAAG, GemeenteFactory, aanstelling, moment
from wmo.actions import gemeenteregels
from wmo.actions.kader import Geweigerd, IntussenGewijzigd
from wmo.models import Gemeenteregel, Logregel, Regelsleutel, Regelvoorstel
from wmo.permissions import Rol
from wmo.rules.regelwaarden import afwijkend, in_woorden, soort

pytestmark = pytest.mark.django_db
SLEUTEL = "overlijden_weken"
STRAKS = VANDAAG + timedelta(days=39)


@pytest.fixture
def gemeente():
    gemeente = GemeenteFactory()
    Gemeenteregel.objects.create(
        gemeente=gemeente, sleutel=SLEUTEL, waarde=4, ingangsdatum=date(2023, 1, 1), bron="Werkafspraken"
    )
    return gemeente


@pytest.fixture
def beleid(gemeente):
    return aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=gemeente)


def stel_voor(gemeente, door, **velden):
    gewoon = {
        "gemeente": gemeente, "sleutel": SLEUTEL, "waarde": 6, "ingangsdatum": STRAKS, "bron": "Verordening 2027",
        "toelichting": "", "door": door, "nu": moment(),
    }  # fmt: skip
    return gemeenteregels.stel_voor(**gewoon | velden)


def test_voorstel_geldt_pas_als_een_ander_het_vaststelt(gemeente, beleid):
    voorstel = stel_voor(gemeente, beleid)
    assert Gemeenteregel.objects.waarde(gemeente, SLEUTEL, op=STRAKS) == 4
    gemeenteregels.stel_vast(voorstel=voorstel, door=aanstelling(Rol.BEHEERDER), nu=moment())
    waarde = Gemeenteregel.objects.waarde
    assert [waarde(gemeente, SLEUTEL, op=dag) for dag in (STRAKS - timedelta(days=1), STRAKS)] == [4, 6]
    assert Gemeenteregel.objects.get(ingangsdatum=STRAKS).bron == "Verordening 2027"
    tekst = Logregel.objects.get(handeling="gemeenteregels.stel_vast").tekst
    assert tekst == "Regel vastgesteld: Hulp loopt door na overlijden (weken) wordt 6 vanaf 01-01-2027"


def test_vier_ogen_zijn_twee_personen_en_niet_twee_petten(gemeente, beleid):
    voorstel = stel_voor(gemeente, beleid)
    for door in (beleid, aanstelling(Rol.BEHEERDER, gebruiker=beleid.gebruiker)):
        with pytest.raises(Geweigerd, match="Een collega moet het vaststellen"):
            gemeenteregels.stel_vast(voorstel=voorstel, door=door, nu=moment())
    assert not Gemeenteregel.objects.filter(ingangsdatum=STRAKS).exists()


def test_voorstel_voor_een_andere_gemeente_wordt_geweigerd(gemeente):
    with pytest.raises(Geweigerd, match="eigen gemeente"):
        stel_voor(gemeente, aanstelling(Rol.BELEIDSMEDEWERKER, gemeente=GemeenteFactory(code="0335")))


@pytest.mark.parametrize("rol", [Rol.REGIO, Rol.CONSULENT, Rol.BEHEERDER])
def test_wie_beleid_niet_maakt_stelt_niets_voor(gemeente, rol):
    with pytest.raises(PermissionDenied):
        stel_voor(gemeente, aanstelling(rol))


def test_terugwerken_vraagt_uitleg(gemeente, beleid):
    with pytest.raises(Geweigerd, match="in het verleden"):
        stel_voor(gemeente, beleid, ingangsdatum=VANDAAG - timedelta(days=1))
    uitleg = "De raad besloot met terugwerkende kracht."
    assert stel_voor(gemeente, beleid, ingangsdatum=VANDAAG - timedelta(days=1), toelichting=uitleg).pk


def test_niets_nieuws_een_bezette_dag_en_een_tweede_voorstel_worden_geweigerd(gemeente, beleid):
    with pytest.raises(Geweigerd, match="verandert niets"):
        stel_voor(gemeente, beleid, waarde=4)
    with pytest.raises(Geweigerd, match="begint al een waarde"):
        stel_voor(gemeente, beleid, ingangsdatum=date(2023, 1, 1), toelichting="Hersteld.")
    stel_voor(gemeente, beleid)
    with pytest.raises(Geweigerd, match="wacht al een voorstel"):
        stel_voor(gemeente, beleid, waarde=8)


def test_afwijzen_vraagt_een_reden_en_is_het_einde(gemeente, beleid):
    voorstel, beheerder = stel_voor(gemeente, beleid), aanstelling(Rol.BEHEERDER)
    with pytest.raises(Geweigerd, match="waarom"):
        gemeenteregels.wijs_af(voorstel=voorstel, reden="", door=beheerder, nu=moment())
    oud = Regelvoorstel.objects.get()
    gemeenteregels.wijs_af(voorstel=voorstel, reden="Eerst de raad", door=beheerder, nu=moment())
    with pytest.raises(IntussenGewijzigd):
        gemeenteregels.stel_vast(voorstel=oud, door=beheerder, nu=moment())
    assert not Gemeenteregel.objects.filter(ingangsdatum=STRAKS).exists()


def test_elke_regel_zegt_wat_voor_waarde_zij_heeft():
    assert {soort(sleutel) for sleutel in Regelsleutel} == {"ja_nee", "getal", "tekst"}
    with pytest.raises(ValueError, match="nieuw"):
        soort("nieuw")


@pytest.mark.parametrize(
    ("waarden", "anders"),
    [
        ({"a": True, "b": True, "c": False}, {"c"}),
        ({"a": 4, "b": 4, "c": None}, {"c"}),
        ({"a": 1, "b": 2}, set()),
        ({"a": "x", "b": "y", "c": "z"}, set()),
        ({"a": 1, "b": 1, "c": True, "d": 1}, {"c"}),
        ({}, set()),
    ],
    ids=["een-anders", "niet-vastgelegd", "geen-meerderheid", "allemaal-anders", "een-is-geen-ja", "leeg"],
)
def test_wijkt_af_van_de_meerderheid(waarden, anders):
    assert afwijkend(waarden) == anders


def test_woorden():
    assert [in_woorden(w) for w in (True, False, None, 0, "SWOM")] == ["Ja", "Nee", "Niet vastgelegd", "0", "SWOM"]

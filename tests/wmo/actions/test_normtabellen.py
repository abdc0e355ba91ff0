"""A table is dated data with its source; the shipped one says which figures are invented (R-200)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from tests.factories import GemeenteFactory, aanstelling, moment
from wmo.actions import normtabellen
from wmo.actions.kader import Geweigerd
from wmo.actions.normenkaders import Keuze, reken
from wmo.data import rijen
from wmo.models import Aanstelling, Logregel, Normtabel
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def laad(soort="huishouden", vanaf=date(2026, 1, 1), **velden):
    opties: dict[str, Any] = {
        "naam": f"Normenkader {vanaf.year}",
        "bron": "openbare bron",
        "rijen": rijen(f"normtabel_{soort}"),
    }
    opties["door"] = Aanstelling.objects.systeem()
    return normtabellen.laad(soort=soort, ingangsdatum=vanaf, nu=moment(), **opties | velden)


@pytest.mark.parametrize(
    ("code", "minuten"),
    [
        ("basis", 125), ("beperking-enige", 30), ("beperking-veel", 60), ("groter-huishouden", 30),
        ("kamer-in-gebruik", 18), ("kamer-niet-in-gebruik", 5),
    ],
)  # fmt: skip
def test_openbare_cijfers_geven_de_minuten_van_de_bron(code, minuten):
    regel = laad().regels.get(code=code)
    assert reken("huishouden", [Keuze(regel)]).berekend == minuten
    assert not regel.fictief
    assert "HBEL" in regel.bron


def test_verzonnen_rijen_zijn_als_zodanig_gemerkt():
    tabel = laad()
    assert tabel.fictief
    assert all(regel.bron.startswith("fictief") for regel in tabel.regels.filter(fictief=True))
    assert tabel.regels.filter(fictief=True, resultaatgebied="De was").count() == 3


def test_begeleiding_heeft_vier_niveaus_per_onderdeel():
    regels = laad("begeleiding").regels
    per_onderdeel = [
        set(regels.filter(omschrijving=o).values_list("niveau", flat=True))
        for o in set(regels.values_list("omschrijving", flat=True))
    ]
    assert per_onderdeel
    assert all(niveaus == {"geen", "licht", "midden", "zwaar"} for niveaus in per_onderdeel)


def test_nieuwe_versie_sluit_de_vorige_de_dag_ervoor():
    oud, nieuw = laad(), laad(vanaf=date(2027, 1, 1))
    oud.refresh_from_db()
    assert oud.einddatum == date(2026, 12, 31)
    gemeente = GemeenteFactory()
    assert Normtabel.objects.geldend(gemeente, op=date(2026, 12, 31)) == oud
    assert Normtabel.objects.geldend(gemeente, op=date(2027, 1, 1)) == nieuw


def test_dezelfde_dag_nog_een_keer_wordt_geweigerd():
    laad()
    with pytest.raises(Geweigerd, match="latere ingangsdatum"):
        laad()
    assert Normtabel.objects.count() == 1


def test_foute_rij_noemt_haar_nummer_en_laadt_niets():
    kapot = [*rijen("normtabel_huishouden")[:2], {"code": "x y", "soort": "onzin", "uren_per_jaar": "veel"}]
    with pytest.raises(Geweigerd, match="Rij 3 klopt niet"):
        laad(rijen=kapot)
    assert not Normtabel.objects.exists()


def test_laden_is_voor_beheer():
    with pytest.raises(PermissionDenied):
        laad(door=aanstelling(Rol.CONSULENT))


def test_opdracht_laadt_voor_een_gemeente_uit_een_bestand(tmp_path, capsys):
    GemeenteFactory(code="0335")
    bestand = tmp_path / "tabel.csv"
    bestand.write_text(
        "code,resultaatgebied,omschrijving,soort,uren_per_jaar,fictief\nbasis,Huis,Alles,basis,100,nee\n"
    )
    opties = ["--vanaf", "2026-01-01", "--naam", "Eigen tabel", "--bron", "eigen onderzoek"]
    call_command("laad_normtabel", "huishouden", *opties, "--gemeente", "0335", "--bestand", str(bestand))
    tabel = Normtabel.objects.get()
    assert (str(tabel.gemeente), tabel.fictief, tabel.regels.get().uren_per_jaar) == ("Montfoort", False, 100)
    assert "1 regels geladen" in capsys.readouterr().out
    assert Logregel.objects.get().handeling == "normtabellen.laad"


@pytest.mark.parametrize(
    ("extra", "zin"), [(["--gemeente", "9999"], "Gemeente 9999"), (["--bestand", "/nergens.csv"], "nergens.csv")]
)
def test_opdracht_zegt_wat_er_mist(extra, zin):
    with pytest.raises(CommandError, match=zin):
        call_command("laad_normtabel", "huishouden", "--vanaf", "2026-01-01", "--naam", "X", "--bron", "X", *extra)

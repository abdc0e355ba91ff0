"""Worked examples, computed independently, held against the real rules: one test per vector.

`pytest tests/vectoren --vectoren MAP` holds another folder of the same form against them too.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.vectoren import gemeente, identificatie, maximum, tarieven, termijnen, wachtlijst, werkdagen
from tests.vectoren.lezen import EIGEN_MAP, Vector, kalenderbestand, lees_map
from tests.vectoren.oordeel import oordeel
from wmo.data import besluitdagen
from wmo.rules.kalender import feestdagen

MODULES = (termijnen, werkdagen, identificatie, tarieven, maximum, gemeente, wachtlijst)
SOORTEN: dict[str, Callable[[Vector], dict[str, Any]]] = {
    soort: antwoord for module in MODULES for soort, antwoord in module.SOORTEN.items()
}


def houd_ertegen(vector: Vector) -> None:
    if vector.soort not in SOORTEN:
        pytest.fail(f"onbekende soort {vector.soort!r}: er is geen regel voor. Bekend: {', '.join(sorted(SOORTEN))}")
    antwoord = SOORTEN[vector.soort](vector)
    if verschillen := oordeel(vector, antwoord):
        pytest.fail("\n".join([f"{vector.id} ({vector.inhoud.get('reden', '')})", *verschillen]), pytrace=False)


def test_vector(vector: Vector) -> None:
    houd_ertegen(vector)


def test_kalender_van_de_vectoren_is_die_van_het_portaal() -> None:
    bestand = kalenderbestand(EIGEN_MAP)
    berekend = {dag.isoformat() for jaar in range(2024, 2034) for dag in feestdagen(jaar)}
    assert berekend == set(bestand["feestdagen"])
    assert besluitdagen() == {date.fromisoformat(dag) for dag in bestand["gelijkgesteld_kb"]}


def test_elke_soort_heeft_een_voorbeeld() -> None:
    assert {vector.soort for vector in lees_map(EIGEN_MAP)} == set(SOORTEN)


def _vector(**velden: Any) -> Vector:
    inhoud = {"id": "X-1", "soort": "werkdagen", "invoer": {"van": "2027-05-04", "werkdagen": 2}, "verwacht": {}}
    return Vector(EIGEN_MAP, inhoud | velden)


class TestOordeel:
    """The judge itself: it must be able to say no."""

    def test_een_onbekende_soort_faalt_met_uitleg(self) -> None:
        with pytest.raises(pytest.fail.Exception, match="onbekende soort 'raadsel'"):
            houd_ertegen(_vector(soort="raadsel"))

    def test_een_ander_antwoord_faalt(self) -> None:
        with pytest.raises(pytest.fail.Exception, match="verwacht '2027-05-12'"):
            houd_ertegen(_vector(verwacht={"uiterste_datum": "2027-05-12"}))

    def test_een_sleutel_zonder_antwoord_faalt(self) -> None:
        assert oordeel(_vector(verwacht={"uitleg": None}), {"uiterste_datum": "2027-05-10"})

    def test_een_genoemde_lezing_telt_alleen_bij_keuze(self) -> None:
        lezing = {"verwacht": {"uiterste_datum": "2027-05-11"}, "verwacht_zonder_kb": {"uiterste_datum": "2027-05-10"}}
        houd_ertegen(_vector(keuze=True, **lezing))
        with pytest.raises(pytest.fail.Exception):
            houd_ertegen(_vector(keuze=False, **lezing))

    def test_zonder_besluitdagen_is_geen_lezing_van_een_wettelijke_termijn(self) -> None:
        vector = _vector(
            soort="bezwaar_6wk", keuze=True, verwacht={"einddatum": "x"}, verwacht_zonder_kb={"einddatum": "y"}
        )
        assert oordeel(vector, {"einddatum": "y"})

    def test_ook_toegestaan_telt_alleen_bij_keuze(self) -> None:
        verwacht = {"na": [{"reden": "BUITEN_PERCEEL", "ook_toegestaan": ["AL_GECLAIMD"]}]}
        antwoord = {"na": [{"reden": "AL_GECLAIMD"}]}
        assert not oordeel(_vector(keuze=True, verwacht=verwacht), antwoord)
        assert oordeel(_vector(keuze=False, verwacht=verwacht), antwoord)

    def test_waar_is_niet_een(self) -> None:
        assert oordeel(_vector(verwacht={"geldig": True}), {"geldig": 1})

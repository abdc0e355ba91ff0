"""The option `--vectoren MAP`: hold another folder of the same form against the rules, next to our own."""

from pathlib import Path

import pytest

from tests.vectoren.lezen import EIGEN_MAP, lees_map


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--vectoren", metavar="MAP", default=None, help="een andere map met vectoren (*.jsonl)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per vector, named by its id; ours get a prefix when another folder is given."""
    if "vector" not in metafunc.fixturenames:
        return
    andere = metafunc.config.getoption("--vectoren", default=None)
    voorvoegsel = "eigen-" if andere else ""
    parameters = [pytest.param(vector, id=voorvoegsel + vector.id) for vector in lees_map(EIGEN_MAP)]
    if andere:
        parameters += [pytest.param(vector, id=vector.id) for vector in lees_map(Path(andere))]
    metafunc.parametrize("vector", parameters)

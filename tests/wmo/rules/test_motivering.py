"""A diagnosis is not a reason (R-203)."""

import pytest

from wmo.rules.motivering import is_alleen_diagnose, weiger_reden


@pytest.mark.parametrize(
    ("reden", "alleen"),
    [
        ("U hebt COPD.", True),
        ("Mevrouw heeft ernstige artrose en reuma in de handen.", True),
        ("Diabetes type 2, hartfalen", True),
        ("U kunt door uw COPD niet langer dan vijf minuten staan.", False),
        ("De hond verhaart en u kunt niet zelf stofzuigen.", False),
    ],
)
def test_alleen_een_diagnose(reden, alleen):
    assert is_alleen_diagnose(reden) is alleen


def test_zonder_afwijking_is_er_geen_reden_nodig():
    assert weiger_reden(125, 125, "") is None

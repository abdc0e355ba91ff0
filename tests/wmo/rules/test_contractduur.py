"""Until when to decide about an extension (R-370)."""

from datetime import date

import pytest

from wmo.rules.contractduur import besluit_verlenging_uiterlijk

LAATSTE = date(2031, 12, 31)


@pytest.mark.parametrize(
    ("einde", "uiterlijk"),
    [
        (date(2025, 12, 31), date(2025, 7, 1)),
        (date(2027, 12, 31), date(2027, 7, 1)),
        (date(2029, 12, 31), date(2029, 7, 1)),
        (LAATSTE, None),
    ],
)
def test_drie_keer_twee_jaar_tot_en_met_2031(einde, uiterlijk):
    assert besluit_verlenging_uiterlijk(einde, LAATSTE) == uiterlijk

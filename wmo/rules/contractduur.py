"""Until when to decide about extending a contract (R-370)."""

from datetime import date, timedelta

from wmo.periodes import maanden_later

BESLUIT_MAANDEN = 6  # our choice: half a year before the end, as long as the region asks to prepare a tender


def besluit_verlenging_uiterlijk(einddatum: date, uiterste_einddatum: date) -> date | None:
    """Last day to decide about the next extension: six months before the day after the end. None: no extension left."""
    if einddatum >= uiterste_einddatum:
        return None
    return maanden_later(einddatum + timedelta(days=1), -BESLUIT_MAANDEN)

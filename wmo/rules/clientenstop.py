"""When a stop of new clients may be asked: after a talk, and fourteen days before (R-162)."""

from __future__ import annotations

from datetime import date, timedelta

AANKONDIGING_DAGEN = 14


def weiger_aanvraag(*, ingangsdatum: date, einddatum: date, overleg_op: date, op: date) -> str | None:
    """A Dutch sentence, or None when it may be asked. Calendar days; the fourteenth day itself is in time."""
    if overleg_op > op:
        return "Overleg eerst met de gemeente. Vraag de cliëntenstop daarna aan."
    vroegst = op + timedelta(days=AANKONDIGING_DAGEN)
    if ingangsdatum < vroegst:
        return f"Vraag een cliëntenstop minstens 14 dagen vooraf aan. Kies {vroegst:%d-%m-%Y} of later."
    if einddatum < ingangsdatum:
        return "De laatste dag ligt voor de eerste dag. Pas een van de twee aan."
    return None

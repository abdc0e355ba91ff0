"""What the gemeente answers to a request."""

from typing import Any

from django import forms

from berichten.codelijsten import lijst
from wmo.models import Verzoek

NIET_WMO = "8"  # woonplaatsbeginsel exists in the Jeugdwet alone
GEEN_WIJZIGING = "1"  # says nothing of a request for something new


class AfwijsForm(forms.Form):
    """Reasons of WJ759 in plain words (R-307)."""

    reden = forms.ChoiceField(
        label="Waarom wijst u het verzoek af?",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        help_text="Blijft in het dossier. De aanbieder krijgt alleen de reden; bel om het uit te leggen.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, soort: str, **opties: Any) -> None:
        super().__init__(*args, **opties)
        niet = {NIET_WMO} | ({GEEN_WIJZIGING} if soort == Verzoek.Soort.VOT else set())
        redenen = [(code, rij.omschrijving) for code, rij in lijst("WJ759").items() if code not in niet]
        self.fields["reden"].choices = redenen  # type: ignore[attr-defined]

"""What an aanbieder fills in: a claim, or why a place cannot be taken."""

from datetime import date, timedelta
from typing import Any

from django import forms

from wachtlijst.actions.claims import TOELICHTING_MINIMAAL
from wachtlijst.models import Weigering
from wmo.forms.velden import DatumVeld
from wmo.weergave import datum


class ClaimForm(forms.Form):
    """Start and contact. Whose turn it is and whether the date fits is judged by the action, on the locked list."""

    startdatum = DatumVeld(
        label="Wanneer start de hulp?", error_messages={"required": "Vul in op welke datum u begint."}
    )
    contactpersoon = forms.ChoiceField(
        label="Wie is de contactpersoon?", error_messages={"required": "Kies wie de gemeente kan bellen."}
    )

    def __init__(
        self, *args: Any, contactpersonen: list[str], uiterlijk: date, werkdagen: int, voorbeeld: date, **opties: Any
    ) -> None:
        super().__init__(*args, **opties)
        self.fields["contactpersoon"].choices = [(naam, naam) for naam in contactpersonen]  # type: ignore[attr-defined]
        self.fields["contactpersoon"].initial = contactpersonen[0]  # also tells wmo.js that nobody chose yet
        self.fields[
            "startdatum"
        ].help_text = (
            f"Uiterlijk {datum(uiterlijk)} ({werkdagen} werkdagen na de opdracht). Bijvoorbeeld {datum(voorbeeld)}."
        )


class WeigerForm(forms.Form):
    """A ground and a whole sentence. A day that does not fit is no ground (R-160)."""

    grond = forms.ChoiceField(
        label="Waarom kunt u deze plek niet aannemen?",
        choices=Weigering.Grond.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden."},
    )
    toelichting = forms.CharField(
        label="Leg uit waarom het niet kan",
        help_text=f"Minstens één hele zin ({TOELICHTING_MINIMAAL} tekens). Noem geen namen.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        min_length=TOELICHTING_MINIMAAL,
        error_messages={
            "required": "Leg uit waarom het niet kan.",
            "min_length": "Leg in minstens één hele zin uit waarom het niet kan.",
        },
    )


def voorbeelddatum(op: date, uiterlijk: date) -> date:
    """Two weeks on, or the last day that is allowed."""
    return min(op + timedelta(days=14), uiterlijk)

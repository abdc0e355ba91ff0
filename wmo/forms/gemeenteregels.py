"""Proposing another value for a municipal rule."""

from typing import Any

from django import forms

from wmo.forms.velden import DatumVeld
from wmo.rules.regelwaarden import Waardesoort, soort


class VoorstelForm(forms.Form):
    """The field of the value follows from the rule."""

    waarde: forms.Field = forms.CharField(label="Nieuwe waarde", max_length=120)
    ingangsdatum = DatumVeld(label="Geldt vanaf")
    bron = forms.CharField(
        label="Bron",
        help_text="Het artikel of het besluit, bijvoorbeeld: Verordening 2027, artikel 12.",
        max_length=200,
    )
    toelichting = forms.CharField(
        label="Toelichting",
        help_text="Verplicht als de regel met terugwerkende kracht geldt.",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, sleutel: str, **opties: Any) -> None:
        super().__init__(*args, **opties)
        match soort(sleutel):
            case Waardesoort.JA_NEE:
                self.fields["waarde"] = forms.TypedChoiceField(
                    label="Nieuwe waarde", choices=[("ja", "Ja"), ("nee", "Nee")], widget=forms.RadioSelect,
                    coerce=lambda keuze: keuze == "ja",
                )  # fmt: skip
            case Waardesoort.GETAL:
                self.fields["waarde"] = forms.IntegerField(label="Nieuwe waarde", min_value=0, max_value=999)
        self.order_fields(["waarde", "ingangsdatum", "bron", "toelichting"])


class BesluitForm(forms.Form):
    """Lay down, or turn down with a reason."""

    VAST, AF = "vast", "af"

    besluit = forms.ChoiceField(choices=[(VAST, "Stel vast"), (AF, "Wijs af")])
    reden = forms.CharField(label="Waarom wijst u af?", max_length=400, required=False)

"""Adding a file to a case, and sharing one with an aanbieder."""

from typing import Any

from django import forms

from wmo.actions.documenten import MAXIMUM
from wmo.models import Aanbieder, Document


class DocumentForm(forms.Form):
    """A received file. What the portal makes itself is no choice here."""

    soort = forms.ChoiceField(
        label="Wat is het?",
        choices=[
            (s, s.label)
            for s in (Document.Soort.PERSOONLIJK_PLAN, Document.Soort.UITVOERINGSPLAN, Document.Soort.OVERIG)
        ],
    )
    titel = forms.CharField(
        label="Titel",
        help_text="Zonder naam of BSN. Bijvoorbeeld: brief huisarts.",
        max_length=120,
        error_messages={"required": "Vul een titel in."},
    )
    bestand = forms.FileField(
        label="Bestand",
        help_text="Pdf, foto, Word of tekst, hoogstens 25 MB.",
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg. Kies een ander bestand."},
    )

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        if bestand.size > MAXIMUM:
            raise forms.ValidationError("Dit bestand is groter dan 25 MB. Maak het kleiner of splits het.")
        return bestand


class DeelForm(forms.Form):
    """With whom: only providers that have an opdracht for this client."""

    aanbieder = forms.ModelChoiceField(
        label="Deel met aanbieder",
        queryset=Aanbieder.objects.none(),
        empty_label="Kies een aanbieder",
        error_messages={"required": "Kies een aanbieder."},
    )

    def __init__(self, *args: Any, aanbieders: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.fields["aanbieder"].queryset = aanbieders  # type: ignore[attr-defined]

"""Extend, end or delete an opdracht."""

from django import forms

from wmo.forms.velden import DatumVeld
from wmo.models import ToewijzingVersie

Reden = ToewijzingVersie.RedenWijziging
STOPREDENEN = [
    (reden.value, str(reden.label))
    for reden in (
        Reden.GEEINDIGD,
        Reden.OVERLIJDEN,
        Reden.VERHUISD,
        Reden.WLZ,
        Reden.HERINDICATIE,
        Reden.CONTRACT,
        Reden.ANDERS,
    )
]


class VerlengForm(forms.Form):
    einddatum = DatumVeld(label="Nieuwe einddatum", help_text="De laatste dag van de hulp.")


class StopForm(forms.Form):
    einddatum = DatumVeld(label="Laatste dag van de hulp")
    reden = forms.ChoiceField(
        label="Waarom stopt de opdracht?",
        choices=STOPREDENEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom de opdracht stopt."},
    )
    instemming = forms.BooleanField(label="De aanbieder is het eens met een datum die al voorbij is", required=False)


class VerwijderForm(forms.Form):
    toelichting = forms.CharField(
        label="Waarom verwijdert u deze opdracht?",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Leg uit waarom de opdracht weg moet."},
    )

"""Which period a report is about."""

from django import forms

from wmo.forms.velden import DatumVeld


class RapportageForm(forms.Form):
    """A search form: without an answer it is the month that runs."""

    toon_niet_verplicht = False

    soort = forms.ChoiceField(label="Periode", choices=[("maand", "Maand"), ("kwartaal", "Kwartaal"), ("jaar", "Jaar")])
    dag = DatumVeld(label="Een dag in die periode", required=False, help_text="Leeg is vandaag.")

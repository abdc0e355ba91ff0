"""Notes of a case."""

from django import forms

from wmo.forms.velden import DatumVeld


class NotitieWijzigForm(forms.Form):
    """The words of a note."""

    tekst = forms.CharField(
        label="Notitie",
        help_text="De cliënt kan dit later lezen.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": "Schrijf eerst uw notitie. Bewaar daarna."},
    )


class NotitieForm(NotitieWijzigForm):
    """A new note on a case."""

    alleen_toegang = forms.BooleanField(label="Alleen voor de toegang (niet voor de backoffice)", required=False)
    terugbellen_op = DatumVeld(label="Terugbellen op", help_text="U krijgt die dag een signaal.", required=False)

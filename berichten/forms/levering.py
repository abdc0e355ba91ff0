"""What an aanbieder reports about one opdracht. Labels say what it means, not how the message calls it."""

from datetime import date
from typing import Any

from django import forms

from berichten.codelijsten import lijst
from wmo.forms.velden import DatumVeld, MinutenVeld
from wmo.models import Toewijzing
from wmo.rules.gemeenteregels import Aanleiding

# reasons an aanbieder can have of its own (WMO588); the others follow from what the gemeente did
STOPREDENEN = ("19", "21", "22", "23", "02", "31", "38", "39", "36", "37")
MINUUT = "01"


class StartForm(forms.Form):
    begindatum = DatumVeld(
        label="Wanneer is de hulp begonnen?",
        help_text="De eerste dag waarop u echt hulp gaf. Het startbericht moet binnen 5 werkdagen daarna weg zijn.",
    )


class StopForm(forms.Form):
    einddatum = DatumVeld(label="Wat was de laatste dag met hulp?")
    reden = forms.ChoiceField(
        label="Waarom is de hulp gestopt?",
        choices=[(code, lijst("WMO588")[code].omschrijving) for code in STOPREDENEN],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een reden."},
    )


class PauzeForm(forms.Form):
    vanaf = DatumVeld(label="Vanaf welke dag is er geen hulp?")
    verwacht_tot = DatumVeld(label="Tot wanneer verwacht u?", required=False)
    aanleiding = forms.ChoiceField(
        label="Wie vroeg om de pauze?",
        choices=[
            (Aanleiding.VERZOEK_CLIENT.value, "De cliënt"),
            (Aanleiding.LEVERINGSPROBLEEM.value, "Wij kunnen de hulp nu niet geven"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie om de pauze vroeg."},
    )
    reden = forms.CharField(
        label="Waarom?",
        help_text="De toegang van de gemeente leest dit. Schrijf geen medische gegevens op.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
        error_messages={"required": "Leg kort uit waarom er een pauze is."},
    )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        vanaf, tot = schoon.get("vanaf"), schoon.get("verwacht_tot")
        if vanaf and tot and tot <= vanaf:
            self.add_error("verwacht_tot", "Deze dag ligt voor het begin van de pauze.")
        return schoon


class HervatForm(forms.Form):
    hervat_op = DatumVeld(label="Op welke dag begint de hulp weer?")


class WijzigingForm(forms.Form):
    """Another volume, another end, or both. Minutes may be written as hours."""

    volume = forms.IntegerField(label="Hoeveel hulp is er nodig?", min_value=1, required=False)
    gewenste_ingangsdatum = DatumVeld(
        label="Vanaf wanneer?", help_text="Een dag na vandaag. Bij een totaal geldt de wijziging voor de hele opdracht."
    )
    einddatum = DatumVeld(label="Tot en met wanneer?", required=False)
    reden = forms.ChoiceField(
        label="Wat is er veranderd?",
        choices=[(code, rij.omschrijving) for code, rij in lijst("WJ758").items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er is veranderd."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        help_text="De gemeente leest dit in het portaal.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, toewijzing: Toewijzing, op: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.op, self.toewijzing = op, toewijzing
        if toewijzing.eenheid == MINUUT:
            self.fields["volume"] = MinutenVeld(
                label="Hoeveel minuten zijn er nodig?",
                help_text=f"{toewijzing.get_frequentie_display().capitalize()}. U mag ook uren invullen, zoals 2:45.",
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        vanaf, einde = schoon.get("gewenste_ingangsdatum"), schoon.get("einddatum")
        if vanaf and vanaf <= self.op:
            self.add_error("gewenste_ingangsdatum", "Kies een dag na vandaag.")
        if vanaf and einde and einde < vanaf:
            self.add_error("einddatum", "Deze dag ligt voor de gewenste ingangsdatum.")
        return schoon

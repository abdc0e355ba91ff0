"""Small forms on a case: aanvraag, clock, end, hand over."""

from typing import Any

from django import forms

from wmo.forms.velden import DatumVeld, TelefoonVeld
from wmo.models import Aanstelling, Opschorting, Relatie, Toestemming

LANGER = "Leg uit waarom, in minstens een paar woorden."
# the five grounds of R-046 in plain words
GRONDEN = [
    (Opschorting.Grond.AANVULLING, "Er ontbreekt iets. Ik heb de cliënt gevraagd dit aan te vullen voor een datum."),
    (Opschorting.Grond.INSTEMMING, "De cliënt is het schriftelijk eens met uitstel."),
    (Opschorting.Grond.AAN_CLIENT, "De vertraging ligt aan de cliënt."),
    (Opschorting.Grond.BUITENLAND, "Ik wacht op informatie van een instantie in het buitenland."),
    (Opschorting.Grond.OVERMACHT, "Overmacht: wij kunnen hier niets aan doen."),
]


def _reden(label: str = "Reden", hulp: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=5,
        max_length=400,
        error_messages={"required": LANGER, "min_length": LANGER},
    )


class AanvraagForm(forms.Form):
    ontvangen_op = DatumVeld(
        label="Op welke dag is de aanvraag ontvangen?", help_text="Die dag telt niet mee. Daarna lopen er 2 weken."
    )


class IngebrekestellingForm(forms.Form):
    ontvangen_op = DatumVeld(
        label="Op welke dag is de brief ontvangen?", help_text="Voeg de brief toe bij de documenten."
    )


class OpschortForm(forms.Form):
    """Why, from when, until when (R-046)."""

    grond = forms.ChoiceField(
        label="Waarom mag de klok stilstaan?",
        choices=GRONDEN,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom de klok mag stilstaan."},
    )
    eerste_dag = DatumVeld(
        label="Eerste dag dat de klok stilstaat",
        help_text="Bij een verzoek om aanvulling: de dag na uw brief.",
    )
    tot = DatumVeld(
        label="Tot en met wanneer?",
        help_text="Verplicht als u om aanvulling vroeg, of als de cliënt instemde met uitstel.",
        required=False,
    )
    toelichting = forms.CharField(
        label="Toelichting voor in de brief", widget=forms.Textarea(attrs={"rows": 3}), max_length=400, required=False
    )

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        eerste, tot = gegevens.get("eerste_dag"), gegevens.get("tot")
        if eerste and tot and tot < eerste:
            self.add_error("tot", "Deze dag ligt voor de eerste dag. Kies een latere dag.")
        if gegevens.get("grond") in ("4:15-1a", "4:15-2a") and not tot and "tot" not in self.errors:
            self.add_error("tot", "Vul in tot wanneer. Zonder die datum staat de klok niet stil.")
        return gegevens


class HervatForm(forms.Form):
    vanaf = DatumVeld(
        label="Vanaf welke dag loopt de klok weer?",
        help_text="Bij een aanvulling: de dag dat alles binnen was. Die dag telt weer mee.",
    )


class RedenForm(forms.Form):
    reden = _reden()


class DoorverwijsForm(forms.Form):
    naar = forms.CharField(
        label="Naar welke organisatie of voorziening?",
        max_length=120,
        error_messages={"required": "Vul in waarheen u verwijst."},
    )
    reden = _reden()


class OverlijdenForm(forms.Form):
    overleden_op = DatumVeld(label="Datum van overlijden", help_text="Zoals in de BRP, of zoals de familie doorgaf.")
    huisgenoot = forms.BooleanField(
        label="Er blijft een huisgenoot achter die zelf hulp nodig heeft",
        help_text="Dan loopt de hulp een aantal weken door.",
        required=False,
    )


class OverdraagForm(forms.Form):
    """Who gets this case; nobody is a choice too."""

    behandelaar = forms.ModelChoiceField(
        label="Nieuwe behandelaar", queryset=Aanstelling.objects.none(), required=False, empty_label="Niemand"
    )
    reden = forms.CharField(label="Reden", max_length=400, required=False)

    def __init__(self, *args: Any, collegas: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        veld = self.fields["behandelaar"]
        veld.queryset = collegas  # type: ignore[attr-defined]
        veld.label_from_instance = lambda a: a.gebruiker.naam  # type: ignore[attr-defined]


class RelatieForm(forms.Form):
    soort = forms.ChoiceField(label="Wat is deze persoon?", choices=Relatie.Soort)
    naam = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul de naam in."})
    verband = forms.CharField(label="Verband", help_text="Bijvoorbeeld: dochter.", max_length=60, required=False)
    telefoon = TelefoonVeld(label="Telefoon", required=False)


class ToestemmingForm(forms.Form):
    doel = forms.ChoiceField(label="Waarvoor geeft de cliënt toestemming?", choices=Toestemming.Doel)
    partij = forms.CharField(
        label="Met wie mag u delen?",
        help_text="Bij een aanbieder: de naam zoals het portaal haar noemt. Anders bijvoorbeeld de huisarts.",
        max_length=120,
        error_messages={"required": "Vul in met wie u mag delen."},
    )
    gegeven_op = DatumVeld(label="Op welke dag?")

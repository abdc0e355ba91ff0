"""What staff of a gemeente fills in about the list: filter, look back, place, confirm, intervene."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from wachtlijst.actions.ingrepen import REDEN_MINIMAAL
from wachtlijst.models import Ingreep, Plek
from wmo.forms.velden import DatumVeld
from wmo.models import Aanbieder, Voorziening
from wmo.periodes import AMSTERDAM

UREN = (
    ("", "Alle"),
    ("0-120", "Tot en met 2 uur"),
    ("121-240", "Meer dan 2 tot en met 4 uur"),
    ("241-9999", "Meer dan 4 uur"),
)
TIJDZIN = "Vul een tijd in, bijvoorbeeld 09:30."
WEKEN = (("", "Alle"), ("4", "Langer dan 4 weken"), ("8", "Langer dan 8 weken"), ("13", "Langer dan 13 weken"))
STATUSSEN = (
    ("", "Wacht"),
    ("geclaimd", "Geclaimd"),
    ("toegewezen", "Opdracht gemaakt"),
    ("gestart", "Gestart"),
    ("uit", "Van de lijst of opnieuw geplaatst"),
)


class LijstFilter(forms.Form):
    """Every field may be empty; what is not a choice is ignored as if it was."""

    status = forms.ChoiceField(choices=STATUSSEN, required=False)
    uren = forms.ChoiceField(label="Hulp per week", choices=UREN, required=False)
    postcode = forms.RegexField(label="Postcodegebied", regex=r"^[0-9]{4}$", required=False)
    wacht = forms.ChoiceField(label="Wacht", choices=WEKEN, required=False)

    def filter(self, plekken: QuerySet[Plek], *, nu: datetime) -> QuerySet[Plek]:
        self.is_valid()
        gekozen = self.cleaned_data
        plekken = plekken.filter(self._status(gekozen.get("status", "")))
        if uren := gekozen.get("uren"):
            plekken = plekken.filter(minuten_per_week__range=[int(deel) for deel in uren.split("-")])
        if postcode := gekozen.get("postcode"):
            plekken = plekken.filter(postcode4=postcode)
        if weken := gekozen.get("wacht"):
            plekken = plekken.filter(geplaatst_op__lt=nu - timedelta(weeks=int(weken)))
        return plekken

    def _status(self, status: str) -> Q:
        if status == "uit":
            return Q(status__in=[Plek.Status.INGETROKKEN, Plek.Status.TERUGGEPLAATST])
        return Q(status=status or Plek.Status.OPEN)

    @property
    def gekozen(self) -> dict[str, str]:
        """What narrows the list, as words per field."""
        woorden = {"status": STATUSSEN, "uren": UREN, "wacht": WEKEN}
        waarden = {veld: self.cleaned_data[veld] for veld in self.fields if self.cleaned_data.get(veld)}
        return {
            veld: dict(woorden[veld])[waarde] if veld in woorden else f"Postcode {waarde}"
            for veld, waarde in waarden.items()
        }


class MomentForm(forms.Form):
    """Which moment to show the list of; the clock is that of Amsterdam."""

    datum = DatumVeld(label="Datum")
    tijd = forms.TimeField(
        label="Tijd",
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TextInput(attrs={"class": "wmo-b-kort", "autocomplete": "off"}),
        error_messages={"required": TIJDZIN, "invalid": TIJDZIN},
    )

    def moment(self) -> datetime:
        tijd: time = self.cleaned_data["tijd"]
        return datetime.combine(self.cleaned_data["datum"], tijd, tzinfo=AMSTERDAM)


class PlaatsForm(forms.Form):
    """Wishes of the client. Date of the decision and hours come from the dossier and cannot be typed (R-111, R-120)."""

    voorziening = forms.ModelChoiceField(
        label="Welke ondersteuning?",
        queryset=Voorziening.objects.none(),
        empty_label=None,
        error_messages={"required": "Kies welke ondersteuning op de wachtlijst komt."},
    )
    spoed = forms.BooleanField(label="Deze plek heeft spoed en gaat voor", required=False)
    huisdieren = forms.ChoiceField(label="Huisdieren", choices=Plek.Huisdieren.choices, required=False)
    roken = forms.ChoiceField(label="Roken in huis", choices=Plek.Roken.choices, required=False)
    voorkeuraanbieder = forms.ModelChoiceField(
        label="Voorkeur voor een aanbieder",
        queryset=Aanbieder.objects.none(),
        required=False,
        empty_label="Geen voorkeur",
        help_text="Dit is een wens. De volgorde verandert niet.",
    )
    niet_op_dagen = forms.TypedMultipleChoiceField(
        label="Op welke dagen kan het niet?",
        choices=Plek.Dag.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        voorzieningen: QuerySet[Voorziening],
        aanbieders: QuerySet[Aanbieder],
        spoedlabel: bool,
        **opties: Any,
    ) -> None:
        super().__init__(*args, **opties)
        self.fields["voorziening"].queryset = voorzieningen  # type: ignore[attr-defined]
        self.fields["voorkeuraanbieder"].queryset = aanbieders  # type: ignore[attr-defined]
        if not spoedlabel:
            del self.fields["spoed"]


class OpdrachtForm(forms.Form):
    """The remark travels in the 301 (Commentaar, at most 200 characters)."""

    ingangsdatum = DatumVeld(
        label="Ingangsdatum van de opdracht", help_text="De startdatum uit de claim is al ingevuld."
    )
    opmerking = forms.CharField(
        label="Opmerking voor de aanbieder",
        help_text="De aanbieder moet dit lezen voor de planning. Noem alleen wat de aanbieder moet weten.",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RechtstreeksForm(OpdrachtForm):
    """An opdracht without list: the aanbieder is chosen here."""

    voorziening = forms.ModelChoiceField(
        label="Welke ondersteuning?",
        queryset=Voorziening.objects.none(),
        empty_label=None,
        error_messages={"required": "Kies welke ondersteuning u toewijst."},
    )
    aanbieder = forms.ModelChoiceField(
        label="Aanbieder",
        queryset=Aanbieder.objects.none(),
        empty_label="Kies een aanbieder",
        error_messages={"required": "Kies een aanbieder."},
    )
    field_order = ("voorziening", "aanbieder", "ingangsdatum", "opmerking")

    def __init__(
        self, *args: Any, voorzieningen: QuerySet[Voorziening], aanbieders: QuerySet[Aanbieder], **opties: Any
    ) -> None:
        super().__init__(*args, **opties)
        self.fields["voorziening"].queryset = voorzieningen  # type: ignore[attr-defined]
        self.fields["aanbieder"].queryset = aanbieders  # type: ignore[attr-defined]
        self.fields["ingangsdatum"].help_text = ""


class IngreepForm(forms.Form):
    """What the beleidsmedewerker asks a colleague to agree to. Aanbieder and start belong to assigning only."""

    soort = forms.ChoiceField(
        label="Wat wilt u doen?", widget=forms.RadioSelect, error_messages={"required": "Kies wat u wilt doen."}
    )
    aanbieder = forms.ModelChoiceField(
        label="Aanbieder",
        help_text="Alleen als u zelf een aanbieder aanwijst.",
        queryset=Aanbieder.objects.none(),
        required=False,
        empty_label="Kies een aanbieder",
    )
    startdatum = DatumVeld(label="Startdatum", help_text="Alleen als u zelf een aanbieder aanwijst.", required=False)
    reden = forms.CharField(
        label="Waarom grijpt u in?",
        help_text="De lijst toont deze reden. Noem geen namen.",
        max_length=400,
        min_length=REDEN_MINIMAAL,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Leg in een hele zin uit waarom u ingrijpt.",
            "min_length": "Leg in een hele zin uit waarom u ingrijpt.",
        },
    )

    def __init__(
        self, *args: Any, plek: Plek, aanbieders: QuerySet[Aanbieder], spoedlabel: bool, **opties: Any
    ) -> None:
        super().__init__(*args, **opties)
        self.fields["soort"].choices = _soorten(plek, spoedlabel)  # type: ignore[attr-defined]
        self.fields["aanbieder"].queryset = aanbieders  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("soort") == Ingreep.Soort.WIJS_TOE:
            if not gegevens.get("aanbieder"):
                self.add_error("aanbieder", "Kies een aanbieder.")
            if not gegevens.get("startdatum"):
                self.add_error("startdatum", "Vul een datum in, bijvoorbeeld 07-12-2026.")
        else:
            gegevens |= {"aanbieder": None, "startdatum": None}
        return gegevens


def _soorten(plek: Plek, spoedlabel: bool) -> list[tuple[str, str]]:
    """Only what can be done to this place now."""
    soort = Ingreep.Soort
    if plek.status != Plek.Status.OPEN:
        keuzes = [soort.VAN_DE_LIJST]
    else:
        label = [soort.SPOED_UIT] if plek.spoed else [soort.SPOED_AAN] * spoedlabel
        keuzes = [*label, soort.WIJS_TOE, soort.VAN_DE_LIJST]
    return [(keuze.value, str(keuze.label)) for keuze in keuzes]


class NamenForm(forms.Form):
    reden = forms.CharField(
        label="Waarom hebt u de namen nodig?",
        help_text="Dit komt in de inzage-log.",
        max_length=400,
        error_messages={"required": "Vul in waarom u de namen nodig hebt."},
    )


class AfwijsForm(forms.Form):
    reden = forms.CharField(
        label="Waarom niet?", max_length=400, error_messages={"required": "Vul in waarom u niet akkoord gaat."}
    )

"""The perspectiefplan as a page of forms: story, life domains, goals, support with deductions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from wmo.actions.plannen import Doeldeel, Leefgebieddeel, Ondersteuningdeel, Planinhoud
from wmo.forms.concept import Datum, Tekst, rij_erbij
from wmo.forms.velden import DatumVeld, tekstvak
from wmo.forms.verschil import Verschil, rijverschillen, verschillen
from wmo.models import Aftrek, Leefgebied, Onderwerp, Perspectiefplan, PlanLeefgebied, Product
from wmo.rules import plannen as regels


class VerhaalForm(forms.Form):
    """What belongs to the plan as a whole."""

    stem_client = Tekst(
        label="In de woorden van de cliënt",
        help_text="Hier staan de woorden van de melding. Vul ze aan met wat de cliënt in het gesprek zei.",
        widget=tekstvak(3),
    )
    risico = forms.CharField(
        label="Risico en veiligheid",
        help_text="Denk aan vallen, medische zaken of kwetsbaarheid.",
        widget=tekstvak(),
        required=False,
    )
    evaluatiedatum = Datum(label="Datum van de evaluatie", help_text="U kiest per cliënt wat past.")
    bewerkt = forms.IntegerField(widget=forms.HiddenInput)


class LeefgebiedForm(forms.Form):
    leefgebied = forms.ModelChoiceField(
        label="Leefgebied", queryset=Leefgebied.objects.all(), empty_label="Kies een leefgebied"
    )
    situatie = forms.CharField(label="Hoe is het nu?", widget=tekstvak())
    eigen_kracht = forms.CharField(label="Wat kan de cliënt zelf?", widget=tekstvak(1), required=False)
    netwerk = forms.CharField(label="Wat doet het netwerk?", widget=tekstvak(1), required=False)
    voorliggend = forms.CharField(label="Wat kan voorliggend?", widget=tekstvak(1), required=False)
    nodig = forms.CharField(label="Wat is er nodig?", widget=tekstvak(1), required=False)
    ontwikkeling = forms.ChoiceField(
        label="Hoe gaat het sinds het vorige plan?",
        choices=[("", "Niet van toepassing"), *PlanLeefgebied.Ontwikkeling.choices],
        required=False,
    )

    def deel(self) -> Leefgebieddeel:
        return Leefgebieddeel(**{veld: self.cleaned_data[veld] for veld in LeefgebiedForm.base_fields})


class DoelForm(forms.Form):
    resultaat = forms.CharField(label="Wat willen we bereiken?", widget=tekstvak())
    indicator = forms.CharField(label="Waaraan zien we dat?", widget=tekstvak())
    streefdatum = DatumVeld(label="Wanneer?")
    wie = forms.CharField(label="Wie werkt hieraan?", max_length=120)
    onderwerp = forms.ChoiceField(
        label="Komt uit onderwerp", choices=[("", "Geen"), *Onderwerp.choices], required=False
    )

    def deel(self) -> Doeldeel:
        return Doeldeel(**{veld: self.cleaned_data[veld] for veld in DoelForm.base_fields})


class OndersteuningForm(forms.Form):
    """Gross a week, and per source what goes off and why (R-210). Net is computed, never typed."""

    product = forms.ModelChoiceField(
        label="Ondersteuning", queryset=Product.objects.all(), empty_label="Kies ondersteuning"
    )
    bruto = forms.IntegerField(
        label="Nodig per week", min_value=1, help_text="Zonder aftrek, in minuten, dagdelen of etmalen.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bron, label in Aftrek.Bron.choices:
            self.fields[f"{bron}-volume"] = forms.IntegerField(
                label=f"{label}: hoeveel",
                min_value=0,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "wmo-getalveld"}),
            )
            self.fields[f"{bron}-reden"] = forms.CharField(label=f"{label}: waarom", required=False)

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        for bron, label in Aftrek.Bron.choices:
            if schoon.get(f"{bron}-volume") and not schoon.get(f"{bron}-reden"):
                self.add_error(
                    f"{bron}-reden", f"Leg uit waarom er door {label.lower()} {schoon[f'{bron}-volume']} af gaat."
                )
        return schoon

    def aftrekken(self) -> list[dict[str, Any]]:
        """For the table on the page."""
        return [
            {"label": label, "volume": self[f"{bron}-volume"], "reden": self[f"{bron}-reden"]}
            for bron, label in Aftrek.Bron.choices
        ]

    def deel(self) -> Ondersteuningdeel:
        schoon = self.cleaned_data
        weg = tuple(
            regels.Aftrek(bron, schoon[f"{bron}-volume"], schoon[f"{bron}-reden"])
            for bron in Aftrek.Bron.values
            if schoon[f"{bron}-volume"]
        )
        return Ondersteuningdeel(schoon["product"], schoon["bruto"], weg)


def _formset(form: type[forms.Form]) -> type[BaseFormSet]:
    return formset_factory(form, extra=0, can_delete=True, max_num=20, validate_max=True)


LeefgebiedFormSet = _formset(LeefgebiedForm)
DoelFormSet = _formset(DoelForm)
OndersteuningFormSet = _formset(OndersteuningForm)
DINGEN = {"leefgebieden": "Leefgebied", "doelen": "Doel", "ondersteuning": "Ondersteuning"}
DELEN = {"leefgebieden": LeefgebiedFormSet, "doelen": DoelFormSet, "ondersteuning": OndersteuningFormSet}


class PlanFormulier:
    """The forms of the page together. `erbij` names the list that gets an empty row, without any script."""

    def __init__(self, plan: Perspectiefplan, invoer: Any = None, erbij: str = "") -> None:
        if invoer is not None and erbij in DELEN:
            invoer = rij_erbij(invoer, erbij)
        begin = _begin(plan)
        self.verhaal = VerhaalForm(invoer, initial=begin["verhaal"], prefix="verhaal")
        self.delen = {naam: soort(invoer, initial=begin[naam], prefix=naam) for naam, soort in DELEN.items()}
        for formset in self.delen.values():
            formset.extra = 0 if formset.initial else 1  # the first row is there to write in
            for form in formset:
                form.fields["DELETE"].label = "Haal dit weg"

    def is_valid(self) -> bool:
        """All are judged, so that every error shows at once."""
        return all([self.verhaal.is_valid(), *(formset.is_valid() for formset in self.delen.values())])

    def inhoud(self) -> Planinhoud:
        schoon = self.verhaal.cleaned_data
        return Planinhoud(
            stem_client=schoon["stem_client"],
            risico=schoon["risico"],
            evaluatiedatum=schoon["evaluatiedatum"],
            leefgebieden=self._gekozen("leefgebieden"),
            doelen=self._gekozen("doelen"),
            ondersteuning=self._gekozen("ondersteuning"),
        )

    def verschillen(self, plan: Perspectiefplan) -> list[Verschil]:
        """Where this form differs from the plan as it stands in the database."""
        ander = PlanFormulier(plan)
        uit = verschillen(self.verhaal, ander.verhaal)
        for naam, ding in DINGEN.items():
            uit += rijverschillen(self.delen[naam], ander.delen[naam], ding)
        return uit

    def _gekozen(self, naam: str) -> list[Any]:
        return [form.deel() for form in self.delen[naam] if form.cleaned_data and not form.cleaned_data.get("DELETE")]


def _begin(plan: Perspectiefplan) -> dict[str, Any]:
    """What was saved, in the shape of the forms."""
    return {
        "verhaal": {veld: getattr(plan, veld) for veld in VerhaalForm.base_fields},
        "leefgebieden": [
            {veld: getattr(deel, veld) for veld in LeefgebiedForm.base_fields}
            for deel in plan.leefgebieden.select_related("leefgebied")
        ],
        "doelen": [{veld: getattr(deel, veld) for veld in DoelForm.base_fields} for deel in plan.doelen.all()],
        "ondersteuning": [
            {"product": deel.product_id, "bruto": deel.bruto}
            | {f"{a.bron}-{veld}": getattr(a, veld) for a in deel.aftrekken.all() for veld in ("volume", "reden")}
            for deel in plan.ondersteuning.prefetch_related("aftrekken")
        ],
    }


class OntvangstForm(forms.Form):
    """R-076: the aanbieder has the plan."""

    op = DatumVeld(label="Ontvangen door de aanbieder op")

"""The evaluation as the consulent writes it, and the form of the aanbieder."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from wmo.actions.evaluaties import Inhoud
from wmo.forms.uitvoering import tekstveld
from wmo.forms.velden import DatumVeld
from wmo.models import Doel, Evaluatie, Evaluatiedoel, Evaluatieformulier, Product

GEPLAND_OM = (
    Evaluatie.Aanleiding.PLAN,
    Evaluatie.Aanleiding.VERLENGING,
    Evaluatie.Aanleiding.CRISIS,
    Evaluatie.Aanleiding.TUSSENTIJDS,
)


class PlanForm(forms.Form):
    gepland_op = DatumVeld(label="Op welke dag is de evaluatie?", help_text="U kiest per cliënt wat past.")
    aanleiding = forms.ChoiceField(
        label="Waarom deze evaluatie?",
        choices=[(keuze.value, str(keuze.label)) for keuze in GEPLAND_OM],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom u evalueert."},
    )


class EvaluatieForm(forms.Form):
    """Everything may be empty while writing; finishing asks for it. Two fields per goal of the plan."""

    toon_niet_verplicht = False  # "not compulsory" would be true for a moment only

    gesprek_op = DatumVeld(label="Wanneer sprak u met de cliënt?", required=False)
    verslag = tekstveld(
        "Verslag",
        hulp="Wat is er bereikt? Hoeveel uren zijn gebruikt? Wat is er nog nodig?",
        rijen=6,
        verplicht=False,
    )
    crisis = tekstveld("Wat besprak u over de crisis?", verplicht=False)
    uitkomst = forms.ChoiceField(
        label="Wat komt er uit de evaluatie?",
        choices=Evaluatie.Uitkomst.choices,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, evaluatie: Evaluatie, met_crisis: bool, **opties: Any) -> None:
        self.doelen = list(evaluatie.plan.doelen.all()) if evaluatie.plan else []
        opties["initial"] = _begin(evaluatie)
        super().__init__(*args, **opties)
        if not met_crisis:
            del self.fields["crisis"]
        for doel in self.doelen:
            self._voeg_doel_toe(doel)

    def _voeg_doel_toe(self, doel: Doel) -> None:
        self.fields[f"doel{doel.pk}"] = forms.ChoiceField(
            label="Hoe gaat het?",
            choices=[("", "Kies"), *Evaluatiedoel.Ontwikkeling.choices],
            required=False,
        )
        self.fields[f"bij{doel.pk}"] = forms.CharField(label="Toelichting", max_length=1000, required=False)

    def doelvelden(self) -> list[tuple[Doel, forms.BoundField, forms.BoundField]]:
        """Per goal its two fields, for the page."""
        return [(doel, self[f"doel{doel.pk}"], self[f"bij{doel.pk}"]) for doel in self.doelen]

    def inhoud(self) -> Inhoud:
        schoon = self.cleaned_data
        return Inhoud(
            gesprek_op=schoon["gesprek_op"],
            verslag=schoon["verslag"],
            crisis=schoon.get("crisis", ""),
            uitkomst=schoon["uitkomst"],
            doelen={
                doel.pk: (schoon[f"doel{doel.pk}"], schoon[f"bij{doel.pk}"])
                for doel in self.doelen
                if schoon[f"doel{doel.pk}"]
            },
        )


def _begin(evaluatie: Evaluatie) -> dict[str, Any]:
    begin: dict[str, Any] = {veld: getattr(evaluatie, veld) for veld in ("gesprek_op", "verslag", "crisis", "uitkomst")}
    for rij in evaluatie.doelen.all():
        begin |= {f"doel{rij.doel_id}": rij.ontwikkeling, f"bij{rij.doel_id}": rij.toelichting}
    return begin


class FormulierForm(forms.Form):
    """Evaluatieformulier and mutatieformulier ask the same; only the first knows extending (S-043, S-060)."""

    resultaten = tekstveld(
        "Wat is er bereikt?", "Schrijf op wat er bereikt is.", hulp="Noem de doelen uit het plan.", rijen=4
    )
    verandering = tekstveld("Wat is er veranderd bij de cliënt?", verplicht=False)
    advies = forms.ChoiceField(
        label="Wat stelt u voor?",
        choices=Evaluatieformulier.Advies.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat u voorstelt."},
    )
    motivering = tekstveld("Waarom stelt u dat voor?", "Leg uit waarom u dit voorstelt.", rijen=4)
    nieuw_product = forms.ModelChoiceField(
        Product.objects.none(),
        label="Welke productcode hoort erbij?",
        help_text="Verplicht als de hulp langer doorgaat.",
        required=False,
        empty_label="Geen",
    )
    volume = forms.IntegerField(
        label="Hoeveel per week?",
        help_text="In minuten of dagdelen, zoals in de opdracht.",
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, producten: QuerySet[Product], mutatie: bool, **opties: Any) -> None:
        super().__init__(*args, **opties)
        veld = self.fields["nieuw_product"]
        veld.queryset = producten  # type: ignore[attr-defined]
        veld.label_from_instance = lambda product: f"{product.code} {product.naam}"  # type: ignore[attr-defined]
        if mutatie:
            verlengen = Evaluatieformulier.Advies.VERLENGEN
            keuzes = [(waarde, naam) for waarde, naam in Evaluatieformulier.Advies.choices if waarde != verlengen]
            self.fields["advies"].choices = keuzes  # type: ignore[attr-defined]
            veld.help_text = "Alleen als u een andere ondersteuning voorstelt."

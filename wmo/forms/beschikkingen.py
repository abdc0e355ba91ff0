"""The decision in steps: kind, support, motivation, explanation, signature."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory

from wmo.actions.beschikkingen import Budget, Toekenning
from wmo.forms.concept import Datum
from wmo.forms.velden import BedragVeld, DatumVeld, tekstvak
from wmo.models import Aanbieder, Beschikking, Eenheid, Frequentie, Gemeente, Product, Voorziening

PGB_VELDEN = ("pgb_doel", "pgb_bedrag", "pgb_berekening", "pgb_kwaliteitseisen", "pgb_wens", "pgb_bekwaamheid")
WACHTLIJST = "Volgt via de wachtlijst"


class SoortForm(forms.Form):
    """Step 1. A ground, a day and what it is about belong to changing or ending only (R-030)."""

    soort = forms.ChoiceField(label="Wat besluit u?", choices=Beschikking.Soort.choices, widget=forms.RadioSelect)
    grond = forms.ChoiceField(
        label="Waarom wijzigt of stopt u?",
        choices=[("", "Kies de reden"), *Beschikking.Grond.choices],
        help_text="Alleen bij herzien of beëindigen.",
        required=False,
    )
    werkt_vanaf = DatumVeld(label="Vanaf welke dag?", help_text="Alleen bij herzien of beëindigen.", required=False)
    beeindigt = forms.ModelMultipleChoiceField(
        label="Welke ondersteuning stopt of verandert?",
        queryset=Voorziening.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    bewerkt = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, lopend: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beeindigt"].queryset = lopend  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if schoon.get("soort") in Beschikking.WIJZIGEND:
            zinnen = {
                "grond": "Kies waarom u wijzigt of stopt.",
                "werkt_vanaf": "Vul in vanaf welke dag dit geldt.",
                "beeindigt": "Kies welke ondersteuning stopt of verandert.",
            }
            for veld, zin in zinnen.items():
                if not schoon.get(veld) and veld not in self.errors:
                    self.add_error(veld, zin)
        return schoon


class VoorzieningForm(forms.Form):
    """Step 2, one provision. The part for a pgb is asked only when the form is pgb (R-061)."""

    product = forms.ModelChoiceField(
        label="Ondersteuning", queryset=Product.objects.all(), empty_label="Kies ondersteuning"
    )
    vorm = forms.ChoiceField(label="Vorm", choices=Voorziening.Vorm.choices)
    volume = forms.IntegerField(label="Hoeveel", min_value=1, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    eenheid = forms.ChoiceField(label="Eenheid", choices=Eenheid.choices)
    frequentie = forms.ChoiceField(label="Per", choices=Frequentie.choices)
    ingangsdatum = DatumVeld(label="Begint op")
    einddatum = Datum(label="Eindigt op", help_text="Moet er zijn bij een omvang per week.")
    aanbieder = forms.ModelChoiceField(
        label="Aanbieder", queryset=Aanbieder.objects.none(), empty_label=WACHTLIJST, required=False
    )
    resultaat = forms.CharField(label="Wat moet het opleveren?", widget=tekstvak())
    pgb_doel = forms.CharField(label="Waarvoor is het budget?", widget=tekstvak(1), required=False)
    pgb_bedrag = BedragVeld(label="Budget per jaar", required=False)
    pgb_berekening = forms.CharField(label="Hoe is het bedrag berekend?", widget=tekstvak(1), required=False)
    pgb_kwaliteitseisen = forms.CharField(
        label="Welke eisen stelt u aan de kwaliteit?", widget=tekstvak(1), required=False
    )
    pgb_wens = forms.CharField(label="Waarom wil de cliënt een pgb?", widget=tekstvak(1), required=False)
    pgb_bekwaamheid = forms.CharField(
        label="Wie beheert het budget, en kan die dat?", widget=tekstvak(1), required=False
    )

    def __init__(self, *args: Any, gemeente: Gemeente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aanbieders = Aanbieder.objects.filter(percelen__gemeente=gemeente).distinct()
        self.fields["aanbieder"].queryset = aanbieders  # type: ignore[attr-defined]

    @property
    def is_pgb(self) -> bool:
        return self["vorm"].value() == Voorziening.Vorm.PGB

    def pgb_delen(self) -> list[Any]:
        return [self[naam] for naam in PGB_VELDEN]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        begin, einde = schoon.get("ingangsdatum"), schoon.get("einddatum")
        if begin and einde and einde < begin:
            self.add_error("einddatum", "De einddatum ligt voor de begindatum.")
        if schoon.get("frequentie") == Frequentie.WEEK and not einde and "einddatum" not in self.errors:
            self.add_error("einddatum", "Bij een omvang per week hoort een einddatum.")
        if schoon.get("vorm") == Voorziening.Vorm.PGB:
            for naam in PGB_VELDEN:
                if not schoon.get(naam) and naam not in self.errors:
                    self.add_error(naam, f"Vul dit in voor het pgb: {str(self.fields[naam].label).lower()}")
        return schoon

    def deel(self) -> Toekenning:
        schoon = self.cleaned_data
        pgb = None
        if schoon["vorm"] == Voorziening.Vorm.PGB:
            pgb = Budget(**{naam.removeprefix("pgb_"): schoon[naam] for naam in PGB_VELDEN})
        velden = {naam: schoon[naam] for naam in VoorzieningForm.base_fields if naam not in PGB_VELDEN}
        return Toekenning(**velden, pgb=pgb)


VoorzieningFormSet = formset_factory(VoorzieningForm, extra=0, can_delete=True, max_num=10, validate_max=True)


def voorzieningen_begin(beschikking: Beschikking, *, op: date) -> list[dict[str, Any]]:
    """What was saved; else what the plan asks and wants to reach, from `op` on."""
    rijen = list(beschikking.voorzieningen.select_related("pgb"))
    if rijen:
        return [_rij(rij) for rij in rijen]
    plan = beschikking.zaak.plannen.exclude(vastgesteld_op=None).first()
    if plan is None:
        return []
    resultaat = "\n".join(plan.doelen.values_list("resultaat", flat=True))
    return [
        {
            "product": deel.product_id,
            "volume": deel.netto,
            "eenheid": deel.product.eenheid,
            "frequentie": Frequentie.WEEK,
            "ingangsdatum": op,
            "vorm": Voorziening.Vorm.ZIN,
            "resultaat": resultaat,
        }
        for deel in plan.ondersteuning.select_related("product")
        if deel.netto
    ]


def _rij(rij: Voorziening) -> dict[str, Any]:
    begin = {naam: getattr(rij, naam) for naam in VoorzieningForm.base_fields if naam not in PGB_VELDEN}
    begin |= {"product": rij.product_id, "aanbieder": rij.aanbieder_id}
    pgb = getattr(rij, "pgb", None)
    return begin | ({naam: getattr(pgb, naam.removeprefix("pgb_")) for naam in PGB_VELDEN} if pgb else {})


class MotiveringForm(forms.Form):
    """Step 3: for the client, in plain words. The tests and the normenkader are added to the letter by themselves."""

    motivering = forms.CharField(
        label="Waarom besluit u dit?",
        help_text="Schrijf voor de cliënt, in korte zinnen. De toetsen en het normenkader komen vanzelf in de brief.",
        widget=tekstvak(8),
    )
    eigen_bijdrage = forms.CharField(
        label="Eigen bijdrage", help_text="Een zin per regel. Het bedrag van dit jaar staat er al.", widget=tekstvak(4)
    )
    bewerkt = forms.IntegerField(widget=forms.HiddenInput)


class UitlegForm(forms.Form):
    """Step 4: orange asks why."""

    uitleg_verschillen = forms.CharField(label="Waarom klopt niet alles met elkaar?", widget=tekstvak(3))


class TerugForm(forms.Form):
    reden = forms.CharField(
        label="Wat moet er anders?",
        widget=tekstvak(3),
        min_length=10,
        error_messages={"required": "Schrijf op wat er anders moet.", "min_length": "Schrijf op wat er anders moet."},
    )

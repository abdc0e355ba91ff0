"""A new tariff, and the input of an indexation."""

from __future__ import annotations

from typing import Any

from django import forms

from declaraties.actions.indexaties import Uitgangspunten
from declaraties.models import Indexatie
from wmo.forms.velden import BedragVeld, DatumVeld, PercentageVeld
from wmo.models import Contract, Product

GEWICHT = "Loon en prijs zijn samen {}%. Maak er 100% van."


class TariefForm(forms.Form):
    product = forms.ModelChoiceField(label="Product", queryset=Product.objects.none(), empty_label="Kies een product")
    tarief = BedragVeld(label="Tarief", help_text="Per uur bij minuten en uren. Anders per eenheid.", min_value=0)
    ingangsdatum = DatumVeld(label="Geldig vanaf")
    bron = forms.CharField(label="Bron", max_length=200, help_text="Bijvoorbeeld een besluit met datum.")

    def __init__(self, contract: Contract, data: Any = None) -> None:
        super().__init__(data)
        self.fields["product"].queryset = contract.producten.all()  # type: ignore[attr-defined]


class IndexatieForm(forms.ModelForm):
    """Percentages as people write them. Loon and prijs must add up to a hundred."""

    loongewicht = PercentageVeld(label="Loon (OVA)", decimalen=2, min_value=0, max_value=100)
    prijsgewicht = PercentageVeld(label="Prijs (PPC)", decimalen=2, min_value=0, max_value=100)
    ova_voorlopig = PercentageVeld(label="OVA", decimalen=2)
    ppc_voorlopig = PercentageVeld(label="PPC", decimalen=2)
    ova_definitief = PercentageVeld(label="OVA", decimalen=2, required=False)
    ppc_definitief = PercentageVeld(label="PPC", decimalen=2, required=False)
    ova_nieuw = PercentageVeld(label="OVA", decimalen=2)
    ppc_nieuw = PercentageVeld(label="PPC", decimalen=2)
    correctiemethode = forms.ChoiceField(
        label="Correctie over vorig jaar",
        choices=[
            (Contract.Correctie.VERSCHIL, "Verschil: definitief min voorlopig"),
            (Contract.Correctie.VERHOUDING, "Verhouding: definitief gedeeld door voorlopig"),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Indexatie
        fields = [
            "loongewicht", "ova_voorlopig", "ppc_voorlopig", "ova_definitief", "ppc_definitief", "ova_nieuw",
            "ppc_nieuw", "correctiemethode", "eerste_jaar", "bron",
        ]  # fmt: skip

    def __init__(self, *args: Any, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.fields["prijsgewicht"].initial = (
            self.instance.prijsgewicht if self.instance.loongewicht is not None else None
        )

    def clean(self) -> dict[str, Any]:
        invoer = super().clean() or {}
        loon, prijs = invoer.get("loongewicht"), invoer.get("prijsgewicht")
        if loon is not None and prijs is not None and loon + prijs != 100:
            self.add_error("prijsgewicht", GEWICHT.format(f"{(loon + prijs).normalize():f}".replace(".", ",")))
        return invoer

    def uitgangspunten(self) -> Uitgangspunten:
        return Uitgangspunten(**{veld: self.cleaned_data[veld] for veld in self.Meta.fields})


class NieuweIndexatieForm(forms.Form):
    contract = forms.ModelChoiceField(label="Contract", queryset=Contract.objects.all(), empty_label=None)
    jaar = forms.IntegerField(label="Nieuw jaar", min_value=2021, max_value=2100)


class AfwijzenForm(forms.Form):
    reden = forms.CharField(label="Waarom wijst u af?", max_length=400)

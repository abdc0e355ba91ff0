"""Spoed: asking, answering, and what follows when nobody can."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet

from wachtlijst.models import Spoedantwoord
from wmo.forms.uitvoering import tekstveld, tijdveld
from wmo.forms.velden import DatumVeld
from wmo.models import Toewijzing, Voorziening, Zaak
from wmo.periodes import AMSTERDAM
from wmo.weergave import datum


class UitvraagForm(forms.Form):
    """Only the three grounds of R-126."""

    voorziening = forms.ModelChoiceField(
        Voorziening.objects.none(), label="Voor welke ondersteuning?", empty_label=None, widget=forms.RadioSelect
    )
    grond = forms.ChoiceField(
        label="Waarom is dit spoed?",
        choices=Zaak.Spoedgrond.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom dit spoed is."},
    )

    def __init__(self, *args: Any, voorzieningen: QuerySet[Voorziening], **opties: Any) -> None:
        super().__init__(*args, **opties)
        veld = self.fields["voorziening"]
        veld.queryset = voorzieningen  # type: ignore[attr-defined]
        veld.label_from_instance = lambda rij: f"{rij.product}, {rij.volume} {rij.get_eenheid_display()}"  # type: ignore[attr-defined]


class JaForm(forms.Form):
    startdatum = DatumVeld(label="Op welke dag begint u?", error_messages={"required": "Vul in op welke dag u begint."})

    def __init__(self, *args: Any, uiterlijk: date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.fields["startdatum"].help_text = f"Uiterlijk {datum(uiterlijk)}."


class NeeForm(forms.Form):
    reden = forms.ChoiceField(
        label="Waarom kunt u niet helpen?",
        choices=Spoedantwoord.Reden.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom u niet kunt helpen."},
    )


class OverlegForm(forms.Form):
    datum = DatumVeld(label="Op welke dag is het overleg?")
    tijd = tijdveld("Hoe laat?")
    waar = forms.CharField(
        label="Waar?",
        help_text="Een plaats of een nummer om te bellen. Noem geen cliënt.",
        max_length=160,
        error_messages={"required": "Vul in waar het overleg is."},
    )

    def gegevens(self) -> dict[str, Any]:
        tijd: time = self.cleaned_data["tijd"]
        moment = datetime.combine(self.cleaned_data["datum"], tijd, tzinfo=AMSTERDAM)
        return {"moment": moment, "waar": self.cleaned_data["waar"]}


class RuimteForm(forms.Form):
    """By number: a list of every client that could have less would be an invitation to look."""

    toewijzingnummer = forms.IntegerField(
        label="Uit welke opdracht maakt u ruimte?",
        help_text="Het toewijzingnummer. De backoffice past die opdracht aan.",
        min_value=1,
        error_messages={"required": "Vul een toewijzingnummer in.", "invalid": "Vul een nummer in, zonder letters."},
    )
    toelichting = tekstveld("Waarom kan dat?", "Leg uit waarom deze opdracht ruimte kan geven.")

    def __init__(self, *args: Any, toewijzingen: QuerySet[Toewijzing], **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.toewijzingen = toewijzingen

    def clean_toewijzingnummer(self) -> Toewijzing:
        gevonden = self.toewijzingen.filter(toewijzingnummer=self.cleaned_data["toewijzingnummer"]).first()
        if gevonden is None:
            raise forms.ValidationError("In uw gemeente loopt geen opdracht met dit nummer.")
        return gevonden

    def gegevens(self) -> dict[str, Any]:
        return {
            "toewijzing": self.cleaned_data["toewijzingnummer"],
            "toelichting": self.cleaned_data["toelichting"],
        }


class AfloopForm(forms.Form):
    afloop = tekstveld("Hoe is het opgelost?", "Schrijf op hoe het is opgelost.")


class IntrekForm(forms.Form):
    reden = tekstveld("Waarom trekt u dit in?", "Leg uit waarom u dit intrekt.")


class OpdrachtForm(forms.Form):
    opmerking = tekstveld(
        "Opmerking voor de aanbieder", hulp="De aanbieder leest dit voor de hulp begint.", verplicht=False
    )

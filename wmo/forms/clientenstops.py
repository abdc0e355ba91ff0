"""The page "Onze gegevens" of an aanbieder, and the answer of the gemeente."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from wmo.forms.uitvoering import tekstveld
from wmo.forms.velden import DatumVeld, TelefoonVeld
from wmo.models import Contactpersoon, Gemeente


class StopForm(forms.Form):
    """A request for one or more gemeenten (R-162)."""

    gemeenten = forms.ModelMultipleChoiceField(
        Gemeente.objects.none(),
        label="In welke gemeenten?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één gemeente."},
    )
    ingangsdatum = DatumVeld(label="Vanaf welke dag?", help_text="Minstens 14 dagen vanaf vandaag.")
    einddatum = DatumVeld(label="Tot en met welke dag?")
    reden = tekstveld("Waarom kunt u geen nieuwe cliënten helpen?", "Leg uit waarom.", hulp="Noem geen cliënten.")
    overleg_op = DatumVeld(label="Wanneer overlegde u met de gemeente?", help_text="Eerst overleg, dan de aanvraag.")
    overleg_met = forms.CharField(
        label="Met wie overlegde u?", max_length=120, error_messages={"required": "Vul in met wie u overlegde."}
    )

    def __init__(self, *args: Any, gemeenten: QuerySet[Gemeente], **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.fields["gemeenten"].queryset = gemeenten  # type: ignore[attr-defined]


class BeslisForm(forms.Form):
    """The written answer."""

    toestaan = forms.TypedChoiceField(
        label="Staat u de cliëntenstop toe?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda waarde: waarde == "ja",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )
    besluit = tekstveld("Toelichting voor de aanbieder", "Leg uw besluit uit.", hulp="De aanbieder leest dit.")


class RichtlijnForm(forms.Form):
    richtlijn = tekstveld(
        "Uw richtlijn voor afzeggen",
        hulp="Wat hebt u met cliënten afgesproken over afzeggen en niet thuis zijn?",
        rijen=5,
        verplicht=False,
    )


class ContactForm(forms.Form):
    """One person per purpose (R-005)."""

    doel = forms.ChoiceField(label="Waarvoor?", choices=Contactpersoon.Doel.choices)
    naam = forms.CharField(label="Naam", max_length=120, error_messages={"required": "Vul een naam in."})
    email = forms.EmailField(
        label="E-mailadres",
        error_messages={"required": "Vul een e-mailadres in.", "invalid": "Vul een heel e-mailadres in."},
    )
    telefoon = TelefoonVeld(label="Telefoonnummer")

"""What an aanbieder asks of a gemeente for somebody who has no opdracht for it yet (315)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wmo.forms.velden import BsnVeld, DatumVeld, MinutenVeld
from wmo.models import Client, Eenheid, Gemeente, Product

Aanbod = Mapping[str, tuple[Gemeente, Product]]  # by a key of its own; what this aanbieder may deliver, and where


GEEN_HULP = "Vul in hoeveel hulp er nodig is: 1 of meer."
HEEL = "Vul een heel aantal in, bijvoorbeeld 4."


class HulpForm(forms.Form):
    """For one of the own clients. Gives `product`, `volume` in the unit of that product, and the period."""

    hulp = forms.ChoiceField(label="Om welke hulp gaat het?", error_messages={"required": "Kies de hulp."})
    volume = forms.CharField(
        label="Hoeveel hulp staat er in het besluit?",
        help_text="In de eenheid die achter de hulp staat. Minuten mag u ook als uren invullen, zoals 2:45.",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Vul in hoeveel hulp er nodig is."},
    )
    ingangsdatum = DatumVeld(label="Vanaf wanneer?")
    einddatum = DatumVeld(label="Tot en met wanneer?", help_text="De laatste dag die in het besluit staat.")
    toelichting = forms.CharField(
        label="Toelichting",
        help_text="Dit staat in het bericht. Schrijf geen medische gegevens op.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, aanbod: Aanbod, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.aanbod = aanbod
        self.fields["hulp"].choices = [("", "Kies de hulp"), *_per_gemeente(aanbod)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if sleutel := schoon.pop("hulp", None):
            schoon["gemeente"], schoon["product"] = self.aanbod[sleutel]
            self._reken_volume(schoon)
        vanaf, einde = schoon.get("ingangsdatum"), schoon.get("einddatum")
        if vanaf and einde and einde < vanaf:
            self.add_error("einddatum", "Deze dag ligt voor de eerste dag.")
        return schoon

    def _reken_volume(self, schoon: dict[str, Any]) -> None:
        """In the unit of the chosen product."""
        if schoon["product"].eenheid == Eenheid.MINUUT:
            veld: forms.IntegerField = MinutenVeld(min_value=1, error_messages={"min_value": GEEN_HULP})
        else:
            veld = forms.IntegerField(min_value=1, error_messages={"min_value": GEEN_HULP, "invalid": HEEL})
        try:
            schoon["volume"] = veld.clean(schoon.get("volume"))
        except ValidationError as fout:
            self.add_error("volume", fout)


def _per_gemeente(aanbod: Aanbod) -> list[tuple[str, list[tuple[str, str]]]]:
    groepen: dict[str, list[tuple[str, str]]] = {}
    for sleutel, (gemeente, product) in aanbod.items():
        wat = f"{product}, in {product.get_eenheid_display()} {product.get_frequentie_display()}"
        groepen.setdefault(str(gemeente), []).append((sleutel, wat))
    return list(groepen.items())


class PersoonForm(HulpForm):
    """For somebody whom this aanbieder does not know yet: as they stand in the letter with the decision."""

    field_order = ["bsn", "geboortedatum", "geslacht", "voorletters", "voorvoegsel", "achternaam"]

    bsn = BsnVeld(label="Burgerservicenummer", help_text="9 cijfers.")
    geboortedatum = DatumVeld(label="Geboortedatum", verleden=True)
    geslacht = forms.ChoiceField(label="Geslacht", choices=Client.Geslacht)
    voorletters = forms.CharField(label="Voorletters", max_length=12, required=False)
    voorvoegsel = forms.CharField(label="Voorvoegsel", max_length=10, required=False)
    achternaam = forms.CharField(
        label="Achternaam", max_length=100, error_messages={"required": "Vul de achternaam in."}
    )

    def __init__(self, *args: Any, op: date, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.op = op
        for naam in ("voorletters", "voorvoegsel", "achternaam"):
            self.fields[naam].widget.attrs["autocomplete"] = "off"

    def clean_voorletters(self) -> str:
        return "".join(teken for teken in self.cleaned_data["voorletters"].upper() if teken.isalpha())[:6]

    def clean_geboortedatum(self) -> date:
        geboren: date = self.cleaned_data["geboortedatum"]
        if geboren > self.op:
            raise ValidationError("Deze datum ligt in de toekomst.")
        return geboren

    def client(self) -> Client:
        """The person as typed; never saved."""
        namen = ("gemeente", "bsn", "geboortedatum", "geslacht", "voorletters", "voorvoegsel", "achternaam")
        return Client(**{naam: self.cleaned_data[naam] for naam in namen})

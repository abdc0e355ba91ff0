"""Taking a melding and what belongs to it."""

from datetime import date, datetime, time
from typing import Any

from django import forms

from wmo.forms.concept import MagNogLeeg
from wmo.forms.velden import BsnVeld, DatumVeld, PostcodeVeld, TelefoonVeld
from wmo.models import Client, Gemeente, Zaak
from wmo.periodes import AMSTERDAM, vandaag

LEEG = "Kies een antwoord."
# what is needed to know somebody without a BSN; street and place make the address whole
PERSOON = {
    "achternaam": "Vul de achternaam in.",
    "geboortedatum": "Vul de geboortedatum in, bijvoorbeeld 14-03-1941.",
    "straatnaam": "Vul de straat in.",
    "huisnummer": "Vul het huisnummer in.",
    "postcode": "Vul de postcode in, bijvoorbeeld 1234 AB.",
    "plaatsnaam": "Vul de woonplaats in.",
}


class TijdVeld(forms.TimeField):
    """9:08, 09:08 or 0908."""

    widget = forms.TextInput
    breedte = "kort"
    input_formats = ["%H:%M", "%H%M", "%H.%M"]
    default_error_messages = {"invalid": "Vul een tijd in, bijvoorbeeld 09:30.", "required": "Vul een tijd in."}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class Tekst(MagNogLeeg, forms.CharField):
    """Obligatory for a person whom this gemeente does not know yet."""


class Geboortedatum(MagNogLeeg, DatumVeld):
    pass


class Huisnummer(MagNogLeeg, forms.IntegerField):
    pass


class Postcode(MagNogLeeg, PostcodeVeld):
    pass


class MeldingForm(forms.Form):
    """Four blocks on one page: who reports, for whom, what is needed, and what was told."""

    use_required_attribute = False
    melder = forms.ChoiceField(
        label="De melding komt van",
        choices=[("client", "De cliënt zelf"), ("namens", "Iemand anders, namens de cliënt")],
        widget=forms.RadioSelect,
        initial="client",
        error_messages={"required": LEEG},
    )
    namens = forms.CharField(
        label="Naam en band van de melder",
        help_text="Bijvoorbeeld: mw. S. Fictief, dochter.",
        max_length=120,
        required=False,
    )
    bsn = BsnVeld(
        label="Burgerservicenummer",
        help_text="9 cijfers. Weet u het niet? Laat het leeg en vul de gegevens hieronder in.",
        required=False,
    )
    voorletters = forms.CharField(label="Voorletters", max_length=12, required=False)
    voorvoegsel = forms.CharField(label="Voorvoegsel", max_length=10, required=False)
    achternaam = Tekst(label="Achternaam", max_length=100)
    geslacht = forms.ChoiceField(label="Geslacht", choices=Client.Geslacht)
    geboortedatum = Geboortedatum(label="Geboortedatum", verleden=True)
    straatnaam = Tekst(label="Straat", max_length=24)
    huisnummer = Huisnummer(
        label="Huisnummer",
        min_value=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Vul alleen het nummer in, bijvoorbeeld 12."},
    )
    huisnummer_toevoeging = forms.CharField(label="Toevoeging", max_length=4, required=False)
    postcode = Postcode(label="Postcode")
    plaatsnaam = Tekst(label="Woonplaats", max_length=80)
    telefoon = TelefoonVeld(label="Telefoon", required=False)
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        error_messages={"invalid": "Vul een e-mailadres in, bijvoorbeeld naam@example.nl."},
    )
    hulpvraag = forms.CharField(
        label="In de woorden van de cliënt",
        help_text="Wat lukt niet meer, en wat wil de cliënt?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": "Schrijf op wat de cliënt nodig heeft."},
    )
    kanaal = forms.ChoiceField(label="Hoe kwam de melding binnen?", choices=Zaak.Kanaal)
    datum = DatumVeld(label="Datum van de melding")
    tijd = TijdVeld(label="Tijd")
    spoedgrond = forms.ChoiceField(
        label="Spoed", choices=[("", "Geen spoed"), *Zaak.Spoedgrond.choices], required=False
    )
    bevestigen = forms.BooleanField(label="Bevestig de ontvangst met een brief", required=False, initial=True)
    clientondersteuning = forms.BooleanField(label="Gewezen op gratis cliëntondersteuning", required=False)
    zelf = forms.BooleanField(label="Ik behandel deze melding zelf", required=False, initial=True)
    nieuwe_vraag = forms.BooleanField(label="Dit is een nieuwe vraag naast de lopende zaak", required=False)

    def __init__(self, *args: Any, gemeente: Gemeente, nu: datetime, **opties: Any) -> None:
        super().__init__(*args, **opties)
        self.gemeente, self.nu = gemeente, nu
        self.bekende: Client | None = None
        for naam in [*PERSOON, "voorletters", "voorvoegsel", "huisnummer_toevoeging", "email", "namens"]:
            self.fields[naam].widget.attrs.setdefault("autocomplete", "off")

    def clean_voorletters(self) -> str:
        return "".join(teken for teken in self.cleaned_data["voorletters"].upper() if teken.isalpha())[:6]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("melder") == "namens" and not gegevens.get("namens"):
            self.add_error("namens", "Vul in wie er meldt.")
        if gegevens.get("bsn"):
            self.bekende = Client.objects.met_bsn(gegevens["bsn"]).filter(gemeente=self.gemeente).first()
        if self.bekende is None:
            self._eis_persoon(gegevens)
        moment = self.melding_op(gegevens)
        if moment is not None and moment > self.nu:
            self.add_error("datum", "De datum van de melding ligt in de toekomst.")
        return gegevens

    def _eis_persoon(self, gegevens: dict[str, Any]) -> None:
        for naam, zin in PERSOON.items():
            if not gegevens.get(naam) and naam not in self.errors:
                self.add_error(naam, zin)
        geboren = gegevens.get("geboortedatum")
        if isinstance(geboren, date) and geboren > vandaag(self.nu):
            self.add_error("geboortedatum", "De geboortedatum ligt in de toekomst.")

    @staticmethod
    def melding_op(gegevens: dict[str, Any]) -> datetime | None:
        """Date and time together, in Amsterdam; None while one of them is wrong."""
        if not gegevens.get("datum") or gegevens.get("tijd") is None:
            return None
        return datetime.combine(gegevens["datum"], gegevens["tijd"], tzinfo=AMSTERDAM)

    def client(self) -> Client:
        """The known person, or a new one that is not saved yet."""
        if self.bekende is not None:
            return self.bekende
        g = self.cleaned_data
        velden = [*PERSOON, "voorletters", "voorvoegsel", "huisnummer_toevoeging", "telefoon", "email", "geslacht"]
        return Client(
            gemeente=self.gemeente,
            bsn=g["bsn"] or None,
            **{v: g[v] or _standaard(v) for v in velden},
        )

    def melding(self) -> dict[str, Any]:
        """What `meldingen.registreer` takes besides the people."""
        g = self.cleaned_data
        return {
            "melding_op": self.melding_op(g),
            "kanaal": g["kanaal"],
            "hulpvraag": g["hulpvraag"],
            "namens": g["namens"] if g["melder"] == "namens" else "",
            "spoedgrond": g["spoedgrond"],
            "ook_bij_lopende_zaak": g["nieuwe_vraag"],
            "bevestigen": g["bevestigen"],
            "clientondersteuning_kanaal": g["kanaal"] if g["clientondersteuning"] else "",
        }


def _standaard(veld: str) -> Any:
    """What a Client has when nothing was typed."""
    return getattr(Client(), veld)


class ClientondersteuningForm(forms.Form):
    op = DatumVeld(label="Op welke dag?")
    kanaal = forms.ChoiceField(label="Hoe?", choices=Zaak.Kanaal)


class PersoonlijkPlanForm(forms.Form):
    """Handed in, or the client does not want to."""

    keuze = forms.ChoiceField(
        label="Persoonlijk plan",
        choices=[("ingeleverd", "De cliënt heeft een plan ingeleverd"), ("afgezien", "De cliënt ziet ervan af")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of het plan er is, of dat de cliënt ervan afziet."},
    )
    op = DatumVeld(label="Op welke dag?")


class SpoedForm(forms.Form):
    grond = forms.ChoiceField(
        label="Waarom is dit spoed?",
        choices=Zaak.Spoedgrond,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom dit spoed is."},
    )

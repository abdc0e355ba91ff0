"""The investigation: conversation, seven topics, order of tests."""

from hashlib import sha256
from typing import Any

from django import forms

from wmo.forms.concept import MagNogLeeg
from wmo.forms.velden import DatumVeld
from wmo.models import Onderwerp, Onderzoek, Onderzoeksonderwerp, Toets

# what to write about, in words for people (R-014 a-g)
HULP = {
    Onderwerp.BEHOEFTEN: "Behoeften, persoonskenmerken en voorkeuren.",
    Onderwerp.EIGEN_KRACHT: "Eigen kracht en gebruikelijke hulp van huisgenoten.",
    Onderwerp.MANTELZORG: "Hulp van mantelzorgers en mensen in de buurt.",
    Onderwerp.MANTELZORGER: "Kan de mantelzorger dit volhouden? Welke steun is nodig?",
    Onderwerp.ALGEMEEN: "Algemene voorzieningen en nuttige activiteiten.",
    Onderwerp.SAMENWERKING: "Zorgverzekeraar, wijkverpleging, werk, wonen, onderwijs, inkomen.",
    Onderwerp.BIJDRAGE: "Welke bijdrage betaalt de cliënt straks?",
}


class Tekst(MagNogLeeg, forms.CharField):
    pass


class Keuze(MagNogLeeg, forms.ChoiceField):
    pass


class Tekens(MagNogLeeg, forms.RegexField):
    pass


class Datum(MagNogLeeg, DatumVeld):
    pass


class GesprekForm(forms.Form):
    """When and with whom, and who the client is (R-016: no copy of the document)."""

    use_required_attribute = False
    gespreksdatum = Datum(label="Datum van het gesprek")
    aanwezigen = forms.CharField(label="Wie waren erbij?", max_length=200, required=False)
    id_soort = Keuze(
        label="Identiteitsbewijs",
        choices=[("", "Nog niet gezien"), *Onderzoek.Identiteitsbewijs.choices],
    )
    id_laatste_vier = Tekens(
        r"^[0-9A-Za-z]{4}$",
        label="Laatste 4 tekens van het nummer",
        help_text="Maak geen kopie van het document.",
        error_messages={"invalid": "Vul precies de laatste 4 letters of cijfers in."},
    )
    id_geldig_tot = Datum(label="Geldig tot")
    id_gecontroleerd_op = Datum(label="Gecontroleerd op")
    pgb_uitleg_op = DatumVeld(label="Uitleg over het pgb gegeven op", required=False)
    reden_overschrijding = forms.CharField(
        label="Waarom duurde het langer dan zes weken?",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=1000,
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A document is known by all of its four facts or by none."""
        gegevens = super().clean() or {}
        delen = {
            naam: gegevens.get(naam) for naam in ("id_soort", "id_laatste_vier", "id_geldig_tot", "id_gecontroleerd_op")
        }
        if any(delen.values()):
            for naam, waarde in delen.items():
                if not waarde and naam not in self.errors:
                    self.add_error(naam, "Vul dit ook in, of maak het hele identiteitsbewijs leeg.")
        if gegevens.get("id_laatste_vier"):
            gegevens["id_laatste_vier"] = gegevens["id_laatste_vier"].upper()
        return gegevens


class OnderwerpForm(forms.Form):
    """One topic. Empty text and no judgement means: not discussed yet."""

    use_required_attribute = False
    tekst = Tekst(label="Wat is besproken?", widget=forms.Textarea(attrs={"rows": 4}), max_length=8000)
    oordeel = Keuze(label="Oordeel", choices=[("", "Kies een oordeel"), *Onderzoeksonderwerp.Oordeel.choices])
    versie = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(widget=forms.HiddenInput, required=False)  # fingerprint of what this form started with

    def __init__(self, data: Any = None, *, onderwerp: str, rij: Onderzoeksonderwerp | None, **opties: Any) -> None:
        begin: dict[str, Any] = (
            {"tekst": rij.tekst, "oordeel": rij.oordeel, "versie": rij.versie} if rij else {"versie": 0}
        )
        begin["was"] = _afdruk(begin.get("tekst", ""), begin.get("oordeel", ""))
        super().__init__(data, initial=begin, prefix=onderwerp, **opties)
        self.onderwerp, self.rij = Onderwerp(onderwerp), rij
        self.nummer = list(Onderwerp).index(self.onderwerp) + 1
        self.fields["tekst"].help_text = HULP[self.onderwerp]

    def clean_tekst(self) -> str:
        return self.cleaned_data["tekst"].replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("tekst") and not gegevens.get("oordeel"):
            self.add_error("oordeel", f"Kies bij onderwerp {self.nummer} een oordeel.")
        if gegevens.get("oordeel") and not gegevens.get("tekst"):
            self.add_error(
                "tekst", f"Onderwerp {self.nummer} is nog leeg. Schrijf op wat is besproken, of waarom niet."
            )
        return gegevens

    @property
    def is_gewijzigd(self) -> bool:
        """Whether this person touched it, whatever happened in the database meanwhile."""
        return _afdruk(self.cleaned_data["tekst"], self.cleaned_data["oordeel"]) != self.cleaned_data["was"]


def _afdruk(tekst: Any, oordeel: Any) -> str:
    return sha256(f"{oordeel}|{tekst}".replace("\r\n", "\n").encode()).hexdigest()[:16]


class ToetsForm(forms.Form):
    """One step of the order of tests (R-024)."""

    uitkomst = forms.ChoiceField(
        label="Uitkomst", choices=[("", "Nog niet getoetst"), *Toets.Uitkomst.choices], required=False
    )
    reden = forms.CharField(label="Waarom?", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)

    def __init__(self, data: Any = None, *, stap: str, rij: Toets | None, **opties: Any) -> None:
        begin = {"uitkomst": rij.uitkomst, "reden": rij.reden} if rij else {}
        super().__init__(data, initial=begin, prefix=f"toets{stap}", **opties)
        self.stap = Toets.Stap(stap)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("uitkomst") and not gegevens.get("reden"):
            self.add_error("reden", f"Leg uit wat de uitkomst is bij: {self.stap.label}.")
        return gegevens

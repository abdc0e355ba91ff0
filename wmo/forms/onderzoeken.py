"""The investigation: conversation, seven topics, order of tests."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import QueryDict

from wmo.actions.versies import afdruk
from wmo.forms.concept import Datum, MagNogLeeg, Tekst, zonder_oordeel
from wmo.forms.velden import DatumVeld
from wmo.forms.verschil import Verschil, verschillen
from wmo.models import Concept, Onderwerp, Onderzoek, Onderzoeksonderwerp, Toets

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


class Keuze(MagNogLeeg, forms.ChoiceField):
    pass


class Tekens(MagNogLeeg, forms.RegexField):
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
    id_gecontroleerd_op = Datum(label="Gecontroleerd op", help_text="Leeg is: op de dag van het gesprek.")
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
            if not delen["id_gecontroleerd_op"] and "id_gecontroleerd_op" not in self.errors:
                gegevens["id_gecontroleerd_op"] = delen["id_gecontroleerd_op"] = gegevens.get("gespreksdatum")
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
        begin["was"] = afdruk(begin.get("oordeel", ""), begin.get("tekst", ""))
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
        return afdruk(self.cleaned_data["oordeel"], self.cleaned_data["tekst"]) != self.cleaned_data["was"]


class ToetsForm(forms.Form):
    """One step of the order of tests (R-024). `was` is the fingerprint of what this form started with."""

    uitkomst = forms.ChoiceField(
        label="Uitkomst", choices=[("", "Nog niet getoetst"), *Toets.Uitkomst.choices], required=False
    )
    reden = forms.CharField(label="Waarom?", widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, stap: str, rij: Toets | None, **opties: Any) -> None:
        begin = {"uitkomst": rij.uitkomst, "reden": rij.reden} if rij else {"uitkomst": "", "reden": ""}
        begin["was"] = afdruk(*begin.values())
        super().__init__(data, initial=begin, prefix=f"toets{stap}", **opties)
        self.stap = Toets.Stap(stap)

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("uitkomst") and not gegevens.get("reden"):
            self.add_error("reden", f"Leg uit wat de uitkomst is bij: {self.stap.label}.")
        return gegevens

    @property
    def is_gewijzigd(self) -> bool:
        schoon = self.cleaned_data
        return bool(schoon["uitkomst"]) and afdruk(schoon["uitkomst"], schoon["reden"]) != schoon["was"]


class OnderzoekFormulier:
    """The three parts of the page, each a list of forms. A part that was sent shows that, the others what was saved."""

    def __init__(self, onderzoek: Onderzoek, verstuurd: str = "", invoer: QueryDict | None = None) -> None:
        onderwerpen = {o.onderwerp: o for o in onderzoek.onderwerpen.select_related("gewijzigd_door__gebruiker")}
        toetsen = {t.stap: t for t in onderzoek.zaak.toetsen.all()}
        begin = {naam: getattr(onderzoek, naam) for naam in GesprekForm.base_fields}
        self._maak: dict[str, list[Callable[..., Any]]] = {
            "gesprek": [partial(GesprekForm, initial=begin, prefix="gesprek")],
            "onderwerpen": [partial(OnderwerpForm, onderwerp=o, rij=onderwerpen.get(o)) for o in Onderwerp],
            "toetsen": [partial(ToetsForm, stap=s, rij=toetsen.get(s)) for s in Toets.Stap],
        }
        self.concepten: list[Concept] = []
        self.delen: dict[str, list[Any]] = {naam: [maak() for maak in lijst] for naam, lijst in self._maak.items()}
        if invoer is not None and verstuurd in self.delen:
            self.delen[verstuurd] = self._gelezen(verstuurd, invoer)

    def _gelezen(self, naam: str, invoer: QueryDict) -> list[Any]:
        """Bound where the input has fields of that form: the page of a collision sends one topic alone."""
        paren = zip(self._maak[naam], self.delen[naam], strict=True)
        return [maak(invoer) if any(k.startswith(f"{leeg.prefix}-") for k in invoer) else leeg for maak, leeg in paren]

    def verstuurd(self, naam: str) -> list[Any]:
        return [form for form in self.delen[naam] if form.is_bound]

    def is_valid(self, naam: str) -> bool:
        """All are judged, so that every error shows at once."""
        return False not in [form.is_valid() for form in self.verstuurd(naam)]

    def neem_over(self, naam: str, concept: QueryDict) -> bool:
        """Put a draft back where it differs from what was saved; False when there is no such place."""
        nieuw = self._gelezen(naam, concept)
        anders = [bool(verschillen(getypt, bewaard)) for getypt, bewaard in zip(nieuw, self.delen[naam], strict=True)]
        for nummer, getypt in enumerate(nieuw):
            if anders[nummer]:
                zonder_oordeel(getypt)
                self.delen[naam][nummer] = getypt
        return any(anders)

    def verschillen(self, naam: str, ander: "OnderzoekFormulier") -> list[Verschil]:
        uit: list[Verschil] = []
        for getypt, bewaard in zip(self.delen[naam], ander.delen[naam], strict=True):
            uit += verschillen(getypt, bewaard, kop=f"{bewaard.stap.label}: " if naam == "toetsen" else "")
        return uit

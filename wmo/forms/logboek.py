"""The filter of the logboek."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from wmo.forms.velden import DatumVeld
from wmo.models import Logregel
from wmo.periodes import AMSTERDAM

# An unbounded search in years of lines is never what somebody wants first.
STANDAARD_DAGEN = 30


class LogboekFilter(forms.Form):
    """Period, person, kind and organisation. What cannot be read is no filter, and the field says so."""

    toon_niet_verplicht = False

    van = DatumVeld(label="Van", required=False)
    tot = DatumVeld(label="Tot en met", required=False)
    gebruiker = forms.CharField(label="Naam gebruiker", required=False, max_length=60)
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alles"), *Logregel.Soort.choices])
    organisatie = forms.ChoiceField(label="Organisatie", required=False)

    def __init__(self, data: Any = None, *, organisaties: list[str], op: date, **opties: Any) -> None:
        super().__init__(data, auto_id="f-%s", initial={"van": op - timedelta(days=STANDAARD_DAGEN)}, **opties)
        keuzes = [("", "Alle organisaties"), *((naam, naam) for naam in organisaties)]
        self.fields["organisatie"].choices = keuzes  # type: ignore[attr-defined]
        self.is_valid()

    def _keuze(self, naam: str) -> Any:
        if not self.is_bound:
            return self.initial.get(naam)
        return self.cleaned_data.get(naam)

    def filter(self, regels: QuerySet[Logregel]) -> QuerySet[Logregel]:
        if van := self._keuze("van"):
            regels = regels.filter(moment__gte=_begin(van))
        if tot := self._keuze("tot"):
            regels = regels.filter(moment__lt=_begin(tot + timedelta(days=1)))
        if naam := self._keuze("gebruiker"):
            regels = regels.filter(aanstelling__gebruiker__naam__icontains=naam)
        for veld in ("soort", "organisatie"):
            if keuze := self._keuze(veld):
                regels = regels.filter(**{veld: keuze})
        return regels

    def in_woorden(self) -> str:
        """The chosen filter, for the head of a download and for its line in the logboek. Without the typed name."""
        delen = [f"{self.fields[naam].label} {self._keuze(naam)}" for naam in self.fields if self._keuze(naam)]
        return "; ".join("Naam gebruiker" if deel.startswith("Naam gebruiker") else deel for deel in delen)


def _begin(dag: date) -> datetime:
    return datetime(dag.year, dag.month, dag.day, tzinfo=AMSTERDAM)

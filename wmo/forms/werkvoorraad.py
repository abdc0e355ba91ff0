"""Filters of the werkvoorraad, handing over, download."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode

from wmo.models import Aanstelling, PlanOndersteuning, Productcategorie, Taak, Voorziening, Zaak, sorteersleutel
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import BESLISFASE, BIJNA_WERKDAGEN

STAPPEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "melding": ("Melding", ("melding",)),
    "onderzoek": ("Onderzoek", ("onderzoek", "onderzoek_afgerond")),
    "besluit": ("Besluit", ("aanvraag", "besluit_concept")),
    "uitvoering": ("Uitvoering", ("bekendgemaakt", "uitvoering")),
}
TERMIJNEN = {
    "te-laat": "Te laat",
    "5wd": "Verloopt binnen 5 werkdagen",
    "spoed": "Spoed",
    "reactie": "Reactie ontvangen",
    "opgeschort": "Opgeschort",
}
SORTEREN: dict[str, tuple[str, ...]] = {
    "termijn": (),
    "client": ("client__sorteernaam", "id"),
    "stap": ("status", "uiterste_datum", "id"),
    "behandelaar": ("behandelaar__gebruiker__naam", "uiterste_datum", "id"),
}
BEWAARBAAR = ("stap", "termijn", "behandelaar", "ondersteuning", "sorteer")
REACTIES = (Taak.Soort.VERZOEK_BEOORDELEN, Taak.Soort.BERICHT_AFGEKEURD)


def klok_te_laat(op: date) -> Q:
    """The legal clock ran out, and does not stand still."""
    return Q(uiterste_datum__lt=op) & ~Q(stilstand_tot__gte=op, stilstand_tot__isnull=False)


def termijnfilter(op: date, kalender: Kalender) -> dict[str, Q]:
    """Each tile and its filter are the same condition, so that number and list cannot differ."""
    grens = kalender.werkdagen_na(op, BIJNA_WERKDAGEN)
    stil = Q(stilstand_tot__gte=op) | Q(status__in=BESLISFASE, uiterste_datum=None)
    taak_te_laat = Q(taak_uiterlijk__lt=op, taak_uiterlijk__isnull=False)
    binnenkort = Q(uiterste_datum__range=(op, grens)) | Q(taak_uiterlijk__range=(op, grens))
    return {
        "te-laat": klok_te_laat(op) | taak_te_laat,
        "5wd": binnenkort & ~taak_te_laat & ~klok_te_laat(op),
        "spoed": Q(spoed=True, bekendgemaakt_op=None),
        "reactie": Q(pk__in=Taak.objects.open().filter(soort__in=REACTIES).exclude(zaak=None).values("zaak")),
        "opgeschort": stil,
    }


class WerkvoorraadFilter(forms.Form):
    """A search form: it narrows a queryset and saves nothing. Unknown values are no filter."""

    zoek = forms.CharField(label="Zoek in deze lijst", required=False, max_length=60)
    stap = forms.ChoiceField(
        label="Stap", required=False, choices=[("", "Alle stappen"), *((k, v[0]) for k, v in STAPPEN.items())]
    )
    termijn = forms.ChoiceField(label="Termijn", required=False, choices=[("", "Alle termijnen"), *TERMIJNEN.items()])
    behandelaar = forms.ChoiceField(label="Behandelaar", required=False)
    ondersteuning = forms.ChoiceField(
        label="Ondersteuning", required=False, choices=[("", "Alles"), *Productcategorie.choices]
    )

    def __init__(
        self, data: Any = None, *, collegas: list[Aanstelling], op: date, kalender: Kalender, **opties: Any
    ) -> None:
        super().__init__(data, auto_id="f-%s", **opties)
        namen = [(str(a.pk), a.gebruiker.naam) for a in collegas]
        self.fields["behandelaar"].choices = [("", "Iedereen"), ("niemand", "Niemand"), *namen]  # type: ignore[attr-defined]
        self.op, self.kalender = op, kalender
        self.is_valid()

    def _keuze(self, naam: str) -> str:
        return getattr(self, "cleaned_data", {}).get(naam, "")

    def filter(self, zaken: QuerySet[Zaak]) -> QuerySet[Zaak]:
        """The rows that pass every chosen filter."""
        filters: dict[str, Callable[[str], Q]] = {
            "zoek": _zoek,
            "stap": lambda s: Q(status__in=STAPPEN[s][1]),
            "termijn": lambda t: termijnfilter(self.op, self.kalender)[t],
            "behandelaar": lambda b: Q(behandelaar=None) if b == "niemand" else Q(behandelaar=b),
            "ondersteuning": _ondersteuning,
        }
        for naam, maak in filters.items():
            if keuze := self._keuze(naam):
                zaken = zaken.filter(maak(keuze))
        return zaken

    def chips(self) -> list[tuple[str, str]]:
        """The chosen filters: field name and words."""
        uit = []
        for naam, veld in self.fields.items():
            if keuze := self._keuze(naam):
                waarde = dict(getattr(veld, "choices", ())).get(keuze, keuze)
                uit.append((naam, f"{veld.label}: {waarde}"))
        return uit


def _zoek(tekst: str) -> Q:
    """Case number, or every word somewhere in the name."""
    if tekst.upper().startswith("WMO-"):
        return Q(zaaknummer__startswith=tekst.upper())
    conditie = Q()
    for woord in sorteersleutel(tekst).split():
        conditie &= Q(client__sorteernaam__contains=woord)
    return conditie


def _ondersteuning(categorie: str) -> Q:
    besloten = Voorziening.objects.filter(beschikking__zaak=OuterRef("pk"), product__categorie=categorie)
    gevraagd = PlanOndersteuning.objects.filter(plan__zaak=OuterRef("pk"), product__categorie=categorie)
    return Q(Exists(besloten)) | Q(Exists(gevraagd))


def bewaarbaar(vraag: QueryDict) -> str:
    """The part of an address that may be kept under a name: filter and order, never a search for a person."""
    gekozen = [(naam, str(vraag[naam])) for naam in BEWAARBAAR if vraag.get(naam)]
    return urlencode(gekozen)


class WeergaveForm(forms.Form):
    """The list as it stands now, under a name."""

    naam = forms.CharField(
        label="Naam van de weergave", max_length=40, error_messages={"required": "Geef de weergave een naam."}
    )
    lijst = forms.CharField(widget=forms.HiddenInput)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)


class VerdeelForm(forms.Form):
    """Who gets the chosen cases, and why."""

    VERDEEL, VRIJGEVEN = "verdeel", "vrijgeven"
    REDENEN = [("Ziek", "Ziek"), ("Verlof", "Verlof"), ("Herverdeling", "Herverdeling"), ("Anders", "Anders")]

    behandelaar = forms.ChoiceField(
        label="Nieuwe behandelaar",
        error_messages={"required": "Kies een behandelaar.", "invalid_choice": "Kies een behandelaar."},
    )
    reden = forms.ChoiceField(label="Reden", choices=[("", "Kies een reden"), *REDENEN], required=False)
    toelichting = forms.CharField(label="Toelichting", max_length=300, required=False)

    def __init__(self, data: Any = None, *, collegas: list[Aanstelling], aantal: int, **opties: Any) -> None:
        super().__init__(data, **opties)
        self.aantal = aantal
        self.fields["behandelaar"].choices = [  # type: ignore[attr-defined]
            ("", "Kies een behandelaar"),
            *((str(a.pk), f"{a.gebruiker.naam} ({a.openstaand} zaken)") for a in collegas),  # type: ignore[attr-defined]
            (self.VERDEEL, "Eerlijk verdelen over het team"),
            (self.VRIJGEVEN, "Niemand (vrijgeven)"),
        ]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if self.aantal > 1 and not gegevens.get("reden"):
            self.add_error("reden", "Kies een reden. Dat moet bij meer dan één zaak.")
        if gegevens.get("reden") == "Anders" and not gegevens.get("toelichting"):
            self.add_error("toelichting", "Leg uit wat de reden is.")
        return gegevens

    @property
    def redenzin(self) -> str:
        return ": ".join(deel for deel in (self.cleaned_data["reden"], self.cleaned_data["toelichting"]) if deel)


class DownloadForm(forms.Form):
    reden = forms.CharField(
        label="Waarom hebt u deze lijst nodig?",
        help_text="De lijst bevat namen. Uw reden komt in het logboek.",
        min_length=5,
        max_length=300,
        error_messages={
            "required": "Vul in waarvoor u de lijst gebruikt.",
            "min_length": "Leg in een paar woorden uit waarvoor u de lijst gebruikt.",
        },
    )

"""What an aanbieder reports beside start and stop, and what the gemeente answers to it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms

from wmo.forms.velden import DatumVeld
from wmo.models import GemistBezoek, Overlijdensmelding, Uitvoeringsplan
from wmo.periodes import AMSTERDAM

TIJDZIN = "Vul een tijd in, bijvoorbeeld 09:30."
GEEN_MEDISCH = "De toegang van de gemeente leest dit. Schrijf geen medische gegevens op."


def tijdveld(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TextInput(attrs={"class": "wmo-b-kort", "autocomplete": "off"}),
        error_messages={"required": TIJDZIN, "invalid": TIJDZIN},
    )


def tekstveld(label: str, fout: str = "", hulp: str = "", rijen: int = 3, verplicht: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=2000,
        required=verplicht,
        widget=forms.Textarea(attrs={"rows": rijen}),
        error_messages={"required": fout} if fout else {},
    )


def _moment(dag: Any, tijd: time | None) -> datetime | None:
    return datetime.combine(dag, tijd, tzinfo=AMSTERDAM) if dag and tijd else None


class NietThuisForm(forms.Form):
    """Somebody stood before a closed door (R-141)."""

    datum = DatumVeld(label="Op welke dag was de afspraak?")
    tijd = tijdveld("Hoe laat was de afspraak?")
    toelichting = tekstveld(
        "Wat deed u?",
        "Schrijf op wat u deed, zoals bellen of een briefje achterlaten.",
        hulp=f"Bijvoorbeeld: aangebeld, gebeld, gewacht, contactpersoon gebeld. {GEEN_MEDISCH}",
    )
    kwetsbaar = forms.BooleanField(
        label="De cliënt is extra kwetsbaar", help_text="Daar houdt de gemeente rekening mee.", required=False
    )
    overmacht = forms.BooleanField(label="Het was overmacht", required=False)

    def gegevens(self) -> dict[str, Any]:
        schoon = dict(self.cleaned_data)
        return {"afspraak_op": _moment(schoon.pop("datum"), schoon.pop("tijd")), **schoon}


class AfzeggingForm(forms.Form):
    """The client cancelled beforehand; how long before decides the kind (R-140)."""

    datum = DatumVeld(label="Op welke dag was de afspraak?")
    tijd = tijdveld("Hoe laat was de afspraak?")
    afgezegd_datum = DatumVeld(label="Op welke dag zegde de cliënt af?")
    afgezegd_tijd = tijdveld("Hoe laat zegde de cliënt af?")
    overmacht = forms.BooleanField(label="Het was overmacht, zoals een opname in het ziekenhuis", required=False)
    toelichting = tekstveld("Toelichting", verplicht=False)

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        afspraak = _moment(schoon.get("datum"), schoon.get("tijd"))
        afgezegd = _moment(schoon.get("afgezegd_datum"), schoon.get("afgezegd_tijd"))
        if afspraak and afgezegd and afgezegd >= afspraak:
            zin = "Dit is na de afspraak. Zegde de cliënt niet af? Meld dan niet thuis."
            self.add_error("afgezegd_datum", zin)
        return schoon

    def gegevens(self) -> dict[str, Any]:
        schoon = self.cleaned_data
        return {
            "afspraak_op": _moment(schoon["datum"], schoon["tijd"]),
            "afgezegd_op": _moment(schoon["afgezegd_datum"], schoon["afgezegd_tijd"]),
            "overmacht": schoon["overmacht"],
            "toelichting": schoon["toelichting"],
        }


class BezoekOordeelForm(forms.Form):
    """What gemeente and aanbieder agreed about an invoice (R-143)."""

    rekening = forms.ChoiceField(
        label="Mag de aanbieder de cliënt een rekening sturen?",
        choices=[
            (GemistBezoek.Rekening.NIET.value, "Nee, geen rekening"),
            (GemistBezoek.Rekening.TOEGESTAAN.value, "Ja, volgens de eigen richtlijn van de aanbieder"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of een rekening mag."},
    )
    overleg = tekstveld(
        "Wat sprak u af?",
        "Schrijf kort op wat u met de aanbieder afsprak.",
        hulp="De aanbieder leest dit.",
    )


class CrisisForm(forms.Form):
    """Reported at once; help may grow meanwhile (R-163)."""

    datum = DatumVeld(label="Op welke dag was dit?")
    wat = tekstveld("Wat is er gebeurd?", "Schrijf kort op wat er gebeurde.", hulp=GEEN_MEDISCH)
    extra_hulp = tekstveld(
        "Welke hulp geeft u nu extra?",
        hulp="Dat mag meteen: het budget geldt voor de hele looptijd. Een mutatieformulier is nog niet nodig.",
        verplicht=False,
    )


class OverlijdenMeldForm(forms.Form):
    """Two facts and no more (R-150, R-151)."""

    overleden_op = DatumVeld(label="Op welke dag is de cliënt overleden?")
    huisgenoot = forms.ChoiceField(
        label="Woont er iemand die zelf hulp nodig heeft?",
        choices=Overlijdensmelding.Huisgenoot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of er iemand achterblijft die hulp nodig heeft."},
    )
    toelichting = tekstveld("Wat moet de gemeente nog weten?", verplicht=False)


class KennismakingForm(forms.Form):
    """Expectations, arrangements, impression: no new questionnaire about every part of life (R-074)."""

    gesprek_op = DatumVeld(label="Wanneer was het gesprek?")
    verwachtingen = tekstveld("Wat verwacht de cliënt van de hulp?", "Schrijf op wat de cliënt verwacht.")
    afspraken = tekstveld(
        "Wat spreekt u af?", "Schrijf op wat u afspreekt.", hulp="Bijvoorbeeld dag, tijd, vaste medewerker, sleutel."
    )
    indruk = tekstveld("Wat is uw indruk?", verplicht=False)


class UitvoeringsplanForm(forms.Form):
    """The parts of R-091. All may be empty in a concept; sending asks for them."""

    toon_niet_verplicht = False

    resultaten = tekstveld(
        "Hoe haalt u de resultaten?", hulp="Welke hulp geeft u, en wat doet u daarvoor?", rijen=5, verplicht=False
    )
    werkafspraken = tekstveld(
        "Welke werkafspraken maakt u?",
        hulp="Concrete afspraken en uw voorwaarden. Waar houden u en de cliënt zich aan?",
        rijen=4,
        verplicht=False,
    )
    zelf_doen = tekstveld(
        "Wat doet de cliënt of het netwerk zelf?",
        hulp="Hoe helpt u de cliënt om zoveel mogelijk zelf te doen?",
        rijen=4,
        verplicht=False,
    )
    ritme = forms.ChoiceField(
        label="Hoe vaak komt u?",
        choices=Uitvoeringsplan.Ritme.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    ritme_reden = tekstveld(
        "Komt u elke week? Leg uit waarom", hulp="Elke week is niet vanzelfsprekend.", verplicht=False
    )
    besproken_op = DatumVeld(
        label="Wanneer besprak u het plan met de cliënt?", help_text="Een handtekening is niet nodig.", required=False
    )

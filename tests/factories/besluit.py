"""A case just before its decision: everything the chain control compares agrees, unless a test says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories.wmo import (
    VANDAAG,
    NormregelFactory,
    NormtabelFactory,
    ProductFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from wmo import models
from wmo.actions import beschikkingen, normenkaders, plannen
from wmo.models import Beschikking, Gemeente, Leefgebied, Normtabel, Onderwerp, Perspectiefplan, Toets, Zaak
from wmo.permissions import Rol

EVALUATIE = date(2027, 6, 1)
INGANG, EINDE = date(2026, 12, 1), date(2028, 11, 30)
NORM = 125
REDEN = "De cliënt heeft een hulphond. Daardoor is er elke week meer vuil en haar om op te ruimen."


def adres(gemeente: Gemeente) -> Gemeente:
    gemeente.postadres, gemeente.telefoon, gemeente.email = "Postbus 1, 3440 AA Woerden", "0348000000", "wmo@example.nl"
    gemeente.save()
    return gemeente


def zaak_met_aanvraag(**velden: Any) -> Zaak:
    """Verslag given, seven topics and seven tests recorded, aanvraag in."""
    zaak = ZaakFactory(
        status="aanvraag",
        bevestigd_op=moment(date(2026, 10, 6)),
        clientondersteuning_op=date(2026, 10, 7),
        verslag_verstrekt_op=date(2026, 11, 10),
        aanvraag_op=date(2026, 11, 12),
        **velden,
    )
    adres(zaak.gemeente)
    onderzoek = models.Onderzoek.objects.create(
        zaak=zaak, gespreksdatum=date(2026, 10, 29), aanwezigen="u en uw dochter"
    )
    for letter in Onderwerp.values:
        onderzoek.onderwerpen.create(onderwerp=letter, tekst="Besproken.", oordeel="deels")
    for stap in Toets.Stap.values:
        zaak.toetsen.create(stap=stap, uitkomst="deels", reden=f"Reden bij stap {stap}.")
    return zaak


def normtabel(soort: str = "huishouden") -> Normtabel:
    """125 minutes basis (108 hours a year), a modifier of 26 hours and one activity of 21 minutes."""
    tabel = NormtabelFactory(soort=soort)
    NormregelFactory(tabel=tabel)
    NormregelFactory(tabel=tabel, code="meer", omschrijving="Enige extra inzet", soort="meer", uren_per_jaar=26)
    NormregelFactory(
        tabel=tabel, code="wassen", omschrijving="Wassen", resultaatgebied="De was", soort="activiteit",
        uren_per_jaar=None, minuten_per_keer=21, keer_per_jaar=52,
    )  # fmt: skip
    return tabel


def planinhoud(netto: int = NORM, **velden: Any) -> plannen.Planinhoud:
    leefgebied, _ = Leefgebied.objects.get_or_create(code="huis", defaults={"naam": "Huisvesting", "volgorde": 1})
    inhoud: dict[str, Any] = {
        "stem_client": "Ik wil in mijn eigen huis blijven wonen.",
        "evaluatiedatum": EVALUATIE,
        "leefgebieden": [plannen.Leefgebieddeel(leefgebied, "Woont alleen in een eengezinswoning.")],
        "doelen": [plannen.Doeldeel("Een schoon huis", "Dat zien we zelf", EVALUATIE, "Aanbieder")],
        "ondersteuning": [plannen.Ondersteuningdeel(ProductFactory(), netto)],
    }
    return plannen.Planinhoud(**inhoud | velden)


def met_plan(zaak: Zaak, netto: int = NORM, **velden: Any) -> Perspectiefplan:
    """A fixed plan that asks `netto` minutes of household help a week."""
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)
    plan = plannen.maak_concept(zaak=zaak, door=door, nu=moment())
    plannen.bewaar(plan=plan, inhoud=planinhoud(netto, **velden), door=door, nu=moment())
    return plannen.stel_vast(plan=plan, door=door, nu=moment())


def met_normenkader(zaak: Zaak, vastgesteld: int | None = None, reden: str = "") -> models.Normberekening:
    """A fixed normenkader: the basis only, so 125 minutes, unless it deviates."""
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)
    tabel = Normtabel.objects.geldend(zaak.gemeente, op=VANDAAG) or normtabel()
    berekening = normenkaders.maak_concept(zaak=zaak, door=door, nu=moment())
    keuzes = [normenkaders.Keuze(tabel.regels.get(code="basis"))]
    invulling = normenkaders.Invulling(keuzes, vastgesteld=vastgesteld, afwijking_reden=reden)
    return normenkaders.stel_vast(berekening=berekening, invulling=invulling, door=door, nu=moment())


def toekenning(volume: int = NORM, **velden: Any) -> beschikkingen.Toekenning:
    gewoon: dict[str, Any] = {
        "product": ProductFactory(),
        "volume": volume,
        "eenheid": "01",
        "frequentie": "2",
        "ingangsdatum": INGANG,
        "einddatum": EINDE,
        "resultaat": "Een schoon en leefbaar huis.",
    }
    return beschikkingen.Toekenning(**gewoon | velden)


def concept(zaak: Zaak, *toekenningen: beschikkingen.Toekenning, soort: str = "toekenning") -> Beschikking:
    """A decision with everything filled in, drawn up by a consulent."""
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)
    beschikking = beschikkingen.stel_op(zaak=zaak, soort=soort, door=door, nu=moment())
    beschikkingen.bewaar_voorzieningen(beschikking=beschikking, toekenningen=toekenningen, door=door, nu=moment())
    return beschikkingen.bewaar_motivering(
        beschikking=beschikking,
        motivering="U kunt zelf niet meer dweilen en stofzuigen. Uw dochter doet de was.",
        eigen_bijdrage=beschikking.eigen_bijdrage,
        door=door,
        nu=moment(),
    )


def klaar_om_te_tekenen(zaak: Zaak | None = None) -> Beschikking:
    """A whole case whose decision waits for the mandaathouder."""
    zaak = zaak or zaak_met_aanvraag()
    met_normenkader(zaak)
    met_plan(zaak)
    beschikking = concept(zaak, toekenning())
    door = aanstelling(Rol.CONSULENT, gemeente=zaak.gemeente)
    return beschikkingen.vraag_handtekening(beschikking=beschikking, door=door, nu=moment())

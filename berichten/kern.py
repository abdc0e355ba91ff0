"""What a message says about one toewijzing, in a heading and a sentence for the conversation."""

import re
from collections.abc import Callable
from typing import Any

from berichten.codelijsten import omschrijving
from berichten.translate.leveren import VERWIJDEREN
from wmo import weergave
from wmo.models import Eenheid, Frequentie, Toewijzing
from wmo.rules.gemeenteregels import TIJDELIJKE_STOP

Tekst = tuple[str, str]

TITELS = {
    "": "Bericht dat wij niet kunnen lezen",
    "301": "Opdracht",
    "302": "Antwoord op de opdracht",
    "305": "Start van de hulp",
    "306": "Antwoord op de start",
    "307": "Stop van de hulp",
    "308": "Antwoord op de stop",
    "315": "Verzoek om toewijzing",
    "316": "Ontvangst van het verzoek",
    "317": "Verzoek om wijziging",
    "318": "Ontvangst van het verzoek",
    "319": "Antwoord op het verzoek",
    "320": "Ontvangst van het antwoord",
    "323": "Declaratie",
    "325": "Antwoord op de declaratie",
}


def kern(soort: str, bericht: Any, toewijzing: Toewijzing | None) -> Tekst:
    """Heading and sentence; a kind that says nothing more has its title and nothing.

    Without a toewijzing only what a message says by itself: a request that was not granted, the answer to it.
    """
    if bericht is None:
        return TITELS[soort], ""
    if soort in ZONDER_TOEWIJZING:
        return ZONDER_TOEWIJZING[soort](bericht)
    return KERN[soort](bericht, toewijzing) if toewijzing and soort in KERN else (TITELS[soort], "")


def omvang(volume: int | None, eenheid: str, frequentie: str) -> str:
    """165 minuten per week"""
    if volume is None:
        return "zonder omvang"
    return f"{weergave.getal(volume)} {eenheden(eenheid)} {dict(Frequentie.choices).get(frequentie, '')}".strip()


def eenheden(eenheid: str) -> str:
    """minuten: the plural, as one counts them."""
    naam = dict(Eenheid.choices).get(eenheid, "")
    return {"minuut": "minuten", "uur": "uren", "etmaal": "etmalen", "dagdeel (4 uur)": "dagdelen"}.get(naam, naam)


DELEN = {
    "Header": "kop van het bericht",
    "Client": "cliënt",
    "ToegewezenProduct": "opdracht",
    "StartProduct": "start",
    "StopProduct": "stop",
    "AangevraagdProduct": "gevraagde hulp",
    "OngewijzigdProduct": "opdracht die blijft",
    "TeWijzigenProduct": "opdracht die wijzigt",
    "NieuwProduct": "nieuwe hulp",
    "Prestatie": "regel",
}
DEEL = re.compile(r"(\w+?)(?:\[(\d+)\])?$")
WOORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


def waar(pad: str) -> str:
    """A path in a message for people: "opdracht 1, einddatum". What holds the parts together is left out."""
    woorden = []
    for stap in pad.split("/"):
        gevonden = DEEL.match(stap)
        naam, nummer = gevonden.groups() if gevonden else (stap, None)
        if naam in DELEN:
            woorden = [f"{DELEN[naam]} {nummer}" if nummer else DELEN[naam]]
        elif naam != "Bericht" and not naam.endswith("Producten"):
            woorden.append(WOORD.sub(" ", naam).lower())
    return ", ".join(woorden)


def _eigen(producten: Any, toewijzing: Toewijzing) -> Any:
    return next((p for p in producten if p.toewijzing_nummer == toewijzing.toewijzingnummer), None)


def _omvang(deel: Any) -> str:
    return omvang(deel.volume, deel.eenheid, deel.frequentie) if deel else "zonder omvang"


def _opdracht(bericht: Any, toewijzing: Toewijzing) -> Tekst:
    product = _eigen(bericht.client.toegewezen_producten, toewijzing)
    if product is None:
        return "Opdracht verstuurd", ""
    if product.reden_wijziging:
        wat = omschrijving("WMO002", product.reden_wijziging).lower()
        return f"Opdracht gewijzigd: {wat}", f"De opdracht loopt nu tot en met {weergave.datum(product.einddatum)}."
    zin = f"Opmerking bij de opdracht: “{product.commentaar}”" if product.commentaar else ""
    if zin and toewijzing.opmerking_gelezen_op:
        zin += f" Gelezen op {weergave.datum(toewijzing.opmerking_gelezen_op)}."
    return f"Opdracht verstuurd: {_omvang(product.omvang)}", zin


def _start(bericht: Any, toewijzing: Toewijzing) -> Tekst:
    product = _eigen(bericht.client.start_producten, toewijzing)
    if product is None:
        return TITELS["305"], ""
    if product.status_aanlevering == VERWIJDEREN:
        return f"Start van {weergave.datum(product.begindatum)} ingetrokken", ""
    return f"Hulp gestart op {weergave.datum(product.begindatum)}", ""


def _stop(bericht: Any, toewijzing: Toewijzing) -> Tekst:
    product = _eigen(bericht.client.stop_producten, toewijzing)
    if product is None:
        return TITELS["307"], ""
    dag, reden = weergave.datum(product.einddatum), omschrijving("WMO588", product.reden_beeindiging)
    if product.status_aanlevering == VERWIJDEREN:
        return f"Stop van {dag} ingetrokken", ""
    if product.reden_beeindiging == TIJDELIJKE_STOP:
        return f"Hulp tijdelijk gestopt op {dag}", ""
    return f"Hulp gestopt op {dag}", f"Reden: {reden}."


def _wijziging(bericht: Any, toewijzing: Toewijzing) -> Tekst:
    """The change asked for this opdracht beside how it stands now."""
    verzoek = bericht.client.verzoek
    product = _eigen(verzoek.te_wijzigen_producten, toewijzing)
    if product is None:
        return "Aanbieder vraagt om wijziging", "Deze opdracht blijft in het verzoek ongewijzigd."
    nu = omvang(toewijzing.volume, toewijzing.eenheid, toewijzing.frequentie)
    zinnen = [f"Gevraagd: {_omvang(product.omvang)} (nu {nu}), vanaf {weergave.datum(product.gewenste_ingangsdatum)}."]
    if product.einddatum != toewijzing.einddatum:
        zinnen.append(f"Einddatum: {weergave.datum(product.einddatum)} (nu {weergave.datum(toewijzing.einddatum)}).")
    zinnen.append(f"Reden: {omschrijving('WJ758', verzoek.reden_verzoek)}.")
    return "Aanbieder vraagt om wijziging", " ".join(zinnen)


def _aanvraag(bericht: Any) -> Tekst:
    naam, vragen = bericht.client.naam, bericht.client.aangevraagde_producten
    letters = f"{'.'.join(naam.voorletters)}." if naam.voorletters else ""
    wie = " ".join(filter(None, (letters, naam.geslachtsnaam.voorvoegsel, naam.geslachtsnaam.achternaam)))
    zinnen = [f"{_soort_hulp(vraag.product)}, {_omvang(vraag.omvang)}, {_tussen(vraag)}." for vraag in vragen]
    return "Aanbieder vraagt om een opdracht", f"Voor {wie}: {' '.join(zinnen)}"


def _soort_hulp(product: Any) -> str:
    return f"{omschrijving('WMO020', product.categorie)} ({product.code or product.categorie})" if product else "Hulp"


def _tussen(vraag: Any) -> str:
    vanaf = f"vanaf {weergave.datum(vraag.toewijzing_ingangsdatum)}"
    return f"{vanaf} t/m {weergave.datum(vraag.toewijzing_einddatum)}" if vraag.toewijzing_einddatum else vanaf


def _antwoord(bericht: Any) -> Tekst:
    antwoord = bericht.antwoord
    if antwoord.verzoek_antwoord == "2":
        return "Verzoek in onderzoek genomen", "Het eindantwoord komt binnen 8 weken."
    return "Verzoek afgewezen", f"Reden: {omschrijving('WJ759', antwoord.reden_afwijzing_verzoek)}."


KERN: dict[str, Callable[[Any, Toewijzing], Tekst]] = {
    "301": _opdracht,
    "305": _start,
    "307": _stop,
    "317": _wijziging,
}
ZONDER_TOEWIJZING: dict[str, Callable[[Any], Tekst]] = {"315": _aanvraag, "319": _antwoord}

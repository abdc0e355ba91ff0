"""What a Fo01 means, in plain Dutch: at the message that it concerns, in the conversation, and on its own page."""

from collections.abc import Iterable
from dataclasses import dataclass

from berichten.models import Bericht, Foutmelding
from berichten.uitleg import Uitleg, foutuitleg
from wmo import weergave
from wmo.models import Aanstelling

ONBEKEND = "Vraag beheer om na te gaan welk bericht dit was. Klik daarna „Afgehandeld”."
ONLEESBAAR = "De gemeente kan dit bericht niet lezen: de inhoud voldoet niet aan het schema van de standaard."
# OP090x2: outside the messages, when they cannot say it
BEL = "Laat de aanbieder op een andere manier weten dat zijn bericht niet te lezen is. Klik daarna „Afgehandeld”."
WACHT = "De afzender herstelt het bericht en stuurt het opnieuw."
HERSTEL = "Herstel het bericht in uw software. Stuur het opnieuw met een nieuw kenmerk."


@dataclass(frozen=True)
class Melding:
    """`officieel` is the code with the text that came along: people always see both."""

    rij: Foutmelding
    titel: str
    wat: str
    wat_nu: str
    officieel: str


def toon(rij: Foutmelding, aanstelling: Aanstelling) -> Melding:
    """An aanbieder reads what happened; what to do about a message of the gemeente is for the gemeente."""
    uitleg = foutuitleg(rij.code, rij.omschrijving)
    if not rij.is_ontvangen:
        return Melding(rij, "Bericht niet te lezen", *_van_ons(rij, aanstelling), uitleg.officieel)
    if rij.bericht_id is None:
        wat = f"{uitleg.wat} Het nummer in de melding hoort bij geen bericht van dit portaal."
        return Melding(rij, "Foutmelding over een onbekend bericht", wat, ONBEKEND, uitleg.officieel)
    wat_nu = uitleg.wat_nu if aanstelling.is_gemeente else ""
    return Melding(rij, uitleg.titel, uitleg.wat, wat_nu, uitleg.officieel)


def _van_ons(rij: Foutmelding, aanstelling: Aanstelling) -> tuple[str, str]:
    """About a message to us that does not pass its schema."""
    if rij.verzonden_op:
        stand = f"Dit is op {weergave.datum(rij.verzonden_op)} aan de afzender gemeld."
    elif rij.is_opgegeven:
        stand = f"De melding aan de afzender kon niet weg. {rij.laatste_fout}"
    else:
        stand = "De melding aan de afzender gaat vanzelf weg."
    wat_nu = BEL if rij.is_opgegeven else WACHT
    return f"{ONLEESBAAR} {stand}", HERSTEL if aanstelling.is_aanbieder else wat_nu


def van(bericht: Bericht, aanstelling: Aanstelling) -> list[Melding]:
    """Newest first; from the prefetched rows."""
    return [toon(rij, aanstelling) for rij in bericht.foutmeldingen.all()]


def niet_afgeleverd(rijen: Iterable[Foutmelding]) -> Uitleg | None:
    """The newest word of the chain about a message of ours."""
    nieuwste = next((rij for rij in rijen if rij.is_ontvangen), None)
    return foutuitleg(nieuwste.code, nieuwste.omschrijving) if nieuwste else None

"""The lists of the monitor: which messages are in them, in which order, and how many."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from berichten.draad import VERZOEKEN, klok, stand, titel
from berichten.models import Bericht
from declaraties.models import Declaratie
from wmo.models import Aanstelling, Verzoek
from wmo.periodes import vandaag
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok
from wmo.weergave import datum

ACTIE, WACHT, AFGEKEURD, TE_LAAT, ALLE = "actie", "wacht", "afgekeurd", "te-laat", "alle"
LIJSTEN = {
    ACTIE: "Actie nodig",
    WACHT: "Wacht op retour",
    AFGEKEURD: "Afgekeurd",
    TE_LAAT: "Retour te laat",
    ALLE: "Alle berichten",
}
GRENS = 1000
PER_PAGINA = 25
In = Bericht.Richting.IN


@dataclass(frozen=True)
class Item:
    """One line of a list."""

    rij: Bericht
    titel: str
    wie: str
    klok: Klok | None
    stand: str


def berichten(aanstelling: Aanstelling, lijst: str, op: date) -> QuerySet[Bericht]:
    """The messages of one list, in the scope of this person."""
    rijen = Bericht.objects.voor(aanstelling)
    match lijst:
        case "actie":
            return rijen.filter(Q(pk__in=rijen.actie_nodig(op).values("pk")) | _te_beantwoorden(aanstelling))
        case "wacht":
            return rijen.wacht_op_antwoord().filter(afgehandeld_op=None)
        case "afgekeurd":
            return rijen.filter(status=Bericht.Status.AFGEKEURD)
        case "te-laat":
            return rijen.antwoord_te_laat(op).filter(afgehandeld_op=None)
    return rijen


def _te_beantwoorden(aanstelling: Aanstelling) -> Q:
    """Requests and declarations wait for the gemeente, not for the aanbieder."""
    if not aanstelling.is_gemeente:
        return Q(pk__in=[])
    verzoek = Q(Exists(_samen()), richting=In, soort__in=VERZOEKEN)
    return verzoek | Q(richting=In, soort="323", declaratie__status=Declaratie.Status.INGEDIEND)


def _samen() -> QuerySet[Verzoek]:
    """The open requests that a message asked, first what must be answered first; a 315 can ask several (R-303)."""
    return Verzoek.objects.samen(OuterRef("verzoek")).open().order_by("uiterlijk")


def op_volgorde(rijen: QuerySet[Bericht], lijst: str) -> QuerySet[Bericht]:
    """What runs out first comes first; the list of all is newest first. One query for a page with its names."""
    rijen = rijen.select_related(
        "client",
        "aanbieder",
        "gemeente",
        "verzoek",
        "declaratie",
        "behandelaar__gebruiker",
        "herinnerd_door__gebruiker",
    ).annotate(verzoek_uiterlijk=Subquery(_samen().values("uiterlijk")[:1]))
    if lijst == ALLE:
        return rijen.order_by("-id")
    uiterlijk = Coalesce(
        "verzoek_uiterlijk", "antwoord_uiterlijk", "declaratie__antwoord_uiterlijk", Cast("ontstaan_op", DateField())
    )
    return rijen.order_by(uiterlijk, F("id"))


def items(rijen: Any, aanstelling: Aanstelling, kalender: Kalender, nu: datetime) -> list[Item]:
    op = vandaag(nu)
    return [Item(rij, _titel(rij, op), _wie(rij, aanstelling), _klok(rij, kalender, op), stand(rij)) for rij in rijen]


def _titel(rij: Bericht, op: date) -> str:
    if rij.antwoord_ontbreekt(op):
        return f"Antwoord ontbreekt: {titel(rij).lower()}"
    return titel(rij)


def _wie(rij: Bericht, aanstelling: Aanstelling) -> str:
    ander = rij.gemeente if aanstelling.is_aanbieder else rij.aanbieder
    return " · ".join(str(deel) for deel in (rij.client, ander) if deel)


def _klok(rij: Bericht, kalender: Kalender, op: date) -> Klok | None:
    status = Bericht.Status
    if rij.richting == In and rij.soort in VERZOEKEN and (uiterlijk := rij.verzoek_uiterlijk):  # type: ignore[attr-defined]
        return klok("Antwoord", uiterlijk, kalender, op)
    if rij.status == status.VERZONDEN and rij.afgehandeld_op is None:
        return klok("Antwoord", rij.antwoord_uiterlijk, kalender, op)
    if rij.richting == In and rij.declaratie and rij.declaratie.status == Declaratie.Status.INGEDIEND:
        return klok("Antwoord 325", rij.declaratie.antwoord_uiterlijk, kalender, op)
    if rij.afgehandeld_op is not None:
        return None
    wanneer = f"van {datum(rij.ontstaan_op)}"
    fout = rij.status in (status.AFGEKEURD, status.MISLUKT) and rij.richting != In
    if fout and rij.kant == Bericht.Kant.GEMEENTE:
        return Klok("", "Herstel en stuur opnieuw", "rood", "alert-triangle", toelichting=wanneer)
    if fout or rij.status == status.GEPARKEERD:
        return Klok("", "Bekijk wat er mis is", "rood", "alert-triangle", toelichting=wanneer)
    return None


def haperend(aanstelling: Aanstelling) -> int:
    """Messages that the road did not take at the first try and that are still waiting."""
    return Bericht.objects.voor(aanstelling).filter(status=Bericht.Status.KLAAR, pogingen__gt=0)[:GRENS].count()


def aantal(rijen: QuerySet[Bericht]) -> int | str:
    """Bounded, so that a tab costs no scan of a hundred thousand rows."""
    geteld = rijen.order_by()[: GRENS + 1].count()
    return "meer dan 1.000" if geteld > GRENS else geteld

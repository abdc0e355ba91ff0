"""What the header of a dossier shows, put together from rows: facts, clocks, steps, tabs, warnings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from wmo import panelen, weergave
from wmo.data import dwangsombedragen
from wmo.http import PortaalRequest
from wmo.menu import vind_url
from wmo.models import (
    Aanstelling,
    Document,
    Normberekening,
    Notitie,
    Onderzoeksonderwerp,
    Perspectiefplan,
    PlanOndersteuning,
    Toewijzing,
    Voorziening,
    Zaak,
)
from wmo.panelen import Plaats
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import dwangsom, klokken, opschorting
from wmo.rules.kalender import Kalender
from wmo.rules.stappen import Feiten, Stand, Stap, stappen

# page, label and icon that belong to a step; the label of the main button
STAPPAGINA = {
    "melding": ("wmo:melding", "Melding bevestigen", "send"),
    "onderzoek": ("wmo:onderzoek", "Onderzoek doen", "home-heart"),
    "aanvraag": ("wmo:aanvraag", "Aanvraag ontvangen", "inbox"),
    "plan": ("wmo:plan", "Plan schrijven", "edit"),
    "normenkader": ("wmo:normenkader", "Normenkader invullen", "calculator"),
    "beschikking": ("wmo:beschikking", "Beschikking maken", "gavel"),
}
STATUSTOON: dict[str, str] = {
    Zaak.Status.MELDING: "blauw",
    Zaak.Status.ONDERZOEK: "blauw",
    Zaak.Status.ONDERZOEK_AFGEROND: "blauw",
    Zaak.Status.AANVRAAG: "oranje",
    Zaak.Status.BESLUIT_CONCEPT: "oranje",
    Zaak.Status.BEKENDGEMAAKT: "groen",
    Zaak.Status.UITVOERING: "groen",
}


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    aantal: int | str | None = None
    huidig: bool = False


@dataclass(frozen=True)
class Actie:
    label: str
    url: str
    icoon: str = ""


def adres(urlnaam: str, zaak: Zaak) -> str:
    """The page of this case, or nothing when no room has built it."""
    return vind_url(urlnaam, zaak.zaaknummer)


def _aantal(rijen: QuerySet, sleutel: str = "zaak") -> Coalesce:
    """Count of rows that belong to the case, as one subquery."""
    per_zaak = rijen.filter(**{sleutel: OuterRef("pk")}).order_by().values(sleutel).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(per_zaak, output_field=IntegerField()), 0)


def feitenrij(zaak: Zaak, aanstelling: Aanstelling) -> dict[str, Any]:
    """Counts and facts of a case in one query."""
    voorziening = Voorziening.objects.filter(beschikking__zaak=OuterRef("pk")).order_by("-id")
    gevraagd = PlanOndersteuning.objects.filter(plan__zaak=OuterRef("pk")).order_by("-id")
    vast = {"zaak": OuterRef("pk"), "vastgesteld_op__isnull": False}
    return dict(
        Zaak.objects.filter(pk=zaak.pk)
        .annotate(
            documenten_=_aantal(Document.objects.all()),
            notities_=_aantal(zichtbare_notities(aanstelling)),
            toewijzingen_=_aantal(Toewijzing.objects.exclude(status="verwijderd"), "voorziening__beschikking__zaak"),
            onderwerpen_=_aantal(Onderzoeksonderwerp.objects.exclude(tekst=""), "onderzoek__zaak"),
            plan_=Exists(Perspectiefplan.objects.filter(**vast)),
            normenkader_=Exists(Normberekening.objects.filter(**vast)),
            product_=Coalesce(
                Subquery(voorziening.values("product__naam")[:1]), Subquery(gevraagd.values("product__naam")[:1])
            ),
            vorm_=Subquery(voorziening.values("vorm")[:1]),
        )
        .values(
            "documenten_", "notities_", "toewijzingen_", "onderwerpen_", "plan_", "normenkader_", "product_", "vorm_"
        )
        .get()
    )


def zichtbare_notities(aanstelling: Aanstelling) -> QuerySet[Notitie]:
    """Notes for the toegang only are for whoever investigates."""
    return Notitie.objects.filter(Q() if aanstelling.mag(Recht.ONDERZOEKEN) else Q(alleen_toegang=False))


def feiten(zaak: Zaak, rij: dict[str, Any]) -> Feiten:
    return Feiten(
        status=zaak.status,
        melding=vandaag(zaak.melding_op),
        bevestigd=zaak.bevestigd_op is not None,
        clientondersteuning=zaak.clientondersteuning_op is not None,
        persoonlijk_plan=zaak.persoonlijk_plan_op is not None,
        afgezien=zaak.persoonlijk_plan_afgezien_op is not None,
        onderwerpen=rij["onderwerpen_"],
        verslag_verstrekt_op=zaak.verslag_verstrekt_op,
        aanvraag_op=zaak.aanvraag_op,
        plan_vastgesteld=rij["plan_"],
        normenkader_vastgesteld=rij["normenkader_"],
        bekendgemaakt=zaak.bekendgemaakt_op is not None,
    )


def ondersteuning(rij: dict[str, Any]) -> str:
    """Hulp bij het huishouden · zorg in natura"""
    vorm = Voorziening.Vorm(rij["vorm_"]).label.lower() if rij["vorm_"] else ""
    return " · ".join(deel for deel in (rij["product_"], vorm) if deel)


def stappenlijst(zaak: Zaak, rij: dict[str, Any], kalender: Kalender, op: date, door: Aanstelling) -> list[Stap]:
    """The steps of wmo with their pages, then what other apps add."""
    eigen = [
        Stap(s.sleutel, s.label, s.stand, s.reden, adres(STAPPAGINA[s.sleutel][0], zaak))
        for s in stappen(feiten(zaak, rij), kalender, op)
    ]
    extra = [p.stap(zaak) for p in panelen.alle(door) if p.stap is not None]
    return eigen + [s for s in extra if s is not None]


def hoofdactie(zaak: Zaak, lijst: list[Stap]) -> Actie | None:
    """The one filled button: the step for now, when it has a page."""
    stap = next((s for s in lijst if s.stand is Stand.NU and s.url), None)
    if stap is None:
        return None
    _, label, icoon = STAPPAGINA.get(stap.sleutel, ("", stap.label, "chevron-right"))
    if zaak.status == Zaak.Status.BESLUIT_CONCEPT:  # it waits for somebody else
        label, icoon = "Beschikking bekijken", "eye"
    return Actie(label, stap.url, icoon)


def meer_acties(zaak: Zaak, door: Aanstelling, staat_stil: bool, op: date) -> list[Actie]:
    """What can happen at any time, in the order of the menu."""
    if zaak.afgesloten_op is not None:
        return []
    keuzes: list[tuple[bool, str, str]] = [
        (zaak.status in ("aanvraag", "besluit_concept") and not staat_stil, "Klok stilzetten", "wmo:opschorten"),
        (staat_stil, "Klok weer laten lopen", "wmo:hervatten"),
        (_te_laat(zaak, op) and zaak.ingebrekestelling_op is None, "Ingebrekestelling vastleggen",
         "wmo:ingebrekestelling"),
        (True, "Overdragen aan een collega", "wmo:overdragen"),
        (not zaak.spoed and zaak.bekendgemaakt_op is None, "Spoed melden", "wmo:spoed-melden"),
        (zaak.kan_naar(Zaak.Status.INGETROKKEN), "Melding of aanvraag intrekken", "wmo:intrekken"),
        (zaak.kan_naar(Zaak.Status.DOORVERWEZEN), "Doorverwijzen", "wmo:doorverwijzen"),
        (zaak.kan_naar(Zaak.Status.OVERLEDEN), "Overlijden vastleggen", "wmo:overlijden"),
        (True, "Geen berichtenverkeer" if not zaak.client.geen_berichtenverkeer else "Berichtenverkeer weer aan",
         "wmo:berichtenverkeer"),
    ]  # fmt: skip
    mag = door.mag(Recht.ONDERZOEKEN)
    return [Actie(label, url) for kan, label, naam in keuzes if kan and mag and (url := adres(naam, zaak))]


def _te_laat(zaak: Zaak, op: date) -> bool:
    return zaak.status in klokken.BESLISFASE and zaak.uiterste_datum is not None and zaak.uiterste_datum < op


def klokkenrij(zaak: Zaak, datums: klokken.Zaakdatums, kalender: Kalender, op: date) -> list[klokken.Klok]:
    """The three clocks, and the fourth once the gemeente was put in default (R-050)."""
    rij = klokken.klokken(datums, kalender, op)
    if zaak.ingebrekestelling_op is None or zaak.aanvraag_op is None:
        return rij
    termijn = opschorting.besluit(zaak.aanvraag_op, kalender, datums.opschortingen).termijn
    if termijn is not None:
        rij.append(
            dwangsom.klok(
                uiterste_beslisdatum=termijn.laatste_dag,
                ingebrekestelling=zaak.ingebrekestelling_op,
                bekendgemaakt=zaak.bekendgemaakt_op or zaak.afgesloten_op,
                op=op,
                tabel=dwangsombedragen(),
                kalender=kalender,
                in_woorden=weergave.bedrag,
            )
        )
    return rij


def tabs(zaak: Zaak, rij: dict[str, Any], door: Aanstelling, huidig: str) -> list[Tab]:
    """Own tabs in the order of the work, panels of other apps before the documents; no tab without a page."""
    voor: list[tuple[str, str, str, int | None]] = [
        ("overzicht", "Overzicht", "wmo:zaak", None),
        ("onderzoek", "Onderzoek", "wmo:onderzoek", None),
        ("plan", "Perspectiefplan", "wmo:plan", None),
        ("normenkader", "Normenkader", "wmo:normenkader", None),
        ("beschikking", "Beschikking", "wmo:beschikking", None),
        ("toewijzingen", "Toewijzingen", "wmo:toewijzingen", rij["toewijzingen_"]),
        ("uitvoering", "Uitvoering", "wmo:uitvoering", None),
        ("evaluatie", "Evaluatie", "wmo:evaluatie", None),
    ]
    na: list[tuple[str, str, str, int | None]] = [
        ("documenten", "Documenten", "wmo:documenten", rij["documenten_"]),
        ("notities", "Notities", "wmo:notities", rij["notities_"]),
        *([("inzage", "Wie keek mee?", "wmo:inzage", None)] if door.mag(Recht.INZAGE_LEZEN) else []),
    ]
    eigen = [[Tab(label, url, n, sleutel == huidig) for sleutel, label, naam, n in deel if (url := adres(naam, zaak))]
             for deel in (voor, na)]  # fmt: skip
    return eigen[0] + [_paneeltab(zaak, p, huidig) for p in panelen.alle(door, Plaats.TAB)] + eigen[1]


def _paneeltab(zaak: Zaak, paneel: panelen.Paneel, huidig: str) -> Tab:
    url = (
        adres(paneel.urlnaam, zaak) if paneel.urlnaam else reverse("wmo:paneel", args=[zaak.zaaknummer, paneel.sleutel])
    )
    return Tab(paneel.titel, url, paneel.aantal(zaak) if paneel.aantal else None, paneel.sleutel == huidig)


def waarschuwingen(zaak: Zaak) -> list[str]:
    """What must be known before anything else, above the header."""
    client, zinnen = zaak.client, []
    if client.overleden_op is not None:
        zinnen.append(f"De cliënt is overleden op {client.overleden_op:%d-%m-%Y}.")
    if client.geen_berichtenverkeer:
        zinnen.append("Geen berichtenverkeer: stuur over deze cliënt geen berichten en bel de aanbieder.")
    if client.afgeschermd:
        zinnen.append("Dit dossier is afgeschermd. Deel geen adres.")
    return zinnen


def leeftijd(geboren: date, op: date) -> int:
    return op.year - geboren.year - ((op.month, op.day) < (geboren.month, geboren.day))


def paneelblokken(request: PortaalRequest, zaak: Zaak, plaats: Plaats, nu: datetime) -> list[SafeString]:
    """Blocks of other apps for the overview, each rendered with its own variables."""
    return [
        render_to_string(p.template, {"zaak": zaak, **p.context(zaak, request.aanstelling, nu)}, request)
        for p in panelen.alle(request.aanstelling, plaats)
    ]

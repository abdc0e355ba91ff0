"""What wmo counts for the report of a gemeente: in time, in and out, the normenkader, the start of help."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import Count, F, Q, Sum

from wmo.models import GelijkgesteldeDag, Gemeente, Leveringsfeit, Normberekening, Zaak
from wmo.periodes import Periode, vandaag
from wmo.rapportage import Blok, registreer
from wmo.rules import klokken, opschorting, termijnen
from wmo.rules.afronden import geheel
from wmo.rules.rapportage import GEEN, aandeel, middelste


def registreer_blokken() -> None:
    registreer(Blok("op-tijd", "Op tijd", op_tijd))
    registreer(Blok("stroom", "Meldingen en zaken", stroom))
    registreer(Blok("normenkader", "Normenkader", normenkader))
    registreer(Blok("start", "Start van de hulp", start))


def op_tijd(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """Right to the day, with suspensions and the calendar (R-011, R-020, R-046). Three queries."""
    kalender = GelijkgesteldeDag.objects.kalender()
    verslagen = Zaak.objects.filter(gemeente=gemeente, verslag_verstrekt_op__range=_grenzen(periode))
    onderzoek = [
        (zaak.verslag_verstrekt_op, termijnen.onderzoek(vandaag(zaak.melding_op), kalender).laatste_dag)
        for zaak in verslagen.only("melding_op", "verslag_verstrekt_op")
    ]
    besluiten = Zaak.objects.filter(gemeente=gemeente, bekendgemaakt_op__range=_grenzen(periode))
    besluit, looptijd = [], []
    for zaak in besluiten.exclude(aanvraag_op=None).prefetch_related("opschortingen"):
        assert zaak.aanvraag_op
        assert zaak.bekendgemaakt_op
        klok = opschorting.besluit(zaak.aanvraag_op, kalender, klokken.uit_rijen(zaak.opschortingen.all()))
        besluit.append((zaak.bekendgemaakt_op, klok.termijn.laatste_dag if klok.termijn else None))
        looptijd.append((zaak.bekendgemaakt_op - vandaag(zaak.melding_op)).days)
    return {
        "Onderzoek klaar binnen 6 weken": aandeel(*_gehaald(onderzoek)),
        "Besluit bekend binnen de termijn": aandeel(*_gehaald(besluit)),
        "Van melding tot besluit (mediaan)": middelste(looptijd),
    }


def _grenzen(periode: Periode) -> tuple[object, object]:
    return periode.ingangsdatum, periode.laatste_dag


def _gehaald(dagen: list[tuple]) -> tuple[int, int]:
    """How many met their last day, of how many. A clock that stands still has no last day to miss."""
    return sum(laatste is None or dag <= laatste for dag, laatste in dagen), len(dagen)


def stroom(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """One query."""
    binnen = _grenzen(periode)
    tel = Zaak.objects.filter(gemeente=gemeente).aggregate(
        gemeld=Count("pk", filter=Q(melding_op__date__range=binnen)),
        spoed=Count("pk", filter=Q(melding_op__date__range=binnen, spoed=True)),
        besloten=Count("pk", filter=Q(bekendgemaakt_op__range=binnen)),
        afgesloten=Count("pk", filter=Q(afgesloten_op__range=binnen)),
    )
    return {
        "Nieuwe meldingen": str(tel["gemeld"]),
        "Waarvan spoed": str(tel["spoed"]),
        "Besluiten bekendgemaakt": str(tel["besloten"]),
        "Zaken afgesloten": str(tel["afgesloten"]),
    }


def normenkader(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """How often a consulent had a reason to decide otherwise (R-204). One query."""
    vast = Normberekening.objects.filter(
        zaak__gemeente=gemeente, vastgesteld_op__date__range=_grenzen(periode)
    ).aggregate(
        totaal=Count("pk"),
        anders=Count("pk", filter=~Q(vastgesteld=F("berekend"))),
        verschil=Sum(F("vastgesteld") - F("berekend")),
    )
    anders = vast["anders"]
    verschil = f"{geheel(Fraction(vast['verschil'], anders)):+d} minuten per week" if anders else GEEN
    return {
        "Anders dan de norm vastgesteld": aandeel(anders, vast["totaal"]),
        "Gemiddeld verschil bij een afwijking": verschil,
    }


def start(gemeente: Gemeente, periode: Periode) -> dict[str, str]:
    """From decision to first day of help. One query."""
    starts = Leveringsfeit.objects.filter(
        levering__toewijzing__gemeente=gemeente,
        soort=Leveringsfeit.Soort.START,
        vervallen_op=None,
        begindatum__range=_grenzen(periode),
    ).values_list("begindatum", "levering__toewijzing__voorziening__beschikking__bekendgemaakt_op")
    dagen = [(begin - besluit).days for begin, besluit in starts if besluit is not None]
    return {"Gestarte hulp": str(len(dagen)), "Van besluit tot start (mediaan)": middelste(dagen)}

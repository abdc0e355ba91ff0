"""The data of the letters around the investigation: confirmation, report, and a clock that stands still."""

from __future__ import annotations

from datetime import date
from typing import Any

from wmo import weergave
from wmo.brieven.hoofd import briefhoofd, datum, toetsen
from wmo.models import Opschorting, Zaak
from wmo.periodes import vandaag
from wmo.rules import termijnen
from wmo.rules.kalender import Kalender


def ontvangstbevestiging(zaak: Zaak, *, op: date, kalender: Kalender) -> dict[str, Any]:
    """R-010, with the seven days for a personal plan (R-012) and free support (R-013)."""
    melding = vandaag(zaak.melding_op)
    return briefhoofd(zaak, titel="Wij hebben uw melding ontvangen", kenmerk=f"{zaak.zaaknummer}-M", op=op) | {
        "melding": {
            "datum": datum(melding),
            "namens": f" van {zaak.namens}" if zaak.namens else "",
            "hulpvraag": zaak.hulpvraag,
        },
        "termijn": {
            "onderzoek": weergave.datum_voluit(termijnen.onderzoek(melding, kalender).laatste_dag),
            "persoonlijk_plan": weergave.datum_voluit(termijnen.persoonlijk_plan(melding, kalender).laatste_dag),
        },
        "clientondersteuning": _gewezen_op(zaak),
    }


def _gewezen_op(zaak: Zaak) -> str:
    """Date and way in which the client was pointed to it, else where to ask (R-013)."""
    if zaak.clientondersteuning_op is None:
        return "Vraag ons wie u daarbij kan helpen. U kunt daar nu al om vragen, voor het gesprek."
    hoe = zaak.get_clientondersteuning_kanaal_display().lower()
    return f"Wij vertelden u dit op {datum(zaak.clientondersteuning_op)}" + (f" ({hoe})." if hoe else ".")


def verslag(zaak: Zaak, *, op: date) -> dict[str, Any]:
    """R-019: the seven topics and the order of tests. Needs `zaak.onderzoek`."""
    onderzoek = zaak.onderzoek
    return briefhoofd(zaak, titel="Verslag van het onderzoek", kenmerk=f"{zaak.zaaknummer}-V", op=op) | {
        "onderzoek": {
            "gespreksdatum": datum(onderzoek.gespreksdatum),
            "aanwezigen": onderzoek.aanwezigen or "u",
            "hulpvraag": zaak.hulpvraag,
        },
        "onderwerpen": [
            {"vraag": o.get_onderwerp_display(), "tekst": o.tekst, "oordeel": o.get_oordeel_display().lower()}
            for o in onderzoek.onderwerpen.all()
        ],
        "toetsen": toetsen(zaak),
        "pgb": _pgb(onderzoek.pgb_uitleg_op),
    }


def _pgb(uitleg_op: date | None) -> list[str]:
    """R-015: the choice and what it means, in plain words."""
    zinnen = [
        "U kunt kiezen voor een persoonsgebonden budget (pgb). Dan regelt en betaalt u zelf uw hulp.",
        "De SVB doet de betalingen voor u. U moet het budget kunnen beheren en uitleggen waarom u dit wilt.",
    ]
    return zinnen + ([f"Wij bespraken dit met u op {datum(uitleg_op)}."] if uitleg_op else [])


def opschorting(
    rij: Opschorting, *, op: date, nieuwe_uiterste_datum: date | None = None, gevraagd: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The clock stops, or with `nieuwe_uiterste_datum` runs again: the client reads the new last day (Awb 4:15)."""
    zaak = rij.zaak
    loopt_weer = nieuwe_uiterste_datum is not None
    vanaf = f"De termijn voor ons besluit staat stil vanaf {datum(rij.eerste_dag)}."
    tot = rij.laatste_dag or rij.hersteltermijn_tot
    weer = f"De termijn voor ons besluit loopt weer. Wij besluiten uiterlijk op {datum(nieuwe_uiterste_datum)}."
    titel = "De termijn voor ons besluit loopt weer" if loopt_weer else "De termijn voor ons besluit staat stil"
    return briefhoofd(zaak, titel=titel, kenmerk=f"{zaak.zaaknummer}-O{rij.pk}", op=op) | {
        "aanvraag": datum(zaak.aanvraag_op),
        "opschorting": {
            "wat": weer if loopt_weer else vanaf,
            "reden": f"{rij.get_grond_display()}.\n\n{rij.toelichting}".strip(),
            "gevolg": [
                "De dagen dat de termijn stilstaat, tellen niet mee.",
                *([f"De termijn staat stil tot en met {datum(tot)}."] if tot and not loopt_weer else []),
            ],
            "gevraagd": list(gevraagd),
            "hersteltermijn": datum(rij.hersteltermijn_tot),
        },
    }

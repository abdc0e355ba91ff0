"""Before the help starts: the first talk and the uitvoeringsplan (R-074, R-091, R-103, R-104)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wmo.actions import logboek, taken
from wmo.actions.kader import Geweigerd, actie
from wmo.models import (
    Aanstelling,
    Gemeenteregel,
    Kennismaking,
    Levering,
    Regelsleutel,
    Taak,
    Toewijzing,
    Uitvoeringsplan,
)
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import uitvoering as regels

PLANVELDEN = ("resultaten", "werkafspraken", "zelf_doen", "ritme", "ritme_reden", "besproken_op")


def intake_nodig(toewijzing: Toewijzing, *, op: date) -> bool:
    """Whether this gemeente wants an intake before the start (R-074); without a rule getting acquainted is enough."""
    return bool(
        Gemeenteregel.objects.waarde(toewijzing.gemeente, Regelsleutel.INTAKE_VERPLICHT, op=op, standaard=False)
    )


@actie(Recht.LEVERING_MELDEN)
def leg_kennismaking_vast(
    *,
    toewijzing: Toewijzing,
    gesprek_op: date,
    verwachtingen: str,
    afspraken: str,
    indruk: str = "",
    door: Aanstelling,
    nu: datetime,
) -> Kennismaking:
    """The talk before the start. Its kind follows from the gemeente. A second time mends the first."""
    if gesprek_op > vandaag(nu):
        raise Geweigerd("Dit gesprek ligt in de toekomst. Leg het vast als het is geweest.", reden="TOEKOMST")
    soort = Kennismaking.Soort.INTAKE if intake_nodig(toewijzing, op=vandaag(nu)) else Kennismaking.Soort.KENNISMAKING
    velden = {
        "soort": soort, "gesprek_op": gesprek_op, "verwachtingen": verwachtingen, "afspraken": afspraken,
        "indruk": indruk, "vastgelegd_op": nu, "vastgelegd_door": door,
    }  # fmt: skip
    gesprek, _ = Kennismaking.objects.update_or_create(toewijzing=toewijzing, defaults=velden)
    taken.rond_af(sleutel=f"kennismaking:{toewijzing.pk}", nu=nu)
    tekst = f"{gesprek.get_soort_display()} vastgelegd van {gesprek_op:%d-%m-%Y}"
    _noteer(toewijzing, gesprek, "leg_kennismaking_vast", tekst, door, nu)
    return gesprek


@actie(Recht.LEVERING_MELDEN)
def bewaar_plan(*, toewijzing: Toewijzing, inhoud: dict[str, Any], door: Aanstelling, nu: datetime) -> Uitvoeringsplan:
    """Keep the concept; after a sent version the next one begins. `inhoud` holds PLANVELDEN, complete or not."""
    _vergrendel(toewijzing)
    laatste = toewijzing.uitvoeringsplannen.first()
    velden = {veld: inhoud[veld] for veld in PLANVELDEN} | {"bewaard_op": nu, "bewaard_door": door}
    if laatste is None or laatste.verstuurd_op is not None:
        versie = laatste.versie + 1 if laatste else 1
        plan = toewijzing.uitvoeringsplannen.create(versie=versie, **velden)
    else:
        plan = laatste
        for veld, waarde in velden.items():
            setattr(plan, veld, waarde)
        plan.save(update_fields=list(velden))
    _noteer(toewijzing, plan, "bewaar_plan", f"Uitvoeringsplan versie {plan.versie} bewaard", door, nu)
    return plan


@actie(Recht.LEVERING_MELDEN)
def stuur_plan(*, toewijzing: Toewijzing, inhoud: dict[str, Any], door: Aanstelling, nu: datetime) -> Uitvoeringsplan:
    """Save and send to the gemeente: final, without a signature of the client (R-091). Geweigerd: ONVOLLEDIG."""
    stand = regels.Uitvoeringsplan(**{veld: inhoud[veld] for veld in PLANVELDEN})
    if zinnen := regels.weiger_versturen(stand, op=vandaag(nu)):
        raise Geweigerd(" ".join(zinnen), reden="ONVOLLEDIG")
    plan = bewaar_plan(toewijzing=toewijzing, inhoud=inhoud, door=door, nu=nu)
    plan.verstuurd_op = nu
    plan.save(update_fields=["verstuurd_op"])
    taken.rond_af(sleutel=f"uitvoeringsplan:{toewijzing.pk}", nu=nu)
    _noteer(toewijzing, plan, "stuur_plan", f"Uitvoeringsplan versie {plan.versie} verstuurd", door, nu)
    return plan


def zet_taken(*, toewijzing: Toewijzing, nu: datetime) -> None:
    """Both belong before the last day to start (R-103, R-104). Called inside the action that takes in the opdracht."""
    gedeeld: dict[str, Any] = {
        "gemeente": toewijzing.gemeente, "aanbieder": toewijzing.aanbieder, "nu": nu,
        "uiterlijk": toewijzing.uiterste_startdatum,
    }  # fmt: skip
    pad = f"/aanbieder/clienten/{toewijzing.pk}/"
    if intake_nodig(toewijzing, op=vandaag(nu)):
        taken.zet_klaar(
            sleutel=f"kennismaking:{toewijzing.pk}",
            soort=Taak.Soort.KENNISMAKING,
            titel=f"Houd het intakegesprek van opdracht {toewijzing.toewijzingnummer}",
            pad=f"{pad}kennismaking/",
            **gedeeld,
        )
    if regels.hoort_uitvoeringsplan(toewijzing.product.categorie):
        taken.zet_klaar(
            sleutel=f"uitvoeringsplan:{toewijzing.pk}",
            soort=Taak.Soort.UITVOERINGSPLAN,
            titel=f"Maak het uitvoeringsplan van opdracht {toewijzing.toewijzingnummer}",
            pad=f"{pad}uitvoeringsplan/",
            **gedeeld,
        )


def _vergrendel(toewijzing: Toewijzing) -> None:
    """Two people on one plan wait for each other: one concept, one next version."""
    Levering.objects.select_for_update().get(toewijzing=toewijzing)


def _noteer(
    toewijzing: Toewijzing,
    over: Kennismaking | Uitvoeringsplan,
    handeling: str,
    tekst: str,
    door: Aanstelling,
    nu: datetime,
) -> None:
    zaak = toewijzing.voorziening.beschikking.zaak
    tekst = f"{tekst} (toewijzing {toewijzing.toewijzingnummer})"
    logboek.noteer(door=door, nu=nu, handeling=f"uitvoering.{handeling}", over=over, zaak=zaak, tekst=tekst)

"""Delivery of an opdracht: read the remark, accept, start, stop, and undoing of a start or stop.

The state follows from the facts that stand (wmo/rules/levering.py); a refusal carries the iWmo return code, so that a
306 or 308 can name it and a screen can explain it.
"""

from datetime import date, datetime
from typing import Any

from wmo.actions import logboek, taken, uitvoering
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Levering, Leveringsfeit, Taak, Toewijzing
from wmo.permissions import Recht
from wmo.rules import levering as regels

ZINNEN = {
    "9063": "Deze melding kennen wij niet. Controleer de datums.",
    "9069": "Er is geen start bekend. Meld eerst de start.",
    "9071": "Er is al een stop gemeld. Verwijder eerst de stop.",
    "9074": "Deze melding was er al. U hoeft niets te doen.",
    "9326": "De hulp loopt al. Meld eerst een stop.",
    "9413": "De hulp is al tijdelijk gestopt. Meld een nieuwe start of een definitieve stop.",
    "9414": "De einddatum ligt voor de tijdelijke stop. Kies een latere datum.",
    "9415": "De hulp is al definitief gestopt. Meld een nieuwe start als de hulp weer begint.",
    "0001": "De einddatum ligt voor de begindatum. Pas een van de twee aan.",
}


@actie(Recht.LEVERING_MELDEN)
def lees_opmerking(*, toewijzing: Toewijzing, door: Aanstelling, nu: datetime) -> None:
    """The provider says that it has read the remark of the gemeente: needed before planning (R-106)."""
    Toewijzing.objects.filter(pk=toewijzing.pk, opmerking_gelezen_op=None).update(opmerking_gelezen_op=nu)
    taken.rond_af(sleutel=f"opmerking:{toewijzing.pk}", nu=nu)
    _noteer(toewijzing, door, nu, "leveringen.lees_opmerking", "Aanbieder heeft de opmerking gelezen")


@actie(Recht.LEVERING_MELDEN)
def accepteer(*, toewijzing: Toewijzing, door: Aanstelling, nu: datetime) -> None:
    """The opdracht is accepted (R-102). iWmo has no message for it; the 305 is the first hard proof."""
    Levering.objects.filter(toewijzing=toewijzing, geaccepteerd_op=None).update(geaccepteerd_op=nu)
    _noteer(toewijzing, door, nu, "leveringen.accepteer", "Aanbieder heeft de opdracht geaccepteerd")


@actie(Recht.LEVERING_MELDEN)
def meld_start(*, toewijzing: Toewijzing, begindatum: date, door: Aanstelling, nu: datetime) -> Leveringsfeit:
    """Care began on `begindatum` (305, status 1). Raises Geweigerd with the return code as `reden`."""
    levering = _vergrendel(toewijzing)
    _eis(regels.verwerk_start(verloop(levering), regels.Start(begindatum)))
    feit = levering.feiten.create(soort=Leveringsfeit.Soort.START, begindatum=begindatum, gemeld_op=nu)
    _werk_bij(levering)
    taken.rond_af(sleutel=f"start:{toewijzing.pk}", nu=nu)
    _noteer(toewijzing, door, nu, "leveringen.meld_start", f"De hulp is gestart op {begindatum:%d-%m-%Y}")
    return feit


@actie(Recht.LEVERING_MELDEN)
def verwijder_start(*, toewijzing: Toewijzing, begindatum: date, door: Aanstelling, nu: datetime) -> None:
    """An earlier start was wrong (305, status 3)."""
    levering = _vergrendel(toewijzing)
    _eis(regels.verwerk_start(verloop(levering), regels.Start(begindatum), regels.VERWIJDEREN))
    levering.feiten.filter(soort=Leveringsfeit.Soort.START, begindatum=begindatum, vervallen_op=None).update(
        vervallen_op=nu
    )
    _werk_bij(levering)
    _noteer(toewijzing, door, nu, "leveringen.verwijder_start", f"De start op {begindatum:%d-%m-%Y} is ingetrokken")


@actie(Recht.LEVERING_MELDEN)
def meld_stop(
    *, toewijzing: Toewijzing, begindatum: date, einddatum: date, reden: str, door: Aanstelling, nu: datetime
) -> Leveringsfeit:
    """Care that began on `begindatum` ended on `einddatum` (307, status 1); `reden` 20 is temporary (R-137)."""
    levering = _vergrendel(toewijzing)
    _eis(regels.verwerk_stop(verloop(levering), regels.Stop(begindatum, einddatum, reden)))
    feit = levering.feiten.create(
        soort=Leveringsfeit.Soort.STOP,
        begindatum=begindatum,
        einddatum=einddatum,
        reden_beeindiging=reden,
        gemeld_op=nu,
    )
    _werk_bij(levering)
    soort = "tijdelijk gestopt" if reden == regels.TIJDELIJKE_STOP else "gestopt"
    _noteer(toewijzing, door, nu, "leveringen.meld_stop", f"De hulp is {soort} op {einddatum:%d-%m-%Y}", reden=reden)
    return feit


@actie(Recht.LEVERING_MELDEN)
def verwijder_stop(
    *, toewijzing: Toewijzing, begindatum: date, einddatum: date, reden: str, door: Aanstelling, nu: datetime
) -> None:
    """An earlier stop was wrong (307, status 3): back to the state before it."""
    levering = _vergrendel(toewijzing)
    stop = regels.Stop(begindatum, einddatum, reden)
    _eis(regels.verwerk_stop(verloop(levering), stop, regels.VERWIJDEREN))
    levering.feiten.filter(
        soort=Leveringsfeit.Soort.STOP,
        begindatum=begindatum,
        einddatum=einddatum,
        reden_beeindiging=reden,
        vervallen_op=None,
    ).update(vervallen_op=nu)
    _werk_bij(levering)
    _noteer(toewijzing, door, nu, "leveringen.verwijder_stop", f"De stop op {einddatum:%d-%m-%Y} is ingetrokken")


def verloop(levering: Levering) -> regels.Leveringsverloop:
    """The facts that stand, as the rules read them. One query."""
    feiten = list(levering.feiten.filter(vervallen_op=None))
    return regels.Leveringsverloop(
        starts=tuple(regels.Start(f.begindatum) for f in feiten if f.soort == Leveringsfeit.Soort.START),
        stops=tuple(
            regels.Stop(f.begindatum, f.einddatum, f.reden_beeindiging)
            for f in feiten
            if f.soort == Leveringsfeit.Soort.STOP and f.einddatum
        ),
    )


def _vergrendel(toewijzing: Toewijzing) -> Levering:
    """Two messages about one delivery wait for each other: the second judges what the first left behind."""
    return Levering.objects.select_for_update().get(toewijzing=toewijzing)


def _eis(verwerking: regels.Verwerking) -> None:
    if verwerking.code:
        raise Geweigerd(ZINNEN[verwerking.code], reden=verwerking.code)


def _werk_bij(levering: Levering) -> None:
    """Write the state that follows from the facts onto the levering and the toewijzing."""
    stand = verloop(levering)
    start = stand.lopende_start
    stops = stand.stops_van(start.begindatum) if start else []
    laatste = max(stops, key=lambda stop: (stop.einddatum, not stop.is_tijdelijk), default=None)
    status = Levering.Status[stand.toestand.name]
    velden = {
        "begindatum": start.begindatum if start else None,
        "einddatum": laatste.einddatum if laatste else None,
        "reden_beeindiging": laatste.reden if laatste else "",
    }
    if status == levering.status:
        Levering.objects.filter(pk=levering.pk).update(**velden)
    else:
        levering.zet_status(status, **velden)
    _volg_toewijzing(levering)


def _volg_toewijzing(levering: Levering) -> None:
    toewijzing = Toewijzing.objects.get(pk=levering.toewijzing_id)
    doel = {
        Levering.Status.GESTART: Toewijzing.Status.ACTIEF,
        Levering.Status.DEFINITIEF_GESTOPT: Toewijzing.Status.BEEINDIGD,
    }.get(Levering.Status(levering.status))
    if doel and toewijzing.status != doel and toewijzing.kan_naar(doel):
        toewijzing.zet_status(doel)


def _noteer(
    toewijzing: Toewijzing, door: Aanstelling, nu: datetime, handeling: str, tekst: str, reden: str = ""
) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=handeling,
        over=toewijzing,
        zaak=toewijzing.voorziening.beschikking.zaak,
        tekst=f"{tekst} (toewijzing {toewijzing.toewijzingnummer})",
        reden=reden,
    )


def zet_starttaken(*, toewijzing: Toewijzing, nu: datetime) -> None:
    """What the provider has to do after an opdracht: read the remark, prepare, start within the term (R-103, R-106)."""
    gedeeld: dict[str, Any] = {"gemeente": toewijzing.gemeente, "aanbieder": toewijzing.aanbieder, "nu": nu}
    pad = f"/aanbieder/clienten/{toewijzing.pk}/"
    if toewijzing.opmerking:
        taken.zet_klaar(
            sleutel=f"opmerking:{toewijzing.pk}",
            soort=Taak.Soort.OPMERKING_LEZEN,
            titel=f"Lees de opmerking bij opdracht {toewijzing.toewijzingnummer}",
            pad=pad,
            **gedeeld,
        )
    taken.zet_klaar(
        sleutel=f"start:{toewijzing.pk}",
        soort=Taak.Soort.START_MELDEN,
        titel=f"Meld de start van opdracht {toewijzing.toewijzingnummer}",
        uiterlijk=toewijzing.uiterste_startdatum,
        pad=pad,
        **gedeeld,
    )
    uitvoering.zet_taken(toewijzing=toewijzing, nu=nu)

"""Run the control over the stored lines of a declaration and write the outcome on the rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from declaraties.actions import feiten
from declaraties.actions.sloten import vergrendel_geld
from declaraties.models import Declaratie, Declaratieregel
from declaraties.models.maanden import tel_op
from declaraties.rules.controle import Bevinding, beoordeel_alle
from declaraties.rules.uitleg import mag_toch_goed
from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling
from wmo.permissions import Recht

PER_KEER = 2000
Status = Declaratieregel.Status
GEVELD = ("status", "afkeurcodes", "bevindingen")


@actie(Recht.DECLAREREN)
def controleer(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> int:
    """The provider's own check of a concept, with the rules of the gemeente; the number of lines that would fail.

    Raises Geweigerd, INGEDIEND: from then on only the gemeente judges.
    """
    vergrendel_geld(declaratie.aanbieder_id, declaratie.gemeente_id)
    declaratie.refresh_from_db()
    if declaratie.status != Declaratie.Status.OPGESTELD:
        raise Geweigerd("Deze declaratie is al ingediend. De gemeente controleert haar.", reden="INGEDIEND")
    keur(declaratie, nu=nu)
    _noteer(declaratie, door, nu)
    return declaratie.aantal_uitval


@actie(Recht.DECLARATIES_BEOORDELEN)
def controleer_opnieuw(*, declaratie: Declaratie, door: Aanstelling, nu: datetime) -> int:
    """Judge a submitted declaration again, for instance after a toewijzing was mended. Decisions of people stay."""
    vergrendel_geld(declaratie.aanbieder_id, declaratie.gemeente_id)
    _eis_te_beoordelen(declaratie)
    keur(declaratie, nu=nu)
    _noteer(declaratie, door, nu)
    return declaratie.aantal_uitval


def _eis_te_beoordelen(declaratie: Declaratie) -> None:
    """Under the lock: once the answer is fixed, no line may change behind it."""
    declaratie.refresh_from_db()
    if declaratie.status != Declaratie.Status.INGEDIEND:
        raise Geweigerd("Deze declaratie is al beantwoord. De uitkomst staat vast.", reden="BEANTWOORD")


def _noteer(declaratie: Declaratie, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.controleer",
        over=declaratie,
        gemeente=declaratie.gemeente,
        tekst=f"{declaratie} gecontroleerd: {declaratie.aantal_uitval} van {declaratie.aantal_regels} regels uitval",
    )


def keur(declaratie: Declaratie, *, nu: datetime) -> None:
    """Judge all lines in batches that never cut a toewijzing in two. Inside an action that holds the lock."""
    prijzen = feiten.Prijslijst(declaratie)
    is_concept = declaratie.status == Declaratie.Status.OPGESTELD
    for rijen in _porties(declaratie):
        bevindingen = _beoordeel(declaratie, rijen, prijzen)
        gewijzigd = [r for r, b in zip(rijen, bevindingen, strict=True) if _zet_uitkomst(r, b, is_concept)]
        _schrijf(gewijzigd)
    tel_op(declaratie)
    declaratie.gecontroleerd_op = nu
    declaratie.save(update_fields=["gecontroleerd_op"])


def _porties(declaratie: Declaratie) -> Iterator[list[Declaratieregel]]:
    rijen = declaratie.regels.order_by("toewijzingnummer", "id").iterator(PER_KEER)
    portie: list[Declaratieregel] = []
    for _, groep in groupby(rijen, key=lambda rij: rij.toewijzingnummer):
        portie += groep
        if len(portie) >= PER_KEER:
            yield portie
            portie = []
    if portie:
        yield portie


def _beoordeel(
    declaratie: Declaratie, rijen: list[Declaratieregel], prijzen: feiten.Prijslijst
) -> list[list[Bevinding]]:
    regels = [feiten.als_regel(rij) for rij in rijen]
    bekend = feiten.toewijzingen(declaratie, (regel.toewijzingnummer for regel in regels))
    return beoordeel_alle(
        regels,
        maand=declaratie.periode,
        toewijzingen={nummer: feit.toegewezen for nummer, feit in bekend.items()},
        prijzen=prijzen.voor(regels),
        boeken=feiten.boeken(declaratie, bekend.values(), regels),
        bekende_nummers=feiten.bekende_nummers(declaratie, regels),
    )


def _zet_uitkomst(rij: Declaratieregel, bevindingen: list[Bevinding], is_concept: bool) -> bool:
    """Put the outcome on the row in memory; False when it already says so."""
    codes = [b.code for b in bevindingen]
    status = rij.status
    if not is_concept and rij.besloten_door_id is None:
        status = Status.AFGEKEURD if codes else Status.GOEDGEKEURD
    nieuw = (status, codes, [als_json(b) for b in bevindingen])
    if nieuw == tuple(getattr(rij, veld) for veld in GEVELD):
        return False
    rij.status, rij.afkeurcodes, rij.bevindingen = nieuw
    return True


def als_json(bevinding: Bevinding) -> dict[str, str]:
    return {veld: getattr(bevinding, veld) for veld in ("code", "tekst", "verwacht", "ingediend")}


def _schrijf(rijen: list[Declaratieregel]) -> None:
    """Refused lines first: only then can the debet that a refused credit pointed at live again."""
    fout = [rij for rij in rijen if rij.afkeurcodes]
    Declaratieregel.objects.bulk_update(fout, GEVELD, batch_size=500)
    herleeft = [rij.vorige_id for rij in fout if rij.is_credit and rij.status == Status.AFGEKEURD and rij.vorige_id]
    Declaratieregel.objects.filter(pk__in=herleeft).update(gecrediteerd=False)
    for status in Status.values:
        goed = [rij.pk for rij in rijen if not rij.afkeurcodes and rij.status == status]
        if goed:
            Declaratieregel.objects.filter(pk__in=goed).update(status=status, afkeurcodes=[], bevindingen=[])


@actie(Recht.DECLARATIES_BEOORDELEN)
def beslis(*, regel: Declaratieregel, goed: bool, reden: str, door: Aanstelling, nu: datetime) -> None:
    """Approve a line that the control stopped, where policy allows it, or take that decision back."""
    declaratie = regel.declaratie
    vergrendel_geld(declaratie.aanbieder_id, declaratie.gemeente_id)
    _eis_te_beoordelen(declaratie)
    regel.refresh_from_db(fields=["status", "afkeurcodes", "bevindingen"])
    if not mag_toch_goed(regel.afkeurcodes):
        raise Geweigerd("Deze regel kunt u niet zelf goedkeuren. De standaard staat dat niet toe.", reden="VAST")
    if goed and not reden.strip():
        raise Geweigerd("Schrijf waarom u deze regel toch goedkeurt.", reden="REDEN")
    regel.status = Status.GOEDGEKEURD if goed else Status.AFGEKEURD
    regel.besluitreden, regel.besloten_door = (reden.strip(), door) if goed else ("", None)
    regel.save(update_fields=["status", "besluitreden", "besloten_door"])
    tel_op(declaratie)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.beslis",
        over=regel,
        gemeente=declaratie.gemeente,
        tekst=f"Regel {regel.referentienummer} van {declaratie} {regel.get_status_display().lower()}",
        reden=reden.strip(),
        details={"codes": regel.afkeurcodes},
    )

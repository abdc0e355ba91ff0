"""A pause on request of the client: what it means for messages and money is policy of the gemeente (R-230)."""

from datetime import date, datetime

from wmo.actions import logboek, taken
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Gemeenteregel, Levering, Pauze, Taak, Toewijzing
from wmo.permissions import Recht
from wmo.rules import gemeenteregels as regels


def gevolgen(toewijzing: Toewijzing, *, vanaf: date, aanleiding: regels.Aanleiding) -> regels.Pauze:
    """What this pause will do, for the page to say before it happens (R-231). One query."""
    geldend = Gemeenteregel.objects.geldend(toewijzing.gemeente, op=vanaf)
    return regels.pauze(regels.Gemeenteregels.uit(geldend), vanaf=vanaf, aanleiding=aanleiding)


@actie(Recht.LEVERING_MELDEN)
def begin(
    *,
    toewijzing: Toewijzing,
    vanaf: date,
    aanleiding: regels.Aanleiding,
    reden: str,
    door: Aanstelling,
    nu: datetime,
    verwacht_tot: date | None = None,
) -> Pauze:
    """Record the pause; invoicing stops from `vanaf` in every gemeente (R-138). Messages are sent by berichten."""
    levering = Levering.objects.select_for_update().get(toewijzing=toewijzing)
    if levering.status == Levering.Status.NIET_GESTART:
        raise Geweigerd("De hulp is nog niet gestart. Een pauze kan pas na de start.", reden="NIET_GESTART")
    if toewijzing.pauzes.filter(status=Pauze.Status.ACTIEF).exists():
        raise Geweigerd("Er loopt al een pauze. Meld eerst dat de hulp weer begint.", reden="PAUZE_LOOPT")
    pauze = toewijzing.pauzes.create(vanaf=vanaf, verwacht_tot=verwacht_tot, aanleiding=aanleiding, reden=reden)
    overleg_op = gevolgen(toewijzing, vanaf=vanaf, aanleiding=aanleiding).overleg_op
    zaak = toewijzing.voorziening.beschikking.zaak
    if overleg_op:
        taken.zet_klaar(
            sleutel=f"pauze:{pauze.pk}",
            soort=Taak.Soort.OVERLEG_PAUZE,
            titel=f"Overleg met de inwoner over de pauze van opdracht {toewijzing.toewijzingnummer}",
            gemeente=toewijzing.gemeente,
            aanbieder=toewijzing.aanbieder,
            nu=nu,
            uiterlijk=overleg_op,
            zaak=zaak,
            pad=f"/aanbieder/clienten/{toewijzing.pk}/",
        )
    tekst = f"Pauze vanaf {vanaf:%d-%m-%Y} (toewijzing {toewijzing.toewijzingnummer})"
    logboek.noteer(door=door, nu=nu, handeling="pauzes.begin", over=pauze, zaak=zaak, tekst=tekst)
    return pauze


@actie(Recht.LEVERING_MELDEN)
def hervat(*, pauze: Pauze, hervat_op: date, door: Aanstelling, nu: datetime) -> None:
    """Care resumes on `hervat_op`; from then on it can be declared again."""
    if hervat_op <= pauze.vanaf:
        raise Geweigerd(f"Kies een datum na {pauze.vanaf:%d-%m-%Y}, de eerste dag van de pauze.", reden="DATUM")
    pauze.zet_status(Pauze.Status.HERVAT, hervat_op=hervat_op)
    taken.rond_af(sleutel=f"pauze:{pauze.pk}", nu=nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="pauzes.hervat",
        over=pauze,
        zaak=pauze.toewijzing.voorziening.beschikking.zaak,
        tekst=f"Hulp hervat op {hervat_op:%d-%m-%Y} (toewijzing {pauze.toewijzing.toewijzingnummer})",
    )

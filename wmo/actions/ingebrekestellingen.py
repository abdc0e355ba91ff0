"""The client writes that the decision is late: from then on time is money (R-050)."""

from datetime import date, datetime

from wmo.actions.bewerken import houd_vast
from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, GelijkgesteldeDag, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import klokken, opschorting


@actie(Recht.BESCHIKKING_OPSTELLEN)
def leg_vast(*, zaak: Zaak, ontvangen_op: date, door: Aanstelling, nu: datetime) -> None:
    """Once, after the term of the decision is over.

    Raises Geweigerd: TOEKOMST, BESLOTEN, AL_VASTGELEGD, TE_VROEG (before the end of the term it has no effect).
    """
    houd_vast(zaak, "status", "ingebrekestelling_op")
    if ontvangen_op > vandaag(nu):
        raise Geweigerd("De datum van de ingebrekestelling ligt in de toekomst.", reden="TOEKOMST")
    if zaak.status not in klokken.BESLISFASE or zaak.aanvraag_op is None:
        raise Geweigerd("Er loopt geen termijn voor een besluit.", reden="BESLOTEN")
    if zaak.ingebrekestelling_op is not None:
        zin = f"Er is al een ingebrekestelling, van {zaak.ingebrekestelling_op:%d-%m-%Y}."
        raise Geweigerd(zin, reden="AL_VASTGELEGD")
    _eis_te_laat(zaak, zaak.aanvraag_op, ontvangen_op)
    zaak.ingebrekestelling_op = ontvangen_op
    zaak.save(update_fields=["ingebrekestelling_op"])
    tekst = f"Ingebrekestelling ontvangen. Op {ontvangen_op:%d-%m-%Y}."
    noteer(door=door, nu=nu, handeling="ingebrekestellingen.leg_vast", over=zaak, zaak=zaak, tekst=tekst)


def _eis_te_laat(zaak: Zaak, aanvraag_op: date, ontvangen_op: date) -> None:
    opschortingen = klokken.uit_rijen(zaak.opschortingen.all())
    termijn = opschorting.besluit(aanvraag_op, GelijkgesteldeDag.objects.kalender(), opschortingen).termijn
    if termijn is not None and ontvangen_op > termijn.laatste_dag:
        return
    tot = f"De termijn loopt tot en met {termijn.laatste_dag:%d-%m-%Y}." if termijn else "De klok staat stil."
    raise Geweigerd(
        f"Deze ingebrekestelling is te vroeg en telt niet. {tot} Bewaar de brief bij de documenten.", reden="TE_VROEG"
    )

"""The decision clock stands still and runs again (R-046, R-047, Awb 4:15). Each time the client gets a letter."""

from datetime import date, datetime

from wmo.actions import documenten, klokken
from wmo.actions.bewerken import houd_vast
from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.brieven import Briefsoort, maak_brief
from wmo.brieven import onderzoek as brieven
from wmo.models import Aanstelling, Document, Opschorting, Zaak
from wmo.periodes import EEN_DAG, vandaag
from wmo.permissions import Recht

BESLISFASE = (Zaak.Status.AANVRAAG, Zaak.Status.BESLUIT_CONCEPT)


@actie(Recht.ONDERZOEKEN)
def schort_op(
    *,
    zaak: Zaak,
    grond: str,
    eerste_dag: date,
    door: Aanstelling,
    nu: datetime,
    tot: date | None = None,
    toelichting: str = "",
) -> Opschorting:
    """Stand still from `eerste_dag` through `tot`, both suspended (R-047).

    For an aanvulling (1a) `tot` is the hersteltermijn and compulsory: an invitation without one suspends nothing, and
    the first day is the day after it. For postponement that the client agreed to (2a) the end is part of the agreement.
    """
    _op_slot(zaak)
    _controleer(zaak, grond, eerste_dag, tot, nu)
    aanvulling = grond == Opschorting.Grond.AANVULLING
    rij = Opschorting.objects.create(
        zaak=zaak,
        grond=grond,
        eerste_dag=eerste_dag,
        laatste_dag=None if aanvulling else tot,
        hersteltermijn_tot=tot if aanvulling else None,
        toelichting=toelichting,
    )
    klokken.werk_bij(zaak=zaak, nu=nu)
    document = _brief(rij, door, nu, "Brief: de klok staat stil")
    tot_zin = f" tot en met {tot:%d-%m-%Y}" if tot else ""
    _log(
        rij,
        document,
        door,
        nu,
        "schort_op",
        f"Klok stilgezet vanaf {eerste_dag:%d-%m-%Y}{tot_zin}. {rij.get_grond_display()}.",
    )
    return rij


def _op_slot(zaak: Zaak) -> None:
    """One change of the clock at a time: the second waits and then sees what the first did."""
    houd_vast(zaak, "status", "uiterste_datum", "stilstand_tot")


def _controleer(zaak: Zaak, grond: str, eerste_dag: date, tot: date | None, nu: datetime) -> None:
    if zaak.status not in BESLISFASE or zaak.aanvraag_op is None:
        raise Geweigerd("De klok kan alleen stilstaan als er een aanvraag is en nog geen besluit.", reden="FASE")
    if eerste_dag <= zaak.aanvraag_op:
        raise Geweigerd("De klok kan niet stilstaan op of voor de dag van de aanvraag.", reden="VOOR_AANVRAAG")
    if eerste_dag > vandaag(nu) + EEN_DAG:
        raise Geweigerd("De klok kan op zijn laatst vanaf morgen stilstaan.", reden="TE_LAAT_BEGIN")
    if zaak.uiterste_datum is not None and eerste_dag > zaak.uiterste_datum:
        raise Geweigerd("De termijn is al voorbij. Stilzetten helpt nu niet meer.", reden="TERMIJN_VOORBIJ")
    if tot is None and grond in (Opschorting.Grond.AANVULLING, Opschorting.Grond.INSTEMMING):
        raise Geweigerd("Vul in tot wanneer. Zonder die datum staat de klok niet stil.", reden="ZONDER_TERMIJN")
    if tot is not None and tot < eerste_dag:
        raise Geweigerd("De laatste dag ligt voor de eerste dag.", reden="VOLGORDE")
    if any(r.laatste_dag is None or r.laatste_dag >= eerste_dag for r in lopende(zaak, eerste_dag)):
        raise Geweigerd("De klok staat al stil. Laat hem eerst weer lopen.", reden="STAAT_STIL")


def lopende(zaak: Zaak, op: date) -> list[Opschorting]:
    """Suspensions that nobody ended and that have not ended by themselves before `op`."""
    return [r for r in zaak.opschortingen.all() if (r.laatste_dag or r.hersteltermijn_tot or op) >= op]


@actie(Recht.ONDERZOEKEN)
def hervat(*, zaak: Zaak, vanaf: date, door: Aanstelling, nu: datetime) -> None:
    """The clock runs again from `vanaf`, the day the aanvraag is complete or the ground is gone; that day counts again.

    A suspension that was to start on or after `vanaf` never counted and goes. The client gets the new last day
    (4:15 lid 4).
    """
    _op_slot(zaak)
    if vanaf > vandaag(nu) + EEN_DAG:
        raise Geweigerd("De klok kan op zijn laatst vanaf morgen weer lopen.", reden="TOEKOMST")
    rijen = lopende(zaak, vanaf) or lopende(zaak, zaak.stilstand_tot or vanaf)
    if not rijen or zaak.status not in BESLISFASE:
        raise Geweigerd("De klok staat niet stil.", reden="LOOPT")
    for rij in rijen:
        _sluit(rij, vanaf)
    klokken.werk_bij(zaak=zaak, nu=nu)
    document = _brief(rijen[-1], door, nu, "Brief: de klok loopt weer", zaak.uiterste_datum)
    tekst = f"Klok loopt weer vanaf {vanaf:%d-%m-%Y}. De laatste dag is nu {zaak.uiterste_datum:%d-%m-%Y}."
    _log(rijen[-1], document, door, nu, "hervat", tekst)


def _sluit(rij: Opschorting, vanaf: date) -> None:
    if rij.eerste_dag >= vanaf:
        Opschorting.objects.filter(pk=rij.pk).delete()
        return
    einde = rij.laatste_dag or rij.hersteltermijn_tot
    rij.laatste_dag = min(vanaf - EEN_DAG, einde) if einde else vanaf - EEN_DAG
    rij.save(update_fields=["laatste_dag"])


def _brief(rij: Opschorting, door: Aanstelling, nu: datetime, titel: str, nieuw: date | None = None) -> Document:
    op = vandaag(nu)
    inhoud = maak_brief(Briefsoort.OPSCHORTING, brieven.opschorting(rij, op=op, nieuwe_uiterste_datum=nieuw))
    soort = Document.Soort.OVERIG
    return documenten.maak(zaak=rij.zaak, soort=soort, titel=titel, inhoud=inhoud, gemaakt_door=door, nu=nu)


def _log(rij: Opschorting, document: Document, door: Aanstelling, nu: datetime, wat: str, tekst: str) -> None:
    noteer(door=door, nu=nu, handeling=f"zaken.{wat}", over=document, zaak=rij.zaak, tekst=tekst, reden=rij.toelichting)

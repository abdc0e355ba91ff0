"""People around a client and what the client agreed to (R-343)."""

from datetime import date, datetime

from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Document, Relatie, Toestemming, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import delen


@actie(Recht.ONDERZOEKEN)
def voeg_relatie_toe(
    *, zaak: Zaak, soort: str, naam: str, door: Aanstelling, nu: datetime, verband: str = "", telefoon: str = ""
) -> Relatie:
    """Somebody to call, or who helps."""
    relatie = Relatie.objects.create(client=zaak.client, soort=soort, naam=naam, verband=verband, telefoon=telefoon)
    tekst = f"{relatie.get_soort_display()} toegevoegd"
    noteer(door=door, nu=nu, handeling="clienten.voeg_relatie_toe", over=relatie, zaak=zaak, tekst=tekst)
    return relatie


@actie(Recht.ONDERZOEKEN)
def leg_toestemming_vast(
    *, zaak: Zaak, doel: str, partij: str, gegeven_op: date, door: Aanstelling, nu: datetime
) -> Toestemming:
    """Consent with purpose, party and date; it holds until it is withdrawn."""
    if gegeven_op > vandaag(nu):
        raise Geweigerd("De datum van de toestemming ligt in de toekomst.", reden="TOEKOMST")
    toestemming = Toestemming.objects.create(client=zaak.client, doel=doel, partij=partij, gegeven_op=gegeven_op)
    tekst = f"Toestemming gegeven. {toestemming.get_doel_display()}: {partij}."
    noteer(door=door, nu=nu, handeling="clienten.leg_toestemming_vast", over=toestemming, zaak=zaak, tekst=tekst)
    return toestemming


@actie(Recht.ONDERZOEKEN)
def trek_toestemming_in(*, zaak: Zaak, toestemming: Toestemming, door: Aanstelling, nu: datetime) -> None:
    """From today on nothing more is shared on this ground; what was shared stays shared."""
    if toestemming.ingetrokken_op is not None:
        raise Geweigerd("Deze toestemming was al ingetrokken.", reden="INGETROKKEN")
    toestemming.ingetrokken_op = vandaag(nu)
    toestemming.save(update_fields=["ingetrokken_op"])
    _neem_terug(toestemming, vandaag(nu))
    tekst = f"Toestemming ingetrokken. {toestemming.get_doel_display()}: {toestemming.partij}."
    noteer(door=door, nu=nu, handeling="clienten.trek_toestemming_in", over=toestemming, zaak=zaak, tekst=tekst)


def _neem_terug(toestemming: Toestemming, op: date) -> None:
    """What was shared on this ground alone is no longer shown to that provider (R-343)."""
    geldend = toestemming.client.toestemmingen.geldend(toestemming.doel, toestemming.partij, op=op)
    if toestemming.doel != Toestemming.Doel.GESPREKSVERSLAG or geldend.exists():
        return
    for document in Document.objects.filter(zaak__client=toestemming.client, soort__in=delen.MET_TOESTEMMING):
        document.gedeeld_met.remove(*document.gedeeld_met.filter(naam__iexact=toestemming.partij))

"""What happens to a case as a whole: aanvraag, end, behandelaar (R-020, R-021, 2.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wmo.actions import klokken, overlijden
from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Beschikking, Client, GelijkgesteldeDag, Onderzoek, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import termijnen

VOOR_AANVRAAG = (Zaak.Status.MELDING, Zaak.Status.ONDERZOEK, Zaak.Status.ONDERZOEK_AFGEROND)


@actie(Recht.BESCHIKKING_OPSTELLEN)
def ontvang_aanvraag(*, zaak: Zaak, ontvangen_op: date, door: Aanstelling, nu: datetime) -> None:
    """Start the two weeks: after the verslag, or once the six weeks have passed without it (R-020, R-021)."""
    kalender, melding = GelijkgesteldeDag.objects.kalender(), vandaag(zaak.melding_op)
    if ontvangen_op > vandaag(nu):
        raise Geweigerd("De datum van de aanvraag ligt in de toekomst.", reden="TOEKOMST")
    if not termijnen.aanvraag_kan(
        melding=melding, verslag_verstrekt_op=zaak.verslag_verstrekt_op, op=ontvangen_op, kalender=kalender
    ):
        einde = termijnen.onderzoek(melding, kalender).laatste_dag
        raise Geweigerd(
            "Een aanvraag kan nog niet. Verstuur eerst het verslag, "
            f"of wacht tot de zes weken voorbij zijn (na {einde:%d-%m-%Y}).",
            reden="TE_VROEG",
        )
    if zaak.status not in VOOR_AANVRAAG:
        raise Geweigerd("De aanvraag is al vastgelegd, of de zaak is gesloten.", reden="AL_ONTVANGEN")
    # six weeks went by without a start: the onderzoek goes on beside the aanvraag
    if zaak.status == Zaak.Status.MELDING:
        zaak.zet_status(Zaak.Status.ONDERZOEK)
        Onderzoek.objects.create(zaak=zaak)
    zaak.zet_status(Zaak.Status.AANVRAAG, aanvraag_op=ontvangen_op)
    klokken.werk_bij(zaak=zaak, nu=nu)
    tekst = (
        f"Aanvraag ontvangen. Op {ontvangen_op:%d-%m-%Y}. Het besluit moet er zijn op {zaak.uiterste_datum:%d-%m-%Y}."
    )
    _log(zaak, door, nu, "ontvang_aanvraag", tekst)


@actie(Recht.ONDERZOEKEN)
def trek_in(*, zaak: Zaak, reden: str, door: Aanstelling, nu: datetime) -> None:
    """The client takes the melding or aanvraag back: from every state before the end."""
    _beeindig(zaak, Zaak.Status.INGETROKKEN, nu)
    _log(zaak, door, nu, "trek_in", "Melding of aanvraag ingetrokken", reden=reden)


@actie(Recht.ONDERZOEKEN)
def verwijs_door(*, zaak: Zaak, naar: str, reden: str, door: Aanstelling, nu: datetime) -> None:
    """To a general or prior provision; `naar` names the organisation."""
    _beeindig(zaak, Zaak.Status.DOORVERWEZEN, nu)
    _log(zaak, door, nu, "verwijs_door", f"Doorverwezen naar {naar}", reden=reden)


@actie(Recht.BESCHIKKING_OPSTELLEN)
def meld_overlijden(
    *, client: Client, overleden_op: date, huisgenoot: bool = False, door: Aanstelling, nu: datetime
) -> list[Zaak]:
    """Close every running case of this client and all that hangs on it; ask to end the opdrachten (R-150 to R-153).

    `huisgenoot`: somebody with an own need stays behind, and help goes on for the weeks of this gemeente (R-151).
    """
    if overleden_op > vandaag(nu):
        raise Geweigerd("De datum van overlijden ligt in de toekomst.", reden="TOEKOMST")
    client.overleden_op = overleden_op
    client.save(update_fields=["overleden_op"])
    tekst = f"Overlijden vastgelegd. Datum van overlijden {overleden_op:%d-%m-%Y}."
    zaken = list(Zaak.objects.lopend().filter(client=client).select_related("gemeente", "client"))
    for zaak in zaken:
        _beeindig(zaak, Zaak.Status.OVERLEDEN, nu)
        _log(zaak, door, nu, "meld_overlijden", tekst)
    if not zaken:
        noteer(door=door, nu=nu, handeling="zaken.meld_overlijden", over=client, client=client, tekst=tekst)
    gevolgen = overlijden.gevolgen(client, overleden_op=overleden_op, huisgenoot=huisgenoot)
    overlijden.handel_af(client=client, gevolgen=gevolgen, door=door, nu=nu)
    return zaken


def _beeindig(zaak: Zaak, status: str, nu: datetime) -> None:
    """Close the case; a decision that was still in preparation lapses with it."""
    if not zaak.kan_naar(status):
        raise Geweigerd("Dit kan niet meer: deze zaak is al gesloten of het besluit loopt al.", reden="GESLOTEN")
    zaak.zet_status(status, afgesloten_op=vandaag(nu))
    klokken.werk_bij(zaak=zaak, nu=nu)
    for beschikking in Beschikking.objects.filter(zaak=zaak, status__in=["concept", "ter_ondertekening"]):
        beschikking.zet_status(Beschikking.Status.VERVALLEN)


@dataclass(frozen=True)
class Verdeling:
    """Outcome of handing over work: numbers that went well, and the sentence for each that did not."""

    gelukt: list[str]
    mislukt: list[str]


@actie(Recht.ZAAK_VERDELEN)
def wijs_behandelaar_toe(
    *, verdeling: Sequence[tuple[Zaak, Aanstelling | None]], door: Aanstelling, nu: datetime, reden: str = ""
) -> Verdeling:
    """Give each case its behandelaar; None releases it. A reason is compulsory for more than one case."""
    if not verdeling:
        raise Geweigerd("Kies eerst een of meer zaken.", reden="LEEG")
    if len(verdeling) > 1 and not reden.strip():
        raise Geweigerd("Geef een reden als u meer dan één zaak overdraagt.", reden="REDEN")
    gelukt: list[str] = []
    mislukt: list[str] = []
    for zaak, behandelaar in verdeling:
        if zin := _waarom_niet(zaak, behandelaar, vandaag(nu)):
            mislukt.append(f"{zaak.zaaknummer} niet: {zin}")
            continue
        zaak.behandelaar = behandelaar
        zaak.save(update_fields=["behandelaar"])
        naam = behandelaar.gebruiker.naam if behandelaar else "niemand"
        _log(zaak, door, nu, "wijs_behandelaar_toe", f"Zaak staat op naam van {naam}", reden=reden)
        gelukt.append(zaak.zaaknummer)
    if not gelukt:
        raise Geweigerd(" ".join(mislukt), reden="NIETS_GELUKT")
    return Verdeling(gelukt, mislukt)


def _waarom_niet(zaak: Zaak, behandelaar: Aanstelling | None, op: date) -> str:
    if zaak.afgesloten_op is not None:
        return "deze zaak is gesloten."
    if behandelaar is None:
        return ""
    actief = Aanstelling.objects.actief(op=op).filter(pk=behandelaar.pk, gemeente=zaak.gemeente_id).exists()
    if not actief or not behandelaar.mag(Recht.ONDERZOEKEN):
        return f"{behandelaar.gebruiker.naam} mag deze zaak niet behandelen."
    return ""


@actie(Recht.ONDERZOEKEN)
def zet_berichtenverkeer(*, zaak: Zaak, uit: bool, reden: str, door: Aanstelling, nu: datetime) -> None:
    """No iWmo traffic when transfer is a serious safety risk for the client (OP003, R-304)."""
    zaak.client.geen_berichtenverkeer = uit
    zaak.client.save(update_fields=["geen_berichtenverkeer"])
    tekst = "Geen berichtenverkeer meer over deze cliënt" if uit else "Berichtenverkeer over deze cliënt staat weer aan"
    _log(zaak, door, nu, "zet_berichtenverkeer", tekst, reden=reden)


def _log(zaak: Zaak, door: Aanstelling, nu: datetime, wat: str, tekst: str, reden: str = "") -> None:
    noteer(door=door, nu=nu, handeling=f"zaken.{wat}", over=zaak, zaak=zaak, tekst=tekst, reden=reden)

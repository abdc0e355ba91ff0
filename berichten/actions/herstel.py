"""What a person does with a message that did not go well: send again, process again, put aside."""

from datetime import datetime

from berichten.actions import foutmeldingen, opdrachten
from berichten.actions.herschrijven import herschrijf, is_teruggekomen
from berichten.actions.schrijven import wek
from berichten.models import Bericht
from wmo.actions import logboek, taken
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Taak
from wmo.periodes import vandaag
from wmo.permissions import Recht

Status = Bericht.Status


def kan_opnieuw(bericht: Bericht) -> bool:
    """A 301 is made anew from how it stands; other messages go again when they never left or did not arrive, once."""
    if bericht.richting != Bericht.Richting.UIT:
        return False
    if bericht.soort == "301":
        return bericht.status in (Status.AFGEKEURD, Status.MISLUKT, Status.VERZONDEN)
    blijft_liggen = bericht.status == Status.MISLUKT and bericht.afgehandeld_op is None
    return blijft_liggen and bool(bericht.grootte) and bericht.pogingen > 0


@actie(Recht.BERICHTEN_VERWERKEN)
def stuur_opnieuw(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> Bericht:
    """A new 301 after mending (the old one stays in the conversation), the same message under a new identification for
    what the chain did not deliver, or another try for what never left."""
    _mag_opnieuw(bericht, Bericht.Kant.GEMEENTE)
    nieuw = _nieuwe_opdracht(bericht, door, nu) if bericht.soort == "301" else _nog_eens(bericht, nu)
    return _opnieuw_verstuurd(bericht, nieuw, door, nu)


@actie(Recht.LEVERING_MELDEN)
def stuur_eigen_opnieuw(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> Bericht:
    """The same for an aanbieder for whom the portal makes the messages."""
    _mag_opnieuw(bericht, Bericht.Kant.AANBIEDER)
    return _opnieuw_verstuurd(bericht, _nog_eens(bericht, nu), door, nu)


def _mag_opnieuw(bericht: Bericht, kant: Bericht.Kant) -> None:
    if bericht.kant != kant or not kan_opnieuw(bericht):
        raise Geweigerd("Dit bericht kunt u niet opnieuw versturen.", reden="NIET_OPNIEUW")


def _nieuwe_opdracht(bericht: Bericht, door: Aanstelling, nu: datetime) -> Bericht:
    assert bericht.client is not None
    assert bericht.aanbieder is not None
    return opdrachten.verzend(client=bericht.client, aanbieder=bericht.aanbieder, door=door, nu=nu)


def _nog_eens(bericht: Bericht, nu: datetime) -> Bericht:
    if is_teruggekomen(bericht):
        return herschrijf(bericht, nu)
    bericht.zet_status(Status.KLAAR, pogingen=0, volgende_poging_op=None)
    taken.rond_af(sleutel=f"bericht:{bericht.pk}", nu=nu)
    wek("berichten.tasks.verzend_outbox")
    return bericht


def _opnieuw_verstuurd(bericht: Bericht, nieuw: Bericht, door: Aanstelling, nu: datetime) -> Bericht:
    if nieuw != bericht:
        sluit(bericht, nu)
    noteer("stuur_opnieuw", bericht, f"Bericht {bericht.soort} opnieuw verstuurd", door, nu)
    return nieuw


@actie(Recht.BERICHTEN_VERWERKEN)
def verwerk_opnieuw(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    """What was set apart gets another chance, for instance after its cause was mended."""
    if bericht.status != Status.GEPARKEERD or not bericht.grootte or not bericht.delen.exists():
        raise Geweigerd("Dit bericht kunt u niet opnieuw verwerken.", reden="NIET_GEPARKEERD")
    bericht.zet_status(Status.ONTVANGEN, pogingen=0, laatste_fout="")
    taken.rond_af(sleutel=f"bericht:{bericht.pk}", nu=nu)
    wek("berichten.tasks.verwerk_inbox")
    noteer("verwerk_opnieuw", bericht, "Bericht opnieuw aangeboden voor verwerking", door, nu)


@actie(Recht.BERICHTEN_VERWERKEN)
def handel_af(*, bericht: Bericht, reden: str, door: Aanstelling, nu: datetime) -> None:
    """Settled outside the messages: it leaves the list "Actie nodig" and stays in the conversation."""
    if not reden.strip():
        raise Geweigerd("Schrijf op hoe dit is opgelost.", reden="REDEN")
    sluit(bericht, nu)
    noteer("handel_af", bericht, f"Bericht {bericht.soort or 'zonder soort'} afgehandeld", door, nu, reden.strip())


def sluit(bericht: Bericht, nu: datetime) -> None:
    """It waits for nobody any more: off the list "Actie nodig", with its tasks and what the chain said of it."""
    Bericht.objects.filter(pk=bericht.pk).update(afgehandeld_op=nu)
    taken.rond_af(sleutel=f"bericht:{bericht.pk}", nu=nu)
    taken.rond_af(sleutel=f"retour:{bericht.pk}", nu=nu)
    foutmeldingen.sluit(bericht, nu)


@actie(Recht.BERICHTEN_VERWERKEN)
def bewaak_antwoorden(*, door: Aanstelling, nu: datetime) -> int:
    """An answer that did not come in time becomes work for whoever waits for it; the number of late answers."""
    dag = vandaag(nu)
    laat = Bericht.objects.antwoord_te_laat(dag).filter(afgehandeld_op=None).select_related("gemeente", "aanbieder")
    for bericht in laat.iterator():
        assert bericht.gemeente is not None
        taken.zet_klaar(
            sleutel=f"retour:{bericht.pk}",
            soort=Taak.Soort.RETOUR_TE_LAAT,
            titel=f"Antwoord op {bericht.soort} ontbreekt ({bericht.aanbieder})",
            gemeente=bericht.gemeente,
            nu=nu,
            uiterlijk=bericht.antwoord_uiterlijk,
            aanbieder=bericht.aanbieder if bericht.kant == Bericht.Kant.AANBIEDER else None,
            pad=bericht.pad,
        )
    aantal = laat.count()
    tekst = f"Gekeken naar ontbrekende antwoorden: {aantal} te laat"
    logboek.noteer(door=door, nu=nu, handeling="herstel.bewaak_antwoorden", over=None, tekst=tekst)
    return aantal


def noteer(verb: str, bericht: Bericht, tekst: str, door: Aanstelling, nu: datetime, reden: str = "") -> None:
    """The line in the logboek of what somebody did with a message."""
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"berichten.{verb}",
        over=bericht,
        client=bericht.client,
        gemeente=bericht.gemeente,
        tekst=tekst,
        reden=reden,
    )

"""From the outbox to the transport: one message per transaction, tried again with growing pauses, then set apart."""

from datetime import date, datetime, timedelta

from django.db import transaction

from berichten.actions.opdrachten import meld_niet_gemaakt
from berichten.actions.schrijven import wek
from berichten.models import Bericht
from berichten.standaard import berichtsoorten
from berichten.transport import Afgewezen, Kant, Onbestelbaar, Postbus, Transport, Zending
from wmo.actions import leveringen, logboek, taken
from wmo.actions.kader import actie
from wmo.models import Aanstelling, GelijkgesteldeDag, Toewijzing
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules.contracttermijnen import bericht_uiterlijk

MAX_POGINGEN = 8
EERSTE_PAUZE = timedelta(minutes=1)  # doubles: the eighth try comes about two hours after the first


def verzend_volgende(transport: Transport, *, nu: datetime) -> bool:
    """Deliver one message; False when there is nothing (left) to deliver now."""
    with transaction.atomic():
        rij = Bericht.objects.te_verzenden(nu).select_for_update(skip_locked=True, of=("self",)).first()
        if rij is None:
            return False
        verzend(bericht=rij, transport=transport, door=Aanstelling.objects.systeem(), nu=nu)
    return True


@actie(Recht.BERICHTEN_VERWERKEN)
def verzend(*, bericht: Bericht, transport: Transport, door: Aanstelling, nu: datetime) -> None:
    """Hand over the bytes, then write down that it happened. Killed in between, it is handed over again under the same
    name: the receiver recognises the same bytes."""
    try:
        transport.verstuur(_zending(bericht), bericht.delen_van_inhoud())
    except Afgewezen as fout:
        _geef_op(bericht, str(fout), nu)
    except Onbestelbaar as fout:
        _stel_uit(bericht, str(fout), nu)
    else:
        bericht.zet_status(
            Bericht.Status.VERZONDEN,
            verzonden_op=nu,
            pogingen=bericht.pogingen + 1,
            antwoord_uiterlijk=_antwoord_uiterlijk(bericht, nu),
            laatste_fout="",
        )
        _na_verzending(bericht, nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="outbox.verzend",
        over=bericht,
        client=bericht.client,
        gemeente=bericht.gemeente,
        tekst=f"Bericht {bericht.soort} aan {bericht.ontvanger}: {bericht.get_status_display().lower()}",
        reden=bericht.laatste_fout,
    )


def _zending(bericht: Bericht) -> Zending:
    assert bericht.gemeente is not None
    assert bericht.aanbieder is not None
    naar: Kant = "aanbieder" if bericht.kant == Bericht.Kant.GEMEENTE else "gemeente"
    postbus = Postbus(bericht.gemeente.code, bericht.aanbieder.agb, naar)
    vraag = str(bericht.antwoord_op.referentienummer) if bericht.antwoord_op else ""
    return Zending(postbus, bericht.soort, bericht.identificatie, str(bericht.referentienummer), vraag)


def _antwoord_uiterlijk(bericht: Bericht, nu: datetime) -> date | None:
    """When the answer must be there (OP090); None for what has no answer."""
    antwoord = berichtsoorten[bericht.soort].antwoord
    return bericht_uiterlijk(antwoord, vandaag(nu), GelijkgesteldeDag.objects.kalender()) if antwoord else None


def _stel_uit(bericht: Bericht, reden: str, nu: datetime) -> None:
    pogingen = bericht.pogingen + 1
    if pogingen >= MAX_POGINGEN:
        _geef_op(bericht, reden, nu)
        return
    pauze = EERSTE_PAUZE * 2 ** (pogingen - 1)
    velden = {"pogingen": pogingen, "laatste_fout": reden, "volgende_poging_op": nu + pauze}
    Bericht.objects.filter(pk=bericht.pk).update(**velden)
    for naam, waarde in velden.items():
        setattr(bericht, naam, waarde)


def _geef_op(bericht: Bericht, reden: str, nu: datetime) -> None:
    """From here on it is work for somebody."""
    bericht.zet_status(
        Bericht.Status.MISLUKT, pogingen=bericht.pogingen + 1, laatste_fout=reden, volgende_poging_op=None
    )
    meld_niet_gemaakt(bericht, nu)


def _na_verzending(bericht: Bericht, nu: datetime) -> None:
    taken.rond_af(sleutel=f"bericht:{bericht.pk}", nu=nu)
    if bericht.soort == "301":
        _opdracht_de_deur_uit(bericht, nu)
    wek("berichten.tasks.verwerk_inbox")


def _opdracht_de_deur_uit(bericht: Bericht, nu: datetime) -> None:
    """The opdrachten are sent; what is new asks the aanbieder to read the remark and to start (R-103, R-106)."""
    status = Toewijzing.Status
    for toewijzing in bericht.toewijzingen.filter(status__in=[status.CONCEPT, status.AFGEKEURD]).select_related(
        "gemeente", "aanbieder"
    ):
        nieuw = toewijzing.status == status.CONCEPT
        toewijzing.zet_status(status.VERZONDEN)
        if nieuw:
            leveringen.zet_starttaken(toewijzing=toewijzing, nu=nu)

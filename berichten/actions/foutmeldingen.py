"""Fo01 from us: a message came through the GGk and does not pass its schema. Nothing else is answered this way."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from django.db import transaction

from berichten.actions.outbox import EERSTE_PAUZE, MAX_POGINGEN
from berichten.actions.schrijven import wek
from berichten.knooppunt import controle
from berichten.knooppunt.envelop import Bericht as Envelopbericht
from berichten.knooppunt.envelop import Partij
from berichten.models import Bericht, Foutmelding
from berichten.transport import Onbestelbaar
from berichten.transport.ggk import APPLICATIE
from wmo.actions import logboek, taken
from wmo.actions.kader import Geweigerd, IntussenGewijzigd, actie
from wmo.models import Aanstelling, Taak
from wmo.permissions import Recht

# The only code that a gemeente sends, with the description that belongs to it.
SCHEMAFOUT, OMSCHRIJVING = "StUF055", "Berichtbody is niet conform schema in sectormodel"
PAGINA = "/berichten/foutmeldingen/"


class Bezorger(Protocol):
    """The road that knows envelopes."""

    def lever_af(self, bericht: Envelopbericht) -> None: ...


def sleutel(nummer: str) -> str:
    """What marks a row as come through the GGk: forty characters, exactly what the column holds."""
    return f"ggk:{nummer}"


def meld_schemafout(rij: Bericht, nu: datetime) -> None:
    """Write a Fo01 about a message that was set apart; once, however often it is tried again. The text says nothing of
    what was in it."""
    if not rij.sleutel.startswith(sleutel("")):
        return
    assert rij.gemeente is not None
    Foutmelding.objects.get_or_create(
        bericht=rij,
        richting=Bericht.Richting.UIT,
        defaults={
            "gemeente": rij.gemeente,
            "tegenpartij": rij.afzender,
            "referentienummer": str(uuid4()),
            "cross_refnummer": str(rij.referentienummer),
            "code": SCHEMAFOUT,
            "omschrijving": OMSCHRIJVING,
            "ontstaan_op": nu,
        },
    )
    wek("berichten.tasks.verzend_outbox")


def verzend_volgende(bezorger: Bezorger, *, nu: datetime) -> bool:
    """Deliver one; False when there is nothing (left) to deliver now."""
    with transaction.atomic():
        wachtend = Foutmelding.objects.te_verzenden(nu, MAX_POGINGEN)
        melding = wachtend.select_for_update(skip_locked=True, of=("self",)).first()
        if melding is None:
            return False
        verzend(melding=melding, bezorger=bezorger, door=Aanstelling.objects.systeem(), nu=nu)
    return True


@actie(Recht.BERICHTEN_VERWERKEN)
def verzend(*, melding: Foutmelding, bezorger: Bezorger, door: Aanstelling, nu: datetime) -> None:
    """The same pauses and the same last try as a message."""
    melding.pogingen += 1
    try:
        bezorger.lever_af(_fo01(melding, nu))
    except Onbestelbaar as fout:
        melding.laatste_fout = str(fout)
        melding.volgende_poging_op = nu + _pauze(melding.pogingen)
        if melding.pogingen >= MAX_POGINGEN:
            melding.volgende_poging_op = None
            _vraag_aandacht(melding, nu)
    else:
        melding.verzonden_op, melding.laatste_fout = nu, ""
    melding.save(update_fields=["pogingen", "laatste_fout", "volgende_poging_op", "verzonden_op"])
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="foutmeldingen.verzend",
        over=melding.bericht,
        gemeente=melding.gemeente,
        tekst=f"Foutmelding {melding.code} aan {melding.tegenpartij} "
        + ("verzonden" if melding.verzonden_op else "niet verzonden"),
        reden=melding.laatste_fout,
    )


def _pauze(pogingen: int) -> timedelta:
    return EERSTE_PAUZE * 2 ** (pogingen - 1)


def _fo01(melding: Foutmelding, nu: datetime) -> Envelopbericht:
    kop = controle.stuur(
        Partij(melding.gemeente.code, APPLICATIE),
        controle.naar_knooppunt(melding.tegenpartij),
        nu,
        nummer=melding.referentienummer,
        kruis=melding.cross_refnummer,
    )
    return controle.fout("Fo01", kop, melding.code, melding.omschrijving, details=melding.details)


def _vraag_aandacht(melding: Foutmelding, nu: datetime) -> None:
    taken.zet_klaar(
        sleutel=taaksleutel(melding),
        soort=Taak.Soort.BERICHT_AFGEKEURD,
        titel=f"Foutmelding {melding.code} aan {melding.tegenpartij} is niet verzonden",
        gemeente=melding.gemeente,
        nu=nu,
        pad=PAGINA,
    )


@actie(Recht.BERICHTEN_VERWERKEN)
def handel_af(*, melding: Foutmelding, reden: str, door: Aanstelling, nu: datetime) -> None:
    """Settled outside the messages (OP090x2): it leaves the list of work and stays on its page."""
    if not reden.strip():
        raise Geweigerd("Schrijf op hoe dit is opgelost.", reden="REDEN")
    if not Foutmelding.objects.actie_nodig().filter(pk=melding.pk).update(afgehandeld_op=nu):
        raise IntussenGewijzigd
    taken.rond_af(sleutel=taaksleutel(melding), nu=nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="foutmeldingen.handel_af",
        over=melding.bericht or melding,
        client=melding.bericht.client if melding.bericht else None,
        gemeente=melding.gemeente,
        tekst=f"Foutmelding {melding.code} afgehandeld",
        reden=reden.strip(),
    )


def sluit(bericht: Bericht, nu: datetime) -> None:
    """Whoever settles a message settles what was reported about it. Called inside an action."""
    for melding in Foutmelding.objects.actie_nodig().filter(bericht=bericht):
        Foutmelding.objects.filter(pk=melding.pk).update(afgehandeld_op=nu)
        taken.rond_af(sleutel=taaksleutel(melding), nu=nu)


def taaksleutel(melding: Foutmelding) -> str:
    return f"foutmelding:{melding.pk}"

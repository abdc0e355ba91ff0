"""301 at the aanbieder for whom the portal plays, and the 302 that comes back to the gemeente."""

from berichten.actions.schrijven import koppel, koppel_verzoek
from berichten.models import Bericht
from berichten.ontvangst import Ontvangst
from berichten.router.antwoorden import sluit_vraag
from wmo.models import Toewijzing

Status = Toewijzing.Status


def opdracht(o: Ontvangst) -> None:
    """The opdracht itself is known to the portal already; receiving it makes the message part of its conversation."""
    referenties = {p.toewijzing_nummer: p.referentie_aanbieder for p in o.bericht.client.toegewezen_producten}
    o.rij.client = o.client(o.bericht.client.bsn)
    toewijzingen = list(
        Toewijzing.objects.filter(gemeente=o.gemeente, aanbieder=o.aanbieder, toewijzingnummer__in=referenties)
    )
    koppel(o.rij, toewijzingen)
    for toewijzing in toewijzingen:
        if referentie := referenties[toewijzing.toewijzingnummer]:
            koppel_verzoek(o.rij, toewijzing, referentie)


def antwoord_op_opdracht(o: Ontvangst) -> None:
    """Received or refused: for the opdrachten whose newest version went with that message."""
    vraag = sluit_vraag(o)
    uitkomst = Status.AFGEKEURD if vraag.status == Bericht.Status.AFGEKEURD else Status.ONTVANGEN
    for toewijzing in vraag.toewijzingen.all():
        nieuwste = toewijzing.versies.first()
        ging_mee = nieuwste is not None and vraag.versies.filter(versie=nieuwste).exists()
        if ging_mee and toewijzing.kan_naar(uitkomst):
            toewijzing.zet_status(uitkomst)

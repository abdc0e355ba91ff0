"""What VECOZO says of a message after it took it: refused is as a Fo01, whatever else only takes time."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from berichten.actions.knooppunt import niet_afgeleverd
from berichten.models import Bericht, Foutmelding
from berichten.transport import Onbestelbaar
from berichten.transport.vecozo import Status, Vecozo
from wmo.actions import logboek, taken
from wmo.actions.kader import actie
from wmo.models import Aanstelling
from wmo.permissions import Recht

log = logging.getLogger(__name__)
ZO_LANG = timedelta(days=1)  # then a message is refused, answered, or at the gemeente
HOOGSTENS = 200  # asked for per run


def volg(vecozo: Vecozo, *, nu: datetime) -> None:
    """Of each message that nobody answered yet. What cannot be asked now is asked the next time."""
    sinds = nu - ZO_LANG
    for pk in Bericht.objects.te_volgen(sinds).values_list("pk", flat=True)[:HOOGSTENS]:
        with transaction.atomic():
            verzonden = Bericht.objects.te_volgen(sinds).select_for_update(skip_locked=True, of=("self",))
            rij = verzonden.filter(pk=pk).first()
            if rij is None:
                continue
            try:
                status = vecozo.status(str(rij.referentienummer))
            except Onbestelbaar as fout:
                log.warning("VECOZO geeft de stand van een bericht niet: %s", fout)
                return
            if status is not None and status.is_geweigerd:
                neem_terug(bericht=rij, status=status, door=Aanstelling.objects.systeem(), nu=nu)


@actie(Recht.BERICHTEN_VERWERKEN)
def neem_terug(*, bericht: Bericht, status: Status, door: Aanstelling, nu: datetime) -> None:
    """It did not arrive. The first reason is kept as the chain gives one, the others with it; whoever sends it again
    makes a new message of it."""
    assert bericht.gemeente is not None
    eerste, *rest = status.meldingen or ((status.naam[:7], "VECOZO zegt niet waarom."),)
    melding = Foutmelding.objects.create(
        richting=Bericht.Richting.IN,
        bericht=bericht,
        gemeente=bericht.gemeente,
        tegenpartij="VECOZO",
        referentienummer=str(bericht.referentienummer),
        cross_refnummer=str(bericht.referentienummer),
        code=eerste[0][:7],
        omschrijving=eerste[1][:200],
        details="; ".join(f"{code}: {tekst}" for code, tekst in rest)[:1000],
        ontstaan_op=nu,
    )
    taken.rond_af(sleutel=f"retour:{bericht.pk}", nu=nu)
    niet_afgeleverd(bericht, melding, nu)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="vecozo.neem_terug",
        over=bericht,
        client=bericht.client,
        gemeente=bericht.gemeente,
        tekst=f"VECOZO meldt {melding.code} over een bericht dat wij stuurden",
    )

"""A message that the chain did not deliver (Fo01), once more.

It counts as not sent, and the chain takes an identification only once (BRS20, TR056): so what goes again says the same
under a new identification, in a new envelope, and is a row of its own. The old one stays as it was said. A message that
merely could not be handed over is another matter: perhaps it did arrive, and then only the same envelope is safe.
"""

from datetime import datetime

from berichten.actions.schrijven import Weg, leg_klaar
from berichten.models import Bericht
from berichten.parse import parse
from berichten.translate.kop import met_kenmerk, nieuw_kenmerk
from wmo.actions.kader import IntussenGewijzigd
from wmo.periodes import vandaag


def is_teruggekomen(bericht: Bericht) -> bool:
    """Did the chain say that this message was not delivered?"""
    return bericht.foutmeldingen.filter(richting=Bericht.Richting.IN).exists()


def herschrijf(bericht: Bericht, nu: datetime) -> Bericht:
    """The row that goes instead; one, whoever asks at the same moment. Called inside an action."""
    if not Bericht.objects.filter(pk=bericht.pk, afgehandeld_op=None).update(afgehandeld_op=nu):
        raise IntussenGewijzigd
    assert bericht.gemeente is not None
    assert bericht.aanbieder is not None
    pk, kenmerk = nieuw_kenmerk()
    return leg_klaar(
        met_kenmerk(parse(bericht.inhoud), kenmerk, vandaag(nu)),
        Weg(Bericht.Kant(bericht.kant), bericht.gemeente, bericht.aanbieder),
        pk=pk,
        identificatie=kenmerk,
        nu=nu,
        toewijzingen=bericht.toewijzingen.all(),
        client=bericht.client,
        verzoek=bericht.verzoek,
        declaratie=bericht.declaratie,
        antwoord_op=bericht.antwoord_op,
        bevindingen=bericht.bevindingen,
        toelichting=bericht.toelichting,
    )

"""The daily mail to the backoffice: numbers and a link, nothing about persons."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail

from berichten.models import Bericht, Foutmelding
from wmo.models import Aanstelling, Gemeente
from wmo.periodes import vandaag
from wmo.permissions import Rol
from wmo.weergave import datum

TEKST = """Voor {gemeente} wachten deze berichten op iemand:

{regels}

Kijk in het Wmo-portaal onder Berichten.
"""


def tellingen(gemeente: Gemeente, nu: datetime) -> dict[str, int]:
    """What needs a person, by the words of the monitor."""
    eigen = Bericht.objects.filter(gemeente=gemeente, kant=Bericht.Kant.GEMEENTE, afgehandeld_op=None)
    status = Bericht.Status
    return {
        "Niet verzonden": eigen.filter(status=status.MISLUKT).count(),
        "Afgekeurd door de ontvanger": eigen.filter(status=status.AFGEKEURD, richting=Bericht.Richting.UIT).count(),
        "Apart gezet": eigen.filter(status=status.GEPARKEERD).count(),
        "Antwoord te laat": eigen.antwoord_te_laat(vandaag(nu)).count(),
        "Foutmelding van de keten": Foutmelding.objects.actie_nodig().filter(gemeente=gemeente).count(),
    }


def verstuur_dagoverzicht(nu: datetime) -> int:
    """One mail per gemeente where something waits; the number of mails."""
    verstuurd = 0
    for gemeente in Gemeente.objects.filter(heeft_portaal=True):
        aantallen = {wat: aantal for wat, aantal in tellingen(gemeente, nu).items() if aantal}
        adressen = _adressen(gemeente, nu)
        if aantallen and adressen:
            regels = "\n".join(f"- {wat}: {aantal}" for wat, aantal in aantallen.items())
            send_mail(
                f"Berichten die wachten, {datum(nu)}",
                TEKST.format(gemeente=gemeente, regels=regels),
                settings.DEFAULT_FROM_EMAIL,
                adressen,
            )
            verstuurd += 1
    return verstuurd


def _adressen(gemeente: Gemeente, nu: datetime) -> list[str]:
    actief = Aanstelling.objects.actief(op=vandaag(nu)).filter(gemeente=gemeente, rol=Rol.BACKOFFICE)
    return sorted(actief.values_list("gebruiker__email", flat=True))

"""What a person sets for their own screen: no act in the domain, so no right and no line in the logboek."""

from wmo.models import Gebruiker


def zet_sneltoetsen(*, gebruiker: Gebruiker, aan: bool) -> None:
    Gebruiker.objects.filter(pk=gebruiker.pk).update(sneltoetsen=aan)

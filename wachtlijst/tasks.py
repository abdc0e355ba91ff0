"""What happens to the list by the clock. A task may run twice: the second time there is nothing left to do."""

from smtplib import SMTPException

from celery import shared_task
from django.utils import timezone

from wachtlijst import spoedmail
from wachtlijst.actions import plekken, spoed
from wachtlijst.afspraken import Afspraken
from wachtlijst.models import Plek, Spoedtraject
from wmo.actions.kader import IntussenGewijzigd
from wmo.models import Aanstelling
from wmo.periodes import vandaag


@shared_task
def laat_claims_vervallen() -> int:
    """Claims that stayed without opdracht longer than the gemeente allows are open again; returns how many."""
    nu = timezone.now()
    aantal = 0
    geclaimd = Plek.objects.filter(status=Plek.Status.GECLAIMD).order_by("gemeente", "id")
    for gemeente in {plek.gemeente_id for plek in geclaimd.only("gemeente_id")}:
        afspraken = Afspraken.van(gemeente, op=vandaag(nu))
        for plek in geclaimd.filter(gemeente=gemeente).select_related("gemeente", "geclaimd_door"):
            uiterlijk = afspraken.vervalt_op(vandaag(plek.geclaimd_op)) if plek.geclaimd_op else None
            if uiterlijk is not None and uiterlijk < vandaag(nu):
                aantal += _laat_vervallen(plek, afspraken.vervalt_na_werkdagen)
    return aantal


def _laat_vervallen(plek: Plek, werkdagen: int) -> bool:
    reden = f"Geen opdracht binnen {werkdagen} werkdagen na de claim"
    try:
        plekken.laat_vervallen(plek=plek, reden=reden, door=Aanstelling.objects.systeem(), nu=timezone.now())
    except IntussenGewijzigd:
        return False  # the backoffice was faster, which is what we want
    return True


@shared_task(autoretry_for=(OSError, SMTPException), retry_backoff=60, max_retries=5)
def mail_spoed() -> int:
    """Tell who was asked and has no mail yet."""
    return spoedmail.verstuur(timezone.now())


@shared_task
def sluit_spoed() -> int:
    """Spoedtrajecten whose 24 hours are over without a yes (R-128); returns how many."""
    nu, systeem = timezone.now(), Aanstelling.objects.systeem()
    verlopen = Spoedtraject.objects.filter(status=Spoedtraject.Status.UITGEVRAAGD, antwoord_uiterlijk__lt=nu)
    return sum(spoed.sluit_termijn(traject=traject, door=systeem, nu=nu) for traject in verlopen)

"""What happens in wmo by the clock or in the background: ids in, one action called, safe to run twice."""

from smtplib import SMTPException

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from wmo.actions import achtergrond, concepten, signalen, zegels
from wmo.models import Achtergrondtaak, Gebruiker, Gemeente, taakdatum


@shared_task
def verzegel_logboek() -> int:
    """Seal every committed line of the logboek; returns how many."""
    return zegels.verzegel_alles(nu=timezone.now())


@shared_task
def controleer_logboek(taak_id: int) -> bool:
    """Recompute the chain of one gemeente, or all of them; returns whether they hold."""
    taak = Achtergrondtaak.objects.get(pk=taak_id)
    gemeente = taak.invoer["gemeente"]
    ketens = [*Gemeente.objects.filter(pk=gemeente)] if gemeente else [*Gemeente.objects.order_by("naam"), None]
    taak.begin(len(ketens), nu=timezone.now())
    uitkomsten = []
    for nummer, keten in enumerate(ketens, start=1):
        uitkomsten.append(zegels.controleer_keten(keten))
        taak.vorder(nummer, nu=timezone.now())
    klopt = all(keten.klopt for keten in uitkomsten)
    meld = taak.rond_af if klopt else taak.mislukt  # a break must look like one on the page of the task
    meld(zegels.uitslag(uitkomsten)[:400], nu=timezone.now())
    return klopt


@shared_task(autoretry_for=(OSError, SMTPException), retry_backoff=60, max_retries=5)
def stuur_uitnodiging(gebruiker_id: int, adres: str) -> None:
    """Mail the link to choose a password. No name in it: a mail can be read by others (R-116, R-321)."""
    gebruiker = Gebruiker.objects.get(pk=gebruiker_id)
    sleutel = {"uidb36": user_pk_to_url_str(gebruiker), "key": default_token_generator.make_token(gebruiker)}
    pad = reverse("account_reset_password_from_key", kwargs=sleutel)
    tekst = render_to_string("wmo/mail/uitnodiging.txt", {"adres": adres, "pad": pad})
    send_mail("Uw toegang tot het Wmo-portaal", tekst, settings.DEFAULT_FROM_EMAIL, [gebruiker.email])


@shared_task
def hervat_achtergrondtaken() -> int:
    """Wake long work that fell silent: a worker that was killed, a message that the broker lost."""
    return achtergrond.hervat_stilgevallen(nu=timezone.now())


@shared_task
def herstel_taakdatums() -> int:
    """Mend cases whose first task day was not written because somebody else held them; returns how many."""
    return taakdatum.herstel()


@shared_task
def ruim_bureaus_op() -> int:
    """Throw away drafts that nobody came back for and signals seen long ago; returns how many."""
    nu = timezone.now()
    return concepten.ruim_op(nu=nu) + signalen.ruim_op(nu=nu)

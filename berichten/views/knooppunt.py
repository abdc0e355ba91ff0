"""Where the GGk delivers: `/koppelvlak/ggk/`, SOAP 1.1, the operations Di01, Du01 and Fo01 of its WSDL.

No account and no session: who calls is known by the certificate that the TLS front saw and passes on in a header. Both
the name of that header and the certificates must be set; without them nobody gets in (docs/beheer/koppelingen.md).
"""

import logging
from datetime import datetime
from urllib.parse import unquote_to_bytes

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from berichten.actions import knooppunt
from berichten.actions.foutmeldingen import SCHEMAFOUT
from berichten.knooppunt import controle, soap
from berichten.knooppunt.boom import MAX_BYTES
from berichten.knooppunt.envelop import ACTIES, Bericht, Bevestiging, Envelop, Fout, Partij, Stuur
from berichten.poort import Geweigerd
from berichten.transport.ggk import APPLICATIE
from wmo.models import Aanstelling

log = logging.getLogger(__name__)
ONBEKEND = Stuur(Partij("", APPLICATIE), Partij("", APPLICATIE), "", "")


@csrf_exempt
@login_not_required
@require_POST
def ggk(request: HttpRequest) -> HttpResponse:
    """Bv03 once the message is stored, or a Fault with a Fo03 that says why not."""
    if not vertrouwd(request):
        return HttpResponseForbidden("Dit certificaat geeft hier geen toegang.", content_type="text/plain")
    nu = timezone.now()
    kop = ONBEKEND
    try:
        bericht = _lees(request)
        kop = bericht.stuur
        _neem_aan(bericht, nu)
    except Geweigerd as fout:
        log.warning("Envelop van het knooppunt geweigerd: %s", fout.reden)
        return _antwoord(controle.fout("Fo03", _terug(kop, nu), SCHEMAFOUT, fout.reden), 500)
    return _antwoord(Bevestiging(_terug(kop, nu)), 200)


def vertrouwd(request: HttpRequest) -> bool:
    """Is the certificate in the header (PEM, URL-encoded as nginx does) one of those that may deliver?"""
    kop = request.headers.get(settings.GGK_CERTIFICAATKOP, "") if settings.GGK_CERTIFICAATKOP else ""
    if not kop or not settings.GGK_VERTROUWD:
        return False
    try:
        afdruk = x509.load_pem_x509_certificate(unquote_to_bytes(kop)).fingerprint(hashes.SHA256()).hex()
    except ValueError:
        return False
    return afdruk in {eigen.replace(":", "").strip().lower() for eigen in settings.GGK_VERTROUWD}


def _lees(request: HttpRequest) -> Bericht:
    """The length is judged before anything is read."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        raise Geweigerd("De envelop is groter dan 25 MB. Verdeel de inhoud over meer berichten.")
    bericht = soap.pak_uit(request.body)
    actie = request.headers.get("SOAPAction", "").strip('"')
    if actie and actie != ACTIES.get(bericht.code):
        raise Geweigerd("De SOAPAction hoort bij een andere envelop dan in de body staat.", 2)
    return bericht


def _neem_aan(bericht: Bericht, nu: datetime) -> None:
    door = Aanstelling.objects.systeem()
    if isinstance(bericht, Envelop):
        knooppunt.ontvang(envelop=bericht, door=door, nu=nu)
    elif isinstance(bericht, Fout) and bericht.code == "Fo01":
        knooppunt.ontvang_fout(fout=bericht, door=door, nu=nu)
    else:
        raise Geweigerd(f"Een {bericht.code} bezorgt u niet hier: dat is een antwoord.", 2)


def _terug(kop: Stuur, nu: datetime) -> Stuur:
    """From the one who was addressed to the one who called, about this number."""
    return controle.stuur(Partij(kop.ontvanger.organisatie, APPLICATIE), kop.zender, nu, kruis=kop.nummer)


def _antwoord(bericht: Bericht, status: int) -> HttpResponse:
    return HttpResponse(soap.pak_in(bericht), status=status, content_type=soap.CONTENT_TYPE)

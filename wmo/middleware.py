"""Which hat does this person wear now (ADR 0001), what is no address, and what becomes of text sent too late."""

from collections.abc import Callable

from django.http import Http404, HttpResponseBase
from django.utils import timezone

from wmo.actions import concepten
from wmo.forms.concept import kaal, lees_merk
from wmo.http import PortaalRequest
from wmo.models import Aanstelling, Zaak
from wmo.periodes import vandaag

SESSIESLEUTEL = "aanstelling"
FORMULIER = ("application/x-www-form-urlencoded", "multipart/form-data")


class AanstellingMiddleware:
    """Sets `request.aanstellingen` and `request.aanstelling`; one query per request of a signed-in person.

    An Aanstelling that ended while the session ran is gone at the next request (R-116).
    """

    def __init__(self, get_response: Callable[[PortaalRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortaalRequest) -> HttpResponseBase:
        request.aanstellingen = _actieve_aanstellingen(request)
        gekozen = request.session.get(SESSIESLEUTEL)
        request.aanstelling = next(  # type: ignore[assignment]  # None goes no further than `vereist`
            (a for a in request.aanstellingen if a.pk == gekozen),
            request.aanstellingen[0] if request.aanstellingen else None,
        )
        return self.get_response(request)


def _actieve_aanstellingen(request: PortaalRequest) -> list[Aanstelling]:
    if not request.user.is_authenticated:
        return []
    return list(Aanstelling.objects.actief(op=vandaag(timezone.now())).filter(gebruiker=request.user).met_organisatie())


class NulMiddleware:
    """An address with a NUL in it exists nowhere: PostgreSQL holds none, so asking for it would be an error page."""

    def __init__(self, get_response: Callable[[PortaalRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortaalRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


class ConceptMiddleware:
    """A long form that arrives after the session ended, or with a token of an earlier one, is kept as a draft.

    The mark in the form is signed and names its writer: after signing in, that person finds the text on the same page.
    """

    def __init__(self, get_response: Callable[[PortaalRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortaalRequest) -> HttpResponseBase:
        antwoord = self.get_response(request)
        geweigerd = antwoord.status_code == 403 or not request.user.is_authenticated
        if geweigerd and request.method == "POST" and request.content_type in FORMULIER:
            _bewaar_wat_te_laat_kwam(request)
        return antwoord


def _bewaar_wat_te_laat_kwam(request: PortaalRequest) -> None:
    merk = lees_merk(request.POST)
    if merk is None:
        return
    van = Aanstelling.objects.filter(pk=merk[0]).first()
    zaak = Zaak.objects.voor(van).filter(pk=merk[1]).first()
    if van is not None and zaak is not None:
        concepten.bewaar(van=van, zaak=zaak, formulier=merk[2], invoer=kaal(request.POST), nu=timezone.now())

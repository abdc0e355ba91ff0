"""Which hat does this person wear now: the active Aanstelling of the session (ADR 0001)."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.utils import timezone

from wmo.http import PortaalRequest
from wmo.models import Aanstelling
from wmo.periodes import vandaag

SESSIESLEUTEL = "aanstelling"


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

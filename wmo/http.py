"""The request as our views see it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from wmo.models import Aanstelling, Gebruiker


class PortaalRequest(HttpRequest):
    """What the middleware adds to a request, for the type checker; no object of this class is ever made.

    `aanstelling` is the hat worn now. It is None for somebody without one: `vereist` refuses that person before a
    view sees the request, so that only views marked `iedereen` have to look. `user` is anonymous on public pages only.
    """

    user: "Gebruiker"
    aanstelling: "Aanstelling"
    aanstellingen: "list[Aanstelling]"
    htmx: "HtmxDetails"

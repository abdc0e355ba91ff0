"""What signing in needs beyond allauth's own settings: no sign-up, and a session that ends on idleness."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponseBase


class Adapter(DefaultAccountAdapter):
    """Accounts are made by a beheerder; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class InactiviteitMiddleware:
    """Let the session slide with what a person does, not with what a page does by itself.

    A page that refreshes itself sends the header `X-Verversen`; without this exception an open tab would keep a
    session alive for ever. Writing goes to Redis: one SET per request of a signed-in person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.session.session_key and "X-Verversen" not in request.headers and not request.session.is_empty():
            request.session.modified = True
        return response

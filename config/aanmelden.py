"""What signing in needs beyond allauth's own settings: no sign-up, and a session that ends on idleness."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponseBase


class Adapter(DefaultAccountAdapter):
    """Accounts are made by a beheerder; nobody signs up. One sentence for every wrong pair: it betrays no account."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar.",
        "too_many_login_attempts": "U kunt 15 minuten niet inloggen. Daarna kunt u het opnieuw proberen.",
        "incorrect_code": "Deze code klopt niet of is verlopen. Wacht op een nieuwe code in uw app.",
        "incorrect_password": "Dit wachtwoord klopt niet.",
        "enter_current_password": "Vul het wachtwoord in dat u nu gebruikt.",
        "account_inactive": "Uw toegang is gestopt. Neem contact op met de beheerder van uw organisatie.",
        "rate_limited": "U deed veel aanvragen achter elkaar. Wacht 1 minuut.",
    }

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

"""Error pages in the look of the portal. Each says what happened and what to do next."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.views.decorators.csrf import requires_csrf_token

logger = logging.getLogger(__name__)

TEKSTEN: dict[int, tuple[str, str]] = {
    400: ("Dit verzoek klopt niet", "Ga terug, controleer wat u hebt ingevuld en probeer het opnieuw."),
    403: (
        "U mag deze pagina niet zien",
        "Uw rol geeft dit recht niet. Denkt u dat dit niet klopt? Vraag de beheerder van uw organisatie.",
    ),
    404: (  # the same words for what does not exist and for what is not yours
        "Deze pagina bestaat niet",
        "Misschien is het adres verkeerd of is het dossier niet van uw gemeente.",
    ),
    429: ("Even rustig aan", "U deed veel pogingen achter elkaar. Wacht 15 minuten en probeer het dan opnieuw."),
    500: (
        "Er ging iets mis bij ons",
        "Uw laatste stap is niet bewaard. Probeer het opnieuw. "
        "Blijft het misgaan? Geef dan het tijdstip door aan uw beheerder.",
    ),
}
TE_LANG_OPEN = ("Deze pagina was te lang open", "Laad de pagina opnieuw en verstuur nog een keer.")


def foutpagina(request: HttpRequest, status: int, woorden: tuple[str, str] | None = None) -> HttpResponse:
    """Render error.html with `status`, `kop` and `uitleg`; plain text when even the template fails to load."""
    kop, uitleg = woorden or TEKSTEN[status]
    context = {"status": status, "kop": kop, "uitleg": uitleg, "opnieuw": woorden is TE_LANG_OPEN or status == 500}
    try:
        return render(request, "error.html", context, status=status)
    except TemplateDoesNotExist:
        return platte_tekst(status)


def platte_tekst(status: int) -> HttpResponse:
    return HttpResponse(". ".join(TEKSTEN[status]), status=status, content_type="text/plain; charset=utf-8")


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return foutpagina(request, 400)


@requires_csrf_token
def handler403(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Also CSRF_FAILURE_VIEW, which passes `reason`: nearly always a page that was open for too long."""
    return foutpagina(request, 403, TE_LANG_OPEN if reason else None)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return foutpagina(request, 404)


def handler429(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """allauth calls this one by name when a rate limit is hit."""
    return foutpagina(request, 429)


def handler500(request: HttpRequest) -> HttpResponse:
    """The page itself asks who is signed in; when the database is what broke, plain text is left."""
    try:
        return foutpagina(request, 500)
    except Exception:
        logger.exception("De foutpagina zelf is niet te maken")
        return platte_tekst(500)

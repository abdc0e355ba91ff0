"""Error pages in the look of the portal. Each says what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.views.decorators.csrf import requires_csrf_token

TEKSTEN: dict[int, tuple[str, str]] = {
    400: ("Dit verzoek klopt niet", "Ga terug, controleer wat u hebt ingevuld en probeer het opnieuw."),
    403: (
        "U hebt geen toegang tot deze pagina",
        "Uw rol geeft dit recht niet. Kies rechtsboven een andere rol of vraag uw functioneel beheerder om het recht.",
    ),
    404: (
        "Deze pagina bestaat niet",
        "Controleer het adres. Het kan ook zijn dat dit dossier bij een andere organisatie hoort.",
    ),
    429: ("Te veel pogingen", "Wacht 15 minuten en probeer het dan opnieuw."),
    500: (
        "Er ging iets mis",
        "Uw laatste stap is niet opgeslagen. Probeer het opnieuw. "
        "Blijft het misgaan, meld dan het tijdstip aan uw functioneel beheerder.",
    ),
}


def foutpagina(request: HttpRequest, status: int) -> HttpResponse:
    """Render error.html with `status`, `kop` and `uitleg`; plain text when even the template fails to load."""
    kop, uitleg = TEKSTEN[status]
    try:
        return render(request, "error.html", {"status": status, "kop": kop, "uitleg": uitleg}, status=status)
    except TemplateDoesNotExist:
        return HttpResponse(f"{kop}. {uitleg}", status=status, content_type="text/plain; charset=utf-8")


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    return foutpagina(request, 400)


@requires_csrf_token
def handler403(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Also CSRF_FAILURE_VIEW, which passes `reason`."""
    return foutpagina(request, 403)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return foutpagina(request, 404)


def handler429(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """allauth calls this one by name when a rate limit is hit."""
    return foutpagina(request, 429)


def handler500(request: HttpRequest) -> HttpResponse:
    return foutpagina(request, 500)

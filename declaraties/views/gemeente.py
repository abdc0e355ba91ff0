from django.http import Http404, HttpRequest, HttpResponse

from wmo.permissions import iedereen


@iedereen
def overzicht(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def download_lijst(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def start_maandrun(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def declaratie(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def download(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def controleer(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def antwoord(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def betaling(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def besluit(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404

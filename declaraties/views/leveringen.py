from django.http import Http404, HttpRequest, HttpResponse

from wmo.permissions import iedereen


@iedereen
def registreer(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def upload(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def sjabloon(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def bestand(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def foutbestand(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404

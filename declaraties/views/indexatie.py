from django.http import Http404, HttpRequest, HttpResponse

from wmo.permissions import iedereen


@iedereen
def nieuw(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def taak(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def toon(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def download(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def besluit(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404

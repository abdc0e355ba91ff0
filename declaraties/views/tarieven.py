from django.http import Http404, HttpRequest, HttpResponse

from wmo.permissions import iedereen


@iedereen
def overzicht(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def nieuw(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def download(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404

from django.http import Http404, HttpRequest, HttpResponse

from wmo.permissions import iedereen


@iedereen
def maanden(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def detail(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def download(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def controleer(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def indienen(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404


@iedereen
def corrigeer(request: HttpRequest, **kw: object) -> HttpResponse:
    raise Http404

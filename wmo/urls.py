"""Paths of the case. Dutch, lower case, shareable; never a BSN or a name in them (R-321)."""

from django.urls import path

from wmo.views import start

app_name = "wmo"

urlpatterns = [
    path("", start.start, name="start"),
    path("wissel/", start.wissel, name="wissel"),
    path("inloggen/oefenen/", start.demo_inloggen, name="demo-inloggen"),
]

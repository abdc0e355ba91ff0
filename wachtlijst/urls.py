"""Paths of the list. A place goes by its code, which names nobody (R-120)."""

from django.urls import path

from wachtlijst.views import aanbieder, downloads, gemeente, plaatsen, regio, spoed, spoedaanbieder, werk

app_name = "wachtlijst"

PLEK = "aanbieder/wachtlijst/<slug:slug>/plek/<str:code>/"

urlpatterns = [
    path("regio/wachttijden/", regio.wachttijden, name="wachttijden"),
    path("regio/wachttijden/download/", regio.download, name="wachttijden-download"),
    path("wachtlijst/", gemeente.overzicht, name="overzicht"),
    path("wachtlijst/werkinstructie/", werk.werkinstructie, name="werkinstructie"),
    path("wachtlijst/plek/<str:code>/opdracht/", werk.opdracht, name="opdracht"),
    path("wachtlijst/plek/<str:code>/ingrijpen/", werk.ingrijpen, name="ingrijpen"),
    path("wachtlijst/ingreep/<int:pk>/", werk.ingreep, name="ingreep"),
    path("wachtlijst/<slug:slug>/", gemeente.gemeente, name="gemeente"),
    path("wachtlijst/<slug:slug>/terugkijken/", gemeente.terugkijken, name="terugkijken"),
    path("wachtlijst/<slug:slug>/download/", downloads.lijst, name="download"),
    path("wachtlijst/<slug:slug>/download/namen/", downloads.lijst_met_namen, name="download-namen"),
    path("wachtlijst/<slug:slug>/plek/<str:code>/waarom/", gemeente.waarom, name="waarom"),
    path("zaken/<str:zaaknummer>/wachtlijst/", plaatsen.plaatsen, name="plaatsen"),
    path("zaken/<str:zaaknummer>/opdracht/", plaatsen.rechtstreeks, name="rechtstreeks"),
    path("zaken/<str:zaaknummer>/spoedtraject/", spoed.uitvragen, name="spoed-uitvragen"),
    path("spoed/", spoed.bord, name="spoed"),
    path("spoed/download/", downloads.spoed, name="spoed-download"),
    path("spoed/<str:code>/", spoed.traject, name="spoedtraject"),
    path("spoed/<str:code>/opdracht/", spoed.opdracht, name="spoed-opdracht"),
    path("aanbieder/spoed/", spoedaanbieder.bord, name="aanbieder-spoed"),
    path("aanbieder/spoed/<str:code>/", spoedaanbieder.antwoord, name="spoed-antwoord"),
    path("aanbieder/wachtlijst/", aanbieder.start, name="aanbieder"),
    path("aanbieder/claims/download/", downloads.claims, name="claims-download"),
    path("aanbieder/wachtlijst/<slug:slug>/", aanbieder.gemeente, name="aanbieder-gemeente"),
    path(PLEK + "claim/", aanbieder.claim, name="claim"),
    path(PLEK + "niet-aannemen/", aanbieder.niet_aannemen, name="niet-aannemen"),
]

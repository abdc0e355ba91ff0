"""Paths of money and tariffs."""

from django.urls import path

from declaraties.views import aanbieder, gemeente, indexatie, leveringen, tarieven

app_name = "declaraties"

urlpatterns = [
    path("aanbieder/declaraties/", aanbieder.maanden, name="aanbieder"),
    path("aanbieder/declaraties/opstellen/", aanbieder.opstellen, name="opstellen"),
    path("aanbieder/declaraties/leveringen/", leveringen.registreer, name="registreer"),
    path("aanbieder/declaraties/bestand/", leveringen.upload, name="upload"),
    path("aanbieder/declaraties/bestand/sjabloon/", leveringen.sjabloon, name="sjabloon"),
    path("aanbieder/declaraties/bestand/<int:pk>/", leveringen.bestand, name="bestand"),
    path("aanbieder/declaraties/bestand/<int:pk>/fouten/", leveringen.foutbestand, name="foutbestand"),
    path("aanbieder/declaraties/<int:pk>/", aanbieder.detail, name="eigen"),
    path("aanbieder/declaraties/<int:pk>/download/", aanbieder.download, name="eigen-download"),
    path("aanbieder/declaraties/<int:pk>/controleer/", aanbieder.controleer, name="controleer"),
    path("aanbieder/declaraties/<int:pk>/indienen/", aanbieder.indienen, name="indienen"),
    path("aanbieder/declaraties/regel/<int:pk>/corrigeer/", aanbieder.corrigeer, name="corrigeer"),
    path("declaraties/", gemeente.overzicht, name="overzicht"),
    path("declaraties/download/", gemeente.download_lijst, name="download-lijst"),
    path("declaraties/maandrun/", gemeente.start_maandrun, name="maandrun"),
    path("declaraties/<int:pk>/", gemeente.declaratie, name="declaratie"),
    path("declaraties/<int:pk>/download/", gemeente.download, name="download"),
    path("declaraties/<int:pk>/controleer/", gemeente.controleer, name="controleer-opnieuw"),
    path("declaraties/<int:pk>/antwoord/", gemeente.antwoord, name="antwoord"),
    path("declaraties/<int:pk>/betaling/", gemeente.betaling, name="betaling"),
    path("declaraties/regel/<int:pk>/besluit/", gemeente.besluit, name="besluit"),
    path("tarieven/", tarieven.overzicht, name="tarieven"),
    path("tarieven/nieuw/", tarieven.nieuw, name="tarief-nieuw"),
    path("tarieven/download/", tarieven.download, name="tarieven-download"),
    path("tarieven/indexatie/nieuw/", indexatie.nieuw, name="indexatie-nieuw"),
    path("tarieven/indexatie/taak/", indexatie.taak, name="indexatie-taak"),
    path("tarieven/indexatie/<int:pk>/", indexatie.toon, name="indexatie"),
    path("tarieven/indexatie/<int:pk>/download/", indexatie.download, name="indexatie-download"),
    path("tarieven/indexatie/<int:pk>/reken/", indexatie.reken, name="indexatie-reken"),
    path("tarieven/indexatie/<int:pk>/stap/", indexatie.stap, name="indexatie-stap"),
    path("tarieven/indexatie/<int:pk>/oordeel/", indexatie.oordeel, name="indexatie-oordeel"),
]

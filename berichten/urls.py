"""Paths of the messages, for the gemeente and for an aanbieder. Never a BSN or a name in them (R-321)."""

from django.urls import path

from berichten.views import bericht, foutmeldingen, knooppunt, levering, monitor, opvolgen, technisch, verzoeken, vragen

app_name = "berichten"

urlpatterns = [
    path("berichten/", monitor.monitor, name="monitor"),
    path("berichten/gekozen/", opvolgen.gekozen, name="gekozen"),
    path("berichten/lijst/<slug:lijst>/", monitor.monitor, name="monitor-lijst"),
    path("berichten/lijst/<slug:lijst>/download/", monitor.download, name="download"),
    path("berichten/foutmeldingen/", foutmeldingen.foutmeldingen, name="foutmeldingen"),
    path("berichten/toewijzing/<int:pk>/", monitor.toewijzing, name="toewijzing"),
    path("berichten/<int:pk>/", bericht.bericht, name="bericht"),
    path("berichten/<int:pk>/technisch/", technisch.technisch, name="technisch"),
    path("berichten/<int:pk>/xml/", technisch.xml, name="xml"),
    path("verzoeken/<int:pk>/", verzoeken.verzoek, name="verzoek"),
    path("koppelvlak/ggk/", knooppunt.ggk, name="ggk"),
    # the aanbieder
    path("aanbieder/berichten/", monitor.aanbieder, name="aanbieder"),
    path("aanbieder/berichten/lijst/<slug:lijst>/", monitor.aanbieder, name="aanbieder-lijst"),
    path("aanbieder/berichten/toewijzing/<int:pk>/", monitor.aanbieder_toewijzing, name="aanbieder-toewijzing"),
    path("aanbieder/berichten/<int:pk>/", bericht.aanbieder_bericht, name="aanbieder-bericht"),
    path("aanbieder/clienten/<int:pk>/start/", levering.start, name="start-melden"),
    path("aanbieder/clienten/<int:pk>/stop/", levering.stop, name="stop-melden"),
    path("aanbieder/clienten/<int:pk>/pauze/", levering.pauze, name="pauze-melden"),
    path("aanbieder/clienten/<int:pk>/hervatten/", levering.hervatten, name="hervatten"),
    path("aanbieder/clienten/<int:pk>/wijziging/", levering.wijziging, name="wijziging-vragen"),
    path("aanbieder/clienten/<int:pk>/toewijzing-vragen/", vragen.voor_client, name="toewijzing-vragen"),
    path("aanbieder/toewijzing-vragen/", vragen.nieuw, name="nieuwe-client"),
]

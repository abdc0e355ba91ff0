"""Paths of the case. Dutch, lower case, shareable; never a BSN or a name in them (R-321)."""

from django.urls import path

from wmo.views import (
    achtergrond,
    beschikkingen,
    documenten,
    leveringen,
    meldingen,
    normenkaders,
    onderzoeken,
    plannen,
    start,
    toewijzingen,
    werkvoorraad,
    zaakacties,
    zaken,
    zoeken,
)

app_name = "wmo"

ZAAK = "zaken/<str:zaaknummer>/"

urlpatterns = [
    path("", start.start, name="start"),
    path("wissel/", start.wissel, name="wissel"),
    path("inloggen/oefenen/", start.demo_inloggen, name="demo-inloggen"),
    path("taken/<int:pk>/", achtergrond.taak, name="taak"),
    # the work
    path("werkvoorraad/", werkvoorraad.werkvoorraad, name="werkvoorraad"),
    path("werkvoorraad/taken/", werkvoorraad.taken, name="taken"),
    path("werkvoorraad/toewijzen/", werkvoorraad.toewijzen, name="toewijzen"),
    path("werkvoorraad/<str:lijst>/", werkvoorraad.werkvoorraad, name="werkvoorraad-lijst"),
    path("werkvoorraad/<str:lijst>/download/", werkvoorraad.download, name="werkvoorraad-download"),
    path("zoeken/", zoeken.zoeken, name="zoeken"),
    path("meldingen/nieuw/", meldingen.nieuw, name="melding-nieuw"),
    # the dossier
    path(ZAAK, zaken.zaak, name="zaak"),
    path(f"{ZAAK}bsn/", zaken.bsn, name="bsn"),
    path(f"{ZAAK}deel/<slug:sleutel>/", zaken.paneel, name="paneel"),
    path(f"{ZAAK}melding/", meldingen.melding, name="melding"),
    path(f"{ZAAK}spoed/", meldingen.spoed, name="spoed-melden"),
    path(f"{ZAAK}onderzoek/", onderzoeken.onderzoek, name="onderzoek"),
    path(f"{ZAAK}onderzoek/verslag/", onderzoeken.verslag_voorbeeld, name="verslag-voorbeeld"),
    path(f"{ZAAK}plan/", plannen.plan, name="plan"),
    path(f"{ZAAK}plan/vaststellen/", plannen.vaststellen, name="plan-vaststellen"),
    path(f"{ZAAK}plan/versie/<int:versie>/", plannen.versie, name="plan-versie"),
    path(f"{ZAAK}normenkader/", normenkaders.normenkader, name="normenkader"),
    path(f"{ZAAK}normenkader/<slug:soort>/", normenkaders.normenkader, name="normenkader-soort"),
    path(f"{ZAAK}normenkader/<slug:soort>/reken/", normenkaders.reken, name="normenkader-reken"),
    path(f"{ZAAK}beschikking/", beschikkingen.beschikking, name="beschikking"),
    path(f"{ZAAK}beschikking/tekenen/", beschikkingen.tekenen, name="beschikking-tekenen"),
    path(f"{ZAAK}beschikking/brief.pdf", beschikkingen.voorbeeld_pdf, name="beschikking-pdf"),
    path(f"{ZAAK}beschikking/<slug:stap>/", beschikkingen.stap, name="beschikking-stap"),
    path(f"{ZAAK}toewijzingen/", toewijzingen.toewijzingen, name="toewijzingen"),
    path(f"{ZAAK}toewijzingen/<int:pk>/verlengen/", toewijzingen.verlengen, name="toewijzing-verlengen"),
    path(f"{ZAAK}toewijzingen/<int:pk>/stoppen/", toewijzingen.stoppen, name="toewijzing-stoppen"),
    path(f"{ZAAK}toewijzingen/<int:pk>/verwijderen/", toewijzingen.verwijderen, name="toewijzing-verwijderen"),
    path(f"{ZAAK}documenten/", documenten.documenten, name="documenten"),
    path("documenten/<int:pk>/", documenten.document, name="document"),
    path("documenten/<int:pk>/delen/", documenten.delen, name="document-delen"),
    path(f"{ZAAK}notities/", documenten.notities, name="notities"),
    path(f"{ZAAK}inzage/", documenten.inzage, name="inzage"),
    # one button, one small form
    path(f"{ZAAK}aanvraag/", zaakacties.aanvraag, name="aanvraag"),
    path(f"{ZAAK}stilzetten/", zaakacties.opschorten, name="opschorten"),
    path(f"{ZAAK}hervatten/", zaakacties.hervatten, name="hervatten"),
    path(f"{ZAAK}overdragen/", zaakacties.overdragen, name="overdragen"),
    path(f"{ZAAK}intrekken/", zaakacties.intrekken, name="intrekken"),
    path(f"{ZAAK}doorverwijzen/", zaakacties.doorverwijzen, name="doorverwijzen"),
    path(f"{ZAAK}overlijden/", zaakacties.overlijden, name="overlijden"),
    path(f"{ZAAK}berichtenverkeer/", zaakacties.berichtenverkeer, name="berichtenverkeer"),
    path(f"{ZAAK}contact/", zaakacties.contact, name="contact"),
    path(f"{ZAAK}toestemming/", zaakacties.toestemming, name="toestemming"),
    path(f"{ZAAK}toestemming/<int:pk>/intrekken/", zaakacties.toestemming_intrekken, name="toestemming-intrekken"),
    # the aanbieder
    path("aanbieder/clienten/", leveringen.clienten, name="clienten"),
    path("aanbieder/clienten/<int:pk>/", leveringen.levering, name="levering"),
]

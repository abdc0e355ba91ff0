"""Files of a case: kept encrypted, named after the case, shared only where the law allows (R-300, R-321, R-343)."""

from datetime import datetime

from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer
from wmo.models import Aanbieder, Aanstelling, Document, Toestemming, Toewijzing, Zaak
from wmo.periodes import vandaag
from wmo.permissions import Recht
from wmo.rules import delen
from wmo.rules.bestandssoort import JPEG, PDF, PNG, TEKST, WORD, herken

MAXIMUM = 25 * 1024 * 1024  # bytes
EXTENSIES = {PDF: "pdf", JPEG: "jpg", PNG: "png", TEKST: "txt", WORD: "docx"}


def maak(
    *,
    zaak: Zaak,
    soort: str,
    titel: str,
    inhoud: bytes,
    gemaakt_door: Aanstelling,
    nu: datetime,
    mimetype: str = PDF,
    bestandsnaam: str = "",
) -> Document:
    """Store a file of a case; called inside an action, which writes the line in the logboek.

    The file name carries the kenmerk and a number, never a name or BSN (R-321).
    """
    nummer = Document.objects.filter(zaak=zaak, soort=soort).count() + 1
    naam = bestandsnaam or f"{zaak.zaaknummer}-{soort}-{nummer}.{EXTENSIES[mimetype]}"
    return Document.objects.create(
        zaak=zaak,
        soort=soort,
        titel=titel,
        bestandsnaam=naam,
        mimetype=mimetype,
        grootte=len(inhoud),
        inhoud=inhoud,
        gemaakt_op=nu,
        gemaakt_door=gemaakt_door,
    )


@actie(Recht.BESCHIKKING_OPSTELLEN)
def voeg_toe(*, zaak: Zaak, soort: str, titel: str, inhoud: bytes, door: Aanstelling, nu: datetime) -> Document:
    """Add a received file; its own bytes say what it is. Raises Geweigerd: TE_GROOT, LEEG, SOORT."""
    if len(inhoud) > MAXIMUM:
        raise Geweigerd("Dit bestand is groter dan 25 MB. Maak het kleiner of splits het.", reden="TE_GROOT")
    if not inhoud:
        raise Geweigerd("Dit bestand is leeg. Kies een ander bestand.", reden="LEEG")
    mimetype = herken(inhoud)
    if mimetype is None:
        raise Geweigerd("Dit soort bestand kan niet. Kies een pdf, een foto, een Word-bestand of tekst.", reden="SOORT")
    document = maak(zaak=zaak, soort=soort, titel=titel, inhoud=inhoud, gemaakt_door=door, nu=nu, mimetype=mimetype)
    noteer(
        door=door,
        nu=nu,
        handeling="documenten.voeg_toe",
        over=document,
        zaak=zaak,
        tekst=f"Document toegevoegd: {document.get_soort_display()}",
    )
    return document


@actie(Recht.BESCHIKKING_OPSTELLEN)
def deel(*, document: Document, aanbieder: Aanbieder, door: Aanstelling, nu: datetime) -> None:
    """Show the document to a provider in the portal; never by iWmo, which carries no attachments (R-300)."""
    client = document.zaak.client
    gegeven = client.toestemmingen.geldend(Toestemming.Doel.GESPREKSVERSLAG, aanbieder.naam, op=vandaag(nu))
    opdrachten = Toewijzing.objects.filter(client=client, aanbieder=aanbieder).exclude(status="verwijderd")
    oordeel = delen.mag_naar_aanbieder(document.soort, toestemming=gegeven.exists(), opdracht=opdrachten.exists())
    if not oordeel.mag:
        raise Geweigerd(oordeel.reden, reden="NIET_DELEN")
    document.gedeeld_met.add(aanbieder)
    noteer(
        door=door,
        nu=nu,
        handeling="documenten.deel",
        over=document,
        zaak=document.zaak,
        tekst=f"{document.get_soort_display()} gedeeld met {aanbieder.naam}",
    )

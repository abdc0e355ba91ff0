"""Looking is an act too: each of these writes one line that the client can read later (R-347)."""

from datetime import datetime, timedelta

from wmo.actions.kader import Geweigerd, actie
from wmo.actions.logboek import noteer, noteer_inzage
from wmo.models import Aanstelling, Document, Gemeente, Logregel, Zaak
from wmo.permissions import Recht

VENSTER = timedelta(minutes=15)


def is_pas_geopend(*, zaak: Zaak, aanstelling: Aanstelling, nu: datetime) -> bool:
    """Whether this person's look at this case is on record already: once per fifteen minutes says enough."""
    recent = Logregel.objects.filter(zaak=zaak, moment__gte=nu - VENSTER, soort=Logregel.Soort.LEZEN)
    return recent.filter(aanstelling=aanstelling).exists()


@actie(Recht.DOSSIER_LEZEN)
def open_dossier(*, zaak: Zaak, door: Aanstelling, nu: datetime) -> None:
    """Record that a person opened the case."""
    noteer_inzage(door=door, nu=nu, wat="Dossier bekeken", over=zaak, zaak=zaak)


@actie(Recht.DOSSIER_LEZEN)
def toon_bsn(*, zaak: Zaak, door: Aanstelling, nu: datetime) -> str:
    """The BSN of the client, whole; empty when there is none (R-017, R-321)."""
    noteer_inzage(door=door, nu=nu, wat="BSN getoond", over=zaak.client, zaak=zaak, soort=Logregel.Soort.BSN)
    return str(zaak.client.bsn or "")


@actie(Recht.ZOEKEN)
def zoek(*, soort: str, gemeente: Gemeente, treffers: int, door: Aanstelling, nu: datetime) -> None:
    """Record a search by its kind ("BSN", "naam", "zaaknummer") and its number of hits, never by what was typed."""
    noteer(
        door=door,
        nu=nu,
        handeling="inzage.zoek",
        over=None,
        tekst=f"Gezocht op {soort}: {treffers} gevonden",
        soort=Logregel.Soort.ZOEKEN,
        gemeente=gemeente,
    )


@actie(Recht.WERKVOORRAAD)
def download_lijst(*, wat: str, aantal: int, filter_: str, reden: str, door: Aanstelling, nu: datetime) -> None:
    """Record an export of persons: which list, how many rows, why."""
    noteer(
        door=door,
        nu=nu,
        handeling="inzage.download_lijst",
        over=None,
        tekst=f"{wat} gedownload: {aantal} rijen",
        soort=Logregel.Soort.EXPORT,
        reden=reden,
        details={"filter": filter_},
    )


@actie(Recht.EIGEN_CLIENTEN)
def download_gedeeld_document(*, document: Document, door: Aanstelling, nu: datetime) -> bytes:
    """The bytes of a document that the gemeente shared with this provider; who looked stands in the case."""
    if not Document.objects.voor(door).filter(pk=document.pk).exists():
        raise Geweigerd("Dit document is niet met u gedeeld.", reden="NIET_GEDEELD")
    noteer_inzage(
        door=door,
        nu=nu,
        wat=f"Gedeeld document geopend: {document.get_soort_display()}",
        over=document,
        zaak=document.zaak,
        soort=Logregel.Soort.EXPORT,
    )
    return bytes(document.inhoud)


@actie(Recht.DOSSIER_LEZEN)
def download_document(*, document: Document, door: Aanstelling, nu: datetime) -> bytes:
    """The bytes of a document of a case."""
    noteer_inzage(
        door=door,
        nu=nu,
        wat=f"Document geopend: {document.get_soort_display()}",
        over=document,
        zaak=document.zaak,
        soort=Logregel.Soort.EXPORT,
    )
    return bytes(document.inhoud)

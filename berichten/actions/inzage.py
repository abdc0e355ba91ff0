"""Looking at messages is on record (R-347)."""

from datetime import datetime

from django.db.models import Model

from berichten.models import Bericht
from wmo.actions import inzage
from wmo.actions.kader import actie
from wmo.actions.logboek import noteer_inzage
from wmo.models import Aanstelling, Logregel, Toewijzing, Verzoek
from wmo.permissions import Recht


def is_pas_bekeken(*, toewijzing: Toewijzing, aanstelling: Aanstelling, nu: datetime) -> bool:
    """Once per fifteen minutes says enough."""
    return inzage.is_pas_geopend(zaak=toewijzing.voorziening.beschikking.zaak, aanstelling=aanstelling, nu=nu)


def is_pas_gezien(*, over: Model, aanstelling: Aanstelling, nu: datetime) -> bool:
    """The same for a page about something that need not belong to a case."""
    recent = Logregel.objects.filter(aanstelling=aanstelling, moment__gte=nu - inzage.VENSTER)
    return recent.filter(
        soort=Logregel.Soort.LEZEN, object_soort=over._meta.label_lower, object_id=str(over.pk)
    ).exists()


@actie(Recht.BERICHTEN_LEZEN)
def bekijk_bericht(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    _noteer_bericht(bericht, door, nu)


@actie(Recht.EIGEN_BERICHTEN)
def bekijk_eigen_bericht(*, bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    _noteer_bericht(bericht, door, nu)


def _noteer_bericht(bericht: Bericht, door: Aanstelling, nu: datetime) -> None:
    wat = f"Bericht {bericht.soort or 'zonder soort'} {bericht.identificatie} bekeken"
    noteer_inzage(door=door, nu=nu, wat=wat, over=bericht, client=bericht.client, gemeente=bericht.gemeente)


@actie(Recht.VERZOEK_BEOORDELEN)
def bekijk_verzoek(*, verzoek: Verzoek, door: Aanstelling, nu: datetime) -> None:
    wat = f"{verzoek.get_soort_display()} {verzoek.referentie} bekeken"
    noteer_inzage(door=door, nu=nu, wat=wat, over=verzoek, client=verzoek.client, gemeente=verzoek.gemeente)


@actie(Recht.BERICHTEN_LEZEN)
def bekijk_draad(*, toewijzing: Toewijzing, door: Aanstelling, nu: datetime) -> None:
    _noteer(toewijzing, door, nu)


@actie(Recht.EIGEN_BERICHTEN)
def bekijk_eigen_draad(*, toewijzing: Toewijzing, door: Aanstelling, nu: datetime) -> None:
    _noteer(toewijzing, door, nu)


def _noteer(toewijzing: Toewijzing, door: Aanstelling, nu: datetime) -> None:
    noteer_inzage(
        door=door,
        nu=nu,
        wat=f"Berichten over opdracht {toewijzing.toewijzingnummer} bekeken",
        over=toewijzing,
        zaak=toewijzing.voorziening.beschikking.zaak,
    )


@actie(Recht.BERICHTEN_VERWERKEN)
def bekijk_technisch(*, bericht: Bericht, wat: str, door: Aanstelling, nu: datetime) -> None:
    """The message itself: its fields on the screen, or the XML as a file."""
    noteer_inzage(
        door=door,
        nu=nu,
        wat=f"Bericht {bericht.soort} {bericht.identificatie}: {wat}",
        over=bericht,
        client=bericht.client,
        gemeente=bericht.gemeente,
        soort=Logregel.Soort.EXPORT if wat == "XML gedownload" else Logregel.Soort.LEZEN,
    )


@actie(Recht.BERICHTEN_LEZEN)
def download_lijst(*, lijst: str, aantal: int, door: Aanstelling, nu: datetime) -> None:
    noteer_inzage(
        door=door,
        nu=nu,
        wat=f"Berichten ({lijst}) gedownload: {aantal} rijen",
        over=door,
        soort=Logregel.Soort.EXPORT,
    )

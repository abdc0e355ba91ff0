"""Taking a list out of the portal is an act too (R-347)."""

from datetime import datetime

from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Gemeente, Logregel
from wmo.permissions import Recht


@actie(Recht.WACHTLIJST_LEZEN)
def download_lijst(
    *, gemeente: Gemeente, aantal: int, namen: bool, filter_: str, reden: str = "", door: Aanstelling, nu: datetime
) -> None:
    """With names it takes a reason; without, the line says only that it happened."""
    if namen and not reden.strip():
        raise Geweigerd("Vul in waarom u de namen nodig hebt.", reden="REDEN_ONTBREEKT")
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="wachtlijst.download_lijst",
        over=None,
        tekst=f"Wachtlijst {gemeente} gedownload {'met' if namen else 'zonder'} namen: {aantal} rijen",
        soort=Logregel.Soort.EXPORT,
        gemeente=gemeente,
        reden=reden.strip(),
        details={"filter": filter_},
    )


@actie(Recht.PLEK_CLAIMEN)
def download_claims(*, aantal: int, door: Aanstelling, nu: datetime) -> None:
    """Own claims, by code."""
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="wachtlijst.download_claims",
        over=door.aanbieder,
        tekst=f"Eigen claims gedownload: {aantal} rijen",
        soort=Logregel.Soort.EXPORT,
    )


@actie(Recht.WACHTLIJST_LEZEN)
def download_spoed(*, jaar: int, aantal: int, door: Aanstelling, nu: datetime) -> None:
    """The spoedregister of a year, by code."""
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="wachtlijst.download_spoed",
        over=None,
        tekst=f"Spoedregister {jaar} gedownload: {aantal} rijen",
        soort=Logregel.Soort.EXPORT,
    )

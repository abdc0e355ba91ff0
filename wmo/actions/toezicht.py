"""Reading the logboek is an act too: taking it away and having its chains checked leave a line (R-347)."""

from datetime import datetime

from wmo.actions import achtergrond
from wmo.actions.kader import actie
from wmo.actions.logboek import noteer
from wmo.models import Aanstelling, Achtergrondtaak, Logregel
from wmo.permissions import Recht

CONTROLE = "wmo.tasks.controleer_logboek"


@actie(Recht.LOGBOEK_LEZEN)
def download(*, aantal: int, filter_: str, door: Aanstelling, nu: datetime) -> None:
    """Record an export of the logboek: how many lines, chosen how."""
    noteer(
        door=door,
        nu=nu,
        handeling="toezicht.download",
        over=None,
        tekst=f"Logboek gedownload: {aantal} regels",
        soort=Logregel.Soort.EXPORT,
        details={"filter": filter_},
    )


@actie(Recht.LOGBOEK_LEZEN)
def vraag_controle(*, pad: str, door: Aanstelling, nu: datetime) -> Achtergrondtaak:
    """Recompute the chains that this person may read, in the background: a million lines take a minute."""
    taak = achtergrond.zet_klaar(
        soort=CONTROLE,
        titel="Logboek controleren",
        sleutel=f"{CONTROLE}:{door.pk}",
        starter=door,
        nu=nu,
        pad=pad,
        gemeente=door.gemeente_id,
    )
    noteer(door=door, nu=nu, handeling="toezicht.vraag_controle", over=taak, tekst="Controle van het logboek gestart")
    return taak

"""What the first of December prepares: one dry run per contract from the published figures (R-270)."""

from __future__ import annotations

from datetime import datetime

from declaraties.actions.indexaties import Uitgangspunten, stel_voor
from declaraties.models import Indexatie, Indexcijfer
from wmo.actions import logboek
from wmo.actions.kader import actie
from wmo.models import Aanstelling, Contract
from wmo.periodes import vandaag
from wmo.permissions import Recht


@actie(Recht.INDEXATIE_VOORSTELLEN)
def bereid_voor(*, contract: Contract, jaar: int, door: Aanstelling, nu: datetime) -> bool:
    """Make the dry run of a contract; False when there is one already or the figures are not known yet."""
    if Indexatie.objects.filter(contract=contract, jaar=jaar).exists():
        return _sla_over(contract, f"er is al een berekening voor {jaar}", door, nu)
    invoer = uitgangspunten(contract, jaar)
    if invoer is None:
        return _sla_over(contract, f"de indexcijfers van {jaar - 1} en {jaar} zijn er nog niet", door, nu)
    stel_voor(contract=contract, jaar=jaar, uitgangspunten=invoer, op=vandaag(nu), door=door, nu=nu)
    return True


def _sla_over(contract: Contract, waarom: str, starter: Aanstelling, nu: datetime) -> bool:
    logboek.noteer(
        door=starter,
        nu=nu,
        handeling="indexaties.bereid_voor",
        over=contract,
        tekst=f"{contract.naam}: geen proefberekening gemaakt, {waarom}",
    )
    return False


def uitgangspunten(contract: Contract, jaar: int) -> Uitgangspunten | None:
    """The figures of the year before and of the new year, with the weights of the contract; None when one lacks.

    The year after a procurement at current prices has nothing to correct (R-270).
    """
    oud, nieuw = (Indexcijfer.objects.filter(jaar=j).first() for j in (jaar - 1, jaar))
    eerste_jaar = contract.ingangsdatum.year == jaar - 1
    if oud is None or nieuw is None or (not eerste_jaar and None in (oud.ova_definitief, oud.ppc_definitief)):
        return None
    return Uitgangspunten(
        loongewicht=contract.loongewicht,
        ova_voorlopig=oud.ova_voorlopig,
        ppc_voorlopig=oud.ppc_voorlopig,
        ova_definitief=oud.ova_definitief,
        ppc_definitief=oud.ppc_definitief,
        ova_nieuw=nieuw.ova_voorlopig,
        ppc_nieuw=nieuw.ppc_voorlopig,
        correctiemethode=contract.correctiemethode,
        bron=nieuw.bron,
        eerste_jaar=eerste_jaar,
    )

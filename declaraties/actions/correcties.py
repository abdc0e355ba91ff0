"""Setting right what was approved: a credit that repeats the debet, and a new debet (R-284, IV091)."""

from __future__ import annotations

from datetime import datetime

from declaraties.actions.declaraties import concept, declaratieperiode
from declaraties.actions.leveringen import schrijf
from declaraties.actions.sloten import vergrendel_geld
from declaraties.models import Declaratie, Declaratieregel, Prestatie
from declaraties.models.maanden import tel_op, volgende_id, vul_concept
from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling
from wmo.periodes import vandaag
from wmo.permissions import Recht

OVERGENOMEN = (
    "aanbieder_id", "toewijzing_id", "toewijzingnummer", "product_id", "categorie", "productcode", "ingangsdatum",
    "einddatum", "eenheid", "volume", "tarief", "bedrag",
)  # fmt: skip


@actie(Recht.DECLAREREN)
def corrigeer(*, regel: Declaratieregel, aantal: int, door: Aanstelling, nu: datetime) -> Declaratie:
    """Credit an approved line and declare `aantal` instead (0: credit only), in the concept that is open now.

    Geweigerd before the answer of the gemeente, and for a line that was corrected already.
    """
    declaratie = regel.declaratie
    vergrendel_geld(declaratie.aanbieder_id, declaratie.gemeente_id)
    regel.refresh_from_db()
    if not regel.is_correctie_mogelijk or regel.toewijzing_id is None:
        raise Geweigerd(_waarom_niet(regel), reden="GEEN_CORRECTIE")
    maand = declaratieperiode(declaratie.aanbieder_id, declaratie.gemeente_id, vandaag(nu))
    doel, _ = concept(declaratie.aanbieder, declaratie.gemeente, maand, nu)
    _crediteer(regel, doel)
    schrijf([(regel.toewijzing_id, regel.periode, aantal)], bron=Prestatie.Bron.CORRECTIE, starter=door, nu=nu)
    vul_concept(doel)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="declaraties.corrigeer",
        over=regel,
        gemeente=declaratie.gemeente,
        tekst=f"Regel {regel.referentienummer} gecrediteerd en opnieuw gedeclareerd in {doel}",
        details={"was": regel.volume, "wordt": aantal},
    )
    return doel


def _waarom_niet(regel: Declaratieregel) -> str:
    if regel.gecrediteerd:
        return "Deze regel is al gecorrigeerd."
    if not regel.declaratie.is_beantwoord:
        return "Corrigeren kan pas na het antwoord van de gemeente."
    return "Alleen een goedgekeurde regel kunt u corrigeren. Pas anders de levering aan."


def _crediteer(regel: Declaratieregel, doel: Declaratie) -> None:
    """The mark on the debet goes first: the new debet may then stand beside it."""
    regel.gecrediteerd = True
    regel.save(update_fields=["gecrediteerd"])
    nummer = volgende_id()
    Declaratieregel.objects.create(
        pk=nummer,
        declaratie=doel,
        is_credit=True,
        referentienummer=f"P{nummer}",
        vorig_referentienummer=regel.referentienummer,
        vorige=regel,
        **{veld: getattr(regel, veld) for veld in OVERGENOMEN},
    )
    tel_op(doel)

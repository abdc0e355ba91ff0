"""The yearly indexation: dry run, four eyes, publication (R-270 to R-274)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.urls import reverse

from declaraties.actions.sloten import vergrendel
from declaraties.actions.tarieven import nieuwe_rij
from declaraties.models import Indexatie, Indexatieregel, Indexatievolume, Tarief
from declaraties.rules.indexatie import Basis, nieuw_uurtarief
from wmo import weergave
from wmo.actions import achtergrond, logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Achtergrondtaak, Contract
from wmo.permissions import Recht
from wmo.rules.afronden import rond_af

Status = Indexatie.Status


@dataclass(frozen=True)
class Uitgangspunten:
    """The input of a dry run, percentages as people write them; `definitief` may be None in the first year."""

    loongewicht: Decimal
    ova_voorlopig: Decimal
    ppc_voorlopig: Decimal
    ova_definitief: Decimal | None
    ppc_definitief: Decimal | None
    ova_nieuw: Decimal
    ppc_nieuw: Decimal
    correctiemethode: str
    bron: str
    eerste_jaar: bool = False


# Volume a year of what runs on `op`: minutes for time, units for the rest. A total within the term counts by its days.
JAARVOLUMES = """
SELECT t.product_id, t.gemeente_id, round(sum(
    t.volume * CASE WHEN t.eenheid = '04' THEN 60 ELSE 1 END * CASE t.frequentie
        WHEN '1' THEN 365 WHEN '2' THEN 52 WHEN '4' THEN 12
        ELSE 365.0 / GREATEST(1, COALESCE(t.einddatum - t.ingangsdatum + 1, 365)) END))::bigint
FROM wmo_toewijzing t JOIN wmo_perceel p ON p.aanbieder_id = t.aanbieder_id AND p.gemeente_id = t.gemeente_id
    AND p.contract_id = %(contract)s AND p.ingangsdatum <= %(op)s AND (p.einddatum IS NULL OR p.einddatum >= %(op)s)
WHERE t.ingangsdatum <= %(op)s AND (t.einddatum IS NULL OR t.einddatum >= %(op)s)
  AND t.volume IS NOT NULL AND t.frequentie <> '' AND t.status NOT IN ('verwijderd', 'beeindigd')
GROUP BY 1, 2
"""


@actie(Recht.INDEXATIE_VOORSTELLEN)
def stel_voor(
    *, contract: Contract, jaar: int, uitgangspunten: Uitgangspunten, op: date, door: Aanstelling, nu: datetime
) -> Indexatie:
    """A dry run for 1 January of `jaar`: nothing changes in the tariffs. `op` is the day whose toewijzingen count."""
    _controleer(uitgangspunten)
    indexatie = Indexatie.objects.create(contract=contract, jaar=jaar, gemaakt_op=nu, **vars(uitgangspunten))
    _reken_door(indexatie, op)
    _noteer("stel_voor", f"{indexatie} doorgerekend", indexatie, door, nu)
    return indexatie


@actie(Recht.INDEXATIE_VOORSTELLEN)
def reken_opnieuw(
    *, indexatie: Indexatie, uitgangspunten: Uitgangspunten, op: date, door: Aanstelling, nu: datetime
) -> Indexatie:
    """Other input in the same proof."""
    _controleer(uitgangspunten)
    vergrendel("tarieven", indexatie.contract_id)
    indexatie.refresh_from_db(fields=["status"])  # what a colleague was asked to approve no longer moves
    if indexatie.status != Status.PROEF:
        raise Geweigerd("Deze berekening is al voorgelegd. Maak een nieuwe proefberekening.", reden="STATUS")
    for naam, waarde in vars(uitgangspunten).items():
        setattr(indexatie, naam, waarde)
    indexatie.save(update_fields=list(vars(uitgangspunten)))
    _reken_door(indexatie, op)
    _noteer("reken_opnieuw", f"{indexatie} opnieuw doorgerekend", indexatie, door, nu)
    return indexatie


def _controleer(invoer: Uitgangspunten) -> None:
    if not 0 <= invoer.loongewicht <= 100:
        raise Geweigerd("Het gewicht van loon ligt tussen 0 en 100%.", reden="GEWICHT")
    if not invoer.eerste_jaar and (invoer.ova_definitief is None or invoer.ppc_definitief is None):
        raise Geweigerd("Vul ook de definitieve cijfers in, of kies ‘eerste jaar na de inkoop’.", reden="DEFINITIEF")


def _reken_door(indexatie: Indexatie, op: date) -> None:
    """Freeze old and new tariff per product, and the volumes per gemeente."""
    indexatie.regels.all().delete()
    percentage, basis = indexatie.percentage, Basis(indexatie.contract.indexatiebasis)
    lopend = Tarief.objects.op(date(indexatie.jaar - 1, 12, 31)).filter(contract=indexatie.contract)
    regels = {}
    for tarief in lopend.select_related("product"):
        # the basis of the contract only matters for time: other units have one price
        nieuw = nieuw_uurtarief(tarief.tarief, percentage, basis if tarief.is_uurtarief else Basis.UUR)
        regels[tarief.product_id] = Indexatieregel.objects.create(
            indexatie=indexatie, product=tarief.product, oud=tarief.tarief, nieuw=nieuw
        )
    volumes = [
        Indexatievolume(regel=regels[product], gemeente_id=gemeente, aantal_per_jaar=aantal)
        for product, gemeente, aantal in jaarvolumes(indexatie.contract, op)
        if product in regels
    ]
    Indexatievolume.objects.bulk_create(volumes)


def jaarvolumes(contract: Contract, op: date) -> list[tuple[int, int, int]]:
    """(product, gemeente, amount a year) of the running toewijzingen under a contract."""
    with connection.cursor() as cursor:
        cursor.execute(JAARVOLUMES, {"contract": contract.pk, "op": op})
        return list(cursor.fetchall())


@actie(Recht.INDEXATIE_VOORSTELLEN)
def vraag_goedkeuring(*, indexatie: Indexatie, door: Aanstelling, nu: datetime) -> None:
    """PROEF -> VOORGESTELD. One on its way per contract and year."""
    vergrendel("tarieven", indexatie.contract_id)
    indexatie.refresh_from_db()
    lopend = Indexatie.objects.lopend().filter(contract=indexatie.contract, jaar=indexatie.jaar)
    if lopend.exclude(pk=indexatie.pk).exists():
        raise Geweigerd(f"Er loopt al een indexatie voor {indexatie.jaar}. Bekijk die eerst.", reden="LOOPT")
    if not indexatie.regels.exists():
        raise Geweigerd("Dit contract heeft nog geen tarieven. Leg eerst tarieven vast.", reden="GEEN_TARIEVEN")
    if not indexatie.kan_naar(Status.VOORGESTELD):
        raise Geweigerd("Deze berekening is al voorgelegd.", reden="STATUS")
    indexatie.zet_status(Status.VOORGESTELD, voorgesteld_door=door, voorgesteld_op=nu)
    _noteer("vraag_goedkeuring", f"Goedkeuring gevraagd voor {indexatie}", indexatie, door, nu)


@actie(Recht.INDEXATIE_GOEDKEUREN)
def keur_goed(*, indexatie: Indexatie, door: Aanstelling, nu: datetime) -> None:
    """A second person agrees: never the one who asked, also not in another role (R-274)."""
    _tweede_paar_ogen(indexatie, door)
    indexatie.zet_status(Status.GOEDGEKEURD, beoordeeld_door=door, beoordeeld_op=nu)
    _noteer("keur_goed", f"{indexatie} goedgekeurd", indexatie, door, nu)


@actie(Recht.INDEXATIE_GOEDKEUREN)
def wijs_af(*, indexatie: Indexatie, reden: str, door: Aanstelling, nu: datetime) -> None:
    """Refuse with a reason; a new proof can follow."""
    if not reden.strip():
        raise Geweigerd("Schrijf waarom u dit voorstel afwijst.", reden="REDEN")
    _tweede_paar_ogen(indexatie, door)
    indexatie.zet_status(Status.AFGEWEZEN, beoordeeld_door=door, beoordeeld_op=nu, reden=reden.strip())
    _noteer("wijs_af", f"{indexatie} afgewezen", indexatie, door, nu)


def _tweede_paar_ogen(indexatie: Indexatie, door: Aanstelling) -> None:
    if indexatie.status != Status.VOORGESTELD or indexatie.voorgesteld_door is None:
        raise Geweigerd("Dit voorstel wacht niet op goedkeuring.", reden="STATUS")
    if indexatie.voorgesteld_door.gebruiker_id == door.gebruiker_id:
        raise Geweigerd("U hebt dit aangevraagd. Een collega moet goedkeuren.", reden="VIER_OGEN")


@actie(Recht.INDEXATIE_VOORSTELLEN)
def publiceer(*, indexatie: Indexatie, door: Aanstelling, nu: datetime) -> int:
    """New tariff rows from 1 January; the old ones end on 31 December and keep their price. The number of new rows.

    Two at once: the second waits for the lock and then reads that it is done. Geweigerd with reden GEPUBLICEERD then,
    and with GEWIJZIGD when a tariff is no longer the one that was approved.
    """
    vergrendel("tarieven", indexatie.contract_id)
    indexatie.refresh_from_db()
    if indexatie.status == Status.GEPUBLICEERD:
        raise Geweigerd("Deze tarieven zijn al gepubliceerd.", reden="GEPUBLICEERD")
    if indexatie.status != Status.GOEDGEKEURD:
        raise Geweigerd("Publiceren kan pas na goedkeuring door een collega.", reden="STATUS")
    bron = f"Indexatie {indexatie.jaar}: {weergave.procent(rond_af(indexatie.percentage, 3), 3)} ({indexatie.bron})"
    regels = list(indexatie.regels.select_related("product"))
    for regel in regels:
        _controleer_oud(indexatie, regel)
        nieuwe_rij(
            indexatie.contract, regel.product, regel.nieuw, date(indexatie.jaar, 1, 1), bron[:200], indexatie=indexatie
        )
    indexatie.zet_status(Status.GEPUBLICEERD, gepubliceerd_op=nu)
    _noteer("publiceer", f"{indexatie} gepubliceerd: {len(regels)} tarieven", indexatie, door, nu)
    return len(regels)


def _controleer_oud(indexatie: Indexatie, regel: Indexatieregel) -> None:
    lopend = Tarief.objects.op(date(indexatie.jaar - 1, 12, 31)).filter(
        contract=indexatie.contract_id, product=regel.product_id
    )
    if [tarief.tarief for tarief in lopend] != [regel.oud]:
        raise Geweigerd(
            f"Het tarief van {regel.product} is na het voorstel gewijzigd. Maak een nieuwe proefberekening.",
            reden="GEWIJZIGD",
        )


@actie(Recht.INDEXATIE_VOORSTELLEN)
def start_taak(*, soort: str, jaar: int, door: Aanstelling, nu: datetime) -> Achtergrondtaak:
    """Start what beat does by the clock: `soort` is bereid_indexatie_voor or publiceer_indexatie."""
    titel = {"bereid_indexatie_voor": "Indexatie voorbereiden", "publiceer_indexatie": "Tarieven publiceren"}[soort]
    taak = achtergrond.zet_klaar(
        soort=f"declaraties.tasks.{soort}",
        titel=f"{titel} {jaar}",
        sleutel=f"{soort}:{jaar}",
        starter=door,
        nu=nu,
        pad=reverse("declaraties:tarieven"),
        jaar=jaar,
    )
    logboek.noteer(door=door, nu=nu, handeling=f"indexaties.{soort}", over=taak, tekst=f"{taak.titel} gestart")
    return taak


def _noteer(verb: str, tekst: str, indexatie: Indexatie, door: Aanstelling, nu: datetime) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling=f"indexaties.{verb}",
        over=indexatie,
        tekst=tekst,
        reden=indexatie.reden,
        details={"percentage": str(rond_af(indexatie.percentage, 3)), "methode": indexatie.correctiemethode},
    )

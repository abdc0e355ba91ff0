"""Fetch what the control needs to know, in a fixed number of queries per batch of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from declaraties.models import Declaratie, Declaratieregel, Tarief
from declaraties.rules.controle import Boekhouding, Prijs, Regel, Toegewezen
from declaraties.rules.maximum import Frequentie, Omvang
from declaraties.rules.tarieven import Methode
from wmo.models import Perceel, Toewijzing
from wmo.periodes import Periode

TOEWIJZINGVELDEN = (
    "toewijzingnummer", "id", "client__bsn_hash", "product_id", "product__categorie", "product__code", "ingangsdatum",
    "einddatum", "volume", "eenheid", "frequentie", "budget", "status",
)  # fmt: skip
FREQUENTIES = {str(frequentie.value): frequentie for frequentie in Frequentie}


class ToewijzingFeit(NamedTuple):
    """A toewijzing as the control sees it, with what a stored line needs besides."""

    id: int
    bsn_hash: str | None
    product_id: int
    toegewezen: Toegewezen


class Prijslijst:
    """The tariffs of one provider at one gemeente; the newest contract wins where two hold a product."""

    def __init__(self, declaratie: Declaratie) -> None:
        percelen = Perceel.objects.filter(aanbieder=declaratie.aanbieder_id, gemeente=declaratie.gemeente_id)
        rijen = percelen.select_related("contract").order_by("-contract__ingangsdatum", "-contract_id")
        self._percelen = [(p.contract, Periode(p.ingangsdatum, p.einddatum)) for p in rijen]
        self._tarieven: dict[tuple[int, str], list[tuple[Periode, Prijs]]] = {}
        contracten = {contract.pk: contract for contract, _ in self._percelen}
        for tarief in Tarief.objects.filter(contract__in=contracten).select_related("product"):
            prijs = Prijs(tarief.tarief, Methode(contracten[tarief.contract_id].rekenmethode))
            sleutel = (tarief.contract_id, tarief.product.code)
            self._tarieven.setdefault(sleutel, []).append((tarief.periode, prijs))

    def op(self, productcode: str, dag: date) -> Prijs | None:
        for contract, periode in self._percelen:
            if dag in periode:
                for geldig, prijs in self._tarieven.get((contract.pk, productcode), ()):
                    if dag in geldig:
                        return prijs
        return None

    def voor(self, regels: Iterable[Regel]) -> dict[tuple[str, date], Prijs]:
        """By productcode and first day of the productperiode, as `rules.controle` asks for them."""
        sleutels = {(regel.productcode, regel.periode.ingangsdatum) for regel in regels}
        return {sleutel: prijs for sleutel in sleutels if (prijs := self.op(*sleutel)) is not None}


def toewijzingen(declaratie: Declaratie, nummers: Iterable[int]) -> dict[int, ToewijzingFeit]:
    """By toewijzingnummer, for this provider and gemeente only (TR338). One query."""
    rijen = Toewijzing.objects.filter(
        gemeente=declaratie.gemeente_id, aanbieder=declaratie.aanbieder_id, toewijzingnummer__een_van=set(nummers)
    ).values_list(*TOEWIJZINGVELDEN)
    return {nummer: _feit(*rij) for nummer, *rij in rijen}


def _feit(id: int, bsn_hash: str | None, product_id: int, *inhoud: Any) -> ToewijzingFeit:
    """In the order of TOEWIJZINGVELDEN, without a name per value: a declaration may ask for fifty thousand."""
    return ToewijzingFeit(id, bsn_hash, product_id, _toegewezen(*inhoud))


@lru_cache(maxsize=4096)
def _toegewezen(
    categorie: str, code: str, ingangsdatum: date, einddatum: date | None, volume: int | None, eenheid: str,
    frequentie: str, budget: Decimal | None, status: str,
) -> Toegewezen:  # fmt: skip
    """One for all toewijzingen that say the same."""
    periode, omvang = Periode(ingangsdatum, einddatum), None
    if volume is not None and frequentie:
        omvang = Omvang(volume, eenheid, FREQUENTIES[frequentie], categorie, periode)
    return Toegewezen(categorie, code, periode, omvang, budget, status == Toewijzing.Status.VERWIJDERD.value)


def clienten(declaratie: Declaratie, hashes: set[str]) -> set[str]:
    """Which of these BSN hashes belong to somebody with a toewijzing of this provider here (TR304)."""
    if not hashes:
        return set()
    rijen = Toewijzing.objects.filter(
        gemeente=declaratie.gemeente_id, aanbieder=declaratie.aanbieder_id, client__bsn_hash__een_van=hashes
    )
    return {hash_ for hash_ in rijen.values_list("client__bsn_hash", flat=True) if hash_}


def boeken(declaratie: Declaratie, feiten: Iterable[ToewijzingFeit], regels: Sequence[Regel]) -> dict[int, Boekhouding]:
    """Approved lines of other declarations per toewijzingnummer: their sums, and the lines that `regels` may meet.

    Two queries, and a third when there are credits. What is read does not grow with the years behind a toewijzing: a
    line meets only what has its own first day, and a credit has the period of its debet (TR323).
    """
    # no join with the declarations, no condition on status: just after a big declaration the planner has no figures
    concepten = Declaratie.objects.open().filter(aanbieder=declaratie.aanbieder_id, gemeente=declaratie.gemeente_id)
    eerder = (
        Declaratieregel.objects.filter(toewijzing__id__een_van={feit.id for feit in feiten})
        .exclude(declaratie=declaratie.pk)
        .exclude(declaratie__in=concepten.values("pk"))
    )
    uitkomst = {nummer: Boekhouding(volume, bedrag) for nummer, volume, bedrag in eerder.goedgekeurd_per_toewijzing()}
    dagen = {regel.periode.ingangsdatum for regel in regels}
    for rij in eerder.filter(ingangsdatum__een_van=dagen | _dagen_van_debets(declaratie, regels)).order_by("id"):
        if rij.status == Declaratieregel.Status.GOEDGEKEURD:
            uitkomst[rij.toewijzingnummer].onthoud(als_regel(rij))
    return uitkomst


def _dagen_van_debets(declaratie: Declaratie, regels: Sequence[Regel]) -> set[date]:
    """First days of the debets that the credits among `regels` point at."""
    nummers = {regel.vorig_referentienummer for regel in regels if regel.is_credit}
    if not nummers:
        return set()
    debets = Declaratieregel.objects.filter(aanbieder=declaratie.aanbieder_id, referentienummer__een_van=nummers)
    return set(debets.order_by().values_list("ingangsdatum", flat=True).distinct())


def bekende_nummers(declaratie: Declaratie, regels: Sequence[Regel]) -> set[str]:
    """Reference numbers that this provider used before in a line that stands (TR314). One query."""
    nummers = {regel.referentienummer for regel in regels}
    rijen = Declaratieregel.objects.filter(aanbieder=declaratie.aanbieder_id, referentienummer__een_van=nummers)
    levend = rijen.exclude(status=Declaratieregel.Status.AFGEKEURD).exclude(declaratie=declaratie.pk)
    return set(levend.values_list("referentienummer", flat=True))


def als_regel(rij: Declaratieregel) -> Regel:
    """A stored line in the form that the rules read."""
    return Regel(
        referentienummer=rij.referentienummer,
        toewijzingnummer=rij.toewijzingnummer,
        categorie=rij.categorie,
        productcode=rij.productcode,
        periode=rij.periode,
        volume=rij.volume,
        eenheid=rij.eenheid,
        tarief=rij.tarief,
        bedrag=rij.bedrag,
        is_credit=rij.is_credit,
        vorig_referentienummer=rij.vorig_referentienummer,
    )

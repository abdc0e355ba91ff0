"""Reads what the control "Klopt alles met elkaar?" compares; the judgement is in wmo/rules/beschikkingen.py."""

from __future__ import annotations

from datetime import date

from wmo.models import (
    Beschikking,
    Gemeenteregel,
    Normberekening,
    Perceel,
    Regelsleutel,
    Voorziening,
    Zaak,
)
from wmo.periodes import EEN_DAG, Periode
from wmo.rules import beschikkingen as regels


def ketencontrole(zaak: Zaak, *, op: date) -> list[regels.Bevinding]:
    """All findings of one case on `op`: fourteen queries at most, however much there is to compare."""
    return regels.ketencontrole(keten_van(zaak, op=op))


def keten_van(zaak: Zaak, *, op: date) -> regels.Keten:
    beschikking = zaak.beschikkingen.exclude(status=Beschikking.Status.VERVALLEN).first()
    wachtlijst = Gemeenteregel.objects.waarde(zaak.gemeente, Regelsleutel.WACHTLIJST_ACTIEF, op=op, standaard=True)
    return regels.Keten(
        onderzoek=_onderzoek(zaak),
        plan=_plan(zaak),
        normen=_normen(zaak),
        soort=beschikking.soort if beschikking else None,
        voorzieningen=_voorzieningen(beschikking) if beschikking else (),
        wachtlijst_actief=bool(wachtlijst),
    )


def _onderzoek(zaak: Zaak) -> regels.Onderzoekstand:
    onderzoek = getattr(zaak, "onderzoek", None)
    return regels.Onderzoekstand(
        verslag_op=zaak.verslag_verstrekt_op,
        onderwerpen=onderzoek.onderwerpen.count() if onderzoek else 0,
        toetsen=frozenset(zaak.toetsen.values_list("stap", flat=True)),
    )


def _plan(zaak: Zaak) -> regels.Planstand | None:
    plan = zaak.plannen.exclude(vastgesteld_op=None).first()
    if plan is None:
        return None
    return regels.Planstand(
        versie=plan.versie,
        evaluatiedatum=plan.evaluatiedatum,
        doelen=plan.doelen.count(),
        regels=tuple(
            regels.Planregel(r.product.code, r.product.naam, r.product.eenheid, r.bruto, r.netto)
            for r in plan.ondersteuning.select_related("product")
        ),
    )


def _normen(zaak: Zaak) -> tuple[regels.Normstand, ...]:
    """The newest fixed calculation of each kind."""
    nieuwste: dict[str, Normberekening] = {}
    for berekening in zaak.normberekeningen.exclude(vastgesteld_op=None).select_related("tabel"):
        nieuwste.setdefault(berekening.tabel.soort, berekening)
    return tuple(regels.Normstand(soort, b.berekend, b.vastgesteld, b.afwijking_reden) for soort, b in nieuwste.items())


def _voorzieningen(beschikking: Beschikking) -> tuple[regels.Voorzieningstand, ...]:
    rijen = list(beschikking.voorzieningen.select_related("product", "aanbieder", "pgb"))
    lopend, percelen = _lopend(beschikking), _percelen(beschikking, rijen)
    return tuple(_voorziening(rij, lopend, percelen) for rij in rijen)


def _lopend(beschikking: Beschikking) -> list[tuple[int, Periode]]:
    """Decisions of this client that stand, cut off where this decision ends them (R-030)."""
    stopt = set(beschikking.beeindigt.values_list("pk", flat=True))
    lopend = Voorziening.objects.filter(client=beschikking.zaak.client, van_kracht=True).exclude(
        beschikking=beschikking
    )
    perioden = []
    for rij in lopend:
        periode: Periode | None = Periode(rij.ingangsdatum, rij.einddatum)
        if rij.pk in stopt and beschikking.werkt_vanaf:
            periode = Periode(rij.ingangsdatum, rij.einddatum).tot_en_met(beschikking.werkt_vanaf - EEN_DAG)
        if periode is not None:
            perioden.append((rij.product_id, periode))
    return perioden


def _percelen(beschikking: Beschikking, rijen: list[Voorziening]) -> set[tuple[int, int, Periode]]:
    """(aanbieder, product, period) of every perceel that could matter; no query without a chosen aanbieder."""
    aanbieders = {rij.aanbieder_id for rij in rijen if rij.aanbieder_id}
    if not aanbieders:
        return set()
    percelen = Perceel.objects.filter(gemeente=beschikking.zaak.gemeente, aanbieder__in=aanbieders)
    velden = percelen.values_list("aanbieder", "contract__producten", "ingangsdatum", "einddatum")
    return {(aanbieder, product, Periode(van, tot)) for aanbieder, product, van, tot in velden}


def _voorziening(
    rij: Voorziening, lopend: list[tuple[int, Periode]], percelen: set[tuple[int, int, Periode]]
) -> regels.Voorzieningstand:
    periode = Periode(rij.ingangsdatum, rij.einddatum)
    mag = None
    if rij.aanbieder_id:
        mag = any(
            (aanbieder, product) == (rij.aanbieder_id, rij.product_id) and rij.ingangsdatum in geldig
            for aanbieder, product, geldig in percelen
        )
    return regels.Voorzieningstand(
        product=rij.product.code,
        categorie=rij.product.categorie,
        naam=rij.product.naam,
        vorm=rij.vorm,
        volume=rij.volume,
        eenheid=rij.eenheid,
        eenheidnaam=rij.get_eenheid_display(),
        frequentie=rij.frequentie,
        frequentienaam=rij.get_frequentie_display(),
        ingangsdatum=rij.ingangsdatum,
        einddatum=rij.einddatum,
        via_wachtlijst=rij.via_wachtlijst and rij.vorm == Voorziening.Vorm.ZIN,
        aanbieder=rij.aanbieder.naam if rij.aanbieder else "",
        aanbieder_mag=mag,
        heeft_pgb=hasattr(rij, "pgb"),
        loopt_al=next((p for product, p in lopend if product == rij.product_id and p.overlapt(periode)), None),
    )

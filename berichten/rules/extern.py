"""Level 3 and 4 for every message: what was received before, today, the list of municipalities, the product list."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from berichten.codelijsten import lijst
from berichten.rules.condities import EUROS
from berichten.rules.declareren import te_beoordelen
from berichten.rules.kern import BERICHTOVERSTIJGEND, EXTERN, Beoordeling, Fout, regel

HEEN = "301 305 307 315 317 319 323 325"
VERWIJDEREN = "3"
MINUUT, UUR = "01", "04"


@regel(
    "TR056", "Deze identificatie is al gebruikt.", berichten=HEEN, op="Header", niveau=BERICHTOVERSTIJGEND, code="9056"
)
def identificatie_is_nieuw(headers: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bekend = {(o.afzender, o.berichtcode, o.identificatie) for o in b.toestand.ontvangen_berichten}
    for header in headers:
        if (header.afzender, header.bericht_code, header.bericht_identificatie.identificatie) in bekend:
            yield Fout(header, "BerichtIdentificatie/Identificatie")


@regel("TR135", "De dagtekening ligt in de toekomst.", berichten=HEEN, op="Header", niveau=EXTERN, code="8848")
def dagtekening_niet_in_toekomst(headers: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for header in headers:
        if b.dagtekening > b.toestand.vandaag:
            yield Fout(header, "BerichtIdentificatie/Dagtekening")


@regel(
    "TR378",
    "De gemeentecode bestaat niet.",
    berichten=HEEN,
    op="Header",
    niveau=EXTERN,
    code="S300",
    keuze="Zonder lijst in de toestand geldt de lijst van het CBS. Van wanneer tot wanneer een code gold staat in geen "
    "bron: na een herindeling geeft de toestand dat (gemeenteperioden). Dan telt de ingangsdatum van elke toewijzing; "
    "een bericht zonder die datum mag de oude code noemen.",
)
def gemeente_bestaat(headers: list[Any], b: Beoordeling) -> Iterator[Fout]:
    perioden = b.toestand.gemeenteperioden
    bekend = b.gemeente in perioden or b.gemeente in (b.toestand.gemeentecodes or lijst("CBS").keys())
    van, tot = perioden.get(b.gemeente, (None, None))
    buiten = [dag for dag in _ingangsdata(b) if not (van or date.min) <= dag <= (tot or date.max)]
    for header in headers:
        veld = "Afzender" if header.afzender == b.gemeente else "Ontvanger"
        if not bekend:
            yield Fout(header, veld)
        elif buiten:
            yield Fout(header, veld, f"Op {buiten[0]:%d-%m-%Y} gold deze code niet.")


def _ingangsdata(b: Beoordeling) -> Iterator[date]:
    """Of each toewijzing that the message speaks of with its date."""
    for product in b.knopen("ToegewezenProduct"):
        yield product.ingangsdatum
    for product in b.knopen("AangevraagdProduct", "StartProduct", "StopProduct"):
        if product.toewijzing_ingangsdatum is not None:
            yield product.toewijzing_ingangsdatum


@regel(
    "TR381",
    "De productcode hoort niet bij deze categorie.",
    berichten="301 305 307 315 317",
    op="ToegewezenProduct StartProduct StopProduct AangevraagdProduct NieuwProduct",
    niveau=EXTERN,
    code="S329",
    keuze="Een code die niet in de lijst staat hoort bij geen enkele categorie. Zonder lijst is er niets te toetsen.",
)
def code_past_bij_categorie(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    productlijst = b.toestand.productcodelijst
    for knoop in producten:
        product = knoop.product
        # TR063: of a removal only its existence is judged.
        if not productlijst or product is None or product.code is None or _wordt_verwijderd(knoop):
            continue
        if productlijst.get(product.code) != product.categorie:
            yield Fout(knoop, "Product/Code")


def _wordt_verwijderd(knoop: Any) -> bool:
    return getattr(knoop, "status_aanlevering", None) == VERWIJDEREN


@regel(
    "TR381",
    "De productcode hoort niet bij deze categorie.",
    berichten="323",
    op="Prestatie",
    niveau=EXTERN,
    code="S329",
)
def code_past_bij_prestatie(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    productlijst = b.toestand.productcodelijst
    if not productlijst:
        return
    for prestatie, _ in te_beoordelen(b):
        if productlijst.get(prestatie.product_code) != prestatie.product_categorie:
            yield Fout(prestatie, "ProductCode")


@regel(
    "TR346",
    "Het bedrag is niet het volume maal het tarief.",
    berichten="323",
    op="Prestatie",
    niveau=EXTERN,
    code="9346",
    keuze="Minuten op een uurtarief: het onafgeronde uurtarief telt. Is het contract niet bekend, dan mag elk "
    "uurtarief dat op dit minuuttarief afrondt.",
)
def bedrag_klopt(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, _ in te_beoordelen(b):
        if prestatie.eenheid == EUROS or prestatie.product_tarief is None:
            continue
        past = _past_bij_minuten if prestatie.eenheid == MINUUT else _is_volume_maal_tarief
        if not past(prestatie, b):
            yield Fout(prestatie, "IngediendBedrag/Bedrag")


def _is_volume_maal_tarief(prestatie: Any, b: Beoordeling) -> bool:
    return prestatie.ingediend_bedrag.bedrag == prestatie.geleverd_volume * prestatie.product_tarief


def _past_bij_minuten(prestatie: Any, b: Beoordeling) -> bool:
    bedrag, minuten = prestatie.ingediend_bedrag.bedrag, prestatie.geleverd_volume
    contract = b.toestand.contracttarieven.get(prestatie.product_code)
    if contract and contract.get("eenheid") == UUR and contract.get("tarief") is not None:
        return per_uur(contract["tarief"], minuten) == bedrag
    toewijzing = b.toestand.toewijzing(b.gemeente, b.aanbieder, prestatie.toewijzing_nummer)
    if contract or toewijzing is None or toewijzing.eenheid != UUR:
        return _is_volume_maal_tarief(prestatie, b)
    return _een_uurtarief_past(bedrag, minuten, prestatie.product_tarief)


def _een_uurtarief_past(bedrag: int, minuten: int, minuuttarief: int) -> bool:
    """Is there an hour tariff in whole cents that rounds to this minute tariff and gives this amount?"""
    if minuten == 0:
        return bedrag == 0
    laagste = max(60 * minuuttarief - 30, -((30 - 60 * bedrag) // minuten), 0)
    return laagste <= 60 * minuuttarief + 29 and per_uur(laagste, minuten) == bedrag


def per_uur(uurtarief: int, minuten: int) -> int:
    """Half up in whole cents (R-262, IV081)."""
    return (uurtarief * minuten + 30) // 60

"""Level 3 for the 301, judged by the aanbieder against what he already has."""

from collections.abc import Iterator
from typing import Any

from berichten.rules.kern import BERICHTOVERSTIJGEND, Beoordeling, Fout, regel
from berichten.toestand import VERWIJDERD, Toewijzing


@regel(
    "TR332",
    "Dit toewijzingnummer is al van een andere toewijzing.",
    berichten="301",
    op="ToegewezenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9332",
    keuze="Opnieuw zenden mag: cliënt, aanbieder, product en ingangsdatum zijn dan dezelfde (OP033x1).",
)
def nummer_is_uniek(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        for bekend in b.toestand.toewijzingen_met_nummer(b.gemeente, product.toewijzing_nummer):
            if _anders(bekend, product, b):
                yield Fout(product, "ToewijzingNummer")
                break


def _anders(bekend: Toewijzing, product: Any, b: Beoordeling) -> bool:
    categorie = product.product.categorie if product.product else None
    code = product.product.code if product.product else None
    oud = (bekend.bsn, bekend.aanbieder, bekend.categorie, bekend.code, bekend.ingangsdatum)
    return oud != (b.bericht.client.bsn, b.aanbieder, categorie, code, product.ingangsdatum)


@regel(
    "TR379",
    "De referentie hoort niet bij een verzoek van deze aanbieder voor deze cliënt.",
    berichten="301",
    op="ToegewezenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9379",
    keuze="Of een lege referentie gevuld had moeten zijn, is hier niet te zien: alleen de gevulde wordt getoetst.",
)
def referentie_van_verzoek(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    bsn = b.bericht.client.bsn
    bekend = {verzoek.referentie for verzoek in b.toestand.verzoeken if verzoek.bsn == bsn}
    for product in producten:
        if product.referentie_aanbieder is not None and product.referentie_aanbieder not in bekend:
            yield Fout(product, "ReferentieAanbieder")


@regel(
    "TR385",
    "Op deze toewijzing is al gedeclareerd: zij kan niet meer verwijderd worden.",
    berichten="301",
    op="ToegewezenProduct",
    niveau=BERICHTOVERSTIJGEND,
    code="9385",
)
def niet_verwijderen_na_declaratie(producten: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for product in producten:
        eerdere = b.toestand.debet_per_toewijzing.get(product.toewijzing_nummer, [])
        if product.reden_wijziging == VERWIJDERD and any(p.status == "goedgekeurd" for p in eerdere):
            yield Fout(product, "RedenWijziging")

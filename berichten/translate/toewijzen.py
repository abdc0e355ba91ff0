"""301: all current and changed toewijzingen of one client at one aanbieder (OP087)."""

from collections.abc import Iterable
from typing import Any

from berichten.datatypes import cent
from berichten.standaard.v3_2.basis import Omvang, Product
from berichten.standaard.v3_2.wmo301 import Bericht301, Client301, ToegewezenProduct
from berichten.translate import personen
from wmo.models import Client, Toewijzing, ToewijzingVersie


def naar_301(header: Any, client: Client, versies: Iterable[ToewijzingVersie]) -> Bericht301:
    """`versies` is the newest version of each toewijzing; `versie.toewijzing.product` is loaded."""
    return Bericht301(
        header=header,
        client=Client301(
            bsn=client.bsn or "",
            geboortedatum=personen.geboortedatum(client),
            geslacht=client.geslacht,
            naam=personen.volledige_naam(client),
            contactgegevens=(personen.contact(client),),
            toegewezen_producten=tuple(_product(versie) for versie in versies),
        ),
    )


def _product(versie: ToewijzingVersie) -> ToegewezenProduct:
    toewijzing = versie.toewijzing
    return ToegewezenProduct(
        toewijzing_nummer=toewijzing.toewijzingnummer,
        referentie_aanbieder=versie.referentie_aanbieder or None,
        product=product_van(toewijzing),
        toewijzingsdatum=versie.toewijzingsdatum,
        toewijzingstijd=versie.toewijzingstijd,
        ingangsdatum=versie.ingangsdatum,
        einddatum=versie.einddatum,
        reden_wijziging=versie.reden_wijziging or None,
        omvang=_omvang(versie),
        budget=None if versie.budget is None else cent(versie.budget),
        commentaar=toewijzing.opmerking or None,
    )


def product_van(toewijzing: Toewijzing) -> Product:
    return Product(categorie=toewijzing.product.categorie, code=toewijzing.product.code)


def _omvang(versie: ToewijzingVersie) -> Omvang | None:
    if versie.budget is not None or versie.volume is None:
        return None
    return Omvang(volume=versie.volume, eenheid=versie.eenheid, frequentie=versie.frequentie)

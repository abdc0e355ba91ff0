"""315, 317 and 319: between the lines of a request and the messages."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from berichten.datatypes import cent, euro
from berichten.standaard.v3_2.basis import Omvang, Product, Verwijzer
from berichten.standaard.v3_2.wmo315 import AangevraagdProduct, Bericht315, Client315
from berichten.standaard.v3_2.wmo317 import (
    Bericht317,
    Client317,
    NieuwProduct,
    OngewijzigdProduct,
    TeWijzigenProduct,
)
from berichten.standaard.v3_2.wmo317 import Verzoek as Verzoek317
from berichten.standaard.v3_2.wmo319 import Antwoord, Bericht319
from berichten.translate import personen
from wmo.actions.verzoeken import Regel
from wmo.models import Client, Toewijzing, VerzoekProduct
from wmo.models import Product as Productrij

Soort = VerzoekProduct.Soort
AFGEWEZEN, IN_ONDERZOEK = "1", "2"
VERWEZEN_DOOR_GEMEENTE = "01"  # the client comes with a decision of the gemeente


def regels_uit_315(product: Any) -> list[Regel]:
    return [
        Regel(
            Soort.GEVRAAGD,
            product=_productrij(product.product),
            gewenste_ingangsdatum=product.toewijzing_ingangsdatum,
            einddatum=product.toewijzing_einddatum,
            **_omvang_en_budget(product),
        )
    ]


def regels_uit_317(verzoek: Any, zoek: Callable[[int], Toewijzing]) -> list[Regel]:
    """`zoek` gives the toewijzing of a number, or refuses the message."""
    ongewijzigd = [
        Regel(Soort.ONGEWIJZIGD, toewijzing=zoek(product.toewijzing_nummer))
        for product in verzoek.ongewijzigde_producten
    ]
    te_wijzigen = [
        Regel(
            Soort.TE_WIJZIGEN,
            toewijzing=zoek(product.toewijzing_nummer),
            gewenste_ingangsdatum=product.gewenste_ingangsdatum,
            einddatum=product.einddatum,
            **_omvang_en_budget(product),
        )
        for product in verzoek.te_wijzigen_producten
    ]
    nieuw = [
        Regel(
            Soort.NIEUW,
            product=_productrij(product.product),
            gewenste_ingangsdatum=product.gewenste_ingangsdatum,
            einddatum=product.einddatum,
            **_omvang_en_budget(product),
        )
        for product in verzoek.nieuwe_producten
    ]
    return [*ongewijzigd, *te_wijzigen, *nieuw]


def _productrij(product: Product | None) -> Productrij | None:
    return Productrij.objects.filter(code=product.code).first() if product and product.code else None


def _omvang_en_budget(product: Any) -> dict[str, Any]:
    budget: Decimal | None = None if product.budget is None else euro(product.budget)
    if product.omvang is None:
        return {"budget": budget}
    omvang = product.omvang
    return {"volume": omvang.volume, "eenheid": omvang.eenheid, "frequentie": omvang.frequentie, "budget": budget}


def naar_317(header: Any, *, bsn: str, referentie: str, reden: str, regels: Iterable[Regel]) -> Bericht317:
    """A request for change of an aanbieder without software of its own. `reden` is of WJ758."""
    per_soort: dict[str, list[Regel]] = {}
    for regel in regels:
        per_soort.setdefault(regel.soort, []).append(regel)
    verzoek = Verzoek317(
        referentie_aanbieder=referentie,
        reden_verzoek=reden,
        ongewijzigde_producten=tuple(
            OngewijzigdProduct(toewijzing_nummer=_nummer(regel)) for regel in per_soort.get(Soort.ONGEWIJZIGD, ())
        ),
        te_wijzigen_producten=tuple(
            TeWijzigenProduct(toewijzing_nummer=_nummer(regel), **_wens(regel))
            for regel in per_soort.get(Soort.TE_WIJZIGEN, ())
        ),
        nieuwe_producten=tuple(
            NieuwProduct(product=_product(regel), **_wens(regel)) for regel in per_soort.get(Soort.NIEUW, ())
        ),
    )
    return Bericht317(header=header, client=Client317(bsn=bsn, verzoek=verzoek))


def naar_315(header: Any, client: Client, *, referentie: str, regel: Regel, toelichting: str = "") -> Bericht315:
    """A request for an opdracht. `client` may be a row that is not saved: the person as the aanbieder knows them."""
    wens = _wens(regel)
    product = AangevraagdProduct(
        referentie_aanbieder=referentie,
        product=_product(regel),
        toewijzing_ingangsdatum=wens.pop("gewenste_ingangsdatum"),
        toewijzing_einddatum=wens.pop("einddatum"),
        verwijzer=Verwijzer(type=VERWEZEN_DOOR_GEMEENTE),
        commentaar=toelichting or None,
        **wens,
    )
    return Bericht315(header=header, client=Client315(**personen.kort(client), aangevraagde_producten=(product,)))


def _nummer(regel: Regel) -> int:
    assert regel.toewijzing is not None
    return regel.toewijzing.toewijzingnummer


def _product(regel: Regel) -> Product | None:
    return Product(categorie=regel.product.categorie, code=regel.product.code) if regel.product else None


def _wens(regel: Regel) -> dict[str, Any]:
    omvang = None
    if regel.volume is not None and regel.budget is None:
        omvang = Omvang(volume=regel.volume, eenheid=regel.eenheid, frequentie=regel.frequentie)
    return {
        "gewenste_ingangsdatum": regel.gewenste_ingangsdatum,
        "einddatum": regel.einddatum,
        "omvang": omvang,
        "budget": None if regel.budget is None else cent(regel.budget),
    }


def naar_319(header: Any, *, referentie: str, antwoord: str, reden: str = "") -> Bericht319:
    """`antwoord` 1 refuses with a reason of WJ759, 2 says that the request is being looked into."""
    return Bericht319(
        header=header,
        antwoord=Antwoord(
            referentie_aanbieder=referentie, verzoek_antwoord=antwoord, reden_afwijzing_verzoek=reden or None
        ),
    )

"""A new price is a new period; what was, stays (R-274)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from declaraties.actions.sloten import vergrendel
from declaraties.models import Indexatie, Tarief
from wmo import weergave
from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Contract, Product
from wmo.permissions import Recht


@actie(Recht.INDEXATIE_VOORSTELLEN)
def leg_vast(
    *, contract: Contract, product: Product, tarief: Decimal, ingangsdatum: date, bron: str,
    door: Aanstelling, nu: datetime,
) -> Tarief:  # fmt: skip
    """A tariff from `ingangsdatum` on; the one that ran until then ends the day before.

    Geweigerd when a tariff starts on that day or later: history is not rewritten.
    """
    vergrendel("tarieven", contract.pk)
    if not contract.producten.filter(pk=product.pk).exists():
        raise Geweigerd(
            f"{product} hoort niet bij {contract.naam}. Kies een product van dit contract.", reden="PRODUCT"
        )
    nieuw = nieuwe_rij(contract, product, tarief, ingangsdatum, bron)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="tarieven.leg_vast",
        over=nieuw,
        tekst=f"Tarief {product.code} wordt {weergave.bedrag(tarief)} vanaf {ingangsdatum:%d-%m-%Y}",
        details={"bron": bron},
    )
    return nieuw


def nieuwe_rij(
    contract: Contract, product: Product, tarief: Decimal, ingangsdatum: date, bron: str,
    indexatie: Indexatie | None = None,
) -> Tarief:  # fmt: skip
    """Close the running row and add one. Inside an action that holds the lock of the contract."""
    rijen = Tarief.objects.filter(contract=contract, product=product)
    later = rijen.filter(ingangsdatum__gte=ingangsdatum).order_by("ingangsdatum").first()
    if later:
        raise Geweigerd(f"Dit tarief overlapt met {later.periode}.", reden="OVERLAP")
    rijen.op(ingangsdatum).update(einddatum=ingangsdatum - timedelta(days=1))
    return Tarief.objects.create(
        contract=contract, product=product, tarief=tarief, ingangsdatum=ingangsdatum, bron=bron, indexatie=indexatie
    )

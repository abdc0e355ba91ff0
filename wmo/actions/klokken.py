"""The dates of the running clock on the Zaak. A plain helper, called inside every action that touches a date."""

from datetime import datetime

from wmo.models import GelijkgesteldeDag, Zaak
from wmo.periodes import vandaag
from wmo.rules import klokken


def werk_bij(*, zaak: Zaak, nu: datetime) -> None:
    """Write `uiterste_datum` and `stilstand_tot`, so that lists sort and count without computing. Three queries."""
    datums = klokken.van_zaak(zaak, zaak.opschortingen.all())
    stand = klokken.stand(datums, GelijkgesteldeDag.objects.kalender(), vandaag(nu))
    zaak.uiterste_datum, zaak.stilstand_tot = stand.uiterste_datum, stand.stilstand_tot
    zaak.save(update_fields=["uiterste_datum", "stilstand_tot"])

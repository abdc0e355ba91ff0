"""Work of every app in one list. Plain helpers, called inside an action: the line in the logboek is that action's."""

from datetime import date, datetime

from wmo.models import Aanbieder, Gemeente, Taak, Zaak


def zet_klaar(
    *,
    sleutel: str,
    soort: str,
    titel: str,
    gemeente: Gemeente,
    nu: datetime,
    uiterlijk: date | None = None,
    aanbieder: Aanbieder | None = None,
    zaak: Zaak | None = None,
    pad: str = "",
) -> Taak:
    """One open task per `sleutel`: asking twice gives the same row with the newest title and date.

    `titel` and `pad` never hold a name or BSN (R-321).
    """
    velden = {"soort": soort, "titel": titel, "gemeente": gemeente, "aanbieder": aanbieder}
    velden |= {"zaak": zaak, "uiterlijk": uiterlijk, "pad": pad}
    taak, _ = Taak.objects.update_or_create(
        sleutel=sleutel, afgerond_op=None, defaults=velden, create_defaults={**velden, "ontstaan_op": nu}
    )
    return taak


def rond_af(*, sleutel: str, nu: datetime) -> int:
    """Close the open task of `sleutel`; 0 when there was none."""
    return Taak.objects.filter(sleutel=sleutel, afgerond_op=None).update(afgerond_op=nu)

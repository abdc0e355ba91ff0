"""Work of every app in one list. Plain helpers, called inside an action: the line in the logboek is that action's.

The only place that writes a Taak: the case of a task keeps the first day that one is due (models/taakdatum.py).
"""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from wmo.models import Aanbieder, Gemeente, Taak, Zaak, taakdatum


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
    taakdatum.werk_bij([zaak.pk] if zaak else [])
    return taak


def begin(**velden: Any) -> None:
    """A task of a `sleutel` that cannot have an open one: a plain INSERT."""
    taak = Taak.objects.create(**velden)
    taakdatum.werk_bij([taak.zaak_id] if taak.zaak_id else [])


def verzet(*, sleutel: str, uiterlijk: date) -> None:
    """Another day for the open task of `sleutel`."""
    _wijzig(Taak.objects.filter(sleutel=sleutel), uiterlijk=uiterlijk)


def rond_af(*, sleutel: str, nu: datetime) -> int:
    """Close the open task of `sleutel`; 0 when there was none."""
    return rond_alle_af(Taak.objects.filter(sleutel=sleutel), nu=nu)


def rond_alle_af(taken: QuerySet[Taak], *, nu: datetime) -> int:
    """Close those of `taken` that are open; how many were."""
    return _wijzig(taken, afgerond_op=nu)


def _wijzig(taken: QuerySet[Taak], **velden: Any) -> int:
    rijen = list(taken.filter(afgerond_op=None).order_by("id").values_list("pk", "zaak"))
    aantal = Taak.objects.filter(pk__in=[pk for pk, _ in rijen], afgerond_op=None).update(**velden) if rijen else 0
    taakdatum.werk_bij({zaak for _, zaak in rijen if zaak})
    return aantal

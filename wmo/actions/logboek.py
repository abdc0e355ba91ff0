"""One append-only line per act, in the transaction of the act (ADR 0003; NEN 7513, R-347)."""

from datetime import datetime
from typing import Any

from django.db import models

from wmo.actions.kader import tel_logregel
from wmo.models import Aanstelling, Client, Gemeente, Logregel, Zaak


def noteer(
    *,
    door: Aanstelling,
    nu: datetime,
    handeling: str,
    over: models.Model | None,
    tekst: str,
    soort: str = Logregel.Soort.WIJZIGING,
    zaak: Zaak | None = None,
    client: Client | None = None,
    gemeente: Gemeente | None = None,
    reden: str = "",
    details: dict[str, Any] | None = None,
) -> Logregel:
    """Write one line. `tekst` is a readable Dutch sentence without name or BSN: it also is the timeline of the dossier.

    `handeling` is "<noun>.<verb>" as the action is called; `details` holds was/wordt values, never personal data.
    """
    client = client or (zaak.client if zaak else None)
    tel_logregel()
    return Logregel.objects.create(
        moment=nu,
        aanstelling=door,
        rol=door.rol,
        organisatie=door.organisatienaam,
        soort=soort,
        handeling=handeling,
        tekst=tekst,
        reden=reden,
        details=details or {},
        zaak=zaak,
        client=client,
        gemeente=gemeente
        or (zaak.gemeente if zaak else None)
        or (client.gemeente if client else None)
        or door.gemeente,
        object_soort=over._meta.label_lower if over is not None else "",
        object_id=str(over.pk) if over is not None else "",
    )


def noteer_inzage(
    *, door: Aanstelling, nu: datetime, wat: str, over: models.Model, zaak: Zaak | None = None, **extra: Any
) -> Logregel:
    """Looking is an event too: opening a dossier, showing a BSN, an export, a print (R-347)."""
    return noteer(
        door=door,
        nu=nu,
        handeling="inzage",
        over=over,
        tekst=wat,
        soort=extra.pop("soort", Logregel.Soort.LEZEN),
        zaak=zaak,
        **extra,
    )

"""Loading a normenkader as a dated table: the own table of a gemeente, or the regional one (R-200)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Gemeente, Normregel, Normtabel
from wmo.periodes import EEN_DAG
from wmo.permissions import Recht

GETALLEN = ("minuten_per_keer", "keer_per_jaar", "minuten_min", "minuten_max")
TEKSTEN = ("code", "resultaatgebied", "omschrijving", "soort", "groep", "niveau", "bron")


@actie(Recht.REFERENTIE_BEHEREN)
def laad(
    *,
    soort: str,
    naam: str,
    ingangsdatum: date,
    bron: str,
    rijen: Iterable[Mapping[str, str]],
    door: Aanstelling,
    nu: datetime,
    gemeente: Gemeente | None = None,
) -> Normtabel:
    """Write a new version; the version before it ends the day before. Older tables stay: decisions lean on them.

    `rijen` are the columns of wmo/data/normtabel_huishouden.csv as text. Raises Geweigerd: RIJ with the number of the
    row, BESTAAT when a version starts on or after this day.
    """
    vorige = Normtabel.objects.select_for_update(of=("self",)).filter(gemeente=gemeente, soort=soort)
    if vorige.filter(ingangsdatum__gte=ingangsdatum).exists():
        raise Geweigerd("Er is al een tabel vanaf deze dag of later. Kies een latere ingangsdatum.", reden="BESTAAT")
    regels = [_regel(rij, nummer) for nummer, rij in enumerate(rijen, 1)]
    if not regels:
        raise Geweigerd("Dit bestand heeft geen rijen.", reden="RIJ")
    for tabel in vorige:
        if tabel.einddatum is None or tabel.einddatum >= ingangsdatum:
            tabel.einddatum = ingangsdatum - EEN_DAG
            tabel.save(update_fields=["einddatum"])
    tabel = Normtabel.objects.create(
        gemeente=gemeente,
        soort=soort,
        naam=naam,
        ingangsdatum=ingangsdatum,
        bron=bron,
        fictief=any(regel.fictief for regel in regels),
    )
    for regel in regels:
        regel.tabel = tabel
    Normregel.objects.bulk_create(regels)
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="normtabellen.laad",
        over=tabel,
        tekst=f"Normtabel {naam} geladen: {len(regels)} regels vanaf {ingangsdatum:%d-%m-%Y}",
        gemeente=gemeente,
    )
    return tabel


def _regel(rij: Mapping[str, str], nummer: int) -> Normregel:
    """One row as model, judged by the fields of the model."""
    velden: dict[str, Any] = {veld: (rij.get(veld) or "").strip() for veld in TEKSTEN}
    try:
        velden |= {veld: int(rij[veld]) if rij.get(veld) else None for veld in GETALLEN}
        velden["uren_per_jaar"] = Decimal(rij["uren_per_jaar"]) if rij.get("uren_per_jaar") else None
        regel = Normregel(volgorde=nummer, fictief=rij.get("fictief", "ja") != "nee", **velden)
        regel.clean_fields(exclude=["tabel"])
    except (ValueError, InvalidOperation, ValidationError) as fout:
        raise Geweigerd(f"Rij {nummer} klopt niet: {fout}", reden="RIJ") from fout
    return regel

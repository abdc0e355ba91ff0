"""The entry table of a month: per toewijzing what may, what was delivered, and what that is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.forms import BoundField

from declaraties.actions import feiten
from declaraties.actions.leveringen import IN_MINUTEN, leverbaar
from declaraties.forms.leveringen import MinutenForm
from declaraties.models import Declaratie, Declaratieregel, Prestatie
from declaraties.rules import maximum
from declaraties.rules.controle import bedrag_van, eenheidsprijs
from declaraties.rules.maximum import Frequentie, Omvang
from declaraties.rules.verbruik import signaal
from wmo.models import Aanstelling, Gemeente, GemistBezoek, Pauze, Toewijzing
from wmo.periodes import Periode

BUITEN = (Toewijzing.Status.CONCEPT, Toewijzing.Status.VERWIJDERD, Toewijzing.Status.AFGEKEURD)


@dataclass(frozen=True)
class Maandregel:
    """One row. `max` in `eenheid`, None without a limit; `staat_vast` when the month was declared already."""

    toewijzing: Toewijzing
    periode: Periode
    max: int | None
    geleverd: int | None
    tarief: Decimal | None
    bedrag: Decimal | None
    veld: BoundField
    staat_vast: bool
    pauze: Pauze | None
    gemist: int  # visits that failed: nothing of them can be declared

    @property
    def in_minuten(self) -> bool:
        return self.toewijzing.eenheid in IN_MINUTEN

    @property
    def is_te_veel(self) -> bool:
        return self.max is not None and (self.geleverd or 0) > self.max


def toewijzingen(aanstelling: Aanstelling, gemeente: Gemeente, maand: date) -> QuerySet[Toewijzing]:
    """Everything that ran on a day of the month, by name."""
    periode = Periode.maand_van(maand)
    rijen = Toewijzing.objects.voor(aanstelling).filter(gemeente=gemeente, ingangsdatum__lte=periode.laatste_dag)
    rijen = rijen.exclude(status__in=BUITEN).filter(Q(einddatum=None) | Q(einddatum__gte=periode.ingangsdatum))
    return rijen.select_related("client", "product").order_by("client__sorteernaam", "id")


def regels(pagina: Iterable[Toewijzing], maand: date, gemeente: Gemeente | None, form: MinutenForm) -> list[Maandregel]:
    """What was delivered is what the form was filled with. Five queries, whatever the number of rows."""
    rijen = list(pagina)
    if not rijen or gemeente is None:
        return []
    periode = Periode.maand_van(maand)
    lijst = feiten.Prijslijst(Declaratie(aanbieder_id=rijen[0].aanbieder_id, gemeente=gemeente, maand=maand))
    vast = {pk: periode.ingangsdatum in levering.vast for pk, levering in leverbaar(rijen).items()}
    pauzes = {p.toewijzing_id: p for p in Pauze.objects.filter(toewijzing__in=rijen, status=Pauze.Status.ACTIEF)}
    gemist = _gemist(rijen, periode)
    return [
        _regel(t, periode, lijst, form, vast=vast[t.pk], pauze=pauzes.get(t.pk), gemist=gemist.get(t.pk, 0))
        for t in rijen
    ]


def _gemist(rijen: list[Toewijzing], maand: Periode) -> dict[int, int]:
    """Failed visits per toewijzing in a month (R-140, R-141)."""
    bezoeken = GemistBezoek.objects.filter(
        toewijzing__in=rijen, afspraak_op__date__range=(maand.ingangsdatum, maand.laatste_dag)
    )
    return dict(bezoeken.order_by().values_list("toewijzing").annotate(aantal=Count("pk")))


def geleverd(rijen: Iterable[Toewijzing], maand: date) -> dict[int, int]:
    """Minutes or units per toewijzing in a month. One query."""
    periode = Periode.maand_van(maand)
    prestaties = Prestatie.objects.filter(toewijzing__in=rijen).in_maand(periode.ingangsdatum, periode.laatste_dag)
    return dict(prestaties.values("toewijzing").annotate(som=Sum("aantal")).values_list("toewijzing", "som"))


def _regel(
    toewijzing: Toewijzing, maand: Periode, lijst: feiten.Prijslijst, form: MinutenForm, *, vast: bool,
    pauze: Pauze | None, gemist: int,
) -> Maandregel:  # fmt: skip
    naam = f"aantal-{toewijzing.pk}"
    aantal: int | None = form.initial.get(naam)
    deel = maand.doorsnede(Periode(toewijzing.ingangsdatum, toewijzing.einddatum)) or maand
    eenheid = maximum.MINUUT if toewijzing.eenheid in IN_MINUTEN else toewijzing.eenheid
    prijs = lijst.op(toewijzing.product.code, deel.ingangsdatum)
    tarief = eenheidsprijs(prijs, eenheid) if prijs else None
    bedrag = bedrag_van(prijs, eenheid, aantal, tarief) if prijs and aantal and tarief else None
    hooguit = _max(toewijzing, deel, eenheid)
    return Maandregel(toewijzing, deel, hooguit, aantal, tarief, bedrag, form[naam], vast, pauze, gemist)


def omvang(toewijzing: Toewijzing) -> Omvang | None:
    """What was assigned, as the rules read it; None when only a budget limits it."""
    if toewijzing.volume is None or not toewijzing.frequentie:
        return None
    periode = Periode(toewijzing.ingangsdatum, toewijzing.einddatum)
    return Omvang(
        toewijzing.volume,
        toewijzing.eenheid,
        Frequentie(int(toewijzing.frequentie)),
        toewijzing.product.categorie,
        periode,
    )


def _max(toewijzing: Toewijzing, deel: Periode, eenheid: str) -> int | None:
    toegewezen = omvang(toewijzing)
    if toegewezen is None:
        return None
    factor = maximum.omrekenfactor(toegewezen.eenheid, eenheid)
    return factor * maximum.max_per_productperiode(toegewezen, deel) if factor else None


def totaal(rijen: Iterable[Maandregel]) -> dict[str, Any]:
    """Of the rows shown: minutes and euros."""
    lijst = list(rijen)
    return {
        "minuten": sum(r.geleverd or 0 for r in lijst if r.in_minuten),
        "bedrag": sum((r.bedrag for r in lijst if r.bedrag), Decimal("0.00")),
    }


def opmerking(regel: Declaratieregel) -> str:
    """Orange, never red: use that is far from expected, or a start that was not reported (R-252, R-285)."""
    toewijzing = regel.toewijzing
    if toewijzing is None or regel.is_credit:
        return ""
    if getattr(toewijzing, "levering", None) and toewijzing.levering.begindatum is None:
        return "Er is nog geen start gemeld. Dat is geen reden om af te keuren."
    toegewezen = None
    if toewijzing.volume is not None and toewijzing.frequentie:
        toegewezen = Omvang(
            toewijzing.volume,
            toewijzing.eenheid,
            Frequentie(int(toewijzing.frequentie)),
            regel.categorie,
            Periode(toewijzing.ingangsdatum, toewijzing.einddatum),
        )
    return signaal(feiten.als_regel(regel), toegewezen)

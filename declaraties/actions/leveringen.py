"""Registering what was delivered: one entry or a month of entries. Files are in bestanden.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import connection

from declaraties.actions.sloten import vergrendel_geld
from declaraties.models import Declaratie, Declaratieregel, Prestatie, eerste_van
from declaraties.rules.leveringen import Leverbaar, geknipt, weigering
from wmo import weergave
from wmo.actions import logboek
from wmo.actions.kader import Geweigerd, actie
from wmo.models import Aanstelling, Eenheid, Toewijzing
from wmo.periodes import Periode, vandaag
from wmo.permissions import Recht

Levering = tuple[int, Periode, int]
IN_MINUTEN = ("", Eenheid.MINUUT, Eenheid.UUR)  # time is registered in minutes, whatever was assigned in

VERVANG = """
DELETE FROM declaraties_prestatie p USING unnest(%s::bigint[], %s::date[], %s::date[]) AS n(toewijzing, begin, eind)
WHERE p.toewijzing_id = n.toewijzing AND p.ingangsdatum <= n.eind AND p.einddatum >= n.begin
"""


@actie(Recht.LEVERING_MELDEN)
def registreer_minuten(
    *, toewijzing: Toewijzing, periode: Periode, aantal: int, door: Aanstelling, nu: datetime
) -> None:
    """Minutes (or units) on one day or over a month; what stood for those days is replaced.

    A month is clipped to the toewijzing. Geweigerd with the sentence that says what to write instead.
    """
    vergrendel_geld(toewijzing.aanbieder_id, toewijzing.gemeente_id)
    geweigerd = probeer([(toewijzing, periode, aantal)], bron=Prestatie.Bron.SCHERM, starter=door, nu=nu)
    if geweigerd:
        zin = geweigerd[0][1]
        raise Geweigerd(zin[0].upper() + zin[1:], reden="LEVERING")
    _noteer(door, nu, 1, periode.ingangsdatum, over=toewijzing)


@actie(Recht.LEVERING_MELDEN)
def registreer_maand(
    *, maand: date, aantallen: Mapping[Toewijzing, int], door: Aanstelling, nu: datetime
) -> dict[int, str]:
    """Totals of one month as typed on the screen: the good ones are kept, the others come back as id -> sentence."""
    for aanbieder_id in sorted({t.aanbieder_id for t in aantallen}):
        vergrendel_geld(aanbieder_id, *(t.gemeente_id for t in aantallen if t.aanbieder_id == aanbieder_id))
    periode = Periode.maand_van(maand)
    geweigerd = probeer(
        [(toewijzing, periode, aantal) for toewijzing, aantal in aantallen.items()],
        bron=Prestatie.Bron.SCHERM,
        starter=door,
        nu=nu,
    )
    _noteer(door, nu, len(aantallen) - len(geweigerd), maand)
    return {toewijzing.pk: zin[0].upper() + zin[1:] for (toewijzing, _, _), zin in geweigerd}


def _noteer(door: Aanstelling, nu: datetime, aantal: int, dag: date, over: Toewijzing | None = None) -> None:
    logboek.noteer(
        door=door,
        nu=nu,
        handeling="leveringen.registreer",
        over=over,
        gemeente=over.gemeente if over else None,
        tekst=f"Leveringen over {weergave.maand(dag)} geregistreerd: {aantal}",
    )


Poging = tuple[Toewijzing, Periode, int]


def probeer(pogingen: Sequence[Poging], *, bron: str, starter: Aanstelling, nu: datetime) -> list[tuple[Poging, str]]:
    """Write what may be written and give back the rest, each with its reason. The caller holds the locks."""
    feiten = leverbaar([toewijzing for toewijzing, _, _ in pogingen])
    goed: list[Levering] = []
    geweigerd: list[tuple[Poging, str]] = []
    for poging in pogingen:
        toewijzing, periode, aantal = poging
        deel = periode if periode.aantal_dagen == 1 else geknipt(periode, feiten[toewijzing.pk].periode) or periode
        zin = weigering(feiten[toewijzing.pk], deel, aantal, op=vandaag(nu))
        if zin:
            geweigerd.append((poging, zin))
        else:
            goed.append((toewijzing.pk, deel, aantal))
    schrijf(goed, bron=bron, starter=starter, nu=nu)
    return geweigerd


def leverbaar(toewijzingen: Iterable[Toewijzing]) -> dict[int, Leverbaar]:
    """What decides whether a delivery may be written, for many toewijzingen in two queries."""
    per_id = {toewijzing.pk: toewijzing for toewijzing in toewijzingen}
    vast: dict[int, set[date]] = defaultdict(set)
    regels = Declaratieregel.objects.filter(toewijzing__in=per_id, is_credit=False, gecrediteerd=False)
    levend = regels.exclude(status=Declaratieregel.Status.AFGEKEURD)
    ingediend = levend.exclude(declaratie__status=Declaratie.Status.OPGESTELD)
    for pk, dag in ingediend.values_list("toewijzing_id", "ingangsdatum"):
        vast[pk].add(eerste_van(dag))
    totalen: dict[int, set[date]] = defaultdict(set)
    for pk, begin, eind in Prestatie.objects.filter(toewijzing__in=per_id).values_list(
        "toewijzing_id", "ingangsdatum", "einddatum"
    ):
        if begin != eind:
            totalen[pk].add(eerste_van(begin))
    return {
        pk: Leverbaar(
            Periode(t.ingangsdatum, t.einddatum), t.eenheid in IN_MINUTEN, frozenset(vast[pk]), frozenset(totalen[pk])
        )
        for pk, t in per_id.items()
    }


def schrijf(leveringen: Sequence[Levering], *, bron: str, starter: Aanstelling, nu: datetime) -> None:
    """Replace whatever overlaps, in two statements. The same input twice leaves the same rows."""
    if not leveringen:
        return
    ids, periodes, _ = zip(*leveringen, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(VERVANG, [list(ids), [p.ingangsdatum for p in periodes], [p.laatste_dag for p in periodes]])
    Prestatie.objects.bulk_create(
        [
            Prestatie(
                toewijzing_id=pk,
                ingangsdatum=periode.ingangsdatum,
                einddatum=periode.laatste_dag,
                aantal=aantal,
                bron=bron,
                geregistreerd_op=nu,
                geregistreerd_door=starter,
            )
            for pk, periode, aantal in leveringen
        ],
        batch_size=2000,
    )

"""Sealing the logboek, and finding where a seal is broken (ADR 0003).

Not actions in the sense of kader.py: sealing writes no line of its own, or the logboek would never be fully sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction

from wmo.models import Gemeente, Logregel, Zegel
from wmo.rules import zegels
from wmo.rules.zegels import Breuk, Breukplek
from wmo.weergave import datum, getal, tijdstip

PER_ZEGEL = 2000
# A line is sealed within the hour. One that is a day older than the seal before it was written behind our back.
NAGEKOMEN_NA = timedelta(days=1)
# A broken chain can be broken everywhere; a person needs the first places.
MEEST_GETOOND = 20


@dataclass(frozen=True)
class Keten:
    """The state of one chain. `laatste_hash` is what belongs in a safe place elsewhere."""

    naam: str
    regels: int
    zegels: int
    wachtend: int
    laatste: datetime | None
    laatste_hash: str
    breuken: list[Breukplek] = field(default_factory=list)
    momenten: dict[int, datetime] = field(default_factory=dict)

    @property
    def klopt(self) -> bool:
        return not self.breuken


def verzegel(*, gemeente: Gemeente | None, nu: datetime, per_zegel: int = PER_ZEGEL) -> int:
    """Seal every committed line of this gemeente (None: the lines of no gemeente); returns how many.

    One transaction per seal. A second sealer waits for the lock and then finds nothing, so a task may run twice.
    """
    totaal = 0
    while aantal := _verzegel_een(gemeente, nu, per_zegel):
        totaal += aantal
    return totaal


def _verzegel_een(gemeente: Gemeente | None, nu: datetime, per_zegel: int) -> int:
    with transaction.atomic():
        _vergrendel(gemeente)
        open_ = Logregel.objects.filter(gemeente=gemeente, zegel=None).order_by("id")
        regels = list(open_.values(*zegels.VELDEN)[:per_zegel])
        if not regels:
            return 0
        laatste = Zegel.objects.filter(gemeente=gemeente).order_by("-volgnummer").first()
        vorige, volgnummer = (laatste.hash, laatste.volgnummer + 1) if laatste else (zegels.BEGIN, 1)
        inhoud = zegels.afdrukken(regels)
        zegel = Zegel.objects.create(
            gemeente=gemeente,
            volgnummer=volgnummer,
            moment=nu,
            aantal=len(regels),
            afdrukken=inhoud,
            vorige_hash=vorige,
            hash=zegels.zegelhash(vorige=vorige, volgnummer=volgnummer, moment=nu, inhoud=inhoud),
        )
        Logregel.objects.filter(pk__in=[regel["id"] for regel in regels]).update(zegel=zegel)
        return len(regels)


def _vergrendel(gemeente: Gemeente | None) -> None:
    """One sealer per chain, until the end of the transaction."""
    with connection.cursor() as cursor:
        sleutel = f"zegel:{gemeente.pk if gemeente else 0}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sleutel])


def verzegel_alles(*, nu: datetime) -> int:
    """Every chain that has unsealed lines."""
    wachtend = Logregel.objects.filter(zegel=None).order_by().values_list("gemeente", flat=True).distinct()
    gemeenten = Gemeente.objects.in_bulk([pk for pk in wachtend if pk])
    return sum(verzegel(gemeente=gemeenten[pk] if pk else None, nu=nu) for pk in list(wachtend))


def controleer_keten(gemeente: Gemeente | None, *, anker: str = "") -> Keten:
    """Recompute one chain from its rows. With `anker`, a hash kept elsewhere, a chain cut short is seen as well."""
    breuken: list[Breukplek] = []
    vorige: Zegel | None = None
    aantal, gezien = 0, False
    for zegel in Zegel.objects.filter(gemeente=gemeente).order_by("volgnummer").iterator(chunk_size=50):
        breuken += _breuken_in_zegel(zegel, vorige)
        aantal, vorige, gezien = aantal + zegel.aantal, zegel, gezien or zegel.hash == anker
    if anker and not gezien:
        breuken.append(Breukplek(Breuk.ZEGEL, (vorige.volgnummer if vorige else 0) + 1))
    breuken = breuken[:MEEST_GETOOND]
    return Keten(
        naam=gemeente.weergavenaam if gemeente else "Regio en beheer",
        regels=aantal,
        zegels=vorige.volgnummer if vorige else 0,
        wachtend=Logregel.objects.filter(gemeente=gemeente, zegel=None).count(),
        laatste=vorige.moment if vorige else None,
        laatste_hash=vorige.hash if vorige else "",
        breuken=breuken,
        momenten=_momenten(gemeente, breuken),
    )


def _breuken_in_zegel(zegel: Zegel, vorige: Zegel | None) -> Iterator[Breukplek]:
    """The link itself, then its lines: a seal that does not add up says nothing about its lines."""
    inhoud = bytes(zegel.afdrukken)
    verwacht = zegels.zegelhash(
        vorige=zegel.vorige_hash, volgnummer=zegel.volgnummer, moment=zegel.moment, inhoud=inhoud
    )
    schakel = (vorige.hash, vorige.volgnummer + 1) if vorige else (zegels.BEGIN, 1)
    if zegel.hash != verwacht or (zegel.vorige_hash, zegel.volgnummer) != schakel:
        yield Breukplek(Breuk.ZEGEL, zegel.volgnummer)
        return
    regels = list(Logregel.objects.filter(zegel=zegel).order_by("id").values(*zegels.VELDEN))
    yield from zegels.vergelijk(zegel.volgnummer, inhoud, regels)
    if vorige is not None:
        te_oud = (regel["id"] for regel in regels if regel["moment"] < vorige.moment - NAGEKOMEN_NA)
        yield from (Breukplek(Breuk.NAGEKOMEN, zegel.volgnummer, nummer) for nummer in te_oud)


def _momenten(gemeente: Gemeente | None, breuken: list[Breukplek]) -> dict[int, datetime]:
    """When the broken seals were made, for the sentence on the screen."""
    nummers = {breuk.zegel for breuk in breuken}
    rijen = Zegel.objects.filter(gemeente=gemeente, volgnummer__in=nummers)
    return dict(rijen.values_list("volgnummer", "moment"))


def uitslag(ketens: list[Keten]) -> str:
    """The outcome in words: all is well, or where it breaks first and whom to warn."""
    stuk = [keten for keten in ketens if not keten.klopt]
    if stuk:
        return f"Let op: {'; '.join(_breukzin(keten) for keten in stuk)}. Waarschuw de CISO."
    regels = sum(keten.regels for keten in ketens)
    laatste = max((keten.laatste for keten in ketens if keten.laatste), default=None)
    return (
        f"Klopt. {getal(regels)} regels, laatste zegel {tijdstip(laatste)}."
        if laatste
        else "Er is nog niets verzegeld."
    )


WOORDEN = {
    Breuk.GEWIJZIGD: "regel {} is gewijzigd",
    Breuk.VERDWENEN: "regel {} is verdwenen",
    Breuk.INGEVOEGD: "regel {} is ingevoegd",
    Breuk.NAGEKOMEN: "regel {} is later toegevoegd",
}


def _breukzin(keten: Keten) -> str:
    eerste = keten.breuken[0]
    wat = WOORDEN.get(eerste.soort, "zegel {} klopt niet").format(eerste.regel or eerste.zegel)
    moment = keten.momenten.get(eerste.zegel)
    dag = f" (zegel van {datum(moment)})" if moment else ""
    meer = f" en nog {len(keten.breuken) - 1}" if len(keten.breuken) > 1 else ""
    return f"{keten.naam}: {wat}{dag}{meer}"

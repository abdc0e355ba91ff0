"""From a message to a row in the outbox. Plain helpers, called inside an action that writes the line in the logboek."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q

from berichten.build import build
from berichten.models import Bericht, Berichtdeel, Berichtkoppeling
from berichten.models.berichten import DEELGROOTTE
from berichten.poort import Bevinding
from berichten.standaard import Berichtsoort, soort_van
from berichten.translate.kop import header, nieuw_kenmerk
from berichten.validate import controleer
from wmo.models import Aanbieder, Gemeente, Toewijzing, Verzoek
from wmo.periodes import vandaag


@dataclass(frozen=True)
class Weg:
    """Between whom a message travels, and on whose side of it we stand."""

    kant: Bericht.Kant
    gemeente: Gemeente
    aanbieder: Aanbieder


def schrijf(soort: str, weg: Weg, maak: Callable[[Any], Any], *, nu: datetime, **velden: Any) -> Bericht:
    """A message that is no answer: `maak` gets the header, with a new identification and today's date."""
    pk, kenmerk = nieuw_kenmerk()
    kop = header(
        soort,
        gemeente=weg.gemeente.code,
        aanbieder=weg.aanbieder.agb,
        identificatie=kenmerk,
        dagtekening=vandaag(nu),
    )
    return leg_klaar(maak(kop), weg, pk=pk, identificatie=kenmerk, nu=nu, **velden)


def leg_klaar(
    bericht: Any,
    weg: Weg,
    *,
    pk: int,
    identificatie: str,
    nu: datetime,
    toewijzingen: Iterable[Toewijzing] = (),
    **velden: Any,
) -> Bericht:
    """Write the message to the outbox and wake the worker. What the standard would refuse gets no further than a row
    with status MISLUKT that says why: it never leaves."""
    soort = soort_van(bericht)
    inhoud, zin, bevindingen = _geschreven(bericht)
    rij = Bericht.objects.create(
        pk=pk,
        kant=weg.kant,
        richting=Bericht.Richting.UIT,
        soort=soort.nummer,
        afzender=_code(weg, soort.verzender),
        ontvanger=_code(weg, "aanbieder" if soort.verzender == "gemeente" else "gemeente"),
        identificatie=identificatie,
        dagtekening=vandaag(nu),
        gemeente=weg.gemeente,
        aanbieder=weg.aanbieder,
        status=Bericht.Status.MISLUKT if zin else Bericht.Status.KLAAR,
        laatste_fout=zin,
        ontstaan_op=nu,
        grootte=len(inhoud),
        vingerafdruk=sha256(inhoud).hexdigest(),
        **({"bevindingen": als_json(bevindingen)} | velden),
    )
    bewaar_delen(rij, stukken(inhoud))
    koppel(rij, toewijzingen)
    wek("berichten.tasks.verzend_outbox")
    return rij


def _code(weg: Weg, partij: str) -> str:
    return weg.gemeente.code if partij == "gemeente" else weg.aanbieder.agb


def _geschreven(bericht: Any) -> tuple[bytes, str, Iterable[Bevinding]]:
    """The bytes, and for what may not leave a sentence with the findings behind it."""
    try:
        inhoud = build(bericht)
    except (ValueError, TypeError) as fout:
        return b"", f"Dit bericht is niet gemaakt: {fout}"[:400], ()
    uitkomst = controleer(inhoud)
    if uitkomst.goedgekeurd or _is_antwoord(soort_van(bericht)):
        return inhoud, "", ()
    eerste = uitkomst.bevindingen[0]
    return inhoud, f"Dit bericht is niet gemaakt: {eerste.tekst} ({eerste.pad})"[:400], uitkomst.bevindingen


def _is_antwoord(soort: Berichtsoort) -> bool:
    """An answer repeats what the other wrote, faults included."""
    return soort.soort == "retour" or not soort.antwoord


def stukken(inhoud: bytes) -> Iterator[bytes]:
    for begin in range(0, len(inhoud), DEELGROOTTE):
        yield inhoud[begin : begin + DEELGROOTTE]


def bewaar_delen(rij: Bericht, delen: Iterable[bytes]) -> None:
    """One part in memory at a time."""
    for volgnummer, deel in enumerate(delen):
        Berichtdeel.objects.create(bericht=rij, volgnummer=volgnummer, inhoud=deel)


def koppel(rij: Bericht, toewijzingen: Iterable[Toewijzing]) -> None:
    """Make the message part of the conversation of these toewijzingen."""
    Berichtkoppeling.objects.bulk_create(
        [Berichtkoppeling(bericht=rij, toewijzing=toewijzing) for toewijzing in toewijzingen], ignore_conflicts=True
    )


def koppel_verzoek(rij: Bericht, toewijzing: Toewijzing, referentie: str) -> None:
    """What was asked and answered under this reference becomes part of the conversation of what was granted (TR379)."""
    gevraagd = Verzoek.objects.filter(
        gemeente=toewijzing.gemeente_id, aanbieder=toewijzing.aanbieder_id, referentie=referentie
    ).first()
    if gevraagd is None:
        return
    over = Q(verzoek=gevraagd)
    if gevraagd.samen_met_id is not None:  # asked in a message that the first request carries
        over |= Q(verzoek=gevraagd.samen_met_id, soort__in=["315", "316"])
    for bericht in Bericht.objects.filter(over, kant=rij.kant):
        koppel(bericht, [toewijzing])


def als_json(bevindingen: Iterable[Bevinding]) -> list[dict[str, str]]:
    return [{veld: getattr(b, veld) for veld in ("regel", "code", "pad", "tekst", "klasse")} for b in bevindingen]


def uit_json(rijen: Iterable[dict[str, str]]) -> list[Bevinding]:
    return [Bevinding(**rij) for rij in rijen]


def wek(taak: str) -> None:
    """After commit, once per transaction; a broker that is down only costs time, since beat looks every minute.

    Nobody waits for a result: with one, Celery would hold the caller up for twenty seconds when the broker is away.
    """
    if not any(getattr(haak[1], "args", None) == (taak,) for haak in connection.run_on_commit):
        transaction.on_commit(partial(current_app.send_task, taak, ignore_result=True), robust=True)


def vergrendel(kenmerk: str) -> None:
    """Two messages under one identification, or two copies of one, wait: the second finds the first (TR056)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [kenmerk])

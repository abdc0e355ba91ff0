"""One message of the inbox, from its bytes to everything that follows from it.

A big declaration is handled while it is read, so that memory does not grow with it: lines are judged and stored before
the last byte was seen, inside a savepoint. When anything is wrong with it, that is taken back and the message is read
as a whole, which tells what is wrong; so a refusal is always that of the whole message.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from berichten import parse
from berichten.actions.schrijven import Weg, als_json, leg_klaar, vergrendel
from berichten.models import Bericht
from berichten.models.berichten import DEELGROOTTE
from berichten.ontvangst import Afgekeurd, Ontvangst, Onverwerkbaar
from berichten.poort import MB, Bevinding, Grenzen
from berichten.retour import retour
from berichten.router import ROUTES
from berichten.rules import Beoordeling, InPorties, beoordeel, regels_voor
from berichten.rules.kern import BERICHTOVERSTIJGEND, EXTERN
from berichten.standaard import Berichtsoort, soort_van
from berichten.toestand import Toestand
from berichten.translate.declareren import met_clienten
from berichten.translate.kop import nieuw_kenmerk
from berichten.translate.toestand import toestand_voor
from wmo.models import Aanstelling
from wmo.periodes import vandaag

log = logging.getLogger(__name__)
GRENZEN = Grenzen(max_bytes=settings.BERICHT_MAX_MB * MB)
Status = Bericht.Status
GELD = ("323", "325")
DECLARATIE = "323"
IN_EEN_KEER = DEELGROOTTE  # a message of one part is in memory anyway
# identification, date and gemeente: of every message
OVER_HET_BERICHT = frozenset({"TR056", "TR135", "TR378"})


class _NietMeteen(Exception):
    """Something is wrong, or may be: the message is to be read as a whole."""


# What can come of handling a message of which the end was not seen. The database going away is not among them.
STRUIKELT = (_NietMeteen, parse.Geweigerd, Onverwerkbaar, Afgekeurd, DataError, IntegrityError, ValueError)


def behandel(rij: Bericht, door: Aanstelling, nu: datetime) -> None:
    """Inside a transaction. Raises Onverwerkbaar when a person must look; a refusal that the standard knows is an
    answer."""
    if not _onder_het_lezen(rij, door, nu):
        _als_geheel(_lees(rij, door, nu))


# ------------------------------------------------------------------------------- while it is read


def _onder_het_lezen(rij: Bericht, door: Aanstelling, nu: datetime) -> bool:
    """False, with nothing changed, for a small message, another than a declaration, and one that is not in order."""
    if rij.grootte <= IN_EEN_KEER:
        return False
    try:
        with transaction.atomic():
            _declaratie(rij, door, nu)
    except STRUIKELT as fout:
        log.info("Bericht %s als geheel gelezen: %s", rij.pk, type(fout).__name__)
        rij.refresh_from_db()
        return False
    return True


def _declaratie(rij: Bericht, door: Aanstelling, nu: datetime) -> None:
    lezing = parse.Lezing(rij.delen_van_inhoud(), GRENZEN)
    if lezing.soort.nummer != DECLARATIE:
        raise _NietMeteen
    stukken = lezing.stukken()
    eerste = next((stuk for stuk in stukken if stuk), [])
    kop = lezing.kop()
    clienten = _goede_clienten(kop, chain([eerste], stukken))
    o = _ontvangst(rij, kop, lezing.soort, clienten, door, nu)
    if next(_over_het_bericht(o, toestand_voor(rij, kop, o.soort, o.gemeente, o.aanbieder, nu)), None):
        raise _NietMeteen
    ROUTES[DECLARATIE].verwerk(o)
    for _ in clienten:
        pass  # of a declaration made here the lines are not read, but the message must be right to its end
    _sluit(o, ())


def _goede_clienten(kop: Any, stukken: Iterable[list[Any]]) -> Iterator[Any]:
    """Past level 2, one after the other."""
    regels = InPorties()
    for stuk in stukken:
        if not regels.is_goed(met_clienten(kop, stuk), is_einde=False):
            raise _NietMeteen
        yield from stuk
    if not regels.is_goed(met_clienten(kop, []), is_einde=True):
        raise _NietMeteen


# ------------------------------------------------------------------------------- as a whole


def _lees(rij: Bericht, door: Aanstelling, nu: datetime) -> Ontvangst:
    """Gate 1 and 2."""
    try:
        bericht = parse.parse(rij.inhoud, GRENZEN)
    except parse.Geweigerd as fout:
        raise Onverwerkbaar(fout.reden, fout.bevindingen) from fout
    soort = soort_van(bericht)
    clienten = bericht.declaratie.clienten if soort.nummer == DECLARATIE else ()
    return _ontvangst(rij, bericht, soort, clienten, door, nu)


def _ontvangst(
    rij: Bericht, bericht: Any, soort: Berichtsoort, clienten: Iterable[Any], door: Aanstelling, nu: datetime
) -> Ontvangst:
    """Whether this message belongs in this postbus."""
    assert rij.gemeente is not None
    assert rij.aanbieder is not None
    partijen = (soort.gemeente(bericht), soort.aanbieder(bericht))
    if partijen != (rij.gemeente.code, rij.aanbieder.agb) or soort.verzender == rij.kant:
        raise Onverwerkbaar("Afzender of ontvanger in het bericht past niet bij de postbus waarin het lag.")
    _zet_kop(rij, soort, bericht)
    return Ontvangst(rij, bericht, soort, rij.gemeente, rij.aanbieder, door, nu, clienten)


def _zet_kop(rij: Bericht, soort: Berichtsoort, bericht: object) -> None:
    kop = bericht.header  # type: ignore[attr-defined]
    rij.soort = soort.nummer
    if soort.soort == "retour":
        rij.identificatie, rij.dagtekening = kop.identificatie_retour, kop.dagtekening_retour
    else:
        rij.identificatie = kop.bericht_identificatie.identificatie
        rij.dagtekening = kop.bericht_identificatie.dagtekening
    vergrendel(f"{rij.kant}:{rij.afzender}:{rij.soort}:{rij.identificatie}")


def _als_geheel(o: Ontvangst) -> None:
    route = ROUTES[o.soort.nummer]
    bevindingen: tuple[Bevinding, ...] = ()
    if o.soort.soort != "retour":
        toestand = toestand_voor(o.rij, o.bericht, o.soort, o.gemeente, o.aanbieder, o.nu)
        bevindingen = tuple(_beoordeel_geld(o, toestand) if o.soort.nummer in GELD else beoordeel(o.bericht, toestand))
    if not bevindingen:
        try:
            with transaction.atomic():
                route.verwerk(o)
        except Afgekeurd as fout:
            bevindingen = fout.bevindingen
    _sluit(o, bevindingen)
    if o.soort.antwoord and (route.antwoord_direct or bevindingen):
        _antwoord(o, bevindingen)


def _beoordeel_geld(o: Ontvangst, toestand: Toestand) -> Iterator[Bevinding]:
    """Of a declaration and its answer only what the message itself says: the lines are judged by declaraties, which has
    the tariffs, the earlier lines and the decisions of people."""
    if bevindingen := beoordeel(o.bericht):
        yield from bevindingen
    else:
        yield from _over_het_bericht(o, toestand)


def _over_het_bericht(o: Ontvangst, toestand: Toestand) -> Iterator[Bevinding]:
    beoordeling = Beoordeling(o.bericht, toestand)
    for regel in regels_voor(o.soort.nummer, (BERICHTOVERSTIJGEND, EXTERN)):
        if regel.id in OVER_HET_BERICHT:
            for fout in regel.controle(beoordeling.knopen(*regel.op), beoordeling):
                yield beoordeling.meld(regel, fout)


def _sluit(o: Ontvangst, bevindingen: tuple[Bevinding, ...]) -> None:
    """The row keeps what the handler found out about it (client, verzoek, answer to what)."""
    rij = o.rij
    rij.bevindingen = als_json(bevindingen) or rij.bevindingen
    rij.save(
        update_fields=[
            "soort", "identificatie", "dagtekening", "client", "antwoord_op", "verzoek", "declaratie", "bevindingen",
        ]
    )  # fmt: skip
    try:
        with transaction.atomic():
            rij.zet_status(Status.AFGEKEURD if bevindingen else Status.GOEDGEKEURD, verwerkt_op=o.nu, laatste_fout="")
    except IntegrityError as fout:
        raise Onverwerkbaar("Een ander bericht met dit kenmerk is al verwerkt.") from fout


def _antwoord(o: Ontvangst, bevindingen: tuple[Bevinding, ...]) -> Bericht:
    pk, kenmerk = nieuw_kenmerk()
    dag = vandaag(o.nu)
    antwoord = leg_klaar(
        retour(o.bericht, bevindingen, identificatie=kenmerk, dagtekening=dag),
        Weg(Bericht.Kant(o.rij.kant), o.gemeente, o.aanbieder),
        pk=pk,
        identificatie=kenmerk,
        nu=o.nu,
        client=o.rij.client,
        antwoord_op=o.rij,
        verzoek=o.rij.verzoek,
        toewijzingen=o.rij.toewijzingen.all(),
        bevindingen=als_json(bevindingen),
    )
    Bericht.objects.filter(pk=o.rij.pk).update(beantwoord_op=o.nu)
    return antwoord

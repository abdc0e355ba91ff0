"""The exercise region's messages: every evening the mail goes round, with real files and the simulator of suppliers."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.conf import settings

from berichten.actions import aanbieder, declaraties, inbox, opdrachten, outbox, verzoeken
from berichten.models import Bericht
from berichten.simulator import KAPOT, Aanbiedersoftware
from berichten.tasks import postbussen
from berichten.transport.bestand import Map
from wmo.demo import Fase, Wereld
from wmo.models import Aanstelling, Gemeente, Levering, Toewijzing
from wmo.permissions import Rol

Paar = tuple[str, str]  # gemeente code, AGB code
AVOND, ZATERDAG = 18, 5


def richt_in(wereld: Wereld) -> None:
    """`werk` says which supplier has something to do on which day: reading all its files daily would be slow."""
    wereld.geheugen["werk"] = defaultdict(set)


def dag(wereld: Wereld, dag: date) -> None:
    if dag.weekday() >= ZATERDAG:
        return
    post, nu = Map(settings.BERICHTEN_MAP), wereld.moment(dag, uur=AVOND)
    _meld_starts(wereld, dag)
    if dag == wereld.laatste_dag - timedelta(days=3):
        _wat_er_misgaat(wereld, post, nu)
    _maak(wereld, dag, nu)
    _bezorg(post, nu)
    for gemeente, agb in _wie_iets_te_doen_heeft(wereld, dag):
        Aanbiedersoftware(post, gemeente, agb, nu).speel()
    _verwerk(post, nu)
    _bezorg(post, nu)


def _wie_iets_te_doen_heeft(wereld: Wereld, dag: date) -> list[Paar]:
    werk = wereld.geheugen["werk"]
    return sorted(set().union(*(werk.pop(eerder) for eerder in [d for d in werk if d <= dag])))


def _maak(wereld: Wereld, dag: date, nu: datetime) -> None:
    """What is due leaves; a supplier answers the next day and reports the start when it has begun."""
    for client_id, aanbieder_id in list(opdrachten.te_verzenden()):
        bericht = opdrachten.verzend_paar(client_id, aanbieder_id, nu=nu)
        if bericht is not None:
            for toewijzing in bericht.toewijzingen.all():
                begin = max(dag, toewijzing.ingangsdatum) + timedelta(days=1)
                for werkdag in (dag + timedelta(days=1), begin):
                    wereld.geheugen["werk"][werkdag].add((bericht.afzender, bericht.ontvanger))
    for verzoek_id, antwoord in list(verzoeken.te_beantwoorden()):
        verzoeken.beantwoord_een(verzoek_id, antwoord, nu=nu)
    for pk in list(declaraties.te_versturen()):
        declaraties.verstuur_een(pk, nu=nu)
    for pk in list(declaraties.te_beantwoorden()):
        declaraties.beantwoord_een(pk, nu=nu)


def _bezorg(post: Map, nu: datetime) -> None:
    while outbox.verzend_volgende(post, nu=nu):
        pass


def _verwerk(post: Map, nu: datetime) -> None:
    systeem = Aanstelling.objects.systeem()
    for brief in post.haal_op(postbussen()):
        inbox.neem_aan(post=brief, door=systeem, nu=nu)
        post.bevestig(brief)
    while inbox.verwerk_volgende(nu=nu):
        pass


def _meld_starts(wereld: Wereld, dag: date) -> None:
    """Aanbieders without software of their own press the button; so do those whose client has no BSN."""
    wachtend = Toewijzing.objects.filter(levering__status=Levering.Status.NIET_GESTART, ingangsdatum__lt=dag)
    for toewijzing in wachtend.select_related("aanbieder", "client", "gemeente", "product").order_by("id"):
        if aanbieder.kan_melden(toewijzing):
            aanbieder.meld_start(
                toewijzing=toewijzing,
                begindatum=toewijzing.ingangsdatum,
                door=wereld.iemand(Rol.PLANNING, aanbieder=toewijzing.aanbieder),
                nu=wereld.moment(dag),
            )


def _wat_er_misgaat(wereld: Wereld, post: Map, nu: datetime) -> None:
    """A request to decide on and a message that cannot be read, so that the monitor has something to show."""
    for gemeente in Gemeente.objects.all():
        paren = Bericht.objects.filter(soort="301", afzender=gemeente.code).values_list("ontvanger", flat=True)
        for volgnummer, agb in enumerate(sorted(set(paren))[:2]):
            fouten = frozenset({KAPOT}) if volgnummer else frozenset()
            Aanbiedersoftware(post, gemeente.code, agb, nu, fouten).speel("307" if volgnummer else "317")


FASE = Fase(naam="berichten", volgorde=50, richt_in=richt_in, dag=dag)

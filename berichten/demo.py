"""The exercise region's messages: opdrachten leave, aanbieders answer, start, pause, ask and stop."""

from __future__ import annotations

import atexit
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from berichten.actions import aanbieder as portaal
from berichten.actions import herstel, inbox, outbox, vragen
from berichten.actions.schrijven import stukken
from berichten.simulator import STIL, Aanbiedersoftware
from berichten.tasks import maak_berichten, postbussen
from berichten.transport import Postbus, Zending
from berichten.transport.bestand import Map
from wmo.actions import leveringen, verzoeken
from wmo.actions.kader import Geweigerd
from wmo.actions.verzoeken import Regel
from wmo.demo import Fase, Wereld
from wmo.models import (
    Aanbieder,
    Aanstelling,
    Levering,
    Pauze,
    Perceel,
    Product,
    Toewijzing,
    Verzoek,
    VerzoekProduct,
)
from wmo.permissions import Rol
from wmo.rules.gemeenteregels import Aanleiding

ZATERDAG = 5
# chances per running opdracht and working day
STOPKANS, PAUZEKANS, VERZOEKKANS = 0.0006, 0.0012, 0.0008
STOPREDENEN = ("19", "21", "23", "31", "02")
STIL_DAGEN = 8  # at the end one aanbieder answers nothing any more: an answer is late
Status = Levering.Status


def dag(wereld: Wereld, dag: date) -> None:
    """Morning: people report. Afternoon: what is ready travels, and software answers."""
    if dag == wereld.laatste_dag - timedelta(days=1):
        _laat_iets_liggen(wereld, _map(wereld), wereld.moment(dag, uur=18))
    if dag.weekday() >= ZATERDAG:
        return
    _lezen(wereld, dag)
    _starten(wereld, dag)
    _hervatten(wereld, dag)
    _lopend(wereld, dag)
    _beoordelen(wereld, dag)
    _vraag_opdracht(wereld, dag)
    nu = wereld.moment(dag, uur=17)
    map_ = _map(wereld)
    maak_berichten(nu)
    ronde(map_, nu)
    if _software(wereld, map_, dag, nu):
        ronde(map_, nu + timedelta(minutes=1))


def _map(wereld: Wereld) -> Map:
    """The folder of the installation, so that the simulator goes on where the seed stops; in tests one that goes."""
    if "berichten" not in wereld.geheugen:
        wereld.geheugen["berichten"] = Map(_tijdelijk() if settings.PROEF else settings.BERICHTEN_MAP)
    kaart: Map = wereld.geheugen["berichten"]
    return kaart


def _tijdelijk() -> str:
    """Goes when the process ends."""
    tijdelijk = TemporaryDirectory()
    atexit.register(tijdelijk.cleanup)
    return tijdelijk.name


def ronde(map_: Map, nu: datetime, rondes: int = 3) -> None:
    """What the tasks do, at a moment of one's own: send, collect, process; answers go in the next round."""
    systeem = Aanstelling.objects.systeem()
    for _ in range(rondes):
        while outbox.verzend_volgende(map_, nu=nu):
            continue
        for post in map_.haal_op(list(postbussen())):
            inbox.neem_aan(post=post, door=systeem, nu=nu)
            map_.bevestig(post)
        if not _verwerk(nu):
            return


def _verwerk(nu: datetime) -> int:
    aantal = 0
    while inbox.verwerk_volgende(nu=nu):
        aantal += 1
    return aantal


def _opdrachten(**filter_: Any) -> Any:
    """Of aanbieders without software of their own: their people use the portal."""
    rijen = Toewijzing.objects.filter(aanbieder__eigen_software=False, **filter_)
    return rijen.select_related(
        "client", "gemeente", "aanbieder", "product", "levering", "voorziening__beschikking__zaak"
    ).order_by("id")


def _doe(actie: Callable[..., Any], **gegevens: Any) -> None:
    """People try things that cannot be; the portal says no and the day goes on."""
    with suppress(Geweigerd):
        actie(**gegevens)


def _planner(wereld: Wereld, toewijzing: Toewijzing) -> Aanstelling:
    return wereld.iemand(Rol.PLANNING, aanbieder=toewijzing.aanbieder)


def _lezen(wereld: Wereld, dag: date) -> None:
    """Whoever has software of its own still reads the remark in the portal (R-106)."""
    ongelezen = Toewijzing.objects.filter(status=Toewijzing.Status.ACTIEF, opmerking_gelezen_op=None).exclude(
        opmerking=""
    )
    for toewijzing in ongelezen.select_related("aanbieder", "voorziening__beschikking__zaak").order_by("id"):
        if wereld.rng.random() < 0.4:
            planner, nu = _planner(wereld, toewijzing), wereld.moment(dag)
            leveringen.lees_opmerking(toewijzing=toewijzing, door=planner, nu=nu)


def _starten(wereld: Wereld, dag: date) -> None:
    wachtend = _opdrachten(
        status=Toewijzing.Status.ONTVANGEN, levering__status=Status.NIET_GESTART, ingangsdatum__lte=dag
    )
    for toewijzing in wachtend:
        if wereld.rng.random() > 0.5:
            continue
        wie = {"toewijzing": toewijzing, "door": _planner(wereld, toewijzing), "nu": wereld.moment(dag)}
        if toewijzing.opmerking and toewijzing.opmerking_gelezen_op is None:
            leveringen.lees_opmerking(**wie)
        _doe(portaal.meld_start, begindatum=toewijzing.ingangsdatum, **wie)


def _lopend(wereld: Wereld, dag: date) -> None:
    for toewijzing in _opdrachten(status=Toewijzing.Status.ACTIEF, levering__status=Status.GESTART):
        dobbel = wereld.rng.random()
        wie = {"toewijzing": toewijzing, "door": _planner(wereld, toewijzing), "nu": wereld.moment(dag)}
        if dobbel < STOPKANS:
            _doe(portaal.meld_stop, einddatum=dag, reden=wereld.rng.choice(STOPREDENEN), **wie)
        elif dobbel < STOPKANS + PAUZEKANS:
            _pauzeer(wereld, dag, wie)
        elif dobbel < STOPKANS + PAUZEKANS + VERZOEKKANS:
            _vraag(wereld, dag, wie)


def _pauzeer(wereld: Wereld, dag: date, wie: dict[str, Any]) -> None:
    _doe(
        portaal.meld_pauze,
        vanaf=dag,
        verwacht_tot=dag + timedelta(days=wereld.rng.randint(14, 60)),
        aanleiding=Aanleiding.VERZOEK_CLIENT,
        reden="De cliënt logeert bij familie.",
        **wie,
    )


def _vraag(wereld: Wereld, dag: date, wie: dict[str, Any]) -> None:
    """Mostly less, since that fits the decision; sometimes more, and then the gemeente says no."""
    toewijzing = wie["toewijzing"]
    volume = toewijzing.volume or 60
    stap = 15 if volume > 30 else 1  # minutes, or etmalen and dagdelen
    _doe(
        vragen.vraag_wijziging,
        volume=max(1, volume + stap * wereld.rng.choice([-2, -2, -1, 2])),
        einddatum=toewijzing.einddatum,
        gewenste_ingangsdatum=dag + timedelta(days=wereld.rng.randint(14, 28)),
        reden="1",
        toelichting=wereld.rng.choice(["De buurvrouw die de was deed, is verhuisd.", "Het gaat beter dan verwacht."]),
        **wie,
    )


def _vraag_opdracht(wereld: Wereld, dag: date) -> None:
    """In the last days one aanbieder asks other help for a client of its own (315), for who looks this morning."""
    if dag < wereld.laatste_dag - timedelta(days=3) or "opdracht gevraagd" in wereld.geheugen:
        return
    met_bericht = {"client__geen_berichtenverkeer": False, "client__bsn_hash__isnull": False}
    for toewijzing in _opdrachten(status=Toewijzing.Status.ACTIEF, **met_bericht)[:50]:
        percelen = Perceel.objects.op(dag).filter(aanbieder=toewijzing.aanbieder, gemeente=toewijzing.gemeente)
        ander = Product.objects.filter(contracten__percelen__in=percelen).exclude(pk=toewijzing.product_id).first()
        if ander is None:
            continue
        regel = Regel(
            VerzoekProduct.Soort.GEVRAAGD,
            product=ander,
            gewenste_ingangsdatum=dag + timedelta(days=14),
            einddatum=toewijzing.einddatum or dag + timedelta(days=378),
            volume=120,
            eenheid=ander.eenheid,
            frequentie=ander.frequentie,
        )
        wie = {"door": _planner(wereld, toewijzing), "nu": wereld.moment(dag)}
        _doe(vragen.vraag_toewijzing, client=toewijzing.client, regel=regel, toelichting="Er is een besluit.", **wie)
        wereld.geheugen["opdracht gevraagd"] = True
        return


def _hervatten(wereld: Wereld, dag: date) -> None:
    for pauze in Pauze.objects.filter(status=Pauze.Status.ACTIEF, verwacht_tot__lte=dag).order_by("id"):
        toewijzing = _opdrachten(pk=pauze.toewijzing_id).first()
        if toewijzing is not None and pauze.vanaf < dag:
            pauze.toewijzing = toewijzing
            nu = wereld.moment(dag)
            _doe(portaal.hervat, pauze=pauze, hervat_op=dag, door=_planner(wereld, toewijzing), nu=nu)


def _beoordelen(wereld: Wereld, dag: date) -> None:
    """Within the term, mostly; the newest stay open for who looks this morning."""
    for verzoek in Verzoek.objects.open().select_related("gemeente", "client", "aanbieder").order_by("id"):
        if wereld.rng.random() > 0.3 or dag >= wereld.laatste_dag - timedelta(days=2):
            continue
        wie: dict[str, Any] = {
            "verzoek": verzoek,
            "door": wereld.iemand(Rol.BACKOFFICE, gemeente=verzoek.gemeente),
            "nu": wereld.moment(dag),
        }
        try:
            verzoeken.honoreer(**wie)
        except Geweigerd:
            verzoeken.wijs_af(reden="7", toelichting="Past niet binnen het besluit; bel de consulent.", **wie)


def _software(wereld: Wereld, map_: Map, dag: date, nu: datetime) -> int:
    """Aanbieders with software of their own, through their files; at the end one of them falls silent.

    The number of messages they sent.
    """
    programmas = wereld.geheugen.setdefault("software", {})
    if not programmas:
        eigen = set(Aanbieder.objects.filter(eigen_software=True).values_list("agb", flat=True))
        paren = sorted((bus.aanbieder, bus.gemeente) for bus in postbussen() if bus.aanbieder in eigen)
        programmas |= {(agb, gemeente): Aanbiedersoftware(map_, gemeente, agb, nu) for agb, gemeente in paren}
    verstuurd = 0
    for (agb, _), software in programmas.items():
        stil = agb == next(iter(programmas))[0] and dag >= wereld.laatste_dag - timedelta(days=STIL_DAGEN)
        software.nu, software.fouten = nu, frozenset({STIL} if stil else ())
        verstuurd += len(software.speel())
    return verstuurd + _op_verzoek(wereld, programmas, dag)


def _op_verzoek(wereld: Wereld, programmas: dict[tuple[str, str], Aanbiedersoftware], dag: date) -> int:
    """Now and then their people stop, or ask for more."""
    verstuurd = 0
    lopend = Toewijzing.objects.filter(
        aanbieder__eigen_software=True, status=Toewijzing.Status.ACTIEF, levering__status=Status.GESTART
    ).order_by("id")
    for nummer, agb, gemeente in lopend.values_list("toewijzingnummer", "aanbieder__agb", "gemeente__code"):
        dobbel = wereld.rng.random()
        if dobbel < STOPKANS + VERZOEKKANS and (agb, gemeente) in programmas:
            software = programmas[agb, gemeente]
            software.alleen = frozenset({nummer})
            verstuurd += len(software.speel("307" if dobbel < STOPKANS else "317"))
    return verstuurd


def _laat_iets_liggen(wereld: Wereld, map_: Map, nu: datetime) -> None:
    """For who looks this morning: one message that cannot be read, and the late answers as work."""
    bus = next((b for b in postbussen() if b.kant == "gemeente"), None)
    if bus is not None:
        map_.verstuur(Zending(Postbus(bus.gemeente, bus.aanbieder, "gemeente"), "305", "AFGEBROKEN"), stukken(HALF))
        ronde(map_, nu)
    herstel.bewaak_antwoorden(door=Aanstelling.objects.systeem(), nu=wereld.moment(wereld.laatste_dag, uur=7))


HALF = b'<wmo305:Bericht xmlns:wmo305="http://www.istandaarden.nl/iwmo/3_2/wmo305/schema">'

FASE = Fase(naam="berichten", volgorde=30, dag=dag)

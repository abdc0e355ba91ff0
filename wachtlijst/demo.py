"""The exercise region's wachtlijst: people are placed, aanbieders claim in turn, the backoffice gives opdrachten."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from wachtlijst.actions import claims, plekken, spoed, spoedvervolg
from wachtlijst.models import Plek, Plekgebeurtenis, Spoedantwoord, Spoedtraject
from wmo.actions.kader import Geweigerd
from wmo.demo import Fase, Wereld
from wmo.demo.schaal import opgehoogd
from wmo.demo.wereld import Kopie
from wmo.models import Aanstelling, Clientenstop, Gemeente, Perceel, Voorziening
from wmo.permissions import Rol

ZATERDAG = 5
# a claim per list per working day: a little slower than people come, so that lists grow as they do
CLAIMKANS = 0.065
OPMERKINGEN = ("", "Sleutel bij de buren op nummer 4.", "Graag eerst bellen met de dochter.", "De hond is vriendelijk.")


def dag(wereld: Wereld, dag: date) -> None:
    if dag.weekday() >= ZATERDAG:
        return
    _vraag_spoed_uit(wereld, dag)
    _antwoord_op_spoed(wereld, dag)
    _plaats(wereld, dag)
    _geef_opdrachten(wereld, dag)
    for gemeente in Gemeente.objects.all():
        if wereld.rng.random() < CLAIMKANS:
            _claim(wereld, gemeente, dag)


def _vraag_spoed_uit(wereld: Wereld, dag: date) -> None:
    """Half of what is spoed goes by the protocol, the rest gets a label; at the end some is open for who looks."""
    laatste = dag >= wereld.laatste_dag - timedelta(days=2)
    wachtend = Voorziening.objects.zonder_toewijzing().filter(plekken=None, spoedtrajecten=None, aanbieder=None)
    if not laatste:
        wachtend = wachtend.filter(beschikking__zaak__spoed=True)
    op_volgorde = wachtend.select_related("beschikking__zaak__gemeente", "product").order_by("id")
    for voorziening in op_volgorde[:2] if laatste else op_volgorde:
        zaak = voorziening.beschikking.zaak
        if laatste or zaak.pk % 2:
            spoed.vraag_uit(
                voorziening=voorziening,
                grond=zaak.spoedgrond or "ziekenhuis",
                door=wereld.iemand(Rol.CONSULENT, gemeente=zaak.gemeente),
                nu=wereld.moment(dag, uur=11),
            )


def _antwoord_op_spoed(wereld: Wereld, dag: date) -> None:
    """Aanbieders answer or stay silent; the backoffice gives the opdracht the same day."""
    open_ = Spoedtraject.objects.filter(status__in=Spoedtraject.TE_BEANTWOORDEN)
    for traject in open_.select_related("gemeente").order_by("id"):
        for antwoord in traject.antwoorden.filter(antwoord="").select_related("aanbieder"):
            if wereld.rng.random() < 0.5:
                _antwoord(wereld, traject, antwoord, dag)
        if traject.antwoord_uiterlijk < wereld.moment(dag, uur=17):
            spoed.sluit_termijn(traject=traject, door=Aanstelling.objects.systeem(), nu=wereld.moment(dag, uur=17))
    _na_niemand(wereld, dag)
    gevonden = Spoedtraject.objects.filter(status=Spoedtraject.Status.MATCH)
    for traject in gevonden.select_related("gemeente", "aanbieder", "voorziening").order_by("id"):
        kantoor = wereld.iemand(Rol.BACKOFFICE, gemeente=traject.gemeente)
        spoedvervolg.bevestig(traject=traject, door=kantoor, nu=wereld.moment(dag, uur=17))


def _na_niemand(wereld: Wereld, dag: date) -> None:
    """A talk the next working day; there somebody finds room after all."""
    vast = Spoedtraject.objects.filter(status__in=[Spoedtraject.Status.GEEN_MATCH, Spoedtraject.Status.OVERLEG])
    for traject in vast.filter(uitgevraagd_op__lt=wereld.moment(dag - timedelta(days=2))).select_related("gemeente"):
        if traject.status == Spoedtraject.Status.GEEN_MATCH:
            spoedvervolg.plan_overleg(
                traject=traject,
                moment=wereld.moment(dag + timedelta(days=1), uur=10),
                waar=f"Gemeentehuis {traject.gemeente}",
                door=wereld.iemand(Rol.CONSULENT, gemeente=traject.gemeente),
                nu=wereld.moment(dag, uur=9),
            )
        elif antwoord := traject.antwoorden.select_related("aanbieder").order_by("id").first():
            door = wereld.iemand(Rol.PLANNING, aanbieder=antwoord.aanbieder)
            start = dag + timedelta(days=1)
            spoed.zeg_ja(traject=traject, startdatum=start, door=door, nu=wereld.moment(dag, uur=16))


def _antwoord(wereld: Wereld, traject: Spoedtraject, antwoord: Spoedantwoord, dag: date) -> None:
    wie: dict[str, Any] = {
        "traject": traject,
        "door": wereld.iemand(Rol.PLANNING, aanbieder=antwoord.aanbieder),
        "nu": wereld.moment(dag, uur=14),
    }
    with suppress(Geweigerd):  # somebody else was first
        if wereld.rng.random() < 0.25:
            spoed.zeg_ja(startdatum=dag + timedelta(days=wereld.rng.randint(1, 5)), **wie)
        else:
            spoed.zeg_nee(reden=wereld.rng.choice(Spoedantwoord.Reden.values), **wie)


def _plaats(wereld: Wereld, dag: date) -> None:
    """Yesterday's decisions: on the list, or straight to the aanbieder that was chosen."""
    rng = wereld.rng
    wachtend = Voorziening.objects.zonder_toewijzing().filter(
        plekken=None, spoedtrajecten=None, beschikking__bekendgemaakt_op__lt=dag
    )
    for voorziening in wachtend.select_related("beschikking__zaak__gemeente", "product", "aanbieder").order_by("id"):
        zaak = voorziening.beschikking.zaak
        if voorziening.aanbieder:
            plekken.wijs_rechtstreeks_toe(
                voorziening=voorziening,
                aanbieder=voorziening.aanbieder,
                ingangsdatum=max(dag, voorziening.ingangsdatum),
                opmerking=rng.choice(OPMERKINGEN),
                door=wereld.iemand(Rol.BACKOFFICE, gemeente=zaak.gemeente),
                nu=wereld.moment(dag),
            )
        else:
            plekken.plaats(
                voorziening=voorziening,
                spoed=zaak.spoed,
                huisdieren=rng.choice(["", "", "geen", "kat", "hond"]),
                roken=rng.choice(["", "nee", "nee", "ja"]),
                niet_op_dagen=rng.sample(range(1, 6), k=rng.choice([0, 0, 0, 1])),
                door=wereld.iemand(Rol.CONSULENT, gemeente=zaak.gemeente),
                nu=wereld.moment(dag),
            )


def _claim(wereld: Wereld, gemeente: Gemeente, dag: date) -> None:
    """The first place, by one of the aanbieders that may take it."""
    eerste = Plek.objects.open().filter(gemeente=gemeente).op_volgorde().first()
    if eerste is None:
        return
    percelen = Perceel.objects.op(dag).voor_product(eerste.product).filter(gemeente=gemeente)
    stops = Clientenstop.objects.geldend(dag).filter(gemeente=gemeente).values("aanbieder")
    percelen = percelen.exclude(aanbieder__in=stops).select_related("aanbieder")
    aanbieder = wereld.rng.choice(list(percelen.order_by("id"))).aanbieder
    planner = wereld.iemand(Rol.PLANNING, aanbieder=aanbieder)
    claims.claim(
        plek=eerste,
        startdatum=dag + timedelta(days=wereld.rng.randint(7, 25)),
        contactpersoon=planner.gebruiker.naam,
        door=planner,
        nu=wereld.moment(dag),
    )


def _geef_opdrachten(wereld: Wereld, dag: date) -> None:
    """Within two working days, most of the time (R-101)."""
    for plek in (
        Plek.objects.filter(status=Plek.Status.GECLAIMD).select_related("gemeente", "voorziening").order_by("id")
    ):
        if wereld.rng.random() < 0.75:
            claims.bevestig(
                plek=plek,
                opmerking=wereld.rng.choice(OPMERKINGEN),
                door=wereld.iemand(Rol.BACKOFFICE, gemeente=plek.gemeente),
                nu=wereld.moment(dag),
            )


FASE = Fase(
    naam="wachtlijst",
    volgorde=20,
    dag=dag,
    kopieen=(
        Kopie(Plek, {"code": opgehoogd("code", 4)}),
        Kopie(Plekgebeurtenis),
        Kopie(Spoedtraject, {"code": opgehoogd("code", 4)}),
        Kopie(Spoedantwoord),
    ),
)

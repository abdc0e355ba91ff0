"""The exercise region's wachtlijst: people are placed, aanbieders claim in turn, the backoffice gives opdrachten."""

from __future__ import annotations

from datetime import date, timedelta

from wachtlijst.actions import claims, plekken
from wachtlijst.models import Plek, Plekgebeurtenis
from wmo.demo import Fase, Wereld
from wmo.demo.schaal import opgehoogd
from wmo.demo.wereld import Kopie
from wmo.models import Gemeente, Perceel, Voorziening
from wmo.permissions import Rol

ZATERDAG = 5
# a claim per list per working day: a little slower than people come, so that lists grow as they do
CLAIMKANS = 0.065
OPMERKINGEN = ("", "Sleutel bij de buren op nummer 4.", "Graag eerst bellen met de dochter.", "De hond is vriendelijk.")


def dag(wereld: Wereld, dag: date) -> None:
    if dag.weekday() >= ZATERDAG:
        return
    _plaats(wereld, dag)
    _geef_opdrachten(wereld, dag)
    for gemeente in Gemeente.objects.all():
        if wereld.rng.random() < CLAIMKANS:
            _claim(wereld, gemeente, dag)


def _plaats(wereld: Wereld, dag: date) -> None:
    """Yesterday's decisions: on the list, or straight to the aanbieder that was chosen."""
    rng = wereld.rng
    wachtend = Voorziening.objects.zonder_toewijzing().filter(plekken=None, beschikking__bekendgemaakt_op__lt=dag)
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
    percelen = (
        Perceel.objects.op(dag).voor_product(eerste.product).filter(gemeente=gemeente).select_related("aanbieder")
    )
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
    kopieen=(Kopie(Plek, {"code": opgehoogd("code", 4)}), Kopie(Plekgebeurtenis)),
)

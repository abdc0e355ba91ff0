"""The desk of a consulent in the exercise region: calls to make, and letters that say a decision is late."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from wmo.actions import ingebrekestellingen, notities
from wmo.demo.wereld import Fase, Wereld
from wmo.models import Zaak
from wmo.rules.klokken import BESLISFASE

ZATERDAG = 5
ZAAD = 43  # dice of its own: the rest of the region stays as it is
LAATST = timedelta(days=4)  # what comes in at the end waits for who looks this morning
BRIEF = 0.1  # chance per late decision and working day
BELT_NIET = "Gebeld over de afspraak. Geen gehoor. Ik probeer het later nog een keer."


def richt_in(wereld: Wereld) -> None:
    wereld.geheugen["bureau"] = replace(wereld, rng=random.Random(ZAAD))


def dag(wereld: Wereld, dag: date) -> None:
    eigen: Wereld = wereld.geheugen["bureau"]
    if dag.weekday() >= ZATERDAG:
        return
    _stel_in_gebreke(eigen, dag)
    if wereld.laatste_dag - dag <= LAATST:
        _beloof_terug_te_bellen(eigen, dag)


def _stel_in_gebreke(eigen: Wereld, dag: date) -> None:
    """R-050."""
    te_laat = Zaak.objects.open().filter(
        status__in=BESLISFASE, uiterste_datum__lt=dag, ingebrekestelling_op=None, behandelaar__isnull=False
    )
    for zaak in te_laat.exclude(stilstand_tot__gte=dag).select_related("behandelaar").order_by("id"):
        if eigen.rng.random() < BRIEF and zaak.behandelaar is not None:
            nu = eigen.moment(dag)
            ingebrekestellingen.leg_vast(zaak=zaak, ontvangen_op=dag, door=zaak.behandelaar, nu=nu)


def _beloof_terug_te_bellen(eigen: Wereld, dag: date) -> None:
    """A few cases a day, for today or the next days."""
    lopend = Zaak.objects.open().filter(status="onderzoek", behandelaar__isnull=False)
    for zaak in lopend.select_related("behandelaar", "gemeente").order_by("id"):
        if eigen.rng.random() < BRIEF and zaak.behandelaar is not None:
            bel_op = dag + timedelta(days=eigen.rng.randint(0, 3))
            nu = eigen.moment(dag)
            notities.voeg_toe(zaak=zaak, tekst=BELT_NIET, terugbellen_op=bel_op, door=zaak.behandelaar, nu=nu)


FASE = Fase(naam="bureau", volgorde=45, richt_in=richt_in, dag=dag)

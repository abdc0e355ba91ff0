"""The penalty for deciding too late (R-050, Awb 4:17 and 4:18)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from wmo.periodes import EEN_DAG
from wmo.rules.kalender import Kalender
from wmo.rules.klokken import Klok

MAXIMUM_DAGEN = 42
DAGEN_PER_TREDE = 14
DWANGSOM = "Dwangsom, na een ingebrekestelling"


@dataclass(frozen=True)
class Dwangsombedragen:
    """Euros per day for the three steps of fourteen days, for an ingebrekestelling received from `vanaf` on."""

    vanaf: date
    treden: tuple[Decimal, Decimal, Decimal]


@dataclass(frozen=True)
class Lezing:
    """How the days are counted where the law leaves room (R-050); the defaults are the portal's choice."""

    eerste_dag_is_dag_14: bool = False
    besluitdag_telt_mee: bool = False
    atw_op_twee_weken: bool = True


@dataclass(frozen=True)
class Dwangsom:
    """What is due. The dates are None when the ingebrekestelling came too early to count."""

    ingebrekestelling_geldig: bool
    einde_twee_weken: date | None
    eerste_dag: date | None
    dagen: int
    bedrag: Decimal


def bedragen_op(ingebrekestelling: date, tabel: Sequence[Dwangsombedragen]) -> Dwangsombedragen | None:
    """The amounts that hold on the day of the ingebrekestelling; None before the first row."""
    geldend = [rij for rij in tabel if rij.vanaf <= ingebrekestelling]
    return max(geldend, key=lambda rij: rij.vanaf, default=None)


def bedrag_na(dagen: int, bedragen: Dwangsombedragen | None) -> Decimal:
    """Euros after so many days in default, at most 42 of them."""
    if bedragen is None:
        return Decimal("0.00")
    dagen = min(dagen, MAXIMUM_DAGEN)
    per_trede = (max(0, min(dagen - DAGEN_PER_TREDE * nr, DAGEN_PER_TREDE)) for nr in range(3))
    return sum((aantal * trede for aantal, trede in zip(per_trede, bedragen.treden, strict=True)), Decimal("0.00"))


def dwangsom(
    *,
    uiterste_beslisdatum: date,
    ingebrekestelling: date,
    bekendgemaakt_of_vandaag: date,
    tabel: Sequence[Dwangsombedragen],
    kalender: Kalender,
    lezing: Lezing | None = None,
) -> Dwangsom:
    """Penalty for a decision made known on a date, or running on that date.

    An ingebrekestelling that came in before the term was over is premature and gives nothing.
    """
    if ingebrekestelling <= uiterste_beslisdatum:
        return Dwangsom(False, None, None, 0, Decimal("0.00"))
    lezing = lezing or Lezing()
    einde = ingebrekestelling + timedelta(weeks=2)
    if lezing.atw_op_twee_weken and not lezing.eerste_dag_is_dag_14:
        einde = kalender.schuif_door(einde)
    eerste = einde if lezing.eerste_dag_is_dag_14 else einde + EEN_DAG
    dagen = (bekendgemaakt_of_vandaag - eerste).days + lezing.besluitdag_telt_mee
    dagen = max(0, min(dagen, MAXIMUM_DAGEN))
    return Dwangsom(True, einde, eerste, dagen, bedrag_na(dagen, bedragen_op(ingebrekestelling, tabel)))


def klok(
    *,
    uiterste_beslisdatum: date,
    ingebrekestelling: date,
    bekendgemaakt: date | None,
    op: date,
    tabel: Sequence[Dwangsombedragen],
    kalender: Kalender,
    in_woorden: Callable[[Decimal], str],
) -> Klok:
    """The fourth clock of a dossier: two weeks to decide, then euros by the day, then what is due.

    `in_woorden` writes an amount.
    """
    stand = dwangsom(
        uiterste_beslisdatum=uiterste_beslisdatum,
        ingebrekestelling=ingebrekestelling,
        bekendgemaakt_of_vandaag=bekendgemaakt or op + EEN_DAG,  # today counts as long as there is no decision
        tabel=tabel,
        kalender=kalender,
    )
    ontvangen = f"In gebreke gesteld op {ingebrekestelling:%d-%m-%Y}"
    if not stand.ingebrekestelling_geldig:
        return Klok(DWANGSOM, "Telt niet: te vroeg", "stil", "circle-check", toelichting=ontvangen)
    bedrag = in_woorden(stand.bedrag)
    if bekendgemaakt is not None:
        tekst = f"{bedrag} verschuldigd" if stand.dagen else "Niets verschuldigd"
        toon, icoon = ("rood", "alert-triangle") if stand.dagen else ("groen", "circle-check")
        return Klok(DWANGSOM, tekst, toon, icoon, toelichting=ontvangen)
    if not stand.dagen:
        return Klok(DWANGSOM, "Besluit nu, dan is er geen dwangsom", "oranje", "alert-triangle",
                    uiterlijk=stand.einde_twee_weken)  # fmt: skip
    return Klok(DWANGSOM, f"Nu {bedrag}", "rood", "alert-triangle", toelichting=ontvangen, dag=stand.dagen,
                van=MAXIMUM_DAGEN)  # fmt: skip

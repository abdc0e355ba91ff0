"""Policy that differs per municipality, as data: what a pause and a death ask (R-137 to R-154, R-230 to R-233).

`Gemeenteregels` is read from dated key-value rows; no rule below knows the name of a municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from wmo.rules.contracttermijnen import weken_later

TIJDELIJKE_STOP = "20"
REDEN_OVERLEDEN = "02"


@dataclass(frozen=True)
class Gemeenteregels:
    """The values of R-230 that rules need; None means that the municipality has laid down nothing."""

    wachtlijst_actief: bool = False
    spoedlabel_op_wachtlijst: bool = True
    pauze_307: bool = False
    pauze_317: bool = False
    pauze_factuurstop: bool = True
    pauze_indicatie_opschorten: bool | None = None
    pauze_overleg_na_weken: int | None = None
    eb_stop_alleen_leveringsprobleem: bool | None = None
    eb_terugvraag_weken: int | None = None
    overlijden_weken: int = 4
    overlijden_heronderzoek: bool = False
    sr_contact: str | None = None

    @classmethod
    def uit(cls, waarden: Mapping[str, Any]) -> Gemeenteregels:
        """From the rows in force on a date; keys that no rule reads are left out, a missing key keeps its default."""
        bekend = {veld.name for veld in fields(cls)}
        return cls(**{sleutel: waarde for sleutel, waarde in waarden.items() if sleutel in bekend})


class Aanleiding(StrEnum):
    """Why care pauses."""

    VERZOEK_CLIENT = "verzoek_client"
    LEVERINGSPROBLEEM = "leveringsprobleem"


class PauzeActie(StrEnum):
    """What a pause asks of aanbieder and gemeente."""

    FACTURATIE_STOPPEN = "FACTURATIE_STOPPEN"
    REDEN_MELDEN_AAN_TOEGANG = "REDEN_MELDEN_AAN_TOEGANG"
    GEEN_307 = "GEEN_307"
    STUUR_307 = "STUUR_307_REDEN_20"
    MELDING_BUITEN_IWMO = "MELDING_BUITEN_IWMO"
    WAARSCHUWING_317 = "WAARSCHUWING_317_ZONDER_WIJZIGING_ONGELDIG"
    INDICATIE_LOOPT_DOOR = "INDICATIE_LOOPT_DOOR"
    EIGEN_BIJDRAGE_LOOPT_DOOR = "EIGEN_BIJDRAGE_LOOPT_DOOR"
    EIGEN_BIJDRAGE_ONDERBREKEN = "EIGEN_BIJDRAGE_ONDERBREKEN"
    OVERLEG_NA_WEKEN = "OVERLEG_MET_INWONER"
    AANBIEDER_BLIJFT_CONTACT = "AANBIEDER_BLIJFT_CONTACT"


@dataclass(frozen=True)
class Bericht:
    """A message that belongs to the pause; `reden` only for a 307."""

    code: str
    reden: str = ""


@dataclass(frozen=True)
class Pauze:
    """What to do when care pauses, which messages go out, and on which dates."""

    acties: frozenset[PauzeActie]
    bij_pauze: tuple[Bericht, ...]
    bij_hervatting: tuple[Bericht, ...]
    facturatie_stopt: date | None
    overleg_op: date | None


def pauze(
    regels: Gemeenteregels,
    *,
    vanaf: date,
    hervat_op: date | None = None,
    aanleiding: Aanleiding = Aanleiding.VERZOEK_CLIENT,
    echte_wijziging: bool = False,
) -> Pauze:
    """The consequences of a temporary stop under this policy (R-137, R-138, R-231 to R-233).

    A 317 without a real change is not valid in iWmo: then it becomes a melding outside iWmo, with a warning.
    """
    acties = {PauzeActie.REDEN_MELDEN_AAN_TOEGANG}
    if regels.pauze_factuurstop:
        acties.add(PauzeActie.FACTURATIE_STOPPEN)
    acties |= _pauze_307(regels) | _pauze_317(regels, echte_wijziging) | _pauze_eigen_bijdrage(regels, aanleiding)
    overleg_op = _overleg_op(regels, vanaf, hervat_op)
    if overleg_op is not None:
        acties.add(PauzeActie.OVERLEG_NA_WEKEN)
    return Pauze(
        acties=frozenset(acties),
        bij_pauze=_berichten_bij_pauze(regels, echte_wijziging),
        bij_hervatting=(Bericht("305"),) if regels.pauze_307 else (),
        facturatie_stopt=vanaf if regels.pauze_factuurstop else None,
        overleg_op=overleg_op,
    )


def _pauze_307(regels: Gemeenteregels) -> set[PauzeActie]:
    if regels.pauze_307:
        return {PauzeActie.STUUR_307, PauzeActie.AANBIEDER_BLIJFT_CONTACT}
    acties = {PauzeActie.GEEN_307}
    if regels.pauze_indicatie_opschorten is False:
        acties.add(PauzeActie.INDICATIE_LOOPT_DOOR)
    return acties


def _pauze_317(regels: Gemeenteregels, echte_wijziging: bool) -> set[PauzeActie]:
    if not regels.pauze_317 or echte_wijziging:
        return set()
    return {PauzeActie.MELDING_BUITEN_IWMO, PauzeActie.WAARSCHUWING_317}


def _pauze_eigen_bijdrage(regels: Gemeenteregels, aanleiding: Aanleiding) -> set[PauzeActie]:
    """Where only a delivery problem can stop it, a pause at the client's wish changes nothing (R-089)."""
    if regels.pauze_307:
        return {PauzeActie.EIGEN_BIJDRAGE_ONDERBREKEN}
    if regels.eb_stop_alleen_leveringsprobleem and aanleiding is not Aanleiding.LEVERINGSPROBLEEM:
        return {PauzeActie.EIGEN_BIJDRAGE_LOOPT_DOOR}
    return set()


def _berichten_bij_pauze(regels: Gemeenteregels, echte_wijziging: bool) -> tuple[Bericht, ...]:
    if regels.pauze_307:
        return (Bericht("307", TIJDELIJKE_STOP),)
    return (Bericht("317"),) if regels.pauze_317 and echte_wijziging else ()


def _overleg_op(regels: Gemeenteregels, vanaf: date, hervat_op: date | None) -> date | None:
    """The day for the talk about going back on the list; none when care resumed before it (R-233)."""
    if not regels.pauze_overleg_na_weken:
        return None
    overleg = weken_later(vanaf, regels.pauze_overleg_na_weken)
    return None if hervat_op is not None and hervat_op <= overleg else overleg


@dataclass(frozen=True)
class NaOverlijden:
    """What follows from a death. `tijdelijk_tot_en_met` is the end of a temporary toewijzing for the survivor."""

    hulp_tot_en_met: date
    weken: int
    heronderzoek: bool
    op_naam_achterblijver: bool
    tijdelijk_tot_en_met: date | None
    reden_wijziging: str = REDEN_OVERLEDEN
    eigen_bijdrage: str = "STOPPEN"
    aanbieder_meldt: bool = True


def na_overlijden(regels: Gemeenteregels, *, overleden: date, huisgenoot_met_behoefte: bool) -> NaOverlijden:
    """Help goes on for a housemate with a need of his own; otherwise it ends on the day of death (R-150 to R-154).

    Plain calendar weeks: nothing shifts. The temporary toewijzing is in the survivor's name.
    """
    if not huisgenoot_met_behoefte:
        return NaOverlijden(overleden, 0, False, False, None)
    einde = weken_later(overleden, regels.overlijden_weken)
    return NaOverlijden(
        hulp_tot_en_met=einde,
        weken=regels.overlijden_weken,
        heronderzoek=regels.overlijden_heronderzoek,
        op_naam_achterblijver=regels.overlijden_heronderzoek,
        tijdelijk_tot_en_met=einde,
    )

"""The order of the wachtlijst and who may claim: pure decisions that give their reasons (R-110 to R-119, R-130).

The order is spoed first, then the moment of placement, then the id. Nothing else counts: a preferred aanbieder is
information and never reserves a place (R-119), and nobody moves a place (R-114).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

# the same order for a queryset; `spoed` is false where the gemeente does not use the label
VOLGORDE = ("-spoed", "geplaatst_op", "id")


class Plek(Protocol):
    """What the order needs to know of a place on the list."""

    @property
    def id(self) -> Any: ...
    @property
    def geplaatst_op(self) -> datetime: ...
    @property
    def spoed(self) -> bool: ...


P = TypeVar("P", bound=Plek)


@dataclass(frozen=True)
class Plaats(Generic[P]):
    """A place with its number (from 1) and why it stands there."""

    nummer: int
    plek: P
    spoed_ervoor: int
    eerder_geplaatst: int
    is_spoed: bool

    @property
    def aantal_ervoor(self) -> int:
        return self.nummer - 1

    @property
    def reden(self) -> str:
        """Why this place has this number, for staff and aanbieders; names nobody."""
        if self.nummer == 1:
            return self._reden_eerste()
        if self.is_spoed:
            return f"Deze plek heeft spoed. {_staan(self.spoed_ervoor)} ook met spoed en eerder op de lijst gezet."
        delen = []
        if self.spoed_ervoor:
            delen.append(f"{_personen(self.spoed_ervoor)} met spoed")
        if self.eerder_geplaatst:
            eerder = (
                "die eerder op de lijst is gezet" if self.eerder_geplaatst == 1 else "die eerder op de lijst zijn gezet"
            )
            delen.append(f"{_personen(self.eerder_geplaatst)} {eerder}")
        werkwoord = "staat" if self.aantal_ervoor == 1 else "staan"
        return f"Deze plek is nummer {self.nummer}. Ervoor {werkwoord} {' en '.join(delen)}."

    def _reden_eerste(self) -> str:
        if self.is_spoed:
            return "Deze plek is aan de beurt: van de plekken met spoed staat deze het langst op de lijst."
        return "Deze plek is aan de beurt: er is geen plek met spoed en deze staat het langst op de lijst."

    @property
    def uitleg_client(self) -> str:
        """What may be told to the client: a number of people and nothing about them."""
        if self.nummer == 1:
            return "U bent als eerste aan de beurt."
        return f"Er {'is' if self.aantal_ervoor == 1 else 'zijn'} {_mensen(self.aantal_ervoor)} voor u."


def _personen(aantal: int) -> str:
    return "1 persoon" if aantal == 1 else f"{aantal} personen"


def _mensen(aantal: int) -> str:
    return "1 mens" if aantal == 1 else f"{aantal} mensen"


def _staan(aantal: int) -> str:
    return f"Ervoor staat {_personen(aantal)}," if aantal == 1 else f"Ervoor staan {_personen(aantal)},"


def sorteersleutel(plek: Plek, *, spoedlabel: bool = True) -> tuple[bool, datetime, Any]:
    """Spoed first, then `geplaatst_op`, then id (R-112). `spoedlabel` is the gemeente's setting (R-130)."""
    return (not (spoedlabel and plek.spoed), plek.geplaatst_op, plek.id)


def volgorde(plekken: Iterable[P], *, spoedlabel: bool = True) -> list[Plaats[P]]:
    """All open places of one gemeente in order, each with its reasons."""
    op_volgorde = sorted(plekken, key=lambda plek: sorteersleutel(plek, spoedlabel=spoedlabel))
    aantal_spoed = sum(spoedlabel and plek.spoed for plek in op_volgorde)
    return [
        Plaats(
            nummer=index + 1,
            plek=plek,
            spoed_ervoor=min(index, aantal_spoed),
            eerder_geplaatst=max(0, index - aantal_spoed),
            is_spoed=index < aantal_spoed,
        )
        for index, plek in enumerate(op_volgorde)
    ]


def volgende(plekken: Iterable[P], *, spoedlabel: bool = True) -> P | None:
    """The open place whose turn it is, or None when nobody waits."""
    return min(plekken, key=lambda plek: sorteersleutel(plek, spoedlabel=spoedlabel), default=None)


class Weigeringsgrond(StrEnum):
    """Why a claim or another act on the list is refused."""

    NIET_BEVOEGD = "NIET_BEVOEGD"
    ONBEKENDE_REGEL = "ONBEKENDE_REGEL"
    GEEN_WACHTLIJST = "GEEN_WACHTLIJST"
    NIET_OP_LIJST = "NIET_OP_LIJST"
    BESCHIKKING_ONTBREEKT = "BESCHIKKING_ONTBREEKT"
    SPOEDTRAJECT_LOOPT = "SPOEDTRAJECT_LOOPT"
    BUITEN_PERCEEL = "BUITEN_PERCEEL"
    AL_GECLAIMD = "AL_GECLAIMD"
    NIET_AAN_DE_BEURT = "NIET_AAN_DE_BEURT"
    STARTDATUM_ONTBREEKT = "STARTDATUM_ONTBREEKT"
    STARTDATUM_VOORBIJ = "STARTDATUM_VOORBIJ"
    STARTDATUM_TE_LAAT = "STARTDATUM_TE_LAAT"


@dataclass(frozen=True)
class Weigering:
    """A refusal with the sentence that says what to do next."""

    grond: Weigeringsgrond
    zin: str


class Toestand(StrEnum):
    """Where a place is, as far as a claim is concerned."""

    OPEN = "OPEN"
    BEZET = "BEZET"
    VAN_DE_LIJST = "VAN_DE_LIJST"


@dataclass(frozen=True)
class Claim:
    """Everything that decides about one claim, collected by the caller.

    `toestand` is None when there is no such place; `eerst` names the place whose turn it is (its code), None when the
    claimed place itself is next. `bezet_door` is the name of the aanbieder that was faster.
    """

    toestand: Toestand | None
    wachtlijst_actief: bool = True
    spoedtraject_loopt: bool = False
    beschikking_datum: date | None = None
    binnen_perceel: bool = True
    bezet_door: str = ""
    eerst: str | None = None
    startdatum: date | None = None
    vandaag: date | None = None
    uiterste_start: date | None = None


def weiger(claim: Claim) -> Weigering | None:
    """Why this claim is refused, or None when it stands.

    The order of refusals: not on a list, outside the perceel, taken, not next, date (R-006, R-112, R-113, R-118).
    """
    return _weiger_lijst(claim) or _weiger_beurt(claim) or _weiger_startdatum(claim)


def _weiger_lijst(claim: Claim) -> Weigering | None:
    if claim.toestand is None:
        return Weigering(Weigeringsgrond.ONBEKENDE_REGEL, "Deze plek bestaat niet. Ververs de lijst.")
    if not claim.wachtlijst_actief:
        return Weigering(
            Weigeringsgrond.GEEN_WACHTLIJST, "Deze gemeente werkt zonder wachtlijst. Neem contact op met de gemeente."
        )
    if claim.toestand is Toestand.VAN_DE_LIJST or claim.spoedtraject_loopt:
        return Weigering(
            Weigeringsgrond.NIET_OP_LIJST,
            "Deze plek staat niet meer op de lijst. Ververs de lijst en kijk wie er nu is.",
        )
    if claim.beschikking_datum is None:
        return Weigering(
            Weigeringsgrond.BESCHIKKING_ONTBREEKT, "Er is nog geen besluit. De gemeente moet eerst een besluit nemen."
        )
    return None


def _weiger_beurt(claim: Claim) -> Weigering | None:
    if not claim.binnen_perceel:
        return Weigering(
            Weigeringsgrond.BUITEN_PERCEEL,
            "Uw organisatie heeft geen contract in deze gemeente. Kies een gemeente waar u wel een contract hebt.",
        )
    if claim.toestand is Toestand.BEZET:
        door = f" door {claim.bezet_door}" if claim.bezet_door else ""
        return Weigering(
            Weigeringsgrond.AL_GECLAIMD, f"Deze plek is inmiddels geclaimd{door}. Kijk welke plek nu aan de beurt is."
        )
    if claim.eerst is not None:
        return Weigering(
            Weigeringsgrond.NIET_AAN_DE_BEURT, f"Plek {claim.eerst} is eerst aan de beurt. Claim die plek eerst."
        )
    return None


def _weiger_startdatum(claim: Claim) -> Weigering | None:
    start = claim.startdatum
    if start is None:
        return Weigering(Weigeringsgrond.STARTDATUM_ONTBREEKT, "Vul in op welke datum u begint.")
    if claim.vandaag is not None and start < claim.vandaag:
        return Weigering(
            Weigeringsgrond.STARTDATUM_VOORBIJ, "De startdatum is al voorbij. Kies vandaag of een latere datum."
        )
    if claim.uiterste_start is not None and start > claim.uiterste_start:
        return Weigering(
            Weigeringsgrond.STARTDATUM_TE_LAAT,
            f"U moet uiterlijk op {claim.uiterste_start:%d-%m-%Y} beginnen. Kies een eerdere datum.",
        )
    return None


class Partij(StrEnum):
    """Who acts on the list."""

    AANBIEDER = "aanbieder"
    CONSULENT = "consulent"
    BACKOFFICE = "backoffice"
    BELEIDSMEDEWERKER = "beleidsmedewerker"
    GEMEENTE = "gemeente"
    REGIO = "regio"


class Handeling(StrEnum):
    """Acts on the list other than a claim."""

    PLAATSEN = "plaatsen"
    SPOEDLABEL = "spoedlabel"
    WIJZIGEN = "wijzigen"
    INTREKKEN = "intrekken"
    TOEWIJZEN = "toewijzen"
    VERPLAATSEN = "verplaatsen"
    SPOEDTRAJECT = "spoedtraject"


_INGRIJPEN = frozenset({Partij.BELEIDSMEDEWERKER, Partij.GEMEENTE})
_DE_GEMEENTE = _INGRIJPEN | {Partij.CONSULENT}

# an aanbieder only claims; moving a place does not exist, a beleidsmedewerker takes off, re-labels or assigns
BEVOEGD: dict[Handeling, frozenset[Partij]] = {
    Handeling.PLAATSEN: _DE_GEMEENTE | {Partij.BACKOFFICE},
    Handeling.SPOEDLABEL: _DE_GEMEENTE,
    Handeling.WIJZIGEN: _DE_GEMEENTE,
    Handeling.INTREKKEN: _DE_GEMEENTE,
    Handeling.TOEWIJZEN: _INGRIJPEN,
    Handeling.VERPLAATSEN: frozenset(),
    Handeling.SPOEDTRAJECT: _DE_GEMEENTE,
}


def weiger_handeling(handeling: Handeling, door: Partij) -> Weigering | None:
    """NIET_BEVOEGD when this party may not do this on the list (R-111, R-114, R-125)."""
    if door in BEVOEGD[handeling]:
        return None
    if handeling is Handeling.VERPLAATSEN:
        zin = (
            "Niemand verplaatst een plek. De gemeente kan een plek van de lijst halen, het label wijzigen of toewijzen."
        )
    else:
        zin = "U kunt dit niet zelf wijzigen. Vraag het aan de beleidsmedewerker van de gemeente."
    return Weigering(Weigeringsgrond.NIET_BEVOEGD, zin)


def weiger_plaatsing(
    *, wachtlijst_actief: bool, beschikking_datum: date | None, spoedtraject_loopt: bool = False
) -> Weigering | None:
    """Why somebody cannot be put on the list (R-100, R-110, R-111, R-130)."""
    if not wachtlijst_actief:
        return Weigering(Weigeringsgrond.GEEN_WACHTLIJST, "Deze gemeente werkt zonder wachtlijst. Kies een aanbieder.")
    if beschikking_datum is None:
        return Weigering(
            Weigeringsgrond.BESCHIKKING_ONTBREEKT, "Er is nog geen besluit. Eerst het besluit, dan de wachtlijst."
        )
    if spoedtraject_loopt:
        return Weigering(
            Weigeringsgrond.SPOEDTRAJECT_LOOPT, "Er loopt een spoedtraject. Rond dat eerst af of stop het."
        )
    return None


def voorkeur_zin(voorkeuraanbieder: str | None) -> str | None:
    """What the list says about a preferred aanbieder; it changes nothing in the order (R-119)."""
    if not voorkeuraanbieder:
        return None
    return f"De cliënt heeft een voorkeur voor {voorkeuraanbieder}. De volgorde verandert hierdoor niet."

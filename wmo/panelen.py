"""Parts of a dossier that other apps bring along: wmo imports none of them (docs/architectuur.md).

An app registers its parts in `AppConfig.ready`:

    panelen.registreer(Paneel("berichten", "Berichten", Recht.BERICHTEN_LEZEN, "berichten/_paneel.html", context))

`context(zaak, aanstelling, nu)` gives the variables of `template`; `aantal(zaak)` the number in the tab.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wmo.permissions import Recht
from wmo.rules.stappen import Stap

if TYPE_CHECKING:
    from wmo.models import Aanstelling, Zaak

Context = Callable[["Zaak", "Aanstelling", datetime], dict[str, Any]]


class Plaats(StrEnum):
    """Where a panel stands: a tab of its own, or a block on the overview (left, or in the side column)."""

    TAB = "tab"
    OVERZICHT = "overzicht"
    ZIJKANT = "zijkant"


def _leeg(zaak: Zaak, aanstelling: Aanstelling, nu: datetime) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Paneel:
    """`urlnaam` names a page of the app itself (with `zaaknummer`); without it the panel gets `wmo:paneel`.

    `stap` adds one line to the task list of the case, such as "Op de wachtlijst zetten"; None leaves it out.
    """

    sleutel: str
    titel: str
    recht: Recht
    template: str
    context: Context = _leeg
    aantal: Callable[[Zaak], int] | None = None
    plaats: Plaats = Plaats.TAB
    urlnaam: str = ""
    stap: Callable[[Zaak], Stap | None] | None = None


_panelen: dict[str, Paneel] = {}


def registreer(paneel: Paneel) -> None:
    """ValueError when the key is taken by another app."""
    if paneel.sleutel in _panelen:
        raise ValueError(f"Er is al een paneel {paneel.sleutel!r}.")
    _panelen[paneel.sleutel] = paneel


def alle(aanstelling: Aanstelling, plaats: Plaats | None = None) -> list[Paneel]:
    """The panels that this person may see, in the order of registration."""
    return [p for p in _panelen.values() if (plaats is None or p.plaats is plaats) and aanstelling.mag(p.recht)]


def vind(sleutel: str, aanstelling: Aanstelling) -> Paneel | None:
    return next((p for p in alle(aanstelling, Plaats.TAB) if p.sleutel == sleutel), None)

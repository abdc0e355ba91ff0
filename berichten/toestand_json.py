"""A Toestand from JSON: how the test bench (iwmo_controleer) is told what the receiver of a message already knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, time
from functools import cache
from typing import Any, get_args, get_type_hints

from berichten.toestand import Toestand


def lees_toestand(gegevens: Mapping[str, Any]) -> Toestand:
    """The keys are the fields of Toestand; one that is absent or null counts as empty. Raises ValueError, TypeError,
    KeyError or AttributeError for what cannot be read."""
    rijen = {naam: _rijen(naam, soort, gegevens.get(naam) or ()) for naam, soort in _rijsoorten().items()}
    return Toestand(
        vandaag=date.fromisoformat(gegevens["vandaag"]),
        contracttarieven={
            code: _contract(contract or {}) for code, contract in (gegevens.get("contracttarieven") or {}).items()
        },
        productcodelijst=dict(gegevens.get("productcodelijst") or {}),
        gemeentecodes=frozenset(map(_tekst, gegevens.get("gemeentecodes") or ())),
        gemeenteperioden={
            code: (_dag(van), _dag(tot)) for code, (van, tot) in (gegevens.get("gemeenteperioden") or {}).items()
        },
        **rijen,
    )


def _dag(tekst: str | None) -> date | None:
    return date.fromisoformat(tekst) if tekst else None


def _tekst(waarde: Any) -> str:
    """Codes are texts; a number where one is meant reads the same."""
    if type(waarde) not in (str, int):
        raise ValueError(f"{waarde!r} is geen tekst")
    return str(waarde)


def _getal(waarde: Any) -> int:
    if type(waarde) is str and waarde.isdecimal():
        return int(waarde)
    if type(waarde) is not int:
        raise ValueError(f"{waarde!r} is geen geheel getal")
    return waarde


def _ja_nee(waarde: Any) -> bool:
    if type(waarde) is not bool:
        raise ValueError(f"{waarde!r} is geen ja of nee")
    return waarde


LEZERS: dict[type, Callable[[Any], Any]] = {
    str: _tekst,
    int: _getal,
    bool: _ja_nee,
    date: date.fromisoformat,
    time: time.fromisoformat,
}


@cache
def _lezers(soort: type) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(soort)
    return {
        veld.name: next(LEZERS[hint] for hint in (hints[veld.name], *get_args(hints[veld.name])) if hint in LEZERS)
        for veld in fields(soort)
    }


def _rij(soort: type, rij: Mapping[str, Any]) -> Any:
    """Keys that we do not know are left alone: a supplier may keep more."""
    lezers = _lezers(soort)
    return soort(
        **{naam: lezers[naam](waarde) for naam, waarde in rij.items() if naam in lezers and waarde is not None}
    )


def _rijen(naam: str, soort: type, rijen: Iterable[Mapping[str, Any]]) -> tuple[Any, ...]:
    try:
        return tuple(_rij(soort, rij) for rij in rijen)
    except (AttributeError, TypeError, ValueError) as fout:
        raise ValueError(f"in {naam} klopt een rij niet ({fout})") from fout


@cache
def _rijsoorten() -> dict[str, type]:
    """The keys of the JSON that hold rows."""
    hints = get_type_hints(Toestand).items()
    return {naam: get_args(hint)[0] for naam, hint in hints if get_args(hint)[1:] == (...,)}


def _contract(contract: Mapping[str, Any]) -> dict[str, Any]:
    lezers = {"eenheid": _tekst, "tarief": _getal}
    return {naam: lezers[naam](waarde) for naam, waarde in contract.items() if naam in lezers and waarde is not None}

"""Lines of a declaration as people read them: what is wrong, expected against submitted, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from declaraties.models import Declaratieregel
from declaraties.rules.uitleg import mag_toch_goed, uitleg
from wmo import weergave

IN_EURO = {"0611", "9346", "9369"}
TOON = {"open": "grijs", "goedgekeurd": "groen", "afgekeurd": "rood"}
DECLARATIETOON = {
    "opgesteld": "grijs", "ingediend": "blauw", "beantwoord": "oranje", "betaalbaar": "blauw", "betaald": "groen",
}  # fmt: skip


@dataclass(frozen=True)
class Grond:
    """One finding with its figures written out."""

    code: str
    titel: str
    tekst: str
    verwacht: str
    ingediend: str
    verschil: str
    wat_nu: str


def gronden(regel: Declaratieregel) -> list[Grond]:
    return [_grond(bevinding) for bevinding in regel.bevindingen]


def _grond(bevinding: dict[str, str]) -> Grond:
    code, verwacht, ingediend = bevinding["code"], bevinding["verwacht"], bevinding["ingediend"]
    uit = uitleg(code)
    return Grond(
        code,
        uit.titel,
        bevinding["tekst"],
        _waarde(code, verwacht),
        _waarde(code, ingediend),
        _verschil(code, verwacht, ingediend),
        uit.wat_nu,
    )


def _waarde(code: str, tekst: str) -> str:
    getal = _getal(tekst)
    if getal is None:
        return tekst
    return weergave.bedrag(getal) if code in IN_EURO else weergave.getal(getal)


def _verschil(code: str, verwacht: str, ingediend: str) -> str:
    oud, nieuw = _getal(verwacht), _getal(ingediend)
    if oud is None or nieuw is None or code not in IN_EURO | {"9321", "9322"}:
        return ""
    if code in IN_EURO:
        return weergave.verschil(nieuw - oud)
    return f"+{weergave.VAST}{weergave.getal(nieuw - oud)}"


def _getal(tekst: str) -> Decimal | None:
    try:
        return Decimal(tekst)
    except InvalidOperation:
        return None


def mag_toch(regel: Declaratieregel) -> bool:
    return mag_toch_goed(regel.afkeurcodes)

"""Level 3 for the 323, the rules that add up: volume per period, over the toewijzing, budget, and once per month.

They come after all others: a line that is refused already takes no room from the lines after it. Credits of this
message are taken first (OP366). They are not applied to a credit itself: it gives room back (IV085).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from berichten.rules.declareren import LAATST, credit, declaratieregel, met_toewijzing
from berichten.rules.kern import Beoordeling, Fout
from berichten.toestand import EerderePrestatie, Toewijzing
from declaraties.rules.maximum import Frequentie, Omvang, max_per_productperiode, max_totaal, omrekenfactor
from wmo.periodes import Periode

OOK_INGEDIEND = (
    "De bron zegt “alle ingediende”: ook wat nog wacht telt mee, maar niet wat is afgekeurd of gecrediteerd."
)


@cache
def omvang_van(toewijzing: Toewijzing) -> Omvang | None:
    """None without an Omvang, or when the stored toewijzing ends before it begins."""
    if toewijzing.volume is None or toewijzing.eenheid is None or toewijzing.frequentie is None:
        return None
    if toewijzing.einddatum is not None and toewijzing.einddatum < toewijzing.ingangsdatum:
        return None
    return Omvang(
        toewijzing.volume,
        toewijzing.eenheid,
        Frequentie(int(toewijzing.frequentie)),
        toewijzing.categorie or "",
        Periode(toewijzing.ingangsdatum, toewijzing.einddatum),
    )


def debetten(b: Beoordeling) -> Iterator[tuple[Any, Toewijzing]]:
    return ((p, t) for p, t in met_toewijzing(b) if not credit(p))


def nu_gecrediteerd(b: Beoordeling) -> frozenset[str]:
    """The earlier lines that this message takes back rightly."""
    vorige = (p.product_referentie.vorig_referentie_nummer for p, _ in met_toewijzing(b) if _goede_credit(p, b))
    return frozenset(vorig for vorig in vorige if vorig)


def _goede_credit(prestatie: Any, b: Beoordeling) -> bool:
    return credit(prestatie) and id(prestatie) not in b.afgekeurd


def eerder_geteld(toewijzing: Toewijzing, b: Beoordeling, terug: frozenset[str]) -> list[EerderePrestatie]:
    eerdere = b.toestand.debet_per_toewijzing.get(toewijzing.nummer, ())
    return [p for p in eerdere if p.referentienummer not in terug]


@declaratieregel(
    "TR389",
    "Deze maand is al gedeclareerd.",
    "9389",
    rang=LAATST,
    keuze="Ook een regel die nog wacht telt; niet een die is afgekeurd of, ook in dit bericht, gecrediteerd.",
)
def een_debet_per_maand(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    terug = nu_gecrediteerd(b)
    for prestatie, toewijzing in debetten(b):
        eerdere = eerder_geteld(toewijzing, b, terug)
        if eerdere and _maand(prestatie) in {p.maand for p in eerdere}:
            yield Fout(prestatie)


def _maand(p: Any) -> tuple[Any, ...]:
    periode = p.product_periode
    return p.toewijzing_nummer, p.product_categorie, p.product_code, periode.begindatum, periode.einddatum


@declaratieregel(
    "TR321",
    "Het volume is meer dan in deze periode mag.",
    "9321",
    rang=LAATST,
    keuze="IV077 telt de weken van de productperiode binnen de toewijzing: de doorsnede van de twee.",
)
def past_in_periode(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in debetten(b):
        omvang = omvang_van(toewijzing)
        factor = omrekenfactor(omvang.eenheid, prestatie.eenheid) if omvang else None
        if omvang is None or factor is None:
            continue
        periode = prestatie.product_periode
        hoogste = factor * _hoogste(omvang, periode.begindatum, periode.einddatum)
        if prestatie.geleverd_volume > hoogste:
            yield Fout(prestatie, "GeleverdVolume", f"Hoogstens {hoogste}.")


@cache
def _hoogste(omvang: Omvang, begin: Any, einde: Any) -> int:
    """A declaration repeats the same few combinations of Omvang and month thousands of times."""
    return max_per_productperiode(omvang, Periode(begin, einde))


@declaratieregel(
    "TR322", "Samen met eerdere declaraties is dit meer dan de toewijzing.", "9322", keuze=OOK_INGEDIEND, rang=LAATST
)
def past_in_toewijzing(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    terug = nu_gecrediteerd(b)
    gebruikt: dict[int, int] = {}
    for prestatie, toewijzing in debetten(b):
        totaal = _totaal(toewijzing)
        factor = omrekenfactor(toewijzing.eenheid or "", prestatie.eenheid)
        if totaal is None or factor is None:
            continue
        if toewijzing.nummer not in gebruikt:
            gebruikt[toewijzing.nummer] = sum(map(_in_kleinste, eerder_geteld(toewijzing, b, terug)))
        erbij = _kleinste(prestatie.geleverd_volume, prestatie.eenheid)
        if gebruikt[toewijzing.nummer] + erbij > _kleinste(totaal, toewijzing.eenheid or ""):
            yield Fout(prestatie, "GeleverdVolume", f"Hoogstens {factor * totaal} over de hele looptijd.")
        elif id(prestatie) not in b.afgekeurd:
            gebruikt[toewijzing.nummer] += erbij


@cache
def _totaal(toewijzing: Toewijzing) -> int | None:
    omvang = omvang_van(toewijzing)
    return max_totaal(omvang) if omvang else None


def _in_kleinste(prestatie: EerderePrestatie) -> int:
    return _kleinste(prestatie.vol, prestatie.eh)


def _kleinste(volume: int, eenheid: str) -> int:
    """Hours in minutes: earlier lines of one toewijzing may be in either."""
    return volume * 60 if eenheid == "04" else volume


@declaratieregel(
    "TR369",
    "Samen met eerdere declaraties is dit meer dan het budget.",
    "9369",
    rang=LAATST,
    keuze="De bron schrijft GeleverdVolume; bedoeld is het bedrag. " + OOK_INGEDIEND,
)
def past_in_budget(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    terug = nu_gecrediteerd(b)
    gebruikt: dict[int, int] = {}
    for prestatie, toewijzing in debetten(b):
        if toewijzing.budget is None:
            continue
        if toewijzing.nummer not in gebruikt:
            gebruikt[toewijzing.nummer] = sum(p.bedrag for p in eerder_geteld(toewijzing, b, terug))
        bedrag = prestatie.ingediend_bedrag.bedrag
        if gebruikt[toewijzing.nummer] + bedrag > toewijzing.budget:
            yield Fout(
                prestatie,
                "IngediendBedrag/Bedrag",
                f"Er is nog {max(0, toewijzing.budget - gebruikt[toewijzing.nummer])} cent.",
            )
        elif id(prestatie) not in b.afgekeurd:
            gebruikt[toewijzing.nummer] += bedrag

"""Level 3 for the 323, the rules that add up: volume per period, over the toewijzing, budget, and once per month.

They come after all others: a line that is refused already takes no room from the lines after it. Credits of this
message are taken first (OP366). They are not applied to a credit itself: it gives room back (IV085).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from berichten.rules.declareren import LAATST, credit, credits, declaratieregel, met_toewijzing
from berichten.rules.kern import Beoordeling, Fout
from berichten.toestand import EerderePrestatie, Toewijzing
from declaraties.rules.maximum import Frequentie, Omvang, max_in, max_totaal, omrekenfactor
from wmo.periodes import Periode

OOK_INGEDIEND = (
    "De bron zegt “alle ingediende”: ook wat nog wacht telt mee, maar niet wat afgekeurd of gecrediteerd is."
)
UUR = "04"

# What decides how much fits in a toewijzing: volume, eenheid, frequentie, categorie, ingangsdatum, einddatum.
Maat = tuple[int, str, str, str | None, date, date | None]
# Thousands of toewijzingen share one Maat, so the sums are kept per Maat; a worker lives longer than one message.
VEEL = 1 << 16


def maat(toewijzing: Toewijzing) -> Maat | None:
    """None without an Omvang, or when the toewijzing ends before it begins."""
    t = toewijzing
    if t.volume is None or t.eenheid is None or t.frequentie is None:
        return None
    if t.einddatum is not None and t.einddatum < t.ingangsdatum:
        return None
    return t.volume, t.eenheid, t.frequentie, t.categorie, t.ingangsdatum, t.einddatum


@lru_cache(maxsize=VEEL)
def _omvang(maat: Maat) -> Omvang:
    volume, eenheid, frequentie, categorie, ingangsdatum, einddatum = maat
    return Omvang(volume, eenheid, Frequentie(int(frequentie)), categorie or "", Periode(ingangsdatum, einddatum))


@lru_cache(maxsize=VEEL)
def _hoogste(maat: Maat, eenheid: str, begin: date, einde: date) -> int | None:
    """TR321 in the unit of the line; None when the units do not fit each other (TR341 says so)."""
    factor = omrekenfactor(maat[1], eenheid)
    return None if factor is None else factor * max_in(_omvang(maat), Periode(begin, einde))


@lru_cache(maxsize=VEEL)
def _totaal(maat: Maat, eenheid: str) -> int | None:
    """TR322 in the unit of the line; None without an end, or when the units do not fit."""
    factor = omrekenfactor(maat[1], eenheid)
    totaal = max_totaal(_omvang(maat))
    return None if factor is None or totaal is None else factor * totaal


def debetten(b: Beoordeling) -> list[tuple[Any, Toewijzing]]:
    return b.eenmaal("debetten", lambda: [(p, t) for p, t in met_toewijzing(b) if not credit(p)])


def nu_gecrediteerd(b: Beoordeling) -> frozenset[str]:
    """The earlier lines that this message takes back rightly."""
    goede = (p.product_referentie.vorig_referentie_nummer for p, _ in credits(b) if id(p) not in b.afgekeurd)
    return frozenset(vorig for vorig in goede if vorig)


def eerdere_debetten(b: Beoordeling) -> Callable[[int], Sequence[EerderePrestatie]]:
    """Asks for the earlier lines on a toewijzing that still count, credits of this message taken off."""
    terug, eerder = nu_gecrediteerd(b), b.toestand.debet_per_toewijzing
    if not terug:
        return lambda nummer: eerder.get(nummer, ())
    return lambda nummer: [p for p in eerder.get(nummer, ()) if p.referentienummer not in terug]


@declaratieregel(
    "TR389",
    "Deze maand is al gedeclareerd.",
    "9389",
    rang=LAATST,
    keuze="Ook een regel die nog wacht telt; niet een die is afgekeurd of, ook in dit bericht, gecrediteerd.",
)
def een_debet_per_maand(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    eerder = eerdere_debetten(b)
    for prestatie, toewijzing in debetten(b):
        geteld = eerder(toewijzing.nummer)
        if geteld and _maand(prestatie) in {p.maand for p in geteld}:
            yield Fout(prestatie)


def _maand(p: Any) -> tuple[Any, ...]:
    periode = p.product_periode
    return p.toewijzing_nummer, p.product_categorie, p.product_code, periode.begindatum, periode.einddatum


@declaratieregel(
    "TR321",
    "Het volume is meer dan in deze periode mag.",
    "9321",
    rang=LAATST,
    keuze="Geteld worden de weken van de productperiode. IV077 telt alleen die binnen de toewijzing: steekt de periode "
    "erbuiten, dan zeggen TR307 en TR308 dat.",
)
def past_in_periode(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    for prestatie, toewijzing in debetten(b):
        van = maat(toewijzing)
        if van is None:
            continue
        periode = prestatie.product_periode
        hoogste = _hoogste(van, prestatie.eenheid, periode.begindatum, periode.einddatum)
        if hoogste is not None and prestatie.geleverd_volume > hoogste:
            yield Fout(prestatie, "GeleverdVolume", f"Hoogstens {hoogste}.")


@declaratieregel(
    "TR322", "Samen met eerdere declaraties is dit meer dan de toewijzing.", "9322", rang=LAATST, keuze=OOK_INGEDIEND
)
def past_in_toewijzing(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    eerder = eerdere_debetten(b)
    gebruikt: dict[int, int] = {}
    for prestatie, toewijzing in debetten(b):
        van, nummer, eenheid = maat(toewijzing), toewijzing.nummer, prestatie.eenheid
        totaal = _totaal(van, eenheid) if van else None
        if totaal is None:
            continue
        if nummer not in gebruikt:
            gebruikt[nummer] = sum(_kleinste(p.vol, p.eh) for p in eerder(nummer))
        erbij = _kleinste(prestatie.geleverd_volume, eenheid)
        if gebruikt[nummer] + erbij > _kleinste(totaal, eenheid):
            yield Fout(prestatie, "GeleverdVolume", f"Hoogstens {totaal} over de hele looptijd.")
        elif id(prestatie) not in b.afgekeurd:
            gebruikt[nummer] += erbij


def _kleinste(volume: int, eenheid: str) -> int:
    """Hours in minutes: the lines on one toewijzing may be in either."""
    return volume * 60 if eenheid == UUR else volume


@declaratieregel(
    "TR369",
    "Samen met eerdere declaraties is dit meer dan het budget.",
    "9369",
    rang=LAATST,
    keuze="De bron schrijft GeleverdVolume; bedoeld is het bedrag. " + OOK_INGEDIEND,
)
def past_in_budget(prestaties: list[Any], b: Beoordeling) -> Iterator[Fout]:
    eerder = eerdere_debetten(b)
    gebruikt: dict[int, int] = {}
    for prestatie, toewijzing in debetten(b):
        budget, nummer = toewijzing.budget, toewijzing.nummer
        if budget is None:
            continue
        if nummer not in gebruikt:
            gebruikt[nummer] = sum(p.bedrag for p in eerder(nummer))
        bedrag = prestatie.ingediend_bedrag.bedrag
        if gebruikt[nummer] + bedrag > budget:
            yield Fout(prestatie, "IngediendBedrag/Bedrag", f"Er is nog {max(0, budget - gebruikt[nummer])} cent.")
        elif id(prestatie) not in b.afgekeurd:
            gebruikt[nummer] += bedrag

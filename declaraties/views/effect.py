"""What an indexation does: per product and per gemeente, in euros a year. Totals only (R-289)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from declaraties.models import Indexatie, Indexatieregel
from declaraties.models.tarieven import PER_UUR
from declaraties.rules.tarieven import Methode, minuuttarief
from wmo import weergave
from wmo.grafieken import Regel, Staafdiagram
from wmo.rules.afronden import rond_af

NUL = Decimal("0.00")
ZICHTBAAR = Fraction(1, 10)  # percent point


@dataclass(frozen=True)
class Productregel:
    """One product: tariffs, the real rise after rounding, and the yearly sums."""

    regel: Indexatieregel
    methode: Methode
    budget_oud: Decimal
    budget_nieuw: Decimal

    @property
    def is_uurtarief(self) -> bool:
        return self.regel.product.eenheid in PER_UUR

    @property
    def minuut_oud(self) -> Decimal | None:
        return minuuttarief(self.regel.oud) if self.is_uurtarief else None

    @property
    def minuut_nieuw(self) -> Decimal | None:
        return minuuttarief(self.regel.nieuw) if self.is_uurtarief else None

    @property
    def stijging(self) -> Decimal:
        """Percent of what is really paid: per minute where minutes are rounded."""
        per_minuut = self.is_uurtarief and self.methode is Methode.MINUUT_AFGEROND
        oud, nieuw = (self.minuut_oud, self.minuut_nieuw) if per_minuut else (self.regel.oud, self.regel.nieuw)
        return rond_af((nieuw / oud - 1) * 100) if oud and nieuw else NUL

    @property
    def verschil(self) -> Decimal:
        return self.budget_nieuw - self.budget_oud

    @property
    def effectief_per_uur(self) -> Decimal | None:
        return self.minuut_nieuw * 60 if self.minuut_nieuw is not None else None

    @property
    def scheelt_per_uur(self) -> Decimal:
        return self.effectief_per_uur - self.regel.nieuw if self.effectief_per_uur is not None else NUL


@dataclass(frozen=True)
class Gemeenteregel:
    naam: str
    oud: Decimal
    nieuw: Decimal

    @property
    def verschil(self) -> Decimal:
        return self.nieuw - self.oud


@dataclass(frozen=True)
class Effect:
    """All of it, with the totals. `let_op` gives the products that rise visibly less or more."""

    producten: Sequence[Productregel]
    gemeenten: Sequence[Gemeenteregel]

    @property
    def oud(self) -> Decimal:
        return sum((p.budget_oud for p in self.producten), NUL)

    @property
    def nieuw(self) -> Decimal:
        return sum((p.budget_nieuw for p in self.producten), NUL)

    @property
    def verschil(self) -> Decimal:
        return self.nieuw - self.oud

    @property
    def stijging(self) -> Decimal:
        return rond_af(self.verschil / self.oud * 100) if self.oud else NUL

    def let_op(self, percentage: Fraction) -> list[Productregel]:
        per_minuut = [p for p in self.producten if p.methode is Methode.MINUUT_AFGEROND and p.is_uurtarief]
        return [p for p in per_minuut if abs(Fraction(p.stijging) - percentage) >= ZICHTBAAR]


def effect(indexatie: Indexatie) -> Effect:
    """Two queries: the lines, and their volumes with the gemeente."""
    methode = Methode(indexatie.contract.rekenmethode)
    per_gemeente: dict[str, list[Decimal]] = defaultdict(lambda: [NUL, NUL])
    producten = []
    for regel in indexatie.regels.select_related("product").prefetch_related("volumes__gemeente"):
        is_uur, oud, nieuw = regel.product.eenheid in PER_UUR, NUL, NUL
        for volume in regel.volumes.all():
            kosten = [
                volume.kosten(tarief, methode=methode, is_uurtarief=is_uur) for tarief in (regel.oud, regel.nieuw)
            ]
            oud, nieuw = oud + kosten[0], nieuw + kosten[1]
            som = per_gemeente[volume.gemeente.naam]
            som[0], som[1] = som[0] + kosten[0], som[1] + kosten[1]
        producten.append(Productregel(regel, methode, oud, nieuw))
    gemeenten = [Gemeenteregel(naam, oud, nieuw) for naam, (oud, nieuw) in per_gemeente.items()]
    return Effect(producten, sorted(gemeenten, key=lambda g: -g.nieuw))


def diagram(indexatie: Indexatie, uitkomst: Effect) -> Staafdiagram | None:
    """Two bars per gemeente: this year and next."""
    if not uitkomst.gemeenten:
        return None
    grootste = uitkomst.gemeenten[0].naam
    conclusie = (
        f"Het budget voor de regio stijgt met {weergave.bedrag(uitkomst.verschil, 0)} "
        f"({weergave.procent(uitkomst.stijging)}). {grootste} betaalt het grootste deel."
    )
    return Staafdiagram(
        naam="gemeenten",
        titel=f"budget {indexatie.jaar - 1} en {indexatie.jaar} per gemeente",
        conclusie=conclusie,
        reeksen=(str(indexatie.jaar - 1), str(indexatie.jaar)),
        regels=[Regel(g.naam, (g.oud, g.nieuw), weergave.verschil(g.verschil, 0)) for g in uitkomst.gemeenten],
        toon=lambda waarde: weergave.bedrag(waarde, 0),
        toon_as=weergave.bedrag_mln if uitkomst.gemeenten[0].nieuw >= 400_000 else lambda w: weergave.bedrag(w, 0),
        kolom="Gemeente",
    )

"""Horizontal bar charts as plain geometry; `_components/staafdiagram.html` draws them. No browser code, no library.

At most two series, values written at the bars, and always the same numbers as a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from wmo.weergave import Getal, getal

LINKS, BREEDTE, TOTAAL = 130, 490, 760  # viewBox units: room for labels, for bars, and all of it
BALK, TUSSEN, GROEP = 17, 2, 16  # height of a bar, between the two of a row, between rows


@dataclass(frozen=True)
class Regel:
    """One row of the chart: a label, one value per series, and what is written at the end of the bars."""

    label: str
    waarden: Sequence[Getal]
    bijschrift: str = ""


@dataclass(frozen=True)
class Balk:
    reeks: int
    y: int
    breedte: float


@dataclass(frozen=True)
class Rij:
    label: str
    bijschrift: str
    y: int
    x: float
    balken: Sequence[Balk]
    teksten: Sequence[str]


@dataclass(frozen=True)
class Staafdiagram:
    """`toon` writes a value in the table, `toon_as` at the axis; `conclusie` is the sentence above the chart."""

    naam: str
    titel: str
    conclusie: str
    reeksen: Sequence[str]
    regels: Sequence[Regel]
    toon: Callable[[Getal], str] = getal
    toon_as: Callable[[Getal], str] | None = None
    kolom: str = "Naam"

    @property
    def rijhoogte(self) -> int:
        return len(self.reeksen) * (BALK + TUSSEN) + GROEP - TUSSEN

    @property
    def onder(self) -> int:
        """Where the grid lines end."""
        return 4 + len(self.regels) * self.rijhoogte

    @property
    def hoogte(self) -> int:
        return self.onder + 28

    @property
    def voet(self) -> int:
        """Baseline of the words under the axis."""
        return self.onder + 20

    @property
    def links(self) -> int:
        return LINKS

    @property
    def labelrand(self) -> int:
        """Right edge of the labels."""
        return LINKS - 10

    @property
    def breedte(self) -> int:
        return TOTAAL

    @property
    def balkhoogte(self) -> int:
        return BALK

    @property
    def stap(self) -> Decimal:
        """Distance between grid lines: 1, 2 or 5 times a power of ten, at most five lines."""
        hoogste = max((float(w) for r in self.regels for w in r.waarden), default=0) or 1
        macht = 10 ** floor(log10(hoogste / 4))
        return Decimal(str(next(f * macht for f in (1, 2, 5, 10) if hoogste / (f * macht) <= 5)))

    @property
    def hoogste(self) -> Decimal:
        waarden = [Decimal(str(w)) for r in self.regels for w in r.waarden]
        return self.stap * max(1, ceil(max(waarden, default=Decimal(0)) / self.stap))

    @property
    def assen(self) -> list[tuple[float, str]]:
        """x and text of every grid line."""
        toon = self.toon_as or self.toon
        aantal = int(self.hoogste / self.stap)
        return [(self._x(self.stap * i), toon(self.stap * i)) for i in range(aantal + 1)]

    @property
    def rijen(self) -> list[Rij]:
        return [self._rij(nummer, regel) for nummer, regel in enumerate(self.regels)]

    def _x(self, waarde: Getal) -> float:
        return round(LINKS + BREEDTE * float(waarde) / float(self.hoogste), 1)

    def _rij(self, nummer: int, regel: Regel) -> Rij:
        boven = 8 + nummer * self.rijhoogte
        balken = [
            Balk(reeks + 1, boven + reeks * (BALK + TUSSEN), round(self._x(waarde) - LINKS, 1))
            for reeks, waarde in enumerate(regel.waarden)
        ]
        eind = max((self._x(w) for w in regel.waarden), default=float(LINKS))
        midden = boven + len(self.reeksen) * (BALK + TUSSEN) // 2 + 4
        teksten = [self.toon(w) for w in regel.waarden]
        return Rij(regel.label, regel.bijschrift or " / ".join(teksten), midden, eind + 8, balken, teksten)

"""Periods of whole days, both ends included, and the one place that turns a moment into a domain date."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
EEN_DAG = timedelta(days=1)


def vandaag(nu: datetime) -> date:
    """The domain date of an aware moment: the calendar date in Europe/Amsterdam."""
    if nu.tzinfo is None:
        raise ValueError("nu moet een tijdzone hebben")
    return nu.astimezone(AMSTERDAM).date()


def maanden_later(dag: date, aantal: int) -> date:
    """Same day number `aantal` months on (or back, when negative); clipped to the last day of that month."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    laatste = calendar.monthrange(jaar, maand + 1)[1]
    return date(jaar, maand + 1, min(dag.day, laatste))


def iso_weken_in_jaar(jaar: int) -> int:
    """52 or 53: 28 December always lies in the last ISO week of its year."""
    return date(jaar, 12, 28).isocalendar().week


@dataclass(frozen=True, slots=True)
class Periode:
    """A run of days from `ingangsdatum` up to and including `einddatum`; None means open-ended.

    Raises ValueError when the end lies before the start. Counting methods raise ValueError on an open period:
    clip it first with `tot_en_met`.
    """

    ingangsdatum: date
    einddatum: date | None = None

    def __post_init__(self) -> None:
        if self.einddatum is not None and self.einddatum < self.ingangsdatum:
            raise ValueError(f"einddatum {self.einddatum} ligt voor ingangsdatum {self.ingangsdatum}")

    @staticmethod
    @lru_cache(maxsize=1200)
    def maand(jaar: int, maand: int) -> Periode:
        """A whole calendar month; the same one each time."""
        return Periode(date(jaar, maand, 1), date(jaar, maand, calendar.monthrange(jaar, maand)[1]))

    @classmethod
    def maand_van(cls, dag: date) -> Periode:
        """The calendar month that holds `dag`."""
        return cls.maand(dag.year, dag.month)

    def __str__(self) -> str:
        einde = "open" if self.einddatum is None else f"{self.einddatum:%d-%m-%Y}"
        return f"{self.ingangsdatum:%d-%m-%Y} t/m {einde}"

    def __contains__(self, dag: date) -> bool:
        return self.ingangsdatum <= dag and (self.einddatum is None or dag <= self.einddatum)

    @property
    def is_open(self) -> bool:
        return self.einddatum is None

    @property
    def laatste_dag(self) -> date:
        """The end as a date; ValueError when the period is open."""
        if self.einddatum is None:
            raise ValueError("een open periode heeft geen laatste dag; begrens haar eerst")
        return self.einddatum

    def bevat(self, ander: Periode) -> bool:
        """True when every day of `ander` lies in this period."""
        if ander.ingangsdatum not in self:
            return False
        return self.is_open or (ander.einddatum is not None and ander.einddatum in self)

    def overlapt(self, ander: Periode) -> bool:
        """True when at least one day lies in both."""
        return self.ingangsdatum <= (ander.einddatum or date.max) and ander.ingangsdatum <= (self.einddatum or date.max)

    def doorsnede(self, ander: Periode) -> Periode | None:
        """The days that lie in both, or None when there is none."""
        if not self.overlapt(ander):
            return None
        einde = min(self.einddatum or date.max, ander.einddatum or date.max)
        return Periode(max(self.ingangsdatum, ander.ingangsdatum), None if einde == date.max else einde)

    def tot_en_met(self, dag: date) -> Periode | None:
        """This period cut off after `dag`; None when it starts later."""
        return None if dag < self.ingangsdatum else self.doorsnede(Periode(self.ingangsdatum, dag))

    def sluit_aan_op(self, eerder: Periode) -> bool:
        """True when this period starts on the day after `eerder` ends."""
        return eerder.einddatum is not None and self.ingangsdatum == eerder.einddatum + EEN_DAG

    @property
    def aantal_dagen(self) -> int:
        return (self.laatste_dag - self.ingangsdatum).days + 1

    def dagen(self) -> Iterator[date]:
        """Every day in order."""
        for stap in range(self.aantal_dagen):
            yield self.ingangsdatum + timedelta(days=stap)

    def maanden(self) -> list[Periode]:
        """This period split at the calendar months it touches (R-280, IV089)."""
        delen: list[Periode] = []
        begin, einde = self.ingangsdatum, self.laatste_dag
        while begin <= einde:
            deel = Periode(begin, min(Periode.maand_van(begin).laatste_dag, einde))
            delen.append(deel)
            begin = deel.laatste_dag + EEN_DAG
        return delen

    @property
    def aantal_maanden(self) -> int:
        """Calendar months touched, without walking them: an end in 9999 is how some write an open one."""
        begin, einde = self.ingangsdatum, self.laatste_dag
        return (einde.year - begin.year) * 12 + einde.month - begin.month + 1

    def hele_maanden(self) -> list[Periode]:
        """Only the calendar months that lie in this period from the first day to the last."""
        return [deel for deel in self.maanden() if deel == Periode.maand_van(deel.ingangsdatum)]

    @property
    def aantal_iso_weken(self) -> int:
        """Distinct ISO weeks touched, broken weeks included (IV077)."""
        eerste_maandag = self.ingangsdatum.toordinal() - self.ingangsdatum.weekday()
        laatste_maandag = self.laatste_dag.toordinal() - self.laatste_dag.weekday()
        return (laatste_maandag - eerste_maandag) // 7 + 1

    @property
    def aantal_zondagen(self) -> int:
        # date ordinals start on a Monday, so a Sunday is a multiple of seven
        return self.laatste_dag.toordinal() // 7 - (self.ingangsdatum.toordinal() - 1) // 7

    @property
    def laatste_zondag(self) -> date | None:
        """The last Sunday in the period, or None when it holds none."""
        zondag = self.laatste_dag - timedelta(days=self.laatste_dag.isoweekday() % 7)
        return zondag if zondag in self else None


def samengevoegd(perioden: list[Periode]) -> list[Periode]:
    """Closed periods as the smallest list of separate runs, in order: an overlap counts once."""
    reeksen: list[Periode] = []
    for periode in sorted(perioden, key=lambda p: p.ingangsdatum):
        if reeksen and periode.ingangsdatum <= reeksen[-1].laatste_dag + EEN_DAG:
            vorige = reeksen.pop()
            periode = Periode(vorige.ingangsdatum, max(vorige.laatste_dag, periode.laatste_dag))
        reeksen.append(periode)
    return reeksen

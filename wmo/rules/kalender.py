"""The calendar of the Algemene termijnenwet and of contract working days (R-041 to R-045).

Decree days (ATW 3 lid 3) are data: a `Kalender` is made with the dates that hold at that moment. Everything else
follows from the law and is computed, so that no year is ever missing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from wmo.periodes import EEN_DAG, Periode

ZATERDAG, ZONDAG = 5, 6


def eerste_paasdag(jaar: int) -> date:
    """Easter Sunday, Gregorian calendar (the anonymous algorithm of 1876)."""
    eeuw, rest = divmod(jaar, 100)
    schrikkeleeuw, eeuwrest = divmod(eeuw, 4)
    maancorrectie = (eeuw - (eeuw + 8) // 25 + 1) // 3
    gulden = jaar % 19
    epacta = (19 * gulden + eeuw - schrikkeleeuw - maancorrectie + 15) % 30
    weekdag = (32 + 2 * eeuwrest + 2 * (rest // 4) - epacta - rest % 4) % 7
    uitzondering = (gulden + 11 * epacta + 22 * weekdag) // 451
    maand, dag = divmod(epacta + weekdag - 7 * uitzondering + 114, 31)
    return date(jaar, maand, dag + 1)


def koningsdag(jaar: int) -> date:
    """27 April, or 26 April when the 27th is a Sunday."""
    dag = date(jaar, 4, 27)
    return dag - EEN_DAG if dag.weekday() == ZONDAG else dag


@lru_cache(maxsize=128)
def feestdagen(jaar: int) -> dict[date, str]:
    """The days of ATW 3 lid 1 and 2 with their names (R-043): 5 May counts every year, Good Friday is equated."""
    pasen = eerste_paasdag(jaar)
    return {
        date(jaar, 1, 1): "Nieuwjaarsdag",
        pasen - timedelta(days=2): "Goede Vrijdag",
        pasen + timedelta(days=1): "Tweede Paasdag",
        koningsdag(jaar): "Koningsdag",
        date(jaar, 5, 5): "Bevrijdingsdag",
        pasen + timedelta(days=39): "Hemelvaartsdag",
        pasen + timedelta(days=50): "Tweede Pinksterdag",
        date(jaar, 12, 25): "Eerste Kerstdag",
        date(jaar, 12, 26): "Tweede Kerstdag",
    }


@dataclass(frozen=True)
class Kalender:
    """Which days count, for statutory terms and for contract terms.

    `besluitdagen` are the days equated by royal decree; they always shift a statutory term. `besluitdag_is_werkdag`
    says whether they count as an ordinary working day in a contract term (R-045; the default is yes).
    """

    besluitdagen: frozenset[date] = field(default_factory=frozenset)
    besluitdag_is_werkdag: bool = True

    def reden_vrij(self, dag: date) -> str | None:
        """Why the ATW skips this day, in Dutch ("Koningsdag", "zaterdag"), or None for an ordinary day."""
        if naam := feestdagen(dag.year).get(dag):
            return naam
        if dag.weekday() in (ZATERDAG, ZONDAG):
            return "zaterdag" if dag.weekday() == ZATERDAG else "zondag"
        return "dag die bij besluit gelijkstaat aan een feestdag" if dag in self.besluitdagen else None

    def is_gewone_dag(self, dag: date) -> bool:
        """No Saturday, Sunday, holiday or decree day (ATW 1)."""
        return self.reden_vrij(dag) is None

    def is_werkdag(self, dag: date) -> bool:
        """A working day for a contract term: Monday to Friday, no holiday (R-045)."""
        if dag in self.besluitdagen and self.besluitdag_is_werkdag:
            return dag.weekday() < ZATERDAG and dag not in feestdagen(dag.year)
        return self.is_gewone_dag(dag)

    def schuif_door(self, dag: date) -> date:
        """The day itself, or the first ordinary day after it (ATW 1 lid 1)."""
        while not self.is_gewone_dag(dag):
            dag += EEN_DAG
        return dag

    def gewone_dagen(self, periode: Periode) -> int:
        """How many ordinary days a closed period holds."""
        return sum(self.is_gewone_dag(dag) for dag in periode.dagen())

    def werkdagen_na(self, dag: date, aantal: int) -> date:
        """The `aantal`-th working day after `dag`; the day itself never counts, 0 gives the day back."""
        if aantal < 0:
            raise ValueError("werkdagen tellen alleen vooruit")
        while aantal:
            dag += EEN_DAG
            aantal -= self.is_werkdag(dag)
        return dag

    def werkdagen_tussen(self, van: date, tot_en_met: date) -> int:
        """Working days after `van` up to and including `tot_en_met`; 0 when that is not later."""
        if tot_en_met <= van:
            return 0
        return sum(self.is_werkdag(dag) for dag in Periode(van + EEN_DAG, tot_en_met).dagen())

    def waarom_verschoven(self, ruw: date, laatste_dag: date) -> str | None:
        """The sentence behind "Waarom deze datum?", or None when nothing was shifted."""
        if ruw == laatste_dag:
            return None
        vrij = self.reden_vrij(ruw)
        if vrij is None:
            reden = "Er zaten te weinig gewone dagen in deze termijn"
        else:
            reden = f"Dat is {vrij}" if vrij[0].isupper() else f"Dat is een {vrij}"
        return f"De laatste dag was {ruw:%d-%m-%Y}. {reden}. Daarom is de laatste dag {laatste_dag:%d-%m-%Y}."

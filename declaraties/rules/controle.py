"""Judge declared lines: one control for a 323 that came in and for a declaration made here (R-263, R-280 to R-285).

Nothing in here knows whether a start or stop message was received: that may never be a ground (R-285, OP364), so the
facts do not carry it. A line is right or wrong as a whole. Credits of a declaration are judged before its debets
(OP366), and each approved line counts at once for the ones after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from declaraties.rules import maximum, tarieven
from declaraties.rules.maximum import MINUUT, Omvang, Toets
from wmo.periodes import Periode

EURO = "83"
NUL = Decimal(0)


class Regel(NamedTuple):
    """One prestatie as declared. `tarief` and `bedrag` in euros, always positive; `volume` in `eenheid`.

    `bsn` only when it came in a message; lines of one client stand together there.
    """

    referentienummer: str
    toewijzingnummer: int
    categorie: str
    productcode: str
    periode: Periode
    volume: int
    eenheid: str
    tarief: Decimal | None
    bedrag: Decimal
    is_credit: bool = False
    vorig_referentienummer: str = ""
    bsn: str = ""

    @property
    def sleutel(self) -> tuple[str, str, Periode]:
        """What one live debet may exist of, within the toewijzing (TR389)."""
        return self.categorie, self.productcode, self.periode

    @property
    def inhoud(self) -> tuple[object, ...]:
        """What a credit repeats of its debet (TR323)."""
        return self[1:9]


@dataclass(frozen=True, slots=True, eq=False)
class Toegewezen:
    """The newest version of a toewijzing. Without `omvang` only a budget or nothing limits it; `code` may be empty.

    Toewijzingen that say the same share one, and it is known by its identity.
    """

    categorie: str
    productcode: str
    periode: Periode
    omvang: Omvang | None = None
    budget: Decimal | None = None
    verwijderd: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Prijs:
    """The contract's tariff in a period: per hour for time, per unit for the rest."""

    tarief: Decimal
    methode: tarieven.Methode


@dataclass(slots=True)
class Boekhouding:
    """What was approved of one toewijzing: the sums of all its lines, and those that a new line may meet.

    Grows while a declaration is judged. `debets` by reference number; `volume` in the unit of the lines and `bedrag` in
    euros, debets minus credits.
    """

    volume: int = 0
    bedrag: Decimal = NUL
    debets: dict[str, Regel] = field(default_factory=dict)
    gecrediteerd: set[str] = field(default_factory=set)

    def boek(self, regel: Regel) -> None:
        """Take an approved line into account."""
        self.volume += -regel.volume if regel.is_credit else regel.volume
        self.bedrag += -regel.bedrag if regel.is_credit else regel.bedrag
        self.onthoud(regel)

    def onthoud(self, regel: Regel) -> None:
        """Keep an approved line that the sums hold already."""
        if regel.is_credit:
            self.gecrediteerd.add(regel.vorig_referentienummer)
        else:
            self.debets[regel.referentienummer] = regel

    def levend(self, sleutel: tuple[str, str, Periode]) -> Regel | None:
        """The debet that stands for this product and productperiode, if there is one."""
        return next(
            (r for nummer, r in self.debets.items() if r.sleutel == sleutel and nummer not in self.gecrediteerd), None
        )


@dataclass(frozen=True, slots=True)
class Bevinding:
    """One ground for refusal: the retourcode and the sentence with its figures."""

    code: str
    tekst: str
    verwacht: str = ""
    ingediend: str = ""


def beoordeel(
    regel: Regel,
    *,
    maand: Periode,
    toewijzing: Toegewezen | None,
    prijs: Prijs | None,
    boek: Boekhouding,
) -> list[Bevinding]:
    """All grounds against one line; an empty list approves it. `maand` is the declaratieperiode."""
    if toewijzing is None:
        return [Bevinding("9338", f"Toewijzing {regel.toewijzingnummer} is er niet voor deze aanbieder en gemeente.")]
    if toewijzing.verwijderd:
        return [Bevinding("9384", f"Toewijzing {regel.toewijzingnummer} is verwijderd: daarop is niets te declareren.")]
    if regel.is_credit:
        return _credit(regel, boek)
    return [
        *_product(regel, toewijzing),
        *_periode(regel.periode, toewijzing.periode, maand),
        *_dubbel(regel, boek),
        *_volume(regel, toewijzing, boek),
        *_budget(regel, toewijzing, boek),
        *_geld(regel.eenheid, regel.volume, regel.tarief, regel.bedrag, prijs),
    ]


def _credit(regel: Regel, boek: Boekhouding) -> list[Bevinding]:
    """TR323 and TR390: a copy of an approved debet, once."""
    debet = boek.debets.get(regel.vorig_referentienummer)
    if debet is None:
        return [Bevinding("8017", f"Er is geen goedgekeurde regel met nummer {regel.vorig_referentienummer}.")]
    if debet.inhoud != regel.inhoud:
        return [Bevinding("8017", f"De creditregel is niet gelijk aan regel {regel.vorig_referentienummer}.")]
    if regel.vorig_referentienummer in boek.gecrediteerd:
        return [Bevinding("9390", f"Regel {regel.vorig_referentienummer} is al gecrediteerd.")]
    return []


def _product(regel: Regel, toewijzing: Toegewezen) -> Iterable[Bevinding]:
    """TR339, TR340, TR381."""
    if regel.productcode == toewijzing.productcode and regel.productcode[:2] == regel.categorie == toewijzing.categorie:
        return ()
    return _ander_product(regel, toewijzing)


def _ander_product(regel: Regel, toewijzing: Toegewezen) -> Iterable[Bevinding]:
    if toewijzing.categorie and regel.categorie != toewijzing.categorie:
        yield Bevinding("9339", "De categorie is een andere dan toegewezen.", toewijzing.categorie, regel.categorie)
    if toewijzing.productcode and regel.productcode != toewijzing.productcode:
        yield Bevinding(
            "9340", "De productcode is een andere dan toegewezen.", toewijzing.productcode, regel.productcode
        )
    if not regel.productcode.startswith(regel.categorie):
        yield Bevinding(
            "S329", "De productcode hoort niet bij deze categorie.", f"{regel.categorie}…", regel.productcode
        )


def _periode(periode: Periode, toewijzing: Periode, maand: Periode) -> Iterable[Bevinding]:
    """TR307, TR308, TR319, TR387, TR388: the calendar month clipped to the toewijzing, nothing else (IV089)."""
    if periode == maand and toewijzing.bevat(maand):
        return ()  # as most lines are
    return _bij_periode(periode, toewijzing, maand)


def _bij_periode(periode: Periode, toewijzing: Periode, maand: Periode) -> Iterable[Bevinding]:
    begin, eind = periode.ingangsdatum, periode.laatste_dag
    if begin < toewijzing.ingangsdatum:
        yield _datum("9307", "De periode begint voor de toewijzing.", toewijzing.ingangsdatum, begin)
    if toewijzing.einddatum and eind > toewijzing.einddatum:
        yield _datum("9308", "De periode eindigt na de toewijzing.", toewijzing.einddatum, eind)
    if eind > maand.laatste_dag:
        yield _datum("9319", "De periode eindigt na de declaratiemaand.", maand.laatste_dag, eind)
    verwacht = Periode.maand_van(begin).doorsnede(toewijzing)
    if verwacht is None:
        return
    if begin > verwacht.ingangsdatum:
        yield _datum("9387", "De periode begint te laat in de maand.", verwacht.ingangsdatum, begin)
    if eind < verwacht.laatste_dag:
        yield _datum("9388", "De periode eindigt te vroeg in de maand.", verwacht.laatste_dag, eind)


def _datum(code: str, tekst: str, verwacht: date, ingediend: date) -> Bevinding:
    return Bevinding(code, tekst, f"{verwacht:%d-%m-%Y}", f"{ingediend:%d-%m-%Y}")


def _dubbel(regel: Regel, boek: Boekhouding) -> Iterable[Bevinding]:
    """TR389."""
    eerder = boek.debets and boek.levend(regel.sleutel)
    if not eerder:
        return ()
    return (Bevinding("9389", f"Deze periode is al goedgekeurd met regel {eerder.referentienummer}."),)


def _volume(regel: Regel, toewijzing: Toegewezen, boek: Boekhouding) -> Iterable[Bevinding]:
    """TR341, TR321 and TR322."""
    omvang = toewijzing.omvang
    if omvang is None:
        return ()
    uitkomst = maximum.toets_na(boek.volume, omvang, regel.periode, regel.volume, regel.eenheid)
    return _te_veel(regel, omvang, uitkomst) if uitkomst.codes else ()


def _te_veel(regel: Regel, omvang: Omvang, uitkomst: Toets) -> Iterable[Bevinding]:
    if "9341" in uitkomst.codes:
        yield Bevinding("9341", "De eenheid past niet bij de toewijzing.", omvang.eenheid, regel.eenheid)
    if "9321" in uitkomst.codes:
        yield Bevinding(
            "9321", "In deze periode is meer geleverd dan mag.", str(uitkomst.max_periode), str(regel.volume)
        )
    if "9322" in uitkomst.codes:
        totaal = uitkomst.al_goedgekeurd + regel.volume
        yield Bevinding(
            "9322", "Over de hele looptijd is meer geleverd dan mag.", str(uitkomst.max_totaal), str(totaal)
        )


def _budget(regel: Regel, toewijzing: Toegewezen, boek: Boekhouding) -> Iterable[Bevinding]:
    """TR369: the sum of approved amounts and this one stays within the budget (R-251)."""
    if toewijzing.budget is None or boek.bedrag + regel.bedrag <= toewijzing.budget:
        return ()
    return (Bevinding("9369", "Het budget is op.", str(toewijzing.budget), str(boek.bedrag + regel.bedrag)),)


@lru_cache(maxsize=4096)
def _geld(
    eenheid: str, volume: int, tarief: Decimal | None, bedrag: Decimal, prijs: Prijs | None
) -> tuple[Bevinding, ...]:
    """TR418 and TR346, in the unit of the line. Euros (83) have no tariff: there volume is the amount in cents."""
    return tuple(_bij_geld(eenheid, volume, tarief, bedrag, prijs))


def _bij_geld(
    eenheid: str, volume: int, tarief: Decimal | None, bedrag: Decimal, prijs: Prijs | None
) -> Iterable[Bevinding]:
    if eenheid == EURO:
        if bedrag != tarieven.euros(volume):
            yield _bedrag(tarieven.euros(volume), bedrag)
        return
    if prijs is None:
        yield Bevinding("0611", "Er is geen tarief afgesproken voor dit product in deze periode.", "", str(tarief))
        return
    verwacht = eenheidsprijs(prijs, eenheid)
    if tarief != verwacht:
        yield Bevinding("0611", "Het tarief is niet het tarief van die datum.", str(verwacht), str(tarief))
    # the amount is held against the tariff as declared, so that a wrong tariff does not give two grounds for one fault
    juist = bedrag_van(prijs, eenheid, volume, tarief or verwacht)
    if bedrag != juist:
        yield _bedrag(juist, bedrag)


def _bedrag(verwacht: Decimal, ingediend: Decimal) -> Bevinding:
    return Bevinding("9346", "Aantal keer tarief is niet het ingediende bedrag.", str(verwacht), str(ingediend))


@lru_cache(maxsize=1024)
def eenheidsprijs(prijs: Prijs, eenheid: str) -> Decimal:
    """ProductTarief as it belongs in the 323: rounded per minute for minutes (IV081), else the contract's tariff."""
    return tarieven.minuuttarief(prijs.tarief) if eenheid == MINUUT else prijs.tarief


def bedrag_van(prijs: Prijs, eenheid: str, volume: int, producttarief: Decimal) -> Decimal:
    """Euros for a volume by the method of the contract (R-262)."""
    if eenheid == MINUUT and prijs.methode is tarieven.Methode.UUR_NAAR_RATO:
        return tarieven.bedrag(prijs.methode, prijs.tarief, volume)
    return tarieven.bedrag_per_eenheid(producttarief, volume)


def in_volgorde(regels: Sequence[Regel]) -> list[int]:
    """Positions in the order of judging: credits first, each group as it came (OP366)."""
    return sorted(range(len(regels)), key=lambda i: not regels[i].is_credit)


def beoordeel_alle(
    regels: Sequence[Regel],
    *,
    maand: Periode,
    toewijzingen: Mapping[int, Toegewezen],
    prijzen: Mapping[tuple[str, date], Prijs],
    boeken: dict[int, Boekhouding],
    bekende_nummers: set[str],
) -> list[list[Bevinding]]:
    """The findings per line, in the order given. `boeken` is brought up to date with what was approved.

    `prijzen` by (productcode, first day of the productperiode); `bekende_nummers` are used reference numbers (TR314).
    """
    uitkomst: list[list[Bevinding]] = [[] for _ in regels]
    for positie in in_volgorde(regels):
        regel = regels[positie]
        boek = boeken.get(regel.toewijzingnummer)
        if boek is None:
            boek = boeken[regel.toewijzingnummer] = Boekhouding()
        prijs = prijzen.get((regel.productcode, regel.periode.ingangsdatum))
        toewijzing = toewijzingen.get(regel.toewijzingnummer)
        uitkomst[positie] = beoordeel(regel, maand=maand, toewijzing=toewijzing, prijs=prijs, boek=boek)
        if regel.referentienummer in bekende_nummers:
            uitkomst[positie].append(Bevinding("8021", f"Nummer {regel.referentienummer} is al eerder gebruikt."))
        if not uitkomst[positie]:
            boek.boek(regel)
        bekende_nummers.add(regel.referentienummer)
    return uitkomst


def beoordeel_geheel(maand: date, *, nummer_bekend: bool, laatste_maand: date | None) -> list[Bevinding]:
    """The declaration itself: TR333 its number is new, TR318 no earlier month than the last one submitted."""
    if nummer_bekend:
        return [Bevinding("9333", "Dit declaratienummer is al gebruikt.")]
    if laatste_maand is not None and maand < laatste_maand:
        return [Bevinding("8214", "Er is al een latere maand ingediend.", f"{laatste_maand:%m-%Y}", f"{maand:%m-%Y}")]
    return []

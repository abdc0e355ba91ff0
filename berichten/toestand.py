"""What the receiving party already knows when a message is judged (levels 3 and 4).

A Toestand is data: whoever judges fills it, from the database or from JSON (toestand_json.py), with what belongs to the
sender and receiver of the message. Amounts are eurocents; the keys of the JSON are the field names here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any, TypeVar

T = TypeVar("T")

VERWIJDERD = "13"
VERVALLEN = "01"
TIJDELIJK = "20"
AFGEWEZEN, TOEGEWEZEN = "afgewezen", "toegewezen"
GOEDGEKEURD, AFGEKEURD = "goedgekeurd", "afgekeurd"


@dataclass(frozen=True, slots=True)
class Toewijzing:
    """One version of a toewijzing; the newest one per number counts (IV013)."""

    nummer: int
    bsn: str
    gemeente: str
    aanbieder: str
    ingangsdatum: date
    categorie: str | None = None
    code: str | None = None
    einddatum: date | None = None
    volume: int | None = None
    eenheid: str | None = None
    frequentie: str | None = None
    budget: int | None = None
    reden_wijziging: str | None = None
    referentie_aanbieder: str | None = None
    toewijzingsdatum: date | None = None
    toewijzingstijd: time | None = None

    @property
    def versie(self) -> tuple[date, time]:
        return self.toewijzingsdatum or date.min, self.toewijzingstijd or time.min

    @property
    def verwijderd(self) -> bool:
        """Taken back as if it was never sent: end is begin, with reason 13 or the old 01."""
        return self.reden_wijziging in (VERWIJDERD, VERVALLEN) and self.einddatum == self.ingangsdatum

    def actueel(self, op: date) -> bool:
        """Valid on that day or later, and not taken back (TR349)."""
        return not self.verwijderd and (self.einddatum is None or self.einddatum >= op)


@dataclass(frozen=True, slots=True)
class Start:
    """An approved start that was not taken back."""

    bsn: str
    begindatum: date
    toewijzingnummer: int | None = None
    categorie: str | None = None
    code: str | None = None

    @property
    def levering(self) -> tuple[Any, ...]:
        return self.bsn, self.toewijzingnummer, self.categorie, self.code

    @property
    def sleutel(self) -> tuple[Any, ...]:
        return *self.levering, self.begindatum


@dataclass(frozen=True, slots=True)
class Stop:
    """An approved stop that was not taken back."""

    bsn: str
    begindatum: date
    reden_beeindiging: str
    einddatum: date
    toewijzingnummer: int | None = None
    categorie: str | None = None
    code: str | None = None

    @property
    def start(self) -> tuple[Any, ...]:
        """The key of the start that this stop ends."""
        return self.bsn, self.toewijzingnummer, self.categorie, self.code, self.begindatum

    @property
    def sleutel(self) -> tuple[Any, ...]:
        return *self.start, self.reden_beeindiging, self.einddatum


@dataclass(frozen=True, slots=True)
class Verzoek:
    """A 315 (one row per product) or a 317."""

    soort: str
    bsn: str
    referentie: str
    status: str = "ingediend"
    dagtekening: date | None = None
    categorie: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Antwoord:
    referentie: str
    verzoek_antwoord: str


@dataclass(frozen=True, slots=True)
class OntvangenBericht:
    afzender: str
    berichtcode: str
    identificatie: str


@dataclass(frozen=True, slots=True)
class EerdereDeclaratie:
    declaratienummer: str
    begindatum: date | None = None
    einddatum: date | None = None
    identificatie: str | None = None
    xsd_versie: str | None = None
    totaal: int | None = None


@dataclass(frozen=True, slots=True)
class EerderePrestatie:
    """An earlier line. `dc` is D or C; `vorig` is on a credit the line that it takes back; `eh` the unit."""

    referentienummer: str
    toewijzingnummer: int
    cat: str
    code: str
    van: date
    tot: date
    vol: int
    eh: str
    bedrag: int
    bsn: str
    tarief: int | None = None
    dc: str = "D"
    vorig: str | None = None
    status: str = GOEDGEKEURD
    gecrediteerd: bool = False

    @property
    def maand(self) -> tuple[Any, ...]:
        """What may be declared once (TR389)."""
        return self.toewijzingnummer, self.cat, self.code, self.van, self.tot


@dataclass(frozen=True)
class Toestand:
    vandaag: date
    toewijzingen: tuple[Toewijzing, ...] = ()
    starts: tuple[Start, ...] = ()
    stops: tuple[Stop, ...] = ()
    verzoeken: tuple[Verzoek, ...] = ()
    antwoorden: tuple[Antwoord, ...] = ()
    ontvangen_berichten: tuple[OntvangenBericht, ...] = ()
    declaraties: tuple[EerdereDeclaratie, ...] = ()
    prestaties: tuple[EerderePrestatie, ...] = ()
    contracttarieven: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    productcodelijst: Mapping[str, str] = field(default_factory=dict)
    gemeentecodes: frozenset[str] = frozenset()
    gemeenteperioden: Mapping[str, tuple[date | None, date | None]] = field(default_factory=dict)

    @cached_property
    def _nieuwste(self) -> dict[tuple[str, str, int], Toewijzing]:
        nieuwste: dict[tuple[str, str, int], Toewijzing] = {}
        for toewijzing in self.toewijzingen:
            sleutel = (toewijzing.gemeente, toewijzing.aanbieder, toewijzing.nummer)
            bekend = nieuwste.get(sleutel)
            if bekend is None or toewijzing.versie >= bekend.versie:
                nieuwste[sleutel] = toewijzing
        return nieuwste

    @cached_property
    def _per_client(self) -> dict[tuple[str, str, str], list[Toewijzing]]:
        return groepeer(self._nieuwste.values(), lambda t: (t.gemeente, t.aanbieder, t.bsn))

    def toewijzing(self, gemeente: str, aanbieder: str, nummer: int) -> Toewijzing | None:
        """The newest version of that number."""
        return self._nieuwste.get((gemeente, aanbieder, nummer))

    def toewijzingen_met_nummer(self, gemeente: str, nummer: int) -> list[Toewijzing]:
        """Whoever the aanbieder is: a number is unique within a gemeente (TR332)."""
        return self._per_nummer.get((gemeente, nummer), [])

    @cached_property
    def _per_nummer(self) -> dict[tuple[str, int], list[Toewijzing]]:
        return groepeer(self._nieuwste.values(), lambda t: (t.gemeente, t.nummer))

    def toewijzingen_van(self, gemeente: str, aanbieder: str, bsn: str) -> list[Toewijzing]:
        return self._per_client.get((gemeente, aanbieder, bsn), [])

    @cached_property
    def clienten(self) -> frozenset[str]:
        """Everybody with a toewijzing or an earlier line."""
        return frozenset(t.bsn for t in self.toewijzingen) | frozenset(p.bsn for p in self.prestaties)

    @cached_property
    def referenties(self) -> frozenset[str]:
        return frozenset(verzoek.referentie for verzoek in self.verzoeken)

    @cached_property
    def toegewezen_referenties(self) -> frozenset[str]:
        return frozenset(t.referentie_aanbieder for t in self.toewijzingen if t.referentie_aanbieder)

    def open_verzoeken(self, bsn: str) -> list[Verzoek]:
        """Requests without a refusal and without a 301 with their reference (TR374)."""
        afgewezen = {antwoord.referentie for antwoord in self.antwoorden if antwoord.verzoek_antwoord == "1"}
        klaar = afgewezen | self.toegewezen_referenties
        return [
            verzoek
            for verzoek in self.verzoeken
            if verzoek.bsn == bsn and verzoek.status not in (AFGEWEZEN, TOEGEWEZEN) and verzoek.referentie not in klaar
        ]

    @cached_property
    def prestatie(self) -> dict[str, EerderePrestatie]:
        """Earlier lines by their number."""
        return {prestatie.referentienummer: prestatie for prestatie in self.prestaties}

    @cached_property
    def gecrediteerd(self) -> frozenset[str]:
        """Numbers of earlier lines that were taken back."""
        door_credit = {p.vorig for p in self.prestaties if p.dc == "C" and p.vorig and p.status != AFGEKEURD}
        return frozenset(door_credit | {p.referentienummer for p in self.prestaties if p.gecrediteerd})

    @cached_property
    def debet_per_toewijzing(self) -> dict[int, list[EerderePrestatie]]:
        """Earlier debet lines that count: approved or still waiting, not taken back and not refused."""
        tellen = (
            p
            for p in self.prestaties
            if p.dc == "D" and p.status != AFGEKEURD and p.referentienummer not in self.gecrediteerd
        )
        return groepeer(tellen, lambda p: p.toewijzingnummer)


def groepeer(rijen: Iterable[T], sleutel: Callable[[T], Any]) -> dict[Any, list[T]]:
    groepen: dict[Any, list[T]] = {}
    for rij in rijen:
        groepen.setdefault(sleutel(rij), []).append(rij)
    return groepen

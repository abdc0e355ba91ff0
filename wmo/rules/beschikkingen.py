"""Does everything agree: onderzoek, plan, normenkader and beschikking side by side (R-060 to R-062).

Pure: four snapshots in, findings out. A finding names the two fields with their values and where to mend each. Red
stops the signature, orange asks for an explanation, green says what was compared. `wmo/keten.py` reads the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from wmo.periodes import Periode
from wmo.rules.afronden import geheel
from wmo.rules.omvang import MINUTEN_PER_EENHEID, minuten_per_week

ONDERWERPEN = 7
TOETSEN = 7
# help is decided in time; only the categories from rolstoelen up to hulpmiddelen go by the piece
IN_STUKS = frozenset({"11", "12", "13", "14"})
TIJDEENHEDEN = frozenset({"01", "04", "14", "16"})
NATURA, PGB = "zin", "pgb"
HUISHOUDEN, BEGELEIDING = "01", frozenset({"02", "07"})
KENT_TOE = frozenset({"toekenning", "gedeeltelijk", "herziening"})


class Oordeel(StrEnum):
    """Value is the colour word of the screens."""

    KLOPT = "groen"
    LET_OP = "oranje"
    BLOKKEERT = "rood"


@dataclass(frozen=True)
class Bevinding:
    """`links` are the pages where the two fields live: onderzoek, plan, normenkader, beschikking."""

    oordeel: Oordeel
    zin: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Onderzoekstand:
    verslag_op: date | None
    onderwerpen: int
    toetsen: frozenset[str]


@dataclass(frozen=True)
class Planregel:
    """Weekly volume in the unit of the product (R-210)."""

    product: str
    naam: str
    eenheid: str
    bruto: int
    netto: int


@dataclass(frozen=True)
class Planstand:
    versie: int
    evaluatiedatum: date | None
    doelen: int
    regels: tuple[Planregel, ...]


@dataclass(frozen=True)
class Normstand:
    """Minutes a week of one filled-in normenkader; `soort` is "huishouden" or "begeleiding"."""

    soort: str
    berekend: int
    vastgesteld: int
    reden: str


@dataclass(frozen=True)
class Voorzieningstand:
    """`aanbieder_mag` is None when no aanbieder was chosen; `loopt_al` a decision that already stands (R-062)."""

    product: str
    categorie: str
    naam: str
    vorm: str
    volume: int
    eenheid: str
    eenheidnaam: str
    frequentie: str
    frequentienaam: str
    ingangsdatum: date
    einddatum: date | None
    via_wachtlijst: bool = False
    aanbieder: str = ""
    aanbieder_mag: bool | None = None
    heeft_pgb: bool = False
    loopt_al: Periode | None = None

    @property
    def omvang(self) -> str:
        return f"{self.volume} {eenheid_meervoud(self.eenheidnaam, self.volume)} {self.frequentienaam}"


@dataclass(frozen=True)
class Keten:
    """What is there now. `soort` is the kind of decision; None while there is none."""

    onderzoek: Onderzoekstand
    plan: Planstand | None
    normen: tuple[Normstand, ...]
    soort: str | None
    voorzieningen: tuple[Voorzieningstand, ...] = ()
    wachtlijst_actief: bool = True

    @property
    def kent_toe(self) -> bool:
        return self.soort in KENT_TOE

    def norm(self, soort: str) -> Normstand | None:
        return next((norm for norm in self.normen if norm.soort == soort), None)

    def planregel(self, product: str) -> Planregel | None:
        return next((regel for regel in self.plan.regels if regel.product == product), None) if self.plan else None


def ketencontrole(keten: Keten) -> list[Bevinding]:
    """Every finding, in the order of the chain; with no decision yet only what is there is compared."""
    bevindingen = [*_onderzoek(keten), *_plan(keten), *_normenkader(keten)]
    for voorziening in keten.voorzieningen:
        bevindingen += [*_omvang(keten, voorziening), *_levering(keten, voorziening)]
    return bevindingen


def blokkades(bevindingen: list[Bevinding]) -> list[Bevinding]:
    return [b for b in bevindingen if b.oordeel is Oordeel.BLOKKEERT]


def vragen_uitleg(bevindingen: list[Bevinding]) -> list[Bevinding]:
    return [b for b in bevindingen if b.oordeel is Oordeel.LET_OP]


def eenheid_meervoud(naam: str, aantal: int) -> str:
    """ "minuut" -> "minuten", "dagdeel (4 uur)" -> "dagdelen (4 uur)"; hours stay "uur"."""
    meervoud = {"minuut": "minuten", "dagdeel (4 uur)": "dagdelen (4 uur)", "etmaal": "etmalen"}
    return naam if aantal == 1 else meervoud.get(naam, naam)


def _klopt(zin: str, *links: str) -> Bevinding:
    return Bevinding(Oordeel.KLOPT, zin, links)


def _let_op(zin: str, *links: str) -> Bevinding:
    return Bevinding(Oordeel.LET_OP, zin, links)


def _blokkeert(zin: str, *links: str) -> Bevinding:
    return Bevinding(Oordeel.BLOKKEERT, zin, links)


def _onderzoek(keten: Keten) -> Iterator[Bevinding]:
    """R-014, R-019, R-024. Without a verslag an aanvraag can still be there: after six weeks (R-020)."""
    stand = keten.onderzoek
    if stand.verslag_op is None:
        yield _let_op("Het verslag van het onderzoek is nog niet verstuurd.", "onderzoek")
    if stand.onderwerpen < ONDERWERPEN:
        yield _let_op(f"Er zijn {stand.onderwerpen} van de {ONDERWERPEN} onderwerpen besproken.", "onderzoek")
    else:
        yield _klopt(f"Alle {ONDERWERPEN} onderwerpen zijn besproken.", "onderzoek")
    if not keten.kent_toe:
        return
    mist = TOETSEN - len(stand.toetsen)
    if mist:
        yield _blokkeert(
            f"Bij {mist} van de {TOETSEN} toetsen staat nog geen uitkomst. Vul de toetsvolgorde in.", "onderzoek"
        )
    else:
        yield _klopt("De toetsvolgorde is helemaal ingevuld.", "onderzoek", "beschikking")


def _plan(keten: Keten) -> Iterator[Bevinding]:
    if keten.plan is None:
        if keten.kent_toe:
            yield _blokkeert("Er is nog geen vastgesteld perspectiefplan. Stel eerst het plan vast.", "plan")
        return
    if keten.plan.doelen:
        yield _klopt(
            f"Het plan heeft {keten.plan.doelen} {'doel' if keten.plan.doelen == 1 else 'doelen'} met een datum.",
            "plan",
        )
    else:
        yield _let_op("Het plan heeft geen doelen.", "plan")
    yield from _evaluatie(keten.plan, keten.voorzieningen)
    if keten.kent_toe:
        yield from _vergeten(keten)


def _evaluatie(plan: Planstand, voorzieningen: tuple[Voorzieningstand, ...]) -> Iterator[Bevinding]:
    """R-073: the evaluation lies within the decision."""
    einden = [v.einddatum for v in voorzieningen if v.einddatum]
    if plan.evaluatiedatum is None or not einden:
        return
    if plan.evaluatiedatum > max(einden):
        yield _blokkeert(
            f"De evaluatie ({plan.evaluatiedatum:%d-%m-%Y}) ligt na het einde van de beschikking "
            f"({max(einden):%d-%m-%Y}).",
            "plan",
            "beschikking",
        )
    else:
        yield _klopt(
            f"De evaluatie ({plan.evaluatiedatum:%d-%m-%Y}) valt binnen de beschikking.", "plan", "beschikking"
        )


def _vergeten(keten: Keten) -> Iterator[Bevinding]:
    """What the plan asks and the decision leaves out: only a partial grant may do so unasked (R-060.3)."""
    toegekend = {v.product for v in keten.voorzieningen}
    for regel in keten.plan.regels if keten.plan else ():
        if regel.product not in toegekend and regel.netto:
            zin = f"{regel.naam} staat in het plan, maar niet in de beschikking."
            yield _let_op(zin, "plan", "beschikking")


def _normenkader(keten: Keten) -> Iterator[Bevinding]:
    """R-203, R-210: household help is asked net as decided; for begeleiding the normenkader gives the gross need."""
    for norm in keten.normen:
        if norm.vastgesteld == norm.berekend:
            yield _klopt(f"De vastgestelde tijd is de norm: {norm.berekend} minuten.", "normenkader")
        elif norm.reden.strip():
            yield _klopt("De afwijking van de normtijd heeft een reden.", "normenkader")
        else:
            yield _blokkeert(
                f"De norm is {norm.berekend} minuten, vastgesteld is {norm.vastgesteld} minuten. Leg uit waarom.",
                "normenkader",
            )
    for regel in keten.plan.regels if keten.plan else ():
        yield from _plan_en_norm(keten, regel)


def _plan_en_norm(keten: Keten, regel: Planregel) -> Iterator[Bevinding]:
    huishouden = regel.product.startswith(HUISHOUDEN)
    norm = keten.norm("huishouden" if huishouden else "begeleiding")
    per_eenheid = MINUTEN_PER_EENHEID.get(regel.eenheid)
    if norm is None or per_eenheid is None or not (huishouden or regel.product[:2] in BEGELEIDING):
        return
    gevraagd = (regel.netto if huishouden else regel.bruto) * per_eenheid
    if huishouden and gevraagd != norm.vastgesteld:
        yield _let_op(
            f"In het plan staat {gevraagd} minuten, in het normenkader {norm.vastgesteld} minuten.",
            "plan",
            "normenkader",
        )
    elif huishouden:
        yield _klopt(f"Plan en normenkader zeggen allebei {gevraagd} minuten per week.", "plan", "normenkader")


def _omvang(keten: Keten, voorziening: Voorzieningstand) -> Iterator[Bevinding]:
    """R-060.4: in time, never result only; and the same as plan and normenkader say."""
    if voorziening.categorie not in IN_STUKS and voorziening.eenheid not in TIJDEENHEDEN:
        yield _blokkeert(
            f"{voorziening.naam} is toegekend in {voorziening.eenheidnaam}. Kies uren, minuten, dagdelen of etmalen.",
            "beschikking",
        )
        return
    regel = keten.planregel(voorziening.product)
    if regel is None:
        if keten.plan is not None:
            yield _blokkeert(
                f"{voorziening.naam} staat in de beschikking, maar niet in het plan.", "plan", "beschikking"
            )
    else:
        yield _zelfde_omvang(regel, voorziening)
    norm = keten.norm("huishouden") if voorziening.categorie == HUISHOUDEN else None
    besloten = weekminuten(voorziening)
    if norm is not None and besloten is not None and besloten != norm.vastgesteld:
        yield _blokkeert(
            f"In het normenkader staat {norm.vastgesteld} minuten vastgesteld, in de beschikking {besloten} minuten "
            "per week. Pas één van de twee aan.",
            "normenkader",
            "beschikking",
        )


def weekminuten(voorziening: Voorzieningstand) -> int | None:
    """Minutes a week; a volume for the whole term is spread over its days (R-251). None where a unit has no length."""
    if voorziening.frequentie != "6":
        return minuten_per_week(
            volume=voorziening.volume, eenheid=voorziening.eenheid, frequentie=voorziening.frequentie
        )
    minuten = MINUTEN_PER_EENHEID.get(voorziening.eenheid)
    if minuten is None or voorziening.einddatum is None:
        return None
    dagen = (voorziening.einddatum - voorziening.ingangsdatum + timedelta(days=1)).days
    return geheel(Fraction(voorziening.volume * minuten * 7, dagen))


def _zelfde_omvang(regel: Planregel, voorziening: Voorzieningstand) -> Bevinding:
    """Compared in minutes where the unit has a length; else volumes of the same unit a week."""
    besloten, per_eenheid = weekminuten(voorziening), MINUTEN_PER_EENHEID.get(regel.eenheid)
    if besloten is not None and per_eenheid is not None:
        gelijk, plan, besluit = regel.netto * per_eenheid == besloten, regel.netto * per_eenheid, besloten
        zin = f"In het plan staat {plan} minuten, in de beschikking {besluit} minuten."
    else:
        gelijk = regel.netto == voorziening.volume
        zin = f"In het plan staat {regel.netto}, in de beschikking {voorziening.omvang}."
    if gelijk:
        return _klopt(
            f"{voorziening.naam}: plan en beschikking zeggen allebei {voorziening.omvang}.", "plan", "beschikking"
        )
    return _blokkeert(f"{zin} Pas één van de twee aan.", "plan", "beschikking")


def _levering(keten: Keten, voorziening: Voorzieningstand) -> Iterator[Bevinding]:
    """R-006, R-061, R-062, R-110: who can deliver it, and nothing twice."""
    if voorziening.loopt_al is not None:
        yield _blokkeert(
            f"Voor {voorziening.naam} loopt al een besluit ({voorziening.loopt_al}). Kies een latere ingangsdatum, "
            "of herzie eerst dat besluit.",
            "beschikking",
        )
    if voorziening.vorm == PGB:
        if not voorziening.heeft_pgb:
            yield _blokkeert(f"Bij het pgb voor {voorziening.naam} ontbreken bedrag en uitleg.", "beschikking")
    elif voorziening.aanbieder_mag is False:
        yield _blokkeert(
            f"{voorziening.aanbieder} heeft op {voorziening.ingangsdatum:%d-%m-%Y} in deze gemeente geen contract voor "
            f"{voorziening.naam}.",
            "beschikking",
        )
    elif voorziening.via_wachtlijst and not keten.wachtlijst_actief:
        yield _blokkeert("Uw gemeente werkt zonder wachtlijst. Kies een aanbieder.", "beschikking")
    elif not voorziening.via_wachtlijst and voorziening.aanbieder_mag is None:
        yield _blokkeert(f"Kies een aanbieder voor {voorziening.naam}, of kies voor de wachtlijst.", "beschikking")

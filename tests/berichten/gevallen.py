"""How a rule case is written: the example message, changed in one or two places, against a Toestand."""

from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from berichten.toestand import (
    Antwoord,
    EerdereDeclaratie,
    EerderePrestatie,
    Start,
    Stop,
    Toestand,
    Toewijzing,
    Verzoek,
)
from berichten.voorbeelden import AANBIEDER, BSN, GEMEENTE, TOEWIJZING, VANDAAG

ANDER_BSN = "999900018"
JAAR = (date(2025, 1, 1), date(2025, 12, 31))

GEWOON = Toewijzing(
    nummer=TOEWIJZING,
    bsn=BSN,
    gemeente=GEMEENTE,
    aanbieder=AANBIEDER,
    categorie="02",
    code="02A01",
    ingangsdatum=JAAR[0],
    einddatum=JAAR[1],
    volume=3,
    eenheid="04",
    frequentie="2",
    toewijzingsdatum=date(2024, 12, 15),
    toewijzingstijd=time(9),
)
GESTART = Start(BSN, date(2025, 1, 6), TOEWIJZING, "02", "02A01")
GESTOPT = Stop(BSN, date(2025, 1, 6), "19", date(2025, 5, 31), TOEWIJZING, "02", "02A01")
GEPAUZEERD = replace(GESTOPT, reden_beeindiging="20")
VERZOEK = Verzoek("317", BSN, "VOW-2025-001", "ingediend", date(2025, 6, 13))
BETAALD = EerderePrestatie(
    referentienummer="P0001",
    toewijzingnummer=TOEWIJZING,
    cat="02",
    code="02A01",
    van=date(2025, 5, 1),
    tot=date(2025, 5, 31),
    vol=12,
    eh="04",
    bedrag=72_000,
    bsn=BSN,
    tarief=6000,
)
DECLARATIE = EerdereDeclaratie(
    "D202505", date(2025, 5, 1), date(2025, 5, 31), identificatie="VB3230000001", xsd_versie="1.0.0", totaal=72_000
)

GENERIEK = replace(GEWOON, categorie=None, code=None, volume=None, eenheid=None, frequentie=None, budget=100_000)
ASPECIFIEK = replace(GENERIEK, categorie="02", budget=None)
MET_BUDGET = replace(ASPECIFIEK, budget=72_000)
ANDERE_CLIENT = replace(GEWOON, bsn=ANDER_BSN)
LIJST = {"02A01": "02", "07A12": "07"}

# What the receiver knows when the example of that message is right.
TOESTANDEN: dict[str, Toestand] = {
    "301": Toestand(VANDAAG),
    "305": Toestand(VANDAAG, toewijzingen=(GEWOON,)),
    "307": Toestand(VANDAAG, toewijzingen=(GEWOON,), starts=(GESTART,)),
    "315": Toestand(VANDAAG),
    "317": Toestand(VANDAAG, toewijzingen=(GEWOON,)),
    "319": Toestand(VANDAAG, verzoeken=(VERZOEK,)),
    "323": Toestand(VANDAAG, toewijzingen=(GEWOON,)),
    "325": Toestand(VANDAAG, declaraties=(DECLARATIE,), prestaties=(BETAALD,)),
}

Wijziging = tuple[str, Any]


@dataclass(frozen=True)
class Geval:
    """`fout` breaks the rule, `goed` just does not. A change is a path and a value; a value that can be called gets the
    old one. `weet` and `weet_goed` change the Toestand."""

    regel: str
    nummer: str
    fout: tuple[Wijziging, ...] = ()
    goed: tuple[Wijziging, ...] = ()
    weet: dict[str, Any] = field(default_factory=dict)
    weet_goed: dict[str, Any] = field(default_factory=dict)
    begin: Any = None

    def __str__(self) -> str:
        return f"{self.regel}-{self.nummer}"


def zet(waarde: Any, pad: str, nieuw: Any) -> Any:
    """A copy with one thing changed: `client.start_producten.0.begindatum`. A callable gets the old value."""
    if not pad:
        return nieuw(waarde) if callable(nieuw) else nieuw
    eerste, _, rest = pad.partition(".")
    if eerste.isdigit():
        nummer = int(eerste)
        return (*waarde[:nummer], zet(waarde[nummer], rest, nieuw), *waarde[nummer + 1 :])
    return replace(waarde, **{eerste: zet(getattr(waarde, eerste), rest, nieuw)})


def gewijzigd(bericht: Any, wijzigingen: tuple[Wijziging, ...]) -> Any:
    for pad, nieuw in wijzigingen:
        bericht = zet(bericht, pad, nieuw)
    return bericht


def dubbel(**anders: Any) -> Any:
    """The same items, and the last one once more with something else in it."""
    return lambda items: (*items, replace(items[-1], **anders))


__all__ = [
    "ANDERE_CLIENT",
    "ANDER_BSN",
    "ASPECIFIEK",
    "BETAALD",
    "DECLARATIE",
    "GENERIEK",
    "GEPAUZEERD",
    "GESTART",
    "GESTOPT",
    "GEWOON",
    "LIJST",
    "MET_BUDGET",
    "TOESTANDEN",
    "VERZOEK",
    "Antwoord",
    "Geval",
    "Verzoek",
    "dubbel",
    "gewijzigd",
    "zet",
]

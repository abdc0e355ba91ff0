"""Plays the scenarios of the queue on the real rules: a list in memory, one event at a time (R-110 to R-119, R-130)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from tests.vectoren.lezen import Vector
from tests.vectoren.termijnen import dag
from wachtlijst import rules
from wachtlijst.rules import Handeling, Partij, Toestand, Weigering, Weigeringsgrond
from wmo.data import gemeenteregels

WACHT = frozenset({"OPEN", "TERUGGEPLAATST"})
BEZET = frozenset({"GECLAIMD", "TOEGEWEZEN", "GESTART"})


@dataclass(frozen=True)
class Regel:
    """One place on a list, as the vectors describe it."""

    id: str
    gemeente: str
    geplaatst_op: datetime
    spoed: bool
    status: str
    beschikking_datum: date | None
    spoedtraject: bool = False

    @classmethod
    def uit(cls, rij: dict[str, Any]) -> "Regel":
        return cls(
            id=rij["id"],
            gemeente=rij["gemeente"],
            geplaatst_op=datetime.fromisoformat(rij["geplaatst_op"]),
            spoed=bool(rij.get("spoed")),
            status=rij.get("status", "OPEN"),
            beschikking_datum=dag(rij.get("beschikking_datum")),
            spoedtraject=bool(rij.get("spoedtraject") or rij.get("spoedtraject_loopt")),
        )

    @property
    def op_de_lijst(self) -> bool:
        return self.status in WACHT and not self.spoedtraject and self.beschikking_datum is not None

    @property
    def toestand(self) -> Toestand:
        if self.status in WACHT:
            return Toestand.OPEN
        return Toestand.BEZET if self.status in BEZET else Toestand.VAN_DE_LIJST


@dataclass
class Lijsten:
    """All lists of a scenario with the settings of the gemeenten."""

    instellingen: dict[str, Any]
    regels: dict[str, Regel] = field(default_factory=dict)
    geclaimd_door: dict[str, str] = field(default_factory=dict)

    def spoedlabel(self, gemeente: str) -> bool:
        return bool(self.instellingen.get("spoedlabel_op_wachtlijst", {}).get(gemeente, True))

    @staticmethod
    def actief(gemeente: str) -> bool:
        return bool(gemeenteregels(gemeente).get("wachtlijst_actief"))

    def volgende(self, gemeente: str) -> str | None:
        open_plekken = [regel for regel in self.regels.values() if regel.gemeente == gemeente and regel.op_de_lijst]
        eerste = rules.volgende(open_plekken, spoedlabel=self.spoedlabel(gemeente))
        return eerste.id if eerste and self.actief(gemeente) else None

    def zet(self, regel_id: str, **velden: Any) -> None:
        self.regels[regel_id] = replace(self.regels[regel_id], **velden)


def _claim(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> Weigering | None:
    regel = lijsten.regels.get(gebeurtenis["regel"])
    weigering = rules.weiger(_als_claim(lijsten, regel, gebeurtenis))
    if weigering is None and regel is not None:
        lijsten.zet(regel.id, status="GECLAIMD")
        lijsten.geclaimd_door[regel.id] = gebeurtenis["aanbieder"]
    return weigering


def _als_claim(lijsten: Lijsten, regel: Regel | None, gebeurtenis: dict[str, Any]) -> rules.Claim:
    if regel is None:
        return rules.Claim(toestand=None)
    eerst = lijsten.volgende(regel.gemeente)
    return rules.Claim(
        toestand=regel.toestand,
        wachtlijst_actief=lijsten.actief(regel.gemeente),
        spoedtraject_loopt=regel.spoedtraject,
        beschikking_datum=regel.beschikking_datum,
        binnen_perceel=regel.gemeente in gebeurtenis["percelen"],
        bezet_door=lijsten.geclaimd_door.get(regel.id, ""),
        eerst=None if eerst == regel.id else eerst,
        startdatum=dag(gebeurtenis.get("startdatum")),
    )


def _plaats(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> Weigering | None:
    regel = Regel.uit(gebeurtenis["regel"])
    weigering = rules.weiger_plaatsing(
        wachtlijst_actief=lijsten.actief(regel.gemeente),
        beschikking_datum=regel.beschikking_datum,
        spoedtraject_loopt=_spoedtraject_loopt(lijsten, regel),
    )
    if weigering is None:
        lijsten.regels[regel.id] = replace(regel, status="OPEN")
    return weigering


def _spoedtraject_loopt(lijsten: Lijsten, regel: Regel) -> bool:
    bestaand = lijsten.regels.get(regel.id)
    return regel.spoedtraject or bool(bestaand and bestaand.spoedtraject)


def _zet(**velden: Any) -> Callable[[Lijsten, dict[str, Any]], None]:
    def doe(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> None:
        lijsten.zet(gebeurtenis["regel"], **velden)

    return doe


def _label(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> None:
    lijsten.zet(gebeurtenis["regel"], spoed=bool(gebeurtenis["waarde"]))


def _wijzig(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> None:
    """Hours, pets and the like: nothing that the order looks at."""


def _terug(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> None:
    """A return after a pause gets a new moment; a lapsed claim keeps its own."""
    moment = gebeurtenis.get("geplaatst_op") or gebeurtenis.get("op")
    velden = {"geplaatst_op": datetime.fromisoformat(moment)} if moment else {}
    lijsten.zet(gebeurtenis["regel"], status="OPEN", **velden)


INGREPEN: dict[str, tuple[Handeling, Callable[[Lijsten, dict[str, Any]], None]]] = {
    "spoedlabel": (Handeling.SPOEDLABEL, _label),
    "wijzigen": (Handeling.WIJZIGEN, _wijzig),
    "intrekken": (Handeling.INTREKKEN, _zet(status="INGETROKKEN")),
    "verplaatsen": (Handeling.VERPLAATSEN, _wijzig),
    "toewijzen": (Handeling.TOEWIJZEN, _zet(status="TOEGEWEZEN")),
    "spoedtraject_start": (Handeling.SPOEDTRAJECT, _zet(spoedtraject=True)),
    "spoedtraject_einde": (Handeling.SPOEDTRAJECT, _zet(spoedtraject=False)),
    "claim_vervalt": (Handeling.INTREKKEN, _terug),
    "terugplaatsen": (Handeling.PLAATSEN, _terug),
}


def _partij(gebeurtenis: dict[str, Any]) -> Partij:
    """Who did it; an event without a party is the gemeente's own."""
    return Partij(gebeurtenis.get("door") or Partij.GEMEENTE)


def _ingreep(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> Weigering | None:
    handeling, uitvoeren = INGREPEN[gebeurtenis["type"]]
    if weigering := rules.weiger_handeling(handeling, _partij(gebeurtenis)):
        return weigering
    if gebeurtenis["regel"] not in lijsten.regels:
        return rules.weiger(rules.Claim(toestand=None))
    uitvoeren(lijsten, gebeurtenis)
    return None


def _gebeurt(lijsten: Lijsten, gebeurtenis: dict[str, Any]) -> dict[str, Any]:
    """One event: its result, the reason of a refusal, and what follows from a claim."""
    soort = gebeurtenis["type"]
    if soort == "claim":
        weigering = _claim(lijsten, gebeurtenis)
    elif soort == "plaatsen":
        weigering = rules.weiger_handeling(Handeling.PLAATSEN, _partij(gebeurtenis)) or _plaats(lijsten, gebeurtenis)
    elif soort in INGREPEN:
        weigering = _ingreep(lijsten, gebeurtenis)
    else:
        raise AssertionError(f"onbekende gebeurtenis {soort!r}: er is geen regel voor")
    uitkomst: dict[str, Any] = {"resultaat": "geweigerd" if weigering else "ok", "reden": None}
    if weigering:
        uitkomst["reden"] = weigering.grond.value
        if weigering.grond is Weigeringsgrond.NIET_AAN_DE_BEURT:
            uitkomst["eerst"] = lijsten.volgende(lijsten.regels[gebeurtenis["regel"]].gemeente)
    elif soort == "claim":
        uitkomst["volgt"] = "301 binnen 2 werkdagen"
    return uitkomst


def scenario(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    lijsten = Lijsten(invoer["instellingen"], {rij["id"]: Regel.uit(rij) for rij in invoer["regels"]})
    gevraagd = vector.verwacht.get("volgende_vooraf", {})
    antwoord: dict[str, Any] = {"volgende_vooraf": {code: lijsten.volgende(code) for code in gevraagd}}
    antwoord["na_gebeurtenis"] = []
    for gebeurtenis, verwacht in zip(invoer["gebeurtenissen"], vector.verwacht["na_gebeurtenis"], strict=True):
        uitkomst = _gebeurt(lijsten, gebeurtenis)
        uitkomst["volgende"] = {code: lijsten.volgende(code) for code in verwacht.get("volgende", {})}
        antwoord["na_gebeurtenis"].append(uitkomst)
    return antwoord


SOORTEN = {"scenario": scenario}

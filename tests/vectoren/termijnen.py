"""Answers of the term rules (R-011 to R-053) in the words of the vectors."""

from datetime import date, datetime
from typing import Any

from tests.vectoren.lezen import Vector
from wmo.data import dwangsombedragen
from wmo.periodes import AMSTERDAM, vandaag
from wmo.rules import dwangsom, opschorting, termijnen
from wmo.rules.contracttermijnen import klokuren_later
from wmo.rules.opschorting import Grond, Opschorting


def dag(tekst: str | None) -> date | None:
    return None if tekst is None else date.fromisoformat(tekst)


def tekst(waarde: date | None) -> str | None:
    return None if waarde is None else waarde.isoformat()


def _datum(invoer: dict[str, Any], veld: str) -> date:
    return date.fromisoformat(invoer[veld])


def _einde(termijn: termijnen.Termijn) -> dict[str, Any]:
    return {"ruwe_einddatum": tekst(termijn.ruw), "einddatum": tekst(termijn.laatste_dag)}


def onderzoek(vector: Vector) -> dict[str, Any]:
    termijn = termijnen.onderzoek(_datum(vector.invoer, "melding"), vector.kalender)
    return _einde(termijn) | {"aanvraag_zonder_verslag_vanaf": tekst(termijn.verstreken_vanaf)}


def persoonlijk_plan(vector: Vector) -> dict[str, Any]:
    melding = _datum(vector.invoer, "melding")
    gewoon = termijnen.gewone_dagen_in(melding, termijnen.PERSOONLIJK_PLAN_DAGEN, vector.kalender)
    return _einde(termijnen.persoonlijk_plan(melding, vector.kalender)) | {
        "werkdagen_in_7_dagen": gewoon,
        "atw2_verlenging_nodig": gewoon < 2,
    }


def _opschorting(rij: dict[str, Any]) -> Opschorting | None:
    if "uitnodiging" in rij:
        return opschorting.wegens_aanvulling(
            uitnodiging=_datum(rij, "uitnodiging"),
            hersteltermijn=dag(rij.get("hersteltermijn_tot_en_met")),
            aangevuld=dag(rij.get("aangevuld")),
        )
    if "mededeling" in rij:
        return opschorting.wegens_buitenlandse_informatie(
            mededeling=_datum(rij, "mededeling"), informatie_ontvangen=dag(rij.get("informatie_ontvangen"))
        )
    return Opschorting(Grond(rij["grond"]), _datum(rij, "eerste_dag"), dag(rij.get("laatste_dag")))


def _besluittermijn(vector: Vector) -> opschorting.Besluittermijn:
    rijen = (_opschorting(rij) for rij in vector.invoer.get("opschortingen") or [])
    return opschorting.besluit(
        _datum(vector.invoer, "aanvraag"), vector.kalender, [rij for rij in rijen if rij is not None]
    )


def besluit(vector: Vector) -> dict[str, Any]:
    uitkomst = _besluittermijn(vector)
    einde = _einde(uitkomst.termijn) if uitkomst.termijn else {"ruwe_einddatum": None, "einddatum": None}
    return einde | {"opgeschorte_dagen": uitkomst.opgeschorte_dagen}


def doorlooptijd(vector: Vector) -> dict[str, Any]:
    return {"streefdatum": tekst(termijnen.doorlooptijd(_datum(vector.invoer, "melding")))}


def bezwaar(vector: Vector) -> dict[str, Any]:
    bekendmaking = _datum(vector.invoer, "bekendmaking")
    eerste_dag = termijnen.EEN_DAG + bekendmaking
    return _einde(termijnen.bezwaar(bekendmaking, vector.kalender)) | {"eerste_dag": tekst(eerste_dag)}


def bezwaar_tijdig(vector: Vector) -> dict[str, Any]:
    bekendmaking = _datum(vector.invoer, "bekendmaking")
    per_post = vector.invoer.get("kanaal", "post") == "post"
    tijdig = termijnen.bezwaar_is_tijdig(
        bekendmaking=bekendmaking,
        ontvangen=dag(vector.invoer.get("ontvangen")),
        ter_post=dag(vector.invoer.get("ter_post")) if per_post else None,
        kalender=vector.kalender,
    )
    return {"tijdig": tijdig, "einde_termijn": tekst(termijnen.bezwaar(bekendmaking, vector.kalender).laatste_dag)}


def beslissing_op_bezwaar(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    termijn = termijnen.beslissing_op_bezwaar(
        _datum(invoer, "bekendmaking"),
        vector.kalender,
        adviescommissie=bool(invoer.get("adviescommissie")),
        verdaagd=bool(invoer.get("verdaagd")),
    )
    return _einde(termijn) | {"einde_bezwaartermijn": tekst(termijn.gebeurtenis)}


def dwangsom_bedrag(vector: Vector) -> dict[str, Any]:
    bedragen = dwangsom.bedragen_op(_datum(vector.invoer, "ingebrekestelling_ontvangen"), dwangsombedragen())
    dagen = max(0, vector.invoer["dagen_in_gebreke"])
    bedrag = dwangsom.bedrag_na(dagen, bedragen)
    return {
        "dagen_verschuldigd": min(dagen, dwangsom.MAXIMUM_DAGEN),
        "bedrag_eur": f"{bedrag:.2f}",
        "bedrag_cent": int(bedrag * 100),
    }


def dwangsom_datum(vector: Vector) -> dict[str, Any]:
    termijn = _besluittermijn(vector).termijn
    assert termijn is not None, "een lopende opschorting heeft geen uiterste beslisdatum"
    # no decision yet: the penalty runs to its maximum
    uitkomst = dwangsom.dwangsom(
        uiterste_beslisdatum=termijn.laatste_dag,
        ingebrekestelling=_datum(vector.invoer, "ingebrekestelling_ontvangen"),
        bekendgemaakt_of_vandaag=dag(vector.invoer.get("besluit_bekendgemaakt")) or date.max,
        tabel=dwangsombedragen(),
        kalender=vector.kalender,
    )
    return {
        "uiterste_beslisdatum": tekst(termijn.laatste_dag),
        "ingebrekestelling_geldig": uitkomst.ingebrekestelling_geldig,
        "einde_twee_weken": tekst(uitkomst.einde_twee_weken),
        "eerste_dwangsomdag": tekst(uitkomst.eerste_dag),
        "eerste_dag": tekst(uitkomst.eerste_dag),
        "dagen": uitkomst.dagen,
        "bedrag_eur": f"{uitkomst.bedrag:.2f}",
    }


def atw_minimum(vector: Vector) -> dict[str, Any]:
    gebeurtenis, dagen = _datum(vector.invoer, "gebeurtenis"), vector.invoer["termijn_dagen"]
    termijn = termijnen.wettelijke_termijn(gebeurtenis, dagen, termijnen.Eenheid.DAGEN, vector.kalender)
    gewoon = termijnen.gewone_dagen_in(gebeurtenis, dagen, vector.kalender)
    return _einde(termijn) | {"gewone_dagen_in_ruwe_termijn": gewoon, "verlengd_door_atw2": dagen >= 3 and gewoon < 2}


def _in_uren(invoer: dict[str, Any]) -> dict[str, Any]:
    """A term in hours runs through everything; a date without a time starts at midnight."""
    moment = datetime.fromisoformat(invoer["gebeurtenis"])
    einde = klokuren_later(moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM), invoer["aantal"])
    uiterlijk = einde.isoformat() if "T" in invoer["gebeurtenis"] else vandaag(einde).isoformat()
    return {"ruwe_einddatum": uiterlijk, "einddatum": uiterlijk}


def atw_grens(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    if invoer["eenheid"] == "uren":
        return _in_uren(invoer)
    soort = str(invoer.get("soort_termijn") or "algemeen")
    if soort.startswith("terug"):
        soort = termijnen.SoortTermijn.TERUGGEREKEND
    return _einde(
        termijnen.wettelijke_termijn(
            _datum(invoer, "gebeurtenis"),
            invoer["aantal"],
            termijnen.Eenheid(invoer["eenheid"]),
            vector.kalender,
            termijnen.SoortTermijn(soort),
        )
    )


SOORTEN = {
    "onderzoek_6wk": onderzoek,
    "persoonlijk_plan_7d": persoonlijk_plan,
    "besluit_2wk": besluit,
    "besluit_opschorting": besluit,
    "besluit_opschorting_gebeurtenis": besluit,
    "doorlooptijd_8wk": doorlooptijd,
    "bezwaar_6wk": bezwaar,
    "bezwaar_tijdig": bezwaar_tijdig,
    "beslissing_op_bezwaar": beslissing_op_bezwaar,
    "dwangsom_bedrag": dwangsom_bedrag,
    "dwangsom_datum": dwangsom_datum,
    "dwangsom_prematuur": dwangsom_datum,
    "atw2_min_twee": atw_minimum,
    "atw_uitgesloten": atw_grens,
    "atw_grens": atw_grens,
}

"""Answers of the contract terms (R-045, R-101, R-103, R-128, R-233) in the words of the vectors."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.vectoren.lezen import Vector
from wmo.periodes import AMSTERDAM
from wmo.rules import contracttermijnen


def werkdagen(vector: Vector) -> dict[str, Any]:
    van = date.fromisoformat(vector.invoer["van"])
    return {"uiterste_datum": vector.kalender.werkdagen_na(van, vector.invoer["werkdagen"]).isoformat()}


def start_signalen(vector: Vector) -> dict[str, Any]:
    ontvangst = date.fromisoformat(vector.invoer["ontvangst_301"])
    signalen = contracttermijnen.startsignalen(ontvangst, vector.kalender)
    return {
        "waarschuwing_dag15": signalen.waarschuwing.isoformat(),
        "uiterste_datum_dag20": signalen.uiterste_datum.isoformat(),
        "overschreden_vanaf": signalen.overschreden_vanaf.isoformat(),
    }


def klokuren(vector: Vector) -> dict[str, Any]:
    uitvraag, uren = datetime.fromisoformat(vector.invoer["uitvraag"]), vector.invoer["uren"]
    uiterlijk = contracttermijnen.klokuren_later(uitvraag, uren)
    wandklok = uitvraag.astimezone(AMSTERDAM).replace(tzinfo=None) + timedelta(hours=uren)
    return {"uiterlijk": uiterlijk.isoformat(), "wandklok_verschilt": uiterlijk.replace(tzinfo=None) != wandklok}


def weken(vector: Vector) -> dict[str, Any]:
    van = date.fromisoformat(vector.invoer["van"])
    return {"datum": contracttermijnen.weken_later(van, vector.invoer["weken"]).isoformat()}


SOORTEN = {"werkdagen": werkdagen, "start_signalen": start_signalen, "klokuren_24": klokuren, "weken_8": weken}

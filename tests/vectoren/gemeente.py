"""Answers of the municipal rules (R-080 to R-089, R-137 to R-154, R-230 to R-233) in the words of the vectors."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from tests.vectoren.lezen import Vector
from tests.vectoren.termijnen import dag, tekst
from wmo.data import eigen_bijdrage_maxima, gemeenteregels
from wmo.rules import afspraken, eigen_bijdrage, levering
from wmo.rules import gemeenteregels as regels
from wmo.rules.gemeenteregels import Gemeenteregels


def _regels(vector: Vector) -> Gemeenteregels:
    return Gemeenteregels.uit(gemeenteregels(vector.invoer["gemeente"]))


def _bericht(bericht: regels.Bericht, datum: date | None) -> dict[str, Any]:
    """A message with what the vectors may say about it."""
    veld = {"305": "begindatum", "307": "einddatum"}.get(bericht.code, "datum")
    rij = {"bericht": bericht.code, "status": 1, veld: tekst(datum)}
    return rij | ({"reden": bericht.reden} if bericht.reden else {})


def pauze(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    vanaf, hervat_op = date.fromisoformat(invoer["pauze_vanaf"]), dag(invoer.get("hervat_op"))
    aanleiding = regels.Aanleiding.VERZOEK_CLIENT
    if invoer.get("aanleiding") == regels.Aanleiding.LEVERINGSPROBLEEM:
        aanleiding = regels.Aanleiding.LEVERINGSPROBLEEM
    uitkomst = regels.pauze(
        _regels(vector),
        vanaf=vanaf,
        hervat_op=hervat_op,
        aanleiding=aanleiding,
        echte_wijziging=bool(invoer.get("echte_wijziging_nodig")),
    )
    datums = {
        "facturatie_stopt": tekst(uitkomst.facturatie_stopt),
        "hervat": tekst(hervat_op),
        "overleg_met_inwoner": tekst(uitkomst.overleg_op),
    }
    return {
        "acties": sorted(actie.value for actie in uitkomst.acties),
        "berichten_bij_pauze": [_bericht(bericht, vanaf) for bericht in uitkomst.bij_pauze],
        "berichten_bij_hervatting": [_bericht(bericht, hervat_op) for bericht in uitkomst.bij_hervatting],
        "datums": {naam: datum for naam, datum in datums.items() if datum is not None},
    }


def maanden_zonder_zorg(vector: Vector) -> dict[str, Any]:
    invoer = vector.invoer
    uitkomst = eigen_bijdrage.maanden_zonder_zorg(
        _regels(vector),
        van=date.fromisoformat(invoer["geen_zorg_van"]),
        tot_en_met=dag(invoer.get("geen_zorg_tm")),
        hervat_op=dag(invoer.get("hervat_op")),
        oorzaak=invoer["oorzaak"],
    )
    return {
        "maanden_zonder_bijdrage": [f"{maand.ingangsdatum:%Y-%m}" for maand in uitkomst.maanden],
        "terugvragen_tot_en_met": tekst(uitkomst.terugvragen_tot_en_met),
    }


def no_show(vector: Vector) -> dict[str, Any]:
    datums = [date.fromisoformat(datum) for datum in vector.invoer["no_shows"]]
    return {
        "per_no_show": [
            {
                "datum": rij.datum.isoformat(),
                "melden_aan_gemeente": rij.melden_aan_gemeente,
                "teller_12_maanden": rij.teller,
                "contact_toegang": rij.contact_toegang,
            }
            for rij in afspraken.no_shows(datums)
        ]
    }


def no_show_factuur(vector: Vector) -> dict[str, Any]:
    factuur = afspraken.factuur_aan_client(overleg_geweest=bool(vector.invoer["overleg_met_gemeente_geweest"]))
    return {"factuur_aan_client": factuur.value, "declarabel_bij_gemeente": afspraken.NO_SHOW_DECLARABEL}


def afzegging(vector: Vector) -> dict[str, Any]:
    afgezegd_op = vector.invoer.get("afgezegd_op")
    soort = afspraken.soort_afzegging(
        datetime.fromisoformat(vector.invoer["afspraak"]),
        datetime.fromisoformat(afgezegd_op) if afgezegd_op else None,
    )
    return {"soort": soort.value, "melden_aan_gemeente": soort is afspraken.Afzegging.NO_SHOW}


def overlijden(vector: Vector) -> dict[str, Any]:
    uitkomst = regels.na_overlijden(
        _regels(vector),
        overleden=date.fromisoformat(vector.invoer["overleden"]),
        huisgenoot_met_behoefte=bool(vector.invoer["huisgenoot_met_eigen_behoefte"]),
    )
    tijdelijk = tekst(uitkomst.tijdelijk_tot_en_met)
    return {
        "hulp_door_tot_en_met": tekst(uitkomst.hulp_tot_en_met),
        "weken": uitkomst.weken,
        "heronderzoek": uitkomst.heronderzoek,
        "indicatie_op_naam_achterblijver_bij_gelijke_behoefte": uitkomst.op_naam_achterblijver,
        "tijdelijke_toewijzing": {"op_naam_van": "achterblijver", "einddatum": tijdelijk} if tijdelijk else None,
        "reden_wijziging": uitkomst.reden_wijziging,
        "eigen_bijdrage_overledene": uitkomst.eigen_bijdrage,
        "provider_meldplicht": uitkomst.aanbieder_meldt,
    }


def start_stop(vector: Vector) -> dict[str, Any]:
    verloop, codes = levering.Leveringsverloop(), []
    for bericht in vector.invoer["berichten"]:
        verwerking = _verwerk(verloop, bericht)
        verloop = verwerking.verloop
        codes.append(verwerking.code)
    return {"codes": codes}


def _verwerk(verloop: levering.Leveringsverloop, bericht: dict[str, Any]) -> levering.Verwerking:
    """A 307 without begindatum belongs to the latest start."""
    begin = dag(bericht.get("begindatum"))
    if bericht["bericht"] == "305":
        assert begin is not None, "een 305 heeft een begindatum"
        return levering.verwerk_start(verloop, levering.Start(begin), bericht["status"])
    if begin is None:
        begin = verloop.lopende_start.begindatum if verloop.lopende_start else date.min
    stop = levering.Stop(begin, date.fromisoformat(bericht["einddatum"]), bericht["reden"])
    return levering.verwerk_stop(verloop, stop, bericht["status"])


def instellingen(vector: Vector) -> dict[str, Any]:
    """What the gemeente laid down; None for a key on which it says nothing."""
    sleutels = [veld.name for veld in fields(Gemeenteregels)]
    return dict.fromkeys(sleutels) | gemeenteregels(vector.invoer["gemeente"])


def maximum(vector: Vector) -> dict[str, Any]:
    return {"max_per_maand_cent": eigen_bijdrage.maximum_per_maand(vector.invoer["jaar"], eigen_bijdrage_maxima())}


def kostprijs(vector: Vector) -> dict[str, Any]:
    verloop = eigen_bijdrage.tot_kostprijs(vector.invoer["kostprijs_cent"], vector.invoer["maandbedrag_cent"])
    return {"maanden": verloop.maanden, "laatste_maand_cent": verloop.laatste_maand}


SOORTEN = {
    "pauze": pauze,
    "eb_kalendermaand": maanden_zonder_zorg,
    "no_show": no_show,
    "no_show_factuur": no_show_factuur,
    "afzegging": afzegging,
    "overlijden": overlijden,
    "overlijden_termijn": overlijden,
    "start_stop_reeks": start_stop,
    "instellingen": instellingen,
    "eb_maximum": maximum,
    "eb_kostprijs": kostprijs,
}

"""Cases for declarations and the answer to them (level 3 and 4 of 323 and 325)."""

from dataclasses import replace
from datetime import date
from typing import Any

from berichten.standaard.v3_2.basis import GeslotenPeriode, XsdVersie
from berichten.voorbeelden import declaratie, prestatie
from tests.berichten.gevallen import (
    ANDER_BSN,
    ANDERE_CLIENT,
    ASPECIFIEK,
    BETAALD,
    DECLARATIE,
    GENERIEK,
    GEWOON,
    LIJST,
    MET_BUDGET,
    Geval,
    zet,
)
from tests.berichten.gevallen_binnen import REGEL

APRIL = GeslotenPeriode(begindatum=date(2025, 4, 1), einddatum=date(2025, 4, 30))
CONTRACT = {"02A01": {"eenheid": "04", "tarief": 6000}}
OP_MINUTEN = {"02A01": {"eenheid": "04", "tarief": 5850}}


def minuten(aantal: int, tarief: int, bedrag: int) -> Any:
    regel = zet(zet(prestatie(volume=aantal, tarief=tarief), "eenheid", "01"), "ingediend_bedrag.bedrag", bedrag)
    return declaratie(regel)


def stap(van: str, tot: str, **anders: Any) -> dict[str, tuple[object, ...]]:
    """A toewijzing from one ISO date to another."""
    periode: dict[str, Any] = {"ingangsdatum": date.fromisoformat(van), "einddatum": date.fromisoformat(tot)}
    return {"toewijzingen": (replace(GEWOON, **periode, **anders),)}


CREDIT = declaratie(prestatie("P0002", vorig="P0001"))

DECLAREREN = [
    Geval("TR304", "323", weet={"toewijzingen": ()}),
    Geval("TR304", "323", weet={"toewijzingen": (ANDERE_CLIENT, replace(GEWOON, nummer=1002))}),
    Geval(
        "TR333",
        "323",
        weet={"declaraties": (DECLARATIE,)},
        weet_goed={"declaraties": (replace(DECLARATIE, declaratienummer="A"),)},
    ),
    Geval(
        "TR318",
        "323",
        weet={"declaraties": (replace(DECLARATIE, declaratienummer="A", begindatum=date(2025, 6, 1)),)},
        weet_goed={"declaraties": (replace(DECLARATIE, declaratienummer="A", begindatum=date(2025, 3, 1)),)},
    ),
    Geval("TR338", "323", fout=((f"{REGEL}.0.toewijzing_nummer", 999),)),
    Geval("TR384", "323", weet={"toewijzingen": (replace(GEWOON, reden_wijziging="13"),)}),
    Geval("TR307", "323", weet=stap("2025-05-02", "2025-12-31"), weet_goed=stap("2025-05-01", "2025-12-31")),
    Geval("TR308", "323", weet=stap("2025-01-01", "2025-05-30"), weet_goed=stap("2025-01-01", "2025-05-31")),
    Geval(
        "TR319",
        "323",
        fout=(("declaratie.declaratie_periode", APRIL),),
        goed=((f"{REGEL}.0.product_periode", APRIL),),
    ),
    Geval(
        "TR339",
        "323",
        weet={"toewijzingen": (replace(GEWOON, categorie="07"),)},
        weet_goed={"toewijzingen": (GENERIEK,)},
    ),
    Geval(
        "TR340",
        "323",
        weet={"toewijzingen": (replace(GEWOON, code="02A02"),)},
        weet_goed={"toewijzingen": (ASPECIFIEK,)},
    ),
    Geval("TR341", "323", fout=((f"{REGEL}.0.eenheid", "16"),)),
    Geval(
        "TR341",
        "323",
        weet={"toewijzingen": (ASPECIFIEK,), "contracttarieven": {"02A01": {"eenheid": "14"}}},
        weet_goed={"toewijzingen": (ASPECIFIEK,), "contracttarieven": CONTRACT},
    ),
    Geval("TR387", "323", fout=((f"{REGEL}.0.product_periode.begindatum", date(2025, 5, 2)),)),
    Geval(
        "TR387",
        "323",
        fout=((f"{REGEL}.0.product_periode.begindatum", date(2025, 5, 9)),),
        goed=((f"{REGEL}.0.product_periode.begindatum", date(2025, 5, 8)),),
        weet=stap("2025-05-08", "2025-12-31"),
        weet_goed=stap("2025-05-08", "2025-12-31"),
    ),
    Geval(
        "TR388",
        "323",
        fout=((f"{REGEL}.0.product_periode.einddatum", date(2025, 5, 30)),),
        goed=((f"{REGEL}.0.product_periode.einddatum", date(2025, 5, 30)),),
        weet_goed=stap("2025-01-01", "2025-05-30"),
    ),
    Geval("TR314", "323", weet={"prestaties": (replace(BETAALD, status="afgekeurd"),)}),
    Geval(
        "TR314",
        "323",
        begin=declaratie(prestatie("P1"), zet(prestatie("P1", vorig="P0001"), "product_periode", APRIL)),
        weet={"prestaties": (replace(BETAALD, van=APRIL.begindatum, tot=APRIL.einddatum),)},
    ),
    Geval("TR323", "323", begin=CREDIT),
    Geval(
        "TR323",
        "323",
        begin=CREDIT,
        weet={"prestaties": (replace(BETAALD, bedrag=60_000, vol=10),)},
        weet_goed={"prestaties": (BETAALD,)},
    ),
    Geval(
        "TR323",
        "323",
        begin=CREDIT,
        weet={"prestaties": (replace(BETAALD, status="ingediend"),)},
        weet_goed={"prestaties": (BETAALD,)},
    ),
    Geval(
        "TR390",
        "323",
        begin=CREDIT,
        weet={"prestaties": (replace(BETAALD, gecrediteerd=True),)},
        weet_goed={"prestaties": (BETAALD,)},
    ),
    Geval(
        "TR390",
        "323",
        begin=CREDIT,
        weet={"prestaties": (BETAALD, replace(BETAALD, referentienummer="C1", dc="C", vorig="P0001"))},
        weet_goed={
            "prestaties": (BETAALD, replace(BETAALD, referentienummer="C1", dc="C", vorig="P0001", status="afgekeurd"))
        },
    ),
    Geval(
        "TR389",
        "323",
        weet={"prestaties": (replace(BETAALD, referentienummer="A"),)},
        weet_goed={"prestaties": (replace(BETAALD, referentienummer="A", status="afgekeurd"),)},
    ),
    Geval(
        "TR389",
        "323",
        begin=declaratie(prestatie("P0003")),
        weet={"prestaties": (replace(BETAALD, status="ingediend"),)},
        weet_goed={"prestaties": (replace(BETAALD, gecrediteerd=True),)},
    ),
    Geval(
        "TR418",
        "323",
        weet={"contracttarieven": {"02A01": {"eenheid": "04", "tarief": 6001}}},
        weet_goed={"contracttarieven": CONTRACT},
    ),
    Geval("TR418", "323", begin=minuten(100, 97, 9750), weet={"contracttarieven": OP_MINUTEN}, fout=()),
    # Three hours a week: May 2025 touches five weeks, so fifteen hours (IV077).
    Geval("TR321", "323", begin=declaratie(prestatie(volume=16))),
    Geval("TR321", "323", begin=minuten(901, 100, 90_100)),
    Geval(
        "TR321",
        "323",
        begin=declaratie(prestatie(volume=19)),
        weet={"toewijzingen": (replace(GEWOON, categorie="02"),)},
    ),
    Geval(
        "TR322",
        "323",
        weet={
            **stap("2025-05-01", "2025-05-31", volume=12, frequentie="6"),
            "prestaties": (replace(BETAALD, referentienummer="A", vol=1, van=date(2025, 5, 2)),),
        },
        weet_goed=stap("2025-05-01", "2025-05-31", volume=12, frequentie="6"),
    ),
    Geval(
        "TR322",
        "323",
        weet={
            "toewijzingen": (replace(GEWOON, volume=12, frequentie="6"),),
            "prestaties": (
                replace(BETAALD, referentienummer="A", vol=1, eh="01", van=date(2025, 4, 1), status="ingediend"),
            ),
        },
        weet_goed={
            "toewijzingen": (replace(GEWOON, volume=12, frequentie="6"),),
            "prestaties": (
                replace(BETAALD, referentienummer="A", vol=1, eh="01", van=date(2025, 4, 1), status="afgekeurd"),
            ),
        },
    ),
    Geval(
        "TR369",
        "323",
        weet={"toewijzingen": (replace(MET_BUDGET, budget=71_999),)},
        weet_goed={"toewijzingen": (MET_BUDGET,)},
    ),
    Geval(
        "TR369",
        "323",
        weet={
            "toewijzingen": (MET_BUDGET,),
            "prestaties": (replace(BETAALD, referentienummer="A", van=date(2025, 4, 1), bedrag=1),),
        },
        weet_goed={"toewijzingen": (MET_BUDGET,)},
    ),
    Geval("TR381", "323", weet={"productcodelijst": {"07A12": "07"}}, weet_goed={"productcodelijst": LIJST}),
    Geval("TR346", "323", begin=declaratie(zet(prestatie(), "ingediend_bedrag.bedrag", 71_000))),
    Geval("TR346", "323", begin=minuten(100, 98, 9800), weet={"contracttarieven": OP_MINUTEN}),
    Geval("TR346", "323", begin=minuten(100, 98, 9849)),
    # 900 minutes at an unknown hour tariff: every cent of it is fifteen cents of the amount.
    Geval("TR346", "323", begin=minuten(900, 100, 90_001)),
]

ANTWOORDEN = [
    Geval("TR304", "325", weet={"prestaties": (replace(BETAALD, bsn=ANDER_BSN),)}),
    Geval("TR337", "325", fout=(("header.declaratie_identificatie.identificatie", "ANDERS"),)),
    Geval(
        "TR371",
        "325",
        fout=(("header.xsd_versie_declaratie", XsdVersie(basisschema_xsd_versie="1.0.1", bericht_xsd_versie="1.0.0")),),
    ),
    Geval("TR376", "325", fout=(("declaratie_antwoord.declaratie_nummer", "ANDERS"),)),
    Geval("TR366", "325", weet={"prestaties": (replace(BETAALD, referentienummer="A"),)}),
    Geval("TR367", "325", weet={"prestaties": (replace(BETAALD, bedrag=72_001),)}),
]

GEVALLEN = [*DECLAREREN, *ANTWOORDEN]

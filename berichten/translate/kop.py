"""Headers: who writes to whom, and under which identification."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection

from berichten.schema import velden
from berichten.standaard import berichtsoorten, soort_van
from berichten.standaard.v3_2.basis import BerichtIdentificatie


def nieuw_kenmerk() -> tuple[int, str]:
    """A primary key for a Bericht and the identification that goes with it: unique, also under concurrency, with gaps.

    Taken from the sequence of the table, so that nobody waits for a number.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('berichten_bericht', 'id'))")
        nummer = cursor.fetchone()[0]
    return nummer, f"{nummer:012d}"


def header(soort: str, *, gemeente: str, aanbieder: str, identificatie: str, dagtekening: date, **extra: Any) -> Any:
    """The header of a heenbericht (not of an answer: that is made by `berichten.retour`)."""
    beschrijving = berichtsoorten[soort]
    van, naar = (gemeente, aanbieder) if beschrijving.kop_van == "gemeente" else (aanbieder, gemeente)
    klasse = velden(beschrijving.klasse)[0].type
    return klasse(
        afzender=van,
        ontvanger=naar,
        bericht_identificatie=BerichtIdentificatie(identificatie=identificatie, dagtekening=dagtekening),
        **extra,
    )


def met_kenmerk(bericht: Any, identificatie: str, dagtekening: date) -> Any:
    """The same message under another identification; an answer still names the one that it answers."""
    if soort_van(bericht).soort == "retour":
        kop = replace(bericht.header, identificatie_retour=identificatie, dagtekening_retour=dagtekening)
    else:
        eigen = BerichtIdentificatie(identificatie=identificatie, dagtekening=dagtekening)
        kop = replace(bericht.header, bericht_identificatie=eigen)
    return replace(bericht, header=kop)

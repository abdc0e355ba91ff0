"""323 and 325: between the lines of a declaration and the messages. Amounts are eurocents there, euros here."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from berichten.datatypes import cent, euro
from berichten.poort import Bevinding
from berichten.standaard.v3_2.basis import BedragMetDC, GeslotenPeriode, Referentie, TotaalBedragMetDC
from berichten.standaard.v3_2.wmo323 import Bericht323, Client323, Prestatie
from berichten.standaard.v3_2.wmo323 import Declaratie as Declaratie323
from declaraties.models import Declaratie, Declaratieregel
from declaraties.rules.controle import Regel
from wmo.periodes import Periode

CLIENT_AFGEKEURD = "8187"


def regels_uit_323(bericht: Bericht323) -> Iterator[Regel]:
    """The lines as declaraties judges them, one by one and in the order of the message."""
    for client in bericht.declaratie.clienten:
        for prestatie in client.prestaties:
            yield _regel(prestatie, client.bsn)


def _regel(prestatie: Prestatie, bsn: str) -> Regel:
    bedrag = prestatie.ingediend_bedrag
    return Regel(
        referentienummer=prestatie.product_referentie.referentie_nummer,
        toewijzingnummer=prestatie.toewijzing_nummer,
        categorie=prestatie.product_categorie,
        productcode=prestatie.product_code,
        periode=Periode(prestatie.product_periode.begindatum, prestatie.product_periode.einddatum),
        volume=prestatie.geleverd_volume,
        eenheid=prestatie.eenheid,
        tarief=None if prestatie.product_tarief is None else euro(prestatie.product_tarief),
        bedrag=euro(bedrag.bedrag),
        is_credit=bedrag.debet_credit == "C",
        vorig_referentienummer=prestatie.product_referentie.vorig_referentie_nummer or "",
        bsn=bsn,
    )


def ingediend_bedrag(bericht: Bericht323) -> Decimal:
    return euro(bericht.declaratie.totaal_ingediend_bedrag.saldo)


def naar_323(header: Any, declaratie: Declaratie, regels: Iterable[Declaratieregel], dagtekening: date) -> Bericht323:
    """`regels` in the order of their client, with `toewijzing.client` loaded."""
    per_client = groupby(regels, key=lambda regel: regel.toewijzing.client.bsn)  # type: ignore[union-attr]
    return Bericht323(
        header=header,
        declaratie=Declaratie323(
            declaratie_nummer=declaratie.declaratienummer,
            declaratie_periode=GeslotenPeriode(
                begindatum=declaratie.periode.ingangsdatum, einddatum=declaratie.periode.laatste_dag
            ),
            declaratie_dagtekening=dagtekening,
            totaal_ingediend_bedrag=_totaal(declaratie.ingediend_bedrag),
            clienten=tuple(
                Client323(bsn=bsn, prestaties=tuple(_prestatie(regel) for regel in groep)) for bsn, groep in per_client
            ),
        ),
    )


def _totaal(saldo: Decimal) -> TotaalBedragMetDC:
    return TotaalBedragMetDC(totaal_bedrag=abs(cent(saldo)), debet_credit="C" if saldo < 0 else "D")


def _prestatie(regel: Declaratieregel) -> Prestatie:
    return Prestatie(
        product_referentie=Referentie(
            referentie_nummer=regel.referentienummer, vorig_referentie_nummer=regel.vorig_referentienummer or None
        ),
        toewijzing_nummer=regel.toewijzingnummer,
        product_categorie=regel.categorie,
        product_code=regel.productcode,
        product_periode=GeslotenPeriode(begindatum=regel.ingangsdatum, einddatum=regel.einddatum),
        geleverd_volume=regel.volume,
        eenheid=regel.eenheid,
        product_tarief=None if regel.tarief is None else cent(regel.tarief),
        ingediend_bedrag=BedragMetDC(bedrag=cent(regel.bedrag), debet_credit="C" if regel.is_credit else "D"),
    )


def afkeuringen(bericht: Bericht323, afgekeurd: dict[str, list[str]]) -> Iterator[Bevinding]:
    """What declaraties refused (reference number -> codes) as findings for the 325: per line, or per client (8187)."""
    nummer = 0
    for volgnummer, client in enumerate(bericht.declaratie.clienten, 1):
        vreemd = False
        for prestatie in client.prestaties:
            nummer += 1
            codes = afgekeurd.get(prestatie.product_referentie.referentie_nummer, [])
            vreemd = vreemd or CLIENT_AFGEKEURD in codes
            for code in codes:
                if code != CLIENT_AFGEKEURD:
                    yield Bevinding("", code, "", "", f"Prestatie[{nummer}]")
        if vreemd:
            yield Bevinding("TR304", CLIENT_AFGEKEURD, "", "", f"Client[{volgnummer}]")

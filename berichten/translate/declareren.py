"""323 and 325: between the lines of a declaration and the messages. Amounts are eurocents there, euros here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
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


def regels_uit_323(clienten: Iterable[Client323]) -> Iterator[Regel]:
    """The lines as declaraties judges them, one by one and in the order of the message."""
    for client in clienten:
        for prestatie in client.prestaties:
            yield _regel(prestatie, client.bsn)


# most lines of a declaration share their period and tariff
_periode = lru_cache(maxsize=1024)(Periode)
_euro = lru_cache(maxsize=4096)(euro)


def _regel(prestatie: Prestatie, bsn: str) -> Regel:
    referentie, periode, bedrag = prestatie.product_referentie, prestatie.product_periode, prestatie.ingediend_bedrag
    return Regel(
        referentie.referentie_nummer,
        prestatie.toewijzing_nummer,
        prestatie.product_categorie,
        prestatie.product_code,
        _periode(periode.begindatum, periode.einddatum),
        prestatie.geleverd_volume,
        prestatie.eenheid,
        None if prestatie.product_tarief is None else _euro(prestatie.product_tarief),
        _euro(bedrag.bedrag),
        bedrag.debet_credit == "C",
        referentie.vorig_referentie_nummer or "",
        bsn,
    )


def met_clienten(kop: Bericht323, clienten: Iterable[Client323]) -> Bericht323:
    """The same declaration with these clients."""
    return replace(kop, declaratie=replace(kop.declaratie, clienten=tuple(clienten)))


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


def met_afkeuringen(
    kop: Bericht323, clienten: Iterable[Client323], afgekeurd: Mapping[str, list[str]]
) -> tuple[Bericht323, tuple[Bevinding, ...]]:
    """What the 325 answers: `kop` with only the refused lines of `clienten`, and the findings on those.

    `afgekeurd` gives the codes by reference number. Code 8187 is of the client: his lines are not judged then.
    """
    alleen = tuple(_alleen(clienten, afgekeurd))
    return met_clienten(kop, alleen), tuple(_bevindingen(alleen, afgekeurd))


def _alleen(clienten: Iterable[Client323], afgekeurd: Mapping[str, list[str]]) -> Iterator[Client323]:
    for client in clienten:
        regels = tuple(p for p in client.prestaties if p.product_referentie.referentie_nummer in afgekeurd)
        if regels:
            yield replace(client, prestaties=regels)


def _bevindingen(clienten: Iterable[Client323], afgekeurd: Mapping[str, list[str]]) -> Iterator[Bevinding]:
    nummer = 0
    for volgnummer, client in enumerate(clienten, 1):
        vreemd = False
        for prestatie in client.prestaties:
            nummer += 1
            codes = afgekeurd[prestatie.product_referentie.referentie_nummer]
            vreemd = vreemd or CLIENT_AFGEKEURD in codes
            for code in codes:
                if code != CLIENT_AFGEKEURD:
                    yield Bevinding("", code, "", "", f"Prestatie[{nummer}]")
        if vreemd:
            yield Bevinding("TR304", CLIENT_AFGEKEURD, "", "", f"Client[{volgnummer}]")

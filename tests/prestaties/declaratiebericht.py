"""A 323 of 50,000 prestaties, from the folder to its 325, against a bare tree and schema on the same bytes.

Ours is everything: stored encrypted, three gates, every line judged against toewijzing, tariff, maximum and earlier
lines, kept as rows, decided, answered. One message of 5,000 lines shows that the cost grows with the lines, and the
month after that earlier lines cost little.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from django.db import connection
from lxml import etree

from berichten.build import build
from berichten.standaard import berichtsoorten
from berichten.standaard.v3_2.basis import BedragMetDC, GeslotenPeriode, Referentie, TotaalBedragMetDC
from berichten.standaard.v3_2.wmo323 import Bericht323, Client323, Declaratie, Prestatie
from berichten.translate.kop import header
from berichten.transport import Postbus
from berichten.transport.bestand import Map
from berichten.xsd import BASISBESTAND, basisschema, berichtschema
from tests.factories import ContractFactory, PerceelFactory, ToewijzingFactory, aanstelling
from tests.factories.declaraties import TariefFactory
from tests.prestaties import Uitkomst, meting
from tests.prestaties._proces import XSDATA_PAKKET, proces
from wmo.demo.mensen import testbsns
from wmo.fields import sleutelhash
from wmo.models import Client, Toewijzing
from wmo.permissions import Rol

KLEIN, GROOT = 5_000, 50_000
PER_CLIENT = 10
PER_MAAND = 600  # minutes
BEDRAG = 600 * 55  # cents, at € 0,55 a minute
OFFICIEEL = Path(__file__).resolve().parents[3] / "shared" / "iwmo" / "bron" / "xsd"
RONDES = 3


@meting("declaratiebericht")
def declaratiebericht() -> Uitkomst:
    model = _bouw()
    with tempfile.TemporaryDirectory() as map_:
        xsd = _schema(Path(map_))
        klein = _verwerk(model, Path(map_, "klein"), KLEIN, date(2026, 9, 1))
        groot = _verwerk(model, Path(map_, "groot"), GROOT, date(2026, 10, 1))
        daarna = _verwerk(model, Path(map_, "daarna"), GROOT, date(2026, 11, 1))
        (bericht,) = Path(map_, "groot").rglob("*.xml")
        kaal = [proces("kaal", bericht, xsd) for _ in range(RONDES)]
        grootte = bericht.stat().st_size
        (kleine,) = Path(map_, "klein").rglob("*.xml")
        lezen = _lezen(kleine, xsd)
    tree = statistics.median(uitkomst["s"] for uitkomst in kaal)
    return Uitkomst(
        verhouding=round(groot["s"] / tree, 2),
        eis=4.0,
        doel=2.0,
        hoogstens=True,
        uitleg=f"{GROOT} prestaties ({grootte / 1e6:.0f} MB) in {groot['s']:.1f} s, boom en schema in {tree:.1f} s",
        cijfers={
            "groei_5000_naar_50000": round(groot["s"] / klein["s"], 1),
            "volgende_maand_s": round(daarna["s"], 1),
            "geheugen_mb": {"klein": klein["mb"], "groot": groot["mb"], "kale_boom": kaal[0]["mb"]},
            "stappen_s": groot["stappen"],
            "alleen_lezen_5000_s": lezen,
            "schema": "officieel" if xsd.parent == OFFICIEEL else "eigen",
        },
    )


def _bouw() -> Toewijzing:
    """One toewijzing as the actions leave it, copied: ten for each of 5,000 clients, with a tariff."""
    model = ToewijzingFactory(ingangsdatum=date(2026, 1, 1), einddatum=date(2027, 12, 31))
    PerceelFactory(aanbieder=model.aanbieder, gemeente=model.gemeente, contract=ContractFactory())
    TariefFactory()
    aanstelling(Rol.BACKOFFICE, gemeente=model.gemeente)
    bsns = islice(testbsns(), 100, 100 + GROOT // PER_CLIENT)
    velden = {v.attname: getattr(model.client, v.attname) for v in Client._meta.concrete_fields if not v.primary_key}
    clienten = Client.objects.bulk_create(
        [Client(**{**velden, "bsn": bsn, "bsn_hash": sleutelhash(bsn)}) for bsn in bsns]
    )
    velden = {v.attname: getattr(model, v.attname) for v in Toewijzing._meta.concrete_fields if not v.primary_key}
    Toewijzing.objects.bulk_create(
        [
            Toewijzing(
                **{**velden, "toewijzingnummer": 500_000 + nummer, "client_id": clienten[nummer // PER_CLIENT].pk}
            )
            for nummer in range(GROOT)
        ],
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return model


def _schema(map_: Path) -> Path:
    """The official schema when it is there, else our own, which gives the same verdict."""
    if OFFICIEEL.is_dir():
        return OFFICIEEL / "WMO323.xsd"
    (map_ / BASISBESTAND).write_text(basisschema())
    (map_ / "WMO323.xsd").write_text(berichtschema(berichtsoorten["323"]))
    return map_ / "WMO323.xsd"


def _lezen(bericht: Path, xsd: Path) -> dict[str, float]:
    """Seconds for the small message: our three gates, and reading it with the classes xsdata makes of the schema."""
    with tempfile.TemporaryDirectory() as map_:
        maak = [sys.executable, "-m", "xsdata", "generate", str(xsd), "--package", XSDATA_PAKKET]
        ruff_erbij = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
        subprocess.run(maak, cwd=map_, check=True, capture_output=True, env=ruff_erbij)
        return {
            "onze_drie_poorten": round(proces("poorten", bericht)["s"], 2),
            "xsdata_zonder_schema": round(proces("xsdata", bericht, map_)["s"], 2),
        }


def _verwerk(model: Toewijzing, map_: Path, aantal: int, maand: date) -> dict[str, Any]:
    """Lay the message in the postbus of the gemeente and let another process take it from there."""
    bus = Map(map_).vak(Postbus(model.gemeente.code, model.aanbieder.agb, "gemeente"))
    bus.mkdir(parents=True)
    boom = etree.ElementTree(etree.fromstring(build(_bericht(model, aantal, maand))))
    etree.indent(boom)  # as most software writes it
    boom.write(bus / "WMO323.xml", encoding="UTF-8", xml_declaration=True)
    return proces("declaratie", map_)


def _bericht(model: Toewijzing, aantal: int, maand: date) -> Bericht323:
    kenmerk, dag = f"M{maand:%y%m}", maand.replace(month=maand.month + 1)
    kop = header(
        "323", gemeente=model.gemeente.code, aanbieder=model.aanbieder.agb, identificatie=kenmerk, dagtekening=dag
    )
    return Bericht323(
        header=kop,
        declaratie=Declaratie(
            declaratie_nummer=kenmerk,
            declaratie_periode=_periode(maand),
            declaratie_dagtekening=dag,
            totaal_ingediend_bedrag=TotaalBedragMetDC(totaal_bedrag=aantal * BEDRAG, debet_credit="D"),
            clienten=tuple(_clienten(model, aantal, maand)),
        ),
    )


def _clienten(model: Toewijzing, aantal: int, maand: date) -> Iterator[Client323]:
    rijen = Toewijzing.objects.exclude(pk=model.pk).select_related("client", "product").order_by("toewijzingnummer")
    for bsn, groep in groupby(rijen[:aantal].iterator(5000), key=lambda toewijzing: toewijzing.client.bsn):
        yield Client323(bsn=bsn, prestaties=tuple(_prestatie(toewijzing, maand) for toewijzing in groep))


def _prestatie(toewijzing: Toewijzing, maand: date) -> Prestatie:
    return Prestatie(
        product_referentie=Referentie(referentie_nummer=f"{maand:%m}{toewijzing.toewijzingnummer}"),
        toewijzing_nummer=toewijzing.toewijzingnummer,
        product_categorie=toewijzing.product.categorie,
        product_code=toewijzing.product.code,
        product_periode=_periode(maand),
        geleverd_volume=PER_MAAND,
        eenheid="01",
        product_tarief=55,
        ingediend_bedrag=BedragMetDC(bedrag=BEDRAG, debet_credit="D"),
    )


def _periode(maand: date) -> GeslotenPeriode:
    laatste = 31 if maand.month == 10 else 30
    return GeslotenPeriode(begindatum=maand, einddatum=maand.replace(day=laatste))

"""A declaration of as many lines as asked: for what is measured, and for what must go well however big it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, islice

from lxml import etree

from berichten.build import build
from berichten.standaard.v3_2.basis import BedragMetDC, GeslotenPeriode, Referentie, TotaalBedragMetDC
from berichten.standaard.v3_2.wmo323 import Bericht323, Client323, Declaratie, Prestatie
from berichten.translate.kop import header
from berichten.transport import Postbus
from berichten.transport.bestand import Map
from tests.factories import ContractFactory, PerceelFactory, ToewijzingFactory, VoorzieningFactory, aanstelling
from tests.factories.declaraties import TariefFactory
from wmo.demo.mensen import testbsns
from wmo.fields import sleutelhash
from wmo.models import Client, Toewijzing
from wmo.periodes import Periode, maanden_later
from wmo.permissions import Rol

EERSTE = 500_000  # toewijzingnummer
PER_CLIENT = 10
PER_MINUUT = 55  # cents


def bouw(aantal: int, maand: date) -> Toewijzing:
    """One toewijzing as the actions leave it, copied: ten for each client, each from another day and for other minutes
    a week, with a tariff. All have begun when `maand` begins, and last."""
    model = ToewijzingFactory(
        voorziening=VoorzieningFactory(ingangsdatum=maand, einddatum=maanden_later(maand, 23)), einddatum=None
    )
    contract = ContractFactory(einddatum=maanden_later(maand, 30))
    PerceelFactory(aanbieder=model.aanbieder, gemeente=model.gemeente, contract=contract)
    TariefFactory(contract=contract, ingangsdatum=maanden_later(maand, -12))
    aanstelling(Rol.BACKOFFICE, gemeente=model.gemeente)
    bsns = islice(testbsns(), 100, 100 + -(-aantal // PER_CLIENT))
    velden = {v.attname: getattr(model.client, v.attname) for v in Client._meta.concrete_fields if not v.primary_key}
    clienten = Client.objects.bulk_create(
        [Client(**{**velden, "bsn": bsn, "bsn_hash": sleutelhash(bsn)}) for bsn in bsns]
    )
    assert model.volume is not None
    velden = {v.attname: getattr(model, v.attname) for v in Toewijzing._meta.concrete_fields if not v.primary_key}
    Toewijzing.objects.bulk_create(
        [
            Toewijzing(
                **{
                    **velden,
                    "toewijzingnummer": EERSTE + nummer,
                    "client_id": clienten[nummer // PER_CLIENT].pk,
                    "ingangsdatum": maand - timedelta(days=nummer % 300),
                    "volume": model.volume + 15 * (nummer % 7),
                }
            )
            for nummer in range(aantal)
        ],
        batch_size=5000,
    )
    Client.objects.filter(pk=model.client_id).update(geen_berichtenverkeer=True)  # of the model itself nothing is sent
    return model


def bericht(model: Toewijzing, aantal: int, maand: date) -> Bericht323:
    """The lines of the first `aantal` toewijzingen for a calendar month, dated on the first day after it."""
    kenmerk, dag = f"M{maand:%y%m}", maanden_later(maand, 1)
    kop = header(
        "323", gemeente=model.gemeente.code, aanbieder=model.aanbieder.agb, identificatie=kenmerk, dagtekening=dag
    )
    return Bericht323(
        header=kop,
        declaratie=Declaratie(
            declaratie_nummer=kenmerk,
            declaratie_periode=_periode(maand),
            declaratie_dagtekening=dag,
            totaal_ingediend_bedrag=TotaalBedragMetDC(totaal_bedrag=sum(map(_bedrag, range(aantal))), debet_credit="D"),
            clienten=tuple(_clienten(model, aantal, maand)),
        ),
    )


def leg_in_bus(model: Toewijzing, inhoud: Bericht323, map_: Map) -> None:
    """In the postbus of the gemeente, written as most software does: indented."""
    bus = map_.vak(Postbus(model.gemeente.code, model.aanbieder.agb, "gemeente"))
    bus.mkdir(parents=True, exist_ok=True)
    boom = etree.ElementTree(etree.fromstring(build(inhoud)))
    etree.indent(boom)
    boom.write(bus / "nieuw", encoding="UTF-8", xml_declaration=True)
    (bus / "nieuw").rename(bus / "WMO323.xml")


def _clienten(model: Toewijzing, aantal: int, maand: date) -> Iterator[Client323]:
    rijen = Toewijzing.objects.filter(toewijzingnummer__gte=EERSTE, toewijzingnummer__lt=EERSTE + aantal)
    gesorteerd = rijen.select_related("client", "product").order_by("toewijzingnummer")
    for bsn, groep in groupby(gesorteerd.iterator(5000), key=lambda toewijzing: toewijzing.client.bsn):
        yield Client323(bsn=bsn, prestaties=tuple(_prestatie(toewijzing, maand) for toewijzing in groep))


def _minuten(nummer: int) -> int:
    """Five hours to twelve and a half, by the quarter of an hour."""
    return 300 + 15 * (nummer % 31)


def _bedrag(nummer: int) -> int:
    return PER_MINUUT * _minuten(nummer)


def _prestatie(toewijzing: Toewijzing, maand: date) -> Prestatie:
    nummer = toewijzing.toewijzingnummer - EERSTE
    return Prestatie(
        product_referentie=Referentie(referentie_nummer=f"{maand:%m}{toewijzing.toewijzingnummer}"),
        toewijzing_nummer=toewijzing.toewijzingnummer,
        product_categorie=toewijzing.product.categorie,
        product_code=toewijzing.product.code,
        product_periode=_periode(maand),
        geleverd_volume=_minuten(nummer),
        eenheid="01",
        product_tarief=PER_MINUUT,
        ingediend_bedrag=BedragMetDC(bedrag=_bedrag(nummer), debet_credit="D"),
    )


def _periode(maand: date) -> GeslotenPeriode:
    periode = Periode.maand_van(maand)
    return GeslotenPeriode(begindatum=periode.ingangsdatum, einddatum=periode.laatste_dag)

"""A request for an opdracht travels: 315 -> 316, then 319 or the 301 that grants it."""

from dataclasses import replace
from datetime import date

import pytest

from berichten.actions import verzoeken as antwoorden
from berichten.actions import vragen
from berichten.actions.schrijven import stukken
from berichten.build import build
from berichten.models import Bericht
from berichten.parse import parse
from berichten.standaard.v3_2.basis import Product
from berichten.translate.kop import header
from berichten.translate.verzoeken import naar_315
from berichten.transport import Postbus, Zending
from tests.berichten.vragen.conftest import VANAF, als_onbekende, gevraagd, kantoor, verkeer, vraag
from tests.factories import (
    BeschikkingFactory,
    ContractFactory,
    PerceelFactory,
    ProductFactory,
    ToewijzingFactory,
    VoorzieningFactory,
    ZaakFactory,
    aanstelling,
    moment,
)
from tests.factories.wachtlijst import lijstgemeente, plek
from wmo.actions import verzoeken
from wmo.actions.kader import Geweigerd
from wmo.models import Taak, Toewijzing, Verzoek
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


def test_verzoek_komt_aan_als_werk_met_vijf_werkdagen(besluit, planner, keten):
    """OP274. The aanbieder sees nobody but whom it typed itself."""
    gestuurd = vraag(besluit, planner)
    assert gestuurd is not None
    assert gestuurd.client is None
    keten()
    verzoek = Verzoek.objects.get()
    assert (verzoek.soort, verzoek.status, verzoek.client) == ("315", "ingediend", besluit.client)
    assert (verzoek.uiterlijk, verzoek.toelichting) == (date(2026, 11, 30), "De cliënt belde ons zelf.")
    taak = Taak.objects.open().get(soort=Taak.Soort.VERZOEK_BEOORDELEN)
    assert (taak.pad, taak.zaak) == (f"/verzoeken/{verzoek.pk}/", besluit.beschikking.zaak)
    assert verkeer("aanbieder") == [("uit", "315", "goedgekeurd"), ("in", "316", "goedgekeurd")]
    gestuurd.refresh_from_db()
    assert (gestuurd.verzoek, gestuurd.client) == (verzoek, None)


def test_goedkeuren_geeft_een_301_met_het_kenmerk(besluit, planner, keten):
    """TR379: the reference of the request travels back, and the request joins the conversation on both sides."""
    vraag(besluit, planner)
    keten()
    verzoek = Verzoek.objects.get()
    antwoorden.honoreer(verzoek=verzoek, door=kantoor(besluit), nu=moment(uur=11))
    keten()
    toewijzing = Toewijzing.objects.get()
    assert (toewijzing.aanbieder, toewijzing.ingangsdatum, toewijzing.volume) == (planner.aanbieder, VANAF, 120)
    opdracht = parse(Bericht.objects.get(kant="gemeente", soort="301").inhoud)
    (product,) = opdracht.client.toegewezen_producten
    assert product.referentie_aanbieder == verzoek.referentie
    verzoek.refresh_from_db()
    assert verzoek.status == "gehonoreerd"
    assert not Bericht.objects.filter(soort="319").exists()
    for kant in ("gemeente", "aanbieder"):
        gesprek = toewijzing.berichten.filter(kant=kant).order_by("id").values_list("soort", flat=True)
        assert list(gesprek) == ["315", "316", "301", "302"]


def test_onderzoeken_kan_een_keer_en_dan_zijn_er_acht_weken(besluit, planner, keten):
    """TR360, OP346: two 319s with their 320s."""
    vraag(besluit, planner)
    keten()
    verzoek, door = Verzoek.objects.get(), kantoor(besluit)
    verzoeken.neem_in_onderzoek(verzoek=verzoek, door=door, nu=moment())
    assert verzoek.uiterlijk == date(2027, 1, 18)
    keten()
    with pytest.raises(Geweigerd, match="al in onderzoek"):
        verzoeken.neem_in_onderzoek(verzoek=verzoek, door=door, nu=moment())
    verzoeken.wijs_af(verzoek=verzoek, reden="3", toelichting="", door=door, nu=moment())
    keten()
    gestuurd = Bericht.objects.filter(kant="gemeente", richting="uit", soort="319").order_by("id")
    inhoud = [parse(bericht.inhoud).antwoord for bericht in gestuurd]
    assert [(a.verzoek_antwoord, a.reden_afwijzing_verzoek) for a in inhoud] == [("2", None), ("1", "3")]
    assert {a.referentie_aanbieder for a in inhoud} == {verzoek.referentie}
    assert [bericht.status for bericht in gestuurd] == ["goedgekeurd", "goedgekeurd"]
    assert not Toewijzing.objects.exists()


def test_tweede_verzoek_wacht_op_het_eerste(besluit, planner, keten):
    """TR374: refused by the gemeente in the 316, and for an own client already on the screen."""
    vraag(besluit, planner)
    keten()
    vraag(besluit, planner)
    keten()
    assert Verzoek.objects.count() == 1
    geweigerd = Bericht.objects.filter(kant="aanbieder", soort="315").latest("id")
    assert (geweigerd.status, [b["code"] for b in geweigerd.bevindingen]) == ("afgekeurd", ["9374"])
    eigen = ToewijzingFactory(aanbieder=planner.aanbieder, voorziening__client=besluit.client).client
    with pytest.raises(Geweigerd) as weigering:
        vraag(besluit, planner, client=eigen)
    assert weigering.value.reden == "9374"


def test_wijziging_wacht_ook_op_een_verzoek_om_toewijzing(besluit, planner, keten):
    """TR374 counts 315 and 317 together."""
    lopend = ToewijzingFactory(aanbieder=planner.aanbieder, voorziening__client=besluit.client, status="actief")
    vraag(besluit, planner)
    keten()
    with pytest.raises(Geweigerd) as weigering:
        vragen.vraag_wijziging(
            toewijzing=lopend, volume=100, einddatum=lopend.einddatum, gewenste_ingangsdatum=VANAF, reden="1",
            toelichting="", door=planner, nu=moment(),
        )  # fmt: skip
    assert weigering.value.reden == "9374"


def test_onbekende_client_wordt_geweigerd_zonder_verzoek(besluit, planner, keten):
    """Nobody to hang it on: 8187 at the client."""
    onbekend = als_onbekende(besluit.client)
    onbekend.bsn = "999900006"
    vraag(besluit, planner, client=onbekend)
    keten()
    assert not Verzoek.objects.exists()
    terug = Bericht.objects.get(kant="gemeente", soort="316")
    assert parse(terug.inhoud).client.retour_codes == ("8187",)
    assert Taak.objects.open().get().aanbieder == planner.aanbieder


def test_na_de_herindeling_geldt_de_oude_code_niet_meer(besluit, planner, keten):
    """TR378: the code of the gemeente must hold on the day on which the toewijzing would begin."""
    gemeente = besluit.client.gemeente
    gemeente.code_tot = date(2026, 12, 31)
    gemeente.save()
    vraag(besluit, planner, gewenste_ingangsdatum=date(2027, 1, 1))
    keten()
    terug = parse(Bericht.objects.get(kant="gemeente", soort="316").inhoud)
    assert terug.header.retour_codes == ("S300",)
    vraag(besluit, planner, gewenste_ingangsdatum=date(2026, 12, 31))
    keten()
    assert Verzoek.objects.get().producten.get().gewenste_ingangsdatum == date(2026, 12, 31)


def test_elk_product_van_een_bericht_heeft_een_eigen_uitkomst(besluit, planner, map_, keten):
    """R-303: one granted with a 301, the other refused with a 319; asked together they do not block each other."""
    client, gemeente, aanbieder = besluit.client, besluit.client.gemeente, planner.aanbieder
    kop = header(
        "315", gemeente=gemeente.code, aanbieder=aanbieder.agb, identificatie="A1", dagtekening=date(2026, 11, 20)
    )
    bericht = naar_315(kop, client, referentie="R-1", regel=gevraagd(besluit.product))
    (eerste,) = bericht.client.aangevraagde_producten
    ander = replace(eerste, referentie_aanbieder="R-2", product=Product(categorie="01", code="01A03"))
    bericht = replace(bericht, client=replace(bericht.client, aangevraagde_producten=(eerste, ander)))
    map_.verstuur(Zending(Postbus(gemeente.code, aanbieder.agb, "gemeente"), "315", "A1"), stukken(build(bericht)))
    keten()
    een, twee = Verzoek.objects.order_by("referentie")
    assert (een.status, twee.status, twee.samen_met) == ("ingediend", "ingediend", een)
    antwoorden.honoreer(verzoek=een, door=kantoor(besluit), nu=moment(uur=11))
    verzoeken.wijs_af(verzoek=twee, reden="7", toelichting="", door=kantoor(besluit), nu=moment(uur=11))
    keten()
    (antwoord,) = Bericht.objects.filter(kant="gemeente", soort="319")
    assert parse(antwoord.inhoud).antwoord.referentie_aanbieder == "R-2"
    soorten = Toewijzing.objects.get().berichten.filter(kant="gemeente").order_by("id").values_list("soort", flat=True)
    assert list(soorten) == ["315", "316", "301", "302"]


def test_wat_op_de_wachtlijst_staat_wordt_daar_geclaimd(product, planner, keten):
    """R-112: a request is no way around whose turn it is."""
    gemeente = lijstgemeente()
    besluit = VoorzieningFactory(
        product=product,
        beschikking=BeschikkingFactory(zaak=ZaakFactory(client__gemeente=gemeente, status="bekendgemaakt")),
    )
    wachtend = plek(gemeente, voorziening=besluit)
    vraag(besluit, planner)
    keten()
    with pytest.raises(Geweigerd, match=wachtend.code) as weigering:
        antwoorden.honoreer(verzoek=Verzoek.objects.get(), door=kantoor(besluit), nu=moment())
    assert weigering.value.reden == "OP_DE_LIJST"
    assert not Toewijzing.objects.exists()


def test_zonder_berichtenverkeer_staat_het_verzoek_er_meteen(besluit, planner):
    """R-304: no message, the same request."""
    client = besluit.client
    client.geen_berichtenverkeer = True
    client.save()
    ToewijzingFactory(aanbieder=planner.aanbieder, voorziening__client=client)
    assert vraag(besluit, planner, client=client) is None
    assert Verzoek.objects.get().soort == "315"
    assert not Bericht.objects.exists()


@pytest.mark.parametrize(
    ("anders", "reden"),
    [({"product": "03A01"}, "BUITEN_PERCEEL"), ({"gewenste_ingangsdatum": date(2020, 1, 1)}, "BUITEN_PERCEEL")],
)
def test_alleen_waarvoor_er_een_contract_is(besluit, planner, anders, reden):
    if "product" in anders:
        anders = {"product": ProductFactory(code=anders["product"], naam="Verzorging")}
    with pytest.raises(Geweigerd) as weigering:
        vraag(besluit, planner, **anders)
    assert weigering.value.reden == reden


def test_voor_wat_al_loopt_vraagt_men_een_wijziging(planner):
    """OP307."""
    lopend = ToewijzingFactory(aanbieder=planner.aanbieder, status="actief")
    with pytest.raises(Geweigerd) as weigering:
        vraag(lopend.voorziening, planner, client=lopend.client)
    assert weigering.value.reden == "LOOPT_AL"


def test_wie_eigen_software_heeft_vraagt_het_daar(besluit, product):
    perceel = PerceelFactory(contract=ContractFactory(producten=[product]))
    with pytest.raises(Geweigerd) as weigering:
        vraag(besluit, aanstelling(Rol.PLANNING, aanbieder=perceel.aanbieder))
    assert weigering.value.reden == "SOFTWARE"

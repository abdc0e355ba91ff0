"""One conversation per toewijzing (S19): each message finds its place by itself, and the money is right to the cent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pytest

from berichten import draad
from berichten.actions import aanbieder, vragen
from berichten.actions import verzoeken as antwoorden
from berichten.draad import Kaart
from berichten.models import Bericht
from berichten.rekening import Rekening
from berichten.rekening import van as rekening_van
from declaraties.actions import correcties, declaraties, leveringen, tarieven
from declaraties.models import Declaratie
from tests.factories import (
    AanbiederFactory,
    ContractFactory,
    PerceelFactory,
    ProductFactory,
    VoorzieningFactory,
    aanstelling,
    moment,
)
from wmo import weergave
from wmo.actions import verzoeken
from wmo.actions.verzoeken import Regel
from wmo.models import Aanstelling, Gemeente, Toewijzing, Verzoek, VerzoekProduct, Voorziening
from wmo.periodes import vandaag
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db


@dataclass
class Verhaal:
    """One client, one aanbieder without software of its own, and a clock that goes on."""

    zet_klok: Callable[[datetime], None]
    verkeer: Callable[[], None]
    planner: Aanstelling
    administratie: Aanstelling
    kantoor: Aanstelling
    gemeente: Gemeente
    nu: datetime = field(default_factory=moment)

    def op(self, dag: date, uur: int = 10) -> datetime:
        self.nu = moment(dag, uur)
        self.zet_klok(self.nu)
        return self.nu

    def declareer(self, maand: date, aantallen: dict[Toewijzing, int], dag: date) -> Declaratie:
        nu, door = self.op(dag), self.administratie
        assert door.aanbieder is not None
        leveringen.registreer_maand(maand=maand, aantallen=aantallen, door=door, nu=nu)
        declaratie = declaraties.bouw_maand(
            aanbieder=door.aanbieder, gemeente=self.gemeente, maand=maand, door=door, nu=nu
        )
        declaraties.dien_in(declaratie=declaratie, door=door, nu=nu)
        self.verkeer()
        return Declaratie.objects.get(pk=declaratie.pk)

    def beantwoord(self, declaratie: Declaratie) -> Declaratie:
        declaraties.beantwoord(declaratie=declaratie, door=self.kantoor, nu=self.nu)
        self.verkeer()
        return Declaratie.objects.get(pk=declaratie.pk)

    def betaal(self, declaratie: Declaratie) -> None:
        declaraties.stel_betaalbaar(declaratie=declaratie, door=self.kantoor, nu=self.nu)
        betaald_op = vandaag(self.nu)
        declaraties.meld_betaald(declaratie=declaratie, betaald_op=betaald_op, door=self.kantoor, nu=self.nu)


@pytest.fixture
def verhaal(keten, monkeypatch) -> Verhaal:
    besluit = VoorzieningFactory(product=ProductFactory(), volume=165)
    perceel = PerceelFactory(
        aanbieder=AanbiederFactory(eigen_software=False), gemeente=besluit.client.gemeente, contract=ContractFactory()
    )
    tarieven.leg_vast(
        contract=perceel.contract, product=besluit.product, tarief=Decimal("33.00"), ingangsdatum=date(2026, 1, 1),
        bron="proef", door=aanstelling(Rol.REGIO), nu=moment(date(2026, 1, 1)),
    )  # fmt: skip
    return Verhaal(
        zet_klok=lambda nu: monkeypatch.setattr("django.utils.timezone.now", lambda: nu),
        verkeer=keten,
        planner=aanstelling(Rol.PLANNING, aanbieder=perceel.aanbieder),
        administratie=aanstelling(Rol.ADMINISTRATIE, aanbieder=perceel.aanbieder),
        kantoor=aanstelling(Rol.BACKOFFICE, gemeente=perceel.gemeente),
        gemeente=perceel.gemeente,
    )


def vraag_opdracht(v: Verhaal) -> Toewijzing:
    """315 -> 319 in onderzoek -> 301 -> 302."""
    besluit = Voorziening.objects.get()
    nu = v.op(date(2026, 11, 2))
    regel = Regel(
        VerzoekProduct.Soort.GEVRAAGD, product=besluit.product, gewenste_ingangsdatum=date(2026, 11, 2),
        einddatum=date(2027, 10, 31), volume=120, eenheid="01", frequentie="2",
    )  # fmt: skip
    vragen.vraag_toewijzing(client=besluit.client, regel=regel, toelichting="", door=v.planner, nu=nu)
    v.verkeer()
    verzoek = Verzoek.objects.get()
    verzoeken.neem_in_onderzoek(verzoek=verzoek, door=v.kantoor, nu=v.op(date(2026, 11, 3)))
    v.verkeer()
    antwoorden.honoreer(verzoek=verzoek, door=v.kantoor, nu=v.op(date(2026, 11, 4)))
    v.verkeer()
    return Toewijzing.objects.get()


def wijzig(v: Verhaal, toewijzing: Toewijzing, volume: int, dag: date) -> Verzoek:
    """317 -> 318."""
    vragen.vraag_wijziging(
        toewijzing=toewijzing, volume=volume, einddatum=toewijzing.einddatum, gewenste_ingangsdatum=date(2027, 1, 1),
        reden="1", toelichting="", door=v.planner, nu=v.op(dag),
    )  # fmt: skip
    v.verkeer()
    return Verzoek.objects.latest("id")


def kaarten(toewijzing: Toewijzing, wie: Aanstelling, nu: datetime) -> list[Kaart]:
    """Oldest first."""
    return sorted(draad.van(toewijzing, wie, nu)["kaarten"], key=lambda kaart: kaart.moment)


def in_het_kort(gevonden: list[Kaart]) -> Iterator[tuple[str, str]]:
    """(message, answer) of every card."""
    return ((kaart.code, kaart.retour.code if kaart.retour else "") for kaart in gevonden)


def sluit(rekening: Rekening) -> bool:
    """What was submitted is to be judged, granted or refused, and the declarations add up to it."""
    per_deel = rekening.per_declaratie.values()
    return (
        rekening.ingediend == rekening.te_beoordelen + rekening.goedgekeurd + rekening.afgekeurd
        and rekening.ingediend == sum(deel.ingediend for deel in per_deel)
        and rekening.goedgekeurd == sum(deel.goedgekeurd for deel in per_deel)
    )


def test_het_hele_gesprek_van_315_tot_325(verhaal):
    """315 -> 319 -> 301 -> 302 -> 305 -> 306 -> 317 -> 318 -> 319 -> 317 -> 301 -> 323 -> 325 -> 307 -> 308."""
    v = verhaal
    oud = vraag_opdracht(v)
    nu = v.op(date(2026, 11, 9))
    aanbieder.meld_start(toewijzing=oud, begindatum=date(2026, 11, 9), door=v.planner, nu=nu)
    v.verkeer()
    te_veel = wijzig(v, oud, 160, date(2026, 11, 16))
    verzoeken.wijs_af(verzoek=te_veel, reden="2", toelichting="", door=v.kantoor, nu=v.op(date(2026, 11, 17)))
    v.verkeer()
    november = v.declareer(date(2026, 11, 1), {oud: 330}, date(2026, 12, 1))
    v.beantwoord(november)
    minder = wijzig(v, oud, 100, date(2026, 12, 7))
    antwoorden.honoreer(verzoek=minder, door=v.kantoor, nu=v.op(date(2026, 12, 8)))
    v.verkeer()
    nieuw = Toewijzing.objects.exclude(pk=oud.pk).get()
    nu = v.op(date(2027, 1, 4))
    oud.refresh_from_db()
    aanbieder.meld_stop(toewijzing=oud, einddatum=date(2026, 12, 31), reden="19", door=v.planner, nu=nu)
    v.verkeer()
    nu = v.op(date(2027, 1, 4), 12)
    aanbieder.meld_start(toewijzing=nieuw, begindatum=date(2027, 1, 1), door=v.planner, nu=nu)
    v.verkeer()

    for wie in (v.kantoor, v.planner):
        assert list(in_het_kort(kaarten(oud, wie, v.nu))) == [
            ("315", "316"), ("319", "320"), ("301", "302"), ("305", "306"), ("317", "318"), ("319", "320"),
            ("323", "325"), ("317", "318"), ("301", "302"), ("307", "308"),
        ]  # fmt: skip
        assert list(in_het_kort(kaarten(nieuw, wie, v.nu))) == [("317", "318"), ("301", "302"), ("305", "306")]
    assert not Bericht.objects.filter(status__in=["geparkeerd", "mislukt", "afgekeurd"]).exists()
    beeld = kaarten(oud, v.kantoor, v.nu)
    assert [kaart.kop for kaart in beeld[:4]] == [
        "Aanbieder vraagt om een opdracht",
        "Verzoek in onderzoek genomen",
        "Opdracht verstuurd: 120 minuten per week",
        "Hulp gestart op 09-11-2026",
    ]
    bedrag = weergave.bedrag(Decimal("181.50"))
    assert beeld[6].kop == f"Declaratie november 2026: {bedrag}"
    assert beeld[6].retour is not None
    assert beeld[6].retour.tekst == f"{bedrag} goedgekeurd op 01-12-2026"
    assert not any(kaart.fout or kaart.actie for kaart in beeld)


def test_bedragen_sluiten_op_de_cent_bij_elke_stap(verhaal):
    """Declared, judged, refused, credited and paid; a correction is a credit and a new line (R-284)."""
    v = verhaal
    toewijzing = vraag_opdracht(v)
    nu = v.op(date(2026, 11, 9))
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=date(2026, 11, 9), door=v.planner, nu=nu)
    v.verkeer()
    toewijzing.refresh_from_db()
    november = v.declareer(date(2026, 11, 1), {toewijzing: 335}, date(2026, 12, 1))
    stap = rekening_van(toewijzing)
    assert sluit(stap)
    assert (stap.ingediend, stap.te_beoordelen, stap.goedgekeurd) == (Decimal("184.25"), Decimal("184.25"), 0)
    assert stap.ruimte == "6.240 van 6.240 minuten"  # 52 weeks of 120

    november = v.beantwoord(november)
    v.betaal(november)
    stap = rekening_van(toewijzing)
    assert sluit(stap)
    assert (stap.te_beoordelen, stap.goedgekeurd, stap.betaald) == (0, Decimal("184.25"), Decimal("184.25"))
    assert stap.ruimte == "5.905 van 6.240 minuten"

    fout = november.regels.get()
    correcties.corrigeer(regel=fout, aantal=320, door=v.administratie, nu=v.op(date(2027, 1, 4)))
    december = v.declareer(date(2026, 12, 1), {toewijzing: 480}, date(2027, 1, 4))
    december.regels.filter(ingangsdatum=date(2026, 12, 1)).update(status="afgekeurd", afkeurcodes=["0611"])
    december = v.beantwoord(december)
    stap = rekening_van(toewijzing)
    assert sluit(stap)
    assert stap.ingediend == Decimal("440.00")  # 184,25 and then -184,25 + 176,00 + 264,00
    assert (stap.goedgekeurd, stap.afgekeurd) == (Decimal("176.00"), Decimal("264.00"))
    assert stap.betaald == Decimal("184.25"), "te veel, tot de correctie is betaald"
    assert stap.ruimte == "5.920 van 6.240 minuten"
    laatste = kaarten(toewijzing, v.kantoor, v.nu)[-1]
    assert laatste.retour is not None
    terug = weergave.bedrag(Decimal("-8.25"))
    assert (laatste.retour.goed, laatste.retour.tekst) == (False, f"{terug} goedgekeurd op 04-01-2027")
    v.betaal(december)
    assert rekening_van(toewijzing).betaald == Decimal("176.00")

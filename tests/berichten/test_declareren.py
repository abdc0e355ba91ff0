"""A declaration made in the portal leaves as a 323, is judged as any other, and comes back as a 325."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from berichten.actions import aanbieder
from berichten.actions import declaraties as berichten
from berichten.actions.schrijven import stukken
from berichten.build import build
from berichten.models import Bericht
from berichten.parse import parse
from berichten.standaard.v3_2.basis import BerichtIdentificatie, GeslotenPeriode, Referentie
from berichten.transport import Postbus, Zending
from declaraties.actions import declaraties, leveringen, tarieven
from declaraties.models import Declaratie
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import ContractFactory, PerceelFactory, aanstelling, moment
from wmo.periodes import Periode
from wmo.permissions import Rol

pytestmark = pytest.mark.django_db
NOVEMBER, NA_DE_MAAND = date(2026, 11, 1), moment(date(2026, 12, 4))


@pytest.fixture
def ingediend(toewijzing, loop) -> Declaratie:
    """November, delivered and submitted on 4 December."""
    perceel = PerceelFactory(aanbieder=toewijzing.aanbieder, gemeente=toewijzing.gemeente, contract=ContractFactory())
    tarieven.leg_vast(
        contract=perceel.contract, product=toewijzing.product, tarief=Decimal("33.00"), ingangsdatum=date(2026, 1, 1),
        bron="proef", door=aanstelling(Rol.REGIO), nu=moment(),
    )  # fmt: skip
    maak_opdrachten()
    loop()
    door = aanstelling(Rol.ADMINISTRATIE, aanbieder=toewijzing.aanbieder)
    aanbieder.meld_start(toewijzing=toewijzing, begindatum=date(2026, 11, 2), door=door, nu=moment())
    loop()
    leveringen.registreer_maand(maand=NOVEMBER, aantallen={toewijzing: 330}, door=door, nu=NA_DE_MAAND)
    declaratie = declaraties.bouw_maand(
        aanbieder=toewijzing.aanbieder, gemeente=toewijzing.gemeente, maand=NOVEMBER, door=door, nu=NA_DE_MAAND
    )
    declaraties.dien_in(declaratie=declaratie, door=door, nu=NA_DE_MAAND)
    return declaratie


def maak_323() -> None:
    for pk in list(berichten.te_versturen()):
        berichten.verstuur_een(pk, nu=NA_DE_MAAND)


def maak_325() -> None:
    for pk in list(berichten.te_beantwoorden()):
        berichten.beantwoord_een(pk, nu=NA_DE_MAAND)


def beantwoord(declaratie: Declaratie) -> None:
    declaratie.refresh_from_db()
    door = aanstelling(Rol.BACKOFFICE, gemeente=declaratie.gemeente)
    declaraties.beantwoord(declaratie=declaratie, door=door, nu=NA_DE_MAAND)


def test_declaratie_reist_als_323_en_het_antwoord_als_325(ingediend, loop):
    maak_323()
    maak_323()
    loop(NA_DE_MAAND)
    ontvangen = Bericht.objects.get(kant="gemeente", soort="323")
    assert (ontvangen.status, ontvangen.declaratie) == ("goedgekeurd", ingediend)
    assert not Bericht.objects.filter(soort="325").exists(), "eerst beslist een mens"
    beantwoord(ingediend)
    maak_325()
    maak_325()
    loop(NA_DE_MAAND)
    antwoord = parse(Bericht.objects.get(kant="gemeente", soort="325").inhoud)
    assert antwoord.declaratie_antwoord.retour_codes == ("8001",)
    assert antwoord.declaratie_antwoord.totaal_toegekend_bedrag.totaal_bedrag == 18150
    assert Bericht.objects.get(kant="aanbieder", soort="323").status == "goedgekeurd"


def test_regel_die_niet_klopt_komt_terug_met_zijn_code(ingediend, loop):
    """Changed under way: the gemeente judges again what it receives, and only the line is refused."""
    maak_323()
    loop(NA_DE_MAAND)
    regel = ingediend.regels.get()
    regel.status, regel.afkeurcodes = "afgekeurd", ["0611"]
    regel.save(update_fields=["status", "afkeurcodes"])
    beantwoord(ingediend)
    maak_325()
    loop(NA_DE_MAAND)
    antwoord = parse(Bericht.objects.get(kant="gemeente", soort="325").inhoud).declaratie_antwoord
    (client,) = antwoord.clienten
    assert [p.retour_codes for p in client.prestaties] == [("0611",)]
    assert antwoord.totaal_toegekend_bedrag.totaal_bedrag == 0


def stuur_323(map_, declaratie: Declaratie, maand: date, nummer: str, dag: date) -> None:
    """A declaration from outside for another month: the lines of the one that was sent, under new numbers."""
    eigen = parse(Bericht.objects.get(kant="aanbieder", soort="323").inhoud)
    (client,) = eigen.declaratie.clienten
    (regel,) = client.prestaties
    ander = replace(regel, product_referentie=Referentie(referentie_nummer=f"R{nummer}"))
    inhoud = replace(
        eigen.declaratie,
        declaratie_nummer=nummer,
        declaratie_periode=GeslotenPeriode(begindatum=maand, einddatum=Periode.maand_van(maand).laatste_dag),
        declaratie_dagtekening=dag,
        clienten=(replace(client, prestaties=(ander,)),),
    )
    kop = replace(eigen.header, bericht_identificatie=BerichtIdentificatie(identificatie=nummer, dagtekening=dag))
    postbus = Postbus(declaratie.gemeente.code, declaratie.aanbieder.agb, "gemeente")
    map_.verstuur(Zending(postbus, "323", nummer), stukken(build(replace(eigen, header=kop, declaratie=inhoud))))


def test_periode_voor_de_laatst_ingediende_keurt_het_geheel_af(ingediend, map_, loop):
    """TR318: 8214 at the declaration, and nothing of it is stored; the 325 needs nobody."""
    maak_323()
    loop(NA_DE_MAAND)
    stuur_323(map_, ingediend, date(2026, 10, 1), "OKT1", date(2026, 12, 4))
    loop(NA_DE_MAAND)
    rij = Bericht.objects.get(kant="gemeente", richting="in", soort="323", identificatie="OKT1")
    assert (rij.status, rij.declaratie, [b["code"] for b in rij.bevindingen]) == ("afgekeurd", None, ["8214"])
    antwoord = parse(Bericht.objects.get(kant="gemeente", richting="uit", antwoord_op=rij).inhoud)
    assert antwoord.declaratie_antwoord.retour_codes == ("8214",)
    assert antwoord.declaratie_antwoord.totaal_toegekend_bedrag.totaal_bedrag == 0
    assert Declaratie.objects.get() == ingediend


@pytest.mark.parametrize(
    ("maand", "nu"), [(date(2026, 11, 1), date(2026, 12, 5)), (date(2027, 1, 1), date(2027, 2, 2))]
)
def test_zelfde_maand_nog_een_keer_of_een_maand_overgeslagen_mag(ingediend, map_, loop, maand, nu):
    """TR318, IV090: a correction belongs in the newest month, and a month without care is no declaration."""
    maak_323()
    loop(NA_DE_MAAND)
    stuur_323(map_, ingediend, maand, "NOGEENS", nu)
    loop(moment(nu))
    rij = Bericht.objects.get(kant="gemeente", richting="in", soort="323", identificatie="NOGEENS")
    assert rij.status == "goedgekeurd"
    assert rij.declaratie is not None
    assert rij.declaratie.maand == maand


def test_client_zonder_berichtenverkeer_houdt_de_declaratie_in_het_portaal(ingediend, loop):
    """R-304: nothing travels, and the gemeente still has it."""
    client = ingediend.regels.get().toewijzing.client
    client.geen_berichtenverkeer = True
    client.save()
    maak_323()
    loop(NA_DE_MAAND)
    ingediend.refresh_from_db()
    assert ingediend.ontvangen_op == NA_DE_MAAND
    assert not Bericht.objects.filter(soort="323").exists()

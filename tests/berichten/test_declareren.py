"""A declaration made in the portal leaves as a 323, is judged as any other, and comes back as a 325."""

from datetime import date
from decimal import Decimal

import pytest

from berichten.actions import aanbieder
from berichten.actions import declaraties as berichten
from berichten.models import Bericht
from berichten.parse import parse
from declaraties.actions import declaraties, leveringen, tarieven
from declaraties.models import Declaratie
from tests.berichten.test_rondgang import maak_opdrachten
from tests.factories import ContractFactory, PerceelFactory, aanstelling, moment
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
